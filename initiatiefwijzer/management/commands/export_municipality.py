"""Write the municipality to a folder of JSON Lines."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from initiatiefwijzer.exchange.exporting import Export


class Command(BaseCommand):
    help = (
        "Schrijft de gemeente naar een nieuwe map met JSON Lines, zoals import_municipality die leest. "
        "Accounts, deelnemers, berichten, contactmomenten, concepten van inwoners en de tijdlijn "
        "gaan niet mee. Wel plannen die niet openbaar zijn, en namen en nummers van medewerkers: de map is "
        "vertrouwelijk."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="MAP", help="Bestaat nog niet, of is leeg.")

    def handle(self, *, folder, **options):
        folder = Path(folder)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        if folder.exists():
            raise CommandError(f"{folder} bestaat al: kies een nieuwe map.")
        export = Export(folder)
        try:
            counts = export.run()
        except OSError as trouble:
            raise CommandError(f"Schrijven lukt niet: {trouble.strerror}.") from None
        self.stdout.write(
            "\n".join([*(f"{name}: {count}" for name, count in counts.items()), *export.left_out])
        )
