"""How good the matcher is: labelled initiatives in, the agreed figures out. Reads files, never a database.

What counts and how is written in `docs/matcher.md`; a run is one row an initiative, ready for JSON Lines.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path
from typing import Any

from funding.advice import FundingForm
from matching.matcher import Matcher
from matching.shapes import Contact, Corpus, Goal, Initiative, Partner, Question

Row = dict[str, Any]
"""An object of a JSON Lines file."""

Figures = dict[str, float]

RESULTS = Path(__file__).parents[1] / "docs" / "results"
"""What every version answered: a folder each, with its figures, and a run for each kind of goals."""
RUNS = {False: "plain", True: "bare"}
"""Are the goals in policy words alone → what the run is called."""

LOOKED_AT = 5
"""The first so many suggestions count."""
DIGITS = 6
"""Of a score that are kept: what follows differs by machine."""
BOOTSTRAP_SEED = 1


@dataclass(frozen=True, slots=True)
class Gold:
    """What a matcher is built from, and the labelled initiatives to ask it about."""

    corpus: Corpus
    initiatives: tuple[Row, ...]
    portfolio_of: dict[str, str]
    """Goal → portfolio."""
    links: dict[str, frozenset[str]]
    """Known initiative → the goals it is linked to: what can be learned from."""

    def linked_without(self, initiative: str) -> frozenset[str]:
        """The goals that another known initiative is linked to."""
        return frozenset().union(*(goals for key, goals in self.links.items() if key != initiative))

    def bare(self) -> "Gold":
        """The same with goals in policy words alone: no plain side, no search words, no owners."""
        goals = tuple(
            replace(goal, plain_title="", plain_description="", search_words="", owner="")
            for goal in self.corpus.goals
        )
        return replace(self, corpus=replace(self.corpus, goals=goals))


def read_lines(path: Path) -> list[Row]:
    """The objects of a JSON Lines file, in order; nothing if the file is not there."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def load_gold(folder: Path, initiatives: Path | None = None) -> Gold:
    """The gold set of a folder. Labels never reach the corpus: only titles, texts and districts do.

    `initiatives` names another file with labelled initiatives; those of the folder stay the ones to be like.
    """
    known = read_lines(folder / "initiatives-dev.jsonl")
    asked = known if initiatives is None else read_lines(initiatives)
    goals = read_lines(folder / "goals.jsonl")
    corpus = Corpus(
        goals=tuple(map(goal_of, goals)),
        contacts=tuple(map(contact_of, read_lines(folder / "contacts.jsonl"))),
        partners=tuple(map(partner_of, read_lines(folder / "partners.jsonl"))),
        initiatives=tuple(Initiative(one["id"], one["title"], one["text"], one["district"]) for one in known),
        forms=tuple(
            FundingForm(one["id"], one["name"], one["meaning"], one.get("order", 0))
            for one in read_lines(folder / "funding-forms.jsonl")
        ),
        places=_places(folder, known),
    )
    return Gold(
        corpus,
        tuple(asked),
        {goal["id"]: goal["portfolio"] for goal in goals},
        {one["id"]: frozenset(one["labels"]["goals"]) for one in known},
    )


def _places(folder: Path, initiatives: Iterable[Row]) -> tuple[str, ...]:
    named = read_lines(folder / "municipality.jsonl") + read_lines(folder / "districts.jsonl")
    return tuple(dict.fromkeys([one["name"] for one in named] + [one["district"] for one in initiatives]))


def goal_of(row: Row) -> Goal:
    """A goal as its file has it, with or without its plain side."""
    search_words = row.get("search_words", "")
    return Goal(
        key=row["id"],
        title=row["title"],
        description=row.get("description", ""),
        note=row.get("note", ""),
        policy_field=row.get("policy_field", ""),
        portfolio=row.get("portfolio", ""),
        plain_title=row.get("plain_title", ""),
        plain_description=row.get("plain_description", ""),
        search_words=search_words if isinstance(search_words, str) else ", ".join(search_words),
        districts=tuple(row.get("districts", ())),
        owner=row.get("owner", ""),
    )


def contact_of(row: Row) -> Contact:
    """A contact as its file has it; in a gold set everybody is there."""
    return Contact(
        key=row["id"],
        function=row["function"],
        expertise=row.get("expertise", ""),
        districts=tuple(row.get("districts", ())),
        portfolios=tuple(row.get("portfolios", ())),
        policy_fields=tuple(row.get("policy_fields", ())),
        deputy=row.get("deputy", ""),
        front_desk=row.get("front_desk", False),
    )


def partner_of(row: Row) -> Partner:
    """A partner as its file has it."""
    return Partner(
        key=row["id"],
        name=row["name"],
        kind=row.get("type", ""),
        districts=tuple(row.get("districts", ())),
        interests=row.get("interests", ""),
        offers=row.get("offers", ""),
        open=row.get("open", True),
    )


