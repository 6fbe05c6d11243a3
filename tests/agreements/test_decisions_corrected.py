"""What was written down wrong about a decision is put right in sight of all; its outcome never turns."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agreements.decisions import verbs
from agreements.models import DecisionCorrection
from tests import make
from tests.agreements.test_decisions import NO, at, body, formal, now, refused, wait
from tests.racing import at_once
from townhall.models import Event

pytestmark = pytest.mark.django_db
WHY = "Het was een tikfout."


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-02 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    contact = make.manager("Adviseur", user=carla, email="groen@kleindorp.example")
    return make.initiative("Een bankje", by=amina, contact=contact)


@pytest.fixture
def refusal(plan, carla):
    """A formal no of today."""
    decision = formal(plan, carla)
    with at("2026-11-10"):
        verbs.decide(decision, by=carla, outcome="refused", decided_on=date(2026, 11, 9), **NO)
    return now(decision)


def test_earlier_words_stay_and_the_initiator_hears(client, plan, carla, amina):
    decision = wait(plan, carla)
    verbs.correct(decision, by=carla, reason=WHY, question="Mag het hek blijven?")
    row = DecisionCorrection.objects.get()
    assert (row.field, row.was, row.reason) == ("question", "Mag het hek weg?", WHY)
    assert "Mag het hek blijven?" in body(amina.email)
    assert WHY in body(amina.email)
    page = client.get(f"/initiatieven/{plan.reference}/").content.decode()
    assert all(words in page for words in ("Mag het hek weg?", "Mag het hek blijven?", WHY))
    told = Event.objects.get(what="decision_corrected").details
    assert told == {"decision": decision.key, "fields": ["question"]}


def test_who_may(plan, carla, mo, bram, dirk, amina):
    decision, colleague = wait(plan, carla), make.user(role="officer")
    for user in (colleague, bram, dirk, amina):
        with pytest.raises(PermissionDenied):
            verbs.correct(decision, by=user, reason=WHY, why="Zo.")
    mine = wait(plan, colleague, question="En de bank?")
    verbs.correct(mine, by=colleague, reason=WHY, why="Zo.")
    verbs.correct(now(decision), by=mo, reason=WHY, why="Zo.")


def test_what_may_be_put_right_is_a_table(refusal, carla):
    for told in (
        {"outcome": "granted"},
        {"question": "Iets anders?"},
        {"is_formal": False},
        {"body": "mayor"},
    ):
        assert "" in refused(verbs.correct, refusal, by=carla, reason=WHY, **told)
    with at("2026-11-12"):
        days = {"reason": WHY, "decided_on": date(2026, 11, 6)}
        assert "minder tijd" in str(refused(verbs.correct, refusal, by=carla, **days))
        verbs.correct(refusal, by=carla, reason=WHY, decided_on=date(2026, 11, 10))
    found = now(refusal)
    assert (found.outcome, found.objection_until) == ("refused", date(2026, 12, 22))
    assert found.corrections.get().said == "9 november 2026"


def test_a_no_keeps_its_reason_and_next_step(refusal, carla):
    assert "next_step" in refused(verbs.correct, refusal, by=carla, reason=WHY, next_step=" ")
    assert "reason" in refused(verbs.correct, refusal, by=carla, reason=" ", reasons="Anders.")
    assert verbs.correct(refusal, by=carla, reason=WHY, reasons=refusal.reasons) is None


def test_words_about_a_person_go_also_from_earlier_corrections(client, plan, carla):
    decision = wait(plan, carla, why="Jan de Vries is ziek.")
    verbs.correct(decision, by=carla, reason=WHY, why="Jan de Vries is erg ziek.")
    verbs.correct(now(decision), by=carla, reason=WHY, question="Mag het hek blijven?")
    assert "personal" in refused(verbs.correct, now(decision), by=carla, reason=WHY, personal=True)
    verbs.correct(now(decision), by=carla, reason="Het was privé.", personal=True, why="We zijn met weinig.")
    found = [(row.field, row.was, row.personal) for row in decision.corrections.all()]
    assert found == [("why", "", True), ("question", "Mag het hek weg?", False), ("why", "", True)]
    page = client.get(f"/initiatieven/{plan.reference}/").content.decode()
    read = client.get(f"/api/v1/besluiten/{decision.key}")
    assert "Jan de Vries" not in page + read.content.decode()
    assert "omdat het over een persoon ging" in page
    assert [one["overPersoon"] for one in read.json()["rechtgezet"]] == [True, False, True]
    assert read.json()["rechtgezet"][0]["was"] == "weggehaald omdat het over een persoon ging"
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.corrections.update(personal=True, was="Jan de Vries")


def test_a_day_is_about_nobody(refusal, carla):
    with at("2026-11-12"):
        told = {"decided_on": date(2026, 11, 10), "reasons": "Anders."}
        verbs.correct(refusal, by=carla, reason=WHY, personal=True, **told)
    assert {row.field: row.personal for row in refusal.corrections.all()} == {
        "decided_on": False,
        "reasons": True,
    }


def test_there_are_twenty_corrections_and_room_to_take_away_a_name(plan, carla):
    decision = wait(plan, carla)
    row = {"decision": decision, "field": "why", "was": "Jan", "reason": WHY}
    DecisionCorrection.objects.bulk_create(DecisionCorrection(**row) for _number in range(20))
    assert "20 dingen" in str(refused(verbs.correct, decision, by=carla, reason=WHY, why="Zo."))
    verbs.correct(decision, by=carla, reason=WHY, personal=True, why="Zo.")
    assert not decision.corrections.filter(was="Jan").exists()


def test_the_database_keeps_the_table(refusal):
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionCorrection.objects.create(decision=refusal, field="outcome", was="nee", reason=WHY)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_put_right_once(plan, carla):
    decision, outcomes = wait(plan, carla), []

    def correct(which):
        try:
            verbs.correct(now(decision), by=carla, reason=WHY, version=1, why=f"Reden {which}")
            outcomes.append("done")
        except ValidationError as failed:
            outcomes.append(failed.code)

    at_once(20, correct)
    assert sorted(outcomes) == ["conflict"] * 19 + ["done"]
    assert DecisionCorrection.objects.count() == 1


# The doors ----------------------------------------------------------------------------------------------
def test_page_and_api_put_right_and_keep_what_was_typed(client, plan, carla):
    decision = wait(plan, carla)
    client.force_login(carla)
    address = f"/werkbank/{plan.reference}/besluiten/{decision.key}/"
    assert "Zet iets recht" in client.get(address).content.decode()
    told = {"question": decision.question, "why": "Nieuwe reden", "reason": WHY, "version": 1}
    assert client.post(f"{address}rechtzetten/", told | {"personal": "on"}).status_code == 302
    assert DecisionCorrection.objects.get().personal
    answer = client.post(f"{address}rechtzetten/", told | {"why": "Nog nieuwer"})
    assert answer.status_code == 409
    assert "Nog nieuwer" in answer.content.decode()
    twin = f"/api/v1/besluiten/{decision.key}"
    told = {"waarom": "Via de API", "reden": WHY, "versie": 2, "overPersoon": True}
    read = client.patch(twin, told, content_type="application/json").json()
    assert read["waarom"] == "Via de API"
    assert [one["wat"] for one in read["rechtgezet"]] == ["waarom", "waarom"]
    assert client.patch(twin, {"reden": WHY, "uitkomst": "ja", "versie": 3},
                        content_type="application/json").status_code == 400  # fmt: skip
    stale = told | {"waarom": "Nog eens"}
    assert client.patch(twin, stale, content_type="application/json").status_code == 409


def test_the_line_ends_of_a_browser_are_no_correction_and_that_is_said(client, plan, carla):
    decision = wait(plan, carla, why="Eerst dit.\nDan dat.")
    client.force_login(carla)
    told = {"question": decision.question, "why": "Eerst dit.\r\nDan dat.", "reason": WHY, "version": 1}
    address = f"/werkbank/{plan.reference}/besluiten/{decision.key}/rechtzetten/"
    answer = client.post(address, told)
    assert answer.status_code == 400
    assert "Er is niets veranderd." in answer.content.decode()
    assert WHY in answer.content.decode()
    assert not DecisionCorrection.objects.exists()
