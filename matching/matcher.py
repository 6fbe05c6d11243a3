"""The one entrance of the thinking half: a corpus in, a Matcher out; a question in, an answer out."""

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

import numpy as np

from funding import advice, asked
from matching import fields
from matching.assignment import Assignment, Case
from matching.bags import Scores, remembered
from matching.embedding import Nearness
from matching.explain import GoalReasons
from matching.index import (
    ConceptSpace,
    LetterSpace,
    Numbers,
    Rarities,
    ReadAll,
    Texts,
    WordIndex,
    best_first,
)
from matching.intent import READS_AS_A_PLAN, likely_a_plan
from matching.learning import TOLD_FROM, Evidence
from matching.meaning import civic
from matching.partners import MOST_DISTRICTS, Kindred, Partners, Plans
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
from matching.shapes import (
    Answer,
    Archive,
    Candidate,
    Corpus,
    Goal,
    Initiative,
    Learned,
    Question,
    Reason,
    Unclear,
)

VERSION = "2026.6"
"""Raise it whenever the same question may get another answer."""

MOST_GOALS = 10
FIRST = 5
"""The first so many are what people look at."""
MOST_COUNTED = 1_000
"""Initiatives whose words tell how rare a word is; more say nothing new."""
FITS_FROM = 0.25
"""The score from which we say that a goal fits: of four such suggestions one is right."""
ELSEWHERE = 0.5
"""What is left of the score of a goal that is meant for other districts."""
LEAST = 0.095
"""The fused score from which a goal is worth reading; its chance to be right is then 4 in 100."""
FEWEST_WORDS = 2
CLEARLY_A_PLAN = 0.8
KNOWN_SHARE = 0.45
"""A text of which fewer words are Dutch is in another language, or in none."""


Kinds = tuple[Texts, Texts, Texts, Texts]
"""Of goals, contacts, partners and the initiatives that are counted."""
Of = Callable[[Any], list[Field]]
"""What of a thing is read."""
Reasons = Callable[[int], tuple[Reason, ...]]
"""The reasons for a goal, by its place; none: it is not suggested."""


