"""What beat asks for about the desk."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from contacts import merging
from desk import reminders
from desk.decisions import reminders as late_decisions
from desk.handover import verbs as handover
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
