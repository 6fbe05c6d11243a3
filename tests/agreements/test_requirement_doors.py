"""Demands at both doors: what an officer and an initiator see and do, and what others never find."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Requirement, RequirementQuestion
from agreements.requirements import verbs
from tests import make
from townhall.models import Event

pytestmark = pytest.mark.django_db
OWN = {
    "text": "Zet hekken neer.",
    "why": "Zo valt niemand in de sloot.",
    "basis": "policy",
    "basis_text": "Beheerplan",
    "help": "Je leent de hekken van ons.",
}


@pytest.fixture(autouse=True)
def _town():
    make.municipality()


@pytest.fixture
def plan(amina):
    return make.initiative("Een bankje", by=amina)


@pytest.fixture
def demand(plan):
    return make.requirement(plan, key="E001", is_hard=True)


def come_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(carla):
    return come_in(carla)


@pytest.fixture
def mine(amina):
    return come_in(amina)


def at(plan, *way):
    return "/".join([f"/werkbank/{plan.reference}/eisen", *way, ""])


def question_at(plan, demand):
    return f"/mijn/{plan.public_id}/eisen/{demand.key}/vraag/"


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Pages ------------------------------------------------------------------------------------------------
def test_an_officer_adds_a_usual_demand_with_one_click(desk, plan):
    plan.needs.create(kind="plek")
    standard = make.standard_requirement("Grond gebruiken", needs=["plek"])
    page = desk.get(f"/werkbank/{plan.reference}/")
    assert f'name="standaard" value="{standard.key}"' in page.content.decode()
    for _click in range(2):
        done = desk.post(at(plan, "nieuw"), {"standaard": standard.key}, follow=True)
        assert done.status_code == 200
    assert "Deze eis staat al bij dit plan." in text(done)
    assert [one.heading for one in plan.requirements.all()] == ["Grond gebruiken"]
    chosen = desk.get(at(plan)).content.decode()
    assert "Staat bij het plan" in chosen
    for nothing in ("niets", "\x00"):
        gone = desk.post(at(plan, "nieuw"), {"standaard": nothing}, follow=True)
        assert "Deze eis staat niet meer in de bibliotheek." in text(gone)


def test_an_own_demand_is_made_once_and_never_without_help(desk, plan):
    token = {"token": str(uuid.uuid4())}
    no_help = desk.post(at(plan, "nieuw"), OWN | token | {"help": " ", "basis_text": "", "is_hard": "on"})
    assert no_help.status_code == 400
    assert "Schrijf wat de gemeente doet om te helpen, of wat er ook kan." in text(no_help)
    assert "Schrijf welke wet of welk beleid dit vraagt." in text(no_help)
    assert "Zo valt niemand in de sloot." in no_help.content.decode()
    for _click in range(2):
        assert desk.post(at(plan, "nieuw"), OWN | token).status_code == 302
    assert plan.requirements.get().text == "Zet hekken neer."


def test_a_usual_demand_can_be_changed_before_it_is_made(desk, plan):
    standard = make.standard_requirement("Grond gebruiken")
    page = desk.get(at(plan, "nieuw") + f"?standaard={standard.slug}").content.decode()
    assert "De gemeente verzekert alle vrijwilligers." in page


def test_whoever_comes_second_keeps_what_was_typed(desk, plan, demand, carla):
    verbs.correct_requirement(demand, by=carla, text="Korter.")
    late = desk.post(at(plan, "E001", "vervalt"), {"version": 1, "reason": "Het kan zonder hek."})
    assert late.status_code == 409
    assert "Iemand anders was je voor" in text(late)
    assert "Het kan zonder hek." in text(late)
    again = {"version": late.context["form"]["version"].value(), "reason": "Het kan zonder hek."}
    assert desk.post(at(plan, "E001", "vervalt"), again).status_code == 302
    assert Requirement.objects.get().closing_reason == "Het kan zonder hek."


def test_what_cannot_be_done_now_is_not_offered(desk, plan, demand, amina):
    assert desk.get(at(plan, "E001", "antwoord")).url == f"/werkbank/{plan.reference}/#eisen"
    verbs.question_requirement(demand, by=amina, text="Kan het zonder?")
    assert desk.get(at(plan, "E001", "antwoord")).status_code == 200
    assert desk.get(at(plan, "E001", "vervalt")).status_code == 302
    page = text(desk.get(f"/werkbank/{plan.reference}/"))
    assert "Vraag staat open" in page
    assert "nog 10 werkdagen" in page


def test_an_initiator_asks_once_and_reads_the_answer(mine, desk, plan, demand):
    page = mine.get(f"/mijn/{plan.public_id}/").content.decode()
    assert "De gemeente verzekert alle vrijwilligers." in page
    sent = {"token": str(uuid.uuid4()), "version": 1, "text": "Kan het zonder?"}
    empty = mine.post(question_at(plan, demand), sent | {"text": ""})
    assert (empty.status_code, "Schrijf waarom je dit vraagt." in text(empty)) == (400, True)
    for _click in range(2):
        assert mine.post(question_at(plan, demand), sent).status_code == 302
    assert RequirementQuestion.objects.count() == 1
    assert mine.get(question_at(plan, demand)).status_code == 302
    answer = {"version": 2, "outcome": "softened", "answer": "Je hebt gelijk.", "text": "Alleen bij water."}
    assert desk.post(at(plan, "E001", "antwoord"), answer).status_code == 302
    page = text(mine.get(f"/mijn/{plan.public_id}/"))
    for words in ("de eis wordt lichter", "Je hebt gelijk.", "Alleen bij water.", "Wat er eerst stond"):
        assert words in page
    assert "Geen harde eis" in page


def test_others_find_nothing(plan, demand, bram, amina, dirk):
    for user in (bram, dirk):
        client = come_in(user)
        assert client.get(question_at(plan, demand)).status_code == 404
        assert client.get(at(plan)).status_code == 404
        assert client.get(f"/api/v1/initiatieven/{plan.reference}/eisen").status_code == 404
    page = Client().get(plan.get_absolute_url()).content.decode()
    assert "De gemeente verzekert" not in page
    other = make.initiative(by=amina)
    assert come_in(amina).get(question_at(other, demand)).status_code == 404


def test_nobody_demands_of_their_own_plan(desk, carla):
    own = make.initiative(by=carla)
    assert desk.get(at(own, "nieuw")).status_code == 403


def test_pages_cost_the_same_for_one_demand_as_for_many(mine, desk, plan, amina):
    def cost(client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def add(number):
        for _one in range(number):
            demand = make.requirement(plan, standard=make.standard_requirement())
            verbs.question_requirement(demand, by=amina, text="Kan het zonder?")

    places = [(mine, f"/mijn/{plan.public_id}/"), (desk, f"/werkbank/{plan.reference}/"), (desk, at(plan))]
    add(1)
    few = [cost(*place) for place in places]
    add(8)
    assert [cost(*place) for place in places] == few


# The API ----------------------------------------------------------------------------------------------
def post(client, address, key=None, **body):
    headers = {"idempotency-key": str(key or uuid.uuid4())}
    return client.post(address, body, content_type="application/json", headers=headers)


def test_the_api_does_the_same(mine, desk, plan):
    make.standard_requirement("Verzekering", key="S01")
    place, key = f"/api/v1/initiatieven/{plan.reference}/eisen", uuid.uuid4()
    made = [post(desk, place, key, standaard="S01", eis="Wie helpt, is verzekerd.") for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    told = made[1].json()
    assert (told["kenmerk"], told["standaard"], told["eis"], told["stand"], told["versie"]) == (
        "E01",
        "S01",
        "Wie helpt, is verzekerd.",
        "open",
        1,
    )
    one = f"{place}/E01"
    change = {"content_type": "application/json"}
    assert desk.patch(one, {"hulp": "Wij regelen het.", "versie": 1}, **change).json()["versie"] == 2
    assert desk.patch(one, {"hulp": "Nee.", "versie": 1}, **change).status_code == 409
    assert desk.patch(one, {"hulp": "Nee."}, **change).json()["invalidParams"][0]["name"] == "versie"

    assert post(desk, f"{one}/vragen", vraag="Hoezo?", versie=2).status_code == 403
    asked = post(mine, f"{one}/vragen", vraag="Kan het zonder?", versie=2)
    assert (asked.status_code, asked.json()["vragen"][0]["uitkomst"]) == (201, "")
    assert post(desk, f"{one}/afronding", stand="voldaan", versie=3).status_code == 409
    wrong = post(desk, f"{one}/antwoorden", uitkomst="lichter", antwoord="Ja.", versie=3)
    assert wrong.json()["invalidParams"][0]["name"] == "eis"
    done = post(desk, f"{one}/antwoorden", uitkomst="lichter", antwoord="Ja.", eis="Korter.", versie=3)
    assert (done.status_code, done.json()["eis"], done.json()["vragen"][0]["uitkomst"]) == (
        200,
        "Korter.",
        "lichter",
    )
    no_reason = post(desk, f"{one}/afronding", stand="vervallen", versie=4)
    assert no_reason.json()["invalidParams"][0]["name"] == "reden"
    assert post(desk, f"{one}/afronding", stand="voldaan", versie=4).json()["stand"] == "voldaan"
    assert [row["kenmerk"] for row in mine.get(place).json()] == ["E01"]
    assert not Event.objects.filter(is_public=True).exists()


def test_a_manager_keeps_the_library(mo, carla):
    manager, new = come_in(mo), {"titel": "Een hek", "eis": "Zet hekken neer.", "grond": "geen"}
    new |= {"waarom": "Zo valt niemand.", "hulp": "Je leent ze van ons.", "behoeften": ["plek"]}
    assert post(come_in(carla), "/api/v1/eisen", **new).status_code == 405
    no_help = post(manager, "/api/v1/eisen", **{name: new[name] for name in new if name != "hulp"})
    assert no_help.json()["invalidParams"][0]["name"] == "hulp"
    made = post(manager, "/api/v1/eisen", **new).json()
    assert (made["kenmerk"], made["slug"]) == ("S01", "een-hek")
    assert Client().get("/eisen/?behoefte=plek").context["page_obj"].paginator.count == 1
    assert Client().get("/eisen/?behoefte=geld").context["page_obj"].paginator.count == 0
    hidden = manager.patch(
        "/api/v1/eisen/S01", {"inGebruik": False, "versie": 1}, content_type="application/json"
    )
    assert hidden.status_code == 204
    assert Client().get("/eisen/een-hek/").status_code == 404
