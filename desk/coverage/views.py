"""The page of who covers what, for managers and for who leads a department."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.handback import officers_only
from desk.coverage.reading import Coverage, choice, may_see
from townhall.api_defaults import Pagination
from townhall.filters import number_in


@never_cache
@officers_only
@require_safe
def page(request):
    """The matrix, what stands in one cell, and the holes."""
    if not may_see(request.user):
        raise Http404
    coverage = Coverage()
    district, portfolio = choice(request.GET, coverage)
    asked = bool(district or portfolio)
    holes = coverage.holes()
    rows = coverage.chosen(district, portfolio) if asked else holes
    page_obj = Paginator(rows, Pagination.page_size).get_page(number_in(request.GET.get("pagina", "1")) or 1)
    context = {
        "columns": "|".join([str(_("Wijk")), *(str(name) for _key, name in coverage.columns)]),
        "matrix": coverage.matrix(),
        "goals": len(coverage.goals),
        "districts": len(coverage.districts),
        "number": sum(len(districts) for _goal, districts in holes),
        "page_obj": page_obj,
        "rows": [coverage.told(one) for one in page_obj] if asked else None,
        "holes": None if asked else [coverage.hole(*one) for one in page_obj],
        "chosen": ", ".join(filter(None, [str(dict(coverage.columns).get(portfolio, "")), district])),
        "api_twin": reverse("api:dekking"),
    }
    return render(request, "desk/coverage.html", context)
