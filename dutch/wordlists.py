"""The word lists in `dutch/data`: one or more words a line, `#` begins a comment."""

from functools import cache
from pathlib import Path

from dutch.fold import fold_word

DATA = Path(__file__).parent / "data"


def _entries(name: str) -> list[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [entry for line in lines for entry in line.partition("#")[0].split()]


@cache
def word_list(name: str) -> frozenset[str]:
    """The folded words of a list: "stop-words", "polite", "general", "lexicon", "not-parts"."""
    return frozenset(fold_word(entry) for entry in _entries(name))
