"""What can be asked of the questions to the council: one FilterSet for the page and its twin in the API."""

from django.utils.translation import gettext_lazy as _

from agreements.council.models import IS_OPEN, QuestionState
from initiatives.models import CLOSED
from townhall.filters import CodeFilter, FilterSet

STATES = {  # as written in addresses and in the API -> code
    "gesteld": QuestionState.ASKED,
    "ontvangen": QuestionState.RECEIVED,
    "doorgestuurd": QuestionState.FORWARDED,
    "beantwoord": QuestionState.ANSWERED,
    "teruggenomen": QuestionState.WITHDRAWN,
}
STANDINGS = {  # the same -> (which they are, words)
    "open": (lambda found: found.open(), _("Wacht nog")),
    "te-laat": (lambda found: found.late(), _("Wacht te lang")),
    "gesteld": (lambda found: found.open().filter(state=QuestionState.ASKED), _("Nog niet ontvangen")),
    "ontvangen": (lambda found: found.open().filter(state=QuestionState.RECEIVED), _("Nog door te sturen")),
    "doorgestuurd": (lambda found: found.open().filter(state=QuestionState.FORWARDED), _("Doorgestuurd")),
    "beantwoord": (lambda found: found.filter(state=QuestionState.ANSWERED), _("Beantwoord")),
    "teruggenomen": (lambda found: found.filter(state=QuestionState.WITHDRAWN), _("Teruggenomen")),
    "plan-klaar": (
        lambda found: found.filter(IS_OPEN, initiative__state__in=CLOSED),
        _("Het plan is klaar of gestopt"),
    ),
}


class StandingFilter(CodeFilter):
    """`stand`: where the question is."""

    def filter(self, queryset, value):
        return self.names[value][0](queryset) if value else queryset


class CouncilQuestionFilter(FilterSet):
    zoek = None  # there are few, and the soonest day stands on top
    stand = StandingFilter(
        label=_("Hoe ver is de vraag?"), names=STANDINGS, unknown=_("Deze stand kennen we niet.")
    )
