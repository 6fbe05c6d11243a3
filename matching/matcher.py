"""The one entrance of the thinking half: a corpus in, a Matcher out; a question in, an answer out."""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import Any

import numpy as np

from funding import advice, asked
from matching import fields
from matching.assignment import Assignment, Case
from matching.explain import GoalReasons
from matching.index import (
    Bags,
    LetterSpace,
    Numbers,
    Rarities,
    Scores,
    Texts,
    WordIndex,
    best_first,
)
from matching.learning import TOLD_FROM, Evidence
from matching.meaning import ConceptSpace, civic
from matching.partners import Kindred, Partners, Recall
from matching.ranking import Channel, ConceptChannel, LetterChannel, Probe, ProfileChannel, WordChannel, fused
from matching.reading import Field, Reader, Reading, Readings
from matching.shapes import Answer, Candidate, Corpus, Goal, Initiative, Learned, Question, Reason, Unclear

VERSION = "2026.3"
"""Raise it whenever the same question may get another answer."""

MOST_GOALS = 10
FIRST = 5
"""The first so many are what people look at."""
MOST_COUNTED = 1_000
"""Initiatives whose words tell how rare a word is and how compounds fall apart; more say nothing new."""
FITS_FROM, FITS_FROM_WITHOUT_PLAIN_SIDE = 0.35, 0.27
"""The score from which we say that a goal fits. Goals in policy words alone meet fewer words of residents."""
ELSEWHERE = 0.5
"""What is left of the score of a goal that is meant for other districts."""
SHARE_OF_BEST = 0.2
"""Goals with less than this share of the best score are not worth reading."""
FEWEST_WORDS = 2
KNOWN_SHARE = 0.45
"""A text of which fewer words are Dutch is in another language, or in none."""


Of = Callable[[Any], list[Field]]
"""What of a thing is read."""
Reasons = Callable[[int], tuple[Reason, ...]]
"""The reasons for a goal, by its place; none: it is not suggested."""


