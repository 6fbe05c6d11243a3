"""What can be asked of promises: one FilterSet for the page and its twin in the API."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.commitments.models import CommitmentState
from contacts.filters import DistrictFilter
from contacts.models import Department
from initiatives.filters import GoalLinkFilter
from townhall.filters import CodeFilter, FilterSet, RecordFilter

WHO = {  # as written in addresses and in the API -> (which promises, words)
    "gemeente": (Q(manager__isnull=False) | Q(department__isnull=False), _("De gemeente")),
    "initiatiefnemer": (Q(participant__isnull=False), _("Een initiatiefnemer")),
    "partner": (Q(organisation__isnull=False), _("Een partner")),
}
STATES = {
    "loopt": CommitmentState.OPEN,
    "nagekomen": CommitmentState.KEPT,
    "vervallen": CommitmentState.DROPPED,
    "plan-gestopt": "ended",
}
STANDS = {  # the same -> words; what is late runs too, and what was shifted can be anything
    "loopt": _("Loopt"),
    "te-laat": _("Te laat"),
    "nagekomen": _("Nagekomen"),
    "vervallen": _("Vervallen"),
    "plan-gestopt": _("Het plan is gestopt of doorverwezen"),
    "verschoven": _("Ooit verschoven"),
}


class PlaceFilter(DistrictFilter):
    """`wijk`: promises about plans in the district, its parts or the whole it is in."""

    def filter(self, queryset, value):
        return queryset.around(value) if value else queryset


class GoalFilter(GoalLinkFilter):
    """`doel`: promises about plans that contribute to this goal."""

    def filter(self, queryset, value):
        return queryset.for_goal(value) if value else queryset


class DepartmentFilter(RecordFilter):
    """`afdeling`: the key of the department that promised."""

    def filter(self, queryset, value):
        return queryset.of_department(value) if value else queryset


class WhoFilter(CodeFilter):
    """`wie`: whose promise it is."""

    def filter(self, queryset, value):
        return queryset.filter(self.names[value][0]) if value else queryset


class StandFilter(CodeFilter):
    """`stand`: how it stands today."""

    def filter(self, queryset, value):
        match value:
            case "loopt":
                return queryset.open().going_on()
            case "plan-gestopt":
                return queryset.ended()
            case "te-laat":
                return queryset.late(timezone.localdate())
            case "verschoven":
                return queryset.shifted()
            case "" | None:
                return queryset
        return queryset.filter(state=STATES[value])


class CommitmentFilter(FilterSet):
    wijk = PlaceFilter()
    afdeling = DepartmentFilter(
        label=_("Afdeling"),
        records=Department.objects.all(),
        empty=_("Alle afdelingen"),
        unknown=_("Deze afdeling kennen we niet."),
        kept="departments",
    )
    wie = WhoFilter(
        label=_("Wie belooft het?"), names=WHO, unknown=_("Kies gemeente, initiatiefnemer of partner.")
    )
    stand = StandFilter(
        label=_("Hoe staat het ervoor?"),
        names={name: (name, words) for name, words in STANDS.items()},
        unknown=_("Deze stand kennen we niet."),
    )
    doel = GoalFilter()
