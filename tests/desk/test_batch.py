"""One thing for many plans: each by its own verb, told row by row, and taken back within ten minutes."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Notice, Role
from desk.batch import verbs
from desk.batch.models import Batch, BatchRow
from initiatives.models import Initiative, State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
Act = Batch.Act
PAGE = "/werkbank/samen/"


@pytest.fixture
def groen(carla):
    make.municipality()
    make.front_desk(email="loket@kleindorp.example")
    return make.manager("Adviseur groen", key="groen", user=carla, email="groen@kleindorp.example")


@pytest.fixture
def water(groen):
    return make.manager("Adviseur water", key="water", email="water@kleindorp.example")


def marked(*plans):
    return {one.reference: one.version for one in plans}


def how(batch):
    return [(row.state, row.why) for row in batch.rows.all()]


def mails_to(address):
    found = OutboxMessage.objects.filter(kind="mail", payload__to=address).order_by("created_at")
    return [bytes(one.body).decode() for one in found]


# Doing ------------------------------------------------------------------------------------------------------
def test_plans_go_to_a_colleague_who_gets_one_mail_of_all(carla, groen, water, amina):
    plans = [make.initiative(contact=groen, by=amina) for _ in range(3)]
    made = verbs.do(Act.GIVE, marked(*plans), by=carla, contact=water, told="Zij weet meer van water.")
    assert how(made) == [("done", "")] * 3
    assert set(Initiative.objects.values_list("contact__function", flat=True)) == {"Adviseur water"}
    assert (len(mails_to("water@kleindorp.example")), len(mails_to(amina.email))) == (1, 3)
    assert "Zij weet meer van water." in mails_to(amina.email)[0]
    assert Event.objects.filter(what="assign", by=carla).count() == 3


def test_what_a_verb_refuses_holds_up_none_of_the_others_and_says_why(carla, groen, water):
    good, theirs, changed, stopped, own = (make.initiative(contact=groen) for _ in range(5))
    Initiative.objects.filter(pk=theirs.pk).update(contact=water)
    Initiative.objects.filter(pk=stopped.pk).update(state=State.STOPPED)
    own.participants.create(user=carla, role="initiator")
    asked = marked(good, theirs, changed, stopped, own) | {changed.reference: changed.version + 1}
    made = verbs.do(Act.GIVE, asked, by=carla, contact=water, told="Zij weet meer.")
    assert how(made) == [
        ("done", ""),
        ("passed", "Deze collega is al de contactpersoon."),
        ("passed", "Jij of een collega heeft dit plan net veranderd."),
        ("passed", "Dit kan niet meer: het plan staat op ‘gestopt’."),
        ("passed", "Niemand behandelt een eigen plan."),
    ]


def test_new_plans_are_triaged_together_and_taken_back_together(carla, groen, amina):
    plans = [make.initiative(state=State.SUBMITTED, by=amina) for _ in range(2)]
    made = verbs.do(
        Act.TRIAGE, marked(*plans), by=carla, contact=groen, sentence="[contactpersoon] belt over [plan]."
    )
    assert how(made) == [("done", "")] * 2
    assert "Adviseur groen belt over" in mails_to(amina.email)[0]
    assert verbs.undo(made, by=carla) == 2
    found = set(Initiative.objects.values_list("state", "contact__is_front_desk"))
    assert found == {(State.SUBMITTED, True)}


def test_a_goal_is_linked_and_unlinked_and_a_link_that_was_there_stays(carla, groen):
    goal = make.goal("Bomen")
    new, linked = make.initiative(), make.initiative(goals=[goal])
    made = verbs.do(Act.LINK_GOAL, marked(new, linked), by=carla, goal=goal)
    assert how(made) == [("done", ""), ("passed", "Dit plan hoort al bij dit doel.")]
    verbs.undo(made, by=carla)
    assert list(goal.initiative_links.values_list("initiative", flat=True)) == [linked.pk]


def test_news_of_plans_is_read_at_once(carla, groen):
    plan = make.initiative(contact=groen)
    event = Event.objects.create(subject_kind="initiative", subject_key=str(plan.public_id), what="edit")
    Notice.objects.create(user=carla, event=event)
    made = verbs.do(Act.SEEN, marked(plan), by=carla)
    assert not Notice.objects.unread().exists()
    assert not made.may_be_undone


def test_who_takes_plans_must_be_a_contact(groen, carla):
    plan, nobody = make.initiative(), make.user(role=Role.OFFICER)
    made = verbs.do(Act.TAKE, marked(plan), by=nobody, told="Ik doe dit.")
    assert how(made) == [("passed", "Je bent geen contactpersoon.")]
    assert how(verbs.do(Act.TAKE, marked(plan), by=carla, told="Ik doe dit.")) == [("done", "")]


@pytest.mark.parametrize("who", ["resident", "council"])
def test_only_officers_do_and_undo(who, cast, carla, groen):
    made = verbs.do(Act.SEEN, marked(make.initiative()), by=carla)
    for act in (
        lambda: verbs.do(Act.SEEN, marked(make.initiative()), by=cast[who]),
        lambda: verbs.undo(made, by=cast[who]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_hundred_at_once_and_no_more_and_never_none(carla, groen, water):
    with pytest.raises(ValidationError, match="hoogstens 100"):
        verbs.do(Act.SEEN, {f"IW-{n}": 1 for n in range(101)}, by=carla)
    with pytest.raises(ValidationError, match="Vink eerst aan"):
        verbs.do(Act.SEEN, {}, by=carla)
    with pytest.raises(ValidationError, match="Vul dit in"):
        verbs.do(Act.GIVE, marked(make.initiative()), by=carla, contact=water)
    assert not Batch.objects.exists()


# Taking back ------------------------------------------------------------------------------------------------
def test_taking_back_gives_each_plan_to_whom_it_was_unless_somebody_was_first(carla, groen, water):
    plans = [make.initiative(contact=groen) for _ in range(2)]
    made = verbs.do(Act.GIVE, marked(*plans), by=carla, contact=water, told="Ander werk.")
    third = make.manager("Derde")
    Initiative.objects.filter(pk=plans[1].pk).update(contact=third)
    assert verbs.undo(made, by=carla) == 1
    assert how(made) == [("undone", ""), ("done", "Het plan heeft intussen een andere contactpersoon.")]
    with pytest.raises(ValidationError, match="Terugdraaien kan niet meer"):
        verbs.undo(made, by=carla)


def test_after_ten_minutes_it_stays_and_another_officer_does_not_find_it(carla, groen, water, mo):
    made = verbs.do(Act.GIVE, marked(make.initiative(contact=groen)), by=carla, contact=water, told="Ja.")
    with pytest.raises(PermissionDenied):
        verbs.undo(made, by=mo)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)), pytest.raises(ValidationError):
        verbs.undo(made, by=carla)


def test_after_a_month_it_is_forgotten(carla, groen):
    verbs.do(Act.SEEN, marked(make.initiative()), by=carla)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        verbs.sweep()
    assert not BatchRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_officers_at_once_leave_one_contact_and_every_loser_is_told(groen, carla):
    plan = make.initiative(contact=groen)
    officers = [make.user(role=Role.OFFICER, factor=False) for _ in range(50)]
    contacts = [make.manager(user=one) for one in officers]
    made = []

    def take(which):
        asked = {plan.reference: plan.version}
        made.append(verbs.do(Act.TAKE, asked, by=officers[which], told="Ik doe dit."))

    at_once(50, take)
    states = [row.state for one in made for row in one.rows.all()]
    assert (states.count("done"), states.count("passed")) == (1, 49)
    plan.refresh_from_db()
    assert plan.contact in contacts
    assert Event.objects.filter(what="assign").count() == 1


# The pages and the twin -------------------------------------------------------------------------------------
def test_the_page_asks_first_then_does_it_once_then_offers_the_way_back(client, carla, groen, water):
    client.force_login(carla)
    plan = make.initiative("Moestuin", contact=groen)
    assert f'value="{plan.reference}:1"' in client.get("/werkbank/?lijst=alles").content.decode()
    sent = {"doe": "geven", "plan": [f"{plan.reference}:{plan.version}"]}
    page = client.get(client.post(PAGE, sent).url)  # an address of its own: Back leads there
    assert "Er is nog niets veranderd" in page.content.decode()
    assert not Batch.objects.exists()
    sent |= {"ga": "1", "contact": "water", "told": "Zij weet meer.", "token": str(uuid.uuid4())}
    places = {client.post(PAGE, sent).url for _click in range(2)}
    batch = Batch.objects.get()
    assert places == {batch.get_absolute_url()}
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Gedaan: 1. Overgeslagen: 0." in page
    page = client.post(f"{batch.get_absolute_url()}terug/", follow=True).content.decode()
    assert "1 plan is teruggedraaid." in page


def test_nothing_typed_is_lost_and_what_cannot_be_is_said(client, carla, groen):
    client.force_login(carla)
    plan = make.initiative(contact=groen)
    sent = {"doe": "geven", "plan": f"{plan.reference}:1", "ga": "1", "contact": "niets", "told": "Hierom."}
    page = client.post(PAGE, sent)
    assert page.status_code == 400
    assert "Deze contactpersoon kun je niet meer kiezen" in page.content.decode()
    assert 'value="Hierom."' in page.content.decode()
    assert "Vink eerst aan" in client.post(PAGE, {"doe": "geven"}, follow=True).content.decode()


def test_the_twin_does_the_same_by_the_same_key_once(client, carla, groen, water):
    client.force_login(carla)
    plan = make.initiative(contact=groen)
    asked = {
        "wat": "geven",
        "plannen": [{"kenmerk": plan.reference, "versie": 1}],
        "accounthouder": "water",
        "uitleg": "Zij weet meer.",
    }
    head = {"Idempotency-Key": str(uuid.uuid4())}
    answers = [
        client.post("/api/v1/stapels", asked, content_type="application/json", headers=head)
        for _click in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    made = answers[0].json()
    assert made["plannen"] == [{"plan": plan.reference, "staat": "gedaan", "waarom": ""}]
    back = client.post(f"/api/v1/stapels/{made['kenmerk']}/terugdraaiing")
    assert (back.status_code, back.json()["plannen"][0]["staat"]) == (200, "teruggedraaid")
    again = client.post(f"/api/v1/stapels/{made['kenmerk']}/terugdraaiing")
    assert again.status_code == 409


def test_a_plan_that_this_cannot_be_done_to_is_not_ticked_and_says_why(client, carla, groen):
    client.force_login(carla)
    fresh = make.initiative(state=State.SUBMITTED)
    waits = make.initiative(state=State.AWAITING_DECISION)
    sent = {"doe": "verwerken", "plan": [f"{one.reference}:{one.version}" for one in (fresh, waits)]}
    page = client.post(PAGE, sent, follow=True)
    told = {plan: why for plan, _value, _fits, why in page.context["rows"]}
    assert told == {fresh: "", waits: "Dit kan nu niet: het plan staat op ‘wacht op besluit’."}
    boxes = re.findall(r'<input[^>]*name="plan"[^>]*>', page.text)
    assert [" checked" in one for one in boxes] == [True, False]
