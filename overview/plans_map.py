"""The map beside a list of plans: every district, with its plans of this list, as a link to its filter."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from contacts.models import District
from goals.models import Goal
from initiatives.filters import STATES
from overview import tally
from overview.figures import Asked, month_number
from townhall.standing import shelf

MOST = 200  # plans that are looked up one by one; where there are more no numbers are shown
ABOUT_A_GOAL = ("thema", "portefeuille", "doelwoorden")


def areas(request, filterset, count=None):
    """The districts that have an outline: name, url, current, number (None: not known), outline and centroid.

    The link of a district keeps all that was asked and asks for the district; that of the one that was asked
    lets it go. Of a whole and its parts only the whole is drawn. count: how long the list is, where that is
    known already.
    """
    places = shelf.of(request).get("map of districts", read_places)
    if not places:
        return []
    asked = filterset.form.cleaned_data.get("wijk")
    numbers = per_district(request, filterset, count)
    here = address_to_go_on(request)
    return [
        {
            "name": place.name,
            "url": here.rstrip("?&") if place.slug == asked else f"{here}wijk={place.slug}",
            "current": place.slug == asked,
            "number": None if numbers is None else sum(numbers.get(pk, 0) for pk in place.whole),
            "outline": place.outline,
            "centroid": place.centroid,
        }
        for place in places
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """A district as it is drawn; `whole`: its id and those of its parts."""

    slug: str
    name: str
    outline: tuple
    centroid: tuple | None
    whole: tuple[int, ...]


def read_places():
    """The districts that are drawn, by name."""
    rows = list(District.objects.order_by("name", "pk"))
    drawn = {row.pk for row in rows if row.outline}
    parts = defaultdict(list)
    for row in rows:
        parts[row.parent_id].append(row.pk)
    return [
        Place(
            row.slug,
            row.name,
            tuple(map(tuple, row.outline)),
            row.centroid and tuple(row.centroid),
            (row.pk, *parts[row.pk]),
        )
        for row in rows
        if row.pk in drawn and row.parent_id not in drawn
    ]


def address_to_go_on(request):
    """The same list for all districts, from its first page, ready for one parameter more."""
    query = request.GET.copy()
    query.pop("pagina", None)
    query.pop("wijk", None)
    return f"{request.path}?{query.urlencode()}&" if query else f"{request.path}?"


# How many -----------------------------------------------------------------------------------------------
def per_district(request, filterset, count):
    """{id of a district: plans of this list}, whatever district was asked; None where that is not told.

    What the columns of the tally know is counted there; words and the like are looked up.
    """
    told = filterset.form.cleaned_data
    looked_up = [told.get("zoek"), told.get("gekoppeld"), told.get("openbaar") == "nee"]
    if any(looked_up) or (told.get("doel") and any(told.get(name) for name in ABOUT_A_GOAL)):
        return looked_up_one_by_one(filterset, count)
    everything = getattr(request.user, "is_officer", False) and told.get("openbaar") != "ja"
    counts = tally.keeper.per_district(goals_of(request, filterset), asked_of(told))
    return {pk: count.all if everything else count.public for pk, count in counts.items()}


def looked_up_one_by_one(filterset, count):
    """Only of a short list of the whole town: more would make searching slow."""
    if filterset.form.cleaned_data.get("wijk") or (count and count > MOST):
        return None
    districts = list(filterset.qs.order_by().values_list("district_id", flat=True)[: MOST + 1])
    return None if len(districts) > MOST else Counter(districts)


def goals_of(request, filterset):
    """The ids of the goals that were asked, or None when nothing was asked of goals."""
    told = filterset.form.cleaned_data
    asked = {name: told[name] for name in ABOUT_A_GOAL if told.get(name)}
    if not asked and not told.get("doel"):
        return None
    goals = Goal.objects.visible_to(request.user)
    goals = goals.filter(slug=told["doel"]) if told.get("doel") else goals
    for name, value in asked.items():
        goals = filterset.filters[name].narrow(goals, value)
    return np.array(list(goals.order_by("pk").values_list("pk", flat=True)), dtype=np.int64)


def asked_of(told):
    since, until, state = told.get("van"), told.get("tot"), told.get("staat")
    return Asked(
        since=since and month_number(since),
        until=until and month_number(until),
        state=tally.STATES.index(STATES[state]) if state else None,
    )
