"""One letter to many: who gets it and who does not, once each, and nobody's mailbox is flooded."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import NotificationPreference
from desk import tasks
from desk.letters import selecting, verbs
from desk.letters.models import Letter, LetterCopy
from initiatives.models import Participant
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Over [plan]", "text": "Kom je ook naar de buurtavond?"}


@pytest.fixture
def town(db):
    make.municipality()
    return make.front_desk(email="loket@kleindorp.example")


def begun(by, kind="plannen", query="lijst=alles", **words):
    return verbs.begin(by=by, kind=kind, query=query, **(WORDS | words))


def mails():
    return {one.payload["to"]: bytes(one.body).decode() for one in OutboxMessage.objects.filter(kind="mail")}


def send(letter, by):
    verbs.send(letter, by=by, version=letter.version)
    while verbs.go_on(letter.pk):
        pass
    letter.refresh_from_db()


def test_each_person_gets_it_once_and_who_does_not_is_counted(town, mo, amina, bram):
    tree = make.initiative("Boom", by=amina)
    make.initiative("Bank", by=amina)
    make.initiative("Hek", by=bram)
    NotificationPreference.objects.create(user=bram, kind=selecting.NEWS, by_mail=False)
    join = {"initiative": tree, "role": "co_initiator"}
    Participant.objects.create(**join, name="Geert", phone="06")
    Participant.objects.create(**join, name="Piet", email="piet@voorbeeld.example")
    Participant.objects.create(**join | {"role": "volunteer"}, email="an@voorbeeld.example")
    make.initiative("Van niemand")
    letter = begun(mo)
    assert letter.counts == {"waiting": 2, "sent": 0, "passed": 3}
    assert letter.nobody == 1
    assert dict(verbs.why_not(letter)) == {
        "we weten geen e-mailadres": 1,
        "wil deze brieven niet per mail": 1,
        "krijgt de brief al, bij een ander plan": 1,
    }
    send(letter, mo)
    sent = mails()
    assert sorted(sent) == ["amina@voorbeeld.example", "piet@voorbeeld.example"]
    assert "Subject: Over Bank" in sent["amina@voorbeeld.example"]
    assert "Kies zelf welke mails" in sent["amina@voorbeeld.example"]
    assert "Kies zelf welke mails" not in sent["piet@voorbeeld.example"]
    assert (letter.state, letter.counts["sent"]) == ("done", 2)
    note = Event.objects.get(what="letter", subject_key=str(tree.public_id))
    assert (note.details, note.is_public, note.by) == ({"letter": letter.pk}, False, mo)


def test_answers_go_to_the_work_mailbox(town, carla, amina):
    contact = make.manager("Adviseur groen", user=carla, email="groen@kleindorp.example")
    make.initiative("Boom", by=amina, contact=contact)
    letter = begun(carla, query="lijst=van-mij")
    send(letter, carla)
    assert "Reply-To: groen@kleindorp.example" in mails()["amina@voorbeeld.example"]
    assert "Adviseur groen" in mails()["amina@voorbeeld.example"]


def test_an_officer_writes_to_the_plans_they_handle_alone(town, carla, amina, bram):
    contact = make.manager("Adviseur groen", user=carla)
    make.initiative("Van mij", by=amina, contact=contact)
    make.initiative("Van een ander", by=bram)
    own = make.initiative("Eigen plan", by=carla, contact=contact)
    letter = begun(carla, query="lijst=alles")
    assert [one.initiative.title for one in letter.copies.all()] == ["Van mij"]
    assert not letter.copies.filter(initiative=own).exists()


def test_partners_are_for_managers_and_need_an_address(town, mo, carla):
    make.organisation("Tuinclub", email="tuin@club.example", kind="club")
    make.organisation("Zonder adres", kind="club")
    make.organisation("Dicht", email="dicht@club.example", is_open=False, kind="club")
    make.organisation("Fonds", email="fonds@club.example", kind="fonds")
    letter = begun(mo, "partners", "soort=club", subject="Dag [naam]")
    assert dict(verbs.why_not(letter)) == {
        "we weten geen e-mailadres": 1,
        "staat nu niet open voor samenwerking": 1,
    }
    send(letter, mo)
    assert list(mails()) == ["tuin@club.example"]
    assert "Subject: Dag Tuinclub" in mails()["tuin@club.example"]
    with pytest.raises(PermissionDenied):
        begun(carla, "partners", "")


def test_nobody_gets_more_than_two_letters_a_week(town, mo, amina):
    make.initiative(by=amina)
    first, second, third = (begun(mo, subject="Dag") for _ in range(3))
    for one in (first, second, third):
        send(one, mo)
    assert [one.counts["sent"] for one in (first, second, third)] == [1, 1, 0]
    letter = begun(mo, subject="Dag")
    assert letter.counts == {"waiting": 0, "sent": 0, "passed": 1}
    with pytest.raises(ValidationError, match="Niemand kan deze brief krijgen"):
        verbs.send(letter, by=mo, version=letter.version)
    LetterCopy.objects.update(at=timezone.now() - timedelta(days=8))
    assert begun(mo, subject="Dag").counts["waiting"] == 1


def test_it_goes_on_where_it_stopped_and_sends_nothing_twice(town, mo, monkeypatch):
    monkeypatch.setattr(verbs, "SLICE", 2)
    for _ in range(3):
        make.initiative(by=make.user())
    letter = begun(mo, subject="Dag")
    verbs.send(letter, by=mo, version=letter.version)
    for _ in range(3):
        for message in OutboxMessage.objects.filter(kind="letter", done_at=None):
            tasks.send_letter(letter.pk, str(message.pk))
    verbs.go_on(letter.pk)
    assert (len(mails()), OutboxMessage.objects.filter(kind="mail").count()) == (3, 3)
    letter.refresh_from_db()
    assert letter.state == "done"


def test_a_plan_that_left_the_selection_is_passed_over(town, carla, amina, bram):
    contact = make.manager("Adviseur groen", user=carla)
    make.initiative("Van mij", by=amina, contact=contact)
    passed_on = make.initiative("Straks van een ander", by=bram, contact=contact)
    letter = begun(carla, query="lijst=van-mij")
    type(passed_on).objects.filter(pk=passed_on.pk).update(contact=town)
    send(letter, carla)
    assert list(mails()) == ["amina@voorbeeld.example"]
    assert verbs.why_not(letter) == [("hoort niet meer bij je selectie", 1)]


@pytest.mark.parametrize("change", [{"role": "resident"}, {"is_active": False}], ids=["role", "gone"])
def test_it_stops_when_who_wrote_it_is_no_officer_any_more(town, carla, amina, change):
    contact = make.manager("Adviseur groen", user=carla)
    make.initiative(by=amina, contact=contact)
    letter = begun(carla, subject="Dag")
    verbs.send(letter, by=carla, version=1)
    type(carla).objects.filter(pk=carla.pk).update(**change)
    assert not verbs.go_on(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.counts["passed"], mails()) == ("done", 1, {})


def test_a_letter_nobody_sent_is_thrown_away_after_a_day(town, mo, amina):
    make.initiative(by=amina)
    letter, going = begun(mo), begun(mo)
    verbs.send(going, by=mo, version=1)
    assert verbs.forget_old() == 0
    assert verbs.forget_old(timezone.now() + timedelta(hours=25)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.copies.count(), going.copies.count()) == ("cancelled", 0, 1)


def test_a_manager_throws_away_the_letter_of_another_and_no_more(client, town, mo, carla, amina):
    contact = make.manager("Adviseur groen", user=carla)
    make.initiative(by=amina, contact=contact)
    letter = begun(carla)
    for do in (
        lambda: verbs.reword(letter, by=mo, version=1, **WORDS),
        lambda: verbs.send(letter, by=mo, version=1),
        lambda: verbs.try_out(letter, by=mo),
    ):
        with pytest.raises(PermissionDenied):
            do()
    client.force_login(mo)
    page = client.get(letter.get_absolute_url()).content.decode()
    assert [name in page for name in ('value="verstuur"', 'value="proef"', 'value="weg"')] == [
        False,
        False,
        True,
    ]
    for act in ("", "verstuur"):
        told = {"subject": "Anders", "text": "Anders", "version": 1, "doe": act}
        assert client.post(letter.get_absolute_url(), told).status_code == 403
    client.post(letter.get_absolute_url(), {"version": 1, "doe": "weg"})
    letter.refresh_from_db()
    assert (letter.state, letter.text) == ("cancelled", WORDS["text"])


def test_who_says_no_meanwhile_gets_none(town, mo, amina):
    make.initiative(by=amina)
    letter = begun(mo, subject="Dag")
    NotificationPreference.objects.create(user=amina, kind=selecting.NEWS, by_mail=False)
    send(letter, mo)
    assert (mails(), letter.counts["passed"]) == ({}, 1)


def test_words_that_cannot_be_filled_in_are_told(town, mo, amina):
    make.initiative(by=amina)
    with pytest.raises(ValidationError, match=r"\[plan\], \[kenmerk\]"):
        begun(mo, text="Dag [voornaam]")
    with pytest.raises(ValidationError, match="zit niemand"):
        begun(mo, query="wijk=&zoek=bestaatniet")
    with pytest.raises(ValidationError, match="zit niemand"):
        begun(mo, query="lijst=alles&wijk=atlantis")  # a filter we do not know is not everybody
    assert Letter.objects.count() == 0


def test_a_selection_that_is_too_large_is_told(town, mo, amina, monkeypatch):
    monkeypatch.setattr(verbs, "MOST", 1)
    make.initiative(by=amina)
    make.initiative(by=amina)
    with pytest.raises(ValidationError, match="Kies filters"):
        begun(mo)


@pytest.mark.parametrize("who", ["amina", "dirk", "carla"])
def test_only_who_wrote_it_or_a_manager(who, request, town, mo, bram):
    make.initiative(by=bram)
    letter, user = begun(mo, subject="Dag"), request.getfixturevalue(who)
    for do in (
        lambda: verbs.reword(letter, by=user, version=1, **WORDS),
        lambda: verbs.send(letter, by=user, version=1),
        lambda: verbs.discard(letter, by=user),
        lambda: verbs.try_out(letter, by=user),
    ):
        with pytest.raises(PermissionDenied):
            do()
    if who != "carla":
        with pytest.raises(PermissionDenied):
            begun(user)


@pytest.mark.django_db(transaction=True)
def test_many_who_send_it_at_once_send_it_once(town, mo, amina):
    make.initiative(by=amina)
    letter, told = begun(mo, subject="Dag"), []

    def press(number):
        try:
            verbs.send(Letter.objects.get(pk=letter.pk), by=mo, version=1)
        except ValidationError as refused:
            told.append(refused.code)

    at_once(8, press)
    assert told == ["conflict"] * 7
    at_once(4, lambda number: verbs.go_on(letter.pk))
    assert OutboxMessage.objects.filter(kind="mail").count() == 1


def test_from_the_desk_to_the_mailbox(client, town, mo, amina):
    make.initiative("Boom", by=amina)
    client.force_login(mo)
    new = "/werkbank/brieven/nieuw/plannen/?lijst=alles"
    assert new in client.get("/werkbank/?lijst=alles").content.decode()
    token = uuid.uuid4()
    first, again = (client.post(new, WORDS | {"token": token}) for _ in range(2))
    place = first["Location"]
    assert place == again["Location"]
    page = client.get(place)
    assert page.context["preview"]["subject"] == "Over Boom"
    client.post(place, WORDS | {"version": 1, "doe": "proef"})
    assert "Subject: Proef: Over Boom" in mails()[mo.email]
    lost = client.post(place, WORDS | {"version": 1, "text": "Andere woorden", "doe": "verstuur"})
    assert (lost.status_code, "Andere woorden" in lost.content.decode()) == (409, True)
    version = Letter.objects.get().version
    client.post(place, WORDS | {"version": version, "doe": "verstuur"})
    assert Letter.objects.get().state == "running"
    assert "Wacht nog: 1" in client.get(place).content.decode()


def test_a_form_without_its_token_is_asked_for_again(client, town, mo, amina):
    make.initiative(by=amina)
    client.force_login(mo)
    answer = client.post("/werkbank/brieven/nieuw/plannen/?lijst=alles", WORDS)
    assert (answer.status_code, Letter.objects.count()) == (400, 0)
    assert "Verstuur het formulier nog een keer" in answer.content.decode()


def test_thrown_away_nobody_gets_it(client, town, mo, amina):
    make.initiative(by=amina)
    letter = begun(mo)
    client.force_login(mo)
    client.post(letter.get_absolute_url(), WORDS | {"version": 1, "doe": "weg"})
    letter.refresh_from_db()
    assert (letter.state, letter.copies.count(), mails()) == ("cancelled", 0, {})


def test_many_plans_cost_as_many_queries(town, mo):
    costs = []
    for number in (2, 20):
        for _ in range(number):
            make.initiative(by=make.user())
        with CaptureQueriesContext(connection) as queries:
            begun(mo, subject="Dag")
        costs.append(len(queries))
    assert costs[0] == costs[1]
