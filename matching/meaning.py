"""What texts are about: likeness over the concepts of the civic thesaurus, after explicit semantic analysis.

A text is compared with the terms of every concept (BM25), its best concepts are sharpened and spread to those
next to them, and two texts are alike as far as their concepts are (cosine). So "nestkast" meets
"biodiversiteit" though they share no letter. Method: Gabrilovich and Markovitch, IJCAI 2007. Constants were
chosen on sentences written for them, some for each, never on labelled plans: docs/thesaurus.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dutch import words
from dutch.stems import stems
from dutch.thesaurus import Concept, concepts
from dutch.wordlists import word_list
from matching.bags import Bags, Postings, Scores
from matching.reading import Reading, analyser

LOOSE = 0.5
"""What is left of a term that only hints."""
K1, B = 0.25, 1.0
"""As in BM25. A concept is a list of terms: to hold one twice says little, to hold few says much."""
SHARPLY = 1.5
"""The power to which the rarity of a term among concepts is raised."""
K_QUESTION = 4.0
"""How soon more of the same word in a text stops counting."""
TWO_WORDS, APART = 0.5, 4
"""What two words of a term count for that stand together ("alleen thuis"), and how far apart at most."""
MOST_CONCEPTS = 24
"""A text is about so many concepts at most; what comes after is noise."""
SHARPENED = 3.0
"""The power to which the concepts of a text are raised: the best speak for it."""
TELLING, HALF_SAID = 5, 40.0
"""So many concepts tell how much a text says of municipal matters, and what is half of all one can say."""
UPWARDS, SIDEWAYS, BACK = 0.4, 0.3, 0.2
"""What is left of a concept in the broader ones, in those related to it, and in those that name it."""
FROM = 0.25
"""Words that point at a concept less than this share of what the best word does are not worth quoting."""
MOST_QUOTED = 3


About = Mapping[str, float]
"""Concept → how much a text is about it, best first."""


class Concepts:
    """The concepts of a thesaurus as one space, made once a process."""

    def __init__(self, every: Iterable[Concept]) -> None:
        known = list(every)
        self.names = tuple(one.name for one in known)
        self.number = {name: number for number, name in enumerate(self.names)}
        bags = Bags.of(map(_bag, known))
        self._postings = Postings(len(bags), bags.places, bags.tokens, _worth(bags), bags.numbers)
        in_order = np.argsort(self._postings.places, kind="stable")
        self._tokens, self._worth = self._postings.tokens[in_order], self._postings.weights[in_order]
        self._begins = np.searchsorted(self._postings.places[in_order], np.arange(len(bags) + 1))
        self._written = tuple(bags.numbers)
        self._beside = _beside(token.split() for token in self._written if " " in token)
        self._near: dict[str, dict[str, float]] = {name: {} for name in self.names}
        for one in known:
            for other in one.broader:
                self._link(one.name, other, UPWARDS)
            for other in one.related:
                self._link(one.name, other, SIDEWAYS)
        self._from, self._to, self._share = self._steps()
        self._terms = lru_cache(maxsize=512)(self._terms_of)

    def _link(self, name: str, other: str, share: float) -> None:
        near, back = self._near[name], self._near[other]
        near[other] = max(near.get(other, 0.0), share)
        back[name] = max(back.get(name, 0.0), BACK)

    def _steps(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Scores]:
        steps = [
            (self.number[name], self.number[other], share)
            for name, near in self._near.items()
            for other, share in ((name, 1.0), *near.items())
        ]
        start, end, share = zip(*steps, strict=True) if steps else ((), (), ())
        return np.array(start, dtype=np.int32), np.array(end, dtype=np.int32), np.array(share, dtype=float)

    def of(self, reading: Reading) -> dict[str, float]:
        """Concept → how much the text is about it, the best 1, falling; the best few only."""
        if reading.about is None:
            reading.about = self.about(reading)[0]
        return reading.about

    def about(self, reading: Reading) -> tuple[dict[str, float], float]:
        """The same, and how much the text says at all about what these concepts cover, from 0 to 1."""
        asked = {term: weight / (weight + K_QUESTION) for term, weight in reading.terms.items()}
        found = self._postings.scores(
            asked | dict.fromkeys(self._said_together(reading), 1 / (1 + K_QUESTION))
        )
        least = np.partition(found, -MOST_CONCEPTS)[-MOST_CONCEPTS] if len(found) > MOST_CONCEPTS else 0.0
        best = np.flatnonzero((found > 0) & (found >= least))
        best = best[np.argsort(-found[best], kind="stable")[:MOST_CONCEPTS]]
        if not len(best):
            return {}, 0.0
        said = float(found[best[:TELLING]].sum())
        sharpened = (found[best] / found[best[0]]) ** SHARPENED
        about = dict(zip([self.names[at] for at in best], sharpened.tolist(), strict=True))
        return about, said / (said + HALF_SAID)

    def _said_together(self, reading: Reading) -> dict[str, tuple[str, str]]:
        """Two words of a term → as they are written in a text, where they stand near each other."""
        if reading.together is None:
            said = reading.in_order
            reading.together = {
                _pair(one, other): (written, beside)
                for place, (one, written) in enumerate(said)
                if (mates := self._beside.get(one))
                for other, beside in said[place + 1 : place + 1 + APART]
                if other in mates
            }
        return reading.together

    def spread(self, about: About) -> Scores:
        """Per concept how much a text is about it, or about one next to it."""
        bare = np.zeros(len(self.names))
        bare[[self.number[name] for name in about]] = list(about.values())
        found = np.bincount(self._to, weights=bare[self._from] * self._share, minlength=len(bare))
        return found.astype(np.float64, copy=False)

    def vector(self, reading: Reading) -> dict[str, float]:
        """Concept → how much the text is about it, such that its length is 1 after spreading."""
        about = self.of(reading)
        length = _length(self.spread(about))
        return {name: weight / length for name, weight in about.items()}

    def asked(self, about: About) -> Scores:
        """Per concept what it is worth that another text is about it; with its `vector` the cosine."""
        spread = self.spread(about)
        return self._gathered(spread / _length(spread))

    def _gathered(self, spread: Scores) -> Scores:
        """The way back of `spread`: per concept what a text about it alone would share with this one."""
        back = np.bincount(self._from, weights=spread[self._to] * self._share, minlength=len(spread))
        return back.astype(np.float64, copy=False)

    def named(self, vector: Mapping[int, float]) -> dict[str, float]:
        """Concept → how much a text is about it, the best 1, of a vector with numbers for concepts."""
        most = max(vector.values(), default=1.0)
        return {self.names[number]: weight / most for number, weight in vector.items()}

    def near(self, name: str) -> Mapping[str, float]:
        """The concepts one step away, and what is left there."""
        return self._near[name]

    def words(self, reading: Reading, name: str) -> tuple[str, ...]:
        """The words of a text that point at a concept most, as written, best first."""
        if name not in reading.pointing:
            reading.pointing[name] = self._words(reading, name)
        return reading.pointing[name]

    def _words(self, reading: Reading, name: str) -> tuple[str, ...]:
        known = self._terms(name)
        worth: dict[tuple[str, ...], float] = {}
        for term, weight in reading.terms.items():
            if term in known and reading.sources[term] not in reading.unwanted:
                surfaces = (reading.surfaces[reading.sources[term]],)
                worth[surfaces] = max(worth.get(surfaces, 0.0), weight * known[term])
        unwanted = {reading.surfaces[folded] for folded in reading.unwanted}
        for pair, together in self._said_together(reading).items():
            if pair in known and unwanted.isdisjoint(together):
                worth[together] = known[pair]
        least = FROM * max(worth.values(), default=0.0)
        best = sorted((said for said in worth if worth[said] >= least), key=lambda one: -worth[one])
        return tuple(dict.fromkeys(word for said in best for word in said))[:MOST_QUOTED]

    def _terms_of(self, name: str) -> dict[str, float]:
        number = self.number[name]
        here = slice(self._begins[number], self._begins[number + 1])
        tokens, worth = self._tokens[here].tolist(), self._worth[here].tolist()
        return {self._written[token]: value for token, value in zip(tokens, worth, strict=True)}


def _bag(concept: Concept) -> dict[str, float]:
    """The terms of a concept with their weights; its name is one of its phrases."""
    bag: dict[str, float] = {}
    said = [(tuple(word.folded for word in words(concept.name)), 1.0)]
    said += [(phrase.words, LOOSE if phrase.loose or phrase.idiom else 1.0) for phrase in concept.phrases]
    of_word, silent = analyser().of_word, word_list("function-words")
    for spoken, weight in said:
        for folded in spoken:
            for term, share in of_word(folded):
                bag[term] = bag.get(term, 0.0) + weight * share
        telling = [stems(folded)[0] for folded in spoken if folded not in silent]
        for pair in map(_pair, telling, telling[1:]):
            bag[pair] = bag.get(pair, 0.0) + weight * TWO_WORDS
    return bag


def _beside(pairs: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """Stem → the stems it makes a token with."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return dict(found)


def _pair(one: str, other: str) -> str:
    """Two stems as one token, whichever came first; no stem has a space in it."""
    return f"{one} {other}" if one < other else f"{other} {one}"


def _worth(bags: Bags) -> Scores:
    places, tokens, weights = bags.places, bags.tokens, bags.weights
    holding = np.bincount(tokens, minlength=len(bags.numbers))[tokens]
    rarity = np.log1p((len(bags) - holding + 0.5) / (holding + 0.5)) ** SHARPLY
    lengths = np.bincount(places, weights=weights, minlength=len(bags))
    k = (K1 * (1 - B + B * lengths / lengths.mean()))[places] if len(bags) else weights
    worth: Scores = rarity * weights * (1 + K1) / (weights + k)
    return worth


def _length(vector: Scores) -> float:
    return float(np.sqrt(vector @ vector)) or 1.0


@cache
def civic() -> Concepts:
    """The concepts of the civic thesaurus; read once a process."""
    return Concepts(concepts().values())
