"""Who would be the contact for each goal in each district: the rules of assignment without a plan's words.

A plan about a goal also brings words, and these may point to somebody nearer still. What stands here holds
for any plan about it, so it shows where nobody but the front desk is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.assignment import coordinates, may_serve
from matching.shapes import Contact, ContactRule, Goal

MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """One goal in one district: the key of the contact and by which rule; front_desk: nobody else."""

    goal: str
    district: str
    contact: str
    rule: ContactRule

    @property
    def is_hole(self) -> bool:
        """True where only the front desk is left."""
        return self.rule == "front_desk"


def cover(
    goals: Iterable[Goal], contacts: Sequence[Contact], around: Mapping[str, frozenset[str]]
) -> list[Cover]:
    """Every goal in every district it holds for, in the order given.

    around: each district with itself, its parts and the whole it is part of.
    """
    by_key = {one.key: one for one in contacts}
    desk = next((one.key for one in contacts if one.front_desk), "")
    serving = {name: [one for one in contacts if may_serve(one, name)] for name in around}
    local = {name: coordinator(serving[name], name) for name in around}
    found = []
    for goal in goals:
        code = goal.policy_field.partition(" ")[0]
        near = [one for one in contacts if knows(one, goal, code)]
        owner = by_key.get(goal.owner)
        answers = owner if owner is None or owner.available else by_key.get(owner.deputy)
        rule: ContactRule = "goal_owner" if answers is owner else "deputy"
        for name, names in around.items():
            if goal.districts and names.isdisjoint(goal.districts):
                continue
            found.append(one_cover(goal, name, answers, rule, near, local[name], desk))
    return found


def one_cover(
    goal: Goal,
    district: str,
    answers: Contact | None,
    rule: ContactRule,
    near: Sequence[Contact],
    coordinator: Contact | None,
    desk: str,
) -> Cover:
    """The first rule that finds somebody: owner or deputy, who knows the field, the district, the desk."""
    if answers and may_serve(answers, district):
        return Cover(goal.key, district, answers.key, rule)
    for one in near:
        if may_serve(one, district):
            return Cover(goal.key, district, one.key, "profile")
    if coordinator:
        return Cover(goal.key, district, coordinator.key, "district")
    return Cover(goal.key, district, desk, "front_desk")


def knows(contact: Contact, goal: Goal, code: str) -> bool:
    """True for who works on the portfolio or on the policy field of a goal."""
    return (bool(goal.portfolio) and goal.portfolio in contact.portfolios) or (
        bool(code) and code in contact.policy_fields
    )


def coordinator(contacts: Sequence[Contact], district: str) -> Contact | None:
    """Who is there for all plans in a district: works in the fewest, and says so."""
    found = [one for one in contacts if district in one.districts and coordinates(one)]
    return min(found, key=lambda one: (len(one.districts), one.key), default=None)


def candidates(goal: Goal, contacts: Iterable[Contact]) -> list[str]:
    """Who could do it if their work were widened: who knows the field and is no front desk; at most three."""
    code = goal.policy_field.partition(" ")[0]
    found = [one for one in contacts if not one.front_desk and knows(one, goal, code)]
    found.sort(key=lambda one: (not one.available, one.key != goal.owner, one.key))
    return [one.key for one in found[:MOST_CANDIDATES]]
