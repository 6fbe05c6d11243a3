"""Decisions that a plan waits for: what can happen, what is refused, who is told, and who is first."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Notice
from agreements.decisions import verbs
from agreements.decisions.models import DecisionPause, PendingDecision
from desk import tasks
from desk.decisions import reminders
from initiatives import verbs as plans
from initiatives.models import Initiative, State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 2)
NO = {
    "reasons": "Het hek hoort bij de speeltuin.",
    "what_would_change": "Als de speeltuin verhuist.",
    "next_step": "Kom woensdag kijken welk hek wel weg kan.",
}
ASKED = {"question": "Mag het hek weg?", "body": "council", "why": "De raad vergadert eens per maand."}


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-02 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    lead = make.manager("Teamleider", user=make.user(role="officer"), email="teamleider@kleindorp.example")
    department = make.department("Buiten", lead=lead)
    contact = make.manager("Adviseur", user=carla, email="groen@kleindorp.example", department=department)
    return make.initiative("Een bankje", by=amina, contact=contact)


def wait(plan, by, **fields):
    return verbs.wait_for(plan, by=by, **(ASKED | {"planned_on": date(2026, 12, 1)} | fields))


def formal(plan, by, **fields):
    """Of an application of today: the last day is Monday 28 December."""
    term = {"is_formal": True, "received_on": MONDAY, "weeks": 8, "planned_on": None}
    return wait(plan, by, **(term | fields))


def now(decision):
    return PendingDecision.objects.select_related("initiative").get(pk=decision.pk)


def at(day):
    return time_machine.travel(f"{day} 12:00+01:00", tick=False)


def body(address):
    return bytes(OutboxMessage.objects.filter(payload__to=address).latest("created_at").body).decode()


def refused(call, *args, **kwargs):
    """{field: sentences} of a refusal, which leaves nothing behind."""
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        call(*args, **kwargs)
    return getattr(caught.value, "message_dict", {"": caught.value.messages})


# Waiting ------------------------------------------------------------------------------------------------
def test_a_plan_waits_and_everybody_sees_for_how_long(plan, carla, amina):
    decision = wait(plan, carla, asked_on=date(2026, 10, 10))
    assert (decision.key, decision.days_waiting, decision.standing) == ("B01", 23, "waiting")
    event = Event.objects.get()
    assert (event.what, event.details, event.is_public) == ("decision_awaited", {"decision": "B01"}, True)
    assert "De gemeenteraad besluit hierover: Mag het hek weg?" in body(amina.email)
    assert "dinsdag 1 december 2026" in body(amina.email)
    assert list(PendingDecision.objects.visible_to(AnonymousUser())) == [decision]
    Initiative.objects.update(wants_public=False, released_at=None)
    assert list(PendingDecision.objects.visible_to(AnonymousUser())) == []
    assert wait(plan, carla).key == "B02"


def test_the_plan_may_take_the_step_too_in_one_mail(plan, carla, amina):
    wait(plan, carla, and_await=True, version=plan.version)
    assert Initiative.objects.get().state == State.AWAITING_DECISION
    assert OutboxMessage.objects.filter(payload__to=amina.email).count() == 1
    assert Notice.objects.filter(user=amina).count() == 2


def test_everything_or_nothing(plan, carla):
    """The plan changed meanwhile: the decision is not written either."""
    said = refused(wait, plan, carla, and_await=True, version=plan.version + 1)
    assert "Iemand anders heeft dit plan net veranderd" in said[""][0]
    assert not PendingDecision.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"planned_on": date(2026, 11, 1)}, "planned_on", "al voorbij"),
        ({"planned_on": date(2026, 12, 6)}, "planned_on", "een zondag. Kies een werkdag, zoals maandag 7"),
        ({"planned_on": date(2026, 12, 25)}, "planned_on", "(Eerste kerstdag). Kies een werkdag"),
        ({"planned_on": date(9999, 12, 31)}, "planned_on", "binnen 5 jaar"),
        ({"planned_on": None}, "planned_on", "Vul in wanneer"),
        ({"asked_on": date(1, 1, 1)}, "asked_on", "binnen 5 jaar"),
        ({"asked_on": date(2026, 11, 3)}, "asked_on", "moet nog komen"),
        ({"body": "department"}, "body_name", "Schrijf op wie er besluit"),
        ({"body": "paus"}, "body", "paus"),
        ({"why": "  "}, "why", ""),
        ({"question": "x" * 301}, "question", "300"),
        ({"received_on": MONDAY}, "is_formal", "Kruis dan ook aan"),
    ],
)
def test_what_is_not_good_is_told_at_its_field(plan, carla, fields, field, said):
    assert said in refused(wait, plan, carla, **fields)[field][0]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"received_on": None}, "received_on", "wanneer de aanvraag binnenkwam"),
        ({"weeks": 53}, "weeks", "van 1 tot 52"),
        ({"weeks": None}, "weeks", "van 1 tot 52"),
        ({"received_on": date(9999, 1, 1)}, "received_on", "moet nog komen"),
        ({"planned_on": date(2026, 12, 29)}, "planned_on", "Uiterlijk op maandag 28 december 2026"),
    ],
)
def test_a_formal_decision_has_a_term(plan, carla, fields, field, said):
    assert said in refused(formal, plan, carla, **fields)[field][0]


def test_a_formal_decision_is_expected_on_the_last_day_unless_told_otherwise(plan, carla):
    decision = formal(plan, carla)
    assert (decision.due_on, decision.planned_on) == (date(2026, 12, 28), date(2026, 12, 28))
    assert formal(plan, carla, planned_on=date(2026, 12, 1)).planned_on == date(2026, 12, 1)
    long = formal(plan, carla, weeks=13, received_on=date(2026, 11, 1))  # ends on a Sunday, and stays there
    assert (long.due_on, long.planned_on) == (date(2027, 1, 31), date(2027, 1, 29))


def test_an_application_that_is_too_late_already_can_be_written_down(plan, carla):
    early = {"received_on": date(2026, 6, 1)}
    assert "Vul in wanneer" in refused(formal, plan, carla, **early)["planned_on"][0]
    decision = formal(plan, carla, planned_on=date(2026, 11, 9), **early)
    assert decision.is_over_term
    assert not decision.is_overdue


# Another day --------------------------------------------------------------------------------------------
def test_another_day_comes_with_a_reason_that_stays(plan, carla, amina):
    decision = wait(plan, carla)
    verbs.plan_again(decision, by=carla, planned_on=date(2026, 12, 15), reason="De vergadering is later.")
    move = now(decision).moves.get()
    assert (move.was, move.to, move.reason) == (
        date(2026, 12, 1),
        date(2026, 12, 15),
        "De vergadering is later.",
    )
    assert "en niet op dinsdag 1 december" in " ".join(body(amina.email).split())
    assert (
        "waarom"
        in refused(verbs.plan_again, decision, by=carla, planned_on=date(2026, 12, 16), reason=" ")["reason"][
            0
        ]
    )
    same = {"planned_on": date(2026, 12, 15), "reason": "Toch niet."}
    assert "al de verwachte dag" in refused(verbs.plan_again, decision, by=carla, **same)["planned_on"][0]


# Standing still -----------------------------------------------------------------------------------------
def test_an_incomplete_application_stands_still_until_the_day_given(plan, carla, amina):
    """Asked on 16 November to complete it by the 30th: 14 days, so the end moves to 11 January."""
    decision = formal(plan, carla)
    with at("2026-11-16"):
        missing = {"ground": "incomplete", "told_on": date(2026, 11, 16)}
        assert "de aanvrager de tijd" in refused(verbs.suspend, decision, by=carla, **missing)["until"][0]
        verbs.suspend(decision, by=carla, until=date(2026, 11, 30), **missing)
    assert (decision.due_on, decision.planned_on) == (date(2027, 1, 11), date(2027, 1, 11))
    assert [(one.was, one.to) for one in decision.moves.all()] == [(date(2026, 12, 28), date(2027, 1, 11))]
    assert "artikel 4:15, lid 1, onder a" in " ".join(body(amina.email).replace("=\n", "").split())
    for day, standing, used in [
        ("2026-11-16", "waiting", 14),
        ("2026-11-17", "suspended", 14),
        ("2026-11-30", "suspended", 14),
        ("2026-12-01", "waiting", 15),
    ]:
        with at(day):
            found = now(decision)
            assert (found.standing, found.day_of_term, found.term_days) == (standing, used, 56)


def test_what_was_late_stays_late(plan, carla):
    decision = formal(plan, carla, planned_on=date(2026, 11, 10))
    with at("2026-11-16"):
        days = {"told_on": date(2026, 11, 16), "until": date(2026, 11, 29)}
        verbs.suspend(decision, by=carla, ground="consent", **days)
    assert (decision.due_on, decision.planned_on) == (date(2027, 1, 11), date(2026, 11, 10))
    with at("2026-11-30"):
        assert now(decision).is_overdue


def test_complete_earlier_means_sooner_again(plan, carla):
    decision = formal(plan, carla)
    with at("2026-11-16"):
        days = {"told_on": date(2026, 11, 16), "until": date(2026, 11, 30)}
        verbs.suspend(decision, by=carla, ground="incomplete", **days)
    with at("2026-11-20"):
        assert "moet nog komen" in refused(verbs.resume, decision, by=carla, on=date(2026, 11, 23))["on"][0]
        verbs.resume(now(decision), by=carla, on=date(2026, 11, 20))  # 17, 18 and 19 November did not count
    found = now(decision)
    assert found.pauses.get().until == date(2026, 11, 19)
    assert (found.due_on, found.planned_on) == (date(2026, 12, 31), date(2026, 12, 31))
    with at("2026-11-23"):
        assert "loopt dan al" in refused(verbs.resume, found, by=carla, on=date(2026, 11, 23))["on"][0]


def test_complete_the_day_after_asking_never_stood_still(plan, carla):
    decision = formal(plan, carla)
    with at("2026-11-17"):
        days = {"told_on": date(2026, 11, 16), "until": date(2026, 11, 30)}
        verbs.suspend(decision, by=carla, ground="incomplete", **days)
        verbs.resume(decision, by=carla, on=date(2026, 11, 17))
    assert now(decision).due_on == date(2026, 12, 28)
    assert not DecisionPause.objects.exists()


def test_force_majeure_lasts_until_somebody_says_it_is_over(plan, carla):
    decision = formal(plan, carla)
    with at("2026-11-16"):
        verbs.suspend(decision, by=carla, ground="force_majeure", told_on=date(2026, 11, 16))
    assert now(decision).due_on == date(2026, 12, 28)
    with at("2026-12-30"):
        assert (now(decision).standing, now(decision).day_of_term) == ("suspended", 13)
        assert list(PendingDecision.objects.overdue()) == []
        assert list(PendingDecision.objects.suspended()) == [decision]
        verbs.resume(decision, by=carla, on=date(2026, 12, 30))  # 44 days
    assert now(decision).due_on == date(2027, 2, 10)


def test_nobody_is_told_a_day_while_nobody_knows_for_how_long_it_stands_still(plan, carla, amina):
    decision = formal(plan, carla)
    with at("2026-11-16"):
        verbs.suspend(decision, by=carla, ground="force_majeure", told_on=date(2026, 11, 16))
    mail = " ".join(body(amina.email).replace("=\n", "").split())
    assert "staat stil vanaf maandag 16 november 2026" in mail
    assert "We laten het je weten als de termijn weer loopt." in mail
    assert "28 december" not in mail


def test_the_expected_day_stays_within_a_term_that_ends_on_a_closed_day(plan, carla):
    """Thirteen weeks after Wednesday 28 October: 27 January. Three days later is a Saturday, and stays it."""
    decision = formal(plan, carla, weeks=13, received_on=date(2026, 10, 28))
    with at("2026-11-16"):
        days = {"told_on": date(2026, 11, 16), "until": date(2026, 11, 18)}
        verbs.suspend(decision, by=carla, ground="consent", **days)
    found = now(decision)
    assert (found.due_on, found.planned_on) == (date(2027, 1, 30), date(2027, 1, 29))


@pytest.mark.parametrize(
    ("days", "field", "said"),
    [
        ({"told_on": date(2026, 10, 30)}, "told_on", "dan loopt de termijn"),
        ({"told_on": date(2027, 2, 1)}, "told_on", "moet nog komen"),
        ({"until": date(2026, 11, 1)}, "until", "Het einde ligt voor het begin"),
        ({"until": date(9999, 12, 31)}, "until", "binnen 5 jaar"),
        ({"ground": "vakantie"}, "ground", "vakantie"),
    ],
)
def test_a_term_stands_still_within_the_law(plan, carla, days, field, said):
    decision = formal(plan, carla)
    asked = {"ground": "consent", "told_on": date(2026, 11, 16), "until": date(2026, 11, 30)} | days
    with at("2026-11-16"):
        assert said in refused(verbs.suspend, decision, by=carla, **asked)[field][0]


def test_a_term_does_not_stand_still_twice_at_a_time(plan, carla):
    decision = formal(plan, carla)
    with at("2026-11-16"):
        consent = {"ground": "consent", "told_on": date(2026, 11, 16), "until": date(2026, 11, 30)}
        verbs.suspend(decision, by=carla, **consent)
        said = refused(verbs.suspend, decision, by=carla, **consent)
    assert said == {"__all__": ["In deze tijd staat de termijn al stil."]}
    since = {"since": date(2026, 11, 30), "until": date(2026, 12, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionPause.objects.create(decision=decision, ground="consent", **since)


def test_what_is_not_formal_has_no_term_to_stand_still(plan, carla):
    said = refused(verbs.suspend, wait(plan, carla), by=carla, ground="abroad", told_on=MONDAY)
    assert said[""] == ["Alleen de termijn van een formeel besluit kan stilstaan."]


# The outcome --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("outcome", ["partly", "refused"])
@pytest.mark.parametrize("missing", list(NO))
def test_a_no_without_a_way_on_is_not_kept(plan, carla, outcome, missing):
    decision = wait(plan, carla)
    told = NO | {missing: "  "}
    said = refused(verbs.decide, decision, by=carla, outcome=outcome, decided_on=MONDAY, **told)
    assert list(said) == [missing]
    stored = PendingDecision.objects.filter(pk=decision.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.update(outcome=outcome, decided_on=MONDAY, **(NO | {missing: ""}))
    assert now(decision).outcome == ""


def test_a_no_tells_why_and_how_to_go_on(plan, carla, amina):
    decision = formal(plan, carla)
    with at("2026-11-20"):
        verbs.decide(decision, by=carla, outcome="refused", decided_on=date(2026, 11, 20), **NO)
    found = now(decision)
    assert (found.standing, found.days_waiting, found.objection_until) == ("refused", 18, date(2027, 1, 4))
    mail = " ".join(body(amina.email).replace("=\n", "").split())
    for words in [*NO.values(), "De uitkomst: nee", "bezwaar maken tot en met maandag 4 januari 2027"]:
        assert words in mail
    assert Event.objects.latest("id").details == {"decision": "B01", "outcome": "refused"}


def test_an_informal_one_says_that_there_is_nothing_to_object_to(plan, carla, amina):
    decision = wait(plan, carla)
    verbs.decide(decision, by=carla, outcome="granted", decided_on=MONDAY)
    assert now(decision).objection_until is None
    assert "Dit is geen formeel besluit." in body(amina.email)


def test_the_plan_may_go_on_at_once(plan, carla, amina):
    decision = wait(plan, carla, and_await=True)
    found = now(decision)
    found_plan = Initiative.objects.get()
    verbs.decide(
        found,
        by=carla,
        outcome="granted",
        decided_on=MONDAY,
        then="start",
        plan_version=found_plan.version,
        version=found.version,
    )
    assert Initiative.objects.get().state == State.IN_PROGRESS
    assert OutboxMessage.objects.filter(payload__to=amina.email).count() == 2
    asked = {"outcome": "granted", "decided_on": MONDAY}
    assert "kennen we niet" in refused(verbs.decide, found, by=carla, then="stop", **asked)["then"][0]


def test_deciding_ends_what_stood_still(plan, carla):
    decision = formal(plan, carla)
    with at("2026-11-16"):
        verbs.suspend(decision, by=carla, ground="force_majeure", told_on=date(2026, 11, 10))
        verbs.decide(decision, by=carla, outcome="refused", decided_on=date(2026, 11, 16), **NO)
    assert decision.pauses.get().until == date(2026, 11, 16)


def test_a_question_that_went_away_says_why(plan, carla):
    decision = wait(plan, carla)
    assert list(refused(verbs.withdraw, decision, by=carla, reasons=" ")) == ["reasons"]
    verbs.withdraw(now(decision), by=carla, reasons="Het hek is al weg.")
    found = now(decision)
    assert (found.outcome, found.is_made, found.objection_until) == ("withdrawn", False, None)
    assert verbs.allowed(found, carla) == ["correct"]


@pytest.mark.parametrize("decided_on", [date(2026, 11, 3), date(2026, 10, 30), date(1, 1, 1)])
def test_a_decision_has_a_day_that_can_be(plan, carla, decided_on):
    asked = {"outcome": "granted", "decided_on": decided_on}
    assert list(refused(verbs.decide, wait(plan, carla), by=carla, **asked)) == ["decided_on"]


# Who, and when ------------------------------------------------------------------------------------------
def test_only_officers_and_never_of_their_own_plan(plan, carla, amina, bram, dirk):
    decision = wait(plan, carla)
    make.initiative("Van Carla", by=carla)
    for who in (amina, bram, dirk, AnonymousUser()):
        assert verbs.allowed(decision, who) == []
        with pytest.raises(PermissionDenied):
            verbs.withdraw(decision, by=who, reasons="Weg.")
    with pytest.raises(PermissionDenied):
        wait(Initiative.objects.get(title="Van Carla"), carla)


def test_what_is_allowed_is_what_can_be_done(plan, carla):
    informal, term = wait(plan, carla), formal(plan, carla)
    assert verbs.allowed(now(informal), carla) == ["plan_again", "decide", "withdraw", "correct"]
    assert verbs.allowed(now(term), carla) == ["plan_again", "suspend", "decide", "withdraw", "correct"]
    verbs.suspend(term, by=carla, ground="abroad", told_on=MONDAY)
    with at("2026-11-03"):
        assert verbs.allowed(now(term), carla) == ["plan_again", "resume", "decide", "withdraw", "correct"]


def test_a_plan_that_stopped_waits_no_more_but_an_outcome_can_be_written_down(plan, carla, amina):
    decision = wait(plan, carla)
    plans.step("withdraw", plan, by=amina, reason="Toch niet.")
    with at("2026-12-10"):
        assert now(decision).standing == "ended"
        assert list(PendingDecision.objects.overdue()) == []
        said = refused(verbs.plan_again, decision, by=carla, planned_on=date(2026, 12, 15), reason="x")
        assert said == {"": ["Dit kan niet meer: het plan staat op ‘gestopt’."]}
        verbs.decide(now(decision), by=carla, outcome="granted", decided_on=date(2026, 12, 9))


# First, and second --------------------------------------------------------------------------------------
def test_who_read_an_older_version_is_told(plan, carla):
    first, second = wait(plan, carla), now(PendingDecision.objects.get())
    verbs.plan_again(first, by=carla, planned_on=date(2026, 12, 15), reason="Later.")
    with pytest.raises(ValidationError, match="Iemand anders was je voor") as caught:
        verbs.decide(second, by=carla, outcome="granted", decided_on=MONDAY)
    assert caught.value.code == "conflict"


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_decide_at_once_one_does(plan, carla):
    decision = wait(plan, carla)
    copies = [now(decision) for _ in range(50)]
    told = []

    def decide(which):
        outcome = "granted" if which % 2 else "refused"
        try:
            verbs.decide(copies[which], by=carla, outcome=outcome, decided_on=MONDAY, **NO)
            told.append(outcome)
        except ValidationError as trouble:
            told.append(trouble.code)

    at_once(50, decide)
    assert len(told) == 50
    assert told.count("conflict") == 49
    (outcome,) = set(told) - {"conflict"}
    assert now(decision).outcome == outcome
    events = Event.objects.filter(what="decision_made")
    assert [event.details["outcome"] for event in events] == [outcome]


@pytest.mark.django_db(transaction=True)
def test_keys_are_never_given_twice(plan, carla):
    others = [make.initiative() for _ in range(8)]
    at_once(8, lambda which: wait(others[which], carla))
    assert PendingDecision.objects.count() == 8


def test_a_key_of_another_kind_stops_nobody(plan, carla):
    wait(plan, carla)
    PendingDecision.objects.update(key="B-1")
    assert wait(plan, carla).key == "B01"


# Reminders ----------------------------------------------------------------------------------------------
def mails():
    return sorted(mail.payload["to"] for mail in OutboxMessage.objects.filter(kind="mail"))


def test_contact_and_lead_hear_once_that_the_day_has_passed(plan, carla):
    decision = wait(plan, carla, planned_on=date(2026, 11, 13))
    OutboxMessage.objects.all().delete()
    friday = date(2026, 11, 13)
    days = [0, 1, 2, 3, 4]  # on Saturday and Sunday nobody is mailed
    assert [reminders.remind(friday + timedelta(day)) for day in days] == [0, 0, 0, 1, 0]
    assert mails() == ["groen@kleindorp.example", "teamleider@kleindorp.example"]
    assert Notice.objects.filter(event__what="decision_overdue").count() == 2
    event = Event.objects.latest("id")
    assert (event.details, event.is_public) == ({"decision": "B01", "planned": "2026-11-13"}, False)
    assert "De contactpersoon is: Adviseur" in body("teamleider@kleindorp.example")
    with at("2026-11-17"):
        verbs.plan_again(decision, by=carla, planned_on=date(2026, 11, 20), reason="Ziekte.")
    with at("2026-11-23"):
        tasks.remind_of_decisions()  # a new day that passes is told of again
    assert Event.objects.filter(what="decision_overdue").count() == 2


def test_a_plan_that_waits_one_day_waits_one_day(plan, carla):
    wait(plan, carla, planned_on=MONDAY)
    with at("2026-11-03"):
        assert reminders.remind(date(2026, 11, 3)) == 1
    mail = " ".join(body("groen@kleindorp.example").replace("=\n", "").split())
    assert "Het plan wacht nu 1 dag." in mail


def test_what_stands_still_or_was_decided_is_not_mentioned(plan, carla):
    still, done = formal(plan, carla), wait(plan, carla, planned_on=date(2026, 11, 13))
    verbs.decide(done, by=carla, outcome="granted", decided_on=MONDAY)
    with at("2026-11-10"):
        verbs.suspend(now(still), by=carla, ground="force_majeure", told_on=date(2026, 11, 10))
    assert reminders.remind(date(2027, 1, 5)) == 0
