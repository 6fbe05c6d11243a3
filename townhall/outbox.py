"""What must happen after a change, however the rest of the world is doing.

A row is written in the transaction of the change; `manage.py relay` delivers it. Kind -> handler is the
OUTBOX table in the settings. A handler gets the message; if it raises OSError or a Celery/SMTP error the row
stays and is tried again later.
"""

import importlib
import smtplib
from datetime import timedelta

import kombu.exceptions
import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from townhall.models import OutboxMessage

log = structlog.get_logger()

CHANNEL = "outbox"
CLAIM = timedelta(seconds=120)  # a claim older than this belonged to a relay that died
LONGEST_WAIT = 3600  # seconds between two tries, at most
TRANSIENT = (OSError, smtplib.SMTPException, kombu.exceptions.OperationalError)


def put(kind, *, payload=None, body=b"", after=timedelta(0)):
    """The stored message; call it inside the transaction of the change it belongs to."""
    if kind not in settings.OUTBOX:
        raise LookupError(f"OUTBOX in the settings has no handler for {kind!r}")
    message = OutboxMessage.objects.create(kind=kind, payload=payload or {}, body=body, due_at=Now() + after)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return message


def claim(limit):
    """The next messages that are due, oldest first, marked as ours."""
    stale = Q(claimed_at=None) | Q(claimed_at__lt=Now() - CLAIM)
    with transaction.atomic():
        due = OutboxMessage.objects.filter(stale, done_at=None, due_at__lte=Now()).order_by("due_at")
        keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        OutboxMessage.objects.filter(pk__in=keys).update(claimed_at=Now(), attempts=F("attempts") + 1)
    return list(OutboxMessage.objects.filter(pk__in=keys).order_by("due_at"))


def handler_of(kind):
    """The function that does what this kind of message asks."""
    module, name = settings.OUTBOX[kind].rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def deliver(message):
    """True when done. On a passing trouble the message waits twice as long as before, at most an hour."""
    mine = OutboxMessage.objects.filter(pk=message.pk)
    try:
        handler_of(message.kind)(message)
    except TRANSIENT as trouble:
        wait = timedelta(seconds=min(2**message.attempts, LONGEST_WAIT))
        mine.update(claimed_at=None, due_at=Now() + wait, error=type(trouble).__name__)
        log.warning(
            "outbox_message_delayed", id=str(message.pk), kind=message.kind, attempts=message.attempts
        )
        return False
    mine.update(done_at=Now(), body=b"", error="")
    return True


def drain(limit=50):
    """How many messages were delivered in this round, and how many must wait."""
    outcome = [deliver(message) for message in claim(limit)]
    return sum(outcome), len(outcome) - sum(outcome)
