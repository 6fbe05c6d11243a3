"""The matcher at work in the background."""

from datetime import timedelta

from celery import shared_task
from celery.signals import worker_init
from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Now
from django.utils import timezone

from dutch.thesaurus import ThesaurusError
from initiatives.models import CLOSED, Initiative, State
from matching import service, teaching
from matching.meaning import civic
from matching.models import CorpusChange
from townhall import outbox
from townhall.models import OutboxMessage

KIND = "match"
KEEP = timedelta(days=1)  # noted changes; every process has seen them long before
APART = timedelta(seconds=0.5)  # of two plans that are read again at night; 10,000 take an hour and a half
A_NIGHT = 20_000  # plans read again, those longest unread first: the next night takes the rest
YOUNG = timedelta(minutes=5)  # of a lesson that waits for a later one; verdicts may keep coming for hours
AGAIN = timedelta(minutes=45)  # longer than a task takes, and than the broker waits for a dead worker


@worker_init.connect
def read_thesaurus(**_told):
    """Read once, before there are processes: they share it, and a broken thesaurus stops the start.

    Celery goes on after any other error in here.
    """
    try:
        civic()
    except ThesaurusError as error:
        raise SystemExit(f"thesaurus: {error}") from error


def hand_over(message):
    """Outbox handler: the work goes to Celery; without a broker this raises and the message waits.

    The broker may forget: what is not finished in time is handed over again.
    """
    suggest.apply_async(args=[message.payload["initiative"], str(message.pk)], retry=False)
    return AGAIN


def hand_over_lesson(message):
    """The same for learning. Where a later message asks for the same, that one does the work for both.

    One that waits five minutes gives way no more: else a goal learns nothing while verdicts keep coming.
    """
    same = OutboxMessage.objects.filter(kind="learn", payload=message.payload, done_at=None, parked_at=None)
    is_young = message.created_at > timezone.now() - YOUNG
    if is_young and same.filter(created_at__gt=message.created_at).exists():
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


@shared_task
def sweep_changes():
    """Noted changes that every process has long seen vanish."""
    CorpusChange.objects.filter(at__lt=Now() - KEEP).delete()


@shared_task
def look_again():
    """Has every open case read anew at night: goals, people and the matcher itself may have changed.

    Each is a message of its own, so whatever stops halfway goes on there, and what waits already is left out.
    """
    with transaction.atomic():
        waiting = outbox.unfinished(KIND).filter(parked_at=None).values_list("payload__initiative", flat=True)
        cases = Initiative.objects.exclude(state__in={State.DRAFT, *CLOSED}).exclude(pk__in=list(waiting))
        cases = cases.annotate(read_at=Max("suggestions__made_at"))
        longest_unread = cases.order_by(F("read_at").asc(nulls_first=True), "pk")
        keys = longest_unread.values_list("pk", flat=True)[:A_NIGHT]
        outbox.put_all(KIND, ({"initiative": key} for key in keys.iterator()), APART)