class Matcher:
    """All that a municipality knows, read once. Answers any number of questions, from any thread."""

    def __init__(self, corpus: Corpus, before: "Matcher | None" = None) -> None:
        """What stayed as it was `before` is not read again."""
        self.corpus = corpus = _in_order(corpus)
        if before and before.corpus.places != corpus.places:
            before = None
        self._reader: Reader = before._reader if before else Reader(corpus.places)
        self._numbers: Numbers = before._numbers if before else Numbers()
        self._keys = [goal.key for goal in corpus.goals]
        self._reach_of = remembered(MOST_DISTRICTS, self._reach)
        self._place = {key: place for place, key in enumerate(self._keys)}
        self.fits_from = fits_from(corpus.shift)
        """The score from which this matcher says that a goal fits, as the municipality set it."""
        archive = _archive(corpus.initiatives)
        self._texts: Kinds = self._read_all(archive, before._texts if before else (None,) * 4)
        was = before._plans if before else None
        self._plans: Plans = Plans.of(archive, self._reader, self._numbers, was)
        self._connect(*self._texts)

    def _read_all(self, archive: Archive, before: Sequence[Texts | None]) -> Kinds:
        corpus, reader = self.corpus, self._reader
        kinds: list[tuple[Mapping[str, Any], ReadAll]] = [
            _things(corpus.goals, fields.of_goal, reader),
            _things(corpus.contacts, fields.of_contact, reader),
            _things(corpus.partners, fields.of_partner, reader),
            (dict(islice(archive.marks.items(), MOST_COUNTED)), _from(archive, reader)),
        ]
        goals, contacts, partners, initiatives = (
            Texts.of(marks, read, self._numbers, known)
            for (marks, read), known in zip(kinds, before, strict=True)
        )
        return goals, contacts, partners, initiatives

    def _connect(self, goals: Texts, contacts: Texts, partners: Texts, counted: Texts) -> None:
        corpus = self.corpus
        rarities = Rarities.of(goals, contacts, partners, counted)
        whose = [one.function for one in corpus.contacts] + [one.name for one in corpus.partners]
        profiles = Readings([*contacts.readings.packed, *partners.readings.packed])
        self._space = LetterSpace(goals, contacts, partners, rarities.letters)
        self._meaning = ConceptSpace(goals, contacts, partners)
        by_profile = ProfileChannel(self._meaning)
        self._channels: dict[str, Channel] = {
            "words": WordChannel(WordIndex(goals.words, rarities.words)),
            "letters": LetterChannel(),
            "profiles": by_profile,
            "concepts": ConceptChannel(),
        }
        self._rarity = rarities.words
        self._evidence = Evidence(corpus.learned, self._keys, rarities.words)
        self._nearness = Nearness(corpus.encoder, corpus.goals) if corpus.encoder and corpus.goals else None
        if self._nearness:
            self._channels["embedding"] = EmbeddingChannel(self._nearness)
        self._goal_reasons = GoalReasons(goals.readings, by_profile, profiles, whose, rarities)
        self._assignment = Assignment(
            corpus.contacts, contacts.readings, corpus.goals, self._meaning, rarities
        )
        self._partners = Partners(
            corpus.partners, partners, corpus.goals, goals.readings, self._meaning, rarities
        )
        self._kindred = Kindred(self._plans, rarities.words)

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the kinds of evidence for goals that this matcher hears."""
        return tuple(self._channels)

    def hearing(self, names: Collection[str]) -> "Matcher":
        """The same matcher that hears only these channels: to measure what each of them is worth."""
        other = copy.copy(self)
        other._reach_of = remembered(MOST_DISTRICTS, other._reach)
        other._channels = {name: channel for name, channel in self._channels.items() if name in names}
        other._nearness = self._nearness if "embedding" in names else None
        return other

    def answer(self, question: Question) -> Answer:
        """Goals, contact, partners, initiatives alike, help and forms, each with its reasons.

        Never raises, whatever the text; the same question always gets the same answer.
        """
        reading = self._reader.read(fields.of_question(question))
        plan = likely_a_plan(_said(question))
        if unclear := _unclear(reading, plan):
            return Answer(VERSION, unclear, contact=self._assignment.front_desk())
        probe = self._probe(reading, question, plan)
        goals = self._best_goals(probe, question.district)
        fits = bool(goals) and goals[0].score >= self.fits_from
        best = [(self._place[goal.key], goal.score) for goal in goals]
        told = asked.read(question.title, question.text)
        situation = advice.situation(told, question.needs, question.amount)
        forms = advice.forms(situation, told, self.corpus.forms)
        keys = [form.key for form in forms]
        schemes = advice.schemes(situation, told, question.district, keys, self.corpus.schemes)
        return Answer(
            version=VERSION,
            goals=goals,
            fits=fits,
            is_plan=probe.plan >= READS_AS_A_PLAN,
            contact=self._assignment.choose(Case(probe, question.district, best if fits else ())),
            partners=self._partners.suggest(probe, question.district, best),
            similar=self._kindred.suggest(probe, question.district, question.initiative),
            help=advice.help_without_money(situation, told),
            forms=_candidates(forms),
            schemes=_candidates(schemes),
            found_needs=told.needs,
            found_amount=told.amount,
            found_words=told.quotes,
        )

    def _probe(self, reading: Reading, question: Question, plan: float) -> Probe:
        about, said = civic().about(reading)
        encoded = self._nearness.encode(_said(question)) if self._nearness else None
        by_meaning = self._meaning.like(about)
        return Probe(reading, self._space.like(reading), about, said, by_meaning, plan, encoded)

    def terms(self, title: str, text: str, is_public: bool = True) -> dict[str, float]:
        """The terms of a plan with their weights, as learning takes them.

        Of a plan that is not public those of Dutch words that say something: no names, no words of its own.
        """
        plan = self._reader.read(fields.of_question(Question(title, text)))
        if is_public:
            return plan.terms
        return {term: weight for term, weight in plan.terms.items() if self._reader.tells(plan.sources[term])}

    def finds(self, goal: str, question: Question) -> bool:
        """Would the texts alone bring this goal among the suggestions? What was learned is left out."""
        reading = self._reader.read(fields.of_question(question))
        plan = likely_a_plan(_said(question))
        if goal not in self._place or _unclear(reading, plan):
            return False
        scores, reasons = self._by_texts(self._probe(reading, question, plan), question.district)
        return self._place[goal] in self._shown(scores, reasons)[:FIRST]

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
        other._reach_of = remembered(MOST_DISTRICTS, other._reach)
        other._evidence = Evidence(learned, self._keys, self._rarity)
        return other

    def _best_goals(self, probe: Probe, district: str) -> tuple[Candidate, ...]:
        """The ten best goals for which there is a reason to give, by texts and by what was learned."""
        scores, by_texts = self._by_texts(probe, district)
        best = self._shown(scores, by_texts)
        if not self._evidence:
            return self._candidates(best, probe.plan * chance(scores), by_texts)
        lift = self._evidence.lift(probe.reading, scores) * self._reach_of(district)
        after = self._evidence.guarded(best, scores, scores + lift)

        def reasons(place: int) -> tuple[Reason, ...]:
            return by_texts(place) + self._learned(probe, place, float(after[place] - scores[place]))

        return self._candidates(self._shown(after, reasons), probe.plan * chance(after), reasons)

    def _by_texts(self, probe: Probe, district: str) -> tuple[Scores, Reasons]:
        """How well each goal fits by the texts alone, and why."""

        @cache
        def reasons(place: int) -> tuple[Reason, ...]:
            return self._goal_reasons.of(probe, place) or self._near(probe, place)

        return fused(self._channels, probe) * self._reach_of(district), reasons

    def _shown(self, scores: Scores, reasons: Reasons) -> list[int]:
        """The places of the ten best goals worth reading that have a reason."""
        worth = best_first(scores, LEAST)
        return list(islice((place for place in worth if reasons(place)), MOST_GOALS))

    def _candidates(self, best: Sequence[int], right: Scores, reasons: Reasons) -> tuple[Candidate, ...]:
        """right: per goal the chance that it is one of the plan's."""
        return tuple(
            Candidate(self._keys[place], float(right[place]), rank, reasons(place))
            for rank, place in enumerate(best, start=1)
        )

    def _learned(self, probe: Probe, place: int, lift: float) -> tuple[Reason, ...]:
        """Says so where evidence decided."""
        reason = self._evidence.reason(probe.reading, place) if lift >= TOLD_FROM else None
        return (reason,) if reason else ()

    def _near(self, probe: Probe, place: int) -> tuple[Reason, ...]:
        """The reason for a goal that only the encoder finds near."""
        if self._nearness is None or probe.encoded is None:
            return ()
        reason = self._nearness.reason(probe.encoded, place)
        return (reason,) if reason else ()

    def _reach(self, district: str) -> Scores:
        """Per goal what is left of its score in this district; all of it where the district is not known."""
        goals = self.corpus.goals
        elsewhere = [bool(district and goal.districts and district not in goal.districts) for goal in goals]
        return np.where(elsewhere, ELSEWHERE, 1.0)


