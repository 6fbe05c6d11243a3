"""Which documents share terms, or groups of letters, with a text, and how strongly."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar
from weakref import WeakMethod

import numpy as np
from numpy.typing import NDArray

from dutch.concepts import civic
from matching.reading import Reading, Readings, groups_of

Scores = NDArray[np.float64]

Asked = TypeVar("Asked")
Said = TypeVar("Said")

DIGITS = 9
"""Decimals by which scores are told apart; what differs less is equal."""

# The usual BM25 constants: how soon more of the same stops counting, and how far length counts against.
K1, B = 1.2, 0.75
# The same for the side of the question: a word said three times is not three times as much asked.
K_QUESTION = 1.0

FEWEST_TEXTS = 300
"""With fewer texts than this a word counts as rare as with so many: few texts prove nothing."""

REMEMBERED = 256
"""Likenesses kept in mind; each is a number for every goal, contact and partner."""


def remembered(most: int, method: Callable[[Asked], Said]) -> Callable[[Asked], Said]:
    """The same method, which keeps its last answers but not its owner: that vanishes with its last user.

    What goes round in circles waits for the collector of garbage, and matchers are too large to wait.
    """
    weak = WeakMethod(method)

    @lru_cache(maxsize=most)
    def again(asked: Asked) -> Said:
        return weak()(asked)  # type: ignore[misc]  # the owner is there: it is who asks

    return again


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

    def dampen(self) -> None:
        """What is said often counts more, but not as many times more."""
        self._weights = array("f", dampened(self.weights))

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


class Postings:
    """Token → the documents that hold it, with a weight each; scores all documents at once."""

    def __init__(self, size: int, places: NDArray[np.int32], tokens: NDArray[np.int32],
                 weights: NDArray[np.floating], numbers: dict[str, int]) -> None:  # fmt: skip
        self.size = size
        self.numbers = numbers
        order = np.argsort(tokens, kind="stable")
        self.places = places[order]
        self.weights = weights.astype(np.float32, copy=False)[order]
        self.lengths = np.bincount(tokens, minlength=len(numbers)).astype(np.int32)
        """Per token the number of documents that hold it."""
        self._starts = np.concatenate(([0], np.cumsum(self.lengths))).astype(np.int32)

    @classmethod
    def of(cls, bags: Bags) -> "Postings":
        """With the weights of the bags."""
        return cls(len(bags), bags.places, bags.tokens, bags.weights, bags.numbers)

    def __len__(self) -> int:
        return self.size

    @property
    def tokens(self) -> NDArray[np.int32]:
        """The token of each entry; `places` and `weights` are in the same order."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)

    def changed(self, rows: NDArray[np.int32], fresh: Bags) -> "Postings":
        """Of other documents. rows: of each the place it had here, or `size` and more for the fresh ones."""
        now = np.full(self.size + len(fresh), -1, dtype=np.int32)
        now[rows] = np.arange(len(rows), dtype=np.int32)
        places = now[np.concatenate((self.places, fresh.places + self.size))]
        stay = places >= 0
        tokens = np.concatenate((self.tokens, fresh.tokens))[stay]
        weights = np.concatenate((self.weights, fresh.weights.astype(np.float32)))[stay]
        return Postings(len(rows), places[stay], tokens, weights, self.numbers)

    def scores(self, question: Mapping[str, float]) -> Scores:
        """Per document the sum of weight × weight over the tokens it shares with the question."""
        return self.scores_of(numbers_of(question, self.numbers), np.array([*question.values()], dtype=float))

    def scores_of(
        self, tokens: NDArray[np.int64], asked: Scores, halves: NDArray[np.float32] | None = None
    ) -> Scores:
        """The same for tokens by number; -1 for one that no text holds.

        halves: per document the weight at which a token counts for half of the most it can.
        """
        known = (tokens >= 0) & (tokens < len(self.lengths))
        rows = tokens[known]
        starts, lengths = self._starts[rows], self.lengths[rows]
        each = [slice(*ends) for ends in zip(starts.tolist(), (starts + lengths).tolist(), strict=True)]
        if not each:
            return np.zeros(self.size)
        places = np.concatenate([self.places[here] for here in each])
        weights = np.concatenate([self.weights[here] for here in each])
        if halves is not None:
            half_at = halves[places]
            weights *= (1 + half_at) / (weights + half_at)
        worth = np.repeat(asked[known], lengths)
        worth *= weights
        return np.bincount(places, weights=worth, minlength=self.size).astype(np.float64, copy=False)


def numbers_of(said: Iterable[str], numbers: Mapping[str, int]) -> NDArray[np.int64]:
    """The number of each token; -1 for one that nobody used before."""
    return np.array([numbers.get(token, -1) for token in said], dtype=np.int64)


Marks = Mapping[str, object]
"""Key of each text, in order → what is no longer the same when the text has changed."""
ReadAll = Callable[[Sequence[str]], Iterable[Reading]]
"""Reads the texts with these keys, in this order."""


def fresh_of(marks: Marks, before: Marks) -> tuple[list[str], NDArray[np.int32]]:
    """(keys of the texts to be read, per text the place it had before or a new one after all those)."""
    was = {key: place for place, key in enumerate(before)}
    fresh = {key: None for key, mark in marks.items() if key not in was or before[key] != mark}
    was |= {key: place for place, key in enumerate(fresh, start=len(before))}
    return list(fresh), np.array([was[key] for key in marks], dtype=np.int32)


