"""Promises that run out: who is told, once, and on which day."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Notice
from contacts.models import Absence
from desk import reminders, tasks
from initiatives import verbs
from initiatives.models import State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 13)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def lead(db):
    user = make.user("lead@voorbeeld.example", role="officer")
    return make.manager("Teamleider", user=user, email="teamleider@kleindorp.example")


@pytest.fixture
def plan(amina, carla, lead):
    """A plan of which only the clock of the first contact runs: 5 days, warned of at 4, due on the 20th."""
    department = make.department("Buiten", lead=lead)
    contact = make.manager("Adviseur", user=carla, email="groen@kleindorp.example", department=department)
    made = make.initiative("Een bankje", by=amina, contact=contact)
    verbs.start_clocks(made, FRIDAY)
    made.clocks.exclude(kind="contact").update(stopped_on=FRIDAY)
    return made


def mails():
    return sorted(mail.payload["to"] for mail in OutboxMessage.objects.filter(kind="mail"))


def body(address):
    return bytes(OutboxMessage.objects.filter(payload__to=address).latest("created_at").body).decode()


def told():
    clocks = Event.objects.filter(what__startswith="clock_").order_by("id")
    return [(event.what, event.details["clock"]) for event in clocks]


def remind(days):
    """What happens on each of these days, one after the other."""
    return [reminders.remind(FRIDAY + timedelta(number)) for number in days]


def test_nothing_is_said_before_three_quarters_have_gone(plan):
    assert remind(range(6)) == [0] * 6
    assert mails() == []


def test_the_contact_is_warned_once(plan, carla):
    with time_machine.travel("2026-11-19 06:30+01:00", tick=False):
        assert remind([6, 6, 7]) == [1, 0, 0]
    assert told() == [("clock_warning", "contact")]
    assert mails() == ["groen@kleindorp.example"]
    assert Notice.objects.get().user == carla
    assert "eerste gesprek, uiterlijk vrijdag 20 november (nog 1 werkdag)" in body("groen@kleindorp.example")


@pytest.mark.django_db(transaction=True)
def test_of_some_runs_at_once_one_tells_of_it(plan):
    at_once(5, lambda _which: reminders.remind(FRIDAY + timedelta(6)))
    assert (told(), mails()) == ([("clock_warning", "contact")], ["groen@kleindorp.example"])


def test_contact_and_lead_hear_once_that_it_is_late(plan, carla, lead):
    with time_machine.travel("2026-11-23 06:30+01:00", tick=False):
        assert remind([10, 11, 30]) == [1, 0, 0]
    assert told() == [("clock_overdue", "contact")]
    assert mails() == ["groen@kleindorp.example", "teamleider@kleindorp.example"]
    assert {notice.user for notice in Notice.objects.all()} == {carla, lead.user}
    assert "Dat is nu 1 werkdag te laat." in body("teamleider@kleindorp.example")
    assert "De contactpersoon is: Adviseur" in body("teamleider@kleindorp.example")
    assert not Event.objects.get().is_public


def test_on_a_day_off_nobody_is_mailed(plan):
    assert remind([8, 9]) == [0, 0]


def test_a_promise_that_was_kept_or_paused_is_not_mentioned(plan, carla, amina):
    verbs.step("pause", plan, by=amina, reason="Even druk")
    assert remind([10]) == [0]
    verbs.step("resume", plan, by=amina)
    verbs.write(plan, by=carla, text="Ik bel je morgen.")
    assert remind([20]) == [0]


def test_who_stands_in_is_told_too_and_nobody_twice(plan, lead):
    Absence.objects.create(manager=plan.contact, since=FRIDAY, deputy=lead)
    remind([10])
    assert mails() == ["groen@kleindorp.example", "teamleider@kleindorp.example"]


def test_who_switched_the_mail_off_still_gets_the_notice(plan, carla):
    carla.notification_preferences.create(kind="clock_warning", by_mail=False)
    remind([6])
    assert mails() == []
    assert Notice.objects.filter(user=carla).count() == 1


def test_the_front_desk_hears_of_plans_that_nobody_took_up(amina):
    desk = make.front_desk(email="loket@kleindorp.example")
    new = make.initiative(by=amina, state=State.SUBMITTED, contact=desk)
    verbs.start_clocks(new, FRIDAY)
    new.clocks.exclude(kind="contact").update(stopped_on=FRIDAY)
    remind([10])
    assert mails() == ["loket@kleindorp.example"]


def test_the_task_looks_at_today(plan):
    with time_machine.travel("2026-11-23 06:30+01:00", tick=False):
        tasks.remind()
    assert told() == [("clock_overdue", "contact")]
