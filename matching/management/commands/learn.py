"""What the matcher learns from officers: look, learn anew, switch off and on."""

from django.core.management.base import BaseCommand
from django.db.models import Count, Max, Sum

from matching import learning, teaching
from matching.models import Learned
from townhall.models import Municipality


class Command(BaseCommand):
    help = (
        "Laat zien wat de wegwijzer leerde van wat ambtenaren kozen. "
        "Met --rebuild leert hij alles opnieuw; --off en --on zetten het leren uit en aan."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--rebuild", action="store_true", help="Leer nu alles opnieuw, uit alle oordelen.")
        what.add_argument("--off", action="store_true", help="Vergeet alles en leer niets meer.")
        what.add_argument(
            "--on", action="store_true", help="Leer weer, te beginnen met alle oordelen van nu."
        )

    def handle(self, *, rebuild, off, on, **options):
        if off or on:
            teaching.switch(on)
        if rebuild or on:
            teaching.learn()
        self.stdout.write(self.sentence())

    def sentence(self):
        """Where learning stands now."""
        if not Municipality.objects.filter(learns=True).exists():
            return "Leren staat uit. De wegwijzer let alleen op de teksten."
        kinds = {name: Sum(name, default=0) for name in ("added", "confirmed", "rejected")}
        found = Learned.objects.aggregate(goals=Count("pk"), last=Max("at"), **kinds)
        return (
            "Leren staat aan (versie {version}). Doelen met een les: {goals}. Oordelen: {added} met de hand "
            "toegevoegd, {confirmed} bevestigd, {rejected} afgewezen."
        ).format(version=learning.VERSION, **found)
