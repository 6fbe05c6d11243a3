"""What can be asked of decisions."""

from django.utils.translation import gettext_lazy as _

from agreements.decisions.models import Body, Ground, Outcome
from contacts.models import District
from initiatives.filters import PlaceFilter
from initiatives.models import Initiative
from townhall.filters import CodeFilter, FilterSet, RecordFilter

BODIES = {  # as written in addresses and in the API -> code
    "college": Body.COLLEGE,
    "gemeenteraad": Body.COUNCIL,
    "burgemeester": Body.MAYOR,
    "afdeling": Body.DEPARTMENT,
    "provincie": Body.PROVINCE,
    "waterschap": Body.WATER_BOARD,
    "ander": Body.OTHER,
}
OUTCOMES = {  # the same
    "ja": Outcome.GRANTED,
    "deels": Outcome.PARTLY,
    "nee": Outcome.REFUSED,
    "niet-meer-nodig": Outcome.WITHDRAWN,
}
GROUNDS = {  # the same
    "aanvraag-niet-compleet": Ground.INCOMPLETE,
    "informatie-uit-het-buitenland": Ground.ABROAD,
    "instemming": Ground.CONSENT,
    "vertraging-door-aanvrager": Ground.APPLICANT,
    "overmacht": Ground.FORCE_MAJEURE,
}
STANDINGS = {  # as written in addresses and in the API -> (which they are, words)
    "wacht": (lambda found: found.waiting(), _("Er is nog geen besluit")),
    "te-laat": (lambda found: found.overdue(), _("De verwachte dag is voorbij")),
    "staat-stil": (lambda found: found.suspended(), _("De termijn staat stil")),
    "besloten": (lambda found: found.exclude(outcome=""), _("Er is een uitkomst")),
}
YES_NO = {"ja": (True, _("Ja")), "nee": (False, _("Nee"))}


class StandingFilter(CodeFilter):
    """`stand`: where the decision stands."""

    def filter(self, queryset, value):
        return self.names[value][0](queryset) if value else queryset


class AroundFilter(PlaceFilter):
    """`wijk`: about plans in the district, its parts or the whole it is in."""

    def filter(self, queryset, value):
        return queryset.filter(initiative__district__in=District.objects.around(value)) if value else queryset


def plans_to_choose(request):
    return Initiative.objects.visible_to(request.user).registered().only("reference", "title")


class PendingDecisionFilter(FilterSet):
    zoek = None  # few words stand in a decision: who looks for them finds the plan
    initiatief = RecordFilter(
        field_name="initiative__reference",
        label=_("Plan"),
        records=plans_to_choose,
        name="reference",
        unknown=_("Dit plan kennen we niet."),
        most=0,
    )
    orgaan = CodeFilter(
        field_name="body",
        label=_("Wie besluit?"),
        names={name: (code, code.label) for name, code in BODIES.items()},
        unknown=_("Dit orgaan kennen we niet."),
    )
    stand = StandingFilter(
        label=_("Hoe ver is het?"), names=STANDINGS, unknown=_("Deze stand kennen we niet.")
    )
    formeel = CodeFilter(
        field_name="is_formal", label=_("Formeel besluit"), names=YES_NO, unknown=_("Kies ja of nee.")
    )
    wijk = AroundFilter()
