"""Notes of colleagues: who reads them, who is named, and that an initiator never sees one."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from desk.day.waiting import Waiting, officer
from desk.notes import verbs
from desk.notes.models import Mention, Note
from tests import make
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
SECRET = "De buurvrouw is het er niet mee eens."


@pytest.fixture
def plan(amina):
    make.municipality()
    return make.initiative("Moestuin", by=amina)


@pytest.fixture
def water(db):
    user = make.user(role=Role.OFFICER)
    return make.manager("Adviseur water", key="water", user=user, email="water@kleindorp.example")


def kinds(user):
    return [row["kind"] for row in Waiting(officer(user))[:20] if row["kind"] == "genoemd"]


def test_who_is_named_gets_a_mail_and_finds_it_in_their_day_until_they_read_it(plan, water, carla):
    verbs.write(plan, by=carla, text=SECRET, mention=[water])
    mail = bytes(OutboxMessage.objects.get(kind="mail", payload__to="water@kleindorp.example").body).decode()
    assert "Moestuin" in mail
    assert SECRET not in mail
    assert kinds(water.user) == ["genoemd"]
    verbs.read(Mention.objects.get(), by=water.user)
    assert kinds(water.user) == []
    with pytest.raises(ValidationError, match="stond al op gelezen"):
        verbs.read(Mention.objects.get(), by=water.user)


def test_who_wants_no_mail_gets_none(plan, water, carla):
    water.user.notification_preferences.create(kind=verbs.MENTION, by_mail=False)
    verbs.write(plan, by=carla, text="Kijk even.", mention=[water])
    assert not OutboxMessage.objects.filter(payload__to=water.email).exists()
    assert kinds(water.user) == ["genoemd"]


def test_only_who_was_asked_says_that_they_read_it(plan, water, carla, mo):
    verbs.write(plan, by=carla, text="Kijk even.", mention=[water])
    for other in (carla, mo):
        with pytest.raises(PermissionDenied):
            verbs.read(Mention.objects.get(), by=other)


@pytest.mark.parametrize("who", ["resident", "council"])
def test_nobody_but_officers_writes(who, cast, plan):
    with pytest.raises(PermissionDenied):
        verbs.write(plan, by=cast[who], text="Hallo")


def test_the_initiator_never_meets_a_note(plan, water, carla, amina, client):
    verbs.write(plan, by=carla, text=SECRET, mention=[water])
    client.force_login(amina)
    places = [f"/mijn/{plan.public_id}/", f"/initiatieven/{plan.reference}/", "/mijn/"]
    places += [f"/api/v1/initiatieven/{plan.reference}", f"/api/v1/mijn-initiatieven/{plan.public_id}"]
    for place in places:
        page = client.get(place)
        assert (page.status_code, SECRET in page.content.decode()) == (200, False), place
    assert not Event.objects.about("initiative", str(plan.public_id)).exists()


def test_an_officer_finds_no_notes_of_a_plan_of_their_own(plan, carla, water, client):
    verbs.write(plan, by=water.user, text=SECRET)
    plan.participants.create(user=carla, role="initiator")
    client.force_login(carla)
    for place in (f"/werkbank/{plan.reference}/notities/", f"/api/v1/initiatieven/{plan.reference}/notities"):
        assert client.get(place).status_code == 404
    assert not Note.objects.visible_to(carla).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"available_until": make.LONG_AGO}, "werkt hier niet meer"), ({"user": "amina"}, "eigen plan")],
)
def test_who_cannot_be_asked_is_told(change, words, plan, water, carla, amina):
    change = {name: amina if value == "amina" else value for name, value in change.items()}
    for name, value in change.items():
        setattr(water, name, value)
    water.save()
    with pytest.raises(ValidationError, match=words):
        verbs.write(plan, by=carla, text="Kijk even.", mention=[water])
    assert not Note.objects.exists()


def test_the_page_and_the_twin_write_once(plan, water, carla, client):
    client.force_login(carla)
    sent = {"text": "Kijk even naar de kabels.", "mention": ["water"], "token": str(uuid.uuid4())}
    for _click in range(2):
        assert client.post(f"/werkbank/{plan.reference}/notities/", sent).status_code == 302
    assert Note.objects.count() == 1
    place = f"/api/v1/initiatieven/{plan.reference}/notities"
    head = {"Idempotency-Key": str(uuid.uuid4())}
    asked = {"tekst": "En naar het water.", "genoemd": ["water"]}
    for _click in range(2):
        answer = client.post(place, asked, content_type="application/json", headers=head)
        assert answer.status_code == 201
    assert [one["tekst"] for one in client.get(place).json()] == [
        "En naar het water.",
        "Kijk even naar de kabels.",
    ]


def test_what_cannot_be_keeps_what_was_typed(plan, carla, client):
    client.force_login(carla)
    sent = {"text": "x" * 2001, "mention": ["niemand"], "token": str(uuid.uuid4())}
    page = client.post(f"/werkbank/{plan.reference}/notities/", sent)
    assert page.status_code == 400
    assert "Je notitie heeft 2001 tekens" in page.content.decode()
    assert "x" * 2001 in page.content.decode()
    assert "Deze collega kun je niet meer kiezen" in page.content.decode()
