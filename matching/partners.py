"""Who else to meet: partners whose interests and offers touch the plan, and initiatives like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from sys import intern

import numpy as np

from matching import fields
from matching.bags import Bags, Postings, Scores, remembered
from matching.explain import alike_reason, concept_reason, look_alike, meeting, quoted, told_by, words_reason
from matching.index import (
    ConceptSpace,
    Marks,
    Numbers,
    Rarities,
    Rarity,
    Texts,
    WordIndex,
    best_first,
    fresh_of,
    half,
    meant,
)
from matching.meaning import civic
from matching.ranking import Probe, chance
from matching.reading import Reader, Reading, Readings
from matching.shapes import EVERYWHERE, Archive, Candidate, Goal, Partner, Reason

MOST = 5
MOST_READ = 12
"""Initiatives that are looked at to find those few: now and then one has no word worth naming."""
MOST_ABOUT = 8
"""Concepts kept of an initiative: there are many, and the first ones say what it is."""
BEST_GOALS = 5
BY_TEXT, BY_GOALS = 0.7, 0.3
"""A partner is found by the plan's own words, and by what the goals it serves are about."""
BY_LETTERS, BY_WORDS, BY_CONCEPTS = 0.3, 0.3, 0.4
HALF_LETTERS, HALF_WORDS, HALF_CONCEPTS = 0.2, 30.0, 0.2
"""The raw score that is half convincing."""
ELSEWHERE = 0.5
"""What is left of the score of a partner who works in other districts: now and then knowledge travels."""
EVEN, STEEP = 0.3, 13.0
"""The score at which half of such partners were right on the dev set, and how fast that changes."""
EVEN_KIN, STEEP_KIN = 0.37, 9.0
"""The same for initiatives alike, which were right if they share a goal."""
WEAKEST_PARTNER, WEAKEST_INITIATIVE = 0.05, 0.2
"""Below this nothing is suggested."""

MOST_DISTRICTS = 64
"""Districts of which is kept who works there."""

Best = Sequence[tuple[int, float]]
"""Places and scores of the best goals, best first."""


class Partners:
    """The organisations that are open for cooperation."""

    def __init__(
        self, partners: Sequence[Partner], texts: Texts,
        goals: Sequence[Goal], goal_readings: Sequence[Reading],
        meaning: ConceptSpace, rarities: Rarities,
    ) -> None:  # fmt: skip
        self._partners = partners
        self._readings = texts.readings
        self._goals = goals
        self._goal_readings = goal_readings
        self._rarities = rarities
        self._index = WordIndex(texts.words, rarities.words)
        self._meaning = meaning
        self._reach_of = remembered(MOST_DISTRICTS, self._reach)
        self._keys = [partner.key for partner in partners]

    def suggest(self, probe: Probe, district: str, best: Best) -> tuple[Candidate, ...]:
        """At most five, best first, each with its reasons."""
        best = best[:BEST_GOALS]
        scores = chance(self._scores(probe, best) * self._reach_of(district), EVEN, STEEP)
        found: list[Candidate] = []
        for place in best_first(scores, WEAKEST_PARTNER):
            if len(found) == MOST:
                break
            if reasons := self._reasons(place, probe, district, best):
                found.append(Candidate(self._keys[place], float(scores[place]), len(found) + 1, reasons))
        return tuple(found)

    def _scores(self, probe: Probe, best: Best) -> Scores:
        whole = sum(score for _, score in best) or 1.0
        scores = BY_TEXT * self._strengths(probe.likeness.partners, probe.meant.partners, probe.reading)
        shares = [(goal, score / whole) for goal, score in best]
        meant = half(self._meaning.partners_like_goals(shares), HALF_CONCEPTS)
        said = half(self._index.scores(self._said_by_goals(shares)), HALF_WORDS)
        return scores + BY_GOALS * (0.5 * meant + 0.5 * said)

    def _said_by_goals(self, shares: Best) -> Reading:
        """The words of some goals together, each by the share of its goal."""
        terms: dict[str, float] = {}
        for goal, share in shares:
            for term, weight in self._goal_readings[goal].terms.items():
                terms[term] = terms.get(term, 0.0) + share * weight
        return Reading(terms)

    def _strengths(self, letters: Scores, meaning: Scores, reading: Reading) -> Scores:
        return (
            BY_LETTERS * half(letters, HALF_LETTERS)
            + BY_WORDS * half(self._index.scores(reading), HALF_WORDS)
            + BY_CONCEPTS * half(meaning, HALF_CONCEPTS)
        )

    def _reach(self, district: str) -> Scores:
        return np.array(
            [
                partner.open * (1.0 if _works_in(partner, district) else ELSEWHERE)
                for partner in self._partners
            ]
        )

    def _reasons(self, place: int, probe: Probe, district: str, best: Best) -> tuple[Reason, ...]:
        question = probe.reading
        partner, reading = self._partners[place], self._readings[place]
        reasons: list[Reason] = []
        if met := meeting(question, reading, self._rarities.words):
            reasons.append(words_reason("offer", met, partner.name))
        meant = concept_reason(probe, reading, partner.name)
        if meant and not told_by(met, meant):
            reasons.append(meant)
        if not reasons and (met := look_alike(question, reading)):
            reasons.append(alike_reason(met, partner.name))
        for goal, _ in best if not reasons else best[:1]:
            if met := meeting(self._goal_readings[goal], reading, self._rarities.words):
                told = self._goals[goal].plain_title or self._goals[goal].title
                sentence = f"Past bij {quoted((told,))}: {partner.name} noemt {quoted(met.theirs)}."
                reasons.append(Reason("goal", sentence, (), met.theirs))
                break
        if reasons and district and EVERYWHERE not in partner.districts and _works_in(partner, district):
            reasons.append(Reason("district", f"Werkt in {district}."))
        return tuple(reasons)


