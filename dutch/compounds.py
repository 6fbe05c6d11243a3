"""Compounds taken apart: buurtmoestuinen → buurt + moestuinen, with known words as parts only."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from dutch.stems import stems
from dutch.wordlists import word_list

LINKS = ("", "s", "e", "en", "er")
SHORTEST_PART, SHORTEST_LISTED_PART = 4, 3
SHORTEST_HEAD, SHORTEST_BEFORE_HEAD = 5, 3
LONGEST_COMPOUND = 45
NEVER_A_COMPOUND = ("ge", "door", "bij", "dienstverlen")
"""Beginnings that only seem to leave a word: ge-broken is no kind of roken."""

Parts = tuple[str, ...]


def _long_enough(word: str) -> bool:
    return len(word) >= SHORTEST_PART


class Splitter:
    """Knows the words that may be a part: the civic lexicon and the words the caller gives."""

    def __init__(self, vocabulary: Iterable[str] = ()) -> None:
        self._endings = word_list("not-parts")
        self._never = self._endings | word_list("stop-words")
        self._short = word_list("short-parts")
        self._parts = self._short.union(filter(self._may_be_part, word_list("lexicon").union(vocabulary)))
        self._heads = frozenset(word for word in word_list("lexicon") if len(word) >= SHORTEST_HEAD)
        self._stems = frozenset(filter(_long_enough, (stem for word in self._parts for stem in stems(word))))
        self._beginnings = frozenset(word[:SHORTEST_LISTED_PART] for word in self._parts)
        self._indivisible = word_list("indivisible")
        self.split = lru_cache(maxsize=32_768)(self._split)

    def _may_be_part(self, word: str) -> bool:
        return _long_enough(word) and word.isalpha() and word not in self._never

    @property
    def listed(self) -> frozenset[str]:
        """The words that may be a part."""
        return self._parts

    def lists(self, folded: str) -> bool:
        """Is this word in the lexicon or the vocabulary as it stands?"""
        return folded in self._parts

    def knows(self, folded: str) -> bool:
        """Is this a word of the lexicon or the vocabulary, in any inflection?"""
        return folded in self._parts or not self._stems.isdisjoint(stems(folded))

    def _split(self, folded: str) -> Parts:
        """The fewest known parts that make up a folded word; else the known word it ends in; else nothing.

        Of two ways of as many parts: the one that ends in a word as listed, then the one with the longest
        first part. Only the last part may be inflected.
        """
        if folded in self._indivisible or not folded.isalpha() or len(folded) > LONGEST_COMPOUND:
            return ()
        return self._known_parts(folded) or self._head(folded)

    def _known_parts(self, folded: str) -> Parts:
        if folded[:SHORTEST_LISTED_PART] not in self._beginnings:
            return ()
        return self._best(folded, 0, {})

    def _best(self, folded: str, start: int, ways: dict[int, Parts]) -> Parts:
        """The best way to make up what follows `start`; `ways` remembers it, for several ways lead there."""
        if start not in ways:
            found = (*self._ways_of_one(folded, start), *self._ways_of_more(folded, start, ways))
            ways[start] = min(found, key=lambda parts: (len(parts), parts[-1] not in self._parts), default=())
        return ways[start]

    def _head(self, folded: str) -> Parts:
        """Vrachtfietsen is a kind of fietsen, whatever a vracht may be."""
        if folded in self._parts or folded.startswith(NEVER_A_COMPOUND):
            return ()
        for start in range(SHORTEST_BEFORE_HEAD, len(folded) - SHORTEST_HEAD + 1):
            if folded[start:] in self._heads and folded[:start] not in self._never:
                return (folded[start:],)
        return ()

    def _ways_of_one(self, folded: str, start: int) -> Iterator[Parts]:
        rest = folded[start:]
        if start and (rest in self._short or self._may_end(rest)):
            yield (rest,)

    def _may_end(self, rest: str) -> bool:
        return self._may_be_part(rest) and self.knows(rest) and self._endings.isdisjoint(stems(rest))

    def _ways_of_more(self, folded: str, start: int, ways: dict[int, Parts]) -> Iterator[Parts]:
        last = len(folded) - SHORTEST_LISTED_PART
        for end in range(last, start + SHORTEST_LISTED_PART - 1, -1):
            if (part := folded[start:end]) in self._parts:
                for link in LINKS:
                    after = end + len(link)
                    fits = after <= last and folded.startswith(link, end)
                    if fits and (rest := self._best(folded, after, ways)):
                        yield (part, *rest)
