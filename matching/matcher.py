"""The one entrance of the thinking half: a corpus in, a Matcher out; a question in, an answer out."""

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np

from funding import advice, asked
from matching import fields
from matching.assignment import Assignment, Case
from matching.embedding import Nearness
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
from matching.meaning import ConceptSpace, civic
from matching.partners import Kindred, Partners, Recall
from matching.ranking import (
    Channel,
    ConceptChannel,
    EmbeddingChannel,
    LetterChannel,
    Probe,
    ProfileChannel,
    WordChannel,
    chance,
    fused,
)
from matching.reading import Field, Reader, Reading, Readings
from matching.shapes import Answer, Candidate, Corpus, Initiative, Question, Reason, Unclear

VERSION = "2026.3"
"""Raise it whenever the same question may get another answer."""

MOST_GOALS = 10
MOST_COUNTED = 1_000
"""Initiatives whose words tell how rare a word is and how compounds fall apart; more say nothing new."""
FITS_FROM = 0.3
"""The score from which we say that a goal fits: of ten such suggestions three are right."""
ELSEWHERE = 0.5
"""What is left of the score of a goal that is meant for other districts."""
WORTH_READING = 0.04
"""Goals with less than this are not worth reading."""
FEWEST_WORDS = 2
KNOWN_SHARE = 0.45
"""A text of which fewer words are Dutch is in another language, or in none."""


Of = Callable[[Any], list[Field]]
"""What of a thing is read."""


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
        self.fits_from = FITS_FROM
        """The score from which this matcher says that a goal fits."""
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
        self._nearness = Nearness(corpus.encoder, corpus.goals) if corpus.encoder and corpus.goals else None
        if self._nearness:
            self._channels["embedding"] = EmbeddingChannel(self._nearness)
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

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the kinds of evidence for goals that this matcher hears."""
        return tuple(self._channels)

    def hearing(self, names: Collection[str]) -> "Matcher":
        """The same matcher that hears only these channels: to measure what each of them is worth."""
        other = copy(self)
        other._channels = {name: channel for name, channel in self._channels.items() if name in names}
        other._nearness = self._nearness if "embedding" in names else None
        return other

    def answer(self, question: Question) -> Answer:
        """Goals, contact, partners, initiatives alike, help and forms, each with its reasons.

        Never raises, whatever the text; the same question always gets the same answer.
        """
        reading = self._reader.read(fields.of_question(question))
        if unclear := _unclear(reading):
            return Answer(VERSION, unclear, contact=self._assignment.front_desk())
        probe = self._probe(reading, f"{question.title}. {question.text}")
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

    def _probe(self, reading: Reading, text: str) -> Probe:
        about, said = civic().about(reading)
        encoded = self._nearness.encode(text) if self._nearness else None
        return Probe(reading, self._space.like(reading), about, said, self._meaning.like(about), encoded)

    def _best_goals(self, probe: Probe, district: str) -> tuple[Candidate, ...]:
        """The ten best goals for which there is a reason to give."""
        scores = chance(fused(self._channels, probe) * self._reach(district))
        found: list[Candidate] = []
        for place in best_first(scores, self._keys):
            if scores[place] < WORTH_READING or len(found) == MOST_GOALS:
                break
            if reasons := self._goal_reasons.of(probe, place) or self._near(probe, place):
                found.append(Candidate(self._keys[place], float(scores[place]), len(found) + 1, reasons))
        return tuple(found)

    def _near(self, probe: Probe, place: int) -> tuple[Reason, ...]:
        """The reason for a goal that only the encoder finds near."""
        if self._nearness is None or probe.encoded is None:
            return ()
        reason = self._nearness.reason(probe.encoded, place)
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
