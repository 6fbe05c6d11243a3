"""Print how well the civic thesaurus understands sentences it was not written from."""

from django.core.management.base import BaseCommand

from matching.exam import examine
from matching.meaning import civic


class Command(BaseCommand):
    help = "Meet hoe vaak de thesaurus in een zin het goede begrip vindt. Leest alleen bestanden."
    requires_system_checks = []

    def handle(self, **options):
        for name, share in examine(civic()).items():
            self.stdout.write(f"{name:32} {share:.3f}")
