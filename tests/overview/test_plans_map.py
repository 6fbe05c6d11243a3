"""The map beside the list of plans: numbers that the list keeps, links that keep what was asked."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from contacts.models import District
from initiatives.models import State
from initiatives.views import InitiativeList
from overview import plans_map
from tests import make
from tests.house import town

pytestmark = pytest.mark.django_db
LIST = "/initiatieven/"


def square(west):
    return [[west, 52], [west + 1, 52], [west + 1, 53], [west, 53], [west, 52]]


@pytest.fixture
def small():
    """Two districts on the map, one of which has a part; and one without an outline."""
    make.municipality()
    goal = make.goal("Bomen", slug="bomen", themes=[make.theme("Groen", slug="groen")])
    north, south = make.district("Noord", outline=square(5)), make.district("Zuid", outline=square(6))
    part, lost = make.district("Noordeinde", parent=north, outline=square(5)), make.district("Verweg")
    make.initiative("Moestuin", district=north, goals=[goal])
    make.initiative("Tuin", district=part, state=State.REALISED)
    make.initiative("Bankje", district=part, public=False, goals=[goal])
    make.initiative("Tuin", district=south)
    make.initiative("Tuin", district=lost)
    make.initiative("Tuin")
    return goal


def seen(user, query=""):
    """The list of somebody, and the districts on its map by name."""
    request = RequestFactory().get(LIST + query)
    request.user = user
    view = InitiativeList()
    view.setup(request)
    found = view.get_queryset().count()
    return found, {area["name"]: area for area in plans_map.areas(request, view.filterset)}


QUESTIONS = [
    "",
    "?staat=gerealiseerd",
    "?van=2020-01&tot=2099-12",
    "?tot=2020-01",
    "?doel=bomen",
    "?thema=groen",
    "?doelwoorden=boom",
    "?doel=bomen&thema=groen",
    "?zoek=tuin",
    "?gekoppeld=nee",
    "?openbaar=ja",
    "?openbaar=nee",
    "?wijk=noord&staat=in-gesprek",
    "?wijk=atlantis",
]


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_number_is_what_the_list_finds_there(cast, small, query):
    for role in ("resident", "officer", "council"):
        _found, areas = seen(cast[role], query)
        assert list(areas) == ["Noord", "Zuid"]
        for name, area in areas.items():
            inside = area["url"].removeprefix(LIST)
            if area["current"]:
                assert "wijk" not in parse_qs(urlsplit(inside).query)
                inside = query
            assert seen(cast[role], inside)[0] == area["number"], (role, name)


def test_a_link_keeps_what_was_asked_and_begins_at_the_first_page(bram, small):
    _found, areas = seen(bram, "?zoek=tuin&wijk=noord&pagina=2")
    assert areas["Zuid"]["url"] == f"{LIST}?zoek=tuin&wijk=zuid"
    assert areas["Noord"]["url"] == f"{LIST}?zoek=tuin"
    assert [area["current"] for area in areas.values()] == [True, False]


def test_it_can_be_heard_and_what_is_chosen_is_said(client, small):
    html = client.get(f"{LIST}?wijk=zuid").content.decode()
    chart = re.search(r"<details class=\"iw-choice\">.*?</details>", html, re.DOTALL)[0]
    assert re.findall(r'aria-label="([^"]*)"', chart) == [
        "Kies een wijk op de kaart",
        "Noord: 2 initiatieven",
        "Zuid: 1 initiatief, gekozen",
    ]
    assert chart.count('aria-current="true"') == chart.count("iw-choice__tick") == 1


def test_without_outlines_there_is_no_map(client, small):
    District.objects.update(outline=[])
    assert "iw-choice" not in client.get(LIST).content.decode()


def test_a_map_that_changed_is_drawn_anew(bram, small):
    before = seen(bram)[1]["Zuid"]["outline"]
    District.objects.filter(name="Zuid").update(outline=square(7))
    assert seen(bram)[1]["Zuid"]["outline"] != before


def test_no_numbers_rather_than_slow_or_wrong_ones(bram, small, monkeypatch):
    assert {area["number"] for area in seen(bram, "?zoek=tuin&wijk=zuid")[1].values()} == {None}
    monkeypatch.setattr(plans_map, "MOST", 1)
    assert {area["number"] for area in seen(bram, "?zoek=tuin")[1].values()} == {None}


def test_it_costs_the_same_for_many(client, small):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        return len(asked)

    client.get(LIST)
    few = cost()
    for west in range(20):
        make.initiative(district=make.district(outline=square(west)), goals=[small])
    client.get(LIST)  # what stands is read again, once after it changed
    assert cost() == few


def test_nothing_of_what_is_hidden_is_counted_for_others(client, small):
    assert "Noord: 2 initiatieven" in client.get(LIST).content.decode()
    assert "Noord: 3 initiatieven" in town.walker(make.user(role="officer")).get(LIST).content.decode()
