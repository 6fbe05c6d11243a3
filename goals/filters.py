"""What can be asked of goals and notes: one FilterSet for the page and its twin in the API."""

from django.utils.translation import gettext_lazy as _

from contacts.filters import DistrictFilter, PortfolioFilter
from goals.models import Goal, PolicyField, Theme
from townhall.filters import CodeFilter, FilterSet, RecordFilter


class GoalDistrictFilter(DistrictFilter):
    """`wijk`: goals for the district and those for the whole town."""

    def filter(self, queryset, value):
        return queryset.about(value) if value else queryset


class GoalPortfolioFilter(PortfolioFilter):
    """`portefeuille`: goals that belong to it today."""

    def filter(self, queryset, value):
        return queryset.answered_for_by(value) if value else queryset


class ThemeFilter(RecordFilter):
    """`thema`: the slug of a theme."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            label=_("Thema"),
            records=Theme.objects.all(),
            name="slug",
            empty=_("Alle thema's"),
            unknown=_("Dit thema kennen we niet."),
            kept="themes",
            **kwargs,
        )


class GoalFilter(FilterSet):
    thema = ThemeFilter(field_name="themes__slug")
    beleidsveld = RecordFilter(
        field_name="policy_fields__code",
        distinct=True,
        label=_("Beleidsveld"),
        records=lambda request: PolicyField.objects.each_code_once(),
        name="code",
        empty=_("Alle beleidsvelden"),
        unknown=_("Dit beleidsveld kennen we niet."),
        kept="policy fields",
    )
    portefeuille = GoalPortfolioFilter()
    wijk = GoalDistrictFilter()
    staat = CodeFilter(
        field_name="state",
        label=_("Loopt het doel nog?"),
        names={
            "lopend": (Goal.State.RUNNING, _("Loopt nu")),
            "afgelopen": (Goal.State.ENDED, _("Is afgelopen")),
        },
        unknown=_("Kies lopend of afgelopen."),
    )


class InForceFilter(CodeFilter):
    """`geldig`: ja for notes of which the time runs today, nee for the others."""

    def filter(self, queryset, value):
        now = queryset.in_force()
        return {"": queryset, "ja": now, "nee": queryset.exclude(pk__in=now.values("pk"))}[value or ""]


class PolicyNoteFilter(FilterSet):
    geldig = InForceFilter(
        label=_("Geldt de nota nu?"),
        names={"ja": (True, _("Ja")), "nee": (False, _("Nee"))},
        unknown=_("Kies ja of nee."),
    )
