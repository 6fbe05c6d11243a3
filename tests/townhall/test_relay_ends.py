"""How a relay may end: at once when asked, or killed at the worst moment."""

import os
import signal
import threading
import time

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.db.models import F

from tests.townhall.servers import listening, process, wait_until
from townhall import outbox
from townhall.models import OutboxMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("relay")]


def write():
    send_mail("Hallo", "Dit is de tekst.", "gemeente@kleindorp.example", ["amina@voorbeeld.example"])


def sign():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [outbox.CHANNEL])


def relay(mail_server, tmp_path):
    return process(
        "manage.py",
        "relay",
        "--poll",
        "60",
        log=tmp_path / "log",
        EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}",
    )


def test_killed_between_sending_and_marking_repeats_once_under_the_same_name(mail_server, tmp_path):
    write()
    with relay(mail_server, tmp_path) as first:
        mail_server.before_answer = lambda: os.kill(first.pid, signal.SIGKILL)
        wait_until(lambda: mail_server.mails)
        first.wait()
    mail_server.before_answer = lambda: None
    assert OutboxMessage.objects.get().done_at is None
    with relay(mail_server, tmp_path) as second:
        wait_until(listening)
        assert len(mail_server.mails) == 1  # who was killed may still be at work, for all the others know
        OutboxMessage.objects.update(claimed_at=F("claimed_at") - outbox.CLAIM)  # two minutes later
        sign()
        wait_until(lambda: OutboxMessage.objects.get().done_at)
        assert len(mail_server.mails) == 2
        assert len(set(mail_server.message_ids)) == 1
        began = time.monotonic()
        second.send_signal(signal.SIGTERM)
        assert second.wait(20) == 0  # an idle relay stops at once, whatever its poll
        assert time.monotonic() - began < 10


def test_asked_to_stop_while_a_mail_server_keeps_it_waiting(mail_server, tmp_path):
    waiting, enough = threading.Event(), threading.Event()
    mail_server.before_answer = lambda: waiting.set() or enough.wait(60)
    mail_server.answer = "451 4.3.0 straks"
    write()
    with relay(mail_server, tmp_path) as started:
        assert waiting.wait(40)
        began = time.monotonic()
        started.send_signal(signal.SIGTERM)
        assert started.wait(20) == 0
        assert time.monotonic() - began < 12
    enough.set()
    row = OutboxMessage.objects.get()
    assert (row.done_at, row.claimed_at) == (None, None)  # free for the next relay
    assert bytes(row.body)
