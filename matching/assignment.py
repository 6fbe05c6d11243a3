"""Whom to talk to: always exactly one contact, by the first rule that finds somebody."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dutch import fold
from matching.bags import Scores, remembered
from matching.explain import meeting, quoted, words_reason
from matching.index import DIGITS, ConceptSpace, Rarities, half
from matching.ranking import Probe
from matching.reading import Reading
from matching.shapes import EVERYWHERE, Contact, ContactChoice, ContactRule, Goal, Reason, RunnerUp

BEST_GOALS = 3
SHARPNESS = 2
"""Goals of nearly the same score share the say; one that is clearly better has it alone."""
MOST_RUNNERS_UP = 3
SIGNS = {"owner": 2.0, "goals": 0.6, "text": 0.4, "portfolio": 0.2, "policy_field": 0.2}
"""What each sign is worth. An owner named by the municipality outweighs all others together."""
HALF_ALIKE, HALF_MEANT = 0.10, 0.2
"""The likeness of letters, and of concepts, that is half convincing."""
BY_LETTERS, BY_MEANING = 0.5, 0.5
ENOUGH = 0.15
"""Below this nobody is near enough, and the district decides."""
COORDINATING = (
    "regisseur",
    "coordinator",
    "wijkmanager",
    "dorpsmanager",
    "aanspreekpunt",
    "gebied",
    "wijkteam",
)
"""What functions and profiles of district coordinators say."""


@dataclass(frozen=True, slots=True)
class Case:
    """What has to find a contact."""

    probe: Probe
    district: str
    goals: Sequence[tuple[int, float]]
    """Places and scores of the goals that fit, best first; empty where none fits."""


class Assignment:
    """Knows the contacts of a municipality and chooses one."""

    def __init__(
        self, contacts: Sequence[Contact], profiles: Sequence[Reading], goals: Sequence[Goal],
        meaning: ConceptSpace, rarities: Rarities,
    ) -> None:  # fmt: skip
        self._contacts = contacts
        self._by_key = {contact.key: contact for contact in contacts}
        self._profiles = profiles
        self._goals = goals
        self._rarities = rarities
        self._meaning = meaning
        self._of_goal = remembered(4_096, self._signs_of_goal)

    def choose(self, case: Case) -> ContactChoice | None:
        """The contact, by which rule, why, and who came next; None only where there are no contacts."""
        return self._by_goals(case) or self._by_district(case.district) or self.front_desk()

    def front_desk(self) -> ContactChoice | None:
        """The front desk; where none is named, the first contact who is there, else the first of all."""
        order = sorted(self._contacts, key=lambda one: (not one.front_desk, not one.available, one.key))
        reason = Reason(
            "front_desk", "Hier kun je met elk plan terecht. Samen zoek je uit wie je verder helpt."
        )
        return ContactChoice(order[0].key, "front_desk", (reason,)) if order else None

    def _by_goals(self, case: Case) -> ContactChoice | None:
        best = case.goals[:BEST_GOALS]
        free = [at for at, contact in enumerate(self._contacts) if may_serve(contact, case.district)]
        if not best or not free:
            return None
        total = np.round(self._total(case.probe, best), DIGITS)
        order = sorted(free, key=lambda at: (-total[at], self._contacts[at].key))[: MOST_RUNNERS_UP + 1]
        if total[order[0]] < ENOUGH:
            return None
        ranked = [
            RunnerUp(self._contacts[at].key, self._rule(self._contacts[at], best), round(float(total[at]), 6))
            for at in order
        ]
        reasons = self._reasons(case, order[0], ranked[0].rule)
        return ContactChoice(ranked[0].key, ranked[0].rule, reasons, tuple(ranked[1:]))

    def _total(self, probe: Probe, best: Sequence[tuple[int, float]]) -> Scores:
        """Per contact the worth of all signs, those of a goal by the goal's share in the best scores."""
        whole = sum(score**SHARPNESS for _, score in best)
        total: Scores = SIGNS["text"] * _alike(probe.likeness.contacts, probe.meant.contacts)
        for goal, score in best:
            total = total + score**SHARPNESS / whole * self._of_goal(goal)
        return total

    def _signs_of_goal(self, place: int) -> Scores:
        goal = self._goals[place]
        code = goal.policy_field.partition(" ")[0]
        answers = self._answers_for(goal)
        signs = {
            "owner": self._mark(lambda contact: contact.key == answers),
            "goals": BY_MEANING * half(self._meaning.contacts_like_goal(place), HALF_MEANT),
            "portfolio": self._mark(lambda contact: goal.portfolio in contact.portfolios),
            "policy_field": self._mark(lambda contact: code in contact.policy_fields),
        }
        return sum((SIGNS[name] * scores for name, scores in signs.items()), np.zeros(1))

    def _mark(self, holds: Callable[[Contact], bool]) -> Scores:
        return np.array([float(holds(contact)) for contact in self._contacts])

    def _answers_for(self, goal: Goal) -> str:
        """The key of the goal's owner, or of the deputy while the owner is away; empty if there is none."""
        owner = self._by_key.get(goal.owner)
        return "" if owner is None else owner.key if owner.available else owner.deputy

    def _owned(self, contact: Contact, best: Iterable[tuple[int, float]]) -> list[Goal]:
        return [self._goals[at] for at, _ in best if self._answers_for(self._goals[at]) == contact.key]

    def _rule(self, contact: Contact, best: Iterable[tuple[int, float]]) -> ContactRule:
        owned = self._owned(contact, best)
        if not owned:
            return "profile"
        return "goal_owner" if any(goal.owner == contact.key for goal in owned) else "deputy"

    def _reasons(self, case: Case, at: int, rule: ContactRule) -> tuple[Reason, ...]:
        """Never empty: the rule itself is a reason."""
        contact = self._contacts[at]
        best = case.goals[:BEST_GOALS]
        titles = tuple(goal.plain_title or goal.title for goal in self._owned(contact, best))[:2]
        near = self._goals[best[0][0]]
        told = {
            "goal_owner": f"Werkt voor de gemeente aan {quoted(titles)}.",
            "deputy": f"Vervangt de collega die werkt aan {quoted(titles)}.",
            "profile": f"Weet het meest van wat hoort bij {quoted((near.plain_title or near.title,))}.",
        }
        reasons = [Reason(rule, told[rule], (), titles)]
        if met := meeting(case.probe.reading, self._profiles[at], self._rarities.words):
            reasons.append(words_reason("expertise", met, "Het profiel van deze collega"))
        if EVERYWHERE not in contact.districts and case.district:
            reasons.append(Reason("district", f"Werkt in {case.district}."))
        return tuple(reasons)

    def _by_district(self, district: str) -> ContactChoice | None:
        """The coordinator of the district: works there, not everywhere, and says so."""
        here = [contact for contact in self._contacts if district and district in contact.districts]
        found = [
            contact
            for contact in here
            if contact.available and not contact.front_desk and coordinates(contact)
        ]
        if not found:
            return None
        first = min(found, key=lambda contact: (len(contact.districts), contact.key))
        reason = Reason(
            "district", f"Is er voor alle plannen in {district}, ook als een plan nog nergens bij past."
        )
        return ContactChoice(first.key, "district", (reason,))


def _alike(letters: Scores, meaning: Scores) -> Scores:
    """Per contact how much a text is like the profile."""
    return BY_LETTERS * half(letters, HALF_ALIKE) + BY_MEANING * half(meaning, HALF_MEANT)


def may_serve(contact: Contact, district: str) -> bool:
    here = not district or EVERYWHERE in contact.districts or district in contact.districts
    return contact.available and not contact.front_desk and here


def coordinates(contact: Contact) -> bool:
    said = fold(f"{contact.function} {contact.expertise}")
    return any(cue in said for cue in COORDINATING)
