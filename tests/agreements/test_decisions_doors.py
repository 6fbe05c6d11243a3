"""Decisions at both doors: the officer's pages, what everybody reads at a plan, and the API."""

import uuid
from datetime import date

import pytest
import time_machine
from django.test import Client

from agreements.decisions import verbs
from agreements.models import PendingDecision
from initiatives.models import Initiative, State
from tests import make
from tests.agreements.test_decisions import ASKED, MONDAY, NO, at, formal, now, wait
from tests.house.test_queries import cost
from townhall.models import Event, Text

pytestmark = pytest.mark.django_db
API = "/api/v1/besluiten"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-02 10:00+01:00", tick=False):
        make.municipality(address="Raadhuisplein 1, 9999 AA Kleindorp")
        yield


@pytest.fixture
def plan(amina, carla):
    return make.initiative("Een bankje", by=amina, contact=make.manager("Adviseur", user=carla))


@pytest.fixture
def desk(carla):
    client = Client()
    client.force_login(carla)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def sent(plan, **changes):
    """What a browser sends for a new decision."""
    hidden = {"version": plan.version, "seen": 0, "token": uuid.uuid4()}
    return ASKED | hidden | {"planned_on": "2026-12-01", "weeks": 8} | changes


# The desk -----------------------------------------------------------------------------------------------
def test_an_officer_writes_down_what_a_plan_waits_for_once(plan, desk):
    address = f"/werkbank/{plan.reference}/besluiten/nieuw/"
    assert address in text(desk.get(f"/werkbank/{plan.reference}/"))
    assert "Zet het plan op wacht op besluit" in text(desk.get(address))
    form = sent(plan, and_await="on")
    answers = [desk.post(address, form) for _ in range(2)]
    assert [answer.url for answer in answers] == [f"/werkbank/{plan.reference}/#besluiten"] * 2
    decision = PendingDecision.objects.get()
    assert (decision.question, decision.planned_on) == (ASKED["question"], date(2026, 12, 1))
    assert Initiative.objects.get().state == State.AWAITING_DECISION
    page = text(desk.get(f"/werkbank/{plan.reference}/"))
    assert "Mag het hek weg?" in page
    assert "Werk dit besluit bij" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"planned_on": "2026-12-06"}, "Kies een werkdag, zoals maandag 7 december 2026."),
        ({"planned_on": "31 februari"}, "Schrijf de dag zo: 21-11-2026."),
        ({"planned_on": "0001-01-01"}, "Deze dag is al voorbij."),
        ({"body": "department"}, "Schrijf op wie er besluit"),
        ({"why": "x" * 10_000}, "Kort het in tot 1000."),
        ({"is_formal": "on"}, "Vul in wanneer de aanvraag binnenkwam."),
        ({"is_formal": "on", "received_on": "2026-11-02", "weeks": "99"}, "van 1 tot 52"),
    ],
)
def test_what_is_not_good_is_told_and_nothing_is_lost(plan, desk, changes, said):
    form = sent(plan, question="Mijn eigen vraag", **changes)
    answer = desk.post(f"/werkbank/{plan.reference}/besluiten/nieuw/", form)
    assert answer.status_code == 400
    assert said in text(answer)
    assert "Mijn eigen vraag" in text(answer)
    assert not PendingDecision.objects.exists()


def act(desk, decision, name, **told):
    place = f"/werkbank/{decision.initiative.reference}/besluiten/{decision.key}/"
    return desk.post(f"{place}{name}/", {"version": decision.version, "seen": 0} | told)


def test_a_no_without_reasons_comes_back_with_what_was_typed(plan, carla, desk):
    decision = wait(plan, carla)
    told = {"outcome": "refused", "decided_on": "2026-11-02", "reasons": NO["reasons"]}
    answer = act(desk, decision, "besluiten", **told)
    assert answer.status_code == 400
    page = text(answer)
    assert "Een nee is nooit het einde." in page
    assert NO["reasons"] in page
    assert now(decision).outcome == ""
    assert act(desk, decision, "besluiten", **(told | NO)).status_code == 302
    assert now(decision).outcome == "refused"


def test_every_act_has_its_form(plan, carla, desk):
    decision = formal(plan, carla)
    with at("2026-11-16"):
        desk.force_login(carla)  # the session of a fortnight ago is over
        page = text(desk.get(f"/werkbank/{plan.reference}/besluiten/{decision.key}/"))
        for words in ("Leg het besluit vast", "Laat de termijn stilstaan", "Kies een andere verwachte dag"):
            assert words in page
        days = {"told_on": "2026-11-16", "until": "2026-11-30"}
        assert act(desk, now(decision), "stilzetten", ground="incomplete", **days).status_code == 302
    with at("2026-11-20"):
        desk.force_login(carla)
        assert act(desk, now(decision), "hervatten", on="2026-11-20").status_code == 302
        moved = {"planned_on": "2026-12-15", "reason": "De raad is eerder klaar."}
        assert act(desk, now(decision), "verplaatsen", **moved).status_code == 302
        assert act(desk, now(decision), "intrekken", reasons="Het hek is weg.").status_code == 302
        page = text(desk.get(f"/werkbank/{plan.reference}/besluiten/{decision.key}/"))
        left = ("Leg het besluit vast", "Kies een andere verwachte dag", "Zet iets recht")
        assert [words for words in left if words in page] == ["Zet iets recht"]


