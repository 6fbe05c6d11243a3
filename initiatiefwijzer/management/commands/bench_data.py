"""Fill an empty database with a large made-up town, to measure how fast the pages are."""

from django.core.management.base import BaseCommand, CommandError

from initiatiefwijzer.bench.town import NotEmpty, Sizes, load


class Command(BaseCommand):
    help = "Vult een lege database met een grote, verzonnen gemeente. Alleen om te meten hoe snel het gaat."

    def add_arguments(self, parser):
        for name, number in vars_of(Sizes()).items():
            parser.add_argument(f"--{name}", type=int, default=number, help=f"Hoeveel; zonder: {number}.")

    def handle(self, **options):
        try:
            load(Sizes(**{name: options[name] for name in vars_of(Sizes())}), told=self.stdout.write)
        except NotEmpty:
            raise CommandError(
                "Er is al een gemeente. Meet in een database die alleen daarvoor is."
            ) from None


def vars_of(sizes):
    """{name: number} of the sizes."""
    return {name: getattr(sizes, name) for name in sizes.__dataclass_fields__}
