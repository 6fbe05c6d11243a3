"""Words of a text as weighted terms: both stems, parts of compounds, the word under its prefix."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from dutch.compounds import SHORTEST_PART, Splitter
from dutch.fold import Word, words
from dutch.forms import forms
from dutch.spelling import meant
from dutch.stems import stems
from dutch.wordlists import word_list

VERSION = "2026.2"
"""Raise it whenever stored terms would come out differently: everything stored has to be analysed again."""

WHOLE, PART, UNDER_PREFIX = 1.0, 0.6, 0.4
OF_TWO = 0.75
"""Where the two stemmers disagree each stem gets this, lest such a word count double."""
GENERAL = 0.35
"""What is left of the weight of a word that nearly every plan and every goal uses."""

PREFIXES = ("ver", "be", "ont", "her")
DIMINUTIVES = ("jes", "je", "tjes", "tje", "pjes", "pje", "etjes", "etje")
MOST_STORED = 20_000
MOST_ASKED = 12


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: a stem (only a-z and 0-9), how much it weighs, and the word it came from."""

    text: str
    weight: float
    word: str
    start: int
    end: int


class Analyser:
    """Turns Dutch into terms. The vocabulary (folded words of the municipality) helps to split compounds."""

    def __init__(self, vocabulary: Iterable[str] = ()) -> None:
        self._splitter = Splitter(vocabulary)
        self._silent = word_list("stop-words") | word_list("polite")
        self._general = word_list("general")
        self.of_word = lru_cache(maxsize=32_768)(self._of_word)
        self.guess = lru_cache(maxsize=4_096)(self._guess)

    def is_content(self, folded: str) -> bool:
        """Does this folded word say anything? Stop words, politeness and single letters do not."""
        return len(folded) > 1 and folded not in self._silent

    def knows(self, folded: str) -> bool:
        """Is this a word we have seen before: a list, the lexicon, the vocabulary, or made of known parts?"""
        return (
            folded in self._silent
            or folded in self._general
            or self._splitter.knows(folded)
            or bool(self._splitter.split(folded))
        )

    def _guess(self, folded: str) -> str:
        """The word that was meant by one we do not know, if there is exactly one and it says something."""
        every = self._listed()
        if self.knows(folded) or any(folded in listed for listed in every):
            return ""
        found = meant(folded, every)
        return found if self.is_content(found) else ""

    def _listed(self) -> tuple[AbstractSet[str], ...]:
        """Every word that stands somewhere as it is."""
        return (self._silent, self._general, self._splitter.listed, *forms())

    def weight(self, folded: str) -> float:
        """How much a word says before we know the texts: less if nearly everybody uses it."""
        return GENERAL if self._grown(folded) in self._general else 1.0

    def _of_word(self, folded: str) -> tuple[tuple[str, float], ...]:
        """The terms of one folded word with their weights, each once; nothing for a stop word."""
        if not self.is_content(folded):
            return ()
        folded = self._grown(folded)
        base = self.weight(folded)
        weights = self._stems_of(folded, WHOLE * base)
        for part in self._parts(folded):
            weights = self._stems_of(part, PART * base * self.weight(part)) | weights
        for stem in self._under_prefix(folded):
            weights.setdefault(stem, UNDER_PREFIX * base)
        return tuple(weights.items())

    @staticmethod
    def _stems_of(folded: str, weight: float) -> dict[str, float]:
        both = stems(folded)
        return dict.fromkeys(both, weight if len(both) == 1 else weight * OF_TWO)

    def _grown(self, folded: str) -> str:
        """The word behind a diminutive, if we know it: plantjes → plant (the stemmers make that "plan")."""
        grown = (folded.removesuffix(ending) for ending in DIMINUTIVES if folded.endswith(ending))
        return next(filter(self._splitter.lists, grown), folded)

    def _parts(self, folded: str) -> list[str]:
        """The parts of a compound and the parts of those, but for parts that say nothing: beleids-plan."""
        found = []
        for part in self._splitter.split(folded):
            found += [part, *self._splitter.split(part)]
        return list(filter(self.is_content, found))

    def _under_prefix(self, folded: str) -> tuple[str, ...]:
        """The stems of vergroenen without its ver-, if what is left is a word we know."""
        for prefix in PREFIXES:
            rest = folded.removeprefix(prefix)
            if rest != folded and len(rest) > SHORTEST_PART and self._splitter.knows(rest):
                return tuple(stem for stem in stems(rest) if len(stem) >= SHORTEST_PART)
        return ()

    def terms(self, text: str, most_words: int | None = None) -> list[Term]:
        """All terms of a text in order; reads no further than `most_words` words."""
        return [
            Term(term, weight, word.surface, word.start, word.end)
            for word in islice(words(text), most_words)
            for term, weight in self.of_word(word.folded)
        ]

    def search_terms(self, text: str) -> list[str]:
        """What to store for a text: its terms, each once, in order, at most 20,000."""
        distinct = dict.fromkeys(term for word in words(text) for term, _ in self.of_word(word.folded))
        return list(islice(distinct, MOST_STORED))

    def query(self, text: str) -> list[list[str]]:
        """What to look for: every word (and), each by one of its alternatives (or).

        Reads the first 12 words that say something. Empty where there is nothing to look for.
        """
        asked = dict.fromkeys(word.folded for word in words(text[:2_000]) if self.is_content(word.folded))
        return [self._alternatives(folded) for folded in islice(asked, MOST_ASKED)]

    def _alternatives(self, folded: str) -> list[str]:
        grown = self._grown(folded)
        return list(dict.fromkeys((*stems(grown), *self._under_prefix(grown))))


@cache
def _plain() -> Analyser:
    return Analyser()


def guess(folded: str) -> str:
    """The word that was meant by one nobody knows; "" where there is doubt."""
    return _plain().guess(folded)


def telling(text: str) -> list[Word]:
    """The words of a text that say something, in order."""
    return [word for word in words(text) if _plain().is_content(word.folded)]


def terms(text: str) -> list[Term]:
    """All terms of a text, by the civic lexicon alone."""
    return _plain().terms(text)


def search_terms(text: str) -> list[str]:
    """What to store for a text (a tsvector of the `simple` configuration), by the civic lexicon alone."""
    return _plain().search_terms(text)


def query(text: str) -> list[list[str]]:
    """What to look for in stored terms: words (and) of alternatives (or), by the civic lexicon alone."""
    return _plain().query(text)
