"""The word that somebody meant: kindren → kinderen. One slip of the finger, where there is no doubt."""

from collections.abc import Iterable, Iterator, Set
from string import ascii_lowercase

SHORTEST_GUESSED = 6
"""Letters; too many short words are a letter apart."""


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
