"""What else to look for: at every list, and never what this person may not see."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Organisation
from goals.models import Goal
from initiatives.models import Initiative
from tests import make
from townhall.hints import Hints, hints

pytestmark = pytest.mark.django_db

HINT = re.compile(r'<a class="nl-link" href="(\?[^"]*)">([^<]*)</a>')


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


def told(text, user=None, places=frozenset):
    """What is said at the list of plans about a text."""
    plans = Initiative.objects.visible_to(user or AnonymousUser()).registered()
    return hints(text, plans.search(text).count(), [plans.search], places)


@pytest.mark.parametrize(
    ("title", "typed", "meant"),
    [
        ("Moestuin achter de flat", "moestiun", "moestuin"),
        ("Moestuin achter de flat", "mostuin", "moestuin"),
        ("Moestuin achter de flat", "  Moestiun, achter flat!", "moestuin, achter flat!"),
        ("Moestuin achter de flat", "moestiun achtr de flat", "moestuin achter de flat"),
        ("Zwemsteiger", "zwemstijger", "zwemsteiger"),
        ("Café Zoë", "kafee", ""),  # too many letters are others
        ("Café Zoë", "caffe", "café"),
        ("Een bos", "bus", ""),  # too short to tell
        ("De Bomen", "boomen", ""),  # is found: boom
        ("Bankje", "moestiun", ""),  # a word we know, that finds nothing here
        ("Moestuin", "%_\\'", ""),
        ("Moestuin", "de het een", ""),
        ("Moestuin", "", ""),
    ],
)
def test_a_slip_is_mended_where_that_finds_something(title, typed, meant):
    make.initiative(title, story="Wij samen.")
    assert told(typed).meant == meant


def test_the_word_of_the_list_is_offered_where_no_name_has_it():
    make.initiative("Ons plan", story="Voor alle kinderen van de straat.")
    assert told("kindren") == Hints("kinderen")


def test_other_words_are_offered_when_they_find_something():
    make.initiative("Vlooienmarkt", story="Wij samen.")
    make.initiative("Een snuffelmarkt", story="Wij samen.")
    assert told("rommelmarkt") == Hints(also=("vlooienmarkt", "snuffelmarkt"))
    assert told("een rommelmarkt met honden") == Hints()
    assert told("vlooienmarkt") == Hints(also=("snuffelmarkt",))


def test_what_somebody_may_not_see_is_never_offered(amina, bram, carla):
    secret = {"public": False, "by": amina, "story": "Wij samen."}
    make.initiative("Zwemsteiger", **secret)
    make.initiative("Vlooienmarkt", **secret)
    for stranger in (None, bram):
        assert told("zwemstijger", stranger) == told("rommelmarkt", stranger) == Hints()
    for writer in (amina, carla):
        assert told("zwemstijger", writer) == Hints("zwemsteiger")
        assert told("rommelmarkt", writer) == Hints(also=("vlooienmarkt",))


def test_the_name_of_a_place_is_no_mistake(client):
    make.district("Zwemstijger")
    make.initiative("Zwemsteiger", story="Wij samen.")
    page = client.get("/initiatieven/?zoek=zwemstijger")
    assert "Bedoelde je" not in page.text
    assert "Bedoelde je" in client.get("/initiatieven/?zoek=zwemsteigr").text


def test_the_other_filters_stay_and_count(client):
    north, south = make.district("Noord"), make.district("Zuid")
    make.initiative("Moestuin", district=north, story="Wij samen.")
    page = client.get("/initiatieven/?zoek=moestiun&wijk=noord&pagina=1&staat=gestopt").text
    assert HINT.findall(page) == []
    page = client.get("/initiatieven/?zoek=moestiun&wijk=noord").text
    assert HINT.findall(page) == [("?zoek=moestuin&amp;wijk=noord", "moestuin")]
    assert HINT.findall(client.get(f"/initiatieven/?zoek=moestiun&wijk={south.slug}").text) == []


def asked(text, found):
    """How many queries it takes to say what else there is."""
    looks = [Initiative.objects.search, Goal.objects.search, Organisation.objects.search]
    with CaptureQueriesContext(connection) as queries:
        hints(text, found, looks)
    return len(queries)


def test_it_costs_nothing_where_enough_is_found():
    assert asked("rommelmarkt moestiun", 3) == 0
    assert asked("de het een", 0) == 0
    assert asked("rommelmarkt", 1) == 1
    assert asked("rommelmarkt moestiun zwemstijger bomne", 0) == 2
