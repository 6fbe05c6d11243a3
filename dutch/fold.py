"""From any text to plain words of a-z and 0-9, each with its place in the text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 60
"""Letters of a word that are read; no Dutch word needs more, and a stem stays far below a lexeme's limit."""

# Marks that may stand inside a word: combining accents, soft hyphen, zero-width signs.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
# Every step takes at least one character and no two branches share one, so this never looks back.
_WORD = re.compile(rf"[^\W_](?:['\u2019\u02bc]?[^\W_]|[{_MARKS}])*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NO_DECOMPOSITION = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)


class Word(NamedTuple):
    """A word as it stands in a text, and its folded form."""

    surface: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=32_768)
def fold_word(surface: str) -> str:
    """The word in a-z and 0-9, without case, accents or apostrophes; empty if nothing of that is left."""
    lowered = surface[:LONGEST_WORD].lower()
    if lowered.isascii():
        return _NOT_PLAIN.sub("", lowered)
    decomposed = unicodedata.normalize("NFKD", lowered).lower().translate(_NO_DECOMPOSITION)
    return _NOT_PLAIN.sub("", decomposed)[:LONGEST_WORD]


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, lazily, in linear time. Signs and other scripts fall out."""
    for match in _WORD.finditer(text):
        surface = match.group()
        if folded := fold_word(surface):
            yield Word(surface, folded, match.start(), match.end())


def fold(text: str) -> str:
    """The folded words of a text with one space between them."""
    return " ".join(word.folded for word in words(text))
