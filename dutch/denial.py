"""What a text does not want: auto's in "geen auto's in de straat". Simple rules, clause by clause.

A denied word is still what the text is about, so it should weigh less, not nothing. What people lack they do
want:
"er is geen speelplek" denies nothing.
"""

import re
from collections.abc import Iterator, Sequence

from dutch.fold import Word
from dutch.wordlists import word_list

DENIED = 0.5
"""What is left of the weight of a denied word."""
MOST_DENIED = 2
"""Words that say something after geen, zonder and nooit; niet reaches to the end of its clause."""

NEXT_TO = frozenset({"geen", "zonder", "nooit"})
ENDS = frozenset({"maar", "en", "want", "omdat", "zodat", "terwijl", "wel", "juist", "dus"})
"""Words that begin another clause: "geen auto's en meer groen"; of does not: "zonder alcohol of drugs"."""
LACKING = frozenset(
    {
        "is",
        "zijn",
        "was",
        "waren",
        "heb",
        "hebt",
        "hebben",
        "heeft",
        "had",
        "hadden",
        "nog",
        "krijgen",
        "krijgt",
    }
    | {
        "vinden",
        "vindt",
        "bestaat",
        "spreken",
        "spreekt",
        "kennen",
        "kent",
        "staat",
        "staan",
        "kan",
        "kunnen",
    }
)
"""With one of these in the clause, geen says what is missed."""
REFUSING = frozenset({"hoeft", "hoef", "hoeven", "wil", "willen", "liever", "mag", "mogen", "nodig"})
"""With one of these in the clause, geen and niet say what is not wanted."""
NOT_FOR = frozenset({"voor", "bedoeld"})
NOT_ONLY = frozenset({"alleen", "enkel", "slechts"})
_BOUNDARY = re.compile(r"[.,;:!?()\n]")


def denied(text: str, found: Sequence[Word]) -> frozenset[int]:
    """The places in `found` (the words of the text, in order) of words that the text denies."""
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
    for place in clause:
        reach = _reach(found[place].folded, found[place + 1].folded if place + 1 in clause else "", said)
        for other in range(place + 1, clause.stop if reach else 0):
            if reach and len(found[other].folded) > 1 and found[other].folded not in word_list("stop-words"):
                yield other
                reach -= 1


def _reach(word: str, following: str, said: set[str]) -> int:
    """How many words that say something are denied after this one."""
    refused = not said.isdisjoint(REFUSING)
    if word == "niet" and following not in NOT_ONLY and (refused or following in NOT_FOR):
        return len(said)
    if word == "geen" and not refused and not said.isdisjoint(LACKING):
        return 0
    return MOST_DENIED if word in NEXT_TO else 0
