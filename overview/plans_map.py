"""The map beside a list of plans: every district, with its plans of this list, as a link to its filter."""

from collections import Counter, defaultdict
from functools import lru_cache

import numpy as np
from django.db import connection

from contacts.models import District
from goals.models import Goal
from initiatives.filters import STATES
from overview import tally
from overview.figures import Asked, month_number

MOST = 200  # plans that are looked up one by one; where there are more no numbers are shown
DISTRICTS = """
SELECT id, slug, name, parent_id, xmin::text || ctid::text AS version FROM contacts_district ORDER BY name, id
"""
ABOUT_A_GOAL = ("thema", "portefeuille", "doelwoorden")


def areas(request, filterset):
    """The districts that have an outline: name, url, current, number (None: not known), outline and centroid.

    The link of a district keeps all that was asked and asks for the district; that of the one that was asked
    lets it go. Of a whole and its parts only the whole is drawn.
    """
    with connection.cursor() as cursor:
        cursor.execute(DISTRICTS)
        rows = tuple(cursor.fetchall())
    known = outlines(rows)
    drawn = [row for row in rows if row[0] in known and row[3] not in known]
    if not drawn:
        return []
    asked = filterset.form.cleaned_data.get("wijk")
    numbers, parts = per_district(request, filterset), parts_of(rows)
    return [
        {
            "name": name,
            "url": address(request, "" if slug == asked else slug),
            "current": slug == asked,
            "number": None if numbers is None else sum(numbers.get(one, 0) for one in (pk, *parts[pk])),
            "outline": known[pk][0],
            "centroid": known[pk][1],
        }
        for pk, slug, name, _parent, _version in drawn
    ]


@lru_cache(maxsize=4)
def outlines(rows):
    """{id: (outline, centroid)} of the districts that are drawn; `rows` tell that none has changed."""
    found = District.objects.exclude(outline=[]).values_list("pk", "outline", "centroid")
    return {pk: (tuple(map(tuple, outline)), centroid and tuple(centroid)) for pk, outline, centroid in found}


def parts_of(rows):
    parts = defaultdict(list)
    for pk, _slug, _name, parent, _version in rows:
        parts[parent].append(pk)
    return parts


def address(request, slug):
    """The same list for a district, or for all of them, from its first page."""
    query = request.GET.copy()
    query.pop("pagina", None)
    query.pop("wijk", None)
    if slug:
        query["wijk"] = slug
    return f"{request.path}?{query.urlencode()}"


# How many -----------------------------------------------------------------------------------------------
def per_district(request, filterset):
    """{id of a district: plans of this list}, whatever district was asked; None where that is not told.

    What the columns of the tally know is counted there; words and the like are looked up.
    """
    told = filterset.form.cleaned_data
    looked_up = [told.get("zoek"), told.get("gekoppeld"), told.get("openbaar") == "nee"]
    if any(looked_up) or (told.get("doel") and any(told.get(name) for name in ABOUT_A_GOAL)):
        return looked_up_one_by_one(filterset)
    everything = getattr(request.user, "is_officer", False) and told.get("openbaar") != "ja"
    counts = tally.keeper.per_district(goals_of(request, filterset), asked_of(told))
    return {pk: count.all if everything else count.public for pk, count in counts.items()}


def looked_up_one_by_one(filterset):
    """Only of a short list of the whole town: more would make searching slow."""
    if filterset.form.cleaned_data.get("wijk"):
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
