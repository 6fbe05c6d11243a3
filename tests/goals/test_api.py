"""Goals and notes for machines."""

from datetime import date

import pytest

from goals.models import Goal
from tests import make

pytestmark = pytest.mark.django_db


def test_a_goal_in_full(client):
    els = make.holder("Els")
    owner = make.manager("Adviseur groen", key="K1", name="Geheim", department=make.department("Buiten"))
    goal = make.goal(
        "Versterken van de biodiversiteit",
        key="G1",
        slug="bloemen",
        plain_title="Meer bloemen",
        plain_description="We willen meer bloemen.",
        description="Het college bevordert.",
        note=make.note("Groennota", key="N1", adopted_on=date(2024, 5, 16), valid_until=date(2030, 12, 31)),
        page="p. 14",
        indicator={"name": "Bijen", "unit": "aantal", "target": 9},
        owner=owner,
        portfolio=make.portfolio("Groen", holder=els),
        themes=[make.theme("Natuur")],
        policy_fields=[make.policy_field("5.7", "Openbaar groen")],
        verified_on=date(2026, 10, 5),
    )
    goal.districts.set([make.district("Noord", key="WK999901")])
    assert client.get("/api/v1/doelen/G1").json() == {
        "kenmerk": "G1",
        "versie": 1,
        "titel": "Meer bloemen",
        "uitleg": "We willen meer bloemen.",
        "titelInNota": "Versterken van de biodiversiteit",
        "tekstInNota": "Het college bevordert.",
        "beleidsnota": {
            "kenmerk": "N1",
            "titel": "Groennota",
            "vastgesteldOp": "2024-05-16",
            "vastgesteldDoor": "gemeenteraad",
            "geldtTotEnMet": "2030-12-31",
        },
        "bladzijde": "p. 14",
        "portefeuille": {"kenmerk": goal.portfolio.key, "naam": "Groen"},
        "portefeuillehouder": {"kenmerk": els.key, "naam": "Els", "functie": "wethouder"},
        "accounthouder": {
            "kenmerk": "K1",
            "functie": "Adviseur groen",
            "afdeling": {"kenmerk": "buiten", "naam": "Buiten"},
        },
        "beleidsvelden": [{"kenmerk": "5.7", "naam": "Openbaar groen"}],
        "themas": [{"kenmerk": "natuur", "naam": "Natuur"}],
        "wijken": [{"kenmerk": "WK999901", "naam": "Noord"}],
        "meetlat": {
            "naam": "Bijen",
            "eenheid": "aantal",
            "nulmeting": None,
            "streefwaarde": 9.0,
            "jaar": None,
        },
        "staat": "lopend",
        "nagekekenOp": "2026-10-05",
        "webpagina": "http://testserver/doelen/bloemen/",
    }


def test_what_is_not_known_is_null(client):
    make.goal(key="G1")
    answer = client.get("/api/v1/doelen/G1").json()
    missing = [
        "uitleg",
        "bladzijde",
        "portefeuille",
        "portefeuillehouder",
        "accounthouder",
        "meetlat",
        "nagekekenOp",
    ]
    assert [answer[name] for name in missing] == [None] * len(missing)
    assert (answer["beleidsvelden"], answer["themas"], answer["wijken"]) == ([], [], [])


def test_a_note_in_full(client):
    make.goal(
        note=make.note(
            "Groennota", key="N1", url="https://voorbeeld.example/nota", valid_from=date(2024, 6, 1)
        )
    )
    assert client.get("/api/v1/beleidsnotas/N1").json() == {
        "kenmerk": "N1",
        "versie": 1,
        "titel": "Groennota",
        "vastgesteldOp": "2020-01-01",
        "vastgesteldDoor": "gemeenteraad",
        "geldtTotEnMet": None,
        "geldtVanaf": "2024-06-01",
        "adres": "https://voorbeeld.example/nota",
        "cvdr": None,
        "aantalDoelen": 1,
        "webpagina": "http://testserver/notas/groennota/",
    }


def test_concepts_are_not_there_for_outsiders(client, carla):
    make.goal(key="G1", state=Goal.State.DRAFT, note=None)
    assert client.get("/api/v1/doelen").json()["aantal"] == 0
    assert client.get("/api/v1/doelen/G1").status_code == 404
    client.force_login(carla)
    assert client.get("/api/v1/doelen/G1").json()["staat"] == "concept"
