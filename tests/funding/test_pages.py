"""Help and money: the pages and the API of the ways to pay."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funding.advice import HELP
from funding.models import CONSIDERATIONS
from tests import make

pytestmark = pytest.mark.django_db
ANSWERS = {code: f"Antwoord op {code}" for code in CONSIDERATIONS}
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


def text(response):
    """The page as one line, so that a sentence can be looked for."""
    return " ".join(response.content.decode().split())


def shown(response):
    return [form.key for form in response.context["page_obj"]]


def fund(**fields):
    """A way to pay of which everything is known."""
    known = {
        "name": "Buurtfonds",
        "key": "BF",
        "order": 2,
        "meaning": "Geld van de buurt.",
        "explanation": "Iedereen legt in voor bomen.",
        "municipal_role": "De gemeente kijkt toe.",
        "effect": "Het komt ten goede aan de straat.",
        "example": "In Ginds deden ze het al.",
        "considerations": ANSWERS,
    }
    return make.form(**(known | fields))


def test_help_without_money_comes_before_money(client):
    fund()
    page = text(client.get("/financiering/"))
    places = [page.index(words) for words in (*HELP.values(), "Iedereen legt in voor bomen.")]
    assert places == sorted(places)
    assert "De gemeente kan altijd helpen door kennis te delen en mensen te verbinden." in page


def test_where_the_municipality_is_most_involved_stands_first(client):
    fund(name="Tweede", key="T", order=2)
    fund(name="Eerste", key="E", order=1)
    assert shown(client.get("/financiering/")) == ["E", "T"]


def test_ways_are_found_in_every_form_of_a_word(client):
    fund()
    fund(name="Ruilgeld", key="RG", explanation="Uren ruilen", effect="", meaning="Anders dan euro's.")
    for words in ("boom", "bomen", "BOMEN"):
        assert shown(client.get("/financiering/", {"zoek": words})) == ["BF"], words


def test_one_question_compares_all_ways(client):
    fund()
    fund(name="Ruilgeld", key="RG", considerations={"risico": "Geen."})
    comparison = dict(client.get("/financiering/").context["comparison"])
    assert [form.key for form, answer in comparison[CONSIDERATIONS["risico"]]] == ["BF", "RG"]
    assert [form.key for form, answer in comparison[CONSIDERATIONS["timing"]]] == ["BF"]
    assert len(comparison) == 6


def test_the_page_of_a_way_tells_everything(client):
    fund()
    page = text(client.get("/financiering/buurtfonds/"))
    for words in [
        "Geld van de buurt.",
        "Iedereen legt in voor bomen.",
        "De gemeente kijkt toe.",
        "Het komt ten goede aan de straat.",
        "In Ginds deden ze het al.",
        "De gemeente kan altijd helpen door kennis te delen en mensen te verbinden.",
        *map(str, CONSIDERATIONS.values()),
        *ANSWERS.values(),
    ]:
        assert words in page, words


def test_a_way_shows_what_lies_next_to_it(client):
    for number, name in enumerate(["Eerste", "Tweede", "Derde"]):
        fund(name=name, key=name, order=number)
    beside = {
        "eerste": [False, True, False],
        "tweede": [True, False, True],
        "derde": [False, True, False],
    }
    for slug, expected in beside.items():
        page = text(client.get(f"/financiering/{slug}/"))
        assert [f'href="/financiering/{other}/"' in page for other in beside] == expected


def test_a_way_of_which_little_is_known_is_drawn_without_empty_headings(client):
    make.form("Kaal")
    page = text(client.get("/financiering/kaal/"))
    assert "Geld voor een plan." in page
    for heading in ("Hoe werkt het?", "Een voorbeeld", "Zes vragen", "Wat ernaast ligt"):
        assert heading not in page


def test_an_empty_town_has_a_page_too(client):
    page = text(client.get("/financiering/"))
    assert "De gemeente heeft hier nog niets ingevuld" in page
    assert "Vergelijk de manieren" not in page


def test_nothing_found_gives_a_way_on(client):
    fund()
    page = text(client.get("/financiering/", {"zoek": "onvindbaar"}))
    assert "We vinden geen manier die hierbij past" in page
    assert "Laat alle manieren zien" in page
    assert "Vergelijk de manieren" not in page


@pytest.mark.parametrize(
    "words", ["🎉", "ירושלים", "<script>alert(1)</script>", "'; DROP", "a:* & !b", " ", "boom " * 2_000]
)
def test_any_text_may_be_searched(client, words):
    fund()
    response = client.get("/financiering/", {"zoek": words})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)
    assert ("We zoeken met hoogstens 200 tekens." in text(response)) == (len(words) > 200)


@pytest.mark.parametrize(
    "path", ["?pagina=0", "?pagina=-1", "?pagina=1000000000", "?pagina=abc", "onbekend/"]
)
def test_what_is_not_there_is_not_found(client, path):
    fund()
    response = client.get(f"/financiering/{path}")
    assert response.status_code == 404
    assert "Zo kom je verder" in text(response)


def test_absurd_lengths_are_drawn(client):
    long = "Woord " * 600
    fund(
        name=long[:80],
        slug="lang",
        meaning=long[:300],
        explanation=long[:3000],
        municipal_role=long[:1000],
        considerations=dict.fromkeys(CONSIDERATIONS, long[:1000]),
    )
    for path in ("/financiering/", "/financiering/lang/"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("/financiering/?zoek=boom&utm=1", "financieringsvormen?zoek=boom"),
        ("/financiering/buurtfonds/", "financieringsvormen/BF"),
    ],
)
def test_every_page_names_its_twin(client, path, twin):
    fund()
    link = f'<link rel="alternate" type="application/json" href="/api/v1/{twin}">'
    assert link in text(client.get(path))


# The API ----------------------------------------------------------------------------------------------
def test_a_way_in_full_for_machines(client):
    fund(example="")
    assert client.get("/api/v1/financieringsvormen/BF").json() == {
        "versie": 1,
        "kenmerk": "BF",
        "slug": "buurtfonds",
        "naam": "Buurtfonds",
        "betekenis": "Geld van de buurt.",
        "volgorde": 2,
        "uitleg": "Iedereen legt in voor bomen.",
        "rolGemeente": "De gemeente kijkt toe.",
        "effect": "Het komt ten goede aan de straat.",
        "voorbeeld": None,
        "afwegingen": [
            {"kenmerk": code, "vraag": str(question), "antwoord": ANSWERS[code]}
            for code, question in CONSIDERATIONS.items()
        ],
        "regelingen": [],
        "webpagina": "http://testserver/financiering/buurtfonds/",
    }


def test_both_doors_tell_where_one_can_apply_today(client):
    form, today = fund(), timezone.localdate()
    day = timedelta(days=1)
    north = make.district("Noord")
    make.scheme(
        "Wijkbudget Noord",
        key="R1",
        form=form,
        summary="Voor de straat.",
        for_whom="Bewoners",
        needs=["materiaal"],
        least_per_application=100,
        most_per_application=2500,
        closes_on=today,
        url="https://noord.example/aanvragen",
    ).districts.add(north)
    make.scheme("Nog dicht", form=form, opens_on=today + day)
    make.scheme("Voorbij", form=form, closes_on=today - day)
    make.scheme("Van een ander")
    page = text(client.get("/financiering/buurtfonds/"))
    for words in ("Wijkbudget Noord", "Voor de straat.", "Bewoners", "Noord", "geeft € 100 tot € 2.500."):
        assert words in page, words
    assert "https://noord.example/aanvragen" in page
    assert not [name for name in ("Nog dicht", "Voorbij", "Van een ander") if name in page]
    assert client.get("/api/v1/financieringsvormen/BF").json()["regelingen"] == [
        {
            "kenmerk": "R1",
            "naam": "Wijkbudget Noord",
            "waarvoor": "Voor de straat.",
            "voorWie": "Bewoners",
            "behoeften": ["materiaal"],
            "laagsteBedrag": "100.00",
            "hoogsteBedrag": "2500.00",
            "eigenDeel": None,
            "openVanaf": None,
            "openTotEnMet": today.isoformat(),
            "wijken": [{"kenmerk": north.key, "naam": "Noord"}],
            "aanbieder": None,
            "meerLezen": "https://noord.example/aanvragen",
        }
    ]


@pytest.mark.parametrize("query", ["", "?zoek=boom", "?zoek=onvindbaar", "?pagina=2"])
def test_both_doors_show_the_same_in_the_same_order(client, query):
    for number in range(22):
        fund(name=f"Fonds {number}", key=f"F{number}", order=number % 3)
    answer = client.get(f"/api/v1/financieringsvormen{query}").json()
    assert shown(client.get(f"/financiering/{query}")) == [one["kenmerk"] for one in answer["resultaten"]]


@pytest.mark.parametrize(
    ("path", "code"),
    [("?wijk=noord", 400), (f"?zoek={'x' * 201}", 400), ("?pagina=0", 404), ("/onbekend", 404)],
)
def test_a_wrong_question_gets_a_problem(client, path, code):
    response = client.get(f"/api/v1/financieringsvormen{path}")
    assert response.status_code == response.json()["status"] == code
    assert response["Content-Type"] == "application/problem+json"


def test_it_costs_the_same_for_3_and_for_100(client):
    counts = []
    for numbers in (range(3), range(3, 100)):
        for number in numbers:
            fund(name=f"Fonds {number}", key=f"F{number}", order=number)
        counts.append({})
        for path in ("/financiering/", "/financiering/fonds-0/", "/api/v1/financieringsvormen?perPagina=100"):
            client.get(path)  # reads what stands
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            counts[-1][path] = len(asked)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= MOST_QUERIES
