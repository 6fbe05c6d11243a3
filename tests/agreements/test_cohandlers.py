"""Colleagues work along, each on one thing by a day; the initiator sees departments and one contact."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.models import Notice
from agreements.cohandlers import reminders, verbs
from agreements.models import CoHandler
from initiatives import verbs as plans
from tests import make
from townhall.models import OutboxMessage

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
    with pytest.raises(ValidationError, match="Dit kan niet meer: het plan staat op ‘gestopt’"):
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


def test_a_colleague_gets_a_mail_with_or_without_an_account(client, plan, carla, road):
    other = make.manager("Boomadviseur", email="bomen@kleindorp.example")
    road.email = "weg@kleindorp.example"
    road.save()
    client.force_login(carla)
    for one, words in (
        (road, "Je collega krijgt hier een mail over."),
        (other, "Je collega krijgt hier een mail over."),
        (make.manager("Zonder"), "Bel dus even."),
    ):
        sent = {"token": uuid.uuid4(), "manager": one.key, "task": "Kijkt mee", "due_on": "2027-05-03"}
        page = client.post(f"/werkbank/{plan.reference}/collegas/", sent, follow=True).content.decode()
        assert words in page
    assert OutboxMessage.objects.count() == 2
    letter = bytes(OutboxMessage.objects.get(payload__to=other.email).body).decode().replace("=\n", "")
    for words in ("Adviseur groen vraagt je hulp", "Kijkt mee", "uiterlijk maandag 3 mei 2027"):
        assert words in letter


def test_the_news_leads_a_colleague_to_the_desk_where_it_is_read(client, plan, amina, carla, road):
    ask(plan, carla, road)
    make.give_second_factor(road.user)
    own = make.initiative("Eigen", by=road.user, contact=plan.contact)
    plans.write(own, by=carla, text="Dag!")
    client.force_login(road.user)
    page = client.get("/mijn/").content.decode()
    assert f'href="/werkbank/{plan.reference}/"' in page
    assert f'href="/mijn/{own.public_id}/"' in page
    for one in (plan, own):
        client.get(f"/werkbank/{one.reference}/")
    unread = Notice.objects.filter(user=road.user).unread()
    assert [notice.event.subject_key for notice in unread] == [str(own.public_id)]


def test_a_stopped_plan_names_no_departments(plan, amina, carla, road):
    ask(plan, carla, road)
    assert [str(one) for one in plan.cohandlers.departments()] == ["Verkeer"]
    plans.step("withdraw", plan, by=amina, reason="Klaar")
    assert not plan.cohandlers.departments()


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


def test_what_need_not_be_done_any_more_says_why(client, plan, amina, carla, road):
    made = ask(plan, carla, road)
    with pytest.raises(ValidationError, match="waarom het niet meer hoeft"):
        verbs.cancel(made, by=carla, reason="  ")
    with pytest.raises(PermissionDenied):
        verbs.cancel(made, by=amina, reason="Klaar")
    client.force_login(carla)
    address = f"/werkbank/{plan.reference}/collegas/{made.pk}/afzeggen/"
    assert client.post(address, {"version": 1}).status_code == 400
    assert client.post(address, {"version": 1, "reason": "Er ligt niets."}).status_code == 302
    stale = client.post(address, {"version": 1, "reason": "Nog eens"})
    assert (stale.status_code, "Iemand anders was je voor" in stale.content.decode()) == (409, True)
    assert Notice.objects.filter(user=road.user, event__what="cancel_colleague").count() == 1
    assert not plan.cohandlers.departments()
    ask(plan, carla, road)  # the same may be asked again
    told = {"kenmerk": CoHandler.objects.open().get().pk, "versie": 1, "reden": "Toch niet."}
    api = f"/api/v1/initiatieven/{plan.reference}/meebehandelaars-afgezegd"
    rows = client.post(api, told, content_type="application/json").json()
    assert sorted(one["waaromAfgezegd"] for one in rows) == ["Er ligt niets.", "Toch niet."]


def test_a_colleague_is_reminded_the_working_day_before_and_once_when_late(plan, carla, road):
    road.email = "weg@kleindorp.example"
    road.save()
    made = ask(plan, carla, road)
    days = [date(2027, 4, 29), date(2027, 4, 30), date(2027, 5, 1), date(2027, 5, 4), date(2027, 5, 6)]
    assert [reminders.remind(day) for day in days] == [0, 1, 0, 1, 0]
    letters = OutboxMessage.objects.filter(payload__to="weg@kleindorp.example")
    assert letters.count() == 3
    subject = b"Subject: Bijna: iets moet klaar zijn voor een plan"
    assert [subject in bytes(one.body) for one in letters].count(True) == 1
    verbs.done(made, by=carla)
    assert reminders.remind(date(2027, 5, 10)) == 0


def test_what_runs_with_the_code_of_before_can_still_ask_a_colleague(plan, road):
    """While a new version is put in place the old one writes no column it does not know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agreements_cohandler (version, task, due_on, initiative_id, manager_id)"
            " VALUES (1, 'Kijkt naar kabels', '2027-05-03', %s, %s)",
            [plan.pk, road.pk],
        )
    assert plan.cohandlers.get().cancel_reason == ""
