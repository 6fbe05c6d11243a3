"""What initiators had to do with at town hall: people, demands, and days until a decision; per department.

Never about fewer than a few plans: of fewer nothing is said, and what would be left after subtraction is not
counted either. Numbers are to the nearest five, each by itself. No filter touches it, and nothing is kept.
"""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from django.db import connection
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from agreements.decisions.models import MADE
from agreements.models import PendingDecision, Requirement, RequirementQuestion
from agreements.requirements.models import Outcome, RequirementState
from contacts.models import Department
from initiatives.models import State
from overview.equal import about, about_days
from overview.promises import FEWEST

SPOKEN = """
WITH met AS (
    SELECT initiative_id AS plan, by_id AS who FROM initiatives_message WHERE from_town AND by_id IS NOT NULL
    UNION
    SELECT initiative_id, by_id FROM initiatives_interaction
    WHERE initiative_id IS NOT NULL AND by_id IS NOT NULL
    UNION
    SELECT i.id, coalesce(a.user_id, -a.id)
    FROM townhall_event e
    JOIN initiatives_initiative i ON i.public_id::text = e.subject_key
    JOIN contacts_accountmanager a ON a.key = e.details ->> 'contact' AND NOT a.is_front_desk
    WHERE e.subject_kind = 'initiative' AND e.what = 'assign'
), of_plan AS (
    SELECT plan, count(*) AS people FROM met GROUP BY plan
)
SELECT c.department_id, of_plan.people, count(*)
FROM of_plan
JOIN initiatives_initiative i ON i.id = of_plan.plan
JOIN contacts_accountmanager c ON c.id = i.contact_id
WHERE i.state <> %s AND i.merged_into_id IS NULL
GROUP BY 1, 2
"""  # the same people as agreements.cohandlers.verbs.people_spoken, of all plans at once


@dataclass(frozen=True, slots=True)
class Measured:
    """How many plans something was measured of, and what was found: {what: how many times}."""

    plans: int = 0
    found: Counter = field(default_factory=Counter)

    def __add__(self, other):
        return Measured(self.plans + other.plans, self.found + other.found)

    def middle(self):
        """The middle one of what was found, where that are numbers; None where nothing was."""
        values = list(self.found.elements())
        return median(values) if values else None


@dataclass(frozen=True, slots=True)
class Dealing:
    """One department, or (None) the town; every figure is None where too little is measured.

    people: the middle one, to the half; days: the middle one of calendar days, to the nearest five; all other
    figures are numbers to the nearest five. plans: of how many the people were counted.
    """

    department: Department | None
    plans: int | None = None
    people: float | None = None
    demands: int | None = None
    met: int | None = None
    dropped: int | None = None
    questions: int | None = None
    stays: int | None = None
    eased: int | None = None
    decided: int | None = None
    days: int | None = None
    waiting: int | None = None

    @property
    def name(self):
        """Of the department, or words for the town."""
        return self.department.name if self.department else _("De hele gemeente")


def figures():
    """What is known at this moment, the town first, then its departments by name; in six queries."""
    parts = [shared(measure()) for measure in (spoken, demanded, questioned, decided, waited)]
    names = Department.objects.in_bulk()
    known = sorted({pk for part in parts for pk in part if pk}, key=lambda pk: names[pk].name)
    return [told(names.get(pk), [part.get(pk) for part in parts]) for pk in [None, *known]]


def shared(measured):
    """The same of departments with enough plans, and of the town (None) where that has enough.

    The plans of the others count for the town only if they are enough together: else the difference would
    tell of them.
    """
    enough = {pk: one for pk, one in measured.items() if pk and one.plans >= FEWEST}
    few = [one for pk, one in measured.items() if pk not in enough]
    counted = [*enough.values(), *(few if sum(one.plans for one in few) >= FEWEST else [])]
    town = sum(counted, Measured())
    return enough | ({None: town} if town.plans >= FEWEST else {})


def told(department, parts):
    """What may be said; parts: in the order of `figures`, None where too little is measured."""
    people, demands, questions, decisions, waiting = parts
    number = {name: about(part.found[name]) for part in (demands, questions) if part for name in part.found}
    return Dealing(
        department,
        plans=people and about(people.plans),
        people=people and round(2 * people.middle()) / 2,
        decided=decisions and about(decisions.found.total()),
        days=decisions and about_days(decisions.middle()),
        waiting=waiting and about(waiting.found.total()),
        **number,
    )


# What is measured: {id of the department of the contact, None where there is none: Measured} ----------------
def spoken():
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, [State.DRAFT.value])
        for department, people, plans in cursor.fetchall():
            found[department] = found.get(department, Measured()) + Measured(plans, Counter({people: plans}))
    return found


def demanded():
    return counted(
        Requirement.objects.filter(initiative__merged_into=None),
        "initiative",
        demands=Q(),
        met=Q(state=RequirementState.MET),
        dropped=Q(state=RequirementState.DROPPED),
    )


def questioned():
    """“Is dit echt nodig?”, where it was answered."""
    found = RequirementQuestion.objects.exclude(outcome="")
    return counted(
        found.filter(requirement__initiative__merged_into=None),
        "requirement__initiative",
        questions=Q(),
        stays=Q(outcome=Outcome.STAYS),
        eased=~Q(outcome=Outcome.STAYS),
    )


def counted(records, plan, **kinds):
    """Records by the department of their plan, with how many there are of each kind."""
    rows = records.order_by().values(of=F(f"{plan}__contact__department"))
    numbers = {f"n_{name}": Count("pk", filter=which) for name, which in kinds.items()}
    rows = rows.annotate(plans=Count(plan, distinct=True), **numbers)
    return {
        row["of"]: Measured(row["plans"], Counter({name: row[f"n_{name}"] for name in kinds})) for row in rows
    }


def decided():
    return by_days(PendingDecision.objects.filter(outcome__in=MADE))


def waited():
    return by_days(PendingDecision.objects.waiting())


def by_days(decisions):
    """Decisions by the department of their plan: how many took how many calendar days (None: not made)."""
    rows = decisions.filter(initiative__merged_into=None).order_by()
    rows = rows.values_list("initiative__contact__department", "initiative", "asked_on", "decided_on")
    plans, found = {}, {}
    for department, plan, since, until in rows.iterator():
        plans.setdefault(department, set()).add(plan)
        days = (until - since).days if until else None
        found.setdefault(department, Counter())[days] += 1
    return {department: Measured(len(plans[department]), found[department]) for department in found}