def test_who_is_second_hears_what_the_first_did_and_keeps_every_word(plan, carla, desk, mo):
    decision = wait(plan, carla)
    verbs.decide(now(decision), by=mo, outcome="granted", decided_on=MONDAY)
    answer = act(desk, decision, "besluiten", outcome="refused", decided_on="2026-11-02", **NO)
    assert answer.status_code == 409
    page = text(answer)
    assert "Iemand anders was je voor" in page
    assert "Er is een besluit genomen" in page
    for words in NO.values():
        assert words in page
    assert Event.objects.filter(what="decision_made").count() == 1


def test_whose_plan_it_is_does_not_decide(plan, carla, desk):
    own = make.initiative("Van Carla", by=carla)
    decision = PendingDecision.objects.create(
        initiative=own, key="B900", asked_on=MONDAY, planned_on=MONDAY, **ASKED
    )
    answer = act(desk, decision, "intrekken", reasons="Weg.")
    assert answer.status_code == 403
    assert now(decision).outcome == ""


# What everybody reads -----------------------------------------------------------------------------------
def test_days_waiting_are_on_the_page_of_a_public_plan(plan, carla, client):
    wait(plan, carla, asked_on=date(2026, 10, 10), is_political=True)
    page = text(client.get(plan.get_absolute_url()))
    for words in ("<strong>23 dagen</strong>, sinds 10 oktober 2026", "De gemeenteraad", "Politieke keuze"):
        assert words in page
    with at("2026-12-02"):
        assert "Had op dinsdag 1 december 2026 gemoeten." in text(client.get(plan.get_absolute_url()))


def test_a_formal_one_shows_its_day_and_how_to_object(plan, carla, client):
    decision = formal(plan, carla)
    with at("2026-12-12"):
        assert "Dag 40 van 56. Uiterlijk maandag 28 december 2026." in text(
            client.get(plan.get_absolute_url())
        )
        verbs.decide(decision, by=carla, outcome="refused", decided_on=date(2026, 12, 11), **NO)
        page = text(client.get(plan.get_absolute_url()))
    for words in [*NO.values(), "vrijdag 22 januari 2027", "Stuur een brief aan de gemeenteraad."]:
        assert words in page
    assert "Raadhuisplein 1" in page
    Text.objects.create(key="objection", body="Bezwaar maak je op ons eigen formulier.")
    page = text(client.get(plan.get_absolute_url()))
    assert "Bezwaar maak je op ons eigen formulier." in page
    assert "vrijdag 22 januari 2027" in page
    assert "Stuur een brief aan" not in page


def test_no_day_is_expected_while_nobody_knows_how_long_the_term_stands_still(plan, carla, client):
    with at(MONDAY):
        decision = formal(plan, carla)
        verbs.suspend(decision, by=carla, ground="abroad", told_on=MONDAY)
    with at("2026-11-04"):
        page = text(client.get(plan.get_absolute_url()))
    assert "Dat weten we als de termijn weer loopt." in page
    assert "28 december" not in page


def test_who_decides_elsewhere_reads_the_objection(plan, carla, client):
    decision = formal(plan, carla, body="water_board")
    verbs.decide(decision, by=carla, outcome="refused", decided_on=MONDAY, **NO)
    Text.objects.create(key="objection", body="Bezwaar maak je op ons eigen formulier.")
    page = text(client.get(plan.get_absolute_url()))
    assert "Stuur je bezwaar aan het waterschap. Het adres staat in het besluit." in page
    assert "ons eigen formulier" not in page


def test_an_informal_no_says_what_one_can_do(plan, carla, client, amina):
    verbs.decide(wait(plan, carla), by=carla, outcome="refused", decided_on=MONDAY, **NO)
    client.force_login(amina)
    page = text(client.get(f"/mijn/{plan.public_id}/"))
    for words in [
        *NO.values(),
        "Dit is geen formeel besluit.",
        "een klacht sturen aan gemeente@kleindorp",
    ]:
        assert words in page


def test_the_desk_finds_what_is_late(plan, carla, desk):
    wait(plan, carla, planned_on=date(2026, 11, 3))
    other = make.initiative("Op tijd", state=State.IN_DIALOGUE)
    wait(other, carla)
    with at("2026-11-04"):
        desk.force_login(carla)
        found = desk.get("/werkbank/?lijst=besluit-te-laat").context["page_obj"]
        assert [one.title for one in found] == ["Een bankje"]


