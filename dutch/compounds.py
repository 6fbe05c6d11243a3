"""Compounds taken apart: buurtmoestuinen → buurt + moestuinen, with known words as parts only."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from dutch.stems import stems
from dutch.wordlists import word_list

LINKS = ("", "s", "e", "en", "er")
SHORTEST_PART = 4
LONGEST_COMPOUND = 45

Parts = tuple[str, ...]


def _long_enough(word: str) -> bool:
    return len(word) >= SHORTEST_PART


class Splitter:
    """Knows the words that may be a part: the civic lexicon and the words the caller gives."""

    def __init__(self, vocabulary: Iterable[str] = ()) -> None:
        self._endings = word_list("not-parts")
        self._never = self._endings | word_list("stop-words")
        self._parts = frozenset(filter(self._may_be_part, word_list("lexicon").union(vocabulary)))
        self._stems = frozenset(filter(_long_enough, (stem for word in self._parts for stem in stems(word))))
        self._beginnings = frozenset(word[:SHORTEST_PART] for word in self._parts)
        self._indivisible = word_list("indivisible")
        self.split = lru_cache(maxsize=32_768)(self._split)

    def _may_be_part(self, word: str) -> bool:
        return _long_enough(word) and word.isalpha() and word not in self._never

    def lists(self, folded: str) -> bool:
        """Is this word in the lexicon or the vocabulary as it stands?"""
        return folded in self._parts

    def knows(self, folded: str) -> bool:
        """Is this a word of the lexicon or the vocabulary, in any inflection?"""
        return folded in self._parts or not self._stems.isdisjoint(stems(folded))

    def _split(self, folded: str) -> Parts:
        """The fewest known parts that make up a folded word; empty where it can't be split.

        Of two ways of as many parts: the one that ends in a word as listed, then the one with the longest
        first part. Only the last part may be inflected.
        """
        if not self._may_be_compound(folded):
            return ()
        ways: dict[int, Parts] = {}
        for start in range(len(folded) - SHORTEST_PART, -1, -1):
            found = list(self._ways_of_one(folded, start)) + self._ways_of_more(folded, start, ways)
            if found:
                ways[start] = min(found, key=lambda parts: (len(parts), parts[-1] not in self._parts))
        return ways.get(0, ())

    def _may_be_compound(self, folded: str) -> bool:
        return (
            2 * SHORTEST_PART <= len(folded) <= LONGEST_COMPOUND
            and folded[:SHORTEST_PART] in self._beginnings
            and folded.isalpha()
            and folded not in self._indivisible
        )

    def _ways_of_one(self, folded: str, start: int) -> Iterator[Parts]:
        rest = folded[start:]
        if start and self._may_be_part(rest) and self.knows(rest) and self._endings.isdisjoint(stems(rest)):
            yield (rest,)

    def _ways_of_more(self, folded: str, start: int, ways: dict[int, Parts]) -> list[Parts]:
        ends = range(len(folded) - SHORTEST_PART, start + SHORTEST_PART - 1, -1)
        return [
            (folded[start:end], *ways[end + len(link)])
            for end in ends
            if folded[start:end] in self._parts
            for link in LINKS
            if folded.startswith(link, end) and end + len(link) in ways
        ]
