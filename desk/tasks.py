"""What beat asks for about the desk."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from contacts import merging
from desk import reminders
from desk.batch import verbs as batches
from desk.day import reminders as of_goals
from desk.decisions import reminders as late_decisions
from desk.handover import nightly
from desk.handover import verbs as handover
from desk.intake import verbs as intake
from desk.letters import verbs as letters
from desk.persons import verbs as persons
from townhall import outbox

AGAIN = timedelta(minutes=20)  # far longer than some plans take to go over


@shared_task
def remind():
    """Tell of promises that run out; may run twice."""
    reminders.remind(timezone.localdate())


@shared_task
def remind_of_decisions():
    """Tell of decisions that did not come on the expected day; may run twice."""
    late_decisions.remind(timezone.localdate())


@shared_task
def remind_of_persons():
    """Tell who noted somebody that the person should hear of it; may run twice."""
    persons.remind(timezone.now())


@shared_task
def remind_of_goals():
    """Ask owners whether their goals are still right, once a month; may run twice."""
    of_goals.remind(timezone.localdate())


@shared_task
def pass_on_left_behind():
    """Plans of contacts who are gone go to others; may run twice."""
    nightly.pass_on(timezone.localdate())


@shared_task
def sweep_batches():
    """What was done to many plans at once is forgotten after a month; may run twice."""
    batches.sweep()


@shared_task
def sweep_doubles():
    """Move what came too late to move with a merged organisation; may run twice."""
    merging.sweep()


def pass_on_hand_over(message):
    """Outbox handler: the plans of who leaves go over in the worker; what it forgets comes again."""
    go_over.apply_async(args=[message.payload["hand_over"], str(message.pk)], retry=False)
    return AGAIN


@shared_task
def go_over(number, message_id):
    """Some plans of a hand-over go to their new contacts, and a next message sees to the others."""
    more = handover.go_on(number)
    with transaction.atomic():
        outbox.finish(message_id)
        if more:
            outbox.put(handover.KIND, payload={"hand_over": number})


def pass_on_intake(message):
    """Outbox handler: a large file of contacts is stored in the worker; what it forgets comes again."""
    take_in.apply_async(args=[message.payload["intake"], str(message.pk)], retry=False)
    return AGAIN


@shared_task
def take_in(number, message_id):
    """Store a file of contacts that a manager said yes to."""
    intake.carry_out(number)
    outbox.finish(message_id)


@shared_task
def forget_intakes():
    """Empty the files of contacts that nobody said yes to, and throw away letters that nobody sent."""
    intake.forget_old()
    letters.forget_old()


def pass_on_letter(message):
    """Outbox handler: a letter to many goes out from the worker; what it forgets comes again."""
    send_letter.apply_async(args=[message.payload["letter"], str(message.pk)], retry=False)
    return AGAIN


@shared_task
def send_letter(number, message_id):
    """Some copies of a letter go out, and a next message sees to the others."""
    more = letters.go_on(number)
    with transaction.atomic():
        outbox.finish(message_id)
        if more:
            outbox.put(letters.KIND, payload={"letter": number})
