"""The pages of who is who and of the partners."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import Absence, Term
from initiatives.models import PartnerLink, State
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG = "Woord " * 33  # almost 200 characters
MOST_QUERIES = 12
SECRETS = {"name": "Geheime Naam", "photo": "geheim-portret.svg", "phone": "06 99 99 99 99"}


@pytest.fixture(autouse=True)
def _town():
    make.municipality(phone="0123 45 67 89", office_hours="Elke dag van 9 tot 5")


def text(response):
    """The page as one line, so that a sentence can be looked for."""
    return " ".join(response.content.decode().split())


def shown(response):
    return [record.key for record in response.context["page_obj"]]


# Who is who -------------------------------------------------------------------------------------------
def test_the_executive_stands_first_with_portfolio_and_day(client):
    els = make.holder("Els", title="wethouder")
    make.portfolio("Groen", holder=els, since=date(2026, 6, 9))
    make.portfolio("Water", holder=els, since=date(2024, 2, 1))
    make.portfolio("Orde", holder=make.holder("Zus", title="burgemeester"))
    page = text(client.get("/wie-is-wie/"))
    places = [
        page.index(words) for words in ("Zus", "Els", "Groen", "sinds 9 juni 2026", "Water", "Met wie kun")
    ]
    assert places == sorted(places)
    assert els.get_absolute_url() in page


def test_a_vacant_portfolio_is_shown_as_vacant(client):
    make.portfolio("Groen", holder=make.holder("Els"))
    past = make.portfolio("Water")
    Term.objects.create(
        holder=make.holder("Farid"), portfolio=past, since=date(2020, 1, 1), until=TODAY - timedelta(1)
    )
    page = text(client.get("/wie-is-wie/"))
    assert page.count("Op dit moment is hier niemand voor aangewezen.") == 1
    assert page.index("Water") < page.index("Op dit moment is hier")
    assert "Farid" not in page


def test_the_front_desk_stands_above_the_officials(client):
    desk = make.front_desk(expertise="Denkt met iedereen mee", phone="06 99 99 99 99")
    make.manager("Adviseur groen")
    page = text(client.get("/wie-is-wie/"))
    assert page.index("Weet je het niet? Begin hier") < page.index("Adviseur groen")
    assert "0123 45 67 89" in page
    assert "Elke dag van 9 tot 5" in page
    assert "06 99" not in page
    assert desk.key in shown(client.get("/wie-is-wie/"))


def test_the_list_shows_function_department_districts_and_what_for(client):
    north, south, west = (make.district(name) for name in ("Noord", "Zuid", "West"))
    make.manager(
        "Adviseur groen",
        department=make.department("Buitenruimte"),
        expertise="Bomen en perken",
        districts=[north, south, west],
    )
    page = text(client.get("/wie-is-wie/"))
    for words in ("Adviseur groen", "Buitenruimte", "Bomen en perken", "Noord, West en Zuid"):
        assert words in page, words


def test_people_are_narrowed_by_every_parameter_and_by_all_together(client):
    north, green, outside = make.district("Noord"), make.portfolio("Groen"), make.department("Buiten")
    make.manager("Adviseur bomen", key="K1", districts=[north], portfolios=[green], department=outside)
    make.manager("Adviseur sport", key="K2", districts=[make.district("Zuid")])
    asked = {"wijk": "noord", "portefeuille": green.key, "afdeling": "buiten", "zoek": "boom"}
    for name, value in asked.items():
        assert shown(client.get("/wie-is-wie/", {name: value})) == ["K1"], name
    assert shown(client.get("/wie-is-wie/", asked)) == ["K1"]
    assert shown(client.get("/wie-is-wie/", {"wijk": north.key})) == ["K1"]
    assert shown(client.get("/wie-is-wie/", {"wijk": ""})) == ["K1", "K2"]


def test_a_district_by_its_code_stays_chosen(client):
    make.district("Noord", key="WK990101")
    page = text(client.get("/wie-is-wie/", {"wijk": "WK990101"}))
    assert '<option value="noord" selected' in page


@pytest.mark.parametrize(
    ("path", "name", "sentence"),
    [
        ("/wie-is-wie/", "wijk", "Deze wijk kennen we niet."),
        ("/wie-is-wie/", "portefeuille", "Deze portefeuille kennen we niet."),
        ("/wie-is-wie/", "afdeling", "Deze afdeling kennen we niet."),
        ("/partners/", "wijk", "Deze wijk kennen we niet."),
        ("/partners/", "soort", "Deze soort kennen we niet."),
        ("/partners/", "open", "Kies ja of nee."),
    ],
)
def test_an_unknown_value_is_told_at_its_filter_and_the_rest_still_narrows(client, path, name, sentence):
    make.manager("Adviseur bomen", key="X1")
    make.manager("Adviseur sport")
    make.organisation("Bomenclub", key="X1")
    make.organisation("Sportclub")
    response = client.get(path, {name: "xyz", "zoek": "bomen"})
    assert response.status_code == 200
    assert f'id="id_{name}_error"' in text(response)
    assert sentence in text(response)
    assert 'value="bomen"' in text(response)
    assert shown(response) == ["X1"]


@pytest.mark.parametrize("path", ["/wie-is-wie/", "/partners/"])
@pytest.mark.parametrize(
    "words", ["🎉🎉", "ירושלים", "<script>alert(1)</script>", "'; DROP TABLE", "%", "\\", "a:* & !b", " "]
)
def test_any_text_may_be_searched(client, path, words):
    make.manager()
    make.organisation()
    response = client.get(path, {"zoek": words})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


@pytest.mark.parametrize("path", ["/wie-is-wie/", "/partners/"])
def test_a_very_long_search_is_cut_and_kept_in_the_box(client, path):
    make.manager("Bomen", key="X1")
    make.organisation("Bomen", key="X1")
    words = "bomen " + "boom " * 2_000
    response = client.get(path, {"zoek": words})
    assert "We zoeken met hoogstens 200 tekens." in text(response)
    assert words.strip()[:300] in text(response)
    assert shown(response) == ["X1"]


@pytest.mark.parametrize("path", ["/wie-is-wie/", "/partners/", "/wie-is-wie/K1/"])
def test_a_null_byte_is_a_bad_request(client, path):
    assert client.get(f"{path}?zoek=%00").status_code == 400


def test_nobody_found_leads_to_the_front_desk(client):
    desk = make.front_desk()
    page = text(client.get("/wie-is-wie/", {"zoek": "onvindbaar"}))
    assert "We vinden niemand die hierbij past" in page
    assert desk.get_absolute_url() in page
    assert "Laat iedereen zien" in page


def test_no_partner_found_gives_a_way_on(client):
    make.organisation()
    page = text(client.get("/partners/", {"zoek": "onvindbaar"}))
    assert "We vinden geen partner die hierbij past" in page
    assert 'href="/wegwijzer/"' in page


def test_an_empty_town_has_pages_too(client):
    page = text(client.get("/wie-is-wie/"))
    assert "We weten nog niet wie er in het bestuur zitten" in page
    assert "We vinden niemand die hierbij past" in page
    assert "Er staan nog geen partners op de site" in text(client.get("/partners/"))


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", "abc", "2"])
@pytest.mark.parametrize("path", ["/wie-is-wie/", "/partners/"])
def test_a_page_that_is_not_there(client, path, number):
    make.manager()
    make.organisation()
    response = client.get(path, {"pagina": number})
    assert response.status_code == 404
    assert "Zo kom je verder" in text(response)


@pytest.mark.parametrize(
    ("path", "maker"), [("/wie-is-wie/", make.manager), ("/partners/", make.organisation)]
)
def test_pages_hold_twenty_and_miss_nothing(client, path, maker):
    keys = {maker("Zelfde naam").key for _ in range(25)}
    first, second = shown(client.get(path)), shown(client.get(path, {"pagina": 2}))
    assert (len(first), len(second)) == (20, 5)
    assert {*first, *second} == keys


def test_who_asks_something_sees_officials_first(client):
    make.portfolio("Groen", holder=make.holder("Els"))
    make.manager("Adviseur bomen")
    assert "Els" in text(client.get("/wie-is-wie/"))
    page = text(client.get("/wie-is-wie/", {"zoek": "bomen"}))
    assert "Els" not in page
    assert "Bekijk wie er in het bestuur zitten" in page


def test_who_asks_for_a_portfolio_sees_who_decides(client):
    els = make.holder("Els")
    held, vacant = make.portfolio("Groen", holder=els), make.portfolio("Water")
    page = text(client.get("/wie-is-wie/", {"portefeuille": held.key}))
    assert "Beslist hierover" in page
    assert els.get_absolute_url() in page
    page = text(client.get("/wie-is-wie/", {"portefeuille": vacant.key}))
    assert "Op dit moment is hier niemand voor aangewezen." in page


# An official ------------------------------------------------------------------------------------------
def test_the_page_of_an_official_tells_how_to_reach_them(client):
    els = make.holder("Els")
    manager = make.manager(
        "Adviseur groen",
        department=make.department("Buitenruimte"),
        expertise="Bomen en perken",
        districts=[make.district("Noord")],
        portfolios=[make.portfolio("Groen", holder=els), make.portfolio("Water")],
        email="groen@kleindorp.example",
        **SECRETS,
    )
    goal = make.goal("Meer bomen", owner=manager)
    page = text(client.get(manager.get_absolute_url()))
    for words in [
        "Adviseur groen",
        "Buitenruimte",
        "Bomen en perken",
        "Noord",
        els.get_absolute_url(),
        "Op dit moment is hier niemand voor aangewezen.",
        goal.get_absolute_url(),
        "mailto:groen@kleindorp.example",
        "tel:0123456789",
    ]:
        assert words in page, words
    for secret in SECRETS.values():
        assert secret not in page


def test_name_and_portrait_are_shown_only_by_choice(client):
    manager = make.manager("Adviseur groen", name_is_public=True, **SECRETS)
    for path in ("/wie-is-wie/", manager.get_absolute_url()):
        page = text(client.get(path))
        assert "Geheime Naam" in page
        assert "geheim-portret.svg" in page
        assert "06 99" not in page
    manager.name_is_public = False
    manager.save()
    for path in ("/wie-is-wie/", "/wie-is-wie/?zoek=geheime", manager.get_absolute_url()):
        page = text(client.get(path))
        assert "Geheime Naam" not in page
        assert "geheim-portret" not in page


def test_who_is_away_is_stood_in_for(client):
    deputy = make.manager("Adviseur water")
    manager = make.manager("Adviseur groen", deputy=deputy)
    Absence.objects.create(manager=manager, since=TODAY)
    for path in ("/wie-is-wie/", manager.get_absolute_url()):
        page = text(client.get(path))
        assert "Is nu weg" in page
        assert f'<a href="{deputy.get_absolute_url()}">Adviseur water</a> neemt' in page


def test_who_is_away_without_a_deputy_leads_to_the_front_desk(client):
    manager = make.manager("Adviseur groen")
    Absence.objects.create(manager=manager, since=TODAY)
    assert "Bel of mail zolang de gemeente" in text(client.get(manager.get_absolute_url()))
    desk = make.front_desk()
    assert f'<a href="{desk.get_absolute_url()}">' in text(client.get(manager.get_absolute_url()))


def test_an_official_shows_twelve_goals_and_counts_the_rest(client):
    manager = make.manager()
    for number in range(14):
        make.goal(f"Doel nummer {number}", owner=manager)
    make.goal("Nog geheim doel", owner=manager, state="draft")
    page = text(client.get(manager.get_absolute_url()))
    assert page.count("Doel nummer") == 12
    assert "En nog 2 andere doelen." in page
    assert "geheim doel" not in page


# Who governs ------------------------------------------------------------------------------------------
def test_the_page_of_a_holder_tells_what_and_since_when(client):
    els = make.holder("Els", party="Groen en Nabij", email="els@kleindorp.example")
    green = make.portfolio("Groen", holder=els, since=date(2026, 6, 9))
    Term.objects.create(
        holder=els, portfolio=make.portfolio("Water"), since=date(2022, 6, 14), until=date(2026, 6, 8)
    )
    for number in range(14):
        make.goal(f"Doel nummer {number}", portfolio=green)
    page = text(client.get(els.get_absolute_url()))
    for words in [
        "Gaat hierover sinds 9 juni 2026",
        "14 juni 2022 tot en met 8 juni 2026",
        "Groen en Nabij",
        "mailto:els@kleindorp.example",
        f'href="/doelen/?portefeuille={green.key}"',
        "Bekijk alle 14 doelen",
    ]:
        assert words in page, words
    assert page.count("Doel nummer") == 12


def test_goals_that_moved_on_are_not_theirs_any_more(client):
    els = make.holder("Els")
    green = make.portfolio("Groen", holder=els)
    goal = make.goal("Verhuisd doel", portfolio=green)
    goal.portfolio_links.update(until=TODAY - timedelta(1))
    page = text(client.get(els.get_absolute_url()))
    assert "Verhuisd doel" not in page
    assert "nog geen doelen" in page


def test_who_governed_before_keeps_a_page(client):
    farid = make.holder("Farid", email="farid@kleindorp.example")
    Term.objects.create(
        holder=farid, portfolio=make.portfolio("Water"), since=date(2022, 6, 14), until=date(2023, 6, 8)
    )
    page = text(client.get(farid.get_absolute_url()))
    assert "Zit nu niet in het bestuur" in page
    assert "Was eerder wethouder" in page
    assert "farid@" not in page
    assert "14 juni 2022 tot en met 8 juni 2023" in page


# Partners ---------------------------------------------------------------------------------------------
def test_partners_are_narrowed_by_every_parameter_and_by_all_together(client):
    make.organisation("Imkers", key="P1", kind="vereniging", districts=[make.district("Noord")])
    make.organisation("Zangers", key="P2", kind="koor", is_open=False, districts=[make.district("Zuid")])
    asked = {"wijk": "noord", "soort": "vereniging", "open": "ja", "zoek": "imker"}
    for name, value in asked.items():
        assert shown(client.get("/partners/", {name: value})) == ["P1"], name
    assert shown(client.get("/partners/", asked)) == ["P1"]
    assert shown(client.get("/partners/", {"open": "nee"})) == ["P2"]


def test_the_page_of_a_partner_tells_what_they_want_and_offer(client):
    partner = make.organisation(
        "Imkers",
        kind="vereniging",
        interests="Bijen",
        offers="Kasten",
        is_subsidised=True,
        website="https://imkers.example/",
        email="penningmeester@prive.example",
        districts=[make.district("Noord")],
    )
    page = text(client.get(partner.get_absolute_url()))
    for words in [
        "Imkers",
        "Vereniging",
        "Bijen",
        "Kasten",
        "Noord",
        "Staat open voor samenwerking",
        "Krijgt subsidie van de gemeente",
        '<a href="https://imkers.example/" rel="external noopener noreferrer">',
    ]:
        assert words in page, words
    assert "penningmeester" not in page


def test_a_partner_who_is_not_open_says_so(client):
    partner = make.organisation(is_open=False, interests="", offers="")
    assert "Doet nu niet mee met nieuwe plannen" in text(client.get("/partners/"))
    page = text(client.get(partner.get_absolute_url()))
    assert "Doet nu niet mee met nieuwe plannen" in page
    assert "Dat weten we nog niet." in page


def test_a_partner_shows_only_public_plans(client, cast):
    partner = make.organisation()
    linked = {
        "Openbaar plan": make.initiative("Openbaar plan"),
        "Geheim plan": make.initiative("Geheim plan", public=False),
        "Concept plan": make.initiative("Concept plan", state=State.DRAFT),
    }
    for initiative in linked.values():
        PartnerLink.objects.create(initiative=initiative, organisation=partner)
    make.initiative("Eigen plan", organisation=partner)
    for user in cast.values():
        client.logout()
        if user:
            client.force_login(user)
        page = text(client.get(partner.get_absolute_url()))
        assert [title in page for title in ("Eigen plan", *linked)] == [True, True, False, False]


# All of them ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "/wie-is-wie/onbekend/",
        "/wie-is-wie/bestuur/onbekend/",
        "/partners/onbekend/",
        "/partners/%F0%9F%8E%89/",
    ],
)
def test_an_unknown_key_is_not_found(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Zo kom je verder" in text(response)


def test_who_left_has_no_page(client):
    gone = make.manager(available_until=TODAY - timedelta(1))
    assert client.get(gone.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        (
            "/wie-is-wie/?zoek=boom&wijk=xyz&pagina=1&utm=1",
            "accounthouders?zoek=boom&amp;wijk=xyz&amp;pagina=1",
        ),
        ("/wie-is-wie/K1/", "accounthouders/K1"),
        ("/wie-is-wie/bestuur/H1/", "portefeuillehouders/H1"),
        ("/partners/?open=ja", "partners?open=ja"),
        ("/partners/P1/", "partners/P1"),
    ],
)
def test_every_page_names_its_twin(client, path, twin):
    make.manager(key="K1")
    make.organisation(key="P1")
    make.holder(key="H1")
    link = f'<link rel="alternate" type="application/json" href="/api/v1/{twin}">'
    assert link in text(client.get(path))


def test_absurd_data_is_drawn(client):
    places = [make.district(f"{LONG[:60]} {number}", key=f"W{number}") for number in range(12)]
    holder = make.holder(LONG[:100], title=LONG[:50], party=LONG[:60])
    portfolios = [make.portfolio(f"{LONG[:130]} {number}", holder=holder) for number in range(4)]
    manager = make.manager(
        LONG[:120],
        expertise=LONG * 5,
        districts=places,
        portfolios=portfolios,
        name=LONG[:100],
        name_is_public=True,
    )
    partner = make.organisation(
        LONG[:150], kind=LONG[:60], interests=LONG * 5, offers=LONG * 5, districts=places
    )
    for path in [
        "/wie-is-wie/",
        "/partners/",
        *(one.get_absolute_url() for one in (holder, manager, partner)),
    ]:
        assert client.get(path).status_code == 200


def test_the_map_points_out_where_somebody_works(client):
    square = [[4.9, 52.2], [4.91, 52.2], [4.91, 52.21], [4.9, 52.2]]
    north, south = (make.district(name, outline=square, centroid=square[0]) for name in ("Noord", "Zuid"))
    make.district("West", outline=square, centroid=square[0])
    for one in (
        make.manager(districts=[north, south]),
        make.organisation(districts=[north, south]),
    ):
        page = text(client.get(one.get_absolute_url()))
        assert 'aria-label="De wijken: Noord, Zuid"' in page
        assert page.count("<polygon") == 3
        assert page.count("iw-map__district--current") == 2
    for one in (make.manager(), make.manager(districts=[make.district("Zonder omtrek")])):
        assert ("Waar in de gemeente?" in text(client.get(one.get_absolute_url()))) == (
            not one.works_everywhere
        )


def fill(number):
    """So many of everything, all of it linked."""
    for _ in range(number):
        place = make.district()
        group = make.portfolio(holder=make.holder())
        deputy = make.manager(available_until=TODAY - timedelta(1))
        manager = make.manager(
            department=make.department(), districts=[place], portfolios=[group], deputy=deputy
        )
        Absence.objects.create(manager=manager, since=TODAY, deputy=make.manager())
        make.organisation(districts=[place])


def test_lists_cost_the_same_for_3_and_for_100(client):
    make.front_desk()
    make.district("Noord")
    counts = []
    for number in (3, 97):
        fill(number)
        counts.append({})
        for path in (
            "/wie-is-wie/", "/wie-is-wie/?zoek=buurt&wijk=noord", "/partners/", "/partners/?wijk=noord",
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts[-1][path] = len(asked)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= MOST_QUERIES


def test_a_page_costs_the_same_for_3_and_for_100_links(client):
    manager, holder, partner = make.manager(), make.holder(), make.organisation()
    green = make.portfolio("Groen", holder=holder)
    counts = []
    for number in (3, 97):
        for _ in range(number):
            manager.portfolios.add(make.portfolio(holder=make.holder()))
            manager.districts.add(make.district())
            make.goal(owner=manager, portfolio=green)
            PartnerLink.objects.create(initiative=make.initiative(), organisation=partner)
        counts.append([])
        for one in (manager, holder, partner):
            with CaptureQueriesContext(connection) as asked:
                client.get(one.get_absolute_url())
            counts[-1].append(len(asked))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST_QUERIES
