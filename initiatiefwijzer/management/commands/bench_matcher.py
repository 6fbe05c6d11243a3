"""What the matcher costs in a made-up town, as JSON; `make bench-matcher` asks for towns of several sizes."""

import json

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from initiatiefwijzer.bench import matcher
from initiatiefwijzer.bench.town import PEOPLE


class Command(BaseCommand):
    help = "Meet hoe snel en hoe groot de matcher is (JSON). Alleen voor de gemeente van bench_data."

    def add_arguments(self, parser):
        parser.add_argument(
            "--others", action="store_true", help="Ook PostgreSQL en bm25s over dezelfde teksten."
        )

    def handle(self, *, others, **options):
        if not User.objects.filter(email__in=PEOPLE).exists():
            raise CommandError("Dit is niet de gemeente van bench_data.")
        warm, asked = matcher.questions()
        told = matcher.measure(warm, asked)
        if others:
            told["others"] = matcher.others(asked[: matcher.FEWER])
        self.stdout.write(json.dumps(told))
