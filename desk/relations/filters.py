"""What can be asked of organisations as officers know them."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.filters import OrganisationFilter
from initiatives.models import Interaction, Introduction, PartnerLink
from townhall.filters import CodeFilter

LONG = timedelta(days=365)  # without contact


def never_asked(found):
    """Those open for cooperation with whom nothing was ever begun."""
    for model, way in (
        (Introduction, "organisation"),
        (PartnerLink, "organisation"),
        (Interaction.organisations.through, "organisation"),
    ):
        found = found.exclude(Exists(model.objects.filter(**{way: OuterRef("pk")})))
    return found.filter(is_open=True, initiatives=None)


def long_silent(found):
    """Those with whom there was contact, and not in the last year."""
    moments = Interaction.objects.filter(organisations=OuterRef("pk"))
    recent = moments.filter(on__gte=timezone.localdate() - LONG)
    return found.filter(Exists(moments)).exclude(Exists(recent))


STANDINGS = {  # as written in addresses and in the API -> (which they are, words)
    "nooit-gevraagd": (never_asked, _("Staat open, nog nooit gevraagd")),
    "lang-geleden": (long_silent, _("Langer dan een jaar geen contact")),
}


class StandingFilter(CodeFilter):
    """`gesproken`: how it stands between them and town hall."""

    def filter(self, queryset, value):
        return self.names[value][0](queryset) if value else queryset


class RelationFilter(OrganisationFilter):
    gesproken = StandingFilter(
        label=_("Contact met de gemeente"), names=STANDINGS, unknown=_("Deze keuze kennen we niet.")
    )
