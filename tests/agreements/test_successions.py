"""Who stops is followed up: asked by mail, never forced, and somebody always carries the plan."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Role
from agreements.continuity import successions, verbs
from agreements.merges import verbs as merges
from agreements.models import Merge, Succession
from initiatives.models import Initiative, Participant, State
from initiatives.verbs import initiator
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

TO = {"email": "Opvolger@voorbeeld.example", "message": "Jij kent de buurt."}


@pytest.fixture(autouse=True)
def _then(db):
    with time_machine.travel("2027-03-01 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    amina.last_login = timezone.now()
    amina.save()
    contact = make.manager("Adviseur groen", user=carla, email="groen@kleindorp.example")
    return make.initiative("Moestuin", by=amina, contact=contact, public=False)


@pytest.fixture
def successor():
    return make.user("opvolger@voorbeeld.example")


def mail_to(address):
    found = OutboxMessage.objects.filter(kind="mail", payload__to=address)
    return "".join(bytes(one.body).decode().replace("=\n", "") for one in found)


def test_who_is_asked_takes_over_and_who_stops_is_let_go(plan, amina, successor):
    seat = plan.participants.get(user=amina)
    promise = make.commitment(plan, "Wij geven water", participant=seat)
    asked = successions.offer(plan, by=amina, **TO)
    assert "/opvolgen/" in mail_to(asked.email)
    assert asked.message not in mail_to(asked.email)  # nobody sends words of their own in our name
    successions.accept(asked, by=successor)
    promise.refresh_from_db()
    seat.refresh_from_db()
    assert [one.user for one in plan.initiators()] == [successor]
    assert (seat.role, promise.participant.user) == ("former", successor)
    assert (asked.state, asked.email, asked.taken_by) == ("accepted", "", successor)
    assert not initiator(amina, plan)
    assert not Initiative.objects.visible_to(amina).filter(pk=plan.pk).exists()
    assert f"/mijn/{plan.public_id}/" not in mail_to(amina.email)  # a page she can't open any more
    assert "zei ja" in mail_to(amina.email)
    assert not plan.talk(successor).filter(at__lt=plan.participants.get(user=successor).since).exists()


def test_who_stopped_may_come_back(plan, amina, successor):
    successions.accept(successions.offer(plan, by=amina, **TO), by=successor)
    back = successions.offer(plan, by=successor, email=amina.email)
    successions.accept(back, by=amina)
    assert [one.user for one in plan.initiators()] == [amina]
    assert plan.participants.filter(user=amina).count() == 1


def test_who_stopped_comes_back_with_a_merge_and_stops_again(plan, amina, bram, successor):
    successions.accept(successions.offer(plan, by=amina, **TO), by=successor)
    merge = merges.propose(make.initiative(by=amina), plan, by=make.user(role=Role.OFFICER), why="Samen.")
    merges.agree(merge, by=amina)
    merges.agree(Merge.objects.get(), by=successor)
    assert plan.participants.get(user=amina).role == "co_initiator"
    successions.step_out(plan, by=amina)
    assert [one.user for one in plan.initiators()] == [successor]


def test_who_left_before_and_sits_there_again_stops_with_one_place(plan, amina, successor):
    before = Participant.objects.create(initiative=plan, user=successor, role="former")
    Participant.objects.create(initiative=plan, user=successor, role="co_initiator")
    promise = make.commitment(
        plan, participant=before, state="kept", kept_on=make.LONG_AGO, evidence="Gedaan"
    )
    successions.step_out(plan, by=successor)
    place = plan.participants.get(user=successor)
    promise.refresh_from_db()
    assert (place.role, promise.participant) == ("former", place)


def test_only_who_was_asked_answers(plan, amina, bram, carla, mo, successor):
    asked = successions.offer(plan, by=amina, **TO)
    for user in (bram, carla, mo, amina):
        with pytest.raises(PermissionDenied):
            successions.accept(asked, by=user)
        with pytest.raises(PermissionDenied):
            successions.decline(asked, by=user)
    successions.decline(asked, by=successor)
    assert [one.user for one in plan.initiators()] == [amina]
    with pytest.raises(ValidationError, match="al nee gezegd"):
        successions.accept(asked, by=successor)


def test_who_may_ask_and_take_back(plan, amina, bram, carla, dirk):
    for user in (bram, dirk):
        with pytest.raises(PermissionDenied):
            successions.offer(plan, by=user, **TO)
    asked = successions.offer(plan, by=amina, **TO)
    with pytest.raises(PermissionDenied):
        successions.withdraw(asked, by=bram)
    successions.withdraw(asked, by=carla)
    assert (asked.state, asked.email) == ("withdrawn", "")


def test_an_officer_asks_only_for_who_is_gone_and_says_why(plan, amina, carla):
    with pytest.raises(ValidationError) as refused:
        successions.offer(plan, by=carla, reason="Is stil.", **TO)
    assert "leaves" in refused.value.message_dict
    amina.last_login = timezone.now() - timedelta(days=91)
    amina.save()
    with pytest.raises(ValidationError) as refused:
        successions.offer(plan, by=carla, reason=" ", **TO)
    assert "reason" in refused.value.message_dict
    asked = successions.offer(plan, by=carla, reason="Verhuisd.", **TO)
    assert "Verhuisd." in mail_to(amina.email)
    successions.withdraw(asked, by=amina)  # she is there after all


def test_who_has_an_account_is_never_put_out_and_keeps_what_they_promised(
    client, plan, amina, carla, successor
):
    amina.last_login = timezone.now() - timedelta(days=91)
    amina.save()
    promise = make.commitment(plan, "Wij geven water", participant=plan.participants.get(user=amina))
    asked = successions.offer(plan, by=carla, reason="Stil.", **TO)
    page = client.get(asked.link()).content.decode()
    assert "Wie stopt doet nog mee tot die zelf stopt." in page
    assert "Je plek is die van wie stopt" not in page
    assert promise.text not in page
    successions.accept(asked, by=successor)
    assert {one.user for one in plan.initiators()} == {amina, successor}
    promise.refresh_from_db()
    assert promise.participant.user == amina
    promise.delete()
    successions.step_out(plan, by=amina)
    assert [one.user for one in plan.initiators()] == [successor]


def test_who_has_no_account_is_let_go_and_their_address_forgotten(plan, carla, successor):
    gone = Participant.objects.create(
        initiative=plan, role="co_initiator", name="Geert", email="geert@voorbeeld.example", phone="06"
    )
    asked = successions.offer(plan, by=carla, leaves=gone, reason="Overleden.", **TO)
    successions.accept(asked, by=successor)
    gone.refresh_from_db()
    assert (gone.role, gone.name, gone.email, gone.phone) == ("former", "", "", "")


def test_the_last_one_does_not_step_out_nor_one_with_a_promise(plan, amina, successor):
    with pytest.raises(ValidationError, match="de enige"):
        successions.step_out(plan, by=amina)
    seat = Participant.objects.create(initiative=plan, user=successor, role="co_initiator")
    make.commitment(plan, participant=seat)
    with pytest.raises(ValidationError, match="toezegging open"):
        successions.step_out(plan, by=successor)


def test_the_contact_does_not_take_over_the_plan_they_handle(plan, amina, carla):
    asked = successions.offer(plan, by=amina, email=carla.email)
    with pytest.raises(ValidationError, match="Niemand begeleidt een eigen plan"):
        successions.accept(asked, by=carla)


def test_nobody_is_asked_twice_or_too_often(plan, amina):
    with pytest.raises(ValidationError) as refused:
        successions.offer(plan, by=amina, email=amina.email.upper())
    assert "email" in refused.value.message_dict
    asked = successions.offer(plan, by=amina, **TO)
    with pytest.raises(ValidationError, match="al iemand gevraagd"):
        successions.offer(plan, by=amina, email="ander@voorbeeld.example")
    for number in range(successions.MOST - 1):
        successions.withdraw(asked, by=amina)
        asked = successions.offer(plan, by=amina, email=f"nr{number}@voorbeeld.example")
    successions.withdraw(asked, by=amina)
    with pytest.raises(ValidationError, match="al 5 mensen gevraagd"):
        successions.offer(plan, by=amina, email="nog@voorbeeld.example")


@pytest.mark.parametrize(
    "fields", [{"state": State.SUBMITTED}, {"state": State.PAUSED, "previous_state": State.SUBMITTED}]
)
def test_nobody_is_asked_for_a_plan_that_nobody_read(fields, amina):
    plan = make.initiative(by=amina, public=False, **fields)
    with pytest.raises(ValidationError) as refused:
        successions.offer(plan, by=amina, **TO)
    assert refused.value.code == "conflict"
    assert not OutboxMessage.objects.exists()


def test_with_many_plans_one_still_asks_few_people(amina):
    plans = [make.initiative(by=amina) for _ in range(successions.MOST + 1)]
    for number, one in enumerate(plans[:-1]):
        successions.offer(one, by=amina, email=f"nr{number}@voorbeeld.example")
    with pytest.raises(ValidationError, match="Je vroeg al 5 mensen"):
        successions.offer(plans[-1], by=amina, email="nog@voorbeeld.example")


def test_one_mailbox_is_asked_a_few_times_whoever_asks(amina, bram, settings):
    times, _length = settings.LIMITS["succession"]
    for number in range(times):
        by = (amina, bram)[number % 2]
        asked = successions.offer(make.initiative(by=by), by=by, **TO)
        successions.withdraw(asked, by=by)
    with pytest.raises(ValidationError) as refused:
        successions.offer(make.initiative(by=bram), by=bram, email=TO["email"].lower())
    assert "email" in refused.value.message_dict
    assert mail_to(TO["email"].lower()).count("/opvolgen/") == times


def test_a_question_without_an_answer_ends(plan, amina):
    asked = successions.offer(plan, by=amina, **TO)
    assert successions.lapse() == 0
    with time_machine.travel("2027-04-01 10:00+01:00", tick=False):
        assert (successions.lapse(), successions.lapse()) == (1, 0)
    asked.refresh_from_db()
    assert (asked.state, asked.email) == ("lapsed", "")


def test_a_plan_that_ended_is_not_taken_over(plan, amina, successor):
    asked = successions.offer(plan, by=amina, **TO)
    Initiative.objects.filter(pk=plan.pk).update(state=State.STOPPED)
    with pytest.raises(ValidationError, match="het plan staat op ‘gestopt’"):
        successions.accept(asked, by=successor)
    assert not Succession.objects.signed(asked.link().split("/")[2]).exists()
    mails = OutboxMessage.objects.count()
    assert successions.lapse() == 1
    assert OutboxMessage.objects.count() == mails  # of a plan that is over there is nothing to tell
    assert Event.objects.filter(what="succession_lapsed").exists()


def test_who_stops_is_told_of_once_also_when_that_ends_a_question(plan, amina):
    other = make.user("ander@voorbeeld.example")
    Participant.objects.create(initiative=plan, user=other, role="co_initiator")
    asked = successions.offer(plan, by=amina, **TO)
    mails = OutboxMessage.objects.filter(payload__to=other.email)
    before = mails.count()
    successions.step_out(plan, by=amina)
    asked.refresh_from_db()
    assert (asked.state, mails.count()) == ("withdrawn", before + 1)


@pytest.mark.django_db(transaction=True)
def test_many_answers_at_once_count_once(plan, amina, successor):
    asked = successions.offer(plan, by=amina, **TO)
    outcomes = []

    def answer(which):
        copy = Succession.objects.select_related("initiative", "leaves").get(pk=asked.pk)
        try:
            (successions.accept if which % 2 else successions.decline)(copy, by=successor)
            outcomes.append("done")
        except ValidationError as refused:
            outcomes.append(refused.code)

    at_once(20, answer)
    assert sorted(outcomes) == ["conflict"] * 19 + ["done"]
    assert plan.initiators().count() == 1


# The doors ----------------------------------------------------------------------------------------------
def test_the_link_shows_the_plan_and_asks_a_code(client, plan, amina, bram, successor):
    asked = successions.offer(plan, by=amina, **TO)
    page = client.get(asked.link()).content.decode()
    assert plan.title in page
    assert TO["message"] not in page
    assert "Stuur mij een code" in page
    assert amina.email not in page
    assert "opvolger@" not in page
    answer = client.post(asked.link())
    assert answer.status_code == 302
    assert "/account/inloggen/code/" in answer["Location"]
    client.force_login(bram)
    assert client.post(asked.link(), {"antwoord": "ja"}).status_code == 403
    assert TO["message"] not in client.get(asked.link()).content.decode()
    client.force_login(successor)
    assert TO["message"] in client.get(asked.link()).content.decode()
    assert client.post(asked.link(), {"antwoord": "zeker"}).status_code == 400
    answer = client.post(asked.link(), {"antwoord": "ja"})
    assert answer["Location"] == f"/mijn/{plan.public_id}/"
    assert client.get(asked.link()).status_code == 404
    assert client.get(f"/mijn/{plan.public_id}/").status_code == 200


def test_town_hall_shows_nobody_what_is_not_on_the_site(client, plan, amina, carla, successor):
    verbs.write(plan, by=carla, people="De buren van nummer acht.")
    amina.last_login = timezone.now() - timedelta(days=91)
    amina.save()
    asked = successions.offer(plan, by=carla, reason="Stil.", **TO)
    page, mail = client.get(asked.link()).content.decode(), mail_to(asked.email)
    for words in (plan.title, plan.summary, plan.story):
        assert words not in page
        assert words not in mail
    assert plan.reference in page
    assert plan.reference in mail
    Initiative.objects.filter(pk=plan.pk).update(wants_public=True, released_at=timezone.now())
    page = client.get(asked.link()).content.decode()
    assert plan.title in page
    assert plan.summary in page
    assert "nummer acht" not in page
    client.force_login(successor)
    assert "nummer acht" in client.get(asked.link()).content.decode()


def test_whoever_holds_a_link_of_town_hall_reads_no_promise_that_is_not_on_the_site(
    client, plan, carla, successor
):
    plan.participants.filter(role="initiator").update(user=None, email="", name="Bas")
    seat = plan.participants.get(role="initiator")
    make.commitment(plan, "Wij vegen de stoep", participant=seat, is_public=True)
    make.commitment(plan, "Wij bellen de buren", participant=seat, is_public=False)
    Initiative.objects.filter(pk=plan.pk).update(wants_public=True, released_at=timezone.now())
    asked = successions.offer(plan, by=carla, reason="Stil.", **TO)
    page = client.get(asked.link()).content.decode()
    assert "vegen de stoep" in page
    assert "bellen de buren" not in page
    client.force_login(successor)
    assert "bellen de buren" in client.get(asked.link()).content.decode()


def test_both_doors_ask_once_and_take_back(client, plan, amina):
    client.force_login(amina)
    address = f"/api/v1/initiatieven/{plan.reference}/opvolgingen"
    key = {"Idempotency-Key": str(uuid.uuid4())}
    told = {"email": TO["email"], "bericht": "Ja?"}
    for _ in range(2):
        answer = client.post(address, told, content_type="application/json", headers=key)
        assert answer.status_code == 201, answer.content
    number = answer.json()["kenmerk"]
    assert Succession.objects.count() == 1
    page = client.get(f"/mijn/{plan.public_id}/later/").content.decode()
    assert "Trek de vraag in" in page
    assert "opvolger@" not in page
    answer = client.post(f"{address}/{number}/intrekking", {}, content_type="application/json")
    assert answer.json()["stand"] == "ingetrokken"
    answer = client.post(f"/mijn/{plan.public_id}/later/intrekken/", {"kenmerk": number})
    assert answer.status_code == 409
