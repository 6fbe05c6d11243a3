"""What can be asked of frameworks."""

from django.utils.translation import gettext_lazy as _

from townhall.filters import CodeFilter, FilterSet


class HoldsFilter(CodeFilter):
    """`geldig`: ja for the one that holds today, nee for the others."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        now = queryset.in_force()
        return now if value == "ja" else queryset.exclude(pk__in=now.values("pk"))


class AssessmentFrameworkFilter(FilterSet):
    zoek = None  # there are a few of them, with a page each
    geldig = HoldsFilter(
        label=_("Geldt het nu?"),
        names={"ja": (True, _("Ja")), "nee": (False, _("Nee"))},
        unknown=_("Kies ja of nee."),
    )
