"""The matcher at work in the background."""

from datetime import timedelta

from celery import shared_task

from initiatives.models import Initiative
from matching import service, teaching
from townhall import outbox
from townhall.models import OutboxMessage

AGAIN = timedelta(minutes=45)  # longer than a task takes, and than the broker waits for a dead worker


def hand_over(message):
    """Outbox handler: the work goes to Celery; without a broker this raises and the message waits.

    The broker may forget: what is not finished in time is handed over again.
    """
    suggest.apply_async(args=[message.payload["initiative"], str(message.pk)], retry=False)
    return AGAIN


def hand_over_lesson(message):
    """The same for learning. Where a later message asks for the same, that one does the work for both."""
    same = OutboxMessage.objects.filter(kind="learn", payload=message.payload, done_at=None, parked_at=None)
    if same.filter(created_at__gt=message.created_at).exists():
        return None
    learn.apply_async(args=[message.payload.get("goal"), str(message.pk)], retry=False)
    return AGAIN


@shared_task
def suggest(initiative_id, message_id):
    """Propose goals, contact, partners, kin and forms for one initiative; may run twice."""
    initiative = Initiative.objects.filter(pk=initiative_id).select_related("district").first()
    if initiative:
        service.suggest(initiative)
    outbox.finish(message_id)


@shared_task
def learn(goal_id=None, message_id=None):
    """Learn what officers said about one goal, or about all (each night); may run twice."""
    teaching.learn(None if goal_id is None else [goal_id])
    if message_id:
        outbox.finish(message_id)
