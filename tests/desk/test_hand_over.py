"""Somebody leaves: every open plan gets a proposal, goes over once, and its initiator one letter."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Notice
from contacts.models import Absence
from desk import tasks
from desk.handover import verbs as handover
from desk.handover.models import HandOver, HandOverCase
from initiatives import verbs
from initiatives.models import Initiative, State
from tests import make
from tests.racing import at_once
from townhall import outbox
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
Rule, Why = HandOverCase.Rule, HandOverCase.Why


@pytest.fixture
def lead(db):
    user = make.user("lead@voorbeeld.example", role="officer")
    return make.manager("Teamleider", user=user)


@pytest.fixture
def petra(carla, lead):
    """Who leaves; the deputy and the front desk are there."""
    make.front_desk(email="loket@kleindorp.example")
    deputy = make.manager("Vervanger", name="Vera", email="vera@kleindorp.example")
    return make.manager(
        "Adviseur groen",
        name="Petra",
        email="petra@kleindorp.example",
        user=carla,
        deputy=deputy,
        department=make.department("Buiten", lead=lead),
    )


@pytest.fixture
def karim(petra):
    return make.manager("Adviseur water", name="Karim", phone="0123", email="karim@kleindorp.example")


def plans(number, petra, by=None):
    return [make.initiative(f"Plan {which}", by=by, contact=petra) for which in range(number)]


def proposed(hand_over):
    rows = hand_over.cases.order_by("pk").values_list("contact__function", "rule")
    return [(function, Rule(rule)) for function, rule in rows]


def results(hand_over):
    rows = hand_over.cases.order_by("pk").values_list("initiative__contact__function", "state", "why")
    return list(rows)


def mails_to(address):
    found = OutboxMessage.objects.filter(kind="mail", payload__to=address).order_by("created_at")
    return [bytes(one.body).decode() for one in found]


def run(hand_over, by):
    handover.start(hand_over, by=by)
    while handover.go_on(hand_over.pk):
        pass
    hand_over.refresh_from_db()


# Proposals ----------------------------------------------------------------------------------------------
def test_the_matcher_proposes_else_the_deputy_else_the_front_desk(petra, karim, mo):
    karim.room = 1
    karim.save()
    petra.deputy.room = 1
    petra.deputy.save()
    for plan in plans(3, petra):
        make.suggestion(plan, manager=petra, rank=1)
        make.suggestion(plan, manager=karim, rank=2, sentence="Weet veel van water.")
    made = handover.prepare(petra, by=mo)
    assert proposed(made) == [
        ("Adviseur water", Rule.SUGGESTED),
        ("Vervanger", Rule.DEPUTY),
        ("Initiatievenloket", Rule.FRONT_DESK),
    ]
    assert made.cases.first().reason == "Weet veel van water."


def test_who_is_away_left_leaves_soon_or_leaves_too_is_not_proposed(petra, karim, mo):
    away, gone, soon, too = (make.manager(name) for name in ("Weg", "Vertrokken", "Straks", "Ook"))
    Absence.objects.create(manager=away, since=TODAY)
    for one, days in ((gone, -1), (soon, 7)):
        one.available_until = TODAY + timedelta(days)
        one.save()
    plans(1, too)
    handover.prepare(too, by=mo)
    plan = plans(1, petra)[0]
    for rank, one in enumerate((away, gone, soon, too, karim), 1):
        make.suggestion(plan, manager=one, rank=rank)
    assert proposed(handover.prepare(petra, by=mo)) == [("Adviseur water", Rule.SUGGESTED)]


def test_nobody_is_proposed_for_a_plan_of_their_own(petra, karim, mo, bram):
    bram.role = "officer"
    bram.save()
    karim.user = bram
    karim.save()
    plan = plans(1, petra, by=bram)[0]
    make.suggestion(plan, manager=karim)
    assert proposed(handover.prepare(petra, by=mo)) == [("Vervanger", Rule.DEPUTY)]


def test_only_open_plans_go_over(petra, mo):
    plans(1, petra)
    make.initiative(contact=petra, state=State.STOPPED)
    make.initiative(contact=petra, state=State.PAUSED)
    assert handover.prepare(petra, by=mo).cases.count() == 2


def test_thousands_of_plans_are_proposed_in_few_queries(petra, mo, django_assert_max_num_queries):
    plan = plans(1, petra)[0]
    common = {name: getattr(plan, name) for name in ("title", "story", "state", "contact", "submitted_at")}
    Initiative.objects.bulk_create(Initiative(**common, reference=f"X-{n}") for n in range(1_999))
    with django_assert_max_num_queries(25):
        made = handover.prepare(petra, by=mo)
    assert made.cases.count() == 2_000


def test_it_is_made_once(petra, mo, lead):
    plans(1, petra)
    assert handover.prepare(petra, by=mo) == handover.prepare(petra, by=lead.user)


def test_there_must_be_something_to_hand_over_and_the_front_desk_stays(petra, mo):
    with pytest.raises(ValidationError, match="geen open plannen"):
        handover.prepare(petra, by=mo)
    with pytest.raises(ValidationError, match="Dit is het loket"):
        handover.prepare(make.front_desk(), by=mo)


def test_a_manager_and_the_lead_may_and_nobody_else(petra, carla, amina, lead, mo):
    plans(1, petra)
    for user in (carla, amina):
        with pytest.raises(PermissionDenied):
            handover.prepare(petra, by=user)
    assert handover.prepare(petra, by=lead.user)


# Choices ------------------------------------------------------------------------------------------------
@pytest.fixture
def ready(petra, karim, mo, amina):
    plans(3, petra, by=amina)
    return handover.prepare(petra, by=mo)


def test_a_choice_per_plan_and_not_for_who_leaves_or_left(ready, petra, karim, mo):
    first = ready.cases.first()
    assert handover.choose(ready, by=mo, contact=karim, cases=[first.pk]) == (1, 0)
    assert proposed(ready)[0] == ("Adviseur water", Rule.CHOSEN)
    with pytest.raises(ValidationError, match="gaat juist weg"):
        handover.choose(ready, by=mo, contact=petra, cases=[first.pk])
    gone = make.manager(available_until=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="werkt hier niet meer"):
        handover.choose(ready, by=mo, contact=gone, cases=[first.pk])


def test_an_own_plan_is_left_as_it_was(ready, karim, mo, amina):
    karim.user = amina
    karim.save()
    assert handover.choose(ready, by=mo, contact=karim, cases=ready.cases.values("pk")) == (0, 3)


def test_plans_of_another_hand_over_are_not_touched(ready, karim, mo):
    other = make.manager()
    plans(1, other)
    theirs = handover.prepare(other, by=mo)
    assert handover.choose(ready, by=mo, contact=karim, cases=theirs.cases.values("pk")) == (0, 0)


def test_who_is_second_is_told(ready, karim, mo, lead):
    stale = HandOver.objects.get(pk=ready.pk)
    handover.reword(ready, by=mo, sentence="Petra gaat met pensioen.", version=1)
    for act in (
        lambda: handover.reword(stale, by=lead.user, sentence="Anders", version=1),
        lambda: handover.start(stale, by=lead.user, version=1),
        lambda: handover.cancel(stale, by=lead.user, version=1),
    ):
        with pytest.raises(ValidationError, match="Iemand anders was je voor"):
            act()
    handover.start(ready, by=mo)
    with pytest.raises(ValidationError, match="Iemand anders was je voor"):
        handover.choose(ready, by=lead.user, contact=karim, cases=ready.cases.values("pk"))


def test_an_unknown_blank_is_refused(ready, mo):
    with pytest.raises(ValidationError, match="Dit kunnen we niet invullen: naam"):
        handover.reword(ready, by=mo, sentence="Dag [naam].")


# Going over ---------------------------------------------------------------------------------------------
def test_everybody_gets_one_letter_with_name_and_reason(ready, petra, karim, mo, amina):
    handover.choose(ready, by=mo, contact=karim, cases=ready.cases.values("pk"))
    assert handover.preview(ready)["body"].count("Karim neemt je plan over") == 1
    run(ready, mo)
    assert results(ready) == [("Adviseur water", "done", "")] * 3
    letters = mails_to(amina.email)
    assert len(letters) == 3
    for words in ("nieuwe vaste contactpersoon: Adviseur water", "De naam is Karim. Telefoon: 0123.",
                  "Petra gaat iets anders doen. Karim neemt je plan over"):  # fmt: skip
        assert words in letters[0].replace("=\n", "").replace("\n", " ")
    assert [len(mails_to(one)) for one in ("karim@kleindorp.example", "petra@kleindorp.example")] == [1, 1]
    assert "van 3 plannen" in mails_to("karim@kleindorp.example")[0]
    events = Event.objects.filter(what="assign")
    assert {(event.details["contact"], event.details["from"], event.by_id) for event in events} == {
        (karim.key, petra.key, mo.pk)
    }
    assert Notice.objects.filter(user=amina).count() == 3
    assert ready.state == HandOver.State.DONE


def test_what_changed_meanwhile_is_passed_over_and_said(ready, petra, karim, mo, amina):
    moved, closed, stays = (case.initiative for case in ready.cases.select_related("initiative"))
    verbs.assign(moved, by=mo, contact=karim)
    verbs.step("withdraw", closed, by=amina, reason="Klaar mee")
    run(ready, mo)
    assert results(ready) == [
        ("Adviseur water", "passed", Why.MOVED),
        ("Adviseur groen", "passed", Why.CLOSED),
        ("Vervanger", "done", ""),
    ]


def test_a_proposal_that_no_longer_fits_gives_way_to_the_next(ready, petra, mo):
    petra.deputy.available_until = TODAY - timedelta(1)
    petra.deputy.save()
    run(ready, mo)
    assert results(ready) == [("Initiatievenloket", "done", "")] * 3


def test_a_plan_of_who_began_it_is_left_for_a_colleague(ready, mo):
    own = ready.cases.first().initiative
    own.participants.update(user=mo)
    run(ready, mo)
    assert [row[1:] for row in results(ready)] == [("passed", Why.BY), ("done", ""), ("done", "")]


def test_it_goes_on_where_it_stopped_and_does_nothing_twice(ready, mo, amina, monkeypatch):
    monkeypatch.setattr(handover, "SLICE", 2)
    handover.start(ready, by=mo)
    message = outbox.unfinished("hand_over").get()
    tasks.go_over(ready.pk, str(message.pk))
    assert ready.counts == {"all": 3, "waiting": 1, "done": 2, "passed": 0}
    tasks.go_over(ready.pk, str(message.pk))  # the broker delivers it again
    following = outbox.unfinished("hand_over").first()
    tasks.go_over(ready.pk, str(following.pk))
    assert ready.counts == {"all": 3, "waiting": 0, "done": 3, "passed": 0}
    assert Event.objects.filter(what="assign").count() == len(mails_to(amina.email)) == 3
    assert not outbox.unfinished("hand_over").exists()


def test_a_plan_that_is_refused_holds_up_no_other(client, ready, petra, mo):
    """Who has the plan left while the plans went over: the colleagues were read before."""
    handover.start(ready, by=mo)
    colleagues = handover.Colleagues(petra)
    running = HandOver.objects.get(pk=ready.pk)
    petra.deputy.available_until = TODAY - timedelta(1)
    petra.deputy.save()
    assert handover.next_case(running, colleagues)
    while handover.go_on(ready.pk):
        pass
    assert results(ready) == [
        ("Adviseur groen", "passed", Why.FAILED),
        ("Initiatievenloket", "done", ""),
        ("Initiatievenloket", "done", ""),
    ]
    client.force_login(mo)
    page = client.get(ready.get_absolute_url()).content.decode()
    assert "Lukte niet. Kies zelf iemand op de werkbank. Deze contactpersoon werkt hier niet meer." in page


def test_it_may_stop_halfway_and_what_is_done_stays_done(client, ready, petra, mo):
    handover.start(ready, by=mo)
    handover.next_case(ready, handover.Colleagues(petra))
    client.force_login(mo)
    page = client.get(ready.get_absolute_url()).content.decode()
    assert "Stop deze overdracht" in page
    sent = {"doe": "stop", "version": ready.version}
    page = client.post(ready.get_absolute_url(), sent, follow=True).content.decode()
    for words in ("1 van de 3 plannen zijn klaar", "2 plannen bleven waar ze waren", "Draag die ook over"):
        assert words in page
    assert not handover.go_on(ready.pk)
    assert not handover.next_case(ready, handover.Colleagues(petra))
    assert ready.counts == {"all": 3, "waiting": 2, "done": 1, "passed": 0}
    assert len(mails_to("vera@kleindorp.example")) == 1
    assert handover.prepare(petra, by=mo) != ready


def test_the_front_desk_is_nobodys_fixed_contact(client, ready, petra, mo, amina):
    handover.choose(ready, by=mo, contact=make.front_desk(), cases=ready.cases.values("pk"))
    sentence = "Petra begeleidt je plan niet meer. Het loket zoekt een nieuwe vaste contactpersoon voor je."
    client.force_login(mo)
    assert "Gaat een plan naar het loket?" in client.get(ready.get_absolute_url()).content.decode()
    assert sentence in handover.preview(ready)["body"]
    run(ready, mo)
    letter = mails_to(amina.email)[0].replace("=\n", "").replace("\n", " ")
    assert sentence in letter
    assert "Tot die er is, kun je terecht bij: Initiatievenloket." in letter
    for untrue in ("heeft een nieuwe vaste contactpersoon", "neemt je plan over"):
        assert untrue not in letter


def test_a_plan_costs_as_many_queries_however_many_there_are(ready, petra, mo):
    handover.start(ready, by=mo)
    colleagues = handover.Colleagues(petra)
    ready.refresh_from_db()
    costs = []
    for _plan in range(3):
        with CaptureQueriesContext(connection) as asked:
            handover.next_case(ready, colleagues)
        costs.append(len(asked))
    assert costs[1] == costs[2] < 60


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_give_every_plan_once(petra, karim, mo, amina):
    plans(12, petra, by=amina)
    made = handover.prepare(petra, by=mo)
    handover.start(made, by=mo)
    at_once(6, lambda _which: handover.go_on(made.pk))
    while handover.go_on(made.pk):
        pass
    made.refresh_from_db()
    assert made.state == HandOver.State.DONE
    assert made.counts == {"all": 12, "waiting": 0, "done": 12, "passed": 0}
    assert Event.objects.filter(what="assign").count() == 12
    assert len(mails_to("petra@kleindorp.example")) == 1


# Pages --------------------------------------------------------------------------------------------------
def test_from_the_page_of_who_leaves_to_the_end(client, petra, karim, mo, amina):
    plans(2, petra, by=amina)
    client.force_login(mo)
    page = client.get(f"/beheer/accounthouders/{petra.key}/").content.decode()
    assert f"/beheer/accounthouders/{petra.key}/overdragen/" in page
    answer = client.post(f"/beheer/accounthouders/{petra.key}/overdragen/")
    made = HandOver.objects.get()
    assert answer.url == made.get_absolute_url()
    listed = f"{made.get_absolute_url()}plannen/?naar={petra.deputy.key}"
    case = made.cases.first().pk
    assert "Vink eerst aan" in client.post(listed, {"contact": karim.key}).content.decode()
    client.post(listed, {"contact": karim.key, "case": [case, "x"]})
    assert proposed(made) == [("Adviseur water", Rule.CHOSEN), ("Vervanger", Rule.DEPUTY)]
    client.post(f"{made.get_absolute_url()}plannen/", {"contact": karim.key, "everything": "1"})
    assert proposed(made) == [("Adviseur water", Rule.CHOSEN)] * 2
    typed = {"version": 1, "sentence": "[vertrekt] gaat met pensioen.", "doe": "bewaar"}
    page = client.post(made.get_absolute_url(), typed, follow=True).content.decode()
    assert "Petra gaat met pensioen." in page
    lost = client.post(made.get_absolute_url(), typed | {"sentence": "Iets anders", "doe": "begin"})
    assert lost.status_code == 409
    assert "Iets anders" in lost.content.decode()
    client.post(made.get_absolute_url(), typed | {"version": 2, "doe": "begin"})
    assert "0 van de 2 plannen zijn klaar" in client.get(made.get_absolute_url()).content.decode()
    handover.go_on(made.pk)
    assert "2 van de 2 plannen zijn klaar" in client.get(made.get_absolute_url()).content.decode()


def test_the_lead_sees_it_and_another_officer_does_not(client, ready, lead):
    client.force_login(lead.user)
    assert client.get(ready.get_absolute_url()).status_code == 200
    client.force_login(make.user(role="officer"))
    assert client.get(ready.get_absolute_url()).status_code == 404


def test_the_page_of_the_plans_costs_as_much_for_forty(
    client, petra, karim, mo, django_assert_max_num_queries
):
    plans(40, petra)
    made = handover.prepare(petra, by=mo)
    client.force_login(mo)
    for address in (made.get_absolute_url(), f"{made.get_absolute_url()}plannen/"):
        with django_assert_max_num_queries(20):
            client.get(address)


def test_stopping_changes_nothing(client, ready, mo):
    client.force_login(mo)
    page = client.post(ready.get_absolute_url(), {"doe": "stop", "version": 1}, follow=True).content.decode()
    assert "Dit ging niet door" in page
    assert OutboxMessage.objects.count() == 0


def test_the_same_by_the_api(client, petra, karim, mo, amina):
    plan = plans(1, petra, by=amina)[0]
    client.force_login(mo)
    kind, key = {"content_type": "application/json"}, {"Idempotency-Key": str(uuid.uuid4())}
    made = client.post("/api/v1/overdrachten", {"accounthouder": petra.key}, headers=key, **kind).json()
    assert (made["staat"], made["aantallen"]["wacht"]) == ("klaar-om-na-te-kijken", 1)
    here = f"/api/v1/overdrachten/{made['kenmerk']}"
    client.post(f"{here}/plannen", {"accounthouder": karim.key, "plannen": [plan.reference]}, **kind)
    case = client.get(f"{here}/plannen").json()["resultaten"][0]
    assert (case["kenmerk"], case["naar"]["kenmerk"], case["voorstelVan"]) == (plan.key, karim.key, "gekozen")
    worded = client.patch(here, {"zin": "[vertrekt] gaat met pensioen.", "versie": 1}, **kind).json()
    assert client.post(f"{here}/begin", {"versie": 1}, **kind).status_code == 409
    client.post(f"{here}/begin", {"versie": worded["versie"]}, **kind)
    handover.go_on(int(made["kenmerk"]))
    found = client.get("/api/v1/overdrachten").json()["resultaten"][0]
    assert (found["staat"], found["aantallen"]["overgedragen"]) == ("klaar", 1)
