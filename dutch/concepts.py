"""The concepts of the civic thesaurus that a text is about, with the words that say so.

Made once a process: of each term only what finding it takes is kept.
"""

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
UPWARDS, SIDEWAYS = 0.5, 0.3
"""What is left of a concept in the broader ones, and in those related to it."""

Held = Mapping[str, float]
"""The stems of a word of a text, each from 0 to 1: those of a part of a compound weigh less."""


@dataclass(frozen=True, slots=True)
class Met:
    """A concept that a text meets: what that is worth, and at which of its words."""

    concept: str
    worth: float
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is looked for: by its rarest word. keys: the stems of each of its words."""

    concept: str
    worth: float
    in_order: bool
    silent: bool
    rarest: int
    keys: tuple[tuple[str, ...], ...]


class Concepts:
    """All concepts: found in texts, and how they hang together."""

    def __init__(self, every: Iterable[Concept]) -> None:
        every = list(every)
        self.broader = {one.name: tuple(one.broader) for one in every}
        self._related = {one.name: tuple(one.related) for one in every}
        self._next: dict[str, set[str]] = {one.name: {*one.broader, *one.related} for one in every}
        for one in every:
            for other in (*one.broader, *one.related):
                self._next.setdefault(other, set()).add(one.name)
        self._terms = _by_rarest(every)

    def next_to(self, name: str) -> list[str]:
        """The concepts one step away, whichever of the two names the other; by name."""
        return sorted(self._next[name])

    def spread(self, strengths: Mapping[str, float]) -> dict[str, float]:
        """Concept → strength, with those one step up or aside: a rouwcafé touches loneliness too."""
        found = dict(strengths)
        for name, strength in strengths.items():
            for share, others in ((UPWARDS, self.broader[name]), (SIDEWAYS, self._related[name])):
                for other in others:
                    found[other] = max(found.get(other, 0.0), share * strength)
        return found

    def find(self, folded: Sequence[str], of_word: Callable[[str], Held]) -> list[Met]:
        """What the words of a text meet; the same words count for a concept once, at their best."""
        said = [of_word(word) for word in folded]
        stop_words = word_list("stop-words")
        found: dict[tuple[str, tuple[int, ...]], float] = {}
        for place, held in enumerate(said):
            is_silent = folded[place] in stop_words
            for stem in held:
                for term in self._terms.get(stem, ()):
                    if is_silent and not (term.in_order or term.silent):
                        continue
                    worth, places = _meet(term, said, place)
                    if worth > found.get((term.concept, places), 0.0):
                        found[term.concept, places] = worth
        return [Met(concept, worth, places) for (concept, places), worth in found.items()]


def _by_rarest(every: Iterable[Concept]) -> dict[str, list[Term]]:
    """Stem → the terms of which the rarest word has it."""
    phrases = [(one.name, phrase, tuple(map(stems, phrase.words))) for one in every for phrase in one.phrases]
    often = Counter(stem for _name, _phrase, keys in phrases for key in keys for stem in key)
    found: dict[str, list[Term]] = defaultdict(list)
    for name, phrase, keys in phrases:
        counts = [max(often[stem] for stem in key) for key in keys]
        term = _term(name, phrase, keys, counts.index(min(counts)))
        for stem in keys[term.rarest]:
            found[stem].append(term)
    return dict(found)


def _term(name: str, phrase: Phrase, keys: tuple[tuple[str, ...], ...], rarest: int) -> Term:
    worth = (LOOSE if phrase.loose else STRONG) * (OF_SEVERAL if len(keys) > 1 else 1.0)
    silent = len(keys) == 1 and phrase.words[0] in word_list("stop-words")
    return Term(name, worth, phrase.in_order, silent, rarest, keys)


def _meet(term: Term, said: Sequence[Held], place: int) -> tuple[float, tuple[int, ...]]:
    """What the term is worth with its rarest word at this place, and where its words stand; 0: not met."""
    if len(term.keys) == 1:
        return term.worth * _weight(said[place], term.keys[0]), (place,)
    least, places = (_in_order if term.in_order else _nearby)(term, said, place)
    return term.worth * least, tuple(sorted(places))


def _in_order(term: Term, said: Sequence[Held], place: int) -> tuple[float, list[int]]:
    first = place - term.rarest
    places = list(range(first, first + len(term.keys)))
    whole = first >= 0 and places[-1] < len(said)
    met = whole and all(_weight(said[at], key) == 1 for at, key in zip(places, term.keys, strict=True))
    return float(met), places


def _nearby(term: Term, said: Sequence[Held], place: int) -> tuple[float, list[int]]:
    around = range(max(0, place - NEAR), min(len(said), place + NEAR + 1))
    places, least = [place], _weight(said[place], term.keys[term.rarest])
    for number, key in enumerate(term.keys):
        if number == term.rarest:
            continue
        free = ((_weight(said[at], key), -at) for at in around if at not in places)
        weight, at = max(free, default=(0.0, 0))
        least = min(least, weight)
        if not least:
            break
        places.append(-at)
    return least, places


def _weight(held: Held, key: Iterable[str]) -> float:
    return max((held.get(stem, 0.0) for stem in key), default=0.0)


@cache
def civic() -> Concepts:
    """The concepts of the civic thesaurus; read once a process."""
    return Concepts(concepts().values())
