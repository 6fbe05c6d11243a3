"""Read a municipality from a folder of JSON Lines."""

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from initiatiefwijzer.exchange.importing import Import, faults_as_text


class Command(BaseCommand):
    help = "Leest een gemeente uit een map met JSON Lines. Alles of niets; twee keer inlezen verandert niets."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="MAP")

    def handle(self, *, folder, **options):
        run = Import(folder)
        try:
            done = run.run()
        except IntegrityError as trouble:
            raise CommandError(f"Er is niets veranderd. De database weigert: {trouble}") from None
        if not done:
            raise CommandError("\n".join(["Er is niets veranderd.", *faults_as_text(run.faults)]))
        self.stdout.write("\n".join(run.report()))
