"""What differs between two texts, word for word, so that a person can follow it."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain

Piece = tuple[str, str]

WORD = re.compile(r"\s+|[^\s\w]|\w+")
SENTENCE = re.compile(r"(?<=[.!?\n])(?=\s|\S)")
MOST_COMPARED = (
    40_000  # pairs; beyond that a piece is told as replaced: else a text could keep us busy for minutes
)
AROUND = 60  # signs of what stayed the same that are shown before and after a change


def as_kept(text: str) -> str:
    """The same without white space around it, and with the line ends we keep: browsers send other ones."""
    return text.strip().replace("\r\n", "\n")


def compared(old: str, new: str) -> list[Piece]:
    """[(kind, words), …] in the order of reading; kind: same, gone, new or skipped (stayed the same)."""
    if not (old and new):
        return [(kind, text) for kind, text in (("gone", old), ("new", new)) if text]
    pieces = chain.from_iterable(
        word_by_word(was, now) if was and now and was != now else whole(was, now)
        for was, now in opposite(SENTENCE.split(old), SENTENCE.split(new))
    )
    return shortened(joined(pieces))


def opposite(old: list[str], new: list[str]) -> Iterator[Piece]:
    """(what stood there, what stands there now) of the same place, from beginning to end."""
    for _tag, first, last, begin, end in steps(old, new):
        yield "".join(old[first:last]), "".join(new[begin:end])


def whole(was: str, now: str) -> list[Piece]:
    return [("same", was)] if was == now else [("gone", was), ("new", now)]


def word_by_word(was: str, now: str) -> list[Piece]:
    old, new = WORD.findall(was), WORD.findall(now)
    found: list[Piece] = []
    for _tag, first, last, begin, end in steps(old, new):
        found += whole("".join(old[first:last]), "".join(new[begin:end]))
    return found


def steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """What to do to make the new of the old, as difflib tells it; all at once where there is too much."""
    if len(old) * len(new) > MOST_COMPARED:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same with neighbours of one kind taken together, and nothing that is empty."""
    found: list[Piece] = []
    for kind, text in pieces:
        if found and found[-1][0] == kind:
            found[-1] = kind, found[-1][1] + text
        elif text:
            found.append((kind, text))
    return found


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The same where of a long stretch that stayed the same only the ends near a change are told."""
    found: list[Piece] = []
    last = len(pieces) - 1
    for number, (kind, text) in enumerate(pieces):
        before, after = (AROUND if number else 0), (AROUND if number < last else 0)
        if kind != "same" or len(text) <= before + after + AROUND:
            found.append((kind, text))
            continue
        found += [("same", text[:before]), ("skipped", " … "), ("same", text[len(text) - after :])]
    return [(kind, text) for kind, text in found if text]
