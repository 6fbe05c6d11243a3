"""Housekeeping that beat asks for."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from django.utils import timezone

from townhall.models import Allowance, OutboxMessage, SubmissionToken

KEEP_SENT = timedelta(days=30)
KEEP_TOKENS = timedelta(days=7)


@shared_task
def sweep():
    """Remove what has served: sent and long parked messages, spent tokens, old allowances, ended sessions."""
    OutboxMessage.objects.filter(done_at__lt=Now() - KEEP_SENT).delete()
    OutboxMessage.objects.filter(parked_at__lt=Now() - KEEP_SENT).delete()
    SubmissionToken.objects.filter(at__lt=Now() - KEEP_TOKENS).delete()
    Allowance.objects.filter(until__lt=Now()).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
