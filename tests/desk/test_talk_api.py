"""The people behind a plan, the talk with them, a triage at once and kept filters, in JSON."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from initiatives import verbs
from initiatives.models import Participant, State
from tests import make
from tests.desk.test_api import come_in, problem, send
from townhall.models import Look, OutboxMessage

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def contact(carla):
    make.municipality()
    return make.manager("Adviseur groen", key="groen", user=carla)


@pytest.fixture
def plan(amina, contact):
    return make.initiative("Een bankje", by=amina, contact=contact)


@pytest.fixture
def officer(carla):
    return come_in(carla)


@pytest.fixture
def other():
    """Another officer, who is not near the plan."""
    return come_in(make.user(role="officer"))


def read(client, plan, what):
    return client.get(f"{API}/initiatieven/{plan.reference}/{what}")


# The talk --------------------------------------------------------------------------------------------------
def test_the_talk_is_read_by_both_sides_and_by_nobody_else(plan, officer, other, amina, bram, carla):
    verbs.write(plan, by=amina, text="Hoe gaat het?")
    verbs.step("start", plan, by=carla, sentence="Ja, begin maar.")
    for client in (come_in(amina), officer):
        assert [
            {name: one[name] for name in ("vanGemeente", "soort", "tekst")}
            for one in read(client, plan, "berichten").json()
        ] == [
            {"vanGemeente": False, "soort": "bericht", "tekst": "Hoe gaat het?"},
            {"vanGemeente": True, "soort": "stap", "tekst": "Ja, begin maar."},
        ]
    for client in (Client(), come_in(bram), other):
        assert problem(read(client, plan, "berichten"))[0] == 403
    assert problem(read(other, plan, "contactmomenten"))[0] == 403


def test_nobody_without_an_account_is_near_a_contact_without_one(amina):
    plan = make.initiative(by=amina, contact=make.manager(user=None))
    assert problem(read(Client(), plan, "berichten"))[0] == 403


def test_a_contact_moment_is_kept_once_and_keeps_the_promise(plan, officer):
    verbs.start_clocks(plan, timezone.localdate())
    asked = {"op": timezone.localdate().isoformat(), "hoe": "telefoon", "verslag": "We belden."}
    key = str(uuid.uuid4())
    assert {send(officer, plan, "contactmomenten", key=key, **asked).status_code for _ in range(2)} == {201}
    assert read(officer, plan, "contactmomenten").json() == [asked | {"hoe": "Gebeld"}]
    assert plan.clocks.get(kind="contact").stopped_on == timezone.localdate()


def test_a_contact_moment_that_cannot_be_is_told_at_its_field(plan, officer):
    wrong = send(officer, plan, "contactmomenten", op="morgen", hoe="duif", verslag="", foo=1)
    assert problem(wrong) == (400, {"op", "hoe", "verslag", "foo"})
    later = send(officer, plan, "contactmomenten", op="2999-01-01", hoe="mail", verslag="x")
    assert problem(later) == (400, {"op"})


# The people ------------------------------------------------------------------------------------------------
def test_who_looks_is_noted_and_says_why(plan, officer, other, amina):
    Participant.objects.create(initiative=plan, role="co_initiator", name="Bo", phone="06 1", email="b@x.nl")
    verbs.write(plan, by=amina, text="Hallo")
    assert problem(send(other, plan, "inkijken")) == (400, {"reden"})
    assert not Look.objects.exists()
    seen = send(other, plan, "inkijken", reden="Ze belde naar het loket").json()
    account = {"naam": "Amina", "email": amina.email}
    nothing = {"naam": "", "email": "", "telefoon": "", "adres": ""}
    assert seen["mensen"] == [
        {"rol": "initiatiefnemer", "account": account} | nothing,
        {"rol": "mede-initiatiefnemer", "account": None}
        | {"naam": "Bo", "email": "b@x.nl", "telefoon": "06 1", "adres": ""},
    ]
    assert [one["tekst"] for one in seen["berichten"]] == ["Hallo"]
    assert Look.objects.get(of=amina).reason == "Ze belde naar het loket"
    assert send(officer, plan, "inkijken").json()["mensen"] == seen["mensen"]


# A whole triage --------------------------------------------------------------------------------------------
@pytest.fixture
def new(amina, contact):
    desk = make.front_desk(email="loket@kleindorp.example")
    return make.initiative(
        "Een bankje", by=amina, contact=desk, state=State.SUBMITTED, wants_public=True, released_at=None
    )


def triage(client, plan, **body):
    told = {"versie": plan.version, "accounthouder": "groen", "zin": "Ja, [contactpersoon] belt je."}
    return send(client, plan, "verwerking", **told | body)


def test_a_plan_is_triaged_at_once_and_that_is_taken_back(new, officer):
    goal = make.goal(key="G1")
    make.suggestion(new, goal=goal)
    done = triage(officer, new, doelen=["G1"], openbaar=True)
    assert done.status_code == 200, done.json()
    assert (done.json()["staat"], done.json()["openbaar"]) == ("in-gesprek", True)
    assert done.json()["accounthouder"]["kenmerk"] == "groen"
    assert new.goal_links.get().goal == goal
    assert new.messages.get().text == "Ja, Adviseur groen belt je."
    assert OutboxMessage.objects.filter(kind="mail", payload__to="amina@voorbeeld.example").count() == 1
    back = officer.delete(f"{API}/initiatieven/{new.reference}/verwerking")
    assert (back.status_code, back.json()["staat"], back.json()["openbaar"]) == (200, "ingediend", False)
    assert not new.goal_links.exists()
    again = officer.delete(f"{API}/initiatieven/{new.reference}/verwerking")
    assert problem(again)[0] == 409


def test_a_triage_that_cannot_be_changes_nothing(new, officer, other, amina):
    wrong = triage(officer, new, accounthouder="weg", zin="", doelen="G1", foo=1)
    assert problem(wrong) == (400, {"accounthouder", "zin", "doelen", "foo"})
    assert problem(triage(officer, new, doelen=["G9"]))[0] == 409
    assert problem(triage(officer, new, versie=9))[0] == 409
    full = make.manager(key="vol", room=0)
    assert problem(triage(officer, new, accounthouder=full.key)) == (400, {"accounthouder"})
    assert triage(come_in(amina), new).status_code == 404
    new.refresh_from_db()
    assert (new.state, new.version) == (State.SUBMITTED, 1)


def test_nobody_triages_or_looks_into_their_own_plan(carla, contact, officer):
    own = make.initiative(by=carla, state=State.SUBMITTED, public=False)
    assert problem(triage(officer, own))[0] == 403
    assert problem(send(officer, own, "inkijken", reden="Zomaar"))[0] == 403
    assert problem(read(officer, own, "contactmomenten"))[0] == 403


# Filters ---------------------------------------------------------------------------------------------------
def test_a_filter_is_kept_and_forgotten_by_whose_it_is(officer, other, carla):
    def keep(**body):
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        path = f"{API}/bewaarde-filters"
        return officer.post(path, body, content_type="application/json", headers=headers)

    made = keep(naam="Nieuw in Noord", vraag="lijst=nieuw&evil=1")
    assert made.status_code == 201, made.json()
    kept = {"kenmerk": made.json()["kenmerk"], "naam": "Nieuw in Noord", "vraag": "lijst=nieuw"}
    assert made.json() == kept
    assert problem(keep(naam="nieuw in noord", vraag=""))[0] == 400
    assert officer.get(f"{API}/bewaarde-filters").json()["resultaten"] == [kept]
    assert other.get(f"{API}/bewaarde-filters").json()["resultaten"] == []
    address = f"{API}/bewaarde-filters/{kept['kenmerk']}"
    assert [client.delete(address).status_code for client in (other, officer, officer)] == [404, 204, 404]
    assert come_in(make.user()).get(f"{API}/bewaarde-filters").status_code == 404
