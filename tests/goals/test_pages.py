"""The pages of goals and notes."""

from datetime import date

import pytest

from goals.models import Goal
from initiatives.models import State
from tests import make

pytestmark = pytest.mark.django_db
LONG = "Woord " * 33  # almost 200 characters


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


def shown(response):
    return [goal.key for goal in response.context["page_obj"]]


def test_list_shows_goals_with_holder_and_theme(client):
    green = make.portfolio("Groen", holder=make.holder("Els"))
    make.goal(plain_title="Meer bomen", portfolio=green, themes=[make.theme("Natuur")])
    page = client.get("/doelen/").content.decode()
    assert "Meer bomen" in page
    assert "Hierover gaat wethouder Els" in page
    assert "Natuur" in page


def test_list_narrows_by_every_parameter_and_by_all_together(client):
    place = make.district("Noord")
    group = make.portfolio("Groen")
    theme, field = make.theme("Natuur"), make.policy_field("5.7")
    both = make.goal("Bomen", key="G1", portfolio=group, themes=[theme], policy_fields=[field])
    both.districts.set([place])
    other = make.goal("Sport", key="G2", state=Goal.State.ENDED)
    other.districts.set([make.district("Zuid")])
    asked = {
        "thema": theme.slug,
        "beleidsveld": "5.7",
        "portefeuille": group.key,
        "wijk": "noord",
        "staat": "lopend",
        "zoek": "boom",
    }
    for name, value in asked.items():
        assert shown(client.get("/doelen/", {name: value})) == ["G1"], name
    assert shown(client.get("/doelen/", asked)) == ["G1"]
    assert shown(client.get("/doelen/", {"wijk": place.key})) == ["G1"]
    assert shown(client.get("/doelen/", {"staat": "afgelopen"})) == ["G2"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("wijk", "Deze wijk kennen we niet."),
        ("thema", "Dit thema kennen we niet."),
        ("beleidsveld", "Dit beleidsveld kennen we niet."),
        ("portefeuille", "Deze portefeuille kennen we niet."),
        ("staat", "Kies lopend of afgelopen."),
    ],
)
def test_an_unknown_value_is_told_at_its_filter_and_the_rest_still_narrows(client, name, sentence):
    make.goal("Bomen", key="G1")
    make.goal("Sport", key="G2")
    response = client.get("/doelen/", {name: "xyz", "zoek": "bomen"})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert shown(response) == ["G1"]


@pytest.mark.parametrize(
    "text", ["🎉🎉", "ירושלים", "<script>alert(1)</script>", "'; DROP TABLE", "%", "\\", " "]
)
def test_any_text_may_be_searched(client, text):
    make.goal()
    response = client.get("/doelen/", {"zoek": text})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_very_long_search_is_cut_and_kept_in_the_box(client):
    make.goal("Bomen", key="G1")
    text = "bomen " + "boom " * 2_000
    response = client.get("/doelen/", {"zoek": text})
    page = response.content.decode()
    assert "We zoeken met hoogstens 200 tekens." in page
    assert text.strip()[:300] in page
    assert shown(response) == ["G1"]


def test_a_null_byte_is_a_bad_request(client):
    assert client.get("/doelen/?zoek=%00").status_code == 400


def test_nothing_found_gives_a_way_on(client):
    make.goal()
    page = client.get("/doelen/", {"zoek": "onvindbaar"}).content.decode()
    assert "We vinden geen doel dat hierbij past" in page
    assert 'href="/wegwijzer/"' in page


def test_an_empty_town_has_pages_too(client):
    assert "Er staan nog geen doelen op de site" in client.get("/doelen/").content.decode()
    assert "Er staan nog geen nota's op de site" in client.get("/notas/").content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", "abc", "2"])
@pytest.mark.parametrize("path", ["/doelen/", "/notas/"])
def test_a_page_that_is_not_there(client, path, number):
    make.goal()
    assert client.get(path, {"pagina": number}).status_code == 404


def test_pages_hold_twenty_and_miss_nothing(client):
    keys = {make.goal("Zelfde titel").key for _ in range(25)}
    first, second = shown(client.get("/doelen/")), shown(client.get("/doelen/?pagina=2"))
    assert (len(first), len(second)) == (20, 5)
    assert {*first, *second} == keys