def test_a_page_costs_the_same_for_one_decision_as_for_ten(plan, carla, client):
    def one_more():
        days = {"told_on": date(2026, 11, 3), "until": date(2026, 11, 5)}
        verbs.suspend(formal(plan, carla), by=carla, ground="consent", **days)

    with at("2026-11-03"):
        one_more()
        client.get(plan.get_absolute_url())
        few = cost(client, plan.get_absolute_url())
        for _ in range(9):
            one_more()
        assert cost(client, plan.get_absolute_url()) == few


# The API ------------------------------------------------------------------------------------------------
def call(client, address, body, key=None):
    headers = {"Idempotency-Key": str(key)} if key else {}
    return client.post(address, body, content_type="application/json", headers=headers)


def test_the_api_makes_one_and_shows_it(plan, carla, desk, client):
    body = {
        "initiatief": plan.reference,
        "vraag": "Mag het hek weg?",
        "orgaan": "gemeenteraad",
        "waarom": "De raad vergadert eens per maand.",
        "formeel": True,
        "ontvangenOp": "2026-11-02",
        "weken": 8,
        "planWachtOpBesluit": True,
    }
    key = uuid.uuid4()
    assert [call(desk, API, body, key).status_code for _ in range(2)] == [201, 201]
    assert PendingDecision.objects.count() == 1
    with at("2026-11-12"):
        shown = client.get(f"{API}/B01").json()
    assert shown == {
        "kenmerk": "B01",
        "initiatief": plan.reference,
        "vraag": "Mag het hek weg?",
        "orgaan": "gemeenteraad",
        "naam": None,
        "formeel": True,
        "politiek": False,
        "waarom": "De raad vergadert eens per maand.",
        "stand": "wacht",
        "wachtSinds": "2026-11-02",
        "dagenWachten": 10,
        "verwachtOp": "2026-12-28",
        "verplaatst": [],
        "rechtgezet": [],
        "ontvangenOp": "2026-11-02",
        "weken": 8,
        "uiterlijk": "2026-12-28",
        "dagVanDeTermijn": 10,
        "opschortingen": [],
        "beslotenOp": None,
        "redenen": None,
        "watDitVerandert": None,
        "volgendeStap": None,
        "bezwaarTotEnMet": None,
        "webpagina": f"http://testserver/initiatieven/{plan.reference}/#besluit-B01",
        "versie": 1,
    }


def test_the_api_names_what_is_missing(plan, carla, desk):
    decision = wait(plan, carla)
    refusal = call(
        desk, f"{API}/{decision.key}/uitkomst", {"uitkomst": "nee", "beslotenOp": "2026-11-02", "versie": 1}
    )
    assert refusal.status_code == 400
    named = [one["name"] for one in refusal.json()["invalidParams"]]
    assert sorted(named) == ["redenen", "volgendeStap", "watDitVerandert"]
    hidden = make.initiative("Geheim", state=State.DRAFT)
    body = {"initiatief": str(hidden.public_id)[:20], "vraag": "x", "orgaan": "college", "waarom": "x"}
    refusal = call(desk, API, body, uuid.uuid4())
    assert [one["name"] for one in refusal.json()["invalidParams"]] == ["initiatief"]


def test_the_api_does_what_the_pages_do(plan, carla, desk):
    decision = formal(plan, carla)
    steps = [
        ("planning", {"verwachtOp": "2026-12-15", "reden": "Eerder klaar."}),
        ("opschorting", {"grond": "overmacht", "gemeldOp": "2026-11-03"}),
        ("hervatting", {"op": "2026-11-04"}),
        ("uitkomst", {"uitkomst": "ja", "beslotenOp": "2026-11-04"}),
    ]
    with at("2026-11-04"):
        desk.force_login(carla)
        for number, (act_, body) in enumerate(steps, 1):
            answer = call(desk, f"{API}/{decision.key}/{act_}", body | {"versie": number})
            assert answer.status_code == 200, answer.json()
        shown = answer.json()
        assert (shown["stand"], shown["versie"], shown["uiterlijk"]) == ("ja", 5, "2026-12-29")
        assert [one["grond"] for one in shown["opschortingen"]] == ["overmacht"]
        late = call(desk, f"{API}/{decision.key}/intrekking", {"redenen": "Weg.", "versie": 4})
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["B03", "B02", "B01"]),
        ("orgaan=college", ["B03"]),
        ("formeel=ja", ["B02"]),
        ("stand=wacht", ["B03", "B01"]),
        ("stand=te-laat", ["B01"]),
        ("stand=besloten", ["B02"]),
        ("stand=staat-stil", []),
        ("wijk=noord", ["B03"]),
    ],
)
def test_the_list_is_narrowed(plan, carla, client, query, found):
    other = make.initiative("Tuin", district=make.district("Noord"))
    hidden = make.initiative("Geheim", public=False)
    wait(plan, carla, planned_on=date(2026, 11, 3))
    decided = formal(plan, carla)
    wait(other, carla, body="college")
    wait(hidden, carla)
    verbs.decide(decided, by=carla, outcome="granted", decided_on=MONDAY)
    with at("2026-11-04"):
        answer = client.get(f"{API}?{query}").json()
    assert [one["kenmerk"] for one in answer["resultaten"]] == found
