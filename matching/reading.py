"""Texts as the matcher reads them: weighted terms, and the words they came from."""

import marshal
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice

from dutch import Analyser, Word, fold, words
from dutch.denial import DENIED, denied
from dutch.forms import forms
from dutch.stems import stems
from dutch.thesaurus import Phrase, read_all
from dutch.wordlists import word_list
from funding.asked import MOST_WORDS
from matching.bags import remembered

REMEMBERED = 256
"""Documents kept in mind unpacked; to keep them all so would fill the memory."""

MOST_WORDS_KNOWN = 16_384
"""Words of which is kept what they say."""

SHORTEST_WORD = 3

GUESSED = 0.5
"""What is left of the weight of a word that we had to guess from one typed wrongly."""

SHORTEST_GROUP, LONGEST_GROUP = 3, 5

Field = tuple[str, float]
"""A text and how much it weighs."""


Known = tuple[bool, float, tuple[tuple[str, float], ...]]
"""Of a word: is it known, how much it says, and its terms with their weights."""


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
    unwanted: set[str] = field(default_factory=set)
    """Folded words that it only says it does not want: no reason rests on those."""
    in_order: list[tuple[str, str]] = field(default_factory=list)
    """(stem, as written) of each word that may say something beside another one."""
    read: int = 0
    """Words read, of any kind."""
    known: int = 0
    """Of those, words of Dutch, or places of this municipality."""
    known_content: int = 0
    """Of those, words that say something."""
    together: dict[str, tuple[str, str]] | None = None
    """Two words of a term → as they are written here, once somebody asked (meaning.py)."""
    about: dict[str, float] | None = None
    """The concepts it is about, once somebody asked (meaning.py)."""
    pointing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Concept → the words that point at it, of those that somebody asked for (meaning.py)."""

    def packed(self) -> bytes:
        """All that reasons are made of, in some 2 kB: to unpack it is quicker than to read the text again."""
        told = (self.terms, self.sources, self.content, self.surfaces, self.together, self.about)
        return zlib.compress(marshal.dumps(told), level=1)

    @classmethod
    def unpacked(cls, told: bytes) -> "Reading":
        """The same, without the order of its words."""
        terms, sources, content, surfaces, together, about = marshal.loads(zlib.decompress(told))  # noqa: S302 our own
        return cls(terms, sources, content, surfaces, together=together, about=about)


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


@cache
def analyser() -> Analyser:
    """Knows the words of the thesaurus too, and none of one town: a text reads the same in every corpus."""
    return Analyser(word for concept in read_all() for phrase in concept.phrases for word in phrase.words)


@cache
def lexicon() -> Analyser:
    """Knows the civic lexicon alone."""
    return Analyser()


@cache
def subjects() -> frozenset[str]:
    """The words that say by themselves what a concept of the thesaurus is; no past tense does."""
    alone = (phrase.words[0] for concept in read_all() for phrase in concept.phrases if _names(phrase))
    _nouns, past, _infinitives = forms()
    return frozenset(word for word in alone if word not in past)


def _names(phrase: Phrase) -> bool:
    return len(phrase.words) == 1 and not phrase.loose and not phrase.idiom


def is_subject(folded: str) -> bool:
    """Does this word say what something is about: a word of the civic lexicon, or the name of a concept?"""
    return lexicon().knows(folded) or folded in subjects()


class Reader:
    """Reads texts; the names of places in the municipality say where and are passed over."""

    def __init__(self, places: Iterable[str]) -> None:
        self._analyser = analyser()
        self._places = frozenset(part for place in places for part in fold(place).split())
        self._alone = word_list("function-words") | self._places
        self._of_word = remembered(MOST_WORDS_KNOWN, self._look_up)

    def read(self, fields: Iterable[Field]) -> Reading:
        """The fields as one text; each weighs its words."""
        reading = Reading()
        for text, weight in fields:
            found = list(islice(words(text), MOST_WORDS - reading.read))
            not_wanted = denied(text, found)
            for place, word in enumerate(found):
                self._add(reading, word, weight, place in not_wanted)
                if word.folded not in self._alone:
                    reading.in_order.append((stems(word.folded)[0], word.surface))
        return reading

    def tells(self, folded: str) -> bool:
        """Is this a Dutch word that not everybody uses? Names of people and typing errors mostly are not."""
        return self._analyser.knows(folded) and self._analyser.weight(folded) == 1.0

    def _add(self, reading: Reading, word: Word, weight: float, unwanted: bool) -> None:
        folded = word.folded
        weight *= DENIED if unwanted else 1.0
        known, worth, found = self._of_word(folded)
        reading.read += 1
        reading.known += known
        if not found:
            return
        reading.known_content += known
        content, terms, sources = reading.content, reading.terms, reading.sources
        is_new, turned = folded not in content, not unwanted and folded in reading.unwanted
        if is_new:
            content[folded] = 0.0
            reading.surfaces[folded] = word.surface
        if turned:
            reading.unwanted.discard(folded)
        elif is_new and unwanted:
            reading.unwanted.add(folded)
        if is_new or turned:
            for term, _weight in found:
                if sources.setdefault(term, folded) in reading.unwanted:
                    sources[term] = folded
        content[folded] += weight * worth
        for term, term_weight in found:
            terms[term] = terms.get(term, 0.0) + weight * term_weight

    def _look_up(self, folded: str) -> Known:
        place = folded in self._places
        meant = "" if place else self._analyser.guess(folded)
        known = place or bool(meant) or self._analyser.knows(folded)
        if place or len(folded) < SHORTEST_WORD or folded.isdigit():
            return known, 0.0, ()
        if not meant:
            return known, self._analyser.weight(folded), self._analyser.of_word(folded)
        terms = tuple((term, weight * GUESSED) for term, weight in self._analyser.of_word(meant))
        return known, self._analyser.weight(meant) * GUESSED, terms


class Readings(Sequence[Reading]):
    """Documents as they were read, packed; what was looked at last stays in mind unpacked."""

    def __init__(self, packed: Sequence[bytes] = ()) -> None:
        self.packed = packed
        self._unpacked = lru_cache(maxsize=REMEMBERED)(lambda place: Reading.unpacked(packed[place]))

    def __len__(self) -> int:
        return len(self.packed)

    def __getitem__(self, place: int) -> Reading:  # type: ignore[override]  # nobody asks for a slice
        return self._unpacked(place)
