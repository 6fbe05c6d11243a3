"""The desk for machines: the same queues, suggestions and verbs, in JSON."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from initiatives import verbs
from initiatives.models import Initiative, Message, State
from tests import make
from townhall.models import Event

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.fixture
def contact(carla):
    return make.manager("Adviseur groen", key="groen", user=carla)


@pytest.fixture
def plan(amina, contact):
    make.municipality()
    return make.initiative("Een bankje", by=amina, contact=contact, reference="IW-2026-0042")


@pytest.fixture
def officer(carla):
    return come_in(carla)


def come_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, plan, what, **body):
    headers = {"Idempotency-Key": body.pop("key", str(uuid.uuid4()))}
    return client.post(
        f"/api/v1/initiatieven/{plan.reference}/{what}",
        body,
        content_type="application/json",
        headers=headers,
    )


def problem(response):
    """(status, the words or the wrong fields) of a problem."""
    assert response["Content-Type"] == PROBLEM
    body = response.json()
    return response.status_code, {one["name"] for one in body.get("invalidParams", [])} or body["detail"]


# What waits ------------------------------------------------------------------------------------------------
def test_the_queue_tells_what_waits_and_why(plan, officer):
    verbs.start_clocks(plan, timezone.localdate())
    plan.clocks.exclude(kind="decision").update(stopped_on=timezone.localdate())
    clock = plan.clocks.get(kind="decision")
    assert officer.get("/api/v1/werkvoorraad").json()["resultaten"] == [
        {
            "kenmerk": "IW-2026-0042",
            "titel": "Een bankje",
            "staat": "in-gesprek",
            "wijk": None,
            "ingediendOp": timezone.localtime(plan.submitted_at).isoformat(),
            "accounthouder": {"kenmerk": "groen", "functie": "Adviseur groen", "afdeling": None},
            "termijnen": [
                {
                    "termijn": "duidelijkheid",
                    "begonnenOp": clock.started_on.isoformat(),
                    "werkdagen": 40,
                    "uiterlijk": clock.due_on.isoformat(),
                    "nog": "nog 40 werkdagen",
                    "waarom": clock.why,
                }
            ],
            "versie": 1,
        }
    ]


def test_an_unknown_parameter_of_the_queue_is_named(officer):
    assert problem(officer.get("/api/v1/werkvoorraad?foo=1&lijst=xyz")) == (400, {"foo", "lijst"})


# Suggestions and verdicts ----------------------------------------------------------------------------------
def test_suggestions_come_with_reasons_and_verdicts(plan, officer):
    goal = make.goal(key="G1", plain_title="Meer groen")
    make.suggestion(plan, goal=goal, sentence="Je schrijft “bomen”.")
    assert officer.get(f"/api/v1/initiatieven/{plan.reference}/suggesties").json() == [
        {
            "soort": "doel",
            "kenmerk": "G1",
            "naam": "Meer groen",
            "score": 0.7,
            "sterkte": "sterk",
            "redenen": ["Je schrijft “bomen”."],
            "versie": "1",
            "oordeel": "",
        }
    ]


def test_verdicts_are_those_of_the_page(plan, officer):
    goal, partner = make.goal(key="G1"), make.organisation(key="P1")
    make.suggestion(plan, goal=goal)
    asked = {"soort": "doel", "kenmerk": "G1"}
    done = send(officer, plan, "oordelen", oordeel="bevestigd", **asked)
    assert done.status_code == 200
    assert done.json() == {
        "kenmerk": "IW-2026-0042",
        "staat": "in-gesprek",
        "accounthouder": {"kenmerk": "groen", "functie": "Adviseur groen", "afdeling": None},
        "openbaar": True,
        "versie": 1,
    }
    assert plan.goal_links.get().goal == goal
    assert send(officer, plan, "oordelen", oordeel="ongedaan", **asked).status_code == 200
    send(officer, plan, "oordelen", oordeel="afgewezen", reden="Past niet", **asked)
    send(officer, plan, "oordelen", oordeel="toegevoegd", soort="partner", kenmerk="P1")
    assert {one.thing: one.verdict for one in plan.suggestions.all()} == {goal: "rejected", partner: "added"}


def test_a_verdict_that_cannot_be_is_told(plan, officer):
    asked = {"soort": "doel", "kenmerk": "G-weg"}
    assert problem(send(officer, plan, "oordelen", oordeel="bevestigd", **asked))[0] == 409
    wrong = send(officer, plan, "oordelen", oordeel="mooi", soort="raket", kenmerk="", foo=1)
    assert problem(wrong) == (400, {"oordeel", "soort", "kenmerk", "foo"})
    make.suggestion(plan, goal=make.goal(key="G1"))
    asked["kenmerk"] = "G1"
    assert problem(send(officer, plan, "oordelen", oordeel="afgewezen", **asked))[0] == 400
    send(officer, plan, "oordelen", oordeel="bevestigd", **asked)
    other = come_in(make.user(role="officer"))
    status, words = problem(send(other, plan, "oordelen", oordeel="bevestigd", **asked))
    assert status == 409
    assert "Al beoordeeld door Adviseur groen" in words


# Contact, state, site --------------------------------------------------------------------------------------
def test_the_contact_is_handed_over(plan, officer):
    make.manager("Adviseur water", key="water")
    done = send(officer, plan, "contact", accounthouder="water", uitleg="Weet meer", versie=1)
    assert (done.status_code, done.json()["accounthouder"]["kenmerk"]) == (200, "water")
    again = send(officer, plan, "contact", accounthouder="groen", versie=1)
    assert problem(again)[0] == 409
    unknown = send(officer, plan, "contact", accounthouder="K-weg")
    assert problem(unknown) == (400, {"accounthouder", "versie"})


def test_steps_are_taken_by_who_may(plan, officer, amina, bram):
    done = send(officer, plan, "stappen", stap="beginnen", zin="Ja, [contactpersoon] helpt.", versie=1)
    assert (done.json()["staat"], done.json()["versie"]) == ("in-uitvoering", 2)
    assert plan.messages.get().text == "Ja, Adviseur groen helpt."
    theirs = come_in(amina)
    assert problem(send(theirs, plan, "stappen", stap="verder-praten", versie=2))[0] == 403
    done = send(theirs, plan, "stappen", stap="pauzeren", zin="Even druk", versie=2)
    assert done.json()["staat"] == "gepauzeerd"
    assert problem(send(come_in(bram), plan, "stappen", stap="hervatten", versie=3))[0] == 403
    assert problem(send(officer, plan, "stappen", stap="beginnen", versie=3))[0] == 409
    assert problem(send(officer, plan, "stappen", stap="vliegen")) == (400, {"stap", "versie"})


def test_a_plan_goes_on_the_site_and_off_it(plan, officer):
    assert send(officer, plan, "openbaarmaking", openbaar=False, versie=1).json()["openbaar"] is False
    assert send(officer, plan, "openbaarmaking", openbaar=True, versie=2).json()["openbaar"] is True
    assert problem(send(officer, plan, "openbaarmaking", openbaar=True, versie=1))[0] == 409


# Messages --------------------------------------------------------------------------------------------------
def test_a_message_is_made_once(plan, officer, amina):
    key = str(uuid.uuid4())
    codes = [send(officer, plan, "berichten", tekst="Kom je?", key=key).status_code for _ in range(2)]
    assert codes == [201, 201]
    send(come_in(amina), plan, "berichten", tekst="Ja!")
    assert list(Message.objects.values_list("text", "from_town")) == [("Kom je?", True), ("Ja!", False)]
    assert problem(send(officer, plan, "berichten", tekst="Kom je?", key="x")) == (400, {"Idempotency-Key"})
    assert problem(send(officer, plan, "berichten", tekst=" ")) == (400, {"tekst"})
    other = make.initiative(by=amina, contact=plan.contact)
    assert problem(send(officer, other, "berichten", tekst="Kom je?", key=key)) == (400, {"Idempotency-Key"})


# Who -------------------------------------------------------------------------------------------------------
BODIES = {
    "oordelen": {"soort": "doel", "kenmerk": "G1", "oordeel": "toegevoegd"},
    "contact": {"accounthouder": "groen", "versie": 1},
    "stappen": {"stap": "beginnen", "versie": 1},
    "berichten": {"tekst": "Hallo"},
    "openbaarmaking": {"openbaar": False, "versie": 1},
}


@pytest.mark.parametrize("what", sorted(set(BODIES) - {"berichten"}))
def test_nobody_handles_their_own_plan(what, carla, contact, officer):
    make.goal(key="G1")
    own = make.initiative(by=carla, contact=make.manager())
    assert problem(send(officer, own, what, **BODIES[what]))[0] == 403
    assert officer.get(f"/api/v1/initiatieven/{own.reference}/suggesties").status_code == 403
    assert not Event.objects.exists()


@pytest.mark.parametrize("what", [*BODIES, "suggesties"])
def test_a_plan_that_is_not_yours_to_see_is_not_there(what, amina, bram, dirk):
    hidden = make.initiative(by=amina, public=False)
    for client in (Client(), come_in(bram), come_in(dirk)):
        assert send(client, hidden, what, **BODIES.get(what, {})).status_code == 404
        assert client.get(f"/api/v1/initiatieven/{hidden.reference}/{what}").status_code == 404
    assert Initiative.objects.get(pk=hidden.pk).state == State.IN_DIALOGUE


def test_a_token_against_forgery_is_asked_for(plan, carla):
    client = Client(enforce_csrf_checks=True)
    client.force_login(carla)
    assert send(client, plan, "stappen", **BODIES["stappen"]).status_code == 403
