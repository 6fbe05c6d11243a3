"""The matcher at work in the background."""

from celery import shared_task

from initiatives.models import Initiative
from matching import service


def hand_over(message):
    """Outbox handler: the work goes to Celery; without a broker this raises and the message waits."""
    suggest.apply_async(args=[message.payload["initiative"]], retry=False)


@shared_task
def suggest(initiative_id):
    """Propose goals, contact, partners, kin and forms for one initiative; may run twice."""
    initiative = Initiative.objects.filter(pk=initiative_id).select_related("district").first()
    if initiative:
        service.suggest(initiative)
