"""The concepts of the civic thesaurus that a text is about, with the words that say so.

Made once a process: of each term only what finding it takes is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dutch.stems import stems
from dutch.thesaurus import Concept, Phrase, read_all
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


Where = dict[str, list[tuple[int, float]]]
"""Stem → the places in a text where it stands, and how much of the word it is there."""


@dataclass(frozen=True, slots=True)
class Met:
    """A concept that a text meets: what that is worth, and at which of its words."""

    concept: str
    worth: float
    places: tuple[int, ...]


Key = tuple[str, ...]
"""The stems of a word of a term."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of several words as it is looked for: from its rarest one."""

    concept: str
    worth: float
    in_order: bool
    rarest: int
    keys: tuple[Key, ...]


class Concepts:
    """All concepts: their terms, and how they hang together."""

    def __init__(self, every: Callable[[], Iterable[Concept]]) -> None:
        """every: gives them all, as often as asked; none is kept as it stands in the file."""
        self.broader: dict[str, Key] = {}
        self._related: dict[str, Key] = {}
        self._next: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, list[tuple[str, float, bool]]] = defaultdict(list)
        self._several: dict[str, list[Term]] = defaultdict(list)
        often = Counter(
            stem for one in every() for phrase in one.phrases for key in _keys(phrase) for stem in key
        )
        for concept in every():
            self._add(concept, often)

    def _add(self, concept: Concept, often: Mapping[str, int]) -> None:
        name = concept.name
        self.broader[name], self._related[name] = tuple(concept.broader), tuple(concept.related)
        for other in (*concept.broader, *concept.related):
            self._next[name].add(other)
            self._next[other].add(name)
        for phrase in concept.phrases:
            worth, keys = LOOSE if phrase.loose else STRONG, _keys(phrase)
            counts = [max(often[stem] for stem in key) for key in keys]
            rarest = counts.index(min(counts))
            for stem in keys[rarest]:
                if len(keys) == 1:
                    silent = phrase.words[0] in word_list("stop-words")
                    self._words[stem].append((name, worth, silent))
                else:
                    term = Term(name, worth * OF_SEVERAL, phrase.in_order, rarest, keys)
                    self._several[stem].append(term)

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

    def of_word(self, held: Held, silent: bool) -> dict[str, float]:
        """Concept → what it is worth that a text holds this word; silent: it is a stop word."""
        found: dict[str, float] = {}
        for stem, weight in held.items():
            for name, worth, is_silent in self._words.get(stem, ()):
                if is_silent == silent:
                    found[name] = max(found.get(name, 0.0), worth * weight)
        return found

    def from_word(self, held: Held, silent: bool) -> tuple[Term, ...]:
        """The terms of several words to look for around this word; from a stop word only those in order."""
        found = [term for stem in held for term in self._several.get(stem, ())]
        return tuple(dict.fromkeys(term for term in found if term.in_order or not silent))


class Finder:
    """Looks for concepts in texts. held: the stems of a folded word, by an analyser."""

    def __init__(self, every: Concepts, held: Callable[[str], Held]) -> None:
        self._every, self._held = every, held
        self._of_word = lru_cache(maxsize=8_192)(self._look_up)

    def _look_up(self, folded: str) -> tuple[Held, dict[str, float], tuple[Term, ...]]:
        held, silent = self._held(folded), folded in word_list("stop-words")
        return held, self._every.of_word(held, silent), self._every.from_word(held, silent)

    def find(self, folded: Sequence[str]) -> list[Met]:
        """What the words of a text meet; the same words count for a concept once, at their best."""
        looked_up = list(map(self._of_word, folded))
        said = [held for held, _concepts, _terms in looked_up]
        where: Where = defaultdict(list)
        for place, held in enumerate(said):
            for stem, weight in held.items():
                where[stem].append((place, weight))
        found: dict[tuple[str, tuple[int, ...]], float] = {}
        for place, (_held, concepts_here, terms) in enumerate(looked_up):
            for name, worth in concepts_here.items():
                found[name, (place,)] = worth
            for term in terms:
                if any(map(where.keys().isdisjoint, term.keys)):
                    continue
                met = _in_order(term, said, place) if term.in_order else _nearby(term, where, place)
                worth, places = met
                if worth > found.get((term.concept, places), 0.0):
                    found[term.concept, places] = worth
        return [Met(concept, worth, places) for (concept, places), worth in found.items()]


def _keys(phrase: Phrase) -> tuple[Key, ...]:
    return tuple(map(stems, phrase.words))


def _in_order(term: Term, said: Sequence[Held], place: int) -> tuple[float, tuple[int, ...]]:
    first = place - term.rarest
    places = tuple(range(first, first + len(term.keys)))
    whole = first >= 0 and places[-1] < len(said)
    met = whole and all(_weight(said[at], key) == 1 for at, key in zip(places, term.keys, strict=True))
    return term.worth * met, places


def _nearby(term: Term, where: Where, place: int) -> tuple[float, tuple[int, ...]]:
    """What the term is worth with its rarest word here, and where its words stand; 0: not met."""
    places, least = (
        [place],
        max(weight for at, weight in _standing(where, term.keys[term.rarest]) if at == place),
    )
    for number, key in enumerate(term.keys):
        if number == term.rarest:
            continue
        free = [
            (weight, -at)
            for at, weight in _standing(where, key)
            if -NEAR <= at - place <= NEAR and at not in places
        ]
        if not free:
            return 0.0, ()
        weight, at = max(free)
        least = min(least, weight)
        places.append(-at)
    return term.worth * least, tuple(sorted(places))


def _standing(where: Where, key: Key) -> list[tuple[int, float]]:
    return [one for stem in key if stem in where for one in where[stem]]


def _weight(held: Held, key: Key) -> float:
    return max([held.get(stem, 0.0) for stem in key])


@cache
def civic() -> Concepts:
    """The concepts of the civic thesaurus; read once a process."""
    return Concepts(read_all)
