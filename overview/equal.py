"""Equal treatment: what town hall found of plans, side by side per district, theme and kind of plan.

Every number is rounded to five and below five nothing is said, each by itself: no figure tells of one plan,
and no difference between figures, filters or totals does. Rows stand in the order of the alphabet: nobody is
best or worst.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from agreements.assessments.models import Answer, AssessmentState
from agreements.commitments.models import Commitment, CommitmentState
from agreements.models import Assessment, AssessmentAnswer, AssessmentFramework
from contacts.models import District
from goals.models import Theme
from initiatives.filters import A_MONTH, midnight
from initiatives.models import Initiative
from overview.figures import median
from overview.promises import FEWEST
from townhall.filters import CodeFilter, FilterSet, MonthFilter, RecordFilter, TabInput

ENOUGH_FOR_DAYS = 20  # plans, rounded too: of fewer, a plan more or less tells how long that one took
LONGEST = 400  # working days; nothing is shown more precisely than that
KINDS = {code: label.capitalize() for code, label in Initiative.Kind.choices}
GROUPS = {  # as in the address -> (words, what assessments are grouped by, names, words where there is none)
    "wijk": (
        _("Per wijk"),
        Coalesce("initiative__district__parent", "initiative__district"),
        lambda: dict(District.objects.values_list("pk", "name")),
        _("Hele gemeente"),
    ),
    "thema": (
        _("Per thema"),
        F("initiative__goal_links__goal__themes"),
        lambda: dict(Theme.objects.values_list("pk", "name")),
        _("Zonder thema"),
    ),
    "soort": (_("Per soort plan"), F("initiative__kind"), lambda: KINDS, _("Onbekend")),
}


def about(number):
    """The number to the nearest five; None below five, where nothing is said."""
    return None if number < FEWEST else (number + FEWEST // 2) // FEWEST * FEWEST


def about_days(days):
    """So many working days to the nearest five."""
    return int((days + FEWEST / 2) // FEWEST * FEWEST)


class SentSince(MonthFilter):
    """`van`: of plans that were sent in this month or later."""

    def filter(self, queryset, value):
        return queryset.filter(initiative__submitted_at__gte=midnight(value)) if value else queryset


class SentUntil(MonthFilter):
    """`tot`: of plans that were sent in this month or before."""

    def filter(self, queryset, value):
        return queryset.filter(initiative__submitted_at__lt=midnight(value + A_MONTH)) if value else queryset


class ShownBy(CodeFilter):
    """`per`: what the rows are; it chooses no plans."""

    def filter(self, queryset, value):
        return queryset


class EqualFilter(FilterSet):
    zoek = None
    kader = RecordFilter(
        field_name="framework__key",
        label=_("Afwegingskader"),
        records=lambda request: AssessmentFramework.objects.adopted(),
        empty=_("Het nieuwste met genoeg afwegingen"),
        unknown=_("Dit afwegingskader kennen we niet."),
    )
    van = SentSince(
        label=_("Ingediend vanaf"), words=_("vanaf %(month)s"), help_text=_("Jaar en maand: 2026-03.")
    )
    tot = SentUntil(
        label=_("Ingediend tot en met"),
        words=_("tot en met %(month)s"),
        help_text=_("Jaar en maand: 2026-09."),
    )
    per = ShownBy(
        label=_("Waar kijk je naar?"),
        names={name: (name, words) for name, (words, *_rest) in GROUPS.items()},
        unknown=_("Kies wijk, thema of soort."),
        widget=TabInput,
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Assessed plans of one district, theme or kind; days: the middle one until the initiator read it.

    number, promised: to the nearest five, None for too few; promised: to which town hall promised something.
    days: working days, to the nearest five; None for less than about ENOUGH_FOR_DAYS plans.
    """

    name: str
    number: int | None
    days: int | None
    promised: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The answers to one question in one group, to the nearest five; None for too few."""

    name: str
    number: int | None
    yes: int | None
    partly: int | None
    no: int | None
    unknown: int | None

    @property
    def answers(self):
        return [self.yes, self.partly, self.no, self.unknown]

    @property
    def shares(self):
        """How much of a hundred each is, for a drawing; what is too few is left out."""
        whole = max(self.number or 0, sum(number or 0 for number in self.answers))
        return [round(100 * (number or 0) / whole, 1) if whole else 0 for number in self.answers]


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion with the answers: of all plans first, then of each group."""

    criterion: object
    rows: list[Spread]


