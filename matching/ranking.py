"""How well each goal fits a text: channels of evidence, each between 0 and 1, fused with their strength kept.

A channel is anything with `strengths(question)`. Concepts, latent structure, evidence of links and embeddings
join by a share in `FUSION` and a line where the matcher makes its channels.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from matching.index import LetterIndex, Rarities, Scores, WordIndex, half
from matching.reading import Reading

FUSION = {"words": 0.35, "letters": 0.40, "profiles": 0.25}
"""Channel → its share of the score; together 1. Chosen on the dev set; shares near these do as well."""

HALF_WORDS, HALF_LETTERS, HALF_PROFILES = 20.0, 0.15, 0.02
"""The raw score of a channel that is half convincing."""

PROFILES_READ = 5
"""So many profiles nearest to the question may lead to a goal."""


class Channel(Protocol):
    """One kind of evidence for goals."""

    def strengths(self, question: Reading) -> Scores:
        """Per goal from 0 (nothing speaks for it) to 1, comparable from one question to the next."""


class WordChannel:
    """Terms that question and goal share, by BM25."""

    def __init__(self, goals: Sequence[Reading], rarities: Rarities) -> None:
        self._index = WordIndex(goals, rarities.words)

    def strengths(self, question: Reading) -> Scores:
        """Per goal."""
        return half(self._index.scores(question), HALF_WORDS)


class LetterChannel:
    """Groups of letters that question and goal share."""

    def __init__(self, goals: Sequence[Reading], rarities: Rarities) -> None:
        self._index = LetterIndex(goals, rarities.letters)

    def strengths(self, question: Reading) -> Scores:
        """Per goal."""
        return half(self._index.scores(question), HALF_LETTERS)


class ProfileChannel:
    """The way round over the profile of an official or a partner that resembles both question and goal.

    It finds goals that share no word with the question: nestkasten → ecologist → biodiversiteit.
    """

    def __init__(self, goals: Sequence[Reading], profiles: Sequence[Reading], rarities: Rarities) -> None:
        self._goals = LetterIndex(goals, rarities.letters)
        self._index = LetterIndex(profiles, rarities.letters)
        self._profiles = profiles
        self._size = len(goals)
        self._onwards = lru_cache(maxsize=1_024)(self._onwards_from)

    def _onwards_from(self, profile: int) -> Scores:
        return self._goals.scores(self._profiles[profile])

    def ways(self, question: Reading) -> dict[int, Scores]:
        """Place of each profile near the question → per goal how well it leads there; nearest first."""
        alike = self._index.scores(question)
        nearest = np.argsort(-alike, kind="stable")[:PROFILES_READ]
        return {int(place): alike[place] * self._onwards(int(place)) for place in nearest if alike[place] > 0}

    def strengths(self, question: Reading) -> Scores:
        """Per goal, over the one profile that leads there best."""
        ways = list(self.ways(question).values())
        best: Scores = np.max(ways, axis=0) if ways else np.zeros(self._size)
        return half(best, HALF_PROFILES)


def fused(channels: Mapping[str, Channel], question: Reading, size: int) -> Scores:
    """Per goal between 0 and 1. Strength is kept, so the best score also tells whether anything fits."""
    scores = np.zeros(size)
    for name, channel in channels.items():
        scores = scores + FUSION[name] * channel.strengths(question)
    return scores
