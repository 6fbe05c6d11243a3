"""Demands: never without help, questioned and answered, and of many at once exactly one wins."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Notice
from agreements.models import Requirement, RequirementQuestion
from agreements.requirements import reminders, verbs
from agreements.requirements.models import Outcome, RequirementState
from initiatives import verbs as plans
from initiatives.models import State
from tests import make
from tests.racing import refusals
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 13)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        yield


@pytest.fixture
def plan(amina, carla):
    lead = make.manager("Teamleider", user=make.user("lead@voorbeeld.example", role="officer"))
    lead.email = "teamleider@kleindorp.example"
    lead.save()
    department = make.department("Buiten", lead=lead)
    contact = make.manager("Adviseur", user=carla, email="groen@kleindorp.example", department=department)
    return make.initiative("Een bankje", by=amina, contact=contact)


@pytest.fixture
def demand(plan):
    return make.requirement(plan, key="E001", is_hard=True)


def fresh(demand):
    return Requirement.objects.for_pages().get(pk=demand.pk)


def asked(demand, amina):
    """The demand with a question that waits."""
    verbs.question_requirement(fresh(demand), by=amina, text="Kan het zonder?")
    return fresh(demand)


def told():
    return [(event.what, event.details) for event in Event.objects.order_by("id")]


def mails():
    return [mail.payload["to"] for mail in OutboxMessage.objects.filter(kind="mail").order_by("created_at")]


def letter():
    """What the last mail says."""
    return bytes(OutboxMessage.objects.filter(kind="mail").latest("created_at").body).decode()


def refused(do, *, field=None, code=None):
    """The sentence with which a verb says no."""
    with pytest.raises(ValidationError) as no, transaction.atomic():
        do()
    if field:
        assert set(no.value.message_dict) == {field}
    if code:
        assert no.value.code == code
    return " ".join(no.value.messages)


# What a demand is -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"basis_text": " "}, "basis_text", "Schrijf welke wet of welk beleid dit vraagt."),
        (
            {"basis": "none", "is_hard": True},
            "is_hard",
            "Alleen wat de wet of het beleid vraagt, kan een harde eis zijn.",
        ),
        ({"help": " "}, "__all__", "Schrijf wat de gemeente doet om te helpen, of wat er ook kan."),
        ({"why": "\n"}, "__all__", "Schrijf waarom dit nodig is."),
    ],
)
def test_a_demand_has_a_basis_a_reason_and_help(plan, carla, fields, field, words):
    wording = make.DEMAND | {"is_hard": False} | fields
    assert refused(lambda: verbs.set_requirement(plan, by=carla, **wording), field=field) == words
    with pytest.raises(IntegrityError), transaction.atomic():
        make.requirement(plan, **fields)


def test_a_usual_demand_is_copied_and_stays_itself(plan, carla, amina):
    standard = make.standard_requirement("Verzekering")
    demand = verbs.set_requirement(plan, by=carla, standard=standard)
    assert (demand.key, demand.text, demand.heading) == ("E01", standard.text, "Verzekering")
    assert told() == [("set_requirement", {"requirement": "E01"})]
    assert mails() == ["amina@voorbeeld.example"]
    assert Notice.objects.get().user == amina
    words = refused(lambda: verbs.set_requirement(plan, by=carla, standard=standard))
    assert words == "Deze eis staat al bij dit plan."
    verbs.drop_requirement(fresh(demand), by=carla, reason="Toch niet nodig.")
    assert verbs.set_requirement(plan, by=carla, standard=standard).key == "E02"


def test_the_library_knows_what_goes_with_a_plan(plan, carla):
    plan.needs.create(kind="plek")
    ground = make.standard_requirement("Grond", needs=["plek"])
    make.standard_requirement("Geld", needs=["geld"])
    make.standard_requirement("Oud", needs=["plek"], is_used=False)
    likely = type(ground).objects.likely_for
    assert list(likely(plan)) == [ground]
    verbs.set_requirement(plan, by=carla, standard=ground)
    assert list(likely(plan)) == []


# Who may do what --------------------------------------------------------------------------------------
def test_who_may_do_what(plan, demand, amina, bram, carla):
    officers = [
        "set_requirement",
        "correct_requirement",
        "meet_requirement",
        "drop_requirement",
        "answer_requirement",
    ]
    assert verbs.may(plan, carla) == officers
    assert verbs.may(plan, amina) == ["question_requirement"]
    assert verbs.may(plan, bram) == []
    assert [one.pk for one in plan.requirements.visible_to(amina)] == [demand.pk]
    assert not plan.requirements.visible_to(bram).exists()
    with pytest.raises(PermissionDenied):
        verbs.set_requirement(plan, by=amina, **make.DEMAND)
    with pytest.raises(PermissionDenied):
        verbs.question_requirement(demand, by=carla, text="Waarom?")


def test_nobody_demands_of_their_own_plan(carla):
    own = make.initiative(by=carla)
    assert verbs.may(own, carla) == ["question_requirement"]


def test_a_plan_that_stopped_meanwhile_gets_no_demand(plan, demand, amina, carla):
    plans.step("withdraw", type(plan).objects.get(pk=plan.pk), by=amina, reason="Te druk.")
    words = refused(lambda: verbs.set_requirement(plan, by=carla, **make.DEMAND), code="conflict")
    assert words == "Dit kan niet meer: het plan staat op ‘gestopt’."
    refused(lambda: verbs.question_requirement(fresh(demand), by=amina, text="Hoezo?"), code="conflict")
    verbs.drop_requirement(fresh(demand), by=carla, reason="Het plan is gestopt.")


# Changing, meeting, dropping --------------------------------------------------------------------------
def test_what_a_demand_said_before_can_be_read(demand, carla):
    verbs.correct_requirement(fresh(demand), by=carla, version=1, text="Korter.", help="Bel ons.")
    verbs.correct_requirement(fresh(demand), by=carla, version=2, help="Bel ons gerust.")
    now = fresh(demand)
    assert (now.text, now.version) == ("Korter.", 3)
    assert [text for _until, text in now.earlier] == ["Wie meehelpt, is verzekerd."]
    assert verbs.correct_requirement(now, by=carla, text="Korter.").version == 3
    assert [what for what, _details in told()] == ["correct_requirement"] * 2


def test_who_is_second_is_told(demand, carla):
    first, second = fresh(demand), fresh(demand)
    verbs.meet_requirement(first, by=carla, version=1)
    words = refused(
        lambda: verbs.drop_requirement(second, by=carla, reason="Nee.", version=1), code="conflict"
    )
    assert words.startswith("Iemand anders was je voor")
    words = refused(lambda: verbs.meet_requirement(fresh(demand), by=carla), code="conflict")
    assert words == "Dit kan niet meer: deze eis is voldaan."
    now = fresh(demand)
    assert (now.state, now.closed_on, now.closing_reason) == (RequirementState.MET, FRIDAY, "")


def test_a_demand_is_not_dropped_without_a_reason(demand, carla):
    do = verbs.drop_requirement
    words = refused(lambda: do(fresh(demand), by=carla, reason=" "), field="reason")
    assert words == "Schrijf in één zin waarom de eis vervalt."


# Is it really needed? ---------------------------------------------------------------------------------
def test_a_question_has_a_term_and_one_answer(demand, amina, carla):
    make.municipality(service_days={"contact": 5, "question": 4})
    question = verbs.question_requirement(fresh(demand), by=amina, text="Kan het zonder?")
    assert (question.asked_on, question.due_on) == (FRIDAY, date(2026, 11, 19))
    assert (question.left, question.mood) == ("nog 4 werkdagen", "fine")
    assert question.why == "4 werkdagen na 13 november"
    assert mails() == ["groen@kleindorp.example"]
    waits = fresh(demand)
    do = verbs.question_requirement
    assert refused(lambda: do(waits, by=amina, text="En nu?")) == "Er staat al een vraag open over deze eis."
    words = "Er staat nog een vraag open over deze eis. Beantwoord die eerst."
    assert refused(lambda: verbs.meet_requirement(waits, by=carla)) == words
    answer = {"by": carla, "outcome": Outcome.STAYS}
    assert refused(lambda: verbs.answer_requirement(waits, answer=" ", **answer), field="answer")
    verbs.answer_requirement(fresh(demand), answer="Ja, want anders is het gevaarlijk.", **answer)
    now = fresh(demand)
    assert (now.open_question, now.is_hard, now.version) == (None, True, 3)
    assert mails() == ["groen@kleindorp.example", "amina@voorbeeld.example"]
    again = refused(lambda: verbs.answer_requirement(now, answer="Nog eens.", **answer), code="conflict")
    assert again == "Deze vraag is al beantwoord."


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 12, 18), date(2027, 1, 5)),  # Christmas and New Year do not count
        (date(2028, 2, 25), date(2028, 3, 10)),  # over a leap day
        (date(2026, 3, 20), date(2026, 4, 7)),  # over summer time, Good Friday and Easter
    ],
)
def test_the_term_is_ten_working_days(demand, amina, start, due):
    with time_machine.travel(start.isoformat() + " 12:00+01:00", tick=False):
        question = verbs.question_requirement(fresh(demand), by=amina, text="Kan het zonder?")
    assert question.due_on == due


def test_an_answer_that_softens_changes_the_demand_at_once(demand, amina, carla):
    softened = {"by": carla, "outcome": Outcome.SOFTENED, "answer": "Je hebt gelijk."}
    waits = asked(demand, amina)
    words = refused(lambda: verbs.answer_requirement(waits, is_hard=True, **softened), field="text")
    assert words == "Schrijf hoe de eis nu luidt, of maak er geen harde eis meer van."
    verbs.answer_requirement(fresh(demand), text="Eén van jullie tekent.", is_hard=False, **softened)
    now = fresh(demand)
    assert (now.text, now.is_hard, now.state) == ("Eén van jullie tekent.", False, RequirementState.OPEN)
    assert [text for _until, text in now.earlier] == ["Wie meehelpt, is verzekerd."]
    assert told()[-1] == ("answer_requirement", {"requirement": "E001", "outcome": "softened"})
    body = letter()
    for said in (
        "“Wie meehelpt, is verzekerd.”",
        "Het antwoord: de eis wordt lichter. Je hebt gelijk.",
        "Zo luidt de eis nu: “Eén van jullie tekent.”",
        "Dit is geen harde eis meer.",
    ):
        assert said in body


def test_a_soft_demand_does_not_become_hard_by_an_answer(demand, amina, carla):
    Requirement.objects.update(is_hard=False)
    waits = asked(demand, amina)
    verbs.answer_requirement(
        waits, by=carla, outcome="softened", answer="Het kan lichter.", text="Minder.", is_hard=True
    )
    assert fresh(demand).is_hard is False


def test_an_answer_can_drop_the_demand(demand, amina, carla):
    waits = asked(demand, amina)
    verbs.answer_requirement(waits, by=carla, outcome=Outcome.DROPPED, answer="Dit is niet nodig.")
    now = fresh(demand)
    assert (now.state, now.closing_reason) == (RequirementState.DROPPED, "Dit is niet nodig.")
    assert "Het antwoord: de eis vervalt. Dit is niet nodig." in letter()


def test_an_unknown_outcome_changes_nothing(demand, amina, carla):
    waits = asked(demand, amina)
    refused(lambda: verbs.answer_requirement(waits, by=carla, outcome="misschien", answer="Tja."))
    assert fresh(demand).open_question.answer == ""


# Late answers -----------------------------------------------------------------------------------------
def test_contact_and_lead_hear_once_that_an_answer_is_late(demand, amina):
    asked(demand, amina)  # due on the 27th
    OutboxMessage.objects.all().delete()
    assert [reminders.remind(FRIDAY + timedelta(days)) for days in (14, 15, 17, 18)] == [0, 0, 1, 0]
    assert sorted(mails()) == ["groen@kleindorp.example", "teamleider@kleindorp.example"]
    body = bytes(OutboxMessage.objects.first().body).decode()
    assert "uiterlijk vrijdag 27 november" in body
    late = Event.objects.get(what="requirement_question_overdue")
    assert late.details["requirement"] == "E001"


def test_of_a_plan_that_stopped_nobody_is_reminded(plan, demand, amina):
    asked(demand, amina)
    type(plan).objects.update(state=State.STOPPED)
    assert reminders.remind(FRIDAY + timedelta(17)) == 0


# Fifty at once ----------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_fifty_questions_and_fifty_answers_one_of_each_is_kept(amina, carla):
    plan = make.initiative(by=amina)
    demand = make.requirement(plan, is_hard=True)
    found = refusals(
        *[lambda: verbs.question_requirement(fresh(demand), by=amina, text="Kan het zonder?")] * 50
    )
    assert found.count(None) == 1
    assert {one.code for one in filter(None, found)} == {"conflict"}
    assert RequirementQuestion.objects.count() == 1

    answer = {"outcome": Outcome.SOFTENED, "answer": "Goed idee.", "is_hard": False}
    found = refusals(*[lambda: verbs.answer_requirement(fresh(demand), by=carla, **answer)] * 50)
    assert found.count(None) == 1
    assert {one.code for one in filter(None, found)} == {"conflict"}
    assert (fresh(demand).version, fresh(demand).is_hard) == (3, False)
    assert [what for what, _details in told()] == ["question_requirement", "answer_requirement"]
    assert mails() == ["amina@voorbeeld.example"]  # the front desk of this town has no mailbox
