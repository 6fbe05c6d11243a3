"""Housekeeping that beat asks for."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from townhall import renewing, uploads
from townhall.models import Allowance, Change, OutboxMessage, SubmissionToken

KEEP_SENT = timedelta(days=30)
KEEP_TOKENS = timedelta(days=7)
RENEW_FOR = timedelta(minutes=5)


@shared_task
def sweep():
    """Remove what has served: messages, tokens, allowances, noted changes, sessions, cached values."""
    OutboxMessage.objects.filter(done_at__lt=Now() - KEEP_SENT).delete()
    OutboxMessage.objects.filter(parked_at__lt=Now() - KEEP_SENT).delete()
    SubmissionToken.objects.filter(at__lt=Now() - KEEP_TOKENS).delete()
    Allowance.objects.filter(until__lt=Now()).delete()
    newest = Change.objects.order_by("-pk").values("pk")[:1]  # stays: without it the count could begin again
    Change.objects.exclude(pk__in=newest).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608 - a name from our settings


@shared_task
def renew_terms():
    """Analyse anew what an older version of the analyser made searchable; goes on where it stopped."""
    for _model, _renewed in renewing.renew_terms(within=RENEW_FOR):
        pass


@shared_task
def sweep_files():
    """Files that belong to nothing any more vanish; may run twice."""
    uploads.sweep()
