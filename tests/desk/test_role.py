"""An officer's own absence: who takes over, what the initiator sees and reads, and that it ends by itself."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contacts import verbs
from contacts.models import Absence
from initiatives import verbs as plans
from tests import make
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
PAGE = "/werkbank/afwezig/"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2027-04-28 10:00+02:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def karim(db):
    return make.manager("Adviseur water", name="Karim", phone="0123", email="karim@kleindorp.example")


@pytest.fixture
def petra(carla):
    return make.manager("Adviseur groen", name="Petra", user=carla, email="petra@kleindorp.example")


def typed(deputy="", **fields):
    token = {"token": str(uuid.uuid4()), "doe": "weg"}
    return token | {"since": "2027-04-28", "until": "2027-05-03", "deputy": deputy} | fields


def test_an_officer_reports_their_own_absence_once(client, carla, petra, karim):
    client.force_login(carla)
    sent = typed(karim.pk)
    for _click in range(2):
        assert client.post(PAGE, sent).status_code == 302
    absence = Absence.objects.get()
    assert (absence.manager, absence.deputy, absence.until.isoformat()) == (petra, karim, "2027-05-03")
    assert Event.objects.get().by == carla


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "Kies wie het overneemt. Je hebt geen vaste vervanger."),
        ({"until": "2027-04-01"}, "Het einde ligt voor het begin."),
        ({"since": "morgen"}, "Dit is geen datum."),
        ({"deputy": "0"}, "Deze keuze is er niet meer."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(wrong, words, client, carla, petra):
    petra.deputy = make.manager() if wrong else None
    petra.save()
    client.force_login(carla)
    page = client.post(PAGE, typed() | wrong).content.decode()
    assert words in page
    assert f'value="{wrong.get("until", "2027-05-03")}"' in page
    assert not Absence.objects.exists()


def test_deputies_may_not_stand_in_for_each_other_in_a_circle(carla, petra, karim):
    third = make.manager("Derde")
    today = timezone.localdate()
    Absence.objects.create(manager=karim, deputy=third, since=today)
    Absence.objects.create(manager=third, deputy=petra, since=today, until=today + timedelta(9))
    with pytest.raises(ValidationError, match="Deze collega is dan zelf weg"):
        verbs.report_absence(by=carla, since=today, deputy=karim)
    assert verbs.report_absence(by=carla, since=today + timedelta(10), deputy=karim)


@pytest.mark.parametrize("theirs", [True, False])
@pytest.mark.parametrize("own", [True, False])
def test_fixed_deputies_make_circles_too(own, theirs, carla, petra, karim):
    """Each names the other: in the absence itself, or as the fixed deputy whom it leaves to it."""
    today = timezone.localdate()
    Absence.objects.create(manager=karim, deputy=petra if theirs else None, since=today)
    fixed = [(petra, karim)] * (not own) + [(karim, petra)] * (not theirs)
    for one, deputy in fixed:
        one.deputy = deputy
        one.save()
    with pytest.raises(ValidationError, match="is dan zelf weg, en zou juist door"):
        verbs.report_absence(by=carla, since=today, deputy=karim if own else None)


def test_a_fixed_deputy_of_ones_own_choice(client, carla, petra, karim):
    client.force_login(carla)
    client.post(PAGE, {"doe": "vast", "version": 1, "deputy": karim.pk})
    petra.refresh_from_db()
    assert petra.deputy == karim
    karim.deputy = petra
    with pytest.raises(ValidationError, match="in een kring"):
        karim.clean()
    page = client.post(PAGE, {"doe": "vast", "version": 1, "deputy": ""}).content.decode()
    assert "Iemand anders heeft dit net veranderd" in page


def test_nobody_reports_for_somebody_else(client, carla, petra, karim, bram):
    with pytest.raises(PermissionDenied):
        verbs.create_absence(by=carla, manager=karim, since=timezone.localdate())
    with pytest.raises(PermissionDenied):
        verbs.name_deputy(karim, by=carla, deputy=petra)
    theirs = Absence.objects.create(manager=karim, since=timezone.localdate())
    client.force_login(carla)
    assert client.post(f"{PAGE}{theirs.pk}/terug/").status_code == 404


def test_the_initiator_sees_until_when_and_who_stands_in(client, amina, carla, petra, karim):
    plan = make.initiative(by=amina, contact=petra)
    verbs.report_absence(
        by=carla, since="2027-04-28", until=timezone.localdate() + timedelta(5), deputy=karim
    )
    plans.step("start", plan, by=carla, sentence="We helpen je.")
    mail = OutboxMessage.objects.get(payload__to=amina.email)
    letter = bytes(mail.body).decode()
    assert "Petra is er niet tot en met 3 mei. Karim neemt waar en leest je antwoord ook." in letter
    assert "Reply-To: petra@kleindorp.example, karim@kleindorp.example" in letter
    client.force_login(amina)
    page = client.get(f"/mijn/{plan.public_id}/").content.decode()
    assert "Petra is er niet tot en met 3 mei" in page
    assert "Karim</a> neemt waar" in page
    with time_machine.travel("2027-05-04 08:00+02:00", tick=False):
        client.force_login(amina)
        assert "Petra is er niet" not in client.get(f"/mijn/{plan.public_id}/").content.decode()


def test_back_again(client, carla, petra, karim):
    absence = verbs.report_absence(by=carla, since=timezone.localdate() - timedelta(3), deputy=karim)
    client.force_login(carla)
    assert "Ik ben er weer" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}{absence.pk}/terug/")
    absence.refresh_from_db()
    assert absence.until == timezone.localdate() - timedelta(1)
    assert petra.is_present


def test_the_lead_finds_who_leaves(client, carla, petra, karim):
    karim.department = make.department("Water", lead=petra)
    karim.save()
    make.initiative(contact=karim)
    client.force_login(carla)
    assert f"/beheer/accounthouders/{karim.key}/overdragen/" in client.get(PAGE).content.decode()


def test_the_same_by_the_api(client, carla, petra, karim):
    client.force_login(carla)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    sent = {"vanaf": "2027-05-01", "vervanger": karim.key}
    answer = client.post("/api/v1/mijn-afwezigheden", sent, content_type="application/json", headers=key)
    assert answer.status_code == 201, answer.json()
    made = client.get("/api/v1/mijn-afwezigheden").json()["resultaten"][0]
    assert (made["vanaf"], made["vervanger"]["kenmerk"]) == ("2027-05-01", karim.key)
    address = f"/api/v1/mijn-afwezigheden/{made['kenmerk']}/terugkeer"
    gone = client.post(address, {"versie": 1}, content_type="application/json")
    assert gone.status_code == 204
    assert not Absence.objects.exists()
