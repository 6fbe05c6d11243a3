"""What can be asked of initiatives: one FilterSet for the page and its twin in the API."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.forms import HiddenInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.filters import DistrictFilter, PortfolioFilter
from goals.filters import ThemeFilter
from goals.models import Goal
from initiatives.models import ClockKind, GoalLink, State
from townhall.filters import CodeFilter, FilterSet, MonthFilter, RecordFilter, SearchField, SearchFilter

MOST_GOALS = 150  # to choose from in a list; with more there is a link on the page of each goal
STATES = {  # as written in addresses and in the API -> code
    "ingediend": State.SUBMITTED,
    "in-gesprek": State.IN_DIALOGUE,
    "wacht-op-besluit": State.AWAITING_DECISION,
    "in-uitvoering": State.IN_PROGRESS,
    "gerealiseerd": State.REALISED,
    "doorlopend": State.ONGOING,
    "gepauzeerd": State.PAUSED,
    "gestopt": State.STOPPED,
    "doorverwezen": State.REFERRED,
}
CLOCKS = {  # as written in addresses and in the API -> clock
    "bevestiging": ClockKind.RECEIPT,
    "eerste-gesprek": ClockKind.CONTACT,
    "eerste-reactie": ClockKind.FIRST_VIEW,
    "duidelijkheid": ClockKind.DECISION,
}


class PlaceFilter(DistrictFilter):
    """`wijk`: initiatives in the district, its parts or the whole it is in."""

    def filter(self, queryset, value):
        return queryset.around(value) if value else queryset


class SharedThemeFilter(ThemeFilter):
    """`thema`: initiatives linked to a goal of the theme that this person may see."""

    def filter(self, queryset, value):
        return queryset

    def narrow(self, goals, value):
        return goals.filter(themes__slug=value)


class SharedPortfolioFilter(PortfolioFilter):
    """`portefeuille`: initiatives linked to a goal in it today. A link brings it: there is no list."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, most=0, **kwargs)

    def filter(self, queryset, value):
        return queryset

    def narrow(self, goals, value):
        return goals.answered_for_by(value)


class GoalWordsField(SearchField):
    def said(self, value):
        """A value in words."""
        return _("Doel over “%(words)s”") % {"words": value}


class GoalWordsFilter(SearchFilter):
    """`doelwoorden`: initiatives linked to a goal that holds these words."""

    field_class = GoalWordsField

    def filter(self, queryset, value):
        return queryset

    def narrow(self, goals, value):
        return goals.search(value)


def goals_to_choose(request):
    goals = Goal.objects.visible_to(request.user).alphabetical()
    return goals.only("key", "slug", "title", "plain_title")


class GoalLinkFilter(RecordFilter):
    """`doel`: the slug of a goal, or its key."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            label=_("Doel"),
            records=goals_to_choose,
            name="slug",
            other="key",
            empty=_("Alle doelen"),
            unknown=_("Dit doel kennen we niet."),
            most=MOST_GOALS,
            **kwargs,
        )

    def filter(self, queryset, value):
        return queryset.for_goals(Goal.objects.filter(slug=value)) if value else queryset


class LinkedFilter(CodeFilter):
    """`gekoppeld`: nee for initiatives that hang on no goal at all, ja for the others."""

    def filter(self, queryset, value):
        links = Exists(GoalLink.objects.filter(initiative=OuterRef("pk")))
        return {"": queryset, "ja": queryset.filter(links), "nee": queryset.filter(~links)}[value or ""]


class PublicFilter(CodeFilter):
    """`openbaar`: ja for what everybody sees, nee for the rest of what this person may see."""

    def filter(self, queryset, value):
        shown = queryset.is_public()
        return {"": queryset, "ja": queryset.filter(shown), "nee": queryset.exclude(shown)}[value or ""]


class SinceFilter(MonthFilter):
    """`van`: sent in this month or later."""

    def filter(self, queryset, value):
        return queryset.filter(submitted_at__gte=midnight(value)) if value else queryset


class UntilFilter(MonthFilter):
    """`tot`: sent in this month or before."""

    def filter(self, queryset, value):
        return queryset.filter(submitted_at__lt=midnight(value + A_MONTH)) if value else queryset


def midnight(day):
    """The moment the month of this day begins here."""
    return timezone.make_aware(datetime(day.year, day.month, 1))


A_MONTH = timedelta(days=31)  # from the first of a month: somewhere in the next


class InitiativeFilter(FilterSet):
    wijk = PlaceFilter()
    thema = SharedThemeFilter()
    doel = GoalLinkFilter()
    staat = CodeFilter(
        field_name="state",
        label=_("Hoe ver is het?"),
        names={name: (code, code.label.capitalize()) for name, code in STATES.items()},
        unknown=_("Deze staat kennen we niet."),
    )
    # What follows comes from the links of figures: it is shown once it is used.
    portefeuille = SharedPortfolioFilter()
    doelwoorden = GoalWordsFilter(label=_("Woorden in het doel"), widget=HiddenInput)
    gekoppeld = LinkedFilter(
        label=_("Hoort bij een doel"),
        names={"ja": (True, _("Hoort bij een doel")), "nee": (False, _("Hoort bij geen doel"))},
        unknown=_("Kies ja of nee."),
        widget=HiddenInput,
    )
    openbaar = PublicFilter(
        label=_("Openbaar"),
        names={"ja": (True, _("Openbaar")), "nee": (False, _("Niet openbaar"))},
        unknown=_("Kies ja of nee."),
        widget=HiddenInput,
    )
    van = SinceFilter(label=_("Ingediend"), words=_("vanaf %(month)s"), widget=HiddenInput)
    tot = UntilFilter(label=_("Ingediend"), words=_("tot en met %(month)s"), widget=HiddenInput)

    def filter_queryset(self, queryset):
        """One goal has to meet all that was asked about goals, not one each."""
        queryset = super().filter_queryset(queryset)
        told = self.form.cleaned_data
        asked = {name: told[name] for name in ("thema", "portefeuille", "doelwoorden") if told.get(name)}
        if not asked:
            return queryset
        goals = Goal.objects.visible_to(self.request.user)
        for name, value in asked.items():
            goals = self.filters[name].narrow(goals, value)
        return queryset.for_goals(goals)
