"""What waits on the desk: who sees it, in which order, in which list, and what it costs."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import Absence
from desk.models import SavedFilter
from initiatives import verbs
from initiatives.models import Clock, ClockKind, Message, State
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)  # a Tuesday
INBOX = "/werkbank/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-24 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def desk(carla):
    """A client of an officer, with a role at town hall."""
    make.manager("Adviseur groen", key="groen", user=carla)
    client = Client()
    client.force_login(carla)
    return client


def plan(title, *, due=None, warn=None, kind=ClockKind.CONTACT, **fields):
    """A plan, with a running clock when it has a day."""
    made = make.initiative(title, **fields)
    if due:
        Clock.objects.create(
            initiative=made, kind=kind, days=5, started_on=min(due, TODAY) - timedelta(30),
            warn_on=warn or due, due_on=due,
        )  # fmt: skip
    return made


def shown(client, **query):
    response = client.get(INBOX, query)
    assert response.status_code == 200
    return [one.title for one in response.context["page_obj"]]


def text(response):
    return " ".join(response.content.decode().split())


# Who -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 404), ("resident", 404), ("council", 404), ("officer", 200), ("manager", 200)],
)
def test_the_desk_is_there_for_officers_alone(who, status, cast, client):
    if cast[who]:
        client.force_login(cast[who])
    assert client.get(INBOX).status_code == status
    assert client.get("/api/v1/werkvoorraad").status_code == status


def test_only_officers_find_it_in_the_navigation(client, carla, bram):
    assert INBOX not in text(client.get("/"))
    client.force_login(bram)
    assert INBOX not in text(client.get("/"))
    client.force_login(carla)
    assert f'href="{INBOX}"' in text(client.get("/"))


# Order and words -------------------------------------------------------------------------------------------
def test_what_must_be_done_first_comes_first(desk):
    plan("Later", due=TODAY + timedelta(20))
    plan("Te laat", due=TODAY - timedelta(5))
    plan("Bijna", due=TODAY + timedelta(1), warn=TODAY)
    plan("Klaar", state=State.IN_PROGRESS)
    assert shown(desk) == ["Te laat", "Bijna", "Later"]


def test_a_clock_says_how_long_there_is_and_why(desk, carla):
    with time_machine.travel("2026-12-18 10:00+01:00", tick=False):
        desk.force_login(carla)
        made = plan("Plan", state=State.SUBMITTED)
        verbs.start_clocks(made, date(2026, 12, 18))
        made.clocks.exclude(kind=ClockKind.FIRST_VIEW).update(stopped_on=date(2026, 12, 18))
        page = text(desk.get(INBOX))
    assert "Eerste reactie op het plan: <strong>nog 10 werkdagen</strong>" in page
    assert "10 werkdagen na 18 december; kerst en nieuwjaarsdag tellen niet mee" in page
    assert "Uiterlijk dinsdag 5 januari" in page


def test_a_late_clock_says_by_how_much(desk):
    plan("Plan", due=date(2026, 11, 19))
    assert "<strong>3 werkdagen te laat</strong>" in text(desk.get(INBOX))


def test_an_unanswered_message_waits_too(desk, amina, carla):
    made = plan("Vraag", by=amina, state=State.IN_PROGRESS)
    verbs.write(made, by=amina, text="Wanneer kan het?")
    assert shown(desk) == ["Vraag"]
    assert "Bericht wacht" in text(desk.get(INBOX))
    with time_machine.travel("2026-11-24 11:00+01:00", tick=False):
        Message.objects.create(
            initiative=made, text="Morgen.", by=carla, from_town=True, at=timezone.now() + timedelta(hours=1)
        )
    assert shown(desk) == []


# Lists -----------------------------------------------------------------------------------------------------
def test_each_list_holds_what_its_name_says(desk, carla, amina):
    mine = carla.account_manager
    plan("Nieuw", state=State.SUBMITTED, due=TODAY + timedelta(9))
    plan("Van mij", contact=mine)
    plan("Van mij en klaar", contact=mine, state=State.REALISED)
    plan("Te laat", due=TODAY - timedelta(1))
    plan("Bijna", due=TODAY + timedelta(1), warn=TODAY - timedelta(1))
    assert shown(desk, lijst="nieuw") == ["Nieuw"]
    assert shown(desk, lijst="van-mij") == ["Van mij"]
    assert shown(desk, lijst="te-laat") == ["Te laat"]
    assert shown(desk, lijst="bijna-te-laat") == ["Bijna"]
    assert len(shown(desk, lijst="alles")) == 5
    page = text(desk.get(INBOX))
    for words, number in {"Wat wacht": 3, "Nieuw": 1, "Van mij": 1, "Te laat": 1, "Bijna te laat": 1}.items():
        assert f'{words} <span class="iw-tabs__count">{number}</span>' in page


def test_a_paused_clock_is_not_late(desk):
    late = plan("Staat stil", due=TODAY - timedelta(9), state=State.PAUSED)
    late.clocks.update(paused_on=TODAY)
    assert shown(desk, lijst="te-laat") == []


def test_the_deputy_finds_the_plans_of_who_is_away(desk, carla):
    away, elsewhere = make.manager(), make.manager(deputy=carla.account_manager)
    plan("Van een ander", contact=away)
    plan("Van nog een ander", contact=elsewhere)
    assert shown(desk, lijst="van-mij") == []
    Absence.objects.create(manager=away, since=TODAY, deputy=carla.account_manager)
    Absence.objects.create(manager=elsewhere, since=TODAY)
    assert set(shown(desk, lijst="van-mij")) == {"Van een ander", "Van nog een ander"}


def test_a_lead_finds_what_is_late_in_the_department(desk, carla):
    department = make.department("Buiten")
    plan("Hier", contact=make.manager(department=department), due=TODAY - timedelta(2))
    plan("Daar", contact=make.manager(department=make.department()), due=TODAY - timedelta(2))
    assert "Te laat in mijn afdeling" not in text(desk.get(INBOX))
    department.lead = carla.account_manager
    department.save()
    assert "Te laat in mijn afdeling" in text(desk.get(INBOX))
    assert shown(desk, lijst="mijn-afdeling") == ["Hier"]


def test_ones_own_plan_is_not_on_the_desk(desk, carla):
    plan("Mijn eigen plan", by=carla, due=TODAY)
    assert shown(desk) == shown(desk, lijst="alles") == []


def test_a_concept_is_on_no_desk(desk, amina):
    make.initiative("Concept", by=amina, state=State.DRAFT)
    assert shown(desk, lijst="alles") == []


# Filters ---------------------------------------------------------------------------------------------------
def test_the_desk_narrows_by_every_filter_and_by_all_together(desk):
    north, goal, contact = make.district("Noord"), make.goal(slug="bomen"), make.manager(key="K9")
    wanted = plan(
        "Boomspiegels", district=north, goals=[goal], contact=contact, due=TODAY + timedelta(3),
        state=State.AWAITING_DECISION, kind=ClockKind.DECISION,
    )  # fmt: skip
    plan("Iets anders", district=make.district("Zuid"), goals=[make.goal()], due=TODAY + timedelta(1))
    asked = {
        "wijk": "noord",
        "doel": "bomen",
        "contact": "K9",
        "staat": "wacht-op-besluit",
        "klok": "duidelijkheid",
        "zoek": "boomspiegel",
    }
    for name, value in asked.items():
        assert shown(desk, **{name: value}) == ["Boomspiegels"], name
    assert shown(desk, **asked) == ["Boomspiegels"]
    assert shown(desk, zoek=wanted.reference.lower()) == ["Boomspiegels"]


def test_who_asks_for_a_state_or_a_reference_gets_what_is_done_too(desk):
    done = plan("Klaar", state=State.REALISED)
    assert shown(desk) == []
    assert shown(desk, staat="gerealiseerd") == ["Klaar"]
    assert shown(desk, zoek=f" {done.reference} ") == ["Klaar"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("lijst", "Deze lijst kennen we niet."),
        ("wijk", "Deze wijk kennen we niet."),
        ("staat", "Deze staat kennen we niet."),
        ("contact", "Deze contactpersoon kennen we niet."),
        ("doel", "Dit doel kennen we niet."),
        ("klok", "Deze termijn kennen we niet."),
    ],
)
@pytest.mark.parametrize("value", ["xyz", "concept", "🎉", "1' OR '1'='1"])
def test_an_unknown_value_is_told_at_its_filter(desk, name, sentence, value):
    plan("Plan", due=TODAY)
    response = desk.get(INBOX, {name: value})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    twin = desk.get("/api/v1/werkvoorraad", {name: value})
    assert (twin.status_code, twin.json()["invalidParams"]) == (400, [{"name": name, "reason": sentence}])


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", "abc", "2"])
def test_a_page_that_is_not_there(desk, number):
    assert desk.get(INBOX, {"pagina": number}).status_code == 404


def test_twenty_on_a_page_and_the_list_stays_in_the_address(desk):
    for _ in range(21):
        plan("Plan", due=TODAY - timedelta(3))
    first = desk.get(INBOX, {"lijst": "te-laat"})
    assert len(first.context["page_obj"]) == 20
    assert "lijst=te-laat&amp;pagina=2" in first.content.decode()
    assert len(shown(desk, lijst="te-laat", pagina=2)) == 1


def test_an_empty_desk_and_an_empty_list_say_so(desk):
    assert "Er wacht niets" in text(desk.get(INBOX))
    assert "Hier ligt niets" in text(desk.get(INBOX, {"lijst": "nieuw"}))


# Saved filters ---------------------------------------------------------------------------------------------
def keep(client, name, query):
    return client.post("/werkbank/filters/bewaren/", {"name": name, "query": query})


def test_a_filter_is_kept_found_and_forgotten(desk, carla, mo):
    saved = keep(desk, "  Mijn   noord ", "wijk=noord&lijst=nieuw&pagina=3&evil=1&zoek=")
    one = SavedFilter.objects.get()
    assert (one.user, one.name, one.query) == (carla, "Mijn noord", "lijst=nieuw&wijk=noord")
    assert saved.url == f"/werkbank/?{one.query}"
    assert "Mijn noord" in text(desk.get(INBOX))
    other = Client()
    other.force_login(mo)
    assert "Mijn noord" not in text(other.get(INBOX))
    assert other.post(f"/werkbank/filters/{one.pk}/weg/").status_code == 404
    assert desk.post(f"/werkbank/filters/{one.pk}/weg/").url == INBOX
    assert not SavedFilter.objects.exists()


def test_a_name_is_used_once_by_one_officer(desk, mo):
    keep(desk, "Noord", "wijk=noord")
    again = keep(desk, "NOORD", "wijk=zuid&zoek=boom")
    assert again.status_code == 400
    assert "Je hebt al een filter met deze naam." in text(again)
    assert 'value="NOORD"' in text(again)
    assert SavedFilter.objects.count() == 1
    other = Client()
    other.force_login(mo)
    assert keep(other, "Noord", "wijk=noord").status_code == 302


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_filter_needs_a_name_that_fits(desk, name):
    assert keep(desk, name, "wijk=noord").status_code == 400
    assert not SavedFilter.objects.exists()


# What it costs ---------------------------------------------------------------------------------------------
def test_a_hundred_plans_cost_what_three_cost(desk):
    contact, district = make.manager(), make.district()

    def grow(number):
        for _ in range(number):
            made = plan("Bomen", contact=contact, district=district, due=TODAY, goals=[make.goal()])
            Message.objects.create(initiative=made, text="Hallo")

    def costs():
        found = {}
        for address in (INBOX, "/werkbank/?zoek=bomen&lijst=te-laat", "/api/v1/werkvoorraad?perPagina=100"):
            desk.get(address)  # reads what stands, which has changed
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(address).status_code == 200
            found[address] = len(asked)
        return found

    grow(3)
    few = costs()
    grow(97)
    assert costs() == few
    assert max(few.values()) <= 15, few
