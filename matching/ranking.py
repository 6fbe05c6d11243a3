"""How well each goal fits a text: channels of evidence, each between 0 and 1, fused with their strength kept.

A channel is anything with `strengths(probe)`. It joins by a share in `FUSION` and a line where the matcher
makes its channels. What was learned from verdicts is no channel: it lifts the fused score, within bounds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matching.bags import Scores
from matching.embedding import Encoded, Nearness
from matching.index import ConceptSpace, Likeness, WordIndex, best_first, half
from matching.reading import Reading

FUSION = {"words": 0.15, "letters": 0.15, "profiles": 0.10, "concepts": 0.60, "embedding": 0.40}
"""Channel → its share of the score among those heard. Chosen on the dev set; shares near these do as well.

The share of an embedding was chosen without one: measure before you trust it.
"""

HALF_WORDS, HALF_LETTERS, HALF_PROFILES, HALF_CONCEPTS = 20.0, 0.15, 0.02, 0.35
HALF_EMBEDDING = 0.25
"""The raw score of a channel that is half convincing."""

PROFILES_READ = 3
"""So many profiles nearest to the question may lead to a goal."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question as the channels take it."""

    reading: Reading
    likeness: Likeness
    """By letters."""
    about: Mapping[str, float]
    """The concepts the text is about."""
    said: float
    """How much it says of them, from 0 to 1."""
    meant: Likeness
    """By meaning."""
    plan: float = 1.0
    """The chance that it is a plan for others at all."""
    encoded: Encoded | None = None
    """The text by an encoder, where the matcher hears one."""


class Channel(Protocol):
    """One kind of evidence for goals."""

    def strengths(self, probe: Probe) -> Scores:
        """Per goal from 0 (nothing speaks for it) to 1, comparable from one question to the next."""


class WordChannel:
    """Terms that question and goal share, by BM25."""

    def __init__(self, goals: WordIndex) -> None:
        self._index = goals

    def strengths(self, probe: Probe) -> Scores:
        """Per goal."""
        return half(self._index.scores(probe.reading), HALF_WORDS)


class LetterChannel:
    """Groups of letters that question and goal share."""

    def strengths(self, probe: Probe) -> Scores:
        """Per goal."""
        return half(probe.likeness.goals, HALF_LETTERS)


class ConceptChannel:
    """Concepts of the civic thesaurus that question and goal are both about, or nearly."""

    def strengths(self, probe: Probe) -> Scores:
        """Per goal."""
        return half(probe.meant.goals, HALF_CONCEPTS)


class EmbeddingChannel:
    """Nearness by an encoder; only where the municipality chose one."""

    def __init__(self, goals: Nearness) -> None:
        self._goals = goals

    def strengths(self, probe: Probe) -> Scores:
        """Per goal."""
        if probe.encoded is None:
            return np.zeros_like(probe.likeness.goals)
        return half(self._goals.scores(probe.encoded), HALF_EMBEDDING)


class ProfileChannel:
    """The way round over the profile of an official or a partner: it resembles the question by letters, and
    the goal by meaning.

    It finds goals that share no word with the question: nestkasten → ecologist → biodiversiteit.
    """

    def __init__(self, meaning: ConceptSpace) -> None:
        self._meaning = meaning

    def ways(self, probe: Probe) -> dict[int, Scores]:
        """Place of each profile near the question → per goal how well it leads there; nearest first.

        Contacts come first in the places, then partners.
        """
        alike = np.concatenate((probe.likeness.contacts, probe.likeness.partners))
        nearest = best_first(alike, 0.0, PROFILES_READ)
        return {place: alike[place] * self._meaning.goals_like_profile(place) for place in nearest}

    def strengths(self, probe: Probe) -> Scores:
        """Per goal, over the one profile that leads there best."""
        ways = list(self.ways(probe).values())
        best: Scores = np.max(ways, axis=0) if ways else np.zeros_like(probe.likeness.goals)
        return half(best, HALF_PROFILES)


SHORT, MOST_LIFTED = 15, 0.2
"""A text of few words has few chances to meet a goal; its scores are lifted, by at most a fifth."""


def lift(probe: Probe) -> float:
    """What to multiply the scores of a short text with, so that a score means the same for short and long."""
    return 1 + MOST_LIFTED * max(0.0, 1 - len(probe.reading.content) / SHORT)


EVEN, STEEP = 0.28, 17.2
"""The fused score at which half of such goals were right on the dev set, and how fast that changes."""

LEAST_SAID = 0.3
"""What is left of the score of a text that says nothing of municipal matters in words of the thesaurus."""


def fused(channels: Mapping[str, Channel], probe: Probe) -> Scores:
    """Per goal between 0 and 1. Strength is kept, so the best score also tells whether anything fits."""
    scores: Scores = np.zeros_like(probe.likeness.goals)
    for name, channel in channels.items():
        scores = scores + FUSION[name] * channel.strengths(probe)
    whole = sum(FUSION[name] for name in channels)
    said = LEAST_SAID + (1 - LEAST_SAID) * probe.said
    told: Scores = np.minimum(scores / whole * said * lift(probe), 1.0)
    return told


def chance(scores: Scores, even: float = EVEN, steep: float = STEEP) -> Scores:
    """Scores as what they were worth on the dev set: of ten suggestions of 0.7 seven were right."""
    right: Scores = 1 / (1 + np.exp(-steep * (scores - even)))
    return right
