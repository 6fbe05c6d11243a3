"""What initiators had to do with at town hall: people, demands, and days until a decision; per department.

No figure is about a few plans, or about the plans of one or two contacts: of these nothing is said, of each
kind by itself, and what would be left after subtraction is not counted either. Numbers are to the nearest
five, each by itself. No filter touches it, and nothing is kept.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median

from django.contrib.postgres.aggregates import ArrayAgg
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
SELECT c.department_id, of_plan.people, count(*), array_agg(DISTINCT c.id)
FROM of_plan
JOIN initiatives_initiative i ON i.id = of_plan.plan
JOIN contacts_accountmanager c ON c.id = i.contact_id
WHERE i.state <> %s AND i.merged_into_id IS NULL
GROUP BY 1, 2
"""  # the same people as agreements.cohandlers.verbs.people_spoken, of all plans at once


FEWEST_CONTACTS = 3  # whose plans they are; of fewer nothing is said, so that no figure is about one official


@dataclass(frozen=True, slots=True)
class Measured:
    """Of how many plans something was measured, of which contacts these are, and what was found.

    number: how many records; values: {one value of each plan: of how many plans}.
    """

    plans: int = 0
    contacts: frozenset = frozenset()
    number: int = 0
    values: Counter = field(default_factory=Counter)

    def __add__(self, other):
        return Measured(
            self.plans + other.plans,
            self.contacts | other.contacts,
            self.number + other.number,
            self.values + other.values,
        )

    @property
    def enough(self):
        """True when it may be told."""
        return self.plans >= FEWEST and len(self.contacts) >= FEWEST_CONTACTS

    def middle(self):
        """The middle one of the values of the plans."""
        return median(self.values.elements())


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
    kinds = {
        "people": spoken(),
        "decided": by_days(PendingDecision.objects.filter(outcome__in=MADE)),
        "waiting": by_days(PendingDecision.objects.waiting()),
        **demanded(),
        **questioned(),
    }
    kinds = {name: shared(measured) for name, measured in kinds.items()}
    names = Department.objects.in_bulk()
    known = sorted({pk for found in kinds.values() for pk in found if pk}, key=lambda pk: names[pk].name)
    return [
        told(names.get(pk), {name: found[pk] for name, found in kinds.items() if pk in found})
        for pk in [None, *known]
    ]


def shared(measured):
    """The same of departments where it is enough, and of the town (None) where that has enough.

    The others count for the town only if they are enough together: else the difference would tell of them.
    """
    enough = {pk: one for pk, one in measured.items() if pk and one.enough}
    few = sum((one for pk, one in measured.items() if pk not in enough), Measured())
    town = sum(enough.values(), few if few.enough else Measured())
    return enough | ({None: town} if town.enough else {})


def told(department, found):
    """What may be said; found: {kind: Measured}, without the kinds of which too little is measured."""
    people, decisions = found.get("people"), found.get("decided")
    return Dealing(
        department,
        plans=people and about(people.plans),
        people=people and round(2 * people.middle()) / 2,
        days=decisions and about_days(decisions.middle()),
        **{name: about(one.number) for name, one in found.items() if name != "people"},
    )


# What is measured: {id of the department of the contact, None where there is none: Measured} ----------------
def spoken():
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, [State.DRAFT.value])
        for department, people, plans, contacts in cursor.fetchall():
            one = Measured(plans, frozenset(contacts), values=Counter({people: plans}))
            found[department] = found.get(department, Measured()) + one
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
    """{kind: records of that kind, by the department of their plan}; plan: the way to it."""
    numbers = {}
    for name, which in kinds.items():
        numbers[f"n_{name}"] = Count("pk", filter=which)
        numbers[f"plans_{name}"] = Count(plan, distinct=True, filter=which)
        numbers[f"contacts_{name}"] = ArrayAgg(f"{plan}__contact", distinct=True, filter=which)
    rows = list(records.order_by().values(of=F(f"{plan}__contact__department")).annotate(**numbers))
    return {
        name: {
            row["of"]: Measured(
                row[f"plans_{name}"],
                frozenset(row[f"contacts_{name}"] or ()) - {None},
                row[f"n_{name}"],
            )
            for row in rows
        }
        for name in kinds
    }


def by_days(decisions):
    """Decisions by the department of their plan; of each plan the middle of their calendar days, if made."""
    rows = decisions.filter(initiative__merged_into=None).order_by()
    names = ("contact__department", "contact", "pk")
    rows = rows.values_list(*[f"initiative__{name}" for name in names], "asked_on", "decided_on")
    plans = {}
    for department, contact, plan, since, until in rows.iterator():
        days = (until - since).days if until else 0
        plans.setdefault((department, contact, plan), []).append(days)
    contacts, number, values = defaultdict(set), Counter(), defaultdict(Counter)
    for (department, contact, _plan), days in plans.items():
        contacts[department].add(contact)
        number[department] += len(days)
        values[department][median(days)] += 1
    return {
        pk: Measured(values[pk].total(), frozenset(contacts[pk] - {None}), number[pk], values[pk])
        for pk in number
    }
