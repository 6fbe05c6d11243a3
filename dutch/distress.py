"""Which help at once a text asks for, by the phrases of `data/distress.txt`.

It misses much and should be wrong seldom: a plan about a heavy subject is a plan.
"""

import re
from collections.abc import Iterator
from functools import cache

from dutch.fold import fold, fold_word
from dutch.wordlists import lines

KINDS = ("gevaar", "zelfdoding", "geweld", "kind")
"""The help there is: the police and the like, talking about suicide, violence at home, a child that talks."""
MOST_LETTERS = 20_000
GAPS = {"..": r"(?:(?:@los|,) ){0,4}", "...": r"(?:(?!(?:niet|geen|nooit) )\S+ ){0,3}"}
"""What may stand between words of a phrase; a comma counts as one."""
NOT_DENIED = r"(?<!niet dat )(?<!nooit dat )(?<!niet omdat )"
_END = re.compile(r"[.!?;:…]+|\n\s*\n")


def distress(text: str) -> frozenset[str]:
    """The kinds of help the text asks for; mostly none. Reads 20,000 letters, in linear time."""
    text = text[:MOST_LETTERS]
    said = [_spaced(clause) for clause in _END.split(text)]
    whole = _spaced(text.replace(",", " "))
    return frozenset(
        kind
        for kinds, within, alone in _patterns()
        if alone.fullmatch(whole) or any(map(within.search, said))
        for kind in kinds
    )


def _spaced(text: str) -> str:
    """The folded words with a space behind each; a comma stays, as a word."""
    return " , ".join(map(fold, text.split(","))) + " "


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]], ...]:
    """(kinds, what is looked for in a clause, what the whole text may be) for each part of the file."""
    parts: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    for kinds, line in _phrases():
        within, alone = parts.setdefault(kinds, ([], []))
        (alone if line.startswith("=") else within).append(line.removeprefix("="))
    return tuple(
        (kinds, _any_of(within, rf"\b{NOT_DENIED}"), _any_of(alone, ""))
        for kinds, (within, alone) in parts.items()
    )


def _any_of(patterns: list[str], before: str) -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(patterns)})" if patterns else r"(?!)")


def _phrases() -> Iterator[tuple[tuple[str, ...], str]]:
    """(kinds, phrase as a pattern) for every line; "=" stays before what must be the whole text."""
    sets: dict[str, list[str]] = {}
    kinds: tuple[str, ...] = ()
    for line in filter(None, map(str.strip, lines("distress"))):
        if line.startswith("["):
            kinds = tuple(kind.strip() for kind in line.strip("[]").split(","))
        elif line.startswith("@") and " = " in line:
            name, _, words = line.partition(" = ")
            sets.setdefault(name, []).extend(words.split())
        else:
            said, _, unless = line.removeprefix("=").partition("!")
            pattern = "".join(_word(word, sets) for word in said.split())
            unwanted = "|".join(fold_word(word) for word in unless.split())
            yield kinds, "=" * line.startswith("=") + pattern + (rf"(?!(?:{unwanted}) )" if unwanted else "")


def _word(word: str, sets: dict[str, list[str]]) -> str:
    """One word of a phrase, with the space behind it."""
    if word in GAPS:
        return GAPS[word].replace("@los", "|".join(sets["@los"]))
    choices = (choice for one in word.split("/") for choice in (sets[one] if one.startswith("@") else [one]))
    return f"(?:{'|'.join(map(fold_word, choices))}) "
