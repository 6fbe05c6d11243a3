"""What can be asked of initiatives: one FilterSet for the page and its twin in the API."""

from django.utils.translation import gettext_lazy as _

from contacts.filters import DistrictFilter
from goals.filters import ThemeFilter
from goals.models import Goal
from initiatives.models import ClockKind, State
from townhall.filters import CodeFilter, FilterSet, RecordFilter

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
        return queryset.for_goals(self.goals().filter(themes__slug=value)) if value else queryset

    def goals(self):
        return Goal.objects.visible_to(self.parent.request.user)


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
