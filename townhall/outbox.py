"""What must happen after a change, however the rest of the world is doing.

A row is written in the transaction of the change; `manage.py relay` delivers it. Kind -> handler is the
OUTBOX table in the settings. What becomes of a message after its handler has

    returned nothing      it is done, and keeps neither address nor text
    returned a timedelta  it was handed over: who took it calls `finish`; else it is handed over again by then
    raised Away           (or what means the same) the server is away: the whole kind rests, up to a minute
    raised Later          the server wants this one message later: it waits, twice as long every time
    raised Refused        trying again has no use: it is parked
    raised anything else  it is parked and logged as a fault of ours; the others go on

Parked is not lost: `manage.py relay --release` brings it back, until the sweep removes it.
See docs/decisions/0003-outbox.md.
"""

import contextlib
import time
import traceback
import uuid
from datetime import timedelta
from itertools import islice

import kombu.exceptions
import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string

from townhall.models import OutboxMessage

log = structlog.get_logger()

CHANNEL = "outbox"
CLAIM = timedelta(seconds=120)  # a claim older than this belonged to a relay that died
LONGEST_TRY = 60  # seconds for one delivery: well within the claim, so that nobody takes it over meanwhile
LONGEST_WAIT = 600  # seconds between two tries of one message, at most
LONGEST_REST = 20  # seconds a kind rests while its server is away, at most
GIVE_UP = timedelta(days=5)  # as mail servers do (RFC 5321, 4.5.4.1); for a server that is away we never do


class Away(Exception):
    """The server that should take it can't be reached, or takes nothing from us at all."""


class Later(Exception):
    """The server takes messages, but not this one now."""


class Refused(Exception):
    """The server will never take this message."""


AWAY = (Away, OSError, kombu.exceptions.OperationalError)


