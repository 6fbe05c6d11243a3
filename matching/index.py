"""Which documents share terms, or groups of letters, with a text, and how strongly."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from matching.reading import Reading, groups_of

Scores = NDArray[np.float64]

# The usual BM25 constants: how soon more of the same stops counting, and how far length counts against.
K1, B = 1.2, 0.75
# The same for the side of the question: a word said three times is not three times as much asked.
K_QUESTION = 1.0

FEWEST_TEXTS = 300
"""With fewer texts than this a word counts as rare as with so many: few texts prove nothing."""


class Rarity:
    """How much a token says: the fewer texts of the municipality hold it, the more."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self._count: dict[str, int] = {}
        size = 0
        for text in texts:
            size += 1
            for token in text:
                self._count[token] = self._count.get(token, 0) + 1
        whole = max(size, FEWEST_TEXTS)
        self._of_count = [log(1 + (whole - count + 0.5) / (count + 0.5)) for count in range(size + 1)]

    def of(self, token: str) -> float:
        """Never below 0; the most for a token nobody used before."""
        return self._of_count[self._count.get(token, 0)]


@dataclass(frozen=True, slots=True)
class Rarities:
    """How much terms and groups of letters say in this municipality."""

    words: Rarity
    letters: Rarity

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> "Rarities":
        """Counted over all texts given."""
        return cls(Rarity(one.terms for one in readings), Rarity(groups_of(one) for one in readings))


class Postings:
    """Token → the documents that hold it, with a weight each; scores all documents at once."""

    def __init__(self, documents: Iterable[Mapping[str, float]]) -> None:
        self._rows: dict[str, int] = {}
        self.size = 0
        rows, places, weights = array("q"), array("q"), array("d")
        for document in documents:
            for token, weight in document.items():
                rows.append(self._rows.setdefault(token, len(self._rows)))
                places.append(self.size)
                weights.append(weight)
            self.size += 1
        by_row = np.array(rows, dtype=np.int64)
        order = np.argsort(by_row, kind="stable")
        self._places = np.array(places, dtype=np.int64)[order]
        self._weights = np.array(weights, dtype=np.float64)[order]
        lengths = np.bincount(by_row, minlength=len(self._rows))
        self._starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)

    def scores(self, question: Mapping[str, float]) -> Scores:
        """Per document the sum of weight × weight over the tokens it shares with the question."""
        known = [(self._rows[token], weight) for token, weight in question.items() if token in self._rows]
        rows = np.array([row for row, _ in known], dtype=np.int64)
        lengths = self._starts[rows + 1] - self._starts[rows]
        # Positions of all entries of all rows, without a loop: each row's start, then one further each step.
        steps = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        entries = np.repeat(self._starts[rows], lengths) + steps
        asked = np.repeat(np.array([weight for _, weight in known], dtype=np.float64), lengths)
        weights = self._weights[entries] * asked
        return np.bincount(self._places[entries], weights=weights, minlength=self.size).astype(np.float64)


class WordIndex:
    """BM25 over the terms of documents."""

    def __init__(self, documents: Sequence[Mapping[str, float]], rarity: Rarity) -> None:
        lengths = [sum(terms.values()) for terms in documents]
        average = (sum(lengths) / len(lengths) if lengths else 0.0) or 1.0
        relative = (length / average for length in lengths)
        self._postings = Postings(map(_bm25, documents, relative, repeat(rarity)))

    def scores(self, question: Reading) -> Scores:
        """Unbounded above, 0 where no term is shared."""
        return self._postings.scores(
            {term: _saturated(weight, K_QUESTION) for term, weight in question.terms.items()}
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a text is like each goal, contact and partner by its letters, between 0 and 1."""

    goals: Scores
    contacts: Scores
    partners: Scores


class LetterSpace:
    """Cosine over groups of letters: finds what compounds and typing errors hide from whole words.

    Goals, contacts and partners lie in one space, so that a question is placed in it only once.
    """

    def __init__(
        self,
        goals: Sequence[Reading],
        contacts: Sequence[Reading],
        partners: Sequence[Reading],
        rarity: Rarity,
    ) -> None:
        self._rarity = rarity
        self._all = [*goals, *contacts, *partners]
        self._cuts = [len(goals), len(goals) + len(contacts)]
        self._postings = Postings(map(self._unit, self._all))
        self._of_own = lru_cache(maxsize=1_024)(self._like_own)

    def like(self, reading: Reading) -> Likeness:
        """For a text from outside."""
        return Likeness(*np.split(self._postings.scores(self._unit(reading)), self._cuts))

    def like_goal(self, place: int) -> Likeness:
        """For one of the goals."""
        return self._of_own(place)

    def like_profile(self, place: int) -> Likeness:
        """For one of the profiles: contacts first, then partners."""
        return self._of_own(self._cuts[0] + place)

    def _like_own(self, place: int) -> Likeness:
        return self.like(self._all[place])

    def _unit(self, reading: Reading) -> dict[str, float]:
        weighed = {
            group: (1 + log(weight) if weight > 1 else weight) * self._rarity.of(group)
            for group, weight in groups_of(reading).items()
        }
        length = sqrt(sum(weight * weight for weight in weighed.values()))
        return {group: weight / length for group, weight in weighed.items()} if length else {}


def half(scores: Scores, at: float) -> Scores:
    """Open-ended scores as strengths between 0 and 1; `at` is half convincing."""
    strengths: Scores = scores / (scores + at)
    return strengths


def best_first(scores: Scores, keys: Sequence[str]) -> list[int]:
    """Places by falling score; equal scores by key, so that the answer never hangs on the order of rows."""
    return sorted(range(len(keys)), key=lambda place: (-scores[place], keys[place]))


def _bm25(terms: Mapping[str, float], relative_length: float, rarity: Rarity) -> dict[str, float]:
    k = K1 * (1 - B + B * relative_length)
    return {term: rarity.of(term) * _saturated(weight, k) for term, weight in terms.items()}


def _saturated(weight: float, k: float) -> float:
    return weight * (1 + k) / (weight + k) if weight else 0.0