def run(matcher: Matcher, initiatives: Iterable[Row]) -> list[Row]:
    """What the matcher says about each initiative, from title, text and district alone."""
    rows = []
    for one in initiatives:
        answer = matcher.answer(
            Question(one["title"], one["text"], one["district"] or "", initiative=one["id"])
        )
        rows.append(
            {
                "initiative_id": one["id"],
                "goals": [[goal.key, round(goal.score, DIGITS)] for goal in answer.goals],
                "contact": answer.contact.key if answer.contact else None,
                "partners": [partner.key for partner in answer.partners],
                "funding": [form.key for form in answer.forms],
                "needs": list(answer.found_needs),
                "amount": None if answer.found_amount is None else float(answer.found_amount),
            }
        )
    return rows


def write_run(path: Path, rows: Iterable[Row]) -> None:
    """The run as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Stored:
    """A run of a version as it stands in the repository: what was answered, and the figures of that."""

    threshold: float
    rows: list[Row]
    measured: Row


def store(version: str, runs: Mapping[str, tuple[Row, Sequence[Row]]]) -> Path:
    """Writes the folder of this version and returns it. runs: name → what was measured, and the rows."""
    folder = RESULTS / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_, rows) in runs.items():
        write_run(folder / f"{name}.jsonl", rows)
    write_run(folder / "figures.jsonl", ({"run": name} | measured for name, (measured, _) in runs.items()))
    return folder


def stored(version: str, name: str) -> Stored | None:
    """The run of that name by that version, or None where it was never stored."""
    folder = RESULTS / version
    for measured in read_lines(folder / "figures.jsonl"):
        if measured.pop("run") == name:
            return Stored(measured["threshold"], read_lines(folder / f"{name}.jsonl"), measured)
    return None


def figures_each(gold: Gold, rows: Iterable[Row], threshold: float) -> list[Figures]:
    """Per labelled initiative the figures that can be counted for it; unanswered ones count as nothing found.

    A first goal below the threshold says that no goal fits. `fits`, `top` and `abstains` are raw material for
    the figures about abstaining, which hold for a set only.
    """
    by_id = {row["initiative_id"]: row for row in rows}
    return [_figures_of(one, by_id.get(one["id"], {}), gold, threshold) for one in gold.initiatives]


def _figures_of(initiative: Row, row: Row, gold: Gold, threshold: float) -> Figures:
    labels = initiative["labels"]
    goals = row.get("goals", [])
    order = list(dict.fromkeys(key for key, _ in goals))
    top = goals[0][1] if goals else 0.0
    figures: Figures = {"fits": float(bool(labels["goals"])), "abstains": float(not goals or top < threshold)}
    if goals:
        figures["top"] = top
    return (
        figures
        | _goal_figures(labels["goals"], order, gold.portfolio_of)
        | _learned_figures(labels["goals"], order, gold.linked_without(initiative["id"]))
        | _contact_figures(labels["contact"], row.get("contact"))
        | _partner_figures(labels["partners"], row.get("partners", []))
        | _funding_figures(labels, row.get("funding", []))
        | _asked_figures(labels, row)
    )


def _goal_figures(
    grades: Mapping[str, int], order: Sequence[str], portfolio_of: Mapping[str, str]
) -> Figures:
    if not grades:
        return {}
    first, seen = order[:1], order[:LOOKED_AT]
    strong = [key for key, grade in grades.items() if grade == 2]
    figures = {
        "ndcg@5": _gain([grades.get(key, 0) for key in order]) / _gain(sorted(grades.values(), reverse=True)),
        "recall@5": sum(key in grades for key in seen) / len(grades),
        "mrr": next((1 / rank for rank, key in enumerate(order, start=1) if key in grades), 0.0),
        "p@1": float(any(key in grades for key in first)),
        "p_strong@1": float(any(grades.get(key) == 2 for key in first)),
    }
    if strong:
        figures["recall_strong@5"] = sum(key in strong for key in seen) / len(strong)
        holders = {portfolio_of[key] for key in strong}
        figures["portfolio@1"] = float(any(portfolio_of.get(key) in holders for key in first))
    return figures


def _learned_figures(grades: Mapping[str, int], order: Sequence[str], linked: frozenset[str]) -> Figures:
    """Recall of the goals that there are links to learn from, and of those without."""
    kinds = {"seen": grades.keys() & linked, "new": grades.keys() - linked}
    return {
        f"recall_{name}_goals@5": len(goals & set(order[:LOOKED_AT])) / len(goals)
        for name, goals in kinds.items()
        if goals
    }


def _gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain of the first five: 2^grade − 1 over log2(rank + 1)."""
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:LOOKED_AT], start=1))