class Matcher:
    """All that a municipality knows, read once. Answers any number of questions, from any thread."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus = _in_order(corpus)
        counted = corpus.initiatives[:MOST_COUNTED]
        kinds: list[tuple[Of, Sequence[Any]]] = [
            (fields.of_goal, corpus.goals),
            (fields.of_contact, corpus.contacts),
            (fields.of_partner, corpus.partners),
            (fields.of_initiative, counted),
        ]
        texts = (text for of, things in kinds for thing in things for text, _ in of(thing))
        self._reader = Reader(texts, corpus.places)
        self._keys = [goal.key for goal in corpus.goals]
        self._place = {key: place for place, key in enumerate(self._keys)}
        plain = sum(bool(goal.plain_description or goal.search_words) for goal in corpus.goals)
        self.fits_usually = FITS_FROM if 2 * plain >= len(corpus.goals) else FITS_FROM_WITHOUT_PLAIN_SIDE
        """The score from which we would say that a goal fits."""
        self.fits_from = round(self.fits_usually + corpus.shift, 2)
        """The score from which this matcher says so, as the municipality set it."""
        numbers = Numbers(concepts=civic().number)
        self._learn(*(Texts.of(self._readings(*kind), numbers, civic().of) for kind in kinds))

    def _readings(self, of: "Of", things: Sequence[Any]) -> Readings:
        return Readings(lambda place: self._reader.read(of(things[place])), len(things))

    def _learn(self, goals: Texts, contacts: Texts, partners: Texts, counted: Texts) -> None:
        corpus = self._corpus
        rarities = Rarities.of(goals, contacts, partners, counted)
        whose = [one.function for one in corpus.contacts] + [one.name for one in corpus.partners]
        profiles = self._readings(fields.of_profile, (*corpus.contacts, *corpus.partners))
        self._space = LetterSpace(goals, contacts, partners, rarities.letters)
        self._meaning = ConceptSpace(civic(), goals, contacts, partners)
        by_profile = ProfileChannel(self._space)
        self._channels: dict[str, Channel] = {
            "words": WordChannel(WordIndex(goals.words, rarities.words)),
            "letters": LetterChannel(),
            "profiles": by_profile,
            "concepts": ConceptChannel(),
        }
        self._rarity = rarities.words
        self._evidence = Evidence(corpus.learned, self._keys, rarities.words)
        self._goal_reasons = GoalReasons(goals.readings, by_profile, profiles, whose, rarities)
        self._assignment = Assignment(
            corpus.contacts, contacts.readings, corpus.goals, self._space, self._meaning, rarities
        )
        self._partners = Partners(
            corpus.partners, partners, corpus.goals, goals.readings, self._space, self._meaning, rarities
        )
        words = Bags.of((self._read(one).terms for one in corpus.initiatives), goals.words.numbers)
        keys = [one.key for one in corpus.initiatives]
        recall = corpus.recall or _keeping(corpus.initiatives)
        index = WordIndex(words, rarities.words)
        self._kindred = Kindred(keys, recall, self._read, index, rarities.words)
        self._corpus = replace(corpus, initiatives=())

    def _read(self, initiative: Initiative) -> Reading:
        return self._reader.read(fields.of_initiative(initiative))

    def answer(self, question: Question) -> Answer:
        """Goals, contact, partners, initiatives alike, help and forms, each with its reasons.

        Never raises, whatever the text; the same question always gets the same answer.
        """
        reading = self._reader.read(fields.of_question(question))
        if unclear := _unclear(reading):
            return Answer(VERSION, unclear, contact=self._assignment.front_desk())
        probe = self._probe(reading)
        goals = self._best_goals(probe, question.district)
        fits = bool(goals) and goals[0].score >= self.fits_from
        best = [(self._place[goal.key], goal.score) for goal in goals]
        told = asked.read(question.title, question.text)
        situation = advice.situation(told, question.needs, question.amount, hopeful=fits)
        return Answer(
            version=VERSION,
            goals=goals,
            fits=fits,
            contact=self._assignment.choose(Case(probe, question.district, best if fits else ())),
            partners=self._partners.suggest(probe, question.district, best),
            similar=self._kindred.suggest(reading, question.district, question.initiative),
            help=advice.help_without_money(situation, told),
            forms=_candidates(advice.forms(situation, told, self._corpus.forms)),
            found_needs=told.needs,
            found_amount=told.amount,
        )

    def _probe(self, reading: Reading) -> Probe:
        about, said = civic().about(reading)
        return Probe(reading, self._space.like(reading), about, said, self._meaning.like(about))

    def terms(self, title: str, text: str) -> dict[str, float]:
        """The terms of a plan with their weights, as learning takes them."""
        return self._reader.read(fields.of_question(Question(title, text))).terms

    def finds(self, goal: str, question: Question) -> bool:
        """Would the texts alone bring this goal among the suggestions? What was learned is left out."""
        reading = self._reader.read(fields.of_question(question))
        if goal not in self._place or _unclear(reading):
            return False
        scores = fused(self._channels, self._probe(reading))
        return self._place[goal] in best_first(scores, self._keys)[:FIRST]

    def unmet(self, goal: Goal, title: str, text: str) -> tuple[str, ...]:
        """Words of a plan that say something and that nothing in the goal meets; most telling first.

        Without words that nearly everybody uses and words that are not Dutch, such as most names of people.
        """
        plan = self._reader.read(fields.of_question(Question(title, text)))
        met = self._reader.read(fields.of_goal(goal)).terms
        words: dict[str, list[str]] = {}
        for term, folded in plan.sources.items():
            words.setdefault(folded, []).append(term)
        worth = {
            folded: plan.content[folded] * max(map(self._rarity.of, terms))
            for folded, terms in words.items()
            if self._reader.tells(folded) and not any(term in met for term in terms)
        }
        return tuple(
            plan.surfaces[folded].lower() for folded in sorted(worth, key=lambda one: (-worth[one], one))
        )

    def taught(self, learned: Iterable[Learned]) -> "Matcher":
        """The same matcher with other lessons; all else is shared, so it takes no time."""
        other = copy.copy(self)
        other._evidence = Evidence(learned, self._keys, self._rarity)
        return other

    def _best_goals(self, probe: Probe, district: str) -> tuple[Candidate, ...]:
        """The ten best goals for which there is a reason to give, by texts and by what was learned."""
        reach = self._reach(district)
        scores = fused(self._channels, probe) * reach
        least = SHARE_OF_BEST * float(scores.max(initial=0.0))
        by_texts: Reasons = cache(partial(self._goal_reasons.of, probe))
        best = self._shown(scores, least, by_texts)
        if not self._evidence:
            return self._candidates(best, scores, by_texts)
        lift = self._evidence.lift(probe.reading, scores) * reach
        after = self._evidence.guarded(best, scores, scores + lift)

        def reasons(place: int) -> tuple[Reason, ...]:
            return by_texts(place) + self._learned(probe, place, float(after[place] - scores[place]))

        return self._candidates(self._shown(after, least, reasons), after, reasons)

    def _shown(self, scores: Scores, least: float, reasons: Reasons) -> list[int]:
        """The places of the ten best goals above the least score that have a reason."""
        worth = (place for place in best_first(scores, self._keys) if scores[place] > least)
        return list(islice((place for place in worth if reasons(place)), MOST_GOALS))

    def _candidates(self, best: Sequence[int], scores: Scores, reasons: Reasons) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(self._keys[place], float(scores[place]), rank, reasons(place))
            for rank, place in enumerate(best, start=1)
        )

    def _learned(self, probe: Probe, place: int, lift: float) -> tuple[Reason, ...]:
        """Says so where evidence decided."""
        reason = self._evidence.reason(probe.reading, place) if lift >= TOLD_FROM else None
        return (reason,) if reason else ()

    def _reach(self, district: str) -> Scores:
        """Per goal what is left of its score in this district; all of it where the district is not known."""
        goals = self._corpus.goals
        elsewhere = [bool(district and goal.districts and district not in goal.districts) for goal in goals]
        return np.where(elsewhere, ELSEWHERE, 1.0)


def _in_order(corpus: Corpus) -> Corpus:
    """The same corpus by key, so that no answer hangs on the order in which rows were read."""
    return replace(
        corpus,
        goals=tuple(sorted(corpus.goals, key=lambda one: one.key)),
        contacts=tuple(sorted(corpus.contacts, key=lambda one: one.key)),
        partners=tuple(sorted(corpus.partners, key=lambda one: one.key)),
        initiatives=tuple(sorted(corpus.initiatives, key=lambda one: one.key)),
    )


def _keeping(initiatives: Sequence[Initiative]) -> Recall:
    """Recalls them from memory."""
    by_key = {one.key: one for one in initiatives}
    return lambda keys: {key: by_key[key] for key in keys}


def _candidates(advised: Sequence[advice.Advised]) -> tuple[Candidate, ...]:
    """Rules know no strength: what is advised is advised."""
    return tuple(
        Candidate(one.key, 1.0, rank, (Reason("rule", one.sentence, one.words),))
        for rank, one in enumerate(advised, start=1)
    )


def _unclear(reading: Reading) -> Unclear:
    """Why this text says too little to answer; empty where it says enough."""
    if not reading.read:
        return "empty"
    if not reading.content:
        return "stop_words_only" if reading.read >= FEWEST_WORDS else "too_short"
    if not reading.known_content or reading.known < KNOWN_SHARE * reading.read:
        return "no_known_words"
    return "too_short" if len(reading.content) < FEWEST_WORDS else ""