def put(kind, *, payload=None, body=b"", after=timedelta(0), key=None):
    """The stored message; call it inside the transaction of the change it belongs to."""
    if kind not in settings.OUTBOX:
        raise LookupError(f"OUTBOX in the settings has no handler for {kind!r}")
    message = OutboxMessage.objects.create(
        id=key or uuid.uuid4(), kind=kind, payload=payload or {}, body=body, due_at=Now() + after
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return message


def put_all(kind, payloads, apart):
    """Many messages of a kind, due one after another: what comes in meanwhile need not wait for them."""
    rows = (
        OutboxMessage(kind=kind, payload=payload, due_at=Now() + number * apart)
        for number, payload in enumerate(payloads)
    )
    while batch := list(islice(rows, 1_000)):
        OutboxMessage.objects.bulk_create(batch)


def unfinished(kind):
    """The messages of a kind that are not done; also those that are parked."""
    return OutboxMessage.objects.filter(kind=kind, done_at=None)


def claim(kinds):
    """The oldest message that is due, marked as ours, or None; what another relay holds is passed by.

    One at a time: a claim must not grow old while the messages before it are delivered.
    Only kinds we have a handler for: a newer version of the site may know more.
    """
    free = Q(claimed_at=None) | Q(claimed_at__lt=Now() - CLAIM)
    due = OutboxMessage.objects.filter(free, kind__in=kinds, done_at=None, parked_at=None, due_at__lte=Now())
    with transaction.atomic():
        message = due.order_by("due_at", "created_at").select_for_update(skip_locked=True).first()
        if message:
            OutboxMessage.objects.filter(pk=message.pk).update(claimed_at=Now(), attempts=F("attempts") + 1)
            message.attempts += 1
    return message


def finish(key):
    """What was handed over is done."""
    OutboxMessage.objects.filter(pk=key, done_at=None).update(**done())


def release():
    """Parked messages are tried again from now on; how many they were."""
    parked = OutboxMessage.objects.exclude(parked_at=None)
    return parked.update(parked_at=None, due_at=Now(), created_at=Now(), attempts=0, error="")


def done():
    """What makes a message done: in one update with the end of its personal data."""
    return {"done_at": Now(), "claimed_at": None, "body": b"", "payload": {}, "error": ""}


def waiting(seconds, error=""):
    return {"due_at": Now() + timedelta(seconds=seconds), "claimed_at": None, "error": error}


def parked(error):
    return {"parked_at": Now(), "claimed_at": None, "error": error}


def name_of(trouble):
    """What may be kept of an exception: its kind and code; its text can hold an address."""
    cause = trouble.__cause__ or trouble
    codes = dict.fromkeys(str(part) for part in (*trouble.args, *cause.args) if isinstance(part, int))
    return " ".join([type(cause).__name__, *codes])


def place_of(trouble):
    """Where it was raised. Not a whole traceback: its values could name somebody."""
    last = traceback.extract_tb(trouble.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


def about(message):
    return {"id": str(message.pk), "kind": message.kind, "attempts": message.attempts}


class Courier:
    """One relay: delivers message after message, and knows which kinds rest because their server is away.

    `within` surrounds each delivery together with the marking of its outcome.
    """

    def __init__(self, within=contextlib.nullcontext):
        self.within = within
        self.failures = {}  # kind -> how often its server was away in a row
        self.resting = {}  # kind -> when it may be tried again, by time.monotonic()

    def deliver_next(self):
        """True when there was a message to deliver, whatever came of it."""
        now = time.monotonic()
        message = claim([kind for kind in settings.OUTBOX if self.resting.get(kind, 0) <= now])
        if not message:
            return False
        with self.within():
            outcome = self.outcome(message)
            # Attempts tell this claim from a later one, should this process have slept for minutes.
            mine = OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at=None)
            mine.update(**outcome)
        return True

    def outcome(self, message):
        """What to write in the row after trying to deliver it."""
        try:
            handed_over = import_string(settings.OUTBOX[message.kind])(message)
        except (OperationalError, InterfaceError):
            raise  # our own database: the relay connects again, and the claim ends by itself
        except AWAY as trouble:
            return self.rest(message, trouble)
        except Later as trouble:
            self.wake(message.kind)
            return self.try_later(message, name_of(trouble))
        except Refused as trouble:
            self.wake(message.kind)
            log.warning("outbox_message_refused", **about(message))
            return parked(name_of(trouble))
        except Exception as trouble:  # noqa: BLE001 - the border: one message may not stop all others
            log.error("outbox_message_parked", **about(message), where=place_of(trouble))
            return parked(type(trouble).__name__)
        self.wake(message.kind)
        return self.try_later(message, "", handed_over.total_seconds()) if handed_over else done()

    def rest(self, message, trouble):
        """The server is away: the whole kind rests a while, so that the other kinds need not wait for it."""
        times = self.failures[message.kind] = self.failures.get(message.kind, 0) + 1
        pause = min(2**times, LONGEST_REST)
        self.resting[message.kind] = time.monotonic() + pause
        log.warning("outbox_server_away", kind=message.kind, error=name_of(trouble), rest=pause)
        return waiting(
            pause, name_of(trouble)
        )  # not first in the row again: it may be what drives the server away

    def wake(self, kind):
        self.failures.pop(kind, None)
        self.resting.pop(kind, None)

    def try_later(self, message, error, seconds=None):
        """The message waits, until we give it up."""
        if timezone.now() - message.created_at > GIVE_UP:
            log.error("outbox_message_parked", **about(message))
            return parked(error or "Unfinished")
        return waiting(seconds or min(2 ** min(message.attempts, 10), LONGEST_WAIT), error)

    def pause(self, longest):
        """Seconds until a resting kind may be tried again, at most `longest`."""
        now = time.monotonic()
        return min([longest, *(end - now for end in self.resting.values() if end > now)])


def drain():
    """Deliver all that is due now; how many messages were tried."""
    courier = Courier()
    tried = 0
    while courier.deliver_next():
        tried += 1
    return tried
