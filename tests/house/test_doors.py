"""Two doors, one house: a page and its twin in the API give everybody the same things in the same order."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve, reverse
from rest_framework.response import Response

from initiatiefwijzer.api import FOR_OFFICERS, RESOURCES
from initiatives.models import InitiativeQuerySet
from tests import make
from tests.house import town
from townhall.pages import ListPage, ThingPage

ROLES = ("visitor", "initiator", "resident", "officer", "council", "clerk", "manager")
WITHOUT_A_PAGE = {  # resource -> why it has no list page of its own
    "besluiten": "each stands on the page of the plan that waits for it",
    "wijken": "the choices of a filter, and the map beside a thing",
    "portefeuilles": "on the page of who answers for it",
    "portefeuillehouders": "all of them are on the page of who is who",
}
WORDS = ["tuin", "groen in de straat", "de het een", "  "]
WRONG = ["bestaat-niet", "x" * 300]
PAGES = ["2", "3", "last", "0", "-1", "abc", "1000000000"]
PLAN = {"omschrijving": "We willen met de straat meer bomen en groen planten in de wijk. Wie helpt ons?"}


def twins(kind):
    """{resource: name of the route} of every page of a kind."""
    found = town.views().items()
    return {view.resource: name for name, view in found if isinstance(view, type) and issubclass(view, kind)}


LISTS, THINGS = twins(ListPage), twins(ThingPage)


@pytest.fixture
def them(people, db):
    for _ in range(21):  # two pages
        make.initiative("Tuin", by=people["initiator"])
    return people | {"visitor": AnonymousUser()}


def come_in(user, address, **query):
    """What a door gives before it is drawn: a page's context, the data of the API, or None for a 404."""
    request = RequestFactory().get(address, query)
    request.user = user
    view, args, kwargs = resolve(address)
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        return None
    if response.status_code == 404:
        return None
    return response.data if isinstance(response, Response) else response.context_data


def at_the_page(user, resource, query):
    """(keys, number of all), or which parameters are wrong, or None where there is no such page."""
    context = come_in(user, reverse(LISTS[resource]), **query)
    if context is None or context["form"].errors:
        return context and set(context["form"].errors)
    return [record.key for record in context["page_obj"]], context["page_obj"].paginator.count


def at_the_api(user, resource, query):
    data = come_in(user, reverse(f"api:{resource}-list"), **query)
    if data is None or "invalidParams" in data:
        return data and {wrong["name"] for wrong in data["invalidParams"]}
    return [record["kenmerk"] for record in data["resultaten"]], data["aantal"]


def questions(resource, user):
    """Every value of every filter, words to look for, wrong values, pages that are and aren't there."""
    page = come_in(user, reverse(LISTS[resource]))
    yield {}
    if page is None:
        return
    fields = page["form"].fields
    yield from ({"pagina": number} for number in PAGES)
    for name, field in fields.items():
        choices = [str(value) for value, _words in getattr(field, "choices", []) if value][:3]
        yield from ({name: value} for value in (choices or WORDS) + WRONG)
        yield from ({"zoek": "tuin", name: value} for value in choices[:1] if "zoek" in fields)


def test_every_resource_has_a_page_or_a_reason():
    assert set(LISTS) | set(WITHOUT_A_PAGE) == set(RESOURCES) | set(FOR_OFFICERS)
    assert not set(LISTS) & set(WITHOUT_A_PAGE)
    assert set(THINGS) <= set(RESOURCES)


@pytest.mark.parametrize("role", ROLES)
def test_lists_are_alike(role, them):
    asked = [(resource, query) for resource in LISTS for query in questions(resource, them[role])]
    pages = [(*one, at_the_page(them[role], *one)) for one in asked]
    assert pages == [(*one, at_the_api(them[role], *one)) for one in asked]


@pytest.mark.parametrize("role", ROLES)
def test_things_are_alike(role, them):
    seen = {True: 0, False: 0}
    for resource, name in THINGS.items():
        page = town.views()[name](request=RequestFactory().get("/"))
        page.request.user = them["manager"]
        for record in page.get_queryset():
            shown = come_in(them[role], record.get_absolute_url())
            twin = come_in(them[role], reverse(f"api:{resource}-detail", args=[record.key]))
            assert (shown is None) == (twin is None), record
            assert shown is None or shown["object"].key == twin["kenmerk"] == record.key
            assert shown is None or resolve(shown["api_twin"]).kwargs == {"kenmerk": record.key}
            seen[shown is not None] += 1
    assert seen[True] > 30
    assert seen[False] == {"manager": 0, "officer": 1, "initiator": 2}.get(role, 4)


def test_the_page_is_mild_about_what_it_does_not_know_and_the_api_is_not(them):
    query = {"utm_source": "krant"}
    assert at_the_page(them["visitor"], "doelen", query) == at_the_page(them["visitor"], "doelen", {})
    assert at_the_api(them["visitor"], "doelen", query) == {"utm_source"}


def test_the_wegwijzer_answers_alike(them, client):
    page = client.post("/wegwijzer/", PLAN).context["answer"]
    twin = client.post("/api/v1/wegwijzer", PLAN, content_type="application/json").json()
    found = {
        "doelen": page.goals,
        "partners": page.partners,
        "vergelijkbareInitiatieven": page.similar,
        "financieringsvormen": page.forms,
    }
    for name, things in found.items():
        assert [one.record.key for one in things] == [one["kenmerk"] for one in twin[name]], name
    assert page.contact.record.key == twin["accounthouder"]["kenmerk"]
    assert [one.key for one in (page.goals[0].record,)] == ["vergroenen"]


def test_a_forgotten_visible_to_at_one_door_is_seen(them, monkeypatch):
    public = InitiativeQuerySet.visible_to
    before = at_the_page(them["visitor"], "initiatieven", {})
    monkeypatch.setattr(InitiativeQuerySet, "visible_to", lambda self, user: self)
    after = at_the_api(them["visitor"], "initiatieven", {})
    monkeypatch.setattr(InitiativeQuerySet, "visible_to", public)
    assert before != after
