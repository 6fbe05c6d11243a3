"""The word lists in `dutch/data`: one or more words a line, `#` begins a comment."""

from functools import cache
from pathlib import Path

from dutch.fold import fold_word

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    """The lines of a list as they are, without comments."""
    written = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0] for line in written]


@cache
def word_list(name: str) -> frozenset[str]:
    """The folded words of a list: "stop-words", "polite", "general", "lexicon", "not-parts"."""
    return frozenset(fold_word(entry) for line in lines(name) for entry in line.split())


@cache
def word_forms(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of a list with the forms that stand behind their colon, folded: "forms", "verbs".

    Words on a line without a colon have none. A form that begins with a hyphen keeps it.
    """
    found = []
    for line in lines(name):
        base, colon, forms = line.partition(":")
        if colon:
            folded = ["-"[: form.startswith("-")] + fold_word(form) for form in forms.split()]
            found.append((fold_word(base.strip()), tuple(folded)))
        else:
            found += [(fold_word(word), ()) for word in line.split()]
    return tuple(found)
