"""For which goals in which districts there is a contact: a matrix of portfolios and districts, and its holes."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.handback import officers_only
from contacts.models import AccountManager, District, Portfolio
from desk.queues import leads
from matching.corpus import keeper
from matching.coverage import Cover, candidates, cover
from townhall.api_defaults import Pagination, refuse_unknown
from townhall.filters import number_in
from townhall.rest import CodeField, RecordSerializer

RULES = {  # rule -> in words
    "goal_owner": _("is de contactpersoon van het doel"),
    "deputy": _("vervangt de contactpersoon van het doel"),
    "profile": _("werkt aan dit onderwerp"),
    "district": _("is er voor alle plannen in deze wijk"),
    "front_desk": _("niemand: het loket"),
}
NO_PORTFOLIO = "geen"


def may_see(user):
    """True for managers, and for who leads a department."""
    return user.is_authenticated and user.is_officer and (user.is_manager or leads(user))


@dataclass(frozen=True, slots=True)
class Cell:
    """A portfolio in a district: how many goals, and for how many nobody is there."""

    goals: int
    holes: int
    url: str


class Coverage:
    """Everything about who covers what, today; asks the same few queries however many goals there are."""

    def __init__(self):
        self.shelf = keeper.current()
        self.corpus = self.shelf.matcher.corpus
        self.districts = list(District.objects.order_by("name").only("name", "slug", "parent"))
        self.portfolios = list(Portfolio.objects.order_by("name"))

    @cached_property
    def goals(self):
        return {goal.key: goal for goal in self.corpus.goals}

    @cached_property
    def around(self):
        """Each district with itself, its parts and its whole."""
        names = {one.pk: one.name for one in self.districts}
        found = {one.name: {one.name} for one in self.districts}
        for one in self.districts:
            if one.parent_id in names:
                found[one.name].add(names[one.parent_id])
                found[names[one.parent_id]].add(one.name)
        return {name: frozenset(others) for name, others in found.items()}

    @cached_property
    def covers(self):
        return cover(self.corpus.goals, self.corpus.contacts, self.around)

    def portfolio_of(self, key):
        return self.goals[key].portfolio or NO_PORTFOLIO

    def chosen(self, district="", portfolio=""):
        """Those of a district and a portfolio; empty: of all."""
        return [
            one
            for one in self.covers
            if (not district or one.district == district)
            and (not portfolio or self.portfolio_of(one.goal) == portfolio)
        ]

    @property
    def columns(self):
        """(key, name) of the portfolios that have goals, and of what has none."""
        used = {self.portfolio_of(key) for key in self.goals}
        named = [(one.key, one.name) for one in self.portfolios if one.key in used]
        return named + ([(NO_PORTFOLIO, _("Zonder portefeuille"))] if NO_PORTFOLIO in used else [])

    def matrix(self):
        """[(district, [Cell or None, …]), …], a cell for each of `columns`; None where no goal holds."""
        numbers = {}
        for one in self.covers:
            place = (one.district, self.portfolio_of(one.goal))
            goals, holes = numbers.get(place, (0, 0))
            numbers[place] = (goals + 1, holes + one.is_hole)
        here = reverse("desk:coverage")
        return [
            (
                district.name,
                [
                    Cell(*found, f"{here}?{urlencode({'wijk': district.slug, 'portefeuille': key})}#doelen")
                    if (found := numbers.get((district.name, key)))
                    else None
                    for key, _name in self.columns
                ],
            )
            for district in self.districts
        ]

    def holes(self):
        """[(goal, [district, …], [who could do it, …]), …], the goal with the most districts first."""
        found = {}
        for one in self.covers:
            if one.is_hole:
                found.setdefault(one.goal, []).append(one.district)
        return sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))

    def hole(self, key, districts):
        """One of them as it is drawn."""
        could = candidates(self.goals[key], self.corpus.contacts)
        return {
            "goal": self.shelf.goals[key],
            "districts": districts,
            "everywhere": len(districts) == len(self.districts),
            "could": [self.shelf.managers[one] for one in could if one in self.shelf.managers],
        }

    def told(self, one: Cover):
        """One goal in one district as it is drawn."""
        return {
            "goal": self.shelf.goals[one.goal],
            "district": one.district,
            "manager": self.shelf.managers.get(one.contact),
            "rule": one.rule,
            "words": RULES[one.rule],
            "is_hole": one.is_hole,
        }


def choice(asked, coverage):
    """(district, portfolio) that were asked for; Http404 for what there is none of."""
    slugs = {one.slug: one.name for one in coverage.districts}
    keys = {key for key, _name in coverage.columns}
    district, portfolio = asked.get("wijk", ""), asked.get("portefeuille", "")
    if (district and district not in slugs) or (portfolio and portfolio not in keys):
        raise Http404
    return slugs.get(district, ""), portfolio


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
        "district": district,
        "portfolio": dict(coverage.columns).get(portfolio, ""),
        "api_twin": reverse("api:dekking"),
    }
    return render(request, "desk/coverage.html", context)


# For machines ----------------------------------------------------------------------------------------------
class ManagerName(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    functie = serializers.CharField(source="function")


class CoverGoal(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="heading")


class CoverSerializer(RecordSerializer):
    audience = "officer"

    doel = CoverGoal(source="goal")
    wijk = serializers.CharField(source="district")
    accounthouder = ManagerName(source="manager", allow_null=True)
    regel = CodeField(
        source="rule",
        names={
            "contactpersoon-van-doel": "goal_owner",
            "vervanger": "deputy",
            "onderwerp": "profile",
            "wijk": "district",
            "loket": "front_desk",
        },
    )
    isGat = serializers.BooleanField(source="is_hole", help_text="Alleen het loket blijft over.")


class PageOfCovers(RecordSerializer):
    """A page of them, as every list gives it."""

    aantal = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    volgende = serializers.URLField(allow_null=True)
    vorige = serializers.URLField(allow_null=True)
    resultaten = CoverSerializer(many=True)


class CoverageView(APIView):
    """Wie voor welk doel in welke wijk de contactpersoon zou zijn. Voor beheerders en leidinggevenden."""

    http_method_names = ("get", "head")
    gives = {"GET": PageOfCovers}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not may_see(request.user):
            raise Http404

    def get(self, request):
        coverage = Coverage()
        unknown = refuse_unknown(request, {"wijk", "portefeuille", "pagina", "perPagina"})
        if unknown:
            raise exceptions.ValidationError(unknown)
        try:
            found = coverage.chosen(*choice(request.query_params, coverage))
        except Http404:
            words = {"wijk": [_("Deze wijk of portefeuille kennen we niet.")]}
            raise exceptions.ValidationError(words) from None
        pages = Pagination()
        rows = [coverage.told(one) for one in pages.paginate_queryset(found, request, self)]
        return pages.get_paginated_response(CoverSerializer(rows, many=True).data)

    head = get


SINGLE = {"dekking": CoverageView}
