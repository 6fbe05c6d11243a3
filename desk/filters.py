"""What can be asked of the desk: one FilterSet for the page and its twin in the API."""

import re

from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager
from desk import queues
from initiatives.filters import CLOCKS, STATES, GoalLinkFilter, PlaceFilter
from initiatives.models import Clock
from townhall.filters import CodeFilter, FilterSet, RecordFilter, SearchFilter, TabInput

REFERENCE = re.compile(r"\s*(IW-\d{4}-\d+)\s*", re.IGNORECASE)


class ListFilter(CodeFilter):
    """`lijst`: one of the lists of queues.py; without it everything that waits.

    Who asks for a state or for one reference gets it, waiting or not.
    """

    def __init__(self):
        names = {name: (name, words) for name, (words, _test) in queues.LISTS.items() if name}
        super().__init__(
            label=_("Lijst"),
            names=names,
            empty=queues.LISTS[""][0],
            unknown=_("Deze lijst kennen we niet."),
            widget=TabInput,
        )

    def filter(self, queryset, value):
        asked = self.parent.data
        if not value and (asked.get("staat") or REFERENCE.fullmatch(asked.get("zoek", ""))):
            return queryset
        _words, test = queues.LISTS[value or ""]
        return queryset.filter(test(self.parent.request.user))


class ReferenceOrWords(SearchFilter):
    """`zoek`: a reference finds its plan, everything else is searched as words."""

    def filter(self, queryset, value):
        reference = REFERENCE.fullmatch(value or "")
        return (
            queryset.filter(reference=reference[1].upper()) if reference else super().filter(queryset, value)
        )


class ClockFilter(CodeFilter):
    """`klok`: plans of which this clock runs."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        running = Clock.objects.running().filter(kind=self.names[value][0])
        return queryset.filter(pk__in=running.values("initiative"))


class DeskFilter(FilterSet):
    zoek = ReferenceOrWords(label=_("Zoek op woorden of kenmerk"))
    lijst = ListFilter()
    wijk = PlaceFilter()
    staat = CodeFilter(
        field_name="state",
        label=_("Hoe ver is het?"),
        names={name: (code, code.label.capitalize()) for name, code in STATES.items()},
        unknown=_("Deze staat kennen we niet."),
    )
    contact = RecordFilter(
        field_name="contact__key",
        label=_("Contactpersoon"),
        records=AccountManager.objects.only("key", "function"),
        empty=_("Iedereen"),
        unknown=_("Deze contactpersoon kennen we niet."),
    )
    doel = GoalLinkFilter()
    klok = ClockFilter(
        label=_("Welke termijn loopt?"),
        names={name: (kind, kind.label.capitalize()) for name, kind in CLOCKS.items()},
        unknown=_("Deze termijn kennen we niet."),
    )
