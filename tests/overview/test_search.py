"""Looking in everything: the page and its twin, for everybody what they may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goals.models import Goal
from tests import make
from tests.house import town
from townhall import paging

pytestmark = pytest.mark.django_db
PAGE, TWIN = "/zoeken/", "/api/v1/zoeken"
KINDS = [
    "doelen",
    "initiatieven",
    "accounthouders",
    "portefeuillehouders",
    "partners",
    "beleidsnotas",
    "financieringsvormen",
    "toezeggingen",
    "regelingen",
]


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


def one_of_each(name, **plan):
    """Something of every kind with this name."""
    note = make.note(f"Nota over {name}")
    make.goal(plain_title=name, key="doel", slug="doel", note=note, description="Wij samen.")
    plan = make.initiative(name, reference="IW-2026-0001", **plan)
    make.commitment(plan, f"Een {name}", key="T01")
    make.manager(name, key="mens")
    make.organisation(name, key="partner")
    form = make.form("Fonds", key="vorm", slug="fonds", explanation=f"Voor een {name}.")
    make.scheme(name=name, key="regeling", form=form)


def told(client, **asked):
    """{kind: (number, keys)} of the twin, and its hints."""
    data = client.get(TWIN, asked).json()
    kinds = {
        kind: (data[kind]["aantal"], [one["kenmerk"] for one in data[kind]["resultaten"]]) for kind in KINDS
    }
    return kinds, data["bedoeldeJe"], data["zoekOokOp"]


def shown(client, **asked):
    """The same, as the page shows it."""
    search = client.get(PAGE, asked | {"letterlijk": "ja"}).context["search"]
    kinds = {group.kind.name: (group.number, [hit.key for hit in group.hits]) for group in search.groups}
    return kinds, search.hints.meant or None, list(search.hints.also)


def test_every_kind_is_found_and_leads_to_its_list(client):
    one_of_each("zwemsteiger")
    page = client.get(PAGE, {"zoek": "zwemsteigers"})
    assert "<strong>8</strong> resultaten" in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert 'href="/api/v1/zoeken?zoek=zwemsteigers"' in page.text
    lists = [group.url for group in page.context["search"].groups]
    assert lists == [
        "/doelen/?zoek=zwemsteigers",
        "/initiatieven/?zoek=zwemsteigers",
        "/wie-is-wie/?zoek=zwemsteigers",
        "",
        "/partners/?zoek=zwemsteigers",
        "/notas/?zoek=zwemsteigers",
        "/financiering/?zoek=zwemsteigers",
        "/toezeggingen/?zoek=zwemsteigers",
        "",
    ]
    for url in filter(None, lists):
        assert client.get(url).context["page_obj"].paginator.count == 1, url
    assert 'href="/financiering/fonds/#regelingen"' in page.text


def test_page_and_twin_give_everybody_what_they_may_see(amina, bram, carla):
    one_of_each("zwemsteiger", by=amina, public=False)
    make.goal(plain_title="Zwemsteiger", key="concept", state=Goal.State.DRAFT, note=None)
    one = dict.fromkeys(KINDS, 1) | {"portefeuillehouders": 0}
    for who, seen in [
        (None, {"initiatieven": 0, "toezeggingen": 0}),
        (bram, {"initiatieven": 0, "toezeggingen": 0}),
        (amina, {}),
        (carla, {"doelen": 2}),
    ]:
        client = town.walker(who)
        for asked in ("zwemsteigers", "zwemstijger", "steiger zwem", "", "de het", "%_", "x" * 200):
            assert shown(client, zoek=asked) == told(client, zoek=asked), (who, asked)
        kinds, meant, _also = told(client, zoek="zwemsteiger")
        assert {kind: number for kind, (number, _keys) in kinds.items()} == one | seen
        assert meant is None
        assert told(client, zoek="zwemstijger")[1] == "zwemsteiger"


def test_what_is_named_so_comes_first(client):
    make.initiative("Iets anders", story="Met een zwemsteiger.", reference="IW-2026-0003")
    make.initiative("De Zwemsteigers", story="Wij samen.", reference="IW-2026-0002")
    make.initiative("Nog iets", story="Bij de zwemsteiger.", reference="IW-2026-0001")
    assert told(client, zoek="zwemsteiger")[0]["initiatieven"][1][0] == "IW-2026-0002"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "Zoek in alles wat op de site staat"),
        ({"zoek": "  "}, "Zoek in alles wat op de site staat"),
        ({"zoek": "de"}, "Dit zegt ons te weinig"),
        ({"zoek": "%_*?\\"}, "Dit zegt ons te weinig"),
        ({"zoek": "xylofoonorkest"}, "We vinden niets met deze woorden"),
        ({"zoek": "x" * 201}, "We zoeken met hoogstens 200 tekens."),
        ({"zoek": "<b>zwemsteiger"}, 'value="&lt;b&gt;zwemsteiger"'),
    ],
)
def test_there_is_always_a_sentence(client, asked, words):
    one_of_each("zwemsteiger")
    page = client.get(PAGE, asked)
    assert page.status_code == 200
    assert words in page.text


@pytest.mark.parametrize("asked", ["kiezelbron", "Naima Kiezelbron", "wethouder", "WETHOUDER kiezelbron"])
def test_who_governs_is_found_by_name_and_title(client, asked):
    make.holder("Naima Kiezelbron", key="H1", title="wethouder")
    make.holder("Bo Kiezel", key="H2", title="burgemeester")
    assert told(client, zoek=asked)[0]["portefeuillehouders"] == (1, ["H1"])
    assert 'href="/wie-is-wie/bestuur/H1/"' in client.get(PAGE, {"zoek": asked}).text
    assert told(client, zoek="bron")[0]["portefeuillehouders"] == (0, [])


@pytest.mark.parametrize("asked", ["IW-2026-0009", " iw-2026-0009 "])
def test_a_plan_is_found_by_its_number_by_who_may_see_it(client, asked):
    make.initiative("Zwemsteiger", reference="IW-2026-0009")
    make.initiative("Vlot", reference="IW-2026-0010", public=False)
    assert told(client, zoek=asked)[0]["initiatieven"] == (1, ["IW-2026-0009"])
    assert told(client, zoek="IW-2026-0010")[0]["initiatieven"] == (0, [])


def test_a_slip_leads_on_to_what_was_meant_and_back_to_what_was_typed(client):
    one_of_each("zwemsteiger")
    slip = client.get(PAGE, {"zoek": "zwemstijger"})
    assert slip.url == f"{PAGE}?zoek=zwemsteiger&getypt=zwemstijger"
    page = client.get(slip.url)
    assert "<strong>8</strong> resultaten" in page.text
    assert "We zochten op “zwemsteiger”." in page.text
    literal = client.get(PAGE, {"zoek": "zwemstijger", "letterlijk": "ja"})
    assert 'href="?zoek=zwemstijger&amp;letterlijk=ja"' in page.text
    assert "<strong>0</strong> resultaten" in literal.text
    assert "Bedoelde je" in literal.text
    assert "<b>" not in client.get(PAGE, {"zoek": "zwemsteiger", "getypt": "<b>x"}).text.split("<main")[1]


def test_the_twin_refuses_what_it_does_not_know(client):
    wrong = client.get(TWIN, {"zoek": "x" * 201, "wijk": "noord"})
    assert wrong.status_code == 400
    assert {one["name"] for one in wrong.json()["invalidParams"]} == {"zoek", "wijk"}


def test_more_than_can_be_counted(client, monkeypatch):
    monkeypatch.setattr("overview.search.MOST", 3)
    for _number in range(4):
        make.initiative("Zwemsteiger")
    assert told(client, zoek="zwemsteiger")[0]["initiatieven"][0] is None
    page = client.get(PAGE, {"zoek": "zwemsteiger"}).text
    assert f"Meer dan {paging.MOST:,}".replace(",", ".") in page


def test_it_costs_the_same_for_many(carla):
    officer = town.walker(carla)
    officer.get(PAGE)

    def cost(address, **asked):
        with CaptureQueriesContext(connection) as queries:
            officer.get(address, asked)
        return len(queries)

    one_of_each("zwemsteiger")
    few = [cost(address, zoek="zwemsteiger") for address in (PAGE, TWIN)]
    for number in range(20):
        make.initiative("Zwemsteiger")
        make.goal(plain_title=f"Zwemsteiger {number}")
    assert [cost(address, zoek="zwemsteiger") for address in (PAGE, TWIN)] == few
    assert max(few) <= 14
    officer.get(PAGE, {"zoek": "zwemstijger"})  # from here on this process knows the places
    assert cost(PAGE, zoek="zwemstijger") <= 14
