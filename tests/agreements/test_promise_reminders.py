"""Promises whose day comes: who is reminded, once, and again when the day moved."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Notice
from agreements import tasks
from agreements.commitments import reminders, verbs
from initiatives.models import State
from tests import make
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
FRIDAY, DUE = date(2026, 11, 13), date(2026, 11, 27)  # a Friday too; five working days before is the 20th


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
    department = make.department("Buiten", lead=lead)
    contact = make.manager("Adviseur", user=carla, email="groen@kleindorp.example", department=department)
    return make.initiative("Een bankje", by=amina, contact=contact)


@pytest.fixture
def planting(plan, carla):
    return verbs.promise(plan, by=carla, text="We planten 40 struiken", due_on=DUE, manager=plan.contact)


def mails():
    """To whom a reminder went, by name."""
    found = OutboxMessage.objects.filter(kind="mail")
    return sorted(one.payload["to"] for one in found if b"Bekijk de toezegging" in bytes(one.body))


def remind(*days):
    """How many were reminded on each of these days."""
    return [reminders.remind(day) for day in days]


def day(number):
    return FRIDAY + timedelta(number)


def test_the_promiser_is_reminded_five_working_days_before_and_once(planting, carla):
    assert remind(day(6), day(7), day(7), day(8), day(10)) == [0, 1, 0, 0, 0]
    assert mails() == ["groen@kleindorp.example"]
    assert Notice.objects.filter(user=carla, event__what="promise_due_soon").count() == 1
    assert Event.objects.get(what="promise_due_soon").details == {"commitment": "T01", "due": "2026-11-27"}


def test_once_it_is_late_the_lead_hears_of_it_too(planting):
    remind(day(7))
    assert remind(day(15), day(17), day(18)) == [0, 1, 0]  # the 28th is a Saturday
    assert mails() == ["groen@kleindorp.example"] * 2 + ["teamleider@kleindorp.example"]


def test_a_day_that_moved_is_reminded_of_again(planting, carla):
    remind(day(7))
    verbs.shift(planting, by=carla, to_day=date(2026, 12, 18), reason="Vorst")
    assert remind(day(17), date(2026, 12, 11)) == [0, 1]


def test_what_is_kept_or_dropped_is_not_mentioned(planting, carla):
    verbs.drop(planting, by=carla, reason="Er ligt een kabel")
    assert remind(day(7), day(17)) == [0, 0]


@pytest.mark.parametrize("state", [State.STOPPED, State.REFERRED])
def test_of_a_plan_that_stopped_nobody_is_reminded(planting, plan, state):
    type(plan).objects.update(state=state)
    assert remind(day(7), day(17)) == [0, 0]


def test_an_initiator_is_reminded_of_their_own_and_town_hall_is_not(plan, amina):
    verbs.promise(plan, by=amina, text="Wij geven water", due_on=DUE)
    remind(day(7), day(17))
    assert mails() == [amina.email, amina.email]
    body = bytes(OutboxMessage.objects.filter(payload__to=amina.email).latest("created_at").body).decode()
    assert f"/mijn/{plan.public_id}/" in body


def test_when_who_promised_left_the_contact_hears_of_it(plan, carla):
    other = make.manager("Vertrekt", email="weg@kleindorp.example", available_until=day(3))
    verbs.promise(plan, by=carla, text="We planten", due_on=DUE, manager=other)
    with time_machine.travel("2026-11-20 06:40+01:00", tick=False):
        remind(day(7))
    assert mails() == ["groen@kleindorp.example"]


def test_for_a_department_its_lead_hears_and_for_a_partner_the_contact(plan, carla, lead):
    verbs.promise(plan, by=carla, text="Vegen", due_on=DUE, department=plan.contact.department)
    club = make.organisation()
    plan.partner_links.create(organisation=club)
    verbs.promise(plan, by=carla, text="Lenen", due_on=DUE, organisation=club)
    assert remind(day(7)) == [2]
    assert mails() == ["groen@kleindorp.example"] * 2 + [lead.email]


def test_who_switched_it_off_still_gets_the_notice(planting, carla):
    carla.notification_preferences.create(kind="promise_due_soon", by_mail=False)
    remind(day(7))
    assert mails() == []
    assert Notice.objects.filter(user=carla).count() == 1


def test_the_task_looks_at_today(planting):
    with time_machine.travel("2026-11-30 06:40+01:00", tick=False):
        tasks.remind_of_promises()
    assert [event.what for event in Event.objects.order_by("pk")] == ["promise_made", "promise_overdue"]
