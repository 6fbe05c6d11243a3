"""Deliver what the outbox holds, for as long as this process lives."""

import contextlib
import select
import signal
import sys
import time

import structlog
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from townhall import mail, outbox

log = structlog.get_logger()

LAST_TRY = 3  # seconds a delivery may still take once we are asked to stop
LONGEST_PAUSE = 5  # seconds between two tries to reach the database, at most


class Command(BaseCommand):
    help = "Bezorgt wat in de outbox staat: mail, en werk voor Celery. Blijft draaien."
    requires_system_checks = ()  # they would load every page of the site

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Eén ronde, dan stoppen.")
        parser.add_argument(
            "--release", action="store_true", help="Zet terug wat geparkeerd staat, dan stoppen."
        )
        parser.add_argument(
            "--poll", type=float, default=5, help="Seconden tussen twee rondes zonder seintje."
        )

    def handle(self, *, once, release, poll, **options):
        if release:
            self.stdout.write(f"Teruggezet: {outbox.release()}")
            return
        if once:
            outbox.drain()
            mail.line.hang_up()
            return
        self.prepare()
        pause = 0.5
        while not self.stopping:
            try:
                self.listen(poll)
                pause = 0.5
            except (OperationalError, InterfaceError, TimeoutError) as trouble:
                log.warning("relay_lost_the_database", error=type(trouble).__name__, wait=pause)
                connection.close()
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def prepare(self):
        """An alarm ends a delivery that takes too long; a wish to stop ends everything else at once."""
        self.stopping = self.delivering = False
        self.courier = outbox.Courier(within=self.deadline)
        signal.signal(signal.SIGALRM, self.too_long)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def stop(self, *_):
        """Leave at once; a delivery under way may end first, else somebody would get their mail twice."""
        if not self.delivering:
            sys.exit(0)
        self.stopping = True
        if signal.getitimer(signal.ITIMER_REAL)[0] > LAST_TRY:
            signal.setitimer(signal.ITIMER_REAL, LAST_TRY)

    def too_long(self, *_):
        raise TimeoutError

    @contextlib.contextmanager
    def deadline(self):
        """What happens inside ends within a minute, or as a TimeoutError."""
        self.delivering = True
        signal.setitimer(signal.ITIMER_REAL, outbox.LONGEST_TRY)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.delivering = False

    def listen(self, poll):
        """Deliver while there is something to do; then wait for NOTIFY, at most `poll` seconds."""
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.CHANNEL}")
            cursor.execute("SET application_name = 'relay'")  # so that pg_stat_activity tells who is there
        wire = connection.connection
        while not self.stopping:
            while not self.stopping and self.courier.deliver_next():
                pass
            mail.line.hang_up()
            with connection.wrap_database_errors:
                # One that came in with the answer to our last question is no longer on the wire.
                if not list(wire.notifies(timeout=0)):
                    select.select([wire], [], [], self.courier.pause(poll))
