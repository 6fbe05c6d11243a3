"""Measures the matcher in made-up towns of several sizes, each in a database that is thrown away.

The outcome goes to docs/matcher.md.
"""

import contextlib
import os
import platform
from datetime import date

from local import servers, setup
from local.bench import MARK, manage, said, settings
from local.places import ROOT, Stop
from local.steps import must, note, start_log, step

REPORT = ROOT / "docs" / "matcher.md"
BAR = {"goals": 2_000, "partners": 5_000, "initiatives": 10_000}
TOWNS = [  # the first is what the bar is for; then ten times fewer and more goals, then initiatives
    BAR,
    BAR | {"goals": 200},
    BAR | {"goals": 20_000},
    BAR | {"initiatives": 1_000},
    BAR | {"initiatives": 100_000},
]
WHOLE = "goals, partners and initiatives"


def bench(options):
    """Measures, prints the tables and writes them into docs/matcher.md."""
    setup.install("dev")
    with _database() as env:
        start_log()
        with step("Making the tables"):
            manage(env, "migrate", "--no-input")
        found = [_measure(env, number, town) for number, town in enumerate(TOWNS[: options.towns])]
    tables = "\n".join([*report(TOWNS, found), *beside(found[0])])
    print(f"\n{tables}")
    if options.towns is None:
        REPORT.write_text(
            MARK.sub(lambda match: f"{match[1]}\n{tables}\n\n{match[2]}", REPORT.read_text("utf-8"))
        )
    return 0


@contextlib.contextmanager
def _database():
    """The environment of everything that is started, on servers that are thrown away."""
    if os.environ.get("DATABASE_URL"):
        raise Stop("DATABASE_URL is set: the bench only measures in databases of its own. Unset it.")
    with servers.running() as extra:
        yield {**os.environ, **settings(extra["STATIC_ROOT"], extra["MEDIA_ROOT"]), **extra}


def _measure(env, number, sizes):
    """What is told of a town of these sizes; the first is measured beside others."""
    name, empty = f"town{number}", env["PGDATABASE"]
    psql = [servers.postgres_binaries() / "psql", "-d", empty, "-XAtqc"]
    told = ", ".join(f"{count:,} {what}" for what, count in sizes.items())
    with step(f"Making up a town: {told}"):
        must(
            [*psql, f"CREATE DATABASE {name} TEMPLATE {empty}"], "The town's database can't be made.", env=env
        )
        town = env | {"DATABASE_URL": env["DATABASE_URL"].removesuffix(empty) + name}
        manage(town, "bench_data", *(f"--{what}={count}" for what, count in sizes.items()))
    with step("Measuring"):
        found = said(town, "bench_matcher", *(["--others"] if number == 0 else []))
    note(_row(sizes, found))
    must([*psql, f"DROP DATABASE {name}"], "The town's database can't be dropped.", env=env)
    return found


def report(towns, found):
    """The lines of a table with a row for each town."""
    first = found[0]
    return [
        f"Measured on {date.today():%d %B %Y}, {os.cpu_count()} cores ({platform.machine()}), "
        f"load {os.getloadavg()[1]:.1f} during the run. {first['answers']} plans, each asked once in a warm "
        f"process; {first['complete']} answers held all five kinds. Two figures are p50 and p95.",
        "",
        "| goals | partners | initiatives | build s | memory MB | answer ms | of it CPU ms | queries "
        "| seen after s: goal, partner, initiative | longest answer meanwhile ms |",
        "|--:" * 10 + "|",
        *(_row(town, one) for town, one in zip(towns, found, strict=False)),
        "",
        "The bar, for the first row: p95 of an answer below 30 ms, 3 queries, below 300 MB, built in 20 s, a "
        "change of another process seen within 5 s. The other rows: no worse than linear.",
        "",
    ]


def _row(town, one):
    changes = one["changes"].values()
    cells = [
        *(f"{town[what]:,}" for what in ("goals", "partners", "initiatives")),
        f"{one['build']:.1f}", f"{one['memory']:.0f}",
        *(f"{one[times]['p50']:.0f} / {one[times]['p95']:.0f}" for times in ("wall", "cpu")),
        str(one["queries"]),
        ", ".join("never" if one["seconds"] is None else f"{one['seconds']:.1f}" for one in changes),
        f"{max(one['longest'] for one in changes):,.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def beside(one):
    """The lines of a table with how many times as long our whole answer takes as a search by others."""
    ours = one["wall"]
    lines = ["| the ten best by | of | ms | our whole answer takes so many times that |", "|---|---|--:|--:|"]
    for name, kinds in one["others"].items():
        for kind, theirs in kinds.items():
            times = f"{theirs['p50']:.1f} / {theirs['p95']:.1f}"
            ratios = " / ".join(f"{ours[part] / theirs[part]:.1f}" for part in ("p50", "p95"))
            lines.append(f"| {name} | {WHOLE if kind == 'all' else kind} | {times} | {ratios} |")
    return [
        *lines,
        "",
        "The others give keys in order: no reasons, contact, ways to pay or word on whether a plan fits.",
    ]
