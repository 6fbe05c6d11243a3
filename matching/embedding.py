"""Nearness by an encoder: any function that turns texts into rows of numbers, alike where they mean the same.

None is needed and none comes with the project. The matcher hears one where `Corpus.encoder` names it.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matching.bags import Scores
from matching.shapes import Encoder, Goal, Reason, Vectors

MOST_USUAL = 0.99
"""However alike goals usually are, one can be nearer."""
MOST_SENTENCES, MOST_CHARACTERS = 40, 4_000
"""Of a question that are encoded; encoders read no more than some hundreds of words."""
QUOTED_CHARACTERS = 120
"""A longer sentence is quoted up to a word before this."""
NEAR_ENOUGH = 0.2
"""Sentences that are less near than this, from 0 to 1, give no reason."""
REMEMBERED = 200_000
"""Texts of the municipality whose rows are kept when the matcher is built anew."""

_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text with its sentences, and a row for each: the first is that of the text as a whole."""

    sentences: tuple[str, ...]
    rows: Vectors


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text as they are written, each once; a single word is none."""
    found = (part.strip() for part in _ENDS.split(text))
    return tuple(dict.fromkeys(part for part in found if " " in part))


class Remembering:
    """An encoder that knows the texts of before, so that a change of one goal costs the encoding of one.

    Only for texts of the municipality: what residents write is encoded and forgotten.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """A row for each text."""
        rows = {text: self._known[text] for text in texts if text in self._known}
        fresh = [text for text in dict.fromkeys(texts) if text not in rows]
        if fresh:
            rows |= dict(zip(fresh, self._encoder(fresh), strict=True))
        for text in rows:
            self._known[text] = rows[text]
            self._known.move_to_end(text)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return np.stack([rows[text] for text in texts])


@lru_cache(maxsize=1)
def remembering(encoder: Encoder) -> Remembering:
    """The memory of this encoder: the same one when a matcher is built anew."""
    return Remembering(encoder)


class Nearness:
    """Goals, one or more, by the rows of their texts and sentences."""

    def __init__(self, encoder: Encoder, goals: Sequence[Goal]) -> None:
        self._encoder = encoder
        self._sentences = [_sentences_of(goal) for goal in goals]
        wholes = [" ".join(parts) or goal.title for parts, goal in zip(self._sentences, goals, strict=True)]
        each = [sentence for parts in self._sentences for sentence in parts]
        rows = _unit(remembering(encoder)([*wholes, *each]))
        self._wholes = rows[: len(goals)]
        cuts = np.cumsum([len(parts) for parts in self._sentences])[:-1]
        self._rows = np.split(rows[len(goals) :], cuts)
        self._usual = _usual(self._wholes)

    def encode(self, text: str) -> Encoded:
        """A question; the one time that it is encoded."""
        text = text[:MOST_CHARACTERS]
        parts = sentences(text)[:MOST_SENTENCES]
        return Encoded(parts, _unit(self._encoder([text, *parts])))

    def scores(self, question: Encoded) -> Scores:
        """Per goal from 0 (no nearer than goals are to each other) to 1 (the same)."""
        return self._beyond_usual(self._wholes @ question.rows[0])

    def reason(self, question: Encoded, goal: int) -> Reason | None:
        """Je schrijft “…”. Dat lijkt op “…” bij dit doel: the nearest sentences of both; or None."""
        ours, theirs = question.sentences, self._sentences[goal]
        if not ours or not theirs:
            return None
        near = self._beyond_usual(self._rows[goal] @ question.rows[1:].T)
        their, our = np.unravel_index(int(near.argmax()), near.shape)
        if near[their, our] < NEAR_ENOUGH:
            return None
        said, meant = _cut(ours[our]), _cut(theirs[their])
        return Reason(
            "near", f"Je schrijft “{said}”. Dat lijkt op “{meant}” bij dit doel.", (said,), (meant,)
        )

    def _beyond_usual(self, cosines: Vectors) -> Scores:
        beyond: Scores = np.clip((cosines - self._usual) / (1 - self._usual), 0.0, 1.0).astype(np.float64)
        return beyond


def _sentences_of(goal: Goal) -> tuple[str, ...]:
    texts = (goal.title, goal.plain_title, goal.plain_description, goal.description)
    return tuple(dict.fromkeys(sentence for text in texts for sentence in sentences(text)))


def _unit(rows: Vectors) -> Vectors:
    """The rows at length 1; one without a direction stays 0."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows, dtype=np.float32), where=lengths > 0)
    return unit


def _usual(rows: Vectors) -> float:
    """How near two goals usually are: encoders differ, and some give 0.7 for texts that share nothing."""
    other = np.roll(rows, len(rows) // 2, axis=0)
    usual = float(np.median((rows * other).sum(axis=1))) if len(rows) > 1 else 0.0
    return min(usual, MOST_USUAL)


def _cut(sentence: str) -> str:
    """The sentence without what ends it, or its beginning up to a word."""
    if len(sentence) > QUOTED_CHARACTERS:
        sentence = sentence[:QUOTED_CHARACTERS].rsplit(" ", 1)[0]
    return sentence.rstrip(".,;:!?… ")
