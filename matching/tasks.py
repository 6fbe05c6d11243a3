"""The matcher at work in the background."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import F, Max

from initiatives.models import CLOSED, Initiative, State
from matching import service
from townhall import outbox

KIND = "match"
APART = timedelta(seconds=0.5)  # of two plans that are read again at night; 10,000 take an hour and a half
A_NIGHT = 20_000  # plans read again, those longest unread first: the next night takes the rest
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
def look_again():
    """Has every open case read anew at night: goals, people and the matcher itself may have changed.

    Each is a message of its own, so whatever stops halfway goes on there, and what waits already is left out.
    """
    with transaction.atomic():
        waiting = outbox.unfinished(KIND).values_list("payload__initiative", flat=True)
        cases = Initiative.objects.exclude(state__in={State.DRAFT, *CLOSED}).exclude(pk__in=list(waiting))
        cases = cases.annotate(read_at=Max("suggestions__made_at"))
        longest_unread = cases.order_by(F("read_at").asc(nulls_first=True), "pk")
        keys = longest_unread.values_list("pk", flat=True)[:A_NIGHT]
        outbox.put_all(KIND, ({"initiative": key} for key in keys.iterator()), APART)
