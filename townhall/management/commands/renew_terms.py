"""Analyse anew what is searchable, after a change of the analyser."""

from django.core.management.base import BaseCommand

from townhall import renewing


class Command(BaseCommand):
    help = (
        "Maakt opnieuw zoekbaar wat een oudere versie las. Kan tijdens gebruik, en gaat verder waar het was."
    )

    def handle(self, **options):
        stale = sum(model.objects.with_old_terms().count() for model in renewing.searchable_models())
        done = 0
        for model, renewed in renewing.renew_terms():
            done += renewed
            self.stdout.write(f"{model._meta.verbose_name_plural}: {done} van {stale}")
        self.stdout.write(f"Opnieuw zoekbaar gemaakt: {done}.")
