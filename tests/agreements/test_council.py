"""A question to the council: asked at a plan, received, forwarded, answered by the clerks, with a way on."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from agreements.council import verbs
from agreements.council.models import QuestionState
from agreements.models import CouncilQuestion
from initiatives import verbs as plans
from initiatives.models import Initiative, State
from tests import make
from tests.agreements.test_referrals import sent_to
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
ASKED = {"question": "Mag de markt op zondag?", "background": "De winkeliers willen dat ook."}
MONDAY, MEETS = date(2027, 3, 1), date(2027, 3, 11)
TO = {"to": "de commissie Ruimte", "meets_on": MEETS}
SAID = {"answer": "Ja, vier keer per jaar.", "next_step": "Vraag de vergunning aan."}


@pytest.fixture(autouse=True)
def _then(db):
    with time_machine.travel("2027-03-01 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def greet(db):
    """A clerk of the council."""
    return make.user("greet@voorbeeld.example", name="Greet", role=Role.CLERK)


@pytest.fixture
def plan(amina, carla):
    contact = make.manager("Adviseur markten", user=carla, email="markt@kleindorp.example")
    return make.initiative("Een markt", reference="IW-2027-0007", by=amina, contact=contact, public=False)


@pytest.fixture
def question(plan, amina, greet):
    return verbs.ask(plan, by=amina, **ASKED)


def fresh(question):
    return CouncilQuestion.objects.select_related("initiative").get(pk=question.pk)


def test_a_question_goes_to_the_clerks_and_back_with_an_answer(question, plan, amina, greet):
    assert (question.key, question.state, question.due_on) == ("R01", "asked", date(2027, 3, 8))
    assert "Mag de markt op zondag?" in sent_to(greet.email)
    assert "Uiterlijk maandag 8 maart 2027" in sent_to("markt@kleindorp.example")
    for private in (plan.title, plan.story, amina.email, amina.name):
        assert private not in sent_to(greet.email)
    verbs.receive(fresh(question), by=greet)
    verbs.forward(fresh(question), by=greet, **TO)
    for words in ("De griffie heeft de vraag", "de commissie Ruimte", "donderdag 11 maart 2027"):
        assert words in sent_to(amina.email)
    assert fresh(question).due_on == date(2027, 3, 18)
    verbs.answer(fresh(question), by=greet, **SAID)
    for words in SAID.values():
        assert words in sent_to(amina.email)
        assert words in sent_to("markt@kleindorp.example")
    told = plan.timeline(amina).values_list("what", flat=True)
    wanted = ["council_answered", "council_forwarded", "council_received", "council_asked"]
    assert [what for what in told if "council" in what] == wanted
    assert not Event.objects.filter(what__startswith="council_", is_public=True).exists()


def test_who_may_do_what(question, plan, amina, bram, carla, dirk, greet, mo):
    other = make.initiative(by=bram)
    for user in (dirk, greet, amina):
        with pytest.raises(PermissionDenied):
            verbs.ask(other, by=user, **ASKED)
    assert verbs.ask(other, by=carla, **ASKED).from_town
    for user in (amina, bram, carla, dirk, mo):
        with pytest.raises(PermissionDenied):
            verbs.receive(fresh(question), by=user)
    verbs.receive(fresh(question), by=greet)
    for user in (amina, bram, carla, dirk, mo):
        with pytest.raises(PermissionDenied):
            verbs.forward(fresh(question), by=user, **TO)
        with pytest.raises(PermissionDenied):
            verbs.answer(fresh(question), by=user, **SAID)
    for user in (bram, dirk, greet):
        with pytest.raises(PermissionDenied):
            verbs.take_back(fresh(question), by=user, reason="Niet nodig.")
    assert fresh(question).state == QuestionState.RECEIVED


def test_a_clerk_does_not_handle_a_plan_of_their_own(greet):
    own = make.initiative(by=greet)
    question = verbs.ask(own, by=greet, **ASKED)
    with pytest.raises(PermissionDenied):
        verbs.receive(question, by=greet)
    assert verbs.allowed(question, greet) == ["take_back"]


def test_a_question_about_ones_own_plan_goes_to_the_other_clerks_or_to_town_hall(greet):
    own = make.initiative(by=greet)
    first = verbs.ask(own, by=greet, **ASKED)
    assert "Mag de markt op zondag?" in sent_to("gemeente@kleindorp.example")
    verbs.take_back(first, by=greet, reason="Anders gesteld.")
    other = make.user("piet@voorbeeld.example", name="Piet", role=Role.CLERK)
    verbs.ask(own, by=greet, **ASKED | {"question": "Mag het hek weg?"})
    assert "Mag het hek weg?" in sent_to(other.email)
    assert "Mag het hek weg?" not in sent_to("gemeente@kleindorp.example")
    assert "Deze mail is voor de griffie" not in sent_to(greet.email)


@pytest.mark.parametrize("who", ["amina", "carla"])
def test_both_sides_take_it_back_and_the_clerks_hear_why(who, question, greet, request):
    verbs.receive(fresh(question), by=greet)
    with pytest.raises(ValidationError, match="waarom de vraag niet meer nodig is"):
        verbs.take_back(fresh(question), by=request.getfixturevalue(who), reason=" ")
    verbs.take_back(fresh(question), by=request.getfixturevalue(who), reason="Het college zei al ja.")
    assert "Het college zei al ja." in sent_to(greet.email)
    with pytest.raises(ValidationError, match="Iemand anders was je voor"):
        verbs.answer(fresh(question), by=greet, **SAID)
    assert fresh(question).standing == "withdrawn"


def test_there_is_one_open_question_a_plan(question, plan, amina, carla):
    with pytest.raises(ValidationError, match="al een vraag over dit plan bij de griffie"):
        verbs.ask(plan, by=carla, **ASKED)
    days = {"asked_on": MEETS, "due_on": MEETS}
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilQuestion.objects.create(key="R99", initiative=plan, question="Nog een?", **days)
    verbs.take_back(fresh(question), by=amina, reason="Anders gesteld.")
    assert verbs.ask(plan, by=carla, **ASKED).key == "R02"


def test_a_plan_that_ended_asks_nothing_any_more(question, plan, amina, greet):
    plans.step("withdraw", plan, by=amina, sentence="Te druk.")
    for verb, told in ((verbs.receive, {}), (verbs.take_back, {"reason": "Klaar."})):
        with pytest.raises(ValidationError, match="het plan staat op ‘gestopt’"):
            verb(fresh(question), by=greet if verb is verbs.receive else amina, **told)
    assert (fresh(question).standing, CouncilQuestion.objects.open().count()) == ("ended", 0)
    with time_machine.travel("2027-06-01 10:00+02:00", tick=False):
        assert verbs.remind(date(2027, 6, 1)) == 0


@pytest.mark.parametrize(("ends", "goes_on"), [("withdraw", "reopen"), ("realise", "keep_going")])
def test_the_clerks_hear_once_that_a_plan_ended_and_that_it_goes_on(
    question, plan, amina, carla, greet, ends, goes_on
):
    def step(verb):
        plan.refresh_from_db()
        plans.step(verb, plan, by=carla if verb == "reopen" else amina, sentence="Te druk.")

    Initiative.objects.filter(pk=plan.pk).update(state=State.IN_PROGRESS)
    assert verbs.lapse(MONDAY) == 0
    step(ends)
    assert verbs.lapse(MONDAY - timedelta(days=1)) == 0
    assert (verbs.lapse(MONDAY), verbs.lapse(MONDAY)) == (1, 0)
    mail = sent_to(greet.email)
    assert "vervalt" in mail
    assert "Te druk." not in mail
    assert fresh(question).standing == "ended"
    CouncilQuestion.objects.update(due_on="2020-01-02", reminded_on="2020-01-06")
    step(goes_on)
    assert (verbs.lapse(MONDAY), verbs.lapse(MONDAY)) == (1, 0)
    assert "geldt dus weer" in sent_to(greet.email)
    assert fresh(question).is_open
    assert fresh(question).due_on > timezone.localdate()
    assert fresh(question).reminded_on is None
    step("withdraw" if ends == "withdraw" else "realise")
    assert (verbs.lapse(MONDAY), verbs.lapse(MONDAY)) == (1, 0)


def test_of_what_ended_long_ago_no_clerk_hears(question, plan):
    long_ago = Now() - timedelta(days=40)
    Initiative.objects.filter(pk=plan.pk).update(state=State.REALISED, changed_at=long_ago)
    assert verbs.lapse(MONDAY) == 0


def test_at_the_clerks_a_question_of_an_ended_plan_is_shown_so_below_what_waits(
    client, question, plan, amina, greet
):
    with time_machine.travel("2027-03-02 10:00+01:00", tick=False):
        verbs.ask(make.initiative(by=amina), by=amina, **ASKED | {"question": "Mag het hek weg?"})
        plans.step("withdraw", plan, by=amina, sentence="Te druk.")
    client.force_login(greet)
    page = client.get("/griffie/").content.decode()
    assert "Het plan is klaar of gestopt" in page
    assert page.index("Mag het hek weg?") < page.index(ASKED["question"])


def test_asking_and_taking_back_again_and_again_does_not_flood_the_clerks(plan, amina, carla, greet):
    for _number in range(5):
        asked = verbs.ask(plan, by=amina, **ASKED)
        verbs.take_back(asked, by=amina, reason="Toch niet.")
    for user in (amina, carla):
        with pytest.raises(ValidationError, match="in 30 dagen al 5 vragen"):
            verbs.ask(plan, by=user, **ASKED)
    with time_machine.travel("2027-03-31 10:00+02:00", tick=False):
        assert verbs.ask(plan, by=amina, **ASKED).key == "R06"


@pytest.mark.parametrize(
    ("verb", "told", "words"),
    [
        ("forward", TO | {"to": " "}, "naar wie de vraag gaat"),
        ("forward", TO | {"meets_on": date(2027, 2, 26)}, "al voorbij"),
        ("forward", TO | {"meets_on": date(2027, 3, 13)}, "Kies een werkdag"),
        ("answer", SAID | {"answer": " "}, "wat het antwoord is"),
        ("answer", SAID | {"next_step": ""}, "wat de initiatiefnemer nu kan doen"),
    ],
)
def test_what_is_missing_is_said(verb, told, words, question, greet):
    verbs.receive(fresh(question), by=greet)
    with pytest.raises(ValidationError, match=words):
        getattr(verbs, verb)(fresh(question), by=greet, **told)
    assert fresh(question).state == QuestionState.RECEIVED


def test_a_late_step_is_told_once_and_anew_after_the_next(question, plan, greet):
    monday, tuesday = date(2027, 3, 8), date(2027, 3, 9)
    assert verbs.remind(monday) == 0
    assert verbs.remind(date(2027, 3, 14)) == 0  # a Sunday
    assert (verbs.remind(tuesday), verbs.remind(tuesday)) == (1, 0)
    assert "wacht langer dan is beloofd" in sent_to(greet.email)
    assert "Bel de griffie" in sent_to("markt@kleindorp.example")
    with time_machine.travel("2027-03-09 10:00+01:00", tick=False):
        assert fresh(question).is_late
        verbs.receive(fresh(question), by=greet)
    assert verbs.remind(date(2027, 3, 16)) == 0
    assert verbs.remind(date(2027, 3, 17)) == 1


def test_without_clerks_town_hall_gets_the_mail(plan, amina):
    verbs.ask(plan, by=amina, **ASKED)
    assert "Mag de markt op zondag?" in sent_to("gemeente@kleindorp.example")


def test_a_question_reaches_a_clerk_whatever_news_they_switched_off(plan, amina, greet):
    greet.notification_preferences.create(kind="council_asked", by_mail=False)
    verbs.ask(plan, by=amina, **ASKED)
    assert OutboxMessage.objects.filter(payload__to=greet.email).count() == 1


def test_a_question_of_a_plan_that_ended_waits_no_more(client, question, plan, amina, greet):
    other = verbs.ask(make.initiative(by=amina), by=amina, **ASKED)
    CouncilQuestion.objects.filter(pk=question.pk).update(due_on=date(2027, 1, 4))
    plans.step("withdraw", plan, by=amina, sentence="Te druk.")
    assert [one.key for one in CouncilQuestion.objects.in_order()] == [other.key, question.key]
    assert (fresh(question).days_waiting, fresh(other).days_waiting) == (None, 0)
    client.force_login(greet)
    found = client.get("/api/v1/raadsvragen", {"stand": "plan-klaar"}).json()
    told = [(one["kenmerk"], one["stand"], one["dagenWachten"]) for one in found["resultaten"]]
    assert told == [(question.key, "plan-klaar", None)]
    assert client.get(question.get_absolute_url()).status_code == 200
    assert question.question in client.get("/griffie/?stand=plan-klaar").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_is_told(plan, amina, greet):
    other = make.user(role=Role.CLERK)
    question = verbs.ask(plan, by=amina, **ASKED)
    lost, copies = [], [fresh(question) for _ in range(10)]

    def receive(which):
        try:
            verbs.receive(copies[which], by=(greet, other)[which % 2])
        except ValidationError as refused:
            lost.append(refused.code)

    at_once(10, receive)
    assert lost == ["conflict"] * 9
    assert Event.objects.filter(what="council_received").count() == 1


@pytest.mark.parametrize("verb", verbs.RULES)
def test_the_page_of_states_tells_every_step(verb, settings):
    who, states, to, _event = verbs.RULES[verb]
    before = [f"`{one.value}`" for one in QuestionState if one in (states or ())]
    told = [f"from {', '.join(before)}"] * bool(before) + [f"by `{who.__name__}`", f"to `{to.value}`"]
    page = (settings.BASE_DIR / "docs" / "states.md").read_text("utf-8")
    assert f"- `{verb}`: {', '.join(told)}" in page.splitlines()


# At the doors ---------------------------------------------------------------------------------------------
def test_the_initiator_asks_and_takes_back_on_a_page(client, plan, amina, greet):
    client.force_login(amina)
    address = f"/mijn/{plan.public_id}/raadsvraag/"
    assert address in client.get(f"/mijn/{plan.public_id}/").content.decode()
    sent = ASKED | {"token": str(uuid.uuid4())}
    wrong = client.post(address, sent | {"background": ""})
    assert wrong.status_code == 400
    assert ASKED["question"] in wrong.content.decode()
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    question = CouncilQuestion.objects.get()
    page = client.get(address).content.decode()
    assert "Verstuurd aan de griffie" in page
    verbs.receive(question, by=greet)
    told = {"trek-in": "ja", "version": 1, "reason": "Is al goed."}
    late = client.post(address, told)
    assert late.status_code == 409
    assert "Is al goed." in late.content.decode()
    assert client.post(address, told | {"version": 2}).status_code == 302
    assert fresh(question).state == QuestionState.WITHDRAWN


def test_an_officer_asks_at_the_desk_and_reads_the_list(client, plan, carla, greet):
    client.force_login(carla)
    address = f"/werkbank/{plan.reference}/raadsvraag/"
    assert address in client.get(f"/werkbank/{plan.reference}/").content.decode()
    assert client.post(address, ASKED | {"token": str(uuid.uuid4())}).status_code == 302
    question = CouncilQuestion.objects.get()
    assert ASKED["question"] in client.get("/griffie/").content.decode()
    assert "De griffie is aan zet" in client.get(question.get_absolute_url()).content.decode()
    assert client.post(question.get_absolute_url(), {"ontvang": "ja", "version": 1}).status_code == 404


def test_a_clerk_takes_every_step_on_a_page_and_reads_nothing_private(client, question, plan, amina, greet):
    client.force_login(greet)
    assert "/griffie/" in client.get("/").content.decode()
    address = question.get_absolute_url()
    page = client.get("/griffie/").content.decode() + client.get(address).content.decode()
    for private in (plan.title, plan.story, amina.name, amina.email):
        assert private not in page
    assert client.post(address, {"ontvang": "ja", "version": 1}).status_code == 302
    wrong = client.post(
        address, {"stuur-door": "ja", "version": 2, "to": "de raad", "meets_on": "2027-03-13"}
    )
    assert wrong.status_code == 400
    assert "Kies een werkdag" in wrong.content.decode()
    assert 'value="de raad"' in wrong.content.decode()
    late = client.post(address, {"antwoord": "ja", "version": 1, **SAID})
    assert late.status_code == 409
    assert SAID["answer"] in late.content.decode()
    assert client.post(address, {"antwoord": "ja", "version": 2, **SAID}).status_code == 302
    assert "Hier hoef je niets meer te doen" in client.get(address).content.decode()


def test_for_others_there_are_no_questions(client, question, bram, dirk):
    for user in (None, bram, dirk):
        client.logout()
        if user:
            client.force_login(user)
        for address in ("/griffie/", question.get_absolute_url(), "/api/v1/raadsvragen"):
            assert client.get(address).status_code == 404, (user, address)
    client.force_login(dirk)
    assert "/griffie/" not in client.get("/").content.decode()


def test_the_api_does_all_of_it(client, plan, amina, greet):
    def post(user, path, told, **headers):
        client.force_login(user)
        return client.post(f"/api/v1/{path}", told, content_type="application/json", headers=headers)

    told = {"vraag": ASKED["question"], "achtergrond": ASKED["background"]}
    path, once = f"initiatieven/{plan.reference}/raadsvragen", {"Idempotency-Key": str(uuid.uuid4())}
    for _ in range(2):
        made = post(amina, path, told, **once)
        assert made.status_code == 201
    assert [one["stand"] for one in made.json()] == ["gesteld"]
    at = "raadsvragen/R01"
    assert post(amina, f"{at}/ontvangst", {"versie": 1}).status_code == 404
    assert post(greet, f"{at}/ontvangst", {"versie": 1}).json()["stand"] == "ontvangen"
    assert post(greet, f"{at}/ontvangst", {"versie": 1}).status_code == 409
    to = {"naarWie": TO["to"], "besprokenOp": "2027-03-13", "versie": 2}
    refused = post(greet, f"{at}/doorzending", to).json()["invalidParams"]
    assert [one["name"] for one in refused] == ["besprokenOp"]
    sent = post(greet, f"{at}/doorzending", to | {"besprokenOp": "2027-03-11"}).json()
    assert (sent["stand"], sent["naarWie"], sent["teLaat"]) == ("doorgestuurd", TO["to"], False)
    back = post(amina, f"{path}/R01/intrekking", {"reden": "Is al goed.", "versie": 3})
    assert [one["stand"] for one in back.json()] == ["teruggenomen"]
    client.force_login(greet)
    assert client.get("/api/v1/raadsvragen", {"stand": "teruggenomen"}).json()["aantal"] == 1
    assert client.get("/api/v1/raadsvragen", {"stand": "open"}).json()["aantal"] == 0


def test_the_list_costs_the_same_for_three_as_for_thirty(client, greet, amina):
    days = {"asked_on": date(2027, 2, 1), "due_on": date(2027, 2, 8)}

    def cost(numbers):
        for number in numbers:
            about = make.initiative(by=amina)
            CouncilQuestion.objects.create(key=f"R{number:02}", initiative=about, question="?", **days)
        with CaptureQueriesContext(connection) as found:
            client.get("/griffie/")
        return len(found)

    client.force_login(greet)
    cost([0])
    assert cost([1, 2]) == cost(range(3, 30))
