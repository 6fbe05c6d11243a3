"""Both Dutch stems of a word: Kraaij-Pohlmann and Porter each miss forms that the other finds."""

from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

from dutch.wordlists import word_list

# snowballstemmer hands out PyStemmer's C versions where that is installed; the stems are the same.
_KRAAIJ_POHLMANN = snowballstemmer.stemmer("dutch")
_PORTER = snowballstemmer.stemmer("dutch_porter")
_lock = Lock()  # a stemmer keeps the word it works on in itself, so two threads may not share it


@lru_cache(maxsize=65_536)
def stems(folded: str) -> tuple[str, ...]:
    """The one or two stems of a folded word, Porter's first.

    A word with a digit is its own stem, and so is one of which the last s is no ending.
    """
    if not folded.isalpha() or folded in word_list("own-stems"):
        return (folded,)
    with _lock:
        found = (_PORTER.stemWord(folded), _KRAAIJ_POHLMANN.stemWord(folded))
    return tuple(dict.fromkeys(stem for stem in found if stem)) or (folded,)
