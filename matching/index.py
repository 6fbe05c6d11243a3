"""Which documents share terms, or groups of letters, with a text, and how strongly."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from matching.reading import Reading, groups_of

Scores = NDArray[np.float64]

About = Callable[[Reading], Mapping[str, float]]
"""Which concepts a reading is about, each from 0 to 1."""

# The usual BM25 constants: how soon more of the same stops counting, and how far length counts against.
K1, B = 1.2, 0.75
# The same for the side of the question: a word said three times is not three times as much asked.
K_QUESTION = 1.0

FEWEST_TEXTS = 300
"""With fewer texts than this a word counts as rare as with so many: few texts prove nothing."""

REMEMBERED = 256
"""Likenesses kept in mind; each is a number for every goal, contact and partner."""


class Bags:
    """Weighted tokens of texts, as columns of numbers: a dict for each text would fill the memory.

    Bags of the same kind of token share one numbering.
    """

    def __init__(self, numbers: dict[str, int]) -> None:
        self.numbers = numbers
        self._tokens, self._weights, self._lengths = array("i"), array("f"), array("i")

    @classmethod
    def of(cls, bags: Iterable[Mapping[str, float]], numbers: dict[str, int] | None = None) -> "Bags":
        """Token → weight for each text, in order."""
        made = cls({} if numbers is None else numbers)
        for bag in bags:
            made.add(bag)
        return made

    def add(self, bag: Mapping[str, float]) -> None:
        """One text more."""
        numbers = self.numbers
        self._tokens.extend([numbers.setdefault(token, len(numbers)) for token in bag])
        self._weights.extend(bag.values())
        self._lengths.append(len(bag))

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def tokens(self) -> NDArray[np.int32]:
        """The number of every token of every text."""
        return np.frombuffer(self._tokens, dtype=np.int32)

    @property
    def weights(self) -> Scores:
        """The weight of each."""
        return np.frombuffer(self._weights, dtype=np.float32).astype(np.float64)

    @property
    def places(self) -> NDArray[np.int32]:
        """The text each is in."""
        lengths = np.frombuffer(self._lengths, dtype=np.int32)
        return np.repeat(np.arange(len(self), dtype=np.int32), lengths)


@dataclass(slots=True)
class Texts:
    """Texts of one kind: their words and groups of letters as numbers, and each to read again."""

    readings: Sequence[Reading]
    words: Bags
    letters: Bags
    concepts: Bags

    @classmethod
    def of(cls, readings: Sequence[Reading], numbers: "Numbers", about: About) -> "Texts":
        """Reads each once; about: which concepts a reading is about."""
        made = cls(readings, Bags(numbers.words), Bags(numbers.letters), Bags(numbers.concepts))
        for reading in readings:
            made.words.add(reading.terms)
            made.letters.add(groups_of(reading))
            made.concepts.add(about(reading))
        return made

    def __len__(self) -> int:
        return len(self.words)


@dataclass(slots=True)
class Numbers:
    """Which number each term, group of letters and concept goes by."""

    words: dict[str, int] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    concepts: dict[str, int] = field(default_factory=dict)


class Rarity:
    """How much a token says: the fewer texts of the municipality hold it, the more."""

    def __init__(self, numbers: dict[str, int], *counted: Bags) -> None:
        self._numbers = numbers
        size = sum(map(len, counted))
        every = np.concatenate([bags.tokens for bags in counted]) if counted else np.zeros(0, dtype=np.int32)
        self._count = np.bincount(every, minlength=len(numbers)).astype(np.int32)
        whole = max(size, FEWEST_TEXTS)
        self._of_count = np.log1p(
            (whole - np.arange(size + 1) + 0.5) / (np.arange(size + 1) + 0.5), dtype=np.float64
        )

    def of(self, token: str) -> float:
        """Never below 0; the most for a token nobody used before."""
        number = self._numbers.get(token, len(self._count))
        return float(self._of_count[self._count[number] if number < len(self._count) else 0])

    def of_all(self, tokens: NDArray[np.int32]) -> Scores:
        """The same for numbers."""
        count = np.zeros(len(self._numbers), dtype=np.int32)
        count[: len(self._count)] = self._count
        rare: Scores = self._of_count[count[tokens]]
        return rare


@dataclass(frozen=True, slots=True)
class Rarities:
    """How much terms and groups of letters say in this municipality."""

    words: Rarity
    letters: Rarity

    @classmethod
    def of(cls, *counted: Texts) -> "Rarities":
        """Counted over all texts given, which share their numbers."""
        return cls(
            Rarity(counted[0].words.numbers, *(one.words for one in counted)),
            Rarity(counted[0].letters.numbers, *(one.letters for one in counted)),
        )


class Postings:
    """Token → the documents that hold it, with a weight each; scores all documents at once."""

    def __init__(self, size: int, places: NDArray[np.int32], tokens: NDArray[np.int32], weights: Scores,
                 numbers: dict[str, int]) -> None:  # fmt: skip
        self.size = size
        self._numbers = numbers
        order = np.argsort(tokens, kind="stable")
        self._places = places[order]
        self._weights = weights.astype(np.float32)[order]
        lengths = np.bincount(tokens, minlength=len(numbers))
        self._starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)

    @classmethod
    def of(cls, bags: Bags) -> "Postings":
        """With the weights of the bags."""
        return cls(len(bags), bags.places, bags.tokens, bags.weights, bags.numbers)

    def scores(self, question: Mapping[str, float]) -> Scores:
        """Per document the sum of weight × weight over the tokens it shares with the question."""
        numbered = [(self._numbers.get(token, -1), weight) for token, weight in question.items()]
        known = [(row, weight) for row, weight in numbered if 0 <= row < len(self._starts) - 1]
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

    def __init__(self, bags: Bags, rarity: Rarity) -> None:
        places, tokens, weights = bags.places, bags.tokens, bags.weights
        lengths = np.bincount(places, weights=weights, minlength=len(bags))
        average = (float(lengths.mean()) if len(bags) else 0.0) or 1.0
        k = (K1 * (1 - B + B * lengths / average))[places]
        worth = rarity.of_all(tokens) * weights * (1 + k) / (weights + k)
        self._postings = Postings(len(bags), places, tokens, worth, bags.numbers)

    def scores(self, question: Reading) -> Scores:
        """Unbounded above, 0 where no term is shared."""
        return self._postings.scores(
            {term: _saturated(weight, K_QUESTION) for term, weight in question.terms.items()}
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a text is like each goal, contact and partner, between 0 and 1."""

    goals: Scores
    contacts: Scores
    partners: Scores


