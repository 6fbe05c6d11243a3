"""Print how good the matcher is on labelled initiatives. Built from files; no database is opened."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.corpus import encoder
from matching.evaluation import (
    RUNS,
    differences,
    figures,
    figures_each,
    intervals,
    load_gold,
    run,
    store,
    stored,
    write_run,
)
from matching.learning import lessons
from matching.matcher import VERSION, Matcher

FOLDER = settings.BASE_DIR / "demo" / "merenburg"
SETS = {"dev": FOLDER / "initiatives-dev.jsonl"}
DRAWS = 2_000
MARK = re.compile(r"(<!-- figures -->\n).*(<!-- /figures -->)", re.DOTALL)
TOLD = {  # figure -> what docs/matcher.md calls it
    "ndcg@5": "nDCG@5",
    "recall@5": "recall@5",
    "p@1": "first goal right",
    "portfolio@1": "portfolio of the first goal",
    "contact_acceptable": "contact acceptable",
    "partner_recall@5": "partners in the first five",
    "funding_f1": "forms F1",
    "abstain_auroc": "fits or not (area)",
}


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
        parser.add_argument(
            "--bare", action="store_true", help="Doelen in beleidstaal: zonder gewone woorden en eigenaar."
        )
        parser.add_argument(
            "--channels", action="store_true", help="Ook met elk kanaal alleen, en zonder elk kanaal."
        )
        parser.add_argument(
            "--learning",
            action="store_true",
            help="Ook met wat de antwoorden op de andere plannen leren, alsof het koppelingen waren.",
        )
        parser.add_argument(
            "--compare",
            metavar="VERSIE",
            help="Ook de bewaarde antwoorden van deze versie, en het verschil.",
        )
        parser.add_argument(
            "--bootstrap",
            type=int,
            default=DRAWS,
            help=f"Trekkingen voor de onzekerheid ({DRAWS}; 0: geen).",
        )
        parser.add_argument("--run", type=Path, help="Schrijf de antwoorden naar dit bestand (JSON Lines).")
        parser.add_argument(
            "--store",
            action="store_true",
            help="Bewaar antwoorden en cijfers van deze versie in docs.",
        )
        parser.add_argument("--json", action="store_true", help="Geef de cijfers als JSON.")

    def handle(self, *, gold, folder, bare, bootstrap, **options):
        path = gold or SETS[options["set"]]
        for needed in (path, folder / "goals.jsonl"):
            if not needed.is_file():
                raise CommandError(f"Het bestand {needed} is er niet.")
        known = load_gold(folder, path)
        known = replace(known, corpus=replace(known.corpus, encoder=encoder(settings.MATCHER_MODEL)))
        if options["store"] and settings.MATCHER_MODEL:
            raise CommandError("Bewaar geen antwoorden met een model: haal MATCHER_MODEL weg.")
        if options["store"] and (path, folder) != (SETS["dev"], FOLDER):
            raise CommandError("Bewaar alleen antwoorden op de plannen die meekomen.")
        if options["store"]:
            return self.keep(known, bootstrap)
        known = known.bare() if bare else known
        matcher = Matcher(known.corpus)
        rows = run(matcher, known.initiatives)
        if options["run"]:
            write_run(options["run"], rows)
        each = figures_each(known, rows, matcher.fits_from)
        others = heard(known, matcher) if options["channels"] else {}
        if options["learning"]:
            others["with learning"] = taught(known, matcher)
        if version := options["compare"]:
            others[f"version {version}"] = of_version(version, known, bare)
        told = {"version": VERSION, "bare": bare} | measured(each, matcher.fits_from, bootstrap)
        told["variants"] = {name: beside(each, other, bootstrap) for name, other in others.items()}
        self.stdout.write(json.dumps(told) if options["json"] else as_text(told))

    def keep(self, known, draws):
        """Both runs, with the plain side of goals and without, into docs/results; figures into the page."""
        runs, channels = {}, {}
        for bare, name in RUNS.items():
            asked = known.bare() if bare else known
            matcher = Matcher(asked.corpus)
            rows = run(matcher, asked.initiatives)
            each = figures_each(asked, rows, matcher.fits_from)
            runs[name] = measured(each, matcher.fits_from, draws), rows
            channels[name] = {variant: figures(one) for variant, one in heard(asked, matcher).items()}
        folder = store(VERSION, runs)
        page, table = folder.parents[1] / "matcher.md", as_table(runs, channels)
        page.write_text(MARK.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", page.read_text("utf-8")))
        self.stdout.write(f"Bewaard in {folder}, met de cijfers in {page}")


def heard(known, matcher):
    """{variant: figures of each initiative} with each channel alone, and with each left out."""
    every = matcher.channels
    variants = {f"{name} alone": [name] for name in every}
    variants |= {f"without {name}": [other for other in every if other != name] for name in every}
    return {
        variant: figures_each(known, run(matcher.hearing(names), known.initiatives), matcher.fits_from)
        for variant, names in variants.items()
    }


def taught(known, matcher):
    """The figures of each initiative by a matcher that learned from the labels of all others."""
    rows = []
    for one in known.initiatives:
        learned = lessons(matcher.terms, known.initiatives, leaving_out=[one["id"]])
        rows += run(matcher.taught(learned), [one])
    return figures_each(known, rows, matcher.fits_from)


def of_version(version, known, bare):
    """The figures of each initiative by the stored answers of another version."""
    answered = stored(version, RUNS[bare])
    if answered is None:
        raise CommandError(f"Van versie {version} zijn geen antwoorden bewaard in docs/results.")
    return figures_each(known, answered.rows, answered.threshold)


def measured(each, threshold, draws):
    """How many initiatives, the threshold, and per figure its value and the range it is in."""
    ranges = intervals(each, draws)
    return {
        "threshold": threshold,
        "initiatives": len(each),
        "metrics": {
            name: {"value": value, "ci95": ranges.get(name)} for name, value in figures(each).items()
        },
    }


def beside(each, other, draws):
    """Per figure its value in a variant, and how much higher it is in the run itself."""
    found = differences(each, other, draws)
    return {
        name: {"value": value}
        | (
            {"difference": found[name].mean, "ci95": [found[name].low, found[name].high],
             "certain": found[name].certain}
            if name in found
            else {}
        )
        for name, value in figures(other).items()
    }  # fmt: skip


def as_text(told):
    """A line for each figure, and a block for each variant with what this version does better or worse."""
    goals = "in policy words alone" if told["bare"] else "with their plain side"
    lines = [
        f"matcher {told['version']}, {told['initiatives']} initiatives, goals {goals}, "
        f"a goal fits from {told['threshold']}"
    ]
    for name, one in told["metrics"].items():
        lines.append(f"{name:28} {one['value']:.3f}{between(one['ci95'], '.3f')}")
    for variant, metrics in told["variants"].items():
        lines += ["", f"{variant}, and how much higher this version is (* for certain)"]
        for name, one in metrics.items():
            line = f"{name:28} {one['value']:.3f}"
            if "difference" in one:
                line += f"  {one['difference']:+.3f}{between(one['ci95'], '+.3f')}{' *' * one['certain']}"
            lines.append(line)
    return "\n".join(lines)


def as_table(runs, channels):
    """The figures as docs/matcher.md shows them: a column for each kind of goals."""
    columns = [told for told, _ in runs.values()]
    lines = [
        f"Version {VERSION}, {date.today():%d %B %Y}, {columns[0]['initiatives']} plans, "
        "95 % bootstrap intervals:",
        "",
        "| figure | goals with plain side and owner | policy words alone |",
        "| --- | --- | --- |",
    ]
    for name, called in TOLD.items():
        cells = [told["metrics"].get(name) for told in columns]
        shown = [f"{one['value']:.2f}{between(one['ci95'], '.2f')}" if one else "" for one in cells]
        lines.append(f"| {called} | {' | '.join(shown)} |")
    lines += [
        "",
        "| nDCG@5 by channel | goals with plain side and owner | policy words alone |",
        "| --- | --- | --- |",
    ]
    for variant in channels[RUNS[False]]:
        shown = " | ".join(f"{channels[run][variant]['ndcg@5']:.2f}" for run in RUNS.values())
        lines.append(f"| {variant} | {shown} |")
    return "\n".join(lines)


def between(ends, form):
    """The range after a figure, or nothing where nothing was drawn."""
    return f" [{ends[0]:{form}}, {ends[1]:{form}}]" if ends else ""
