"""The public pages of initiatives."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from initiatives.models import Initiative, PartnerLink, State
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


def shown(response):
    return [plan.title for plan in response.context["page_obj"]]


def text(response):
    return " ".join(response.content.decode().split())


def test_list_shows_the_newest_first(client):
    now = timezone.now()
    make.initiative("Oud", submitted_at=now - timedelta(days=9))
    make.initiative("Nieuw", submitted_at=now)
    assert shown(client.get("/initiatieven/")) == ["Nieuw", "Oud"]


def test_list_narrows_by_every_parameter_and_by_all_together(client):
    north, theme = make.district("Noord"), make.theme("Natuur")
    goal = make.goal(slug="bomen", themes=[theme])
    make.initiative("Boomspiegels", district=north, goals=[goal], state=State.IN_PROGRESS)
    make.initiative("Iets anders", district=make.district("Zuid"), goals=[make.goal()])
    asked = {
        "wijk": "noord",
        "thema": "natuur",
        "doel": "bomen",
        "staat": "in-uitvoering",
        "zoek": "boomspiegel",
    }
    for name, value in asked.items():
        assert shown(client.get("/initiatieven/", {name: value})) == ["Boomspiegels"], name
    assert shown(client.get("/initiatieven/", asked)) == ["Boomspiegels"]
    assert shown(client.get("/initiatieven/", {"doel": goal.key})) == ["Boomspiegels"]


def test_two_goals_of_one_theme_show_a_plan_once(client):
    theme = make.theme("Natuur")
    make.initiative("Plan", goals=[make.goal(themes=[theme]), make.goal(themes=[theme])])
    assert shown(client.get("/initiatieven/?thema=natuur")) == ["Plan"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("wijk", "Deze wijk kennen we niet."),
        ("thema", "Dit thema kennen we niet."),
        ("doel", "Dit doel kennen we niet."),
        ("staat", "Deze staat kennen we niet."),
    ],
)
@pytest.mark.parametrize("value", ["xyz", "concept", "🎉", "1' OR '1'='1"])
def test_an_unknown_value_is_told_at_its_filter(client, name, sentence, value):
    make.initiative("Plan")
    response = client.get("/initiatieven/", {name: value})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert shown(response) == ["Plan"]


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", "abc", "2"])
def test_a_page_that_is_not_there(client, number):
    make.initiative()
    assert client.get("/initiatieven/", {"pagina": number}).status_code == 404


def test_who_sees_which_plans(client, amina, bram, carla, dirk):
    make.initiative("Openbaar", by=amina)
    make.initiative("Besloten", by=amina, public=False)
    make.initiative("Concept", by=amina, state=State.DRAFT)

    def seen(user=None):
        if user:
            client.force_login(user)
        return {*shown(client.get("/initiatieven/"))}

    assert seen() == {"Openbaar"}
    assert seen(bram) == seen(dirk) == {"Openbaar"}
    assert seen(amina) == seen(carla) == {"Openbaar", "Besloten"}


def test_a_plan_that_is_not_public_is_not_there_for_outsiders(client, amina, bram):
    plan = make.initiative("Besloten", by=amina, public=False)
    assert client.get(plan.get_absolute_url()).status_code == 404
    client.force_login(bram)
    assert client.get(plan.get_absolute_url()).status_code == 404
    client.force_login(amina)
    page = client.get(plan.get_absolute_url())
    assert page.status_code == 200
    assert "Niet openbaar" in page.content.decode()


def test_a_plan_that_wants_to_be_public_waits_for_its_release(client):
    plan = make.initiative(wants_public=True, released_at=None)
    assert client.get(plan.get_absolute_url()).status_code == 404


def test_page_tells_the_story_and_names_nobody(client, amina):
    goal, hidden = (
        make.goal(plain_title="Meer bloemen"),
        make.goal("Verborgen doel", state="draft", note=None),
    )
    partner = make.organisation("Natuurclub")
    contact = make.manager("Adviseur groen", name="Geheime Naam", department=make.department("Buiten"))
    plan = make.initiative(
        "Geveltuinen",
        by=amina,
        summary="Groen langs de gevel.",
        story="Eerste alinea.\n\nTweede <b>alinea</b>.",
        existing="Tien tuintjes.",
        offered="Vrije zaterdagen.",
        asked="Zaden.",
        district=make.district("Noord"),
        state=State.IN_PROGRESS,
        state_reason="Geheime reden",
        submitter="Geheime rol",
        contact=contact,
        goals=[goal, hidden],
        submitted_at=timezone.make_aware(timezone.datetime(2026, 5, 4, 9)),
    )
    PartnerLink.objects.create(initiative=plan, organisation=partner, why="Geheime notitie")
    page = text(client.get(plan.get_absolute_url()))
    for words in [
        "Geveltuinen",
        "Groen langs de gevel.",
        "<p>Eerste alinea.</p>",
        "Tweede &lt;b&gt;alinea&lt;/b&gt;.",
        "Tien tuintjes.",
        "Vrije zaterdagen.",
        "Zaden.",
        "Noord",
        "In uitvoering",
        "Ingediend op 4 mei 2026",
        plan.reference,
        "Van een persoon",
        "Meer bloemen",
        goal.get_absolute_url(),
        partner.get_absolute_url(),
        "Adviseur groen",
        "Buiten",
    ]:
        assert words in page, words
    for secret in ["Amina", amina.email, "Geheime", "Verborgen doel"]:
        assert secret not in page, secret


def test_a_contact_who_left_is_not_linked(client):
    gone = make.manager("Weg", available_until=date(2025, 1, 1))
    page = client.get(make.initiative(contact=gone).get_absolute_url()).content.decode()
    assert "Dit plan krijgt een nieuw vast contact." in page
    assert gone.get_absolute_url() not in page


def test_a_plan_without_goal_place_or_partner_is_welcome(client):
    page = client.get(make.initiative().get_absolute_url()).content.decode()
    assert "niet gekoppeld aan een doel" in page
    assert "Hele gemeente" in page
    assert "partners" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("path", ["/initiatieven/IW-1999-0001/", "/initiatieven/🎉/", "/initiatieven/None/"])
def test_an_unknown_plan_is_not_found(client, amina, path):
    make.initiative(by=amina, state=State.DRAFT)
    client.force_login(amina)
    assert client.get(path).status_code == 404


def test_nothing_found_and_nothing_there(client):
    assert "Er staan nog geen initiatieven op de site" in client.get("/initiatieven/").content.decode()
    make.initiative()
    page = client.get("/initiatieven/?zoek=onvindbaar").content.decode()
    assert "We vinden geen initiatief dat hierbij past" in page
    assert 'href="/wegwijzer/"' in page


def test_absurd_lengths_are_drawn(client):
    plan = make.initiative("W" * 150, summary="s " * 150, story="Verhaal " * 1250)
    assert client.get("/initiatieven/").status_code == 200
    assert client.get(plan.get_absolute_url()).status_code == 200


def test_every_state_has_a_name_in_addresses_and_on_the_page(client):
    for state in set(State) - {State.DRAFT}:
        make.initiative(state, state=state)
    for state in set(State) - {State.DRAFT}:
        name = state.label.replace(" ", "-")
        response = client.get("/initiatieven/", {"staat": name})
        assert shown(response) == [state], name
        assert state.label.capitalize() in response.content.decode()


def test_pages_name_their_twins(client):
    plan = make.initiative()
    link = '<link rel="alternate" type="application/json" href="{}">'
    assert link.format("/api/v1/initiatieven?zoek=x") in client.get("/initiatieven/?zoek=x").content.decode()
    page = client.get(plan.get_absolute_url()).content.decode()
    assert link.format(f"/api/v1/initiatieven/{plan.reference}") in page


def test_initiatives_know_whether_they_are_shown():
    assert make.initiative().is_shown
    assert not make.initiative(public=False).is_shown
    assert [plan.is_shown for plan in Initiative.objects.public()] == [True]
