"""Which documents share terms, groups of letters or meaning with a text, and how strongly."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.bags import REMEMBERED, Bags, Postings, Scores, dampened, numbers_of, remembered
from matching.meaning import About, civic
from matching.reading import Reading, Readings, groups_of

DIGITS = 9
"""Decimals by which scores are told apart; what differs less is equal."""

# The usual BM25 constants: how soon more of the same stops counting, and how far length counts against.
K1, B = 1.2, 0.75
# The same for the side of the question: a word said three times is not three times as much asked.
K_QUESTION = 1.0

FEWEST_TEXTS = 300
"""With fewer texts than this a word counts as rare as with so many: few texts prove nothing."""

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
    """Texts of one kind: their words, groups of letters and concepts as numbers, and each as it was read."""

    marks: Marks
    readings: Readings
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
        packed = [*before.readings.packed]
        for reading in read(fresh):
            words.add(reading.terms)
            letters.add(groups_of(reading))
            concepts.add(civic().vector(reading))
            packed.append(reading.packed())
        letters.dampen()
        return cls(
            marks,
            Readings([packed[row] for row in rows]),
            before.words.changed(rows, words),
            before.letters.changed(rows, letters),
            before.concepts.changed(rows, concepts),
        )

    @classmethod
    def none(cls, numbers: "Numbers") -> "Texts":
        """No texts at all."""
        bags = map(Bags, (numbers.words, numbers.letters, numbers.concepts))
        return cls({}, Readings(), *map(Postings.of, bags))

    def __len__(self) -> int:
        return len(self.words)


@dataclass(slots=True)
class Numbers:
    """Which number each term, group of letters and concept goes by."""

    words: dict[str, int] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    concepts: dict[str, int] = field(default_factory=lambda: civic().number)


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
    """How much a text is like each goal, contact and partner, between 0 and 1."""

    goals: Scores
    contacts: Scores
    partners: Scores


class LetterSpace:
    """Cosine over groups of letters: finds what compounds and typing errors hide from whole words."""

    def __init__(self, goals: Texts, contacts: Texts, partners: Texts, rarity: Rarity) -> None:
        self._rarity = rarity
        self._goals, self._contacts, self._partners = (
            (texts.letters, self._lengths(texts.letters)) for texts in (goals, contacts, partners)
        )

    def like(self, reading: Reading) -> Likeness:
        """For a text from outside."""
        asked = self._asked(reading)
        return Likeness(*(_alike(*asked, *kind) for kind in (self._goals, self._contacts, self._partners)))

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


class ConceptSpace:
    """Goals, contacts and partners as the concepts they are about."""

    def __init__(self, goals: Texts, contacts: Texts, partners: Texts) -> None:
        self._goals, self._contacts, self._partners = goals, contacts, partners
        self._near_goal = remembered(REMEMBERED, self._asked_of_goal)
        self.goals_like_profile = remembered(REMEMBERED, self._goals_like_profile)

    def like(self, about: About) -> Likeness:
        """Of a text that is about these concepts, with each of them, from 0 to 1."""
        asked = civic().asked(about)
        kinds = (self._goals, self._contacts, self._partners)
        return Likeness(*(meant(asked, kind.concepts) for kind in kinds))

    def contacts_like_goal(self, place: int) -> Scores:
        """Per contact."""
        return meant(self._near_goal(place), self._contacts.concepts)

    def partners_like_goals(self, shares: Iterable[tuple[int, float]]) -> Scores:
        """Per partner, for several goals at once. shares: (place, share) of each, together 1."""
        asked = np.zeros(len(civic().names))
        for place, share in shares:
            asked += share * self._near_goal(place)
        return meant(asked, self._partners.concepts)

    def _goals_like_profile(self, place: int) -> Scores:
        """Per goal, for one of the profiles: contacts first, then partners."""
        first, then = self._contacts.readings, self._partners.readings
        profile = first[place] if place < len(first) else then[place - len(first)]
        return meant(civic().asked(civic().of(profile)), self._goals.concepts)

    def _asked_of_goal(self, place: int) -> Scores:
        return civic().asked(civic().of(self._goals.readings[place]))


def meant(asked: Scores, kind: Postings) -> Scores:
    """Per document how far it is about what is asked (`Concepts.asked`), from 0 to 1."""
    return kind.scores_of_all(asked)


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
