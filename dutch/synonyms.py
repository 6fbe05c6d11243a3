"""Other words for the same thing, to be offered: rommelmarkt → vlooienmarkt, by the civic thesaurus.

Exact terms only: what hints, what is said with a whole sentence, and what the thesaurus marks as having
another meaning elsewhere is neither understood nor offered. The files are read concept by concept, so that
nothing of them stays but these terms, kept once a process.
"""

from functools import cache
from itertools import islice

from dutch.analyser import MOST_ASKED, query, search_terms
from dutch.fold import Word, words
from dutch.thesaurus import Phrase, read_all, stem_key
from dutch.wordlists import word_list

MOST_WORDS = 2
"""Of a term that people would type into a box."""
NEAREST = 12
"""Only the first terms of a concept say the thing itself; of those the single words are offered."""


@cache
def exact() -> dict[str, tuple[str, ...]]:
    """The terms to offer for each exact term, by its stems."""
    place: dict[str, int] = {}
    found: dict[str, tuple[str, ...]] = {}
    for concept in read_all():
        terms = {_key(one.words): one.text for one in concept.phrases if _is_exact(one)}
        offered = tuple(text for text in islice(terms.values(), NEAREST) if " " not in text)
        name = _key(tuple(word.folded for word in words(concept.name)))
        for at, key in enumerate({name: ""} | terms):
            if at < place.get(key, NEAREST):  # the concept that says it sooner is more about it
                place[key], found[key] = at, offered
    return found


def _key(folded: tuple[str, ...]) -> str:
    return " ".join(sorted(map(stem_key, folded)))


def _is_exact(term: Phrase) -> bool:
    return not (term.loose or term.idiom or term.elsewhere) and len(term.words) <= MOST_WORDS


def instead(text: str) -> list[str]:
    """The text with other words for the first of its terms that has them, the nearest first.

    Two words that are a term together come before each of them. What the text itself would find too is left
    out: who looks for a moestuin finds every moestuinproject.
    """
    said = [word for word in words(text) if word.folded not in word_list("stop-words")]
    for row in _rows(said[:MOST_ASKED]):
        if others := exact().get(_key(tuple(word.folded for word in row))):
            return [put for other in others if not _finds(text, put := _put(text, row, other))]
    return []


def _finds(text: str, other: str) -> bool:
    """Would a search for the text find the other one?"""
    held = set(search_terms(other))
    return all(not held.isdisjoint(alternatives) for alternatives in query(text))


def _rows(said: list[Word]) -> list[list[Word]]:
    """Every row of words that may be a term, the longest first."""
    return [
        said[start : start + length]
        for length in range(MOST_WORDS, 0, -1)
        for start in range(len(said) - length + 1)
    ]


def _put(text: str, row: list[Word], other: str) -> str:
    return f"{text[: row[0].start]}{other}{text[row[-1].end :]}".strip()
