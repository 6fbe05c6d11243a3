"""The matcher at work in the background."""

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from initiatives.models import Initiative
from matching import service
from matching.models import CorpusChange
from townhall import outbox

KEEP = timedelta(days=1)
AGAIN = timedelta(minutes=45)  # longer than a task takes, and than the broker waits for a dead worker


def hand_over(message):
    """Outbox handler: the work goes to Celery; without a broker this raises and the message waits.

    The broker may forget: what is not finished in time is handed over again.
    """
    suggest.apply_async(args=[message.payload["initiative"], str(message.pk)], retry=False)
    return AGAIN


@shared_task
def suggest(initiative_id, message_id):
    """Propose goals, contact, partners, kin and forms for one initiative; may run twice."""
    initiative = Initiative.objects.filter(pk=initiative_id).select_related("district").first()
    if initiative:
        service.suggest(initiative)
    outbox.finish(message_id)


@shared_task
def sweep_changes():
    """Noted changes that every process has long seen vanish."""
    CorpusChange.objects.filter(at__lt=Now() - KEEP).delete()