class EqualTreatment:
    """What is asked and what is found, in as many queries for one plan as for all."""

    fewest, enough_for_days = FEWEST, ENOUGH_FOR_DAYS

    def __init__(self, request, at=None):
        self.at = at or timezone.localtime()
        closed = Assessment.objects.closed()
        self.filterset = EqualFilter(request.GET, closed, request=request)
        self.form = self.filterset.form

    @cached_property
    def told(self):
        """What was asked and understood: {name: value}."""
        self.form.full_clean()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def per(self):
        """What the rows are, by its name in the address."""
        return self.told.get("per", "wijk")

    @cached_property
    def framework(self):
        """The version that was asked; else the newest of which enough can be told, or the newest of all."""
        is_closed = Q(assessments__state=AssessmentState.FINAL)
        found = AssessmentFramework.objects.adopted().annotate(number=Count("assessments", filter=is_closed))
        if "kader" in self.told:
            return found.filter(key=self.told["kader"]).whole().first()
        enough = found.annotate(is_enough=Q(number__gte=FEWEST))
        return enough.order_by("-is_enough", "-valid_from").whole().first()

    @cached_property
    def criteria(self):
        return list(self.framework.criteria.all()) if self.framework else []

    @cached_property
    def assessments(self):
        """The assessments that count, each with `.promised`: town hall promised something."""
        kept = Commitment.objects.by_town().exclude(state=CommitmentState.DROPPED)
        promised = Exists(kept.filter(initiative=OuterRef("initiative")))
        return self.filterset.qs.filter(framework=self.framework).annotate(promised=promised).order_by()

    @property
    def way(self):
        return GROUPS[self.per][1]

    @cached_property
    def names(self):
        """{what a plan is grouped by: its name}, by the alphabet."""
        _words, _way, names, none = GROUPS[self.per]
        known = names()
        met = {key for key, *_rest in self.counted}
        return dict(sorted(((key, str(known.get(key, none))) for key in met), key=lambda one: one[1].lower()))

    # Plans ------------------------------------------------------------------------------------------------
    @cached_property
    def counted(self):
        """[(group, days, plans, those with a promise), …]; a plan with two themes counts in both."""
        return self.count(self.way)

    def count(self, way):
        found = self.assessments.annotate(group=way).values_list("group", "days")
        numbers = {"number": Count("pk", distinct=True)}
        numbers["with_promise"] = Count("pk", distinct=True, filter=Q(promised=True))
        return list(found.annotate(**numbers))

    @cached_property
    def everything(self):
        """All plans together."""
        return self.group(_("Alle plannen"), self.count(Value(0)))

    @cached_property
    def groups(self):
        """Every group, by the alphabet."""
        rows = defaultdict(list)
        for row in self.counted:
            rows[row[0]].append(row)
        return [self.group(name, rows[key]) for key, name in self.names.items()]

    def group(self, name, rows):
        waits = np.zeros(LONGEST + 1, dtype=np.int64)
        for _key, days, number, _promised in rows:
            waits[min(days, LONGEST)] += number
        number = about(int(waits.sum()))
        promised = about(sum(row[3] for row in rows))
        is_enough = number is not None and number >= ENOUGH_FOR_DAYS
        return Group(str(name), number, about_days(median(waits)) if is_enough else None, promised)

    # Answers ----------------------------------------------------------------------------------------------
    def spread(self, way):
        """{(group, criterion): {answer: how many}}."""
        found = AssessmentAnswer.objects.filter(assessment__in=self.assessments.values("pk"))
        rows = found.annotate(group=way).values_list("group", "criterion", "answer")
        told = defaultdict(dict)
        for group, criterion, answer, number in rows.annotate(number=Count("pk", distinct=True)).order_by():
            told[group, criterion][answer] = number
        return told

    @cached_property
    def questions(self):
        """Every question of the framework with its answers."""
        together, apart = self.spread(Value(0)), self.spread(behind("assessment__", self.way))
        return [
            Question(
                criterion,
                [
                    row(_("Alle plannen"), together[0, criterion.pk]),
                    *(row(name, apart[key, criterion.pk]) for key, name in self.names.items()),
                ],
            )
            for criterion in self.criteria
        ]

    # The page ---------------------------------------------------------------------------------------------
    @property
    def tabs(self):
        """The ways to look, as links: {words, url, current}."""
        asked = {name: self.form.data[name] for name in ("kader", "van", "tot") if self.form.data.get(name)}
        path = reverse("overview:equal-treatment")
        return [
            {"words": words, "url": f"{path}?{urlencode(asked | {'per': name})}", "current": name == self.per}
            for name, (words, *_rest) in GROUPS.items()
        ]


def row(name, answers):
    """The answers to one question in one group, as they may be told."""
    told = {answer.value: about(answers.get(answer, 0)) for answer in Answer}
    return Spread(str(name), about(sum(answers.values())), **told)


def behind(path, way):
    """The same way, from a step further away."""
    if isinstance(way, F):
        return F(f"{path}{way.name}")
    return Coalesce(*(F(f"{path}{one.name}") for one in way.get_source_expressions()))
