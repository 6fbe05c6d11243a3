"""Which documents share terms, or groups of letters, with a text, and how strongly."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dutch.concepts import civic
from matching.reading import Reading, groups_of

Scores = NDArray[np.float64]

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
    def of(cls, readings: Sequence[Reading], numbers: "Numbers | None" = None) -> "Texts":
        """Reads each once."""
        numbers = numbers or Numbers()
        made = cls(readings, Bags(numbers.words), Bags(numbers.letters), Bags(numbers.concepts))
        for reading in readings:
            made.words.add(reading.terms)
            made.letters.add(groups_of(reading))
            made.concepts.add(touched(reading))
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

    def tokens(self, said: Iterable[str]) -> NDArray[np.int64]:
        """The number of each token; -1 for one that nobody used before."""
        return np.array([self._numbers.get(token, -1) for token in said], dtype=np.int64)

    def of_all(self, tokens: NDArray[np.integer]) -> Scores:
        """The same for numbers."""
        count = np.zeros(len(tokens), dtype=np.int32)
        known = (tokens >= 0) & (tokens < len(self._count))
        count[known] = self._count[tokens[known]]
        rare: Scores = self._of_count[count]
        return rare


@dataclass(frozen=True, slots=True)
class Rarities:
    """How much terms, groups of letters and concepts say in this municipality."""

    words: Rarity
    letters: Rarity
    concepts: Rarity

    @classmethod
    def of(cls, *counted: Texts) -> "Rarities":
        """Counted over all texts given, which share their numbers."""
        return cls(
            Rarity(counted[0].words.numbers, *(one.words for one in counted)),
            Rarity(counted[0].letters.numbers, *(one.letters for one in counted)),
            Rarity(counted[0].concepts.numbers, *(one.concepts for one in counted)),
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
        tokens = np.array([self._numbers.get(token, -1) for token in question], dtype=np.int64)
        return self.scores_of(tokens, np.array([*question.values()], dtype=np.float64))

    def scores_of(self, tokens: NDArray[np.int64], asked: Scores) -> Scores:
        """The same for tokens by number; -1 for one that no text holds."""
        known = (tokens >= 0) & (tokens < len(self._starts) - 1)
        rows = tokens[known]
        starts, ends = self._starts[rows], self._starts[rows + 1]
        each = [slice(*ends_of) for ends_of in zip(starts.tolist(), ends.tolist(), strict=True)]
        if not each:
            return np.zeros(self.size)
        weights = np.repeat(asked[known], ends - starts)
        weights *= np.concatenate([self._weights[here] for here in each])
        places = np.concatenate([self._places[here] for here in each])
        return np.bincount(places, weights=weights, minlength=self.size).astype(np.float64, copy=False)


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
    """How much a text is like each goal, contact and partner by its letters, between 0 and 1."""

    goals: Scores
    contacts: Scores
    partners: Scores


class LetterSpace:
    """Cosine over groups of letters: finds what compounds and typing errors hide from whole words."""

    def __init__(self, goals: Texts, contacts: Texts, partners: Texts, rarity: Rarity) -> None:
        self._rarity = rarity
        self._readings = (goals.readings, contacts.readings, partners.readings)
        self._goals, self._contacts, self._partners = (
            _of_length_one(texts.letters, rarity) for texts in (goals, contacts, partners)
        )
        self.goals_like_profile = lru_cache(maxsize=REMEMBERED)(self._goals_like_profile)

    def like(self, reading: Reading) -> Likeness:
        """For a text from outside."""
        asked = self._unit(reading)
        return Likeness(*(kind.scores_of(*asked) for kind in (self._goals, self._contacts, self._partners)))

    def contacts_like_goal(self, place: int) -> Scores:
        """Per contact."""
        return self._contacts.scores_of(*self._unit(self._readings[0][place]))

    def partners_like_goal(self, place: int) -> Scores:
        """Per partner."""
        return self._partners.scores_of(*self._unit(self._readings[0][place]))

    def _goals_like_profile(self, place: int) -> Scores:
        """Per goal, for one of the profiles: contacts first, then partners."""
        _, contacts, partners = self._readings
        profile = contacts[place] if place < len(contacts) else partners[place - len(contacts)]
        return self._goals.scores_of(*self._unit(profile))

    def _unit(self, reading: Reading) -> tuple[NDArray[np.int64], Scores]:
        """The numbers of its groups of letters, and their weights as a vector of length one."""
        groups = groups_of(reading)
        tokens = self._rarity.tokens(groups)
        weighed = _dampened(np.array([*groups.values()])) * self._rarity.of_all(tokens)
        return tokens, weighed / (np.sqrt(weighed @ weighed) or 1.0)


def _of_length_one(bags: Bags, rarity: Rarity) -> Postings:
    places, tokens = bags.places, bags.tokens
    weighed = _dampened(bags.weights) * rarity.of_all(tokens)
    length = np.sqrt(np.bincount(places, weights=weighed * weighed, minlength=len(bags)))[places]
    unit = np.divide(weighed, length, out=np.zeros_like(weighed), where=length > 0)
    return Postings(len(bags), places, tokens, unit, bags.numbers)


def _dampened(weights: Scores) -> Scores:
    """What is said often counts more, but not as many times more."""
    dampened: Scores = np.where(weights > 1, 1 + np.log(np.maximum(weights, 1)), weights)
    return dampened


class ConceptIndex:
    """Likeness in meaning: documents and questions as concepts of the thesaurus and those next to them."""

    def __init__(self, bags: Bags, rarity: Rarity) -> None:
        self._rarity = rarity
        places, tokens = bags.places, bags.tokens
        weighed = bags.weights * rarity.of_all(tokens)
        length = np.sqrt(np.bincount(places, weights=weighed * weighed, minlength=len(bags)))[places]
        self._postings = Postings(len(bags), places, tokens, weighed / length, bags.numbers)

    def scores(self, question: Reading) -> Scores:
        """Unbounded above: a question that touches more of what a document is about scores more."""
        asked = {name: strength * self._rarity.of(name) for name, strength in touched(question).items()}
        return self._postings.scores(asked)


def touched(reading: Reading) -> dict[str, float]:
    """Concept → how much a text is about it, between 0 and 1, with the concepts next to it."""
    return civic().spread({name: met / (met + 1) for name, met in reading.concepts.items()})


def half(scores: Scores, at: float) -> Scores:
    """Open-ended scores as strengths between 0 and 1; `at` is half convincing."""
    strengths: Scores = scores / (scores + at)
    return strengths


def best_first(scores: Scores, above: float, most: int | None = None) -> list[int]:
    """Places of the scores above this, the best first, so many at most; equal scores by place.

    Places go by key, so no answer hangs on the order of rows.
    """
    found = np.flatnonzero(scores > above)
    if most is not None and most < len(found):
        least = np.partition(scores[found], -most)[-most]
        found = found[scores[found] >= least]
    order = np.argsort(-scores[found], kind="stable")
    places: list[int] = found[order][:most].tolist()
    return places


def _saturated(weight: float, k: float) -> float:
    return weight * (1 + k) / (weight + k) if weight else 0.0
