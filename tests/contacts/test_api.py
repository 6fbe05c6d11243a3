"""Who is who for machines: whole answers, and nothing more than that."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import Absence, Term
from tests import make
from tests.contacts.test_pages import MOST_QUERIES, SECRETS, fill

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LISTS = ["wijken", "portefeuilles", "portefeuillehouders", "accounthouders", "partners"]


@pytest.fixture(autouse=True)
def _town():
    make.municipality(phone="0123 45 67 89")


def answer(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def keys(client, path):
    return [record["kenmerk"] for record in answer(client, path)["resultaten"]]


def test_a_district_in_full(client):
    square = [[4.9, 52.2], [4.91, 52.2], [4.91, 52.21], [4.9, 52.2]]
    whole = make.district("Noord", key="WK990101")
    make.district(
        "Noordhoek", key="BU99010101", parent=whole, year=2026, centroid=[4.905, 52.205], outline=square
    )
    assert answer(client, "wijken")["resultaten"] == [
        {
            "kenmerk": "WK990101",
            "slug": "noord",
            "naam": "Noord",
            "onderdeelVan": None,
            "jaar": None,
            "middelpunt": None,
            "omtrek": [],
        },
        answer(client, "wijken/BU99010101"),
    ]
    assert answer(client, "wijken/BU99010101") == {
        "kenmerk": "BU99010101",
        "slug": "noordhoek",
        "naam": "Noordhoek",
        "onderdeelVan": {"kenmerk": "WK990101", "naam": "Noord"},
        "jaar": 2026,
        "middelpunt": [4.905, 52.205],
        "omtrek": square,
    }


def test_a_portfolio_names_who_holds_it_or_nobody(client):
    els = make.holder("Els")
    held = make.portfolio("Groen", holder=els, since=date(2026, 6, 9))
    vacant = make.portfolio("Water")
    assert answer(client, "portefeuilles")["resultaten"] == [
        {
            "kenmerk": held.key,
            "naam": "Groen",
            "rol": "Wethouder groen",
            "houder": {"kenmerk": els.key, "naam": "Els", "functie": "wethouder", "sinds": "2026-06-09"},
            "versie": 1,
        },
        {"kenmerk": vacant.key, "naam": "Water", "rol": "Wethouder water", "houder": None, "versie": 1},
    ]


def test_a_holder_in_full(client):
    els = make.holder("Els", party="Groen en Nabij", email="els@kleindorp.example", photo="els.svg")
    now = make.portfolio("Groen", holder=els, since=date(2026, 6, 9))
    past = make.portfolio("Water")
    Term.objects.create(holder=els, portfolio=past, since=date(2022, 6, 14), until=date(2026, 6, 8))
    assert answer(client, f"portefeuillehouders/{els.key}") == {
        "kenmerk": els.key,
        "versie": 1,
        "naam": "Els",
        "functie": "wethouder",
        "partij": "Groen en Nabij",
        "email": "els@kleindorp.example",
        "portret": "http://testserver/portretten/els.svg",
        "isInFunctie": True,
        "portefeuilles": [
            {"kenmerk": now.key, "naam": "Groen", "vanaf": "2026-06-09", "totEnMet": None},
            {"kenmerk": past.key, "naam": "Water", "vanaf": "2022-06-14", "totEnMet": "2026-06-08"},
        ],
        "webpagina": f"http://testserver/wie-is-wie/bestuur/{els.key}/",
    }
    farid = make.holder("Farid")
    assert keys(client, f"portefeuillehouders?portefeuille={past.key}") == [els.key]
    assert answer(client, f"portefeuillehouders/{farid.key}")["isInFunctie"] is False
    assert answer(client, f"portefeuillehouders/{farid.key}")["portret"] is None


def test_an_official_in_full_without_anything_of_their_own(client):
    deputy = make.manager("Adviseur water", key="K2")
    manager = make.manager(
        "Adviseur groen",
        key="K1",
        expertise="Bomen en perken",
        department=make.department("Buiten"),
        districts=[make.district("Noord", key="WK990101")],
        portfolios=[make.portfolio("Groen")],
        deputy=deputy,
        email="groen@kleindorp.example",
        room=4,
        user=make.user("geheim@prive.example", name="Geheime gebruiker"),
        **SECRETS,
    )
    Absence.objects.create(manager=manager, since=TODAY)
    response = client.get("/api/v1/accounthouders/K1")
    assert response.json() == {
        "kenmerk": "K1",
        "versie": 1,
        "functie": "Adviseur groen",
        "afdeling": {"kenmerk": "buiten", "naam": "Buiten"},
        "expertise": "Bomen en perken",
        "heleGemeente": False,
        "wijken": [{"kenmerk": "WK990101", "naam": "Noord"}],
        "portefeuilles": [{"kenmerk": manager.portfolios.get().key, "naam": "Groen"}],
        "isLoket": False,
        "naam": None,
        "portret": None,
        "telefoon": "0123 45 67 89",
        "email": "groen@kleindorp.example",
        "isAanwezig": False,
        "vervanger": {"kenmerk": "K2", "functie": "Adviseur water"},
        "webpagina": "http://testserver/wie-is-wie/K1/",
    }


def test_name_and_portrait_are_given_only_by_choice(client):
    make.manager(key="K1", name_is_public=True, **SECRETS)
    public = answer(client, "accounthouders/K1")
    assert public["naam"] == "Geheime Naam"
    assert public["portret"] == "http://testserver/portretten/geheim-portret.svg"
    assert public["telefoon"] == "0123 45 67 89"


def test_a_partner_in_full(client):
    make.organisation(
        "Imkers",
        key="P1",
        interests="Bijen",
        offers="",
        districts=[make.district("Noord", key="WK990101")],
        is_open=False,
        is_subsidised=True,
        website="https://imkers.example/",
        email="penningmeester@prive.example",
    )
    assert answer(client, "partners/P1") == {
        "kenmerk": "P1",
        "versie": 1,
        "naam": "Imkers",
        "soort": "vereniging",
        "interesses": "Bijen",
        "aanbod": None,
        "heleGemeente": False,
        "wijken": [{"kenmerk": "WK990101", "naam": "Noord"}],
        "staatOpen": False,
        "krijgtSubsidie": True,
        "website": "https://imkers.example/",
        "webpagina": "http://testserver/partners/P1/",
    }


def test_who_left_is_not_there(client):
    make.manager(key="K1", available_until=TODAY - timedelta(1))
    assert keys(client, "accounthouders") == []
    assert client.get("/api/v1/accounthouders/K1").status_code == 404


QUERIES = [
    ("/wie-is-wie/", "accounthouders", query)
    for query in (
        "",
        "?zoek=boom",
        "?wijk=noord",
        "?wijk=WK990101",
        "?portefeuille=PF",
        "?afdeling=buiten",
        "?pagina=2",
    )
] + [
    ("/partners/", "partners", query)
    for query in (
        "",
        "?zoek=boom",
        "?wijk=noord",
        "?soort=fonds",
        "?open=ja",
        "?open=nee&zoek=boom",
        "?pagina=2",
    )
]


@pytest.mark.parametrize(("page", "resource", "query"), QUERIES)
def test_both_doors_show_the_same_in_the_same_order(client, page, resource, query):
    north, green, outside = (
        make.district("Noord", key="WK990101"),
        make.portfolio(),
        make.department("Buiten"),
    )
    green.key = "PF"
    green.save()
    for number in range(25):
        odd, third = number % 2, number % 3 == 0
        make.manager(
            f"{'Boom' if third else 'sport'} {number}",
            districts=[north] if odd else [],
            portfolios=[green] if third else [],
            department=outside if odd else None,
        )
        make.organisation(
            f"{'Boom' if third else 'sport'} {number}",
            districts=[north] if odd else [],
            kind="fonds" if third else "club",
            is_open=bool(odd),
        )
    shown = [record.key for record in client.get(page + query).context["page_obj"]]
    assert shown
    assert shown == keys(client, resource + query)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("accounthouders?wijk=xyz", "wijk"),
        ("accounthouders?portefeuille=xyz", "portefeuille"),
        ("accounthouders?afdeling=xyz", "afdeling"),
        (f"accounthouders?zoek={'boom' * 60}", "zoek"),
        ("accounthouders?naam=Geheim", "naam"),
        ("partners?soort=xyz", "soort"),
        ("partners?open=misschien", "open"),
        ("partners?wijk=%F0%9F%8E%89", "wijk"),
        ("partners?perPagina=101", "perPagina"),
        ("portefeuillehouders?portefeuille=xyz", "portefeuille"),
        ("portefeuilles?zoek=x", "zoek"),
        ("wijken?zoek=x", "zoek"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(client, path, name):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [wrong["name"] for wrong in response.json()["invalidParams"]] == [name]


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize(
    "rest", ["/onbekend", "?pagina=0", "?pagina=-1", "?pagina=1000000000", "?pagina=abc"]
)
def test_what_is_not_there_is_not_found(client, resource, rest):
    response = client.get(f"/api/v1/{resource}{rest}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client, resource, method):
    assert getattr(client, method)(f"/api/v1/{resource}").status_code == 405


def test_lists_cost_the_same_for_3_and_for_100(client):
    counts = []
    for number in (3, 97):
        fill(number)
        counts.append({})
        for resource in LISTS:
            with CaptureQueriesContext(connection) as asked:
                answer(client, f"{resource}?perPagina=100")
            counts[-1][resource] = len(asked)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= MOST_QUERIES