def test_goal_page_tells_the_whole_story(client):
    els = make.holder("Els", email="els@kleindorp.example")
    owner = make.manager("Adviseur groen", name="Geheim", email="groen@kleindorp.example")
    note = make.note("Groennota", adopted_on=date(2024, 5, 16), valid_until=date(2030, 12, 31))
    goal = make.goal(
        "Versterken van de biodiversiteit",
        slug="bloemen",
        plain_title="Meer bloemen",
        plain_description="We willen meer bloemen in de straat.",
        description="Het college bevordert de biodiversiteit.",
        note=note,
        page="p. 14",
        indicator={"name": "Bijen", "unit": "aantal", "baseline": 3, "target": 9, "year": 2030},
        owner=owner,
        portfolio=make.portfolio("Groen", holder=els),
        themes=[make.theme("Natuur")],
        policy_fields=[make.policy_field("5.7", "Openbaar groen")],
        verified_on=date(2026, 10, 5),
    )
    make.initiative("Geveltuin", goals=[goal])
    page = " ".join(client.get("/doelen/bloemen/").content.decode().split())
    for words in [
        "<h1",
        "Meer bloemen",
        "We willen meer bloemen in de straat.",
        "Versterken van de biodiversiteit",
        "Het college bevordert de biodiversiteit.",
        "/notas/groennota/",
        "p. 14",
        "16 mei 2024",
        "de gemeenteraad",
        "31 december 2030",
        "In 2030 willen we dat het 9 is.",
        els.get_absolute_url(),
        owner.get_absolute_url(),
        "Adviseur groen",
        "/doelen/?beleidsveld=5.7",
        "/doelen/?thema=natuur",
        "5 oktober 2026",
        "Geveltuin",
        "/initiatieven/?doel=bloemen",
    ]:
        assert words in page, words
    assert "Geheim" not in page


def test_goal_page_says_what_is_missing(client):
    goal = make.goal(portfolio=make.portfolio("Groen"))
    page = client.get(goal.get_absolute_url()).content.decode()
    assert "Op dit moment is hier niemand voor aangewezen." in page
    assert "nog geen vast contact" in page
    assert "Nog geen initiatieven. Heb jij een plan?" in page
    assert 'href="/wegwijzer/"' in page


def test_goal_page_says_that_the_note_has_ended(client):
    note = make.note(valid_until=date(2025, 6, 30))
    page = client.get(make.goal(note=note).get_absolute_url()).content.decode()
    assert "Deze nota geldt niet meer" in page
    assert "tot en met 30 juni 2025" in page


def test_goal_page_shows_twelve_public_initiatives_and_counts_all(client):
    goal = make.goal(slug="doel")
    for number in range(14):
        make.initiative(f"Openbaar plan {number}", goals=[goal])
    make.initiative("Geheim plan", goals=[goal], public=False)
    make.initiative("Concept plan", goals=[goal], state=State.DRAFT)
    response = client.get("/doelen/doel/")
    page = response.content.decode()
    assert page.count("Openbaar plan") == 12
    assert "Bekijk alle 14 initiatieven bij dit doel" in page
    assert "Geheim plan" not in page
    assert "Concept plan" not in page


def test_a_concept_goal_is_for_officers_only(client, carla):
    goal = make.goal(state=Goal.State.DRAFT, note=None)
    assert client.get(goal.get_absolute_url()).status_code == 404
    client.force_login(carla)
    page = client.get(goal.get_absolute_url())
    assert page.status_code == 200
    assert "Concept, nog niet openbaar" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/doelen/onbekend/", "/notas/onbekend/", "/doelen/%F0%9F%8E%89/", "/doelen/a/b/"]
)
def test_an_unknown_thing_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_note_page_shows_its_goals(client):
    note = make.note("Groennota", url="https://voorbeeld.example/nota")
    make.goal("In de nota", note=note)
    make.goal("Elders")
    make.goal("Nog niet", note=note, state=Goal.State.DRAFT)
    page = client.get("/notas/groennota/").content.decode()
    assert "In de nota" in page
    assert "Elders" not in page
    assert "Nog niet" not in page
    assert 'href="https://voorbeeld.example/nota"' in page


def test_notes_can_be_searched_and_narrowed(client):
    make.note("Groennota", key="N1", slug="groennota", valid_until=date(2025, 1, 1))
    make.note("Nota Sport", key="N2", slug="sportnota")

    def keys(**asked):
        return [note.key for note in client.get("/notas/", asked).context["page_obj"]]

    assert keys() == ["N1", "N2"]
    assert (keys(zoek="sporten nota"), keys(geldig="ja"), keys(geldig="nee")) == (["N2"], ["N2"], ["N1"])
    assert keys(geldig="misschien") == ["N1", "N2"]
    assert "Kies ja of nee." in client.get("/notas/", {"geldig": "misschien"}).content.decode()


def test_absurd_lengths_are_drawn(client):
    goal = make.goal(
        "T" * 250,
        slug="lang",
        plain_title=LONG[:200],
        plain_description=LONG * 10,
        description=LONG * 20,
        note=make.note(LONG[:200], slug="lange-nota"),
        portfolio=make.portfolio(LONG[:150], holder=make.holder(LONG[:100])),
    )
    goal.themes.set([make.theme(f"Thema {number}") for number in range(12)])
    for path in ("/doelen/", "/doelen/lang/", "/notas/", "/notas/lange-nota/"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("/doelen/?zoek=boom&wijk=xyz&utm=1", "/api/v1/doelen?zoek=boom&amp;wijk=xyz"),
        ("/doelen/doel/", "/api/v1/doelen/G1"),
        ("/notas/?geldig=ja", "/api/v1/beleidsnotas?geldig=ja"),
        ("/notas/nota/", "/api/v1/beleidsnotas/N1"),
    ],
)
def test_every_page_names_its_twin(client, path, twin):
    make.goal(key="G1", slug="doel", note=make.note("Nota", key="N1"))
    page = client.get(path).content.decode()
    assert f'<link rel="alternate" type="application/json" href="{twin}">' in page