@dataclass(slots=True)
class Plans:
    """Initiatives: their words and concepts as numbers, where each is, and each as it was read."""

    marks: Marks
    words: Postings
    about: Postings
    readings: Readings
    districts: Sequence[str]

    @classmethod
    def of(cls, archive: Archive, reader: Reader, numbers: Numbers, before: "Plans | None" = None) -> "Plans":
        """Reads those of which the mark is not what it was before."""
        before = before or cls.none(numbers)
        fresh, rows = fresh_of(archive.marks, before.marks)
        words, about = Bags(numbers.words), Bags(numbers.concepts)
        packed, districts = [*before.readings.packed], [*before.districts]
        for initiative in archive.each(fresh):
            reading = reader.read(fields.of_initiative(initiative))
            words.add(reading.terms)
            about.add(dict(islice(civic().vector(reading).items(), MOST_ABOUT)))
            reading.about = None  # its first ones are in `about`
            packed.append(reading.packed())
            districts.append(intern(initiative.district))
        return cls(
            archive.marks,
            before.words.changed(rows, words),
            before.about.changed(rows, about),
            Readings([packed[row] for row in rows]),
            [districts[row] for row in rows],
        )

    @classmethod
    def none(cls, numbers: Numbers) -> "Plans":
        """No initiatives at all."""
        words, about = Postings.of(Bags(numbers.words)), Postings.of(Bags(numbers.concepts))
        return cls({}, words, about, Readings(), ())

    def reading(self, place: int) -> Reading:
        """With the concepts it is most about."""
        reading = self.readings[place]
        if reading.about is None:
            reading.about = civic().named(self.about.document(place))
        return reading


class Kindred:
    """Initiatives that may be shown to everybody."""

    def __init__(self, plans: Plans, rarity: Rarity) -> None:
        self._keys = list(plans.marks)
        self._plans = plans
        self._rarity = rarity
        self._index = WordIndex(plans.words, rarity)

    def suggest(self, probe: Probe, district: str, itself: str) -> tuple[Candidate, ...]:
        """At most five initiatives like the question in words or in meaning, best first; never itself."""
        scores = chance(self._scores(probe), EVEN_KIN, STEEP_KIN)
        best = best_first(scores, WEAKEST_INITIATIVE, MOST_READ)
        found: list[Candidate] = []
        for place in (place for place in best if self._keys[place] != itself):
            if len(found) == MOST:
                break
            if reasons := self._reasons(probe, place):
                if district and self._plans.districts[place] == district:
                    reasons.append(Reason("district", f"Het is ook in {district}."))
                score = float(scores[place])
                found.append(Candidate(self._keys[place], score, len(found) + 1, tuple(reasons)))
        return tuple(found)

    def _scores(self, probe: Probe) -> Scores:
        by_words = half(self._index.scores(probe.reading), HALF_WORDS)
        by_concepts = half(meant(civic().asked(probe.about), self._plans.about), HALF_CONCEPTS)
        return 0.5 * by_words + 0.5 * by_concepts

    def _reasons(self, probe: Probe, place: int) -> list[Reason]:
        read = self._plans.reading(place)
        met = meeting(probe.reading, read, self._rarity)
        meant_too = concept_reason(probe, read, "Dit initiatief")
        told = [words_reason("words", met, "Dit initiatief")] if met else []
        return told + ([meant_too] if meant_too and not told_by(met, meant_too) else [])


def _works_in(partner: Partner, district: str) -> bool:
    return not district or EVERYWHERE in partner.districts or district in partner.districts
