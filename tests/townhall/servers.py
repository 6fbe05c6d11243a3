"""Real parts for the tests of durability: a mail server that can misbehave, and processes of ours."""

import contextlib
import email
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from local import servers
from tests import databases

ROOT = Path(__file__).resolve().parents[2]


def wait_until(ready, seconds=40.0):
    """What `ready()` gives as soon as that is something; an AssertionError when it takes too long."""
    until = time.monotonic() + seconds
    while not (found := ready()):
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)
    return found


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class MailServer:
    """A real SMTP server on a port of its own; `answer` is what it says to every mail."""

    def __init__(self):
        self.port = free_port()
        self.answer = "250 OK"
        self.mails = []
        self.peers = set()
        self.tries = 0
        self.before_answer = lambda: None
        self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.startswith("rcpt "):
            self.tries += 1
            return self.answer.removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.tries += 1
        self.peers.add(session.peer)
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        self.before_answer()
        return self.answer

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def subjects(self):
        return [email.message_from_bytes(mail.content)["Subject"] for mail in self.mails]

    @property
    def message_ids(self):
        return [email.message_from_bytes(mail.content)["Message-ID"] for mail in self.mails]


def environment(**extra):
    """The environment in which a process of ours works on the database of this very test."""
    url = databases.address(settings.DATABASES["default"]["NAME"])
    return {**os.environ, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1", **extra}


@contextlib.contextmanager
def process(*command, log, **extra):
    """A process of ours, killed at the end whatever it does."""
    with open(log, "ab") as out:
        started = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(**extra), stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def listening():
    """How many relays wait for a sign in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'relay' AND state = 'idle'"
        )
        return cursor.fetchone()[0]


class Broker:
    """A Valkey of this test alone, that can be stopped and started."""

    def __init__(self, folder):
        self.socket = Path(folder) / "v.sock"
        self.url = f"unix://{self.socket}?db=0"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [
                *(servers.valkey_binary(), "--port", "0", "--unixsocket", self.socket),
                *("--dir", self.socket.parent, "--save", "", "--appendonly", "no"),
            ],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self.answers)

    def answers(self):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
        return False

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.socket.unlink(missing_ok=True)
