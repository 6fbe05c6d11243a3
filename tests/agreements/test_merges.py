"""Two plans go on together only when the initiators of both say yes; every other way leaves them apart."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Follow, Notice
from agreements.merges import verbs
from agreements.models import CoHandler, Merge, PendingDecision, RequirementQuestion
from initiatives import verbs as plans
from initiatives.models import Initiative, Participant, State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
WHY = "Samen krijg je het plein sneller groen."


@pytest.fixture(autouse=True)
def _town(db):
    make.municipality()


@pytest.fixture
def leaves(amina):
    return make.initiative("Bloembakken op het plein", by=amina, reference="IW-2026-0801")


@pytest.fixture
def stays(bram, carla):
    contact = make.manager("Adviseur groen", email="groen@kleindorp.example")
    return make.initiative("Een groen plein", by=bram, contact=contact, reference="IW-2026-0802")


@pytest.fixture
def merge(leaves, stays, carla):
    return verbs.propose(leaves, stays, by=carla, why=WHY)


def letters(**to):
    return "".join(bytes(one.body).decode() for one in OutboxMessage.objects.filter(kind="mail", **to))


def test_both_are_asked_and_told_why(merge, amina, bram):
    assert {notice.user for notice in Notice.objects.filter(event__what="merge_proposed")} == {amina, bram}
    assert Event.objects.filter(what="merge_proposed", is_public=False).count() == 2
    assert WHY in letters()


def test_it_happens_at_the_second_yes(merge, leaves, stays, amina, bram):
    Follow.objects.create(user=make.user(), kind="initiative", key=str(leaves.public_id))
    assert verbs.agree(merge, by=amina) is False
    leaves.refresh_from_db()
    assert leaves.state == State.IN_DIALOGUE
    assert verbs.agree(Merge.objects.get(), by=bram) is True
    leaves.refresh_from_db()
    assert (leaves.state, leaves.merged_into, Merge.objects.get().state) == (State.STOPPED, stays, "done")
    assert [(one.user, one.role) for one in stays.initiators()] == [
        (bram, "initiator"),
        (amina, "co_initiator"),
    ]
    assert Follow.objects.of_initiative(stays.public_id).count() == 1
    assert set(Event.objects.filter(is_public=True).values_list("what", flat=True)) == {"merge", "take_in"}


def ask(plan):
    demand = make.requirement(plan)
    days = {"asked_on": make.LONG_AGO, "due_on": make.LONG_AGO}
    return RequirementQuestion.objects.create(requirement=demand, text="Moet dit?", **days)


def wait(plan):
    days = {"asked_on": make.LONG_AGO, "planned_on": make.LONG_AGO}
    return PendingDecision.objects.create(
        initiative=plan, key="B801", body="council", question="Mag het?", why="Raad", **days
    )


UNFINISHED = {  # what may not be lost -> how it comes to be
    "toezeggingen": make.commitment,
    "werk van collega’s": lambda plan: CoHandler.objects.create(
        initiative=plan, manager=plan.contact, task="Kijkt", due_on=make.LONG_AGO
    ),
    "vragen over eisen": ask,
    "besluiten": wait,
}


@pytest.mark.parametrize("what", UNFINISHED)
def test_what_still_runs_is_finished_first(what, client, leaves, stays, amina, bram, carla):
    made = verbs.propose(leaves, stays, by=carla, why=WHY)
    verbs.agree(made, by=amina)
    left = UNFINISHED[what](leaves)
    with pytest.raises(ValidationError, match="moet de gemeente eerst iets afronden") as refused:
        verbs.agree(made, by=bram)
    assert leaves.reference not in str(refused.value)
    verbs.withdraw(made, by=carla)
    with pytest.raises(ValidationError, match=f"{leaves.reference} kan nog niet eindigen.*: {what}"):
        verbs.propose(leaves, stays, by=carla, why=WHY)
    client.force_login(carla)
    page = client.get(f"/werkbank/{leaves.reference}/dubbel/{stays.reference}/").content.decode()
    assert f"Rond daar eerst af wat nog loopt: {what}." in page
    assert verbs.propose(stays, leaves, by=carla, why=WHY)  # the plan that goes on keeps what it has
    left.delete()
    assert verbs.hurdles(leaves, stays) == []


def test_nobody_becomes_initiator_of_a_plan_they_handle(leaves, stays, amina, bram, carla):
    merge = verbs.propose(leaves, stays, by=carla, why=WHY)
    verbs.agree(merge, by=amina)
    stays.contact.user = amina
    stays.contact.save()
    with pytest.raises(ValidationError, match="Samengaan kan nu nog niet"):
        verbs.agree(merge, by=bram)
    assert [one.user for one in stays.initiators()] == [bram]
    verbs.withdraw(merge, by=carla)
    with pytest.raises(ValidationError, match=f"Geef {stays.reference} eerst een andere contactpersoon."):
        verbs.propose(leaves, stays, by=carla, why=WHY)


def test_who_has_both_plans_says_yes_once(leaves, amina, carla):
    second = make.initiative("Nog eens", by=amina)
    made = verbs.propose(leaves, second, by=carla, why=WHY)
    assert verbs.agree(made, by=amina) is True
    assert [one.user for one in second.initiators()] == [amina]


def test_a_no_needs_no_reason_ends_it_and_is_not_asked_again(merge, leaves, stays, amina, carla, bram):
    verbs.agree(merge, by=amina)
    verbs.decline(merge, by=bram)
    assert Notice.objects.filter(event__what="merge_declined", user=amina).exists()
    with pytest.raises(ValidationError, match="Iemand anders was je voor: dit voorstel is al blijven apart"):
        verbs.agree(merge, by=bram)
    with pytest.raises(ValidationError, match="zei kort geleden nee"):
        verbs.propose(stays, leaves, by=carla, why=WHY)
    Merge.objects.update(closed_at=timezone.now() - timedelta(days=91))
    assert verbs.propose(stays, leaves, by=carla, why=WHY)


def test_who_may_do_what(merge, leaves, stays, amina, bram, carla, dirk, mo):
    for user in (amina, dirk):
        with pytest.raises(PermissionDenied):
            verbs.propose(leaves, stays, by=user, why=WHY)
        with pytest.raises(PermissionDenied):
            verbs.withdraw(merge, by=user)
    for user in (carla, dirk, mo, make.user()):
        with pytest.raises(PermissionDenied):
            verbs.agree(merge, by=user)
        with pytest.raises(PermissionDenied):
            verbs.decline(merge, by=user)
    own = make.initiative(by=carla)
    with pytest.raises(PermissionDenied):
        verbs.propose(own, stays, by=carla, why=WHY)
    verbs.withdraw(merge, by=mo)
    assert Merge.objects.get().state == "withdrawn"


@pytest.mark.parametrize("why", ["", "   "])
def test_a_proposal_says_why(why, leaves, stays, carla):
    with pytest.raises(ValidationError, match="Schrijf in één zin waarom"):
        verbs.propose(leaves, stays, by=carla, why=why)


def test_one_proposal_a_pair_whichever_way_round(merge, leaves, stays, carla, amina):
    with pytest.raises(ValidationError, match="loopt al een voorstel"):
        verbs.propose(stays, leaves, by=carla, why=WHY)
    with pytest.raises(IntegrityError, match="one_open_merge_a_pair"), transaction.atomic():
        Merge.objects.create(leaves=stays, stays=leaves, why=WHY, until=merge.until)
    with pytest.raises(ValidationError, match="met zichzelf"):
        verbs.propose(leaves, leaves, by=carla, why=WHY)
    nobody = make.initiative("Zonder account")
    with pytest.raises(ValidationError, match="heeft hier geen account"):
        verbs.propose(leaves, nobody, by=carla, why=WHY)


def test_it_lapses_after_thirty_days_once(merge, amina):
    verbs.agree(merge, by=amina)
    assert verbs.lapse(merge.until) == 0
    day_after = merge.until + timedelta(days=1)
    assert [verbs.lapse(day_after), verbs.lapse(day_after)] == [1, 0]
    assert Event.objects.filter(what="merge_lapsed").count() == 2


def test_too_late_to_say_yes(merge, amina):
    with (
        time_machine.travel(merge.until + timedelta(days=2), tick=False),
        pytest.raises(ValidationError, match="verlopen"),
    ):
        verbs.agree(merge, by=amina)


def test_no_circles_and_no_way_back(merge, leaves, stays, amina, bram, carla):
    third = make.initiative("Een derde plan", by=make.user())
    other = verbs.propose(third, leaves, by=carla, why=WHY)
    verbs.agree(merge, by=amina)
    verbs.agree(merge, by=bram)
    other.refresh_from_db()
    assert other.state == "lapsed"
    leaves.refresh_from_db()
    with pytest.raises(ValidationError, match="is gestopt"):
        verbs.propose(stays, leaves, by=carla, why=WHY)
    with pytest.raises(ValidationError, match="ging verder in een ander plan"):
        plans.step("reopen", leaves, by=carla)
    assert "reopen" not in plans.allowed(leaves, carla)
    with pytest.raises(IntegrityError, match="merged_initiative_has_stopped"), transaction.atomic():
        Initiative.objects.filter(pk=leaves.pk).update(state=State.IN_DIALOGUE)


def test_lists_and_search_leave_it_out_and_its_page_leads_on(client, leaves, stays, amina, bram, merge):
    verbs.agree(merge, by=amina)
    verbs.agree(merge, by=bram)
    for address in ("/initiatieven/?zoek=bloembakken", "/zoeken/?zoek=bloembakken"):
        assert f'"{leaves.get_absolute_url()}"' not in client.get(address).content.decode()
    assert client.get("/api/v1/initiatieven?zoek=bloembakken").json()["aantal"] == 0
    assert f'href="{stays.get_absolute_url()}"' in client.get(leaves.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/initiatieven/{leaves.reference}").json()["verderIn"] == stays.reference


def test_messages_stay_with_whom_they_were_for(client, leaves, stays, amina, bram, carla, merge):
    plans.write(leaves, by=amina, text="Alleen tussen mij en de gemeente")
    plans.write(stays, by=bram, text="Mijn buurman is ziek")
    verbs.agree(merge, by=amina)
    verbs.agree(merge, by=bram)
    plans.write(stays, by=bram, text="Welkom allemaal")
    client.force_login(amina)
    theirs = client.get(f"/mijn/{stays.public_id}/").content.decode()
    assert "Welkom allemaal" in theirs
    assert "Mijn buurman is ziek" not in theirs
    assert "buurman" not in str(client.get(f"/api/v1/initiatieven/{stays.reference}/berichten").json())
    assert "Alleen tussen mij" in client.get(f"/mijn/{leaves.public_id}/").content.decode()
    client.force_login(bram)
    assert client.get(f"/mijn/{leaves.public_id}/").status_code == 404


def test_a_plan_that_is_not_on_the_site_is_not_named(client, amina, bram, carla, leaves):
    hidden = make.initiative("Het geheime plein", by=bram, public=False)
    made = verbs.propose(leaves, hidden, by=carla, why=WHY)
    client.force_login(amina)
    assert "geheime" not in letters(payload__to=amina.email)
    page = client.get(f"/mijn/{leaves.public_id}/samengaan/{made.pk}/").content.decode()
    assert "een plan dat niet op de site staat" in page
    assert "geheime" not in page
    [row] = client.get(f"/api/v1/initiatieven/{leaves.reference}/samenvoegingen").json()
    assert row["anderPlan"] is None


def test_an_initiator_cannot_ask_which_plans_there_are(client, amina, bram, leaves):
    hidden = make.initiative("Het geheime plein", by=bram, public=False)
    client.force_login(amina)
    address = f"/api/v1/initiatieven/{leaves.reference}/samenvoegingen"
    told = {"ditPlanGaatDoor": True, "waarom": WHY}
    for other in (hidden.reference, "IW-2026-9999"):
        answer = client.post(address, told | {"anderPlan": other}, content_type="application/json")
        assert answer.status_code == 404


def test_the_page_answers_once(client, merge, leaves, amina, bram):
    address = f"/mijn/{leaves.public_id}/samengaan/{merge.pk}/"
    client.force_login(bram)
    assert client.get(address).status_code == 404
    client.force_login(amina)
    assert client.post(address, {"antwoord": "misschien"}).status_code == 400
    assert client.post(address, {"antwoord": "ja"}).status_code == 302
    again = client.post(address, {"antwoord": "ja"})
    assert again.status_code == 409
    assert "Je zei al ja" in again.content.decode()
    assert client.post(address, {"antwoord": "nee"}).status_code == 302
    assert "Dit is niet meer nodig" in client.get(address).content.decode()
    assert client.get(f"/mijn/{leaves.public_id}/samengaan/{'9' * 30}/").status_code == 404


def test_what_became_of_it_is_to_be_read_by_both(client, merge, leaves, stays, amina, bram):
    verbs.agree(merge, by=amina)
    verbs.agree(merge, by=bram)
    for user, plan, words in ((amina, leaves, "Een groen plein"), (bram, stays, "Jouw plan gaat door")):
        client.force_login(user)
        page = client.get(f"/mijn/{plan.public_id}/samengaan/{merge.pk}/").content.decode()
        assert "Jullie gaan samen verder" in page
        assert words in page
        assert client.get(f"/mijn/{plan.public_id}/").status_code == 200


def test_the_desk_finds_doubles_and_proposes(client, carla, leaves, stays, amina):
    Initiative.objects.filter(pk__in=[leaves.pk, stays.pk]).update(place="Het Plein")
    client.force_login(carla)
    page = client.get(f"/werkbank/{leaves.reference}/dubbel/").content.decode()
    assert "Een groen plein" in page
    assert "Dezelfde plek" in page
    form = f"/werkbank/{leaves.reference}/dubbel/{stays.reference}/"
    empty = client.post(form, {"token": uuid.uuid4(), "why": "x" * 501})
    assert empty.status_code == 400
    assert "x" * 501 in empty.content.decode()
    sent = {"token": uuid.uuid4(), "goes_on": "ander", "why": WHY}
    for _click in range(2):
        assert client.post(form, sent).status_code == 302
    made = Merge.objects.get()
    assert (made.leaves, made.stays) == (leaves, stays)
    assert client.post(f"/werkbank/{leaves.reference}/dubbel/{made.pk}/terug/").status_code == 302
    assert Merge.objects.get().state == "withdrawn"


def test_the_same_by_the_api(client, carla, amina, bram, leaves, stays):
    client.force_login(carla)
    address = f"/api/v1/initiatieven/{leaves.reference}/samenvoegingen"
    sent = {"anderPlan": stays.reference, "ditPlanGaatDoor": False, "waarom": WHY}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for _again in range(2):
        [made] = client.post(address, sent, content_type="application/json", headers=key).json()
    for user in (amina, bram):
        client.force_login(user)
        here = leaves if user == amina else stays
        answer = f"/api/v1/initiatieven/{here.reference}/samenvoegingen/{made['kenmerk']}/antwoord"
        [row] = client.post(answer, {"ja": True}, content_type="application/json").json()
    assert row["stand"] == "samengegaan"
    client.force_login(carla)
    assert client.get(f"/api/v1/initiatieven/{leaves.reference}/dubbelen").json() == []


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_merge_once_and_the_others_are_told(amina, bram, carla, leaves, stays):
    """Yes of both sides, a no, a step of each plan: never two ends, and every loser hears it."""
    made = verbs.propose(leaves, stays, by=carla, why=WHY)
    merged, told = [], []

    def act(which):
        try:
            if verbs.agree(Merge.objects.get(pk=made.pk), by=(amina, bram)[which % 2]):
                merged.append(which)
        except ValidationError as refused:
            told.append(refused.messages[0])

    at_once(50, act)
    assert len(merged) == 1
    assert len(told) == 48
    assert Event.objects.filter(what="merge").count() == Event.objects.filter(what="take_in").count() == 1
    assert Participant.objects.filter(initiative=stays).count() == 2