@dataclass(slots=True)
class Texts:
    """Texts of one kind: their words, groups of letters and concepts as numbers, and each to read again."""

    marks: Marks
    readings: Sequence[Reading]
    words: Postings
    letters: Postings
    """Weighed so that what is said often counts more, but not as many times more."""
    concepts: Postings

    @classmethod
    def of(cls, marks: Marks, read: ReadAll, numbers: "Numbers", before: "Texts | None" = None) -> "Texts":
        """Reads those of which the mark is not what it was before."""
        before = before or cls.none(numbers)
        fresh, rows = fresh_of(marks, before.marks)
        words, letters, concepts = Bags(numbers.words), Bags(numbers.letters), Bags(numbers.concepts)
        for reading in read(fresh):
            words.add(reading.terms)
            letters.add(groups_of(reading))
            concepts.add(touched(reading))
        letters.dampen()
        keys = list(marks)
        return cls(
            marks,
            Readings(lambda place: next(iter(read([keys[place]]))), len(keys)),
            before.words.changed(rows, words),
            before.letters.changed(rows, letters),
            before.concepts.changed(rows, concepts),
        )

    @classmethod
    def none(cls, numbers: "Numbers") -> "Texts":
        """No texts at all."""
        bags = map(Bags, (numbers.words, numbers.letters, numbers.concepts))
        return cls({}, (), *map(Postings.of, bags))

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

    def __init__(self, numbers: dict[str, int], *counted: Postings) -> None:
        self._numbers = numbers
        size = sum(map(len, counted))
        self._count = np.zeros(len(numbers), dtype=np.int32)
        for postings in counted:
            self._count[: len(postings.lengths)] += postings.lengths
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
        return numbers_of(said, self._numbers)

    def of_all(self, tokens: NDArray[np.integer]) -> Scores:
        """The same as `of`, for numbers."""
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


class WordIndex:
    """BM25 over the terms of documents."""

    def __init__(self, postings: Postings, rarity: Rarity) -> None:
        self._postings, self._rarity = postings, rarity
        lengths = np.bincount(postings.places, weights=postings.weights, minlength=len(postings))
        average = (float(lengths.mean()) if len(postings) else 0.0) or 1.0
        self._halves = (K1 * (1 - B + B * lengths / average)).astype(np.float32)

    def scores(self, question: Reading) -> Scores:
        """Unbounded above, 0 where no term is shared."""
        terms = self._rarity.tokens(question.terms)
        said = np.array([*question.terms.values()], dtype=float)
        asked = said * (1 + K_QUESTION) / (said + K_QUESTION) * self._rarity.of_all(terms)
        return self._postings.scores_of(terms, asked, self._halves)


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
            (texts.letters, self._lengths(texts.letters)) for texts in (goals, contacts, partners)
        )
        self.goals_like_profile = remembered(REMEMBERED, self._goals_like_profile)

    def like(self, reading: Reading) -> Likeness:
        """For a text from outside."""
        asked = self._asked(reading)
        return Likeness(*(_alike(*asked, *kind) for kind in (self._goals, self._contacts, self._partners)))

    def contacts_like_goal(self, place: int) -> Scores:
        """Per contact."""
        return _alike(*self._asked(self._readings[0][place]), *self._contacts)

    def partners_like_goal(self, place: int) -> Scores:
        """Per partner."""
        return _alike(*self._asked(self._readings[0][place]), *self._partners)

    def _goals_like_profile(self, place: int) -> Scores:
        """Per goal, for one of the profiles: contacts first, then partners."""
        _, contacts, partners = self._readings
        profile = contacts[place] if place < len(contacts) else partners[place - len(contacts)]
        return _alike(*self._asked(profile), *self._goals)

    def _lengths(self, postings: Postings) -> Scores:
        """Per document; 1 for an empty one, so that one may divide by it."""
        weighed = postings.weights * np.repeat(
            self._rarity.of_all(np.arange(len(postings.lengths))), postings.lengths
        )
        length = np.sqrt(np.bincount(postings.places, weights=weighed * weighed, minlength=len(postings)))
        return np.where(length > 0, length, 1.0)

    def _asked(self, reading: Reading) -> tuple[NDArray[np.int64], Scores]:
        """The numbers of its groups of letters, and what it is worth that a document holds each."""
        groups = groups_of(reading)
        tokens = self._rarity.tokens(groups)
        rarity = self._rarity.of_all(tokens)
        weighed = dampened(np.array([*groups.values()])) * rarity
        return tokens, weighed * rarity / (np.sqrt(weighed @ weighed) or 1.0)


def _alike(tokens: NDArray[np.int64], asked: Scores, postings: Postings, lengths: Scores) -> Scores:
    alike: Scores = postings.scores_of(tokens, asked) / lengths
    return alike


class ConceptIndex:
    """Likeness in meaning: documents and questions as concepts of the thesaurus and those next to them."""

    def __init__(self, postings: Postings, rarity: Rarity) -> None:
        self._rarity = rarity
        places, tokens = postings.places, postings.tokens
        weighed = postings.weights * rarity.of_all(tokens)
        length = np.sqrt(np.bincount(places, weights=weighed * weighed, minlength=len(postings)))[places]
        self._postings = Postings(len(postings), places, tokens, weighed / length, postings.numbers)

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

    Places go by key, so no answer hangs on the order of rows; nor on the order in which a sum was made.
    """
    scores = np.round(scores, DIGITS)
    found = np.flatnonzero(scores > above)
    if most is not None and most < len(found):
        least = np.partition(scores[found], -most)[-most]
        found = found[scores[found] >= least]
    order = np.argsort(-scores[found], kind="stable")
    places: list[int] = found[order][:most].tolist()
    return places


def dampened(weights: Scores) -> Scores:
    """What is said often counts more, but not as many times more."""
    less: Scores = np.where(weights > 1, 1 + np.log(np.maximum(weights, 1)), weights)
    return less
