"""Both Dutch stems of a word: Kraaij-Pohlmann and Porter each miss forms that the other finds."""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

from dutch.forms import base
from dutch.wordlists import word_list

# snowballstemmer hands out PyStemmer's C versions where that is installed; the stems are the same.
_KRAAIJ_POHLMANN = snowballstemmer.stemmer("dutch")
_PORTER = snowballstemmer.stemmer("dutch_porter")
_lock = Lock()  # a stemmer keeps the word it works on in itself, so two threads may not share it

_LAST_VOICED = {"v": "f", "z": "s"}
_NO_VOWELS = str.maketrans({"v": "f", "z": "s"} | dict.fromkeys("aeiouyj"))
_LONG_BEFORE_E = re.compile("(?:^|[^aeiou])[aeou][^aeiouwxj]e$")


@lru_cache(maxsize=65_536)
def stems(folded: str) -> tuple[str, ...]:
    """The one or two stems of a folded word, Porter's first.

    A word with a digit is its own stem, and so is one that only looks like a form of another. Of a word
    that the lists know as a form of another it is the stems of that other.
    """
    own = word_list("own-stems")
    if not folded.isalpha() or folded in own:
        return (folded,)
    word = base(folded)
    if word in own:
        return (word,)
    if word.endswith(("ieen", "eeen")):  # knieën, ideeën
        word = word[:-2]
    elif _LONG_BEFORE_E.search(word):  # zware, werkloze: the stemmers know it by zwaren
        word += "n"
    with _lock:
        porter, kraaij_pohlmann = _PORTER.stemWord(word), _KRAAIJ_POHLMANN.stemWord(word)
        start = word.find("ge") + 1
        if not _consonants(kraaij_pohlmann).startswith(_consonants(word[:start])):
            # it took the ge of gezond and begeleiden for that of a participle
            kraaij_pohlmann = word[: start + 1] + _KRAAIJ_POHLMANN.stemWord(word[start + 1 :])
    if porter[-1:] in _LAST_VOICED:  # grijz → grijs
        porter = porter[:-1] + _LAST_VOICED[porter[-1]]
    if _shortened(kraaij_pohlmann) == porter:  # bom for bomen
        porter = kraaij_pohlmann
    return tuple(dict.fromkeys(stem for stem in (porter, kraaij_pohlmann) if stem)) or (folded,)


def _consonants(word: str) -> str:
    return word.translate(_NO_VOWELS)


def _shortened(stem: str) -> str:
    """The stem with one letter for a long vowel before its last consonant: boom → bom."""
    return stem[:-2] + stem[-1] if len(stem) > 3 and stem[-3] == stem[-2] and stem[-2] in "aeou" else stem
