"""To take over a task both sides fill in what they know, and nothing begins without a decision."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agreements.challenges import verbs
from agreements.decisions import verbs as decisions
from agreements.models import Challenge
from initiatives import verbs as plans
from initiatives.models import Initiative, State
from tests import make
from tests.racing import at_once
from townhall.calendar import add_working_days
from townhall.models import Event

pytestmark = pytest.mark.django_db
KIND = Initiative.Kind.CHALLENGE


@pytest.fixture(autouse=True)
def _town(db):
    make.municipality()


@pytest.fixture
def plan(amina):
    return make.initiative("Wij maaien zelf", by=amina, kind=KIND)


def decide(plan, carla, outcome, **texts):
    made = decisions.wait_for(
        plan, by=carla, question="Mag het?", body="college", why="Elke week.",
        planned_on=add_working_days(timezone.localdate(), 5),
    )  # fmt: skip
    decisions.decide(made, by=carla, outcome=outcome, decided_on=timezone.localdate(), **texts)


def test_it_begins_only_after_a_yes(plan, carla):
    with pytest.raises(ValidationError, match="pas beginnen na een besluit"):
        plans.step("start", plan, by=carla)
    assert "start" not in plans.allowed(plan, carla)
    no = {"reasons": "Te duur.", "what_would_change": "Minder geld.", "next_step": "Praat verder."}
    decide(plan, carla, "refused", **no)
    with pytest.raises(ValidationError, match="pas beginnen na een besluit"):
        plans.step("start", plan, by=carla)
    decide(plan, carla, "granted")
    plans.step("start", plan, by=carla)
    assert plan.state == State.IN_PROGRESS


def test_each_side_fills_in_its_own_and_sees_what_is_missing(plan, amina, carla, bram, dirk):
    manager = make.manager("Wegen", available_until=None)
    first = verbs.fill(plan, by=amina, task=" Het plantsoen maaien ", approach="Om de week.")
    assert (first.version, first.task) == (1, "Het plantsoen maaien")
    second = verbs.fill(
        plan, by=carla, version=1, budget_note="Staat niet apart in de boeken.", manager=manager
    )
    assert second.missing == ["result"]
    assert [row["is_there"] for row in verbs.checklist(plan)] == [True, True, True, False, True, False]
    for user, values in (
        (amina, {"budget": 5}),
        (carla, {"task": "Iets anders"}),
        (bram, {"task": "x"}),
        (dirk, {"task": "x"}),
    ):
        with pytest.raises(PermissionDenied):
            verbs.fill(plan, by=user, version=2, **values)
    assert verbs.fill(plan, by=amina, version=2, task="Het plantsoen maaien") is None
    gone = make.manager("Weg", available_until=make.LONG_AGO)
    with pytest.raises(ValidationError, match="werkt hier niet meer"):
        verbs.fill(plan, by=carla, version=2, manager=gone)


def test_only_a_challenge_that_goes_on_is_filled_in(plan, amina):
    with pytest.raises(ValidationError, match="neemt geen taak"):
        verbs.fill(make.initiative(by=amina), by=amina, task="Maaien")
    plans.step("withdraw", plan, by=amina, reason="Klaar")
    with pytest.raises(ValidationError, match="het plan staat op ‘gestopt’"):
        verbs.fill(plan, by=amina, task="Maaien")


def test_an_officer_says_what_kind_it_is(client, amina, carla):
    plan = make.initiative(by=amina)
    client.force_login(carla)
    address = f"/werkbank/{plan.reference}/soort/"
    assert client.post(address, {"version": plan.version}).status_code == 400
    assert client.post(address, {"version": plan.version, "kind": "challenge"}).status_code == 302
    assert client.post(address, {"version": plan.version, "kind": "own_plan"}).status_code == 409
    plan.refresh_from_db()
    assert plan.kind == KIND
    told = {"soort": "eigen-plan", "versie": plan.version}
    api = f"/api/v1/initiatieven/{plan.reference}/soort"
    assert client.post(api, told, content_type="application/json").status_code == 200
    with pytest.raises(PermissionDenied):
        plans.set_kind(plan, by=amina, kind="challenge")


def test_both_pages_and_the_twin(client, plan, amina, carla, bram):
    client.force_login(amina)
    mine = f"/mijn/{plan.public_id}/taak/"
    assert "Moet nog komen" in client.get(mine).content.decode()
    assert client.post(mine, {"version": 0, "task": "Maaien"}).status_code == 302
    stale = client.post(mine, {"version": 0, "task": "Maaien en snoeien"})
    assert (stale.status_code, ">\nMaaien en snoeien</textarea>" in stale.content.decode()) == (409, True)
    client.force_login(carla)
    desk = f"/werkbank/{plan.reference}/taak/"
    assert "Schrijf een getal" in client.post(desk, {"version": 1, "budget": "veel"}).content.decode()
    assert client.post(desk, {"version": 1, "budget": "1250,50"}).status_code == 302
    api = f"/api/v1/initiatieven/{plan.reference}/taak"
    known = client.get(api).json()
    assert (known["taak"], known["geldPerJaar"]) == ("Maaien", "1250.50")
    assert known["ontbreekt"] == ["aanpak", "resultaat", "uitvoerder", "besluit"]
    wrong = {"taak": "Niet van mij", "versie": 2}
    assert client.patch(api, wrong, content_type="application/json").status_code == 403
    client.force_login(bram)
    assert [client.get(one).status_code for one in (mine, api)] == [404, 404]
    other = make.initiative(by=bram)
    assert client.get(f"/mijn/{other.public_id}/taak/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_who_fills_in_at_the_same_time_is_told(plan, amina):
    told = []

    def fill(which):
        try:
            verbs.fill(plan, by=amina, task=f"Taak {which}")
        except ValidationError as refused:
            told.append(refused.messages[0])

    at_once(10, fill)
    assert len(told) == 9
    assert Challenge.objects.get().version == 1
    assert Event.objects.filter(what="challenge_filled").count() == 1
