"""The concepts of the civic thesaurus that a text is about, with the words that say so."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dutch.stems import stems
from dutch.thesaurus import Concept, Phrase, concepts
from dutch.wordlists import word_list

STRONG, LOOSE = 1.0, 0.3
"""What meeting a term is worth; a loose one only hints."""
OF_SEVERAL = 1.3
"""A term of several words says more than a word alone."""
NEAR = 6
"""As many words may the words of one term stand apart."""

Held = Mapping[str, float]
"""The stems of a word of a text, each from 0 to 1: those of a part of a compound weigh less."""
Keys = tuple[tuple[str, ...], ...]
"""The stems of each word of a term."""


@dataclass(frozen=True, slots=True)
class Met:
    """A term of a concept that a text meets: what that is worth, and at which of its words."""

    concept: str
    worth: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as it is looked for: from its rarest word."""

    concept: str
    phrase: Phrase
    keys: Keys
    rarest: int


class Finder:
    """Looks for the terms of concepts in texts."""

    def __init__(self, every: Iterable[Concept]) -> None:
        terms = [
            (concept.name, one, tuple(map(stems, one.words))) for concept in every for one in concept.phrases
        ]
        often = Counter(stem for _name, _term, keys in terms for key in keys for stem in key)
        self._from: dict[str, list[Entry]] = defaultdict(list)
        for name, term, keys in terms:
            rarest = min(range(len(keys)), key=lambda at: max(often[stem] for stem in keys[at]))  # noqa: B023
            entry = Entry(name, term, keys, rarest)
            for stem in keys[rarest]:
                self._from[stem].append(entry)

    def find(self, folded: Sequence[str], of_word: Callable[[str], Held]) -> list[Met]:
        """What the words of a text meet; words of one place count for a concept once, at their best."""
        said = [of_word(word) for word in folded]
        silent = word_list("stop-words")
        found: dict[tuple[str, tuple[int, ...]], float] = {}
        for place, held in enumerate(said):
            for stem in held:
                for entry in self._from.get(stem, ()):
                    term = entry.phrase
                    if folded[place] in silent and not (term.in_order or term.words == (folded[place],)):
                        continue
                    worth, places = _meet(entry, said, place)
                    if worth > found.get((entry.concept, places), 0.0):
                        found[entry.concept, places] = worth
        return [Met(concept, worth, places) for (concept, places), worth in found.items()]


def _meet(entry: Entry, said: Sequence[Held], place: int) -> tuple[float, tuple[int, ...]]:
    """What the term is worth with its rarest word at this place, and where its words stand; 0: not met."""
    worth = LOOSE if entry.phrase.loose else STRONG
    if len(entry.keys) == 1:
        return worth * _weight(said[place], entry.keys[0]), (place,)
    look = _in_order if entry.phrase.in_order else _nearby
    least, places = look(entry, said, place)
    return worth * OF_SEVERAL * least, tuple(sorted(places))


def _in_order(entry: Entry, said: Sequence[Held], place: int) -> tuple[float, list[int]]:
    first = place - entry.rarest
    places = list(range(first, first + len(entry.keys)))
    whole = first >= 0 and places[-1] < len(said)
    met = whole and all(_weight(said[at], key) == 1 for at, key in zip(places, entry.keys, strict=True))
    return float(met), places


def _nearby(entry: Entry, said: Sequence[Held], place: int) -> tuple[float, list[int]]:
    around = range(max(0, place - NEAR), min(len(said), place + NEAR + 1))
    places, least = [place], _weight(said[place], entry.keys[entry.rarest])
    for number, key in enumerate(entry.keys):
        if number != entry.rarest:
            free = ((_weight(said[at], key), -at) for at in around if at not in places)
            weight, at = max(free, default=(0.0, 0))
            least = min(least, weight)
            if not weight:
                break
            places.append(-at)
    return least, places


def _weight(held: Held, key: Iterable[str]) -> float:
    return max((held.get(stem, 0.0) for stem in key), default=0.0)


@cache
def finder() -> Finder:
    """The finder of the whole thesaurus; made once a process."""
    return Finder(concepts().values())
