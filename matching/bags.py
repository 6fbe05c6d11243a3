"""Weighted tokens of many texts, as columns of numbers."""

from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar
from weakref import WeakMethod

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

Asked = TypeVar("Asked")
Said = TypeVar("Said")

REMEMBERED = 256
"""Likenesses kept in mind; each is a number for every goal, contact or partner."""


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

    def document(self, place: int) -> dict[int, float]:
        """Token → weight of one document, the heaviest first."""
        here = np.flatnonzero(self.places == place)
        here = here[np.argsort(-self.weights[here], kind="stable")]
        tokens = np.searchsorted(self._starts, here, side="right") - 1
        return dict(zip(tokens.tolist(), self.weights[here].tolist(), strict=True))

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

    def scores_of_all(self, asked: Scores) -> Scores:
        """The same where most tokens are asked for: what each of them is worth, by number."""
        worth = np.repeat(asked, self.lengths)
        worth *= self.weights
        return np.bincount(self.places, weights=worth, minlength=self.size).astype(np.float64, copy=False)


def numbers_of(said: Iterable[str], numbers: Mapping[str, int]) -> NDArray[np.int64]:
    """The number of each token; -1 for one that nobody used before."""
    return np.array([numbers.get(token, -1) for token in said], dtype=np.int64)


def dampened(weights: Scores) -> Scores:
    """What is said often counts more, but not as many times more."""
    less: Scores = np.where(weights > 1, 1 + np.log(np.maximum(weights, 1)), weights)
    return less
