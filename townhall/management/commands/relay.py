"""Deliver what the outbox holds, for as long as this process lives."""

import select
import signal
import time

import structlog
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from townhall import outbox

log = structlog.get_logger()


class Command(BaseCommand):
    help = "Bezorgt wat in de outbox staat: mail, en werk voor Celery. Blijft draaien."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Eén ronde, dan stoppen.")
        parser.add_argument(
            "--poll", type=float, default=5, help="Seconden tussen twee rondes zonder seintje."
        )

    def handle(self, *, once, poll, **options):
        if once:
            outbox.drain()
            return
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        pause = 0.5
        while not self.stopping:
            try:
                self.listen(poll)
            except (OperationalError, InterfaceError):
                log.warning("relay_lost_the_database", wait=pause)
                connection.close()
                time.sleep(pause)
                pause = min(pause * 2, 10)

    def stop(self, *_):
        self.stopping = True

    def listen(self, poll):
        """Wake up by NOTIFY, or after `poll` seconds; go on while there is something to do."""
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.CHANNEL}")
        while not self.stopping:
            while not self.stopping and outbox.drain()[0]:
                pass
            wire = connection.connection
            select.select([wire], [], [], poll)
            for _ in wire.notifies(timeout=0):
                pass
