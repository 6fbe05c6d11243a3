"""The page that shows who works with whom: organisations and public plans, never people."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.handback import officers_only
from contacts.models import Organisation
from desk.relations import network
from desk.relations.places import places
from initiatives.filters import GoalLinkFilter, PlaceFilter
from initiatives.models import CLOSED, Initiative, PartnerLink
from townhall.filters import FilterSet, RecordFilter

MOST_PLANS, MOST_ORGANISATIONS = 25, 35  # what one can still look at


class WithFilter(RecordFilter):
    """`partner`: plans of one organisation, and those it works along with."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        links = PartnerLink.objects.filter(organisation__key=value).values("initiative")
        return queryset.filter(Q(organisation__key=value) | Q(pk__in=links))


class NetworkFilter(FilterSet):
    zoek = None  # a picture is of one thing: an organisation, a goal or a district
    partner = WithFilter(
        label=_("Organisatie"),
        records=lambda request: Organisation.objects.visible_to(request.user).alphabetical(),
        empty=_("Alle organisaties"),
        unknown=_("Deze organisatie kennen we niet."),
        most=300,
    )
    doel = GoalLinkFilter()
    wijk = PlaceFilter()


def plans_of(user):
    """Public plans that go on and that an organisation takes part in, the newest first."""
    linked = PartnerLink.objects.values("initiative")
    found = Initiative.objects.visible_to(user).public().exclude(state__in=CLOSED)
    found = found.filter(Q(organisation__isnull=False) | Q(pk__in=linked))
    return found.order_by("-submitted_at", "-pk").only("reference", "title", "organisation")


def company(plans):
    """The plans and who works on them, in two queries: (plans, organisations, links between their keys)."""
    plans = {plan.pk: plan for plan in plans[:MOST_PLANS]}
    pairs = [(plan.organisation_id, pk) for pk, plan in plans.items() if plan.organisation_id]
    linked = PartnerLink.objects.filter(initiative__in=list(plans)).order_by("pk")
    pairs += linked.values_list("organisation", "initiative")[: MOST_PLANS * MOST_ORGANISATIONS]
    wanted = list(dict.fromkeys(one for one, _plan in pairs))[:MOST_ORGANISATIONS]
    known = Organisation.objects.unmerged().only("key", "name").in_bulk(wanted)
    links = {(known[one].key, plans[pk].reference) for one, pk in pairs if one in known}
    return list(plans.values()), list(known.values()), sorted(links)


@never_cache
@officers_only
@require_safe
def picture(request):
    """Who works with whom, drawn, and the same as a list."""
    filterset = NetworkFilter(request.GET, plans_of(request.user), request=request)
    plans, organisations, links = company(filterset.qs)
    titles = {plan.reference: plan for plan in plans}
    drawing = network.lay_out(
        [(one.key, one.name) for one in organisations],
        [(plan.reference, plan.title) for plan in plans],
        links,
    )
    works = {one.key: [titles[plan] for key, plan in links if key == one.key] for one in organisations}
    context = {
        "form": filterset.form,
        "drawing": drawing if links else None,
        "rows": [(one, works[one.key]) for one in sorted(organisations, key=lambda one: one.name.casefold())],
        "is_full": len(plans) == MOST_PLANS,
        "most": MOST_PLANS,
        "places": places("desk:network"),
        "api_twin": reverse("api:netwerk"),
    }
    return render(request, "desk/network.html", context)
