"""Read a municipality from a folder of JSON Lines."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from initiatiefwijzer.exchange.importing import Busy, Import, faults_as_text


class Command(BaseCommand):
    help = "Leest een gemeente uit een map met JSON Lines. Alles of niets; twee keer inlezen verandert niets."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="MAP")

    def handle(self, *, folder, **options):
        if not Path(folder).is_dir():
            raise CommandError(f"{folder} is geen map.")
        run = Import(folder, told=self.stdout.write)
        try:
            done = run.run()
        except Busy:
            raise CommandError("Er is niets veranderd. Er loopt al een import.") from None
        except DatabaseError as trouble:
            raise CommandError(f"Er is niets veranderd. De database weigert: {trouble}") from None
        if not done:
            raise CommandError("\n".join(["Er is niets veranderd.", *faults_as_text(run.faults)]))
        self.stdout.write("\n".join(["", "Klaar.", *run.report()]))
