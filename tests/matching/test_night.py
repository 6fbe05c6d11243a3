"""What is read again at night, and what the desk says of a plan without suggestions."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from initiatives.models import State
from matching import service, tasks
from matching.models import Suggestion
from tests import make
from townhall import outbox
from townhall.models import OutboxMessage

pytestmark = pytest.mark.django_db


def queued():
    waiting = OutboxMessage.objects.filter(kind="match").order_by("due_at")
    return list(waiting.values_list("payload__initiative", flat=True))


def test_every_open_case_is_read_again_those_longest_unread_first():
    read, unread = make.initiative("Al gelezen"), make.initiative("Nog niet gelezen")
    make.suggestion(read, goal=make.goal("Meer groen"))
    for state in (State.DRAFT, State.REALISED, State.STOPPED):
        make.initiative("Niet open", state=state)
    OutboxMessage.objects.all().delete()
    tasks.look_again()
    assert queued() == [unread.pk, read.pk]


def test_they_come_one_after_another_so_that_new_plans_need_not_wait():
    make.initiative("Een"), make.initiative("Twee")
    OutboxMessage.objects.all().delete()
    tasks.look_again()
    first, second = OutboxMessage.objects.order_by("due_at")
    assert second.due_at - first.due_at == tasks.APART


def test_a_second_run_adds_nothing_to_what_still_waits():
    plans = [make.initiative(f"Plan {number}") for number in range(3)]
    OutboxMessage.objects.all().delete()
    tasks.look_again()
    tasks.look_again()
    assert sorted(queued()) == sorted(plan.pk for plan in plans)


def test_a_night_has_an_end(monkeypatch):
    monkeypatch.setattr(tasks, "A_NIGHT", 1)
    old, new = make.initiative("Lang geleden gelezen"), make.initiative("Net gelezen")
    for plan, ago in ((old, 9), (new, 1)):
        make.suggestion(plan, goal=make.goal(f"Doel {ago}"))
        plan.suggestions.update(made_at=timezone.now() - timedelta(days=ago))
    OutboxMessage.objects.all().delete()
    tasks.look_again()
    assert queued() == [old.pk]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    for number in range(30):
        make.initiative(f"Plan {number}")
    OutboxMessage.objects.all().delete()
    with django_assert_num_queries(5):  # savepoint, who waits, who is open, one for all rows, savepoint
        tasks.look_again()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, service.Unread.SOON),
        ({"attempts": 2}, service.Unread.AGAIN),
        ({"attempts": 5, "parked_at": Now()}, service.Unread.STUCK),
        ({"done_at": Now(), "payload": {}}, service.Unread.TONIGHT),
        (None, service.Unread.TONIGHT),
    ],
    ids=["soon", "again", "stuck", "done without a find", "never asked"],
)
def test_the_desk_knows_whether_anything_is_coming(row, told):
    plan, other = make.initiative("Dit plan"), make.initiative("Een ander")
    OutboxMessage.objects.all().delete()
    outbox.put("match", payload={"initiative": other.pk})
    if row is not None:
        message = outbox.put("match", payload={"initiative": plan.pk})
        OutboxMessage.objects.filter(pk=message.pk).update(**row)
    assert service.unread(plan) == told


def test_a_plan_that_cannot_be_read_waits_and_the_others_go_on(monkeypatch):
    """A matcher that fails costs nobody a plan: the message stays, and the desk tells it."""
    plan = make.initiative("Dit plan", state=State.SUBMITTED)
    message = outbox.put("match", payload={"initiative": plan.pk})
    monkeypatch.setattr(service, "advise", lambda question: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.suggest(plan.pk, str(message.pk))
    assert OutboxMessage.objects.get(pk=message.pk).done_at is None
    assert not Suggestion.objects.exists()
    assert plan in type(plan).objects.filter(state=State.SUBMITTED)
