"""By night: plans of contacts who are gone go on, each once; and owners are asked about their goals."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from contacts import verbs as contacts
from desk import tasks
from desk.day import reminders
from desk.handover import nightly
from desk.handover import verbs as handover
from desk.handover.models import HandOver, HandOverCase
from initiatives.models import State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def petra(db):
    """Who left yesterday, with a deputy and a front desk behind her."""
    make.municipality()
    make.front_desk(email="loket@kleindorp.example")
    deputy = make.manager("Vervanger", name="Vera", email="vera@kleindorp.example")
    left = TODAY - timedelta(1)
    return make.manager("Adviseur groen", name="Petra", deputy=deputy, available_until=left)


def night(today=TODAY):
    began = nightly.pass_on(today)
    for one in HandOver.objects.filter(state=HandOver.State.RUNNING):
        while handover.go_on(one.pk):
            pass
    return began


def contacts_of(*plans):
    for one in plans:
        one.refresh_from_db()
    return [one.contact.function for one in plans]


def mails_to(address):
    return OutboxMessage.objects.filter(kind="mail", payload__to=address).count()


def test_the_deputy_takes_over_once_and_everybody_is_told_once(petra, amina):
    plans = [make.initiative(contact=petra, by=amina) for _ in range(3)]
    assert (night(), night()) == (1, 0)
    assert contacts_of(*plans) == ["Vervanger"] * 3
    assert (mails_to(amina.email), mails_to("vera@kleindorp.example")) == (3, 1)
    letter = OutboxMessage.objects.filter(payload__to=amina.email).first()
    assert "Petra is er niet meer. Vera neemt je plan over." in bytes(letter.body).decode().replace("\n", " ")
    assert HandOver.objects.get().by is None


def test_without_a_deputy_who_can_it_is_the_front_desk(petra):
    petra.deputy.available_until = TODAY - timedelta(1)
    petra.deputy.save()
    plan = make.initiative(contact=petra)
    night()
    assert contacts_of(plan) == ["Initiatievenloket"]
    assert mails_to("loket@kleindorp.example") == 1


def test_nobody_gets_a_plan_of_their_own_and_it_is_not_tried_each_night(petra, bram):
    desk = make.front_desk()
    desk.user = petra.deputy.user = bram
    petra.deputy.user = None
    petra.deputy.room = 0
    petra.deputy.save()
    bram.role = Role.OFFICER
    bram.save()
    desk.save()
    plan = make.initiative(contact=petra, by=bram)
    assert (night(), night()) == (1, 0)
    assert contacts_of(plan) == ["Adviseur groen"]
    assert HandOverCase.objects.get().why == HandOverCase.Why.NOBODY
    with time_machine.travel(timezone.now() + timedelta(8)):
        assert night() == 1


def test_who_is_still_there_keeps_their_plans_and_what_ended_stays(petra, carla):
    here = make.manager("Nog hier", user=carla)
    plans = [make.initiative(contact=here), make.initiative(contact=petra, state=State.STOPPED)]
    assert night() == 0
    assert contacts_of(*plans) == ["Nog hier", "Adviseur groen"]


def test_an_account_that_was_closed_or_is_no_officers_any_more(petra, carla, mo):
    closed, demoted = make.user(role=Role.OFFICER), carla
    first = make.initiative(contact=make.manager(user=closed, deputy=petra.deputy))
    second = make.initiative(contact=make.manager("Groen", user=demoted, deputy=petra.deputy))
    closed.is_active = False
    closed.save()
    contacts.give_role(demoted, by=mo, role=Role.RESIDENT)
    assert night() == 1
    assert contacts_of(first, second) == ["Vervanger", "Groen"]  # somebody else may still get the role
    with time_machine.travel(timezone.now() + timedelta(4)):
        assert night(timezone.localdate()) == 1
    assert contacts_of(second) == ["Vervanger"]


def test_who_was_forgotten_is_gone_until_somebody_else_gets_the_role(petra, carla, mo, bram):
    forgotten = make.manager("Groen", user=carla, deputy=petra.deputy)
    plan = make.initiative(contact=forgotten)
    contacts.forget_person(forgotten, by=mo)
    assert night() == 0
    with time_machine.travel(timezone.now() + timedelta(4)):
        assert night(timezone.localdate()) == 1
    assert contacts_of(plan) == ["Vervanger"]


def test_a_role_that_never_had_an_account_is_left_alone(petra):
    plan = make.initiative(contact=make.manager("Zonder account"))
    assert night() == 0
    assert contacts_of(plan) == ["Zonder account"]


def test_a_hand_over_that_somebody_made_ready_is_theirs_to_let_go(petra, mo):
    make.initiative(contact=petra)
    handover.prepare(petra, by=mo)
    assert night() == 0


@pytest.mark.parametrize(
    "moment", ["2028-02-29 03:15+01:00", "2027-03-28 03:15+02:00", "2027-10-31 03:15+01:00"]
)
def test_a_leap_day_and_the_nights_the_clock_changes_are_days_like_others(moment, petra):
    with time_machine.travel(moment, tick=False):
        today = timezone.localdate()
        assert today.isoformat() == moment[:10]
        petra.available_until = today
        petra.save()
        make.initiative(contact=petra)
        assert night(today) == 0
        assert night(today + timedelta(1)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_begin_one_hand_over(petra):
    make.initiative(contact=petra)
    at_once(8, lambda number: nightly.pass_on(TODAY))
    assert HandOver.objects.count() == 1


def test_the_task_is_asked_for_each_night(petra, settings):
    make.initiative(contact=petra)
    assert settings.CELERY_BEAT_SCHEDULE["pass_on_left_behind"]["task"] == tasks.pass_on_left_behind.name
    tasks.pass_on_left_behind()
    assert OutboxMessage.objects.filter(kind=handover.KIND).count() == 1


# Goals ------------------------------------------------------------------------------------------------------
def test_an_owner_is_asked_once_a_month_and_only_while_something_waits(carla):
    make.municipality()
    owner = make.manager("Adviseur groen", user=carla, email="groen@kleindorp.example")
    goal, _other = make.goal(owner=owner), make.goal(owner=owner)
    assert reminders.remind(date(2026, 11, 28)) == 0  # a Saturday
    assert [reminders.remind(date(2026, 11, day)) for day in (24, 25, 26)] == [1, 0, 0]
    assert mails_to("groen@kleindorp.example") == 1
    assert Event.objects.get(what="goals_to_verify").details == {"month": "2026-11", "number": 2}
    assert reminders.remind(date(2026, 12, 1)) == 1
    type(goal).objects.update(verified_on=date(2026, 12, 30))
    assert reminders.remind(date(2027, 1, 4)) == 0


def test_who_switched_the_mail_off_gets_none(carla):
    make.municipality()
    make.goal(owner=make.manager(user=carla, email="groen@kleindorp.example"))
    carla.notification_preferences.create(kind=reminders.TO_VERIFY, by_mail=False)
    assert reminders.remind(date(2026, 11, 24)) == 1
    assert mails_to("groen@kleindorp.example") == 0
