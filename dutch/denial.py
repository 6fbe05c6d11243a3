"""What a text does not want: auto's in "geen auto's in de straat". Simple rules, clause by clause.

A denied word is still what the text is about, so it should weigh less, not nothing. What people lack they do
want: "er is geen speelplek" denies nothing. This weighs subjects; needs, and what is not needed, are read
with `funding/cues.py`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import compress, islice

from dutch.fold import Word
from dutch.wordlists import word_list

DENIED = 0.25
"""What is left of the weight of a denied word."""
MOST_DENIED = 2
"""Words that say something after geen, zonder and nooit; niet reaches to the end of its clause."""
FURTHEST = 12
"""Words after geen, zonder and nooit among which those are looked for."""

NEXT_TO = frozenset({"geen", "zonder", "nooit"})
ENDS = frozenset({"maar", "en", "want", "omdat", "zodat", "terwijl", "wel", "juist", "dus"})
"""Words that begin another clause: "geen auto's en meer groen"; of does not: "zonder alcohol of drugs"."""
LACKING = frozenset({
    "is", "zijn", "was", "waren", "heb", "hebt", "hebben", "heeft", "had", "hadden", "nog", "krijgen",
    "krijgt", "vinden", "vindt", "bestaat", "spreken", "spreekt", "kennen", "kent", "staat",
    "staan", "kan", "kunnen",
})  # fmt: skip
"""With one of these in the clause, geen says what is missed."""
REFUSING = frozenset({"hoeft", "hoef", "hoeven", "wil", "willen", "liever", "mag", "mogen", "nodig"})
"""With one of these in the clause, geen and niet say what is not wanted."""
DENYING = NEXT_TO | {"niet"}
"""A clause without one of these denies nothing."""
WANTING = frozenset({"wil", "willen", "hoef", "hoeven", "hoeft"})
"""With one of these before it, a niet at the end denies what stands between: "wij willen die flat niet"."""
NOT_FOR = frozenset({"voor", "bedoeld"})
NOT_ONLY = frozenset({"alleen", "enkel", "slechts"})
_BOUNDARY = re.compile(r"[.,;:!?()\n]")


def denied(text: str, found: Sequence[Word]) -> frozenset[int]:
    """The places in `found` (the words of the text, in order) of words that the text denies."""
    if DENYING.isdisjoint(word.folded for word in found):
        return frozenset()
    return frozenset(place for clause in _clauses(text, found) for place in _denied_in(clause, found))


def _clauses(text: str, found: Sequence[Word]) -> Iterator[range]:
    first = 0
    for place, word in enumerate(found):
        if place and (word.folded in ENDS or _BOUNDARY.search(text, found[place - 1].end, word.start)):
            yield range(first, place)
            first = place
    yield range(first, len(found))


def _denied_in(clause: range, found: Sequence[Word]) -> Iterator[int]:
    said = {found[place].folded for place in clause}
    if said.isdisjoint(DENYING):
        return
    silent = word_list("stop-words")
    telling = [len(found[place].folded) > 1 and found[place].folded not in silent for place in clause]
    for at, place in enumerate(clause, start=1):
        following = found[place + 1].folded if place + 1 in clause else ""
        if _denies_the_rest(found[place].folded, following, said):
            rest = list(compress(clause[at:], telling[at:]))
            yield from rest or _wanted_before(clause[: at - 1], telling, found)
            return
        if _denies_the_next(found[place].folded, said):
            ahead = compress(clause[at : at + FURTHEST], telling[at : at + FURTHEST])
            yield from islice(ahead, MOST_DENIED)


def _wanted_before(clause: range, telling: Sequence[bool], found: Sequence[Word]) -> Iterator[int]:
    """Wij willen die flat niet: what stands after the last verb that wants something."""
    verbs = [at for at, place in enumerate(clause) if found[place].folded in WANTING]
    return compress(clause[verbs[-1] :], telling[verbs[-1] :]) if verbs else iter(())


def _denies_the_rest(word: str, following: str, said: set[str]) -> bool:
    refused = not said.isdisjoint(REFUSING)
    return word == "niet" and following not in NOT_ONLY and (refused or following in NOT_FOR)


def _denies_the_next(word: str, said: set[str]) -> bool:
    missed = word == "geen" and said.isdisjoint(REFUSING) and not said.isdisjoint(LACKING)
    return word in NEXT_TO and not missed
