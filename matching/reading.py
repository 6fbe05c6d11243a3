"""Texts as the matcher reads them: weighted terms, and the words they came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from dutch import Analyser, Word, fold, words

MOST_WORDS = 1_500
"""Words of a question or a document that are read; who writes more has said it by then."""

REMEMBERED = 256
"""Documents kept in mind as they were read; to keep them all would fill the memory."""

SHORTEST_WORD = 3
SHORTEST_GROUP, LONGEST_GROUP = 3, 5

Field = tuple[str, float]
"""A text and how much it weighs."""


@dataclass(slots=True)
class Reading:
    """One text, read. Filled by Reader and left alone after that."""

    terms: dict[str, float] = field(default_factory=dict)
    """Term → weight over all its occurrences."""
    sources: dict[str, str] = field(default_factory=dict)
    """Term → the first folded word that gave it."""
    content: dict[str, float] = field(default_factory=dict)
    """Folded word that says something → weight over all its occurrences."""
    surfaces: dict[str, str] = field(default_factory=dict)
    """Folded word → as first written."""
    read: int = 0
    """Words read, of any kind."""
    known: int = 0
    """Of those, words of Dutch or of this municipality."""
    known_content: int = 0
    """Of those, words that say something."""


@lru_cache(maxsize=8_192)
def letter_groups(folded: str) -> tuple[str, ...]:
    """All groups of 3 to 5 letters of a word between spaces: " bu", "buu", … " buur", …"""
    spaced = f" {folded} "
    return tuple(
        spaced[start : start + size]
        for size in range(SHORTEST_GROUP, LONGEST_GROUP + 1)
        for start in range(len(spaced) - size + 1)
    )


def groups_of(reading: Reading) -> dict[str, float]:
    """Group of letters → weight over all words. Made anew each time: stored it would fill memory."""
    groups: dict[str, float] = {}
    for folded, weight in reading.content.items():
        for group in letter_groups(folded):
            groups[group] = groups.get(group, 0.0) + weight
    return groups


class Reader:
    """Reads texts with the municipality's own words; its place names say where and are passed over."""

    def __init__(self, texts: Iterable[str], places: Iterable[str]) -> None:
        self._analyser = Analyser({word.folded for text in texts for word in words(text)})
        self._places = frozenset(part for place in places for part in fold(place).split())

    def read(self, fields: Iterable[Field]) -> Reading:
        """The fields as one text; each weighs its words."""
        reading = Reading()
        for text, weight in fields:
            for word in islice(words(text), MOST_WORDS - reading.read):
                self._add(reading, word, weight)
        return reading

    def tells(self, folded: str) -> bool:
        """Is this a Dutch word that not everybody uses? Names of people and typing errors mostly are not."""
        return self._analyser.knows(folded) and self._analyser.weight(folded) == 1.0

    def _add(self, reading: Reading, word: Word, weight: float) -> None:
        folded = word.folded
        place = folded in self._places
        known = place or self._analyser.knows(folded)
        reading.read += 1
        reading.known += known
        passed_over = place or len(folded) < SHORTEST_WORD or folded.isdigit()
        found = () if passed_over else self._analyser.of_word(folded)
        if not found:
            return
        reading.known_content += known
        reading.content[folded] = reading.content.get(folded, 0.0) + weight * self._analyser.weight(folded)
        reading.surfaces.setdefault(folded, word.surface)
        for term, term_weight in found:
            reading.terms[term] = reading.terms.get(term, 0.0) + weight * term_weight
            reading.sources.setdefault(term, folded)


class Readings(Sequence[Reading]):
    """Documents that are read when they are looked at; what was looked at last stays in mind."""

    def __init__(self, read: Callable[[int], Reading], size: int) -> None:
        self._size = size
        self._read = lru_cache(maxsize=REMEMBERED)(read)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: int) -> Reading:  # type: ignore[override]  # nobody asks for a slice
        return self._read(place)
