"""Print how good the matcher is on labelled initiatives. Built from files; no database is opened."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.evaluation import figures, figures_each, intervals, load_gold, results, run, write_run
from matching.matcher import VERSION, Matcher

FOLDER = settings.BASE_DIR / "demo" / "merenburg"
SETS = {"dev": FOLDER / "initiatives-dev.jsonl"}


class Command(BaseCommand):
    help = "Meet hoe goed de matcher is op plannen waarvan het antwoord bekend is. Leest alleen bestanden."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--set", choices=SETS, default="dev", help="De plannen om op te meten.")
        parser.add_argument(
            "--gold", type=Path, help="Een ander bestand met plannen en antwoorden (JSON Lines)."
        )
        parser.add_argument(
            "--folder", type=Path, default=FOLDER, help="De map met doelen, mensen en partners."
        )
        parser.add_argument("--run", type=Path, help="Schrijf de antwoorden naar dit bestand (JSON Lines).")
        parser.add_argument(
            "--golden", type=Path, help="Schrijf de eerste vijf doelen per plan naar dit bestand."
        )
        parser.add_argument(
            "--bootstrap", type=int, default=0, help="Trekkingen voor de onzekerheid, bijv. 2000."
        )
        parser.add_argument("--json", action="store_true", help="Geef de cijfers als JSON.")

    def handle(self, *, gold, folder, bootstrap, **options):
        path = gold or SETS[options["set"]]
        for needed in (path, folder / "goals.jsonl"):
            if not needed.is_file():
                raise CommandError(f"Het bestand {needed} is er niet.")
        known = load_gold(folder, path)
        matcher = Matcher(known.corpus)
        rows = run(matcher, known.initiatives)
        each = figures_each(known, rows, matcher.fits_from)
        if options["run"]:
            write_run(options["run"], rows)
        if options["golden"]:
            text = json.dumps(results(rows), indent=1, ensure_ascii=False)
            options["golden"].write_text(text + "\n", encoding="utf-8")
        ranges = intervals(each, bootstrap) if bootstrap else {}
        show = as_json if options["json"] else as_text
        self.stdout.write(show(len(each), matcher.fits_from, figures(each), ranges))


def as_json(size, threshold, found, ranges):
    """One object: version, threshold, how many initiatives, and per figure its value and range."""
    measured = {name: {"value": value, "ci95": ranges.get(name)} for name, value in found.items()}
    return json.dumps({"version": VERSION, "threshold": threshold, "initiatives": size, "metrics": measured})


def as_text(size, threshold, found, ranges):
    """A line for each figure."""
    lines = [f"matcher {VERSION}, {size} initiatives, a goal fits from {threshold}"]
    for name, value in found.items():
        low, high = ranges.get(name, (None, None))
        lines.append(f"{name:28} {value:.3f}" + (f"  [{low:.3f}, {high:.3f}]" if low is not None else ""))
    return "\n".join(lines)
