"""The relay as a process, a real mail server, and trouble between them."""

import time

import pytest
from django.core.mail import send_mail
from django.db import transaction

from tests.townhall.servers import MailServer, listening, process, wait_until
from tests.townhall.test_pool import cut_all_others
from townhall.models import OutboxMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("relay")]


def write(subject):
    send_mail(subject, "Dit is de tekst.", "gemeente@kleindorp.example", ["amina@voorbeeld.example"])


@pytest.fixture(scope="module")
def server():
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def relay(server, django_db_setup, tmp_path_factory):
    """A relay that by itself looks only once in a minute: what comes sooner came by a sign."""
    log = tmp_path_factory.mktemp("relay") / "log"
    command = ("manage.py", "relay", "--poll", "60")
    with process(*command, log=log, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as started:
        started.command, started.log = command, log
        yield started
        assert started.poll() is None, log.read_text()  # nothing that happened here stopped it


@pytest.fixture(autouse=True)
def _ready(server, relay):
    wait_until(listening)
    server.mails.clear()


def test_a_mail_that_is_written_arrives_at_once(server):
    began = time.monotonic()
    write("Hallo")
    wait_until(lambda: server.subjects == ["Hallo"])
    assert time.monotonic() - began < 10  # mostly milliseconds; a busy machine needs patience
    row = OutboxMessage.objects.get()
    wait_until(lambda: OutboxMessage.objects.exclude(done_at=None).exists())
    row.refresh_from_db()
    assert (row.payload, bytes(row.body)) == ({}, b"")


def test_a_mail_leaves_when_its_change_is_certain_and_never_when_it_is_undone(server):
    with transaction.atomic():
        write("Ging niet door")
        transaction.set_rollback(True)
    with transaction.atomic():
        write("Ging door")
        time.sleep(0.3)
        assert server.subjects == []
    wait_until(lambda: server.subjects)
    assert server.subjects == ["Ging door"]


def test_the_relay_comes_back_when_its_connection_is_cut(server, relay):
    assert cut_all_others()
    write("Na de breuk")
    wait_until(lambda: server.subjects == ["Na de breuk"])
    assert "relay_lost_the_database" in relay.log.read_text()
    assert relay.poll() is None


def test_a_mail_server_that_was_away_gets_everything_once(server):
    server.stop()
    for number in range(25):
        write(f"Nummer {number}")
    wait_until(lambda: OutboxMessage.objects.exclude(error="").exists())
    time.sleep(1)
    tried = OutboxMessage.objects.filter(attempts__gt=0).count()
    assert tried <= 2  # one of all: no battering on a closed door
    server.start()
    wait_until(lambda: not OutboxMessage.objects.filter(done_at=None).exists())
    assert sorted(server.subjects) == sorted(f"Nummer {number}" for number in range(25))


def test_two_relays_at_once_send_nothing_twice(server, relay):
    with process(*relay.command, log=relay.log, EMAIL_URL=f"smtp://127.0.0.1:{server.port}"):
        wait_until(lambda: listening() == 2)
        with transaction.atomic():
            for number in range(60):
                write(f"Nummer {number}")
        wait_until(lambda: not OutboxMessage.objects.filter(done_at=None).exists())
    assert len(server.mails) == 60
    assert len(set(server.message_ids)) == 60
