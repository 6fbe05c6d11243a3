"""What can be asked of who is who: one FilterSet for the page and its twin in the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from contacts.models import Department, District, Organisation, Portfolio
from dutch import fold
from townhall.filters import CodeFilter, FilterSet, RecordFilter
from townhall.standing import shelf, town_of


class DistrictFilter(RecordFilter):
    """`wijk`: the slug of a district, or its CBS code."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            label=_("Wijk of dorp"),
            records=District.objects.only("key", "slug", "name"),
            name="slug",
            other="key",
            empty=_("Alle wijken en dorpen"),
            unknown=_("Deze wijk kennen we niet."),
            kept="districts",
            **kwargs,
        )


def place_words(request):
    """The folded words of the names of the town and its districts; read once, and kept."""
    town = frozenset(fold(town_of(request).name).split())
    return town | shelf.of(request).get("words of districts", District.objects.words)


class WorkingInFilter(DistrictFilter):
    """Who works in the district, or everywhere."""

    def filter(self, queryset, value):
        return queryset.working_in(value) if value else queryset


class PortfolioFilter(RecordFilter):
    """`portefeuille`: the key of a portfolio."""

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            label=_("Portefeuille"),
            records=lambda request: Portfolio.objects.visible_to(request.user),
            empty=_("Alle portefeuilles"),
            unknown=_("Deze portefeuille kennen we niet."),
            **kwargs,
        )


class AccountManagerFilter(FilterSet):
    wijk = WorkingInFilter()
    portefeuille = PortfolioFilter(field_name="portfolios__key")
    afdeling = RecordFilter(
        field_name="department__key",
        label=_("Afdeling"),
        records=Department.objects.all(),
        empty=_("Alle afdelingen"),
        unknown=_("Deze afdeling kennen we niet."),
        kept="departments",
    )


class PortfolioHolderFilter(django_filters.FilterSet):
    portefeuille = PortfolioFilter(field_name="terms__portfolio__key", distinct=True)


def kinds():
    return [(kind, kind.capitalize()) for kind in Organisation.objects.kinds()]


class OrganisationFilter(FilterSet):
    wijk = WorkingInFilter()
    soort = django_filters.ChoiceFilter(
        field_name="kind",
        label=_("Soort"),
        choices=kinds,
        empty_label=_("Alle soorten"),
        error_messages={"invalid_choice": _("Deze soort kennen we niet.")},
    )
    open = CodeFilter(
        field_name="is_open",
        label=_("Samenwerken"),
        names={"ja": (True, _("Staat open")), "nee": (False, _("Staat niet open"))},
        unknown=_("Kies ja of nee."),
    )
