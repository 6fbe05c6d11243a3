"""What officers' verdicts teach: for each goal the terms of the plans that were linked to it, within bounds.

A link made by hand teaches most; a confirmed suggestion teaches less, because a matcher that confirms itself
proves little; a rejection only counts for texts much like the plan it was about. What a goal learns hangs on
the verdicts about that goal alone, so it can be replayed at any time with the same result.

Of a plan that is not public only Dutch words that say something are learned, so hardly ever a name, and only
those that plans of this goal by three initiators share. That such plans have an ordinary word may show; whose
they are does not. A goal that learned nothing keeps its score, and its place among the first five: `guarded`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from operator import attrgetter
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dutch import analyser
from matching.bags import Bags, Postings, Scores
from matching.explain import MOST_QUOTED, PROVES_FROM, QUOTED_FROM, quoted
from matching.index import DIGITS, Rarity, half
from matching.reading import Reading
from matching.shapes import Learned, Reason

VERSION = f"2026.3+{analyser.VERSION}"
"""Raise it whenever the same verdicts would teach something else. Lessons of another version are not used;
by night all is learned anew."""

Kind = Literal["added", "confirmed", "rejected"]

TEACHES: dict[Kind, float] = {"added": 1.0, "confirmed": 0.4}
"""How much a plan counts by what was said of it."""

MOST_TERMS, MOST_REJECTED = 300, 20
"""Terms kept of a goal, or of a rejected plan; rejected plans kept of a goal."""
FEWEST_INITIATORS = 3
"""A term of plans that are not public is kept where so many people each have a plan with it."""
MOST_OFTEN = 2.0
"""A word said often teaches as much as one said twice."""

BOUND, HALF, STEEP = 0.1, 0.03, 3
"""The most that evidence lifts a score, as a part of what it lacks; the likeness at half of that; and how
steeply it rises there. The word that is shared most does not count: one word in common proves nothing."""
PULL, MUCH_ALIKE = 0.05, 0.3
"""The most that a rejection takes off, and the likeness from which a text is much like the rejected one."""
TOLD_FROM = 0.02
"""Evidence that lifts a score less than this decided nothing, and needs no sentence."""
GUARDED = 5
"""The first so many suggestions, from which learning pushes no goal that learned nothing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What an officer said of one plan and one goal."""

    goal: str
    kind: Kind
    terms: Mapping[str, float]
    """The title and text of the plan, as the matcher reads them."""
    is_public: bool = False
    who: int = 0
    """The number of the initiator, only to count by; 0: not known, and all of those count as one."""


def learn(judged: Iterable[Judged]) -> tuple[Learned, ...]:
    """What each goal learns. Give the verdicts goal by goal: those of one goal are held in mind at a time.

    Of rejections the first 20 count, so give the newest first.
    """
    return tuple(_lesson(goal, list(some)) for goal, some in groupby(judged, key=attrgetter("goal")))


def lessons(
    read: Callable[[str, str], Mapping[str, float]],
    rows: Iterable[Mapping[str, Any]],
    leaving_out: Collection[str] = (),
) -> tuple[Learned, ...]:
    """What labelled initiatives would teach, were their goals linked by hand; for measuring.

    read: `Matcher.terms`; rows: with id, title, text and labels; leaving_out: ids that teach nothing.
    """
    judged = (
        Judged(goal, "added", read(row["title"], row["text"]), is_public=True)
        for row in rows
        if row["id"] not in leaving_out
        for goal in row["labels"]["goals"]
    )
    return learn(sorted(judged, key=attrgetter("goal")))


def _lesson(goal: str, judged: Sequence[Judged]) -> Learned:
    public = {term for one in judged if one.is_public for term in one.terms}
    initiators = Counter(term for _who, term in {(one.who, term) for one in judged for term in one.terms})
    kept = public | {term for term, number in initiators.items() if number >= FEWEST_INITIATORS}
    towards: dict[str, float] = {}
    for one in judged:
        for term, weight in _unit(one.terms).items():
            if term in kept and one.kind in TEACHES:
                towards[term] = towards.get(term, 0.0) + TEACHES[one.kind] * weight
    rejected = [one for one in judged if one.kind == "rejected"][:MOST_REJECTED]
    against = [
        {term: weight for term, weight in _unit(one.terms).items() if term in kept} for one in rejected
    ]
    kinds = Counter(one.kind for one in judged)
    return Learned(
        goal,
        _heaviest(towards),
        tuple(_heaviest(bag) for bag in against if bag),
        kinds["added"],
        kinds["confirmed"],
        kinds["rejected"],
    )


def _unit(terms: Mapping[str, float]) -> dict[str, float]:
    """The terms at length 1, so that a long plan says no more than a short one."""
    weights = {term: min(weight, MOST_OFTEN) for term, weight in terms.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _heaviest(terms: Mapping[str, float]) -> dict[str, float]:
    """The terms that weigh most, rounded: what is stored and read again is what was learned."""
    first = sorted(terms, key=lambda term: (-terms[term], term))[:MOST_TERMS]
    return {term: round(terms[term], 4) for term in first}


class Evidence:
    """What was learned, ready to be asked: how much the links of each goal speak for it."""

    def __init__(self, learned: Iterable[Learned], keys: Sequence[str], rarity: Rarity) -> None:
        by_goal = {one.goal: one for one in learned}
        lessons = [by_goal.get(key, Learned(key)) for key in keys]
        self._keys = keys
        self._rarity = rarity
        self._towards = [lesson.towards for lesson in lessons]
        rejected = [(place, bag) for place, lesson in enumerate(lessons) for bag in lesson.against]
        self._rejected = np.array([place for place, _ in rejected], dtype=np.int32)
        self._for = Postings.of(Bags.of(self._towards))
        self._against = Postings.of(Bags.of(bag for _, bag in rejected))
        self.learned: NDArray[np.bool_] = np.array([bool(bag) for bag in self._towards], dtype=bool)
        """Per goal whether it has links to learn from."""

    def __bool__(self) -> bool:
        return bool(self.learned.any() or len(self._rejected))

    def lift(self, reading: Reading, scores: Scores) -> Scores:
        """What to add to the score of each goal: at most a tenth of what it lacks, or a little less than 0.

        Exactly 0 for a goal about which no verdict was given.
        """
        asked = self._asked(reading)
        lift: Scores = BOUND * half(self._shared(reading, asked) ** STEEP, HALF**STEEP) * (1 - scores)
        alike = self._against.scores(asked)
        much = alike >= MUCH_ALIKE
        pull = np.zeros_like(scores)
        np.maximum.at(pull, self._rejected[much], PULL * np.minimum(alike[much], 1.0))
        # Evidence for it outweighs a rejection: two officials may see one kind of plan differently.
        lifted: Scores = np.where(lift > 0, np.maximum(lift - pull, 0.0), np.maximum(-pull, -scores))
        return lifted

    def _shared(self, reading: Reading, asked: Mapping[str, float]) -> Scores:
        """Per goal what a text shares with its links, beyond the one word that it shares most of."""
        words: dict[str, dict[str, float]] = {}
        for term, weight in asked.items():
            words.setdefault(reading.sources[term], {})[term] = weight
        each = np.array([self._for.scores(terms) for terms in words.values()])
        beyond: Scores = each.sum(axis=0) - each.max(axis=0) if len(each) else np.zeros(len(self._for))
        return beyond

    def _asked(self, reading: Reading) -> dict[str, float]:
        rarest = self._rarity.of("")
        return {
            term: weight * (self._rarity.of(term) / rarest) ** 2
            for term, weight in _unit(reading.terms).items()
            if reading.sources[term] not in reading.unwanted
        }

    def guarded(self, shown: Sequence[int], before: Scores, after: Scores) -> Scores:
        """The scores after learning, so that no goal which learned nothing falls out of the first five.

        shown: the goals as they stood without learning, best first. A goal from behind may pass those with
        links of their own; it stays below the last one without.
        """
        first = list(shown[:GUARDED])
        kept = [place for place in first if not self.learned[place]]
        if not kept:
            return after
        behind = np.ones(len(after), dtype=bool)
        behind[first] = False
        below = before[kept].min() - 2 * 10.0**-DIGITS
        held: Scores = np.where(behind, np.minimum(after, below), after)
        return held

    def reason(self, reading: Reading, place: int) -> Reason | None:
        """Een plan met “moestuin” hoorde eerder ook bij dit doel. Quotes nobody but who asks; or None."""
        towards = self._towards[place]
        worth = {
            term: self._rarity.of(term) * weight
            for term, weight in reading.terms.items()
            if term in towards
            and reading.sources[term] not in reading.unwanted
            and self._rarity.of(term) * weight >= PROVES_FROM
        }
        least = QUOTED_FROM * max(worth.values(), default=0.0)
        best = sorted((term for term in worth if worth[term] >= least), key=lambda term: (-worth[term], term))
        words = tuple(dict.fromkeys(reading.surfaces[reading.sources[term]] for term in best))[:MOST_QUOTED]
        sentence = f"Een plan met {quoted(words)} hoorde eerder ook bij dit doel."
        return Reason("learned", sentence, words) if words else None
