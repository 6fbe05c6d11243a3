"""The word that somebody meant: kindren → kinderen.

`meant` decides for people, so only where there is no doubt; `nearest` finds what can be offered to them.
"""

from collections.abc import Iterable, Iterator, Set
from string import ascii_lowercase

SHORTEST_GUESSED = 6
"""Letters; too many short words are a letter apart."""
LETTERS_A_SLIP = 4
"""One slip is forgiven for so many letters: bomne is bomen, bos is no bus."""


def one_slip_away(folded: str) -> Iterator[str]:
    """Every word with one letter more or less, or two swapped; the first letter stays.

    No letter is replaced by another: that makes straat of straal and vissen of vossen, more often wrong
    than right.
    """
    for place in range(1, len(folded) + 1):
        before, after = folded[:place], folded[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after


def meant(folded: str, known: Iterable[Set[str]]) -> str:
    """The one word within a slip of an unknown folded word; "" if there is none, or more than one.

    Costs some three hundred look-ups, and no memory: an index of the slips would take megabytes.
    """
    if len(folded) < SHORTEST_GUESSED or not folded.isalpha():
        return ""
    slips = set(one_slip_away(folded))
    found = {other for listed in known for other in slips & listed}
    return found.pop() if len(found) == 1 else ""


def slips(one: str, other: str) -> int:
    """How many slips are between two words: a letter more, less or another, or two swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, above, row = row, before, [place]
        for at, there in enumerate(other, 1):
            fewest = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != there))
            if place > 1 < at and letter == other[at - 2] and there == one[place - 2]:
                fewest = min(fewest, above[at - 2] + 1)
            row.append(fewest)
    return row[-1]


def nearest(folded: str, others: Iterable[str]) -> str:
    """The word the fewest slips away, the first of those; "" where none is near enough."""
    reach = len(folded) // LETTERS_A_SLIP
    near = [other for other in others if abs(len(other) - len(folded)) <= reach]
    away = {other: slips(folded, other) for other in near}
    best = min(away, key=away.__getitem__, default="")
    return best if best and 0 < away[best] <= reach else ""
