"""What waits for one officer today, of every kind, as rows that are alike: one union, one query for a page.

Each kind gives its own set, cut to what is theirs: plans of which they are the contact or stand in for it,
what they or their department promised, what a colleague asked of them, goals they own. Plans that ended are
only in the two sets about their end, and nobody finds a plan of their own.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.utils import timezone

from agreements.assessments.models import Assessment, AssessmentState
from agreements.cohandlers.models import CoHandler
from agreements.commitments.models import Commitment
from agreements.continuity.models import ContinuityPlan
from agreements.decisions.models import PendingDecision
from agreements.referrals.models import Referral
from agreements.requirements.models import RequirementQuestion
from contacts.models import AccountManager
from desk import queues
from desk.handover.models import HandOver
from desk.notes.models import Mention
from goals.models import VERIFY_AFTER, Goal
from initiatives.models import CLOSED, Clock, Interaction, Message, State
from matching.models import Suggestion

COLUMNS = {  # of every row -> its kind in the database
    "kind": CharField(),
    "day": DateField(),
    "plan": CharField(),  # reference; empty where it is about no plan
    "title": CharField(),
    "words": TextField(),
    "key": CharField(),
    "version": IntegerField(),
}


@dataclass(frozen=True, slots=True)
class Officer:
    """For whom something waits: the account, the roles they work as today, and the departments of those."""

    user: object
    today: date
    roles: tuple
    departments: tuple
    is_at_front_desk: bool

    def all_plans(self):
        """The plans they are the contact of, or stand in for; also those that ended."""
        return queues.plans(self.user).filter(contact__in=self.roles)

    def plans(self):
        """The open plans they are the contact of, or stand in for, or that nobody has picked up yet."""
        return self.all_plans().exclude(state__in=CLOSED)

    def handled(self):
        """The same plans without those that still have to be triaged: these are a kind of their own."""
        return self.plans().exclude(state=State.SUBMITTED, contact__is_front_desk=True)


def officer(user, today=None):
    """Who asks, with the roles of today; in two queries."""
    roles = list(AccountManager.objects.of_user(user).values_list("pk", "department", "is_front_desk"))
    at_desk = any(is_desk for _pk, _department, is_desk in roles)
    if not at_desk:  # a desk that nobody signs in for is everybody's
        at_desk = not AccountManager.objects.filter(is_front_desk=True, user__isnull=False).exists()
    return Officer(
        user=user,
        today=today or timezone.localdate(),
        roles=tuple(pk for pk, _department, _desk in roles),
        departments=tuple({department for _pk, department, _desk in roles if department}),
        is_at_front_desk=at_desk,
    )


def first_clock(**which):
    """The day on which the first clock of the plan outside rings."""
    found = Clock.objects.running().filter(initiative=OuterRef("pk"), **which).order_by("due_on")
    return Subquery(found.values("due_on")[:1])


# One set for each kind; each names its columns by annotations -----------------------------------------------
def new_plans(who):
    found = queues.plans(who.user).filter(state=State.SUBMITTED, contact__is_front_desk=True)
    return about(found if who.is_at_front_desk else found.none(), "", day=first_clock())


def ringing(who):
    """Plans of which a term has passed or is nearly over: the first of them."""
    near = Clock.objects.running().filter(initiative=OuterRef("pk"), warn_on__lte=who.today)
    kind = Subquery(near.order_by("due_on").values("kind")[:1])
    return about(who.handled().filter(Exists(near)), "", day=first_clock(warn_on__lte=who.today), words=kind)


def messages(who):
    """Plans of which the initiator had the last word; the day is that of their first message since ours."""
    ours = Message.objects.filter(initiative=OuterRef("initiative"), from_town=True, at__gte=OuterRef("at"))
    open_ones = Message.objects.filter(~Exists(ours), initiative=OuterRef("pk"), from_town=False).order_by()
    since = open_ones.values("initiative").annotate(first=Min("at")).values("first")
    return about(who.handled().filter(Exists(open_ones)), "", day=TruncDate(Subquery(since)))


def questions(who):
    found = RequirementQuestion.objects.open().filter(requirement__initiative__in=who.plans())
    standard = Coalesce(F("requirement__standard__title"), Value(""))
    return about(found, "requirement__initiative__", day="due_on", words=standard, key="requirement__key")


def promises(who):
    by = Q(manager__in=who.roles) | Q(department__in=who.departments)
    found = Commitment.objects.open().going_on().filter(by, remind_on__lte=who.today)
    found = found.filter(initiative__in=queues.plans(who.user))
    return about(found, "initiative__", day="due_on", words="text", key="key", version="version")


def decisions(who):
    found = PendingDecision.objects.overdue(who.today).filter(initiative__in=who.plans())
    return about(found, "initiative__", day="planned_on", words="question", key="key")


def asked(who):
    """What colleagues asked of them; the contact of the plan is somebody else."""
    found = CoHandler.objects.open().filter(manager__in=who.roles).exclude(initiative__state__in=CLOSED)
    found = found.filter(initiative__in=queues.plans(who.user))
    return about(found, "initiative__", day="due_on", words="task", key="pk", version="version")


def steps(who):
    """What they said they would do next, after a contact moment; about a plan or not."""
    found = Interaction.objects.to_do(who.user)
    title = Coalesce("initiative__title", "how")
    return about(found, None, day="next_on", title=title, words="next_step", key="pk")


def assessments(who):
    """Shared assessments that can be closed: the initiator was heard, or had the time for it.

    Also of plans that ended: what was refused has to stand as much as what was done.
    """
    heard = Q(reacted_on__isnull=False) | Q(react_until__lt=who.today)
    found = Assessment.objects.filter(heard, state=AssessmentState.SHARED, initiative__in=who.all_plans())
    day = Coalesce("reacted_on", "react_until")
    return about(found, "initiative__", day=day, words="reaction")


def referrals(who):
    """Plans that were sent on, of which nobody said in time what becomes of it; its day has passed."""
    found = Referral.objects.late(who.today).filter(initiative__in=who.all_plans())
    whom = Coalesce("organisation__name", "name")
    return about(found, "initiative__", day="due_on", words=whom)


def reviews(who):
    """Plans of which nobody looked back on the day that was chosen; also of what is realised."""
    found = ContinuityPlan.objects.overdue(who.today).filter(initiative__in=who.all_plans())
    return about(found, "initiative__", day="review_on")


def mentions(who):
    """Notes in which a colleague names them; the day is that of the note."""
    found = Mention.objects.open().filter(manager__in=who.roles)
    found = found.filter(note__initiative__in=queues.plans(who.user))
    return about(found, "note__initiative__", day=TruncDate("note__at"), words="note__text", key="pk")


def hand_overs(who):
    """Those that were made ready and wait for somebody to let them go."""
    found = HandOver.objects.visible_to(who.user).filter(state=HandOver.State.READY)
    return about(found, None, day=TruncDate("made_at"), title="manager__function", key="pk")


def goals(who):
    """Goals they own themselves and have not looked at for half a year; a deputy does not vouch for them."""
    found = Goal.objects.stale(who.today).filter(owner__user=who.user)
    title = Coalesce(NullIf("plain_title", Value("")), "title")
    due = F("verified_on") + VERIFY_AFTER
    return about(found, None, day=due, title=title, words="slug", key="key", version="version")


def unread(who):
    """Open plans of theirs for which the wegwijzer has found nothing yet, or could not look."""
    none = ~Exists(Suggestion.objects.filter(initiative=OuterRef("pk")))
    return about(who.handled().filter(none), "", day=TruncDate("submitted_at"))


def about(found, plan, *, day, words="", title="", key="", version=None):
    """The set as rows of COLUMNS; plan: the way from a record to its plan, None where there is none.

    The kind is put in by `waiting`.
    """

    def column(value):
        return F(value) if isinstance(value, str) and value else Value("") if value == "" else value

    told = {
        "day": column(day),
        "plan": Value("") if plan is None else F(f"{plan}reference"),
        "title": column(title) if plan is None else F(f"{plan}title"),
        "words": column(words),
        "key": column(key),
        "version": Value(0) if version is None else F(version),
    }
    cast = {f"row_{name}": Cast(value, COLUMNS[name]) for name, value in told.items()}
    return found.order_by().annotate(**cast)


SETS = {  # name in the address and in the API -> its set; in the order of the page where days are the same
    "nieuw": new_plans,
    "termijn": ringing,
    "bericht": messages,
    "vraag": questions,
    "toezegging": promises,
    "besluit": decisions,
    "collega": asked,
    "stap": steps,
    "afweging": assessments,
    "doorverwezen": referrals,
    "terugblik": reviews,
    "genoemd": mentions,
    "overdracht": hand_overs,
    "doel": goals,
    "ongelezen": unread,
}


class Waiting:
    """All that waits for one officer; `only`: of one kind. Can be sliced and counted, as pages want it."""

    def __init__(self, who, only=""):
        self.who = who
        self.names = [only] if only in SETS else list(SETS)

    @cached_property
    def rows(self):
        """The union, what should have been done first on top; what has no day comes last."""
        first, *others = (self.part(name) for name in self.names)
        return first.union(*others, all=True).order_by("row_day", "row_kind", "row_plan", "row_key")

    def part(self, name):
        columns = ["row_kind", *(f"row_{column}" for column in COLUMNS if column != "kind")]
        kind = Cast(Value(name), COLUMNS["kind"])
        return SETS[name](self.who).annotate(row_kind=kind).values_list(*columns)

    def __getitem__(self, which):
        return [dict(zip(COLUMNS, row, strict=True)) for row in self.rows[which]]

    def count(self):
        """How many rows; the same as all of `counts` together."""
        return sum(self.counts.values())

    @cached_property
    def counts(self):
        """How many wait of each kind: {name: number}, in one query; what has none is 0."""
        first, *others = (self.number(name) for name in self.names)
        found = first.union(*others, all=True) if others else first
        return dict.fromkeys(self.names, 0) | dict(found)

    def number(self, name):
        part = SETS[name](self.who).annotate(row_kind=Cast(Value(name), COLUMNS["kind"]))
        return part.values("row_kind").annotate(row_number=Count("pk")).values_list("row_kind", "row_number")
