"""What can be asked of people without an account: one FilterSet for the page and its twin in the API."""

from django.utils.translation import gettext_lazy as _

from desk.persons.verbs import to_forget
from townhall.filters import CodeFilter, FilterSet

SHOWS = {  # as written in addresses and in the API -> (which they are, words)
    "niet-verteld": (lambda found: found.uninformed(), _("Weet nog niet dat we gegevens bewaren")),
    "te-wissen": (lambda found: found.filter(pk__in=to_forget().values("pk")), _("Te wissen")),
}


class ShowFilter(CodeFilter):
    """`toon`: some of them."""

    def filter(self, queryset, value):
        return self.names[value][0](queryset) if value else queryset


class PersonFilter(FilterSet):
    toon = ShowFilter(
        label=_("Wie wil je zien?"), names=SHOWS, empty=_("Iedereen"), unknown=_("Deze lijst kennen we niet.")
    )

    @property
    def looks(self):
        """Nothing more to look for: names of people are not guessed at."""
        return ()