class LetterSpace:
    """Cosine over groups of letters: finds what compounds and typing errors hide from whole words.

    Goals, contacts and partners lie in one space, so that a question is placed in it only once.
    """

    def __init__(self, goals: Texts, contacts: Texts, partners: Texts, rarity: Rarity) -> None:
        self._rarity = rarity
        self._readings = (goals.readings, contacts.readings, partners.readings)
        self._cuts = [len(goals), len(goals) + len(contacts)]
        self._postings = self._all([goals.letters, contacts.letters, partners.letters], rarity)
        self._of_own = lru_cache(maxsize=REMEMBERED)(self._like_own)

    def _all(self, kinds: Sequence[Bags], rarity: Rarity) -> Postings:
        starts = (0, *self._cuts)
        places = np.concatenate([kind.places + start for kind, start in zip(kinds, starts, strict=True)])
        tokens = np.concatenate([kind.tokens for kind in kinds])
        weights = np.concatenate([kind.weights for kind in kinds])
        size = sum(map(len, kinds))
        weighed = np.where(weights > 1, 1 + np.log(np.maximum(weights, 1)), weights) * rarity.of_all(tokens)
        length = np.sqrt(np.bincount(places, weights=weighed * weighed, minlength=size))[places]
        unit = np.divide(weighed, length, out=np.zeros_like(weighed), where=length > 0)
        return Postings(size, places.astype(np.int32), tokens, unit, kinds[0].numbers)

    def like(self, reading: Reading) -> Likeness:
        """For a text from outside."""
        return Likeness(*np.split(self._postings.scores(self._unit(reading)), self._cuts))

    def like_goal(self, place: int) -> Likeness:
        """For one of the goals."""
        return self._of_own(0, place)

    def like_profile(self, place: int) -> Likeness:
        """For one of the profiles: contacts first, then partners."""
        contacts = len(self._readings[1])
        return self._of_own(1, place) if place < contacts else self._of_own(2, place - contacts)

    def _like_own(self, kind: int, place: int) -> Likeness:
        return self.like(self._readings[kind][place])

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


def _saturated(weight: float, k: float) -> float:
    return weight * (1 + k) / (weight + k) if weight else 0.0
