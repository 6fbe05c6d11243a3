"""What managers keep up to date, by the API: the verbs of the pages, and nothing for anybody else."""

import uuid

import pytest
from django.test import Client

from tests import make
from townhall.models import Text

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def manager(mo):
    return come_in(mo)


def come_in(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, resource, **body):
    headers = {"idempotency-key": str(uuid.uuid4())}
    return client.post(f"{API}/{resource}", body, content_type="application/json", headers=headers)


def patch(client, resource, key, **body):
    return client.patch(f"{API}/{resource}/{key}", body, content_type="application/json")


NEW = {  # resource -> (what is sent for a new one, what of it changes)
    "portefeuilles": ({"naam": "Water", "rol": "Wethouder water"}, {"naam": "Water en groen"}),
    "portefeuillehouders": ({"naam": "Noor", "functie": "wethouder"}, {"partij": "Lokaal"}),
    "financieringsvormen": ({"naam": "Lening", "betekenis": "Je leent.", "volgorde": 4}, {"uitleg": "Zo."}),
}


@pytest.mark.parametrize("resource", NEW)
def test_something_is_made_and_changed(manager, resource):
    new, other = NEW[resource]
    made = post(manager, resource, **new)
    assert made.status_code == 201, made.json()
    thing = made.json()
    assert {name: thing[name] for name in new} == new
    changed = patch(manager, resource, thing["kenmerk"], versie=thing["versie"], **other)
    assert changed.status_code == 200
    assert {name: changed.json()[name] for name in other} == other
    again = patch(manager, resource, thing["kenmerk"], versie=thing["versie"], **dict.fromkeys(other, "x"))
    assert again.status_code == 409


def test_a_term_of_office_begins_and_ends(manager):
    portfolio, els = make.portfolio("Groen", key="groen"), make.holder("Els", key="els")
    made = post(manager, "ambtstermijnen", portefeuille="groen", houder="els", vanaf="2026-01-01")
    assert made.status_code == 201, made.json()
    assert made.json()["houder"] == {"kenmerk": els.key, "naam": "Els"}
    twice = post(manager, "ambtstermijnen", portefeuille="groen", houder="els", vanaf="2026-02-01")
    assert twice.status_code == 400
    ended = patch(manager, "ambtstermijnen", made.json()["kenmerk"], versie=1, totEnMet="2026-06-30")
    assert ended.json()["totEnMet"] == "2026-06-30"
    assert portfolio.terms.get().until.isoformat() == "2026-06-30"


def test_a_step_comes_after_the_goal_is_there(manager):
    new = {"titelInNota": "Meer groen", "tekstInNota": "We maken de stad groener."}
    refused = post(manager, "doelen", **new, stap="publiceren")
    assert (refused.status_code, refused.json()["invalidParams"][0]["name"]) == (400, "stap")
    assert post(manager, "doelen", **new).json()["staat"] == "concept"


@pytest.mark.parametrize("number", ["0", "2", "0000000019", "9" * 5000, "x"])
def test_a_page_of_a_list_that_is_not_there(number, manager):
    make.municipality()
    assert manager.get("/beheer/doelen/", {"pagina": number}).status_code == 404


def test_an_absence_has_a_deputy(manager):
    make.manager("Adviseur", key="A1")
    make.manager("Vervanger", key="A2")
    made = post(
        manager, "afwezigheden", accounthouder="A1", vanaf="2026-12-01", totEnMet="2026-12-24", vervanger="A2"
    )
    assert made.status_code == 201, made.json()
    assert made.json()["vervanger"]["kenmerk"] == "A2"
    wrong = patch(manager, "afwezigheden", made.json()["kenmerk"], versie=1, totEnMet="2026-11-01")
    assert wrong.status_code == 400
    assert wrong.json()["invalidParams"]


def test_a_text_is_worded(manager):
    Text.objects.create(key="promise", body="Eerst.")
    assert patch(manager, "teksten", "promise", versie=1, tekst="Nu.").json()["tekst"] == "Nu."
    assert Text.objects.get().body == "Nu."


@pytest.mark.parametrize("resource", ["ambtstermijnen", "afwezigheden", "teksten"])
def test_for_others_it_is_not_there(resource, client, carla, dirk):
    assert client.get(f"{API}/{resource}").status_code == 404
    for who in (carla, dirk):
        assert come_in(who).get(f"{API}/{resource}").status_code == 404


@pytest.mark.parametrize("resource", NEW)
def test_others_read_and_do_not_write(resource, carla):
    officer = come_in(carla)
    assert officer.get(f"{API}/{resource}").status_code == 200
    assert post(officer, resource, **NEW[resource][0]).status_code == 405
