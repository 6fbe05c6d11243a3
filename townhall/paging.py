"""Pages of a list that may be very long: counted, and shown, no further than anybody reads."""

import re
from datetime import UTC, datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST = 1_000


def at_most(number):
    """A number, or words for more than MOST where it is None."""
    if number is None:
        return _("Meer dan %(number)s") % {"number": number_format(MOST, force_grouping=True)}
    return number


class LongPaginator(Paginator):
    """Finds the first MOST rows and says "meer dan 1.000" where there are more; ask more precisely for those.

    Counting all of a hundred thousand rows costs more than showing twenty, and so does leaping over them. So
    the ids are found first, which one index can do; then the rows of one page, any page for the same price.
    """

    @cached_property
    def ids(self):
        """The ids of the first rows, in order; MOST + 1 where there are more."""
        return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])

    @property
    def has_more(self):
        """True when there are more than can be leafed through."""
        return len(self.ids) > MOST

    @property
    def count(self):
        return min(len(self.ids), MOST)

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        here = self.ids[first : min(first + self.per_page, self.count)]
        return self._get_page(list(self.object_list.filter(pk__in=here)) if here else [], number, self)

    @property
    def said(self):
        """The number found, or words for it."""
        return at_most(None if self.has_more else self.count)


# Further on: what comes after a row ------------------------------------------------------------------------
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MARK = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


def mark_of(row, by):
    """Where a row stands in a list ordered by a moment (microseconds since 1970) and id; for addresses."""
    return f"{(getattr(row, by) - EPOCH) // timedelta(microseconds=1)}-{row.pk}"


def rows_after(queryset, by, mark):
    """The rows after the one with this mark, newest first; ValueError for what is no mark."""
    found = MARK.fullmatch(mark)
    if not found:
        raise ValueError(mark)
    at = EPOCH + timedelta(microseconds=int(found[1]))
    return queryset.filter(Q(**{f"{by}__lt": at}) | Q(**{by: at}, pk__lt=int(found[2])), **{f"{by}__lte": at})