def _contact_figures(label: Row | None, given: str | None) -> Figures:
    if not label:
        return {}
    best = given == label["best"]
    return {"contact_top1": float(best), "contact_acceptable": float(best or given in label["acceptable"])}


def _partner_figures(labelled: Sequence[str], given: Sequence[str]) -> Figures:
    seen = list(dict.fromkeys(given))[:LOOKED_AT]
    return {"partner_recall@5": sum(key in seen for key in labelled) / len(labelled)} if labelled else {}


def _funding_figures(labels: Row, given: Iterable[str]) -> Figures:
    wanted = set(labels["funding"])
    got = set(given) - (set(labels["funding_acceptable"]) - wanted)
    return {"funding_f1": _f1(wanted, got)} if labels["goals"] and wanted | got else {}


def _asked_figures(labels: Row, row: Row) -> Figures:
    """What is read from the text; older labels and runs may not tell."""
    if not labels["goals"] or "needs" not in labels or "needs" not in row:
        return {}
    wanted, got = set(labels["needs"]), set(row["needs"])
    figures = {"needs_f1": _f1(wanted, got)} if wanted | got else {}
    amounts = (labels["amount"], row["amount"])
    return figures if amounts == (None, None) else figures | {"amount_exact": float(amounts[0] == amounts[1])}


def _f1(wanted: set[str], got: set[str]) -> float:
    return 2 * len(wanted & got) / (len(wanted) + len(got))


AVERAGED = (
    "ndcg@5", "recall@5", "recall_strong@5", "mrr", "p@1", "p_strong@1", "portfolio@1",
    "recall_seen_goals@5", "recall_new_goals@5", "contact_top1", "contact_acceptable", "partner_recall@5",
    "funding_f1", "needs_f1", "amount_exact",
)  # fmt: skip


def figures(each: Sequence[Figures]) -> Figures:
    """The figures of a set; one that can't be counted on it is left out."""
    found = {
        name: sum(values) / len(values)
        for name in AVERAGED
        if (values := [one[name] for one in each if name in one])
    }
    return found | _abstaining(each)


def _abstaining(each: Sequence[Figures]) -> Figures:
    fitting = [one for one in each if one["fits"]]
    others = [one for one in each if not one["fits"]]
    if not fitting or not others:
        return {}
    recall = sum(one["abstains"] for one in others) / len(others)
    kept = sum(not one["abstains"] for one in fitting) / len(fitting)
    found = {"abstain_recall": recall, "abstain_balanced_accuracy": (recall + kept) / 2}
    if all("top" in one for one in each):
        found["abstain_auroc"] = auroc([one["top"] for one in fitting], [one["top"] for one in others])
    return found


def auroc(high: Sequence[float], low: Sequence[float]) -> float:
    """The chance that one of `high` is above one of `low`, a tie counting half."""
    wins = sum((one > other) + 0.5 * (one == other) for one in high for other in low)
    return wins / (len(high) * len(low))


def intervals(each: Sequence[Figures], draws: int) -> dict[str, tuple[float, float]]:
    """Figure → the range of its middle 95 percent over draws of initiatives with replacement."""
    return _ranges(figures([each[place] for place in drawn]) for drawn in _drawings(len(each), draws))


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher a figure is in one run than in another over the same initiatives."""

    mean: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Does the range of its middle 95 percent leave out zero?"""
        return self.low > 0 or self.high < 0


def differences(each: Sequence[Figures], others: Sequence[Figures], draws: int) -> dict[str, Difference]:
    """Figure → how much higher it is in `each` than in `others`, over the same drawn initiatives."""
    ranges = _ranges(
        _minus(figures([each[place] for place in drawn]), figures([others[place] for place in drawn]))
        for drawn in _drawings(len(each), draws)
    )
    whole = _minus(figures(each), figures(others))
    return {name: Difference(whole[name], *ranges[name]) for name in whole if name in ranges}


def _minus(one: Figures, other: Figures) -> Figures:
    return {name: value - other[name] for name, value in one.items() if name in other}


def _drawings(size: int, draws: int) -> Iterator[list[int]]:
    """Places of initiatives, drawn with replacement; the same ones every time."""
    chance = random.Random(BOOTSTRAP_SEED)  # noqa: S311 (a repeatable sample, no secret)
    for _ in range(draws):
        yield [chance.randrange(size) for _ in range(size)]


def _ranges(drawn: Iterable[Figures]) -> dict[str, tuple[float, float]]:
    found: dict[str, list[float]] = {}
    for measured in drawn:
        for name, value in measured.items():
            found.setdefault(name, []).append(value)
    return {name: _middle(sorted(values)) for name, values in found.items()}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    pick: Callable[[float], float] = lambda share: values[min(len(values) - 1, int(share * len(values)))]  # noqa: E731
    return pick(0.025), pick(0.975)
