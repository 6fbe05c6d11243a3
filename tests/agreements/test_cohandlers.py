"""Colleagues work along, each on one thing by a day; the initiator sees departments and one contact."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Notice
from agreements.cohandlers import verbs
from agreements.models import CoHandler
from initiatives import verbs as plans
from tests import make

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 5, 3)


@pytest.fixture(autouse=True)
def _then(db):
    with time_machine.travel("2027-04-28 10:00+02:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    return make.initiative("Een bankje", by=amina, contact=make.manager("Adviseur groen", user=carla))


@pytest.fixture
def road(bram):
    """Somebody of another department, with an account."""
    bram.role = "officer"
    bram.save()
    return make.manager("Wegbeheerder", name="Bram", user=bram, department=make.department("Verkeer"))


def ask(plan, carla, road, **fields):
    return verbs.ask(
        plan, by=carla, **{"manager": road, "task": "Kijkt naar leidingen", "due_on": MONDAY} | fields
    )


def test_a_colleague_is_asked_told_and_done(plan, carla, road):
    made = ask(plan, carla, road)
    assert Notice.objects.get().user == road.user
    verbs.done(made, by=carla)
    assert made.done_on == date(2027, 4, 28)
    with pytest.raises(ValidationError, match="Iemand anders was je voor"):
        verbs.done(CoHandler.objects.get(), by=carla)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(1, 1, 1), "Deze dag is al voorbij"),
        (date(9999, 12, 31), "binnen 2 jaar"),
        (date(2027, 5, 2), "2 mei 2027 is een zondag. Kies een werkdag, zoals maandag 3 mei 2027"),
        (date(2027, 5, 5), "Kies een werkdag, zoals vrijdag 7 mei"),
    ],
)
def test_a_day_that_cannot_be_is_said_with_one_that_can(day, words, plan, carla, road):
    with pytest.raises(ValidationError, match=words):
        ask(plan, carla, road, due_on=day)


def test_who_cannot_be_asked(plan, amina, carla, bram, road):
    with pytest.raises(ValidationError, match="al de contactpersoon"):
        ask(plan, carla, plan.contact)
    with pytest.raises(ValidationError, match="werkt hier niet meer"):
        ask(plan, carla, make.manager(available_until=date(2020, 1, 1)))
    with pytest.raises(ValidationError, match="Niemand werkt als ambtenaar aan een eigen plan"):
        ask(make.initiative(by=bram), carla, road)
    with pytest.raises(PermissionDenied):
        ask(plan, amina, road)
    ask(plan, carla, road)
    with pytest.raises(ValidationError, match="Deze collega doet dit al"):
        ask(plan, carla, road)
    plans.step("withdraw", plan, by=amina, reason="Klaar")
    with pytest.raises(ValidationError, match="Dit kan niet meer: het plan is gestopt"):
        ask(plan, carla, road, task="Iets anders")


def test_the_initiator_and_everybody_see_departments_only(client, plan, amina, carla, road):
    ask(plan, carla, road)
    client.force_login(amina)
    mine = client.get(f"/mijn/{plan.public_id}/").content.decode()
    client.logout()
    for page in (mine, client.get(plan.get_absolute_url()).content.decode()):
        assert "Verkeer" in page
        for secret in ("Wegbeheerder", "Bram", "leidingen"):
            assert secret not in page


def test_how_many_people_the_initiator_had_to_do_with(plan, amina, carla, road, mo):
    assert verbs.people_spoken(plan) == 0
    plans.write(plan, by=carla, text="Dag!")
    plans.write(plan, by=amina, text="Dag!")
    plans.record_contact(plan, by=mo, how="Gebeld", note="Kort", on=date(2027, 4, 28))
    plans.assign(plan, by=mo, contact=road)
    plans.write(plan, by=road.user, text="Ik ben de nieuwe.")
    plans.assign(plan, by=mo, contact=make.manager())
    assert verbs.people_spoken(plan) == 4


def test_on_the_desk_once(client, plan, carla, road):
    client.force_login(carla)
    address = f"/werkbank/{plan.reference}/"
    assert "met 0 personen van de gemeente" in client.get(address).content.decode()
    sent = {
        "token": uuid.uuid4(),
        "manager": road.key,
        "task": "Kijkt naar leidingen",
        "due_on": "2027-05-02",
    }
    refused = client.post(f"{address}collegas/", sent).content.decode()
    assert "Kies een werkdag, zoals maandag 3 mei 2027" in refused
    assert "Kijkt naar leidingen" in refused
    for _click in range(2):
        assert client.post(f"{address}collegas/", sent | {"due_on": "2027-05-03"}).status_code == 302
    made = CoHandler.objects.get()
    assert "uiterlijk 3 mei 2027" in client.get(address).content.decode()
    client.post(f"{address}collegas/{made.pk}/klaar/", {"version": 1})
    assert "klaar op 28 april 2027" in client.get(address).content.decode()


def test_the_same_by_the_api(client, plan, carla, road):
    client.force_login(carla)
    address = f"/api/v1/initiatieven/{plan.reference}/meebehandelaars"
    sent = {"accounthouder": road.key, "wat": "Kijkt naar leidingen", "uiterlijk": "2027-05-03"}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    made = client.post(address, sent, content_type="application/json", headers=key).json()
    assert [(one["wat"], one["gedaanOp"]) for one in made] == [("Kijkt naar leidingen", None)]
    told = {"kenmerk": int(made[0]["kenmerk"]), "versie": made[0]["versie"]}
    done = client.post(f"{address}-klaar", told, content_type="application/json").json()
    assert done[0]["gedaanOp"] == "2027-04-28"