def fits_from(shift: float) -> float:
    """The score from which we say that a goal fits, in a municipality that shifted it."""
    return round(FITS_FROM + shift, 2)


def _in_order(corpus: Corpus) -> Corpus:
    """The same corpus by key, so that no answer hangs on the order in which rows were read."""
    return replace(
        corpus,
        goals=tuple(sorted(corpus.goals, key=lambda one: one.key)),
        contacts=tuple(sorted(corpus.contacts, key=lambda one: one.key)),
        partners=tuple(sorted(corpus.partners, key=lambda one: one.key)),
    )


def _archive(initiatives: Sequence[Initiative] | Archive) -> Archive:
    """The same by key; of initiatives given as they are each is its own mark."""
    if isinstance(initiatives, Archive):
        return Archive(dict(sorted(initiatives.marks.items())), initiatives.recall)
    by_key = {one.key: one for one in sorted(initiatives, key=lambda one: one.key)}
    return Archive(by_key, lambda keys: {key: by_key[key] for key in keys})


def _things(things: Sequence[Any], of: Of, reader: Reader) -> tuple[Mapping[str, Any], ReadAll]:
    """By key, and what reads them. A thing is its own mark."""
    marks = {thing.key: thing for thing in things}
    return marks, lambda keys: (reader.read(of(marks[key])) for key in keys)


def _from(archive: Archive, reader: Reader) -> ReadAll:
    """What reads initiatives."""
    return lambda keys: (reader.read(fields.of_initiative(one)) for one in archive.each(keys))


def _candidates(advised: Sequence[advice.Advised]) -> tuple[Candidate, ...]:
    """Rules know no strength: what is advised is advised."""
    return tuple(
        Candidate(one.key, 1.0, rank, (Reason("rule", one.sentence, one.words),))
        for rank, one in enumerate(advised, start=1)
    )


def _said(question: Question) -> str:
    return f"{question.title}. {question.text}"


def _unclear(reading: Reading, plan: float) -> Unclear:
    """Why this text says too little to answer; empty where it says enough.

    A single word says too little, but not where somebody clearly wants to do something with it.
    """
    if not reading.read:
        return "empty"
    if not reading.content:
        return "stop_words_only" if reading.read >= FEWEST_WORDS else "too_short"
    if not reading.known_content or reading.known < KNOWN_SHARE * reading.read:
        return "no_known_words"
    return "too_short" if len(reading.content) < FEWEST_WORDS and plan < CLEARLY_A_PLAN else ""
