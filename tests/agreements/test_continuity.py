"""A plan for later, and looking back on the day that was chosen: by both sides, reminded of, never lost."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Notice
from agreements.continuity import reminders, verbs
from agreements.models import ContinuityPlan, ContinuityReview
from desk.day.waiting import Waiting, officer
from initiatives.models import State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage

DAY, NEXT = date(2027, 6, 1), date(2027, 12, 1)
TEXTS = {"people": "Twaalf buren.", "money": "Een potje.", "upkeep": "De buurt.", "ending": "Wij ruimen op."}
LOOKED = {"outcome": "goes_on", "sentence": "Het loopt goed.", "next_on": NEXT}


@pytest.fixture(autouse=True)
def _then(db):
    with time_machine.travel("2027-03-01 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    contact = make.manager("Adviseur groen", user=carla, email="groen@kleindorp.example")
    return make.initiative("Moestuin", by=amina, contact=contact, public=False)


@pytest.fixture
def later(plan, amina):
    return verbs.write(plan, by=amina, **TEXTS, review_on=DAY)


def mails_to(address):
    return OutboxMessage.objects.filter(kind="mail", payload__to=address).count()


def test_either_side_writes_and_the_other_is_told(plan, amina, carla):
    verbs.write(plan, by=amina, people="Twaalf buren.")
    assert (mails_to(amina.email), mails_to("groen@kleindorp.example")) == (0, 1)
    verbs.write(plan, by=carla, version=1, money="Een potje.", review_on=DAY)
    later = ContinuityPlan.objects.get()
    assert (later.people, later.money, later.version) == ("Twaalf buren.", "Een potje.", 2)
    assert later.remind_on < later.review_on == DAY
    assert mails_to(amina.email) == 1
    assert verbs.write(plan, by=carla, version=2, money="Een potje.") is None
    told = Event.objects.filter(what="continuity_written").values_list("details", flat=True)
    assert "potje" not in str(list(told))


def test_who_writes_bit_by_bit_mails_once_a_day(plan, amina, carla):
    for number in range(4):
        verbs.write(plan, by=amina, version=number, people="ab"[number % 2])
    assert mails_to("groen@kleindorp.example") == 1
    assert Notice.objects.filter(user=carla, event__what="continuity_written").count() == 4
    verbs.write(plan, by=carla, version=4, people="c")
    assert mails_to(amina.email) == 1


def test_who_may_write_and_look_back(plan, later, bram, dirk, mo, carla):
    for user in (bram, dirk):
        with pytest.raises(PermissionDenied):
            verbs.write(plan, by=user, version=1, people="Ik")
        with pytest.raises(PermissionDenied):
            verbs.review(plan, by=user, version=1, **LOOKED)
        assert not ContinuityPlan.objects.visible_to(user).exists()
    for user in (mo, carla):
        assert ContinuityPlan.objects.visible_to(user).exists()


@pytest.mark.parametrize("state", [State.STOPPED, State.REFERRED])
def test_what_ended_is_not_written_about(state, amina):
    plan = make.initiative(by=amina, state=state)
    with pytest.raises(ValidationError) as refused:
        verbs.write(plan, by=amina, people="Wij")
    assert refused.value.code == "conflict"


def test_looking_back_chooses_the_next_day(plan, later, carla):
    made = verbs.review(plan, by=carla, version=1, **LOOKED)
    later.refresh_from_db()
    assert (made.was_due_on, later.review_on, later.version) == (DAY, NEXT, 2)
    with pytest.raises(ValidationError, match="Iemand anders was je voor"):
        verbs.review(plan, by=carla, version=1, **LOOKED)
    verbs.review(plan, by=carla, version=2, outcome="stops", sentence="Het is klaar.")
    later.refresh_from_db()
    assert later.review_on is later.remind_on is None
    plan.refresh_from_db()
    assert plan.state == State.IN_DIALOGUE  # ending a plan is a step of its own


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"outcome": "zomaar"}, "outcome", "Kies hoe het verder gaat"),
        ({"sentence": " "}, "sentence", "hoe het gaat"),
        ({"next_on": None}, "next_on", "wanneer jullie weer terugkijken"),
        ({"next_on": date(2027, 2, 1)}, "next_on", "al voorbij"),
        ({"next_on": date(2027, 3, 1)}, "next_on", "na vandaag"),
        ({"next_on": date(2027, 12, 25)}, "next_on", "Kies een werkdag"),
        ({"next_on": date(2099, 1, 5)}, "next_on", "binnen 5 jaar"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changed, field, words, plan, later, amina):
    with pytest.raises(ValidationError) as refused:
        verbs.review(plan, by=amina, version=1, **LOOKED | changed)
    assert words in " ".join(refused.value.message_dict[field])
    assert not ContinuityReview.objects.exists()


def test_the_database_keeps_a_next_day(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContinuityReview.objects.create(initiative=plan, outcome="goes_on", sentence="Goed", on=DAY)


def test_reminded_before_and_once_after(plan, later, amina):
    assert reminders.remind(later.remind_on) == 1
    assert reminders.remind(later.remind_on) == 0
    with time_machine.travel("2027-06-02 10:00+02:00", tick=False):
        assert reminders.remind(date(2027, 6, 2)) == 1
        assert reminders.remind(date(2027, 6, 3)) == 0
    kinds = Notice.objects.filter(user=amina).values_list("event__what", flat=True)
    assert sorted(kinds) == ["review_due_soon", "review_overdue"]
    assert mails_to(amina.email) == 2


def test_nobody_is_reminded_of_what_ended_or_while_town_hall_is_closed(plan, later):
    assert reminders.remind(date(2027, 6, 5)) == 0  # a Saturday
    type(plan).objects.filter(pk=plan.pk).update(state=State.STOPPED)
    assert reminders.remind(date(2027, 6, 2)) == 0


def test_what_is_late_waits_on_the_day_of_the_contact(plan, later, carla, mo):
    with time_machine.travel("2027-06-02 10:00+02:00", tick=False):
        assert Waiting(officer(carla)).counts["terugblik"] == 1
        assert Waiting(officer(carla), only="terugblik")[:5][0]["day"] == DAY
        assert Waiting(officer(mo)).counts["terugblik"] == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_look_back_once(plan, later, amina):
    winners, losers = [], []

    def look(which):
        try:
            winners.append(verbs.review(plan, by=amina, version=1, **LOOKED))
        except ValidationError as refused:
            losers.append(refused.code)

    at_once(20, look)
    assert (len(winners), losers) == (1, ["conflict"] * 19)
    assert Event.objects.filter(what="continuity_reviewed").count() == 1


# The doors ----------------------------------------------------------------------------------------------
def test_the_page_keeps_what_was_typed_when_somebody_was_first(client, plan, later, amina, carla):
    client.force_login(amina)
    verbs.write(plan, by=carla, version=1, money="Van de gemeente.")
    address = f"/mijn/{plan.public_id}/later/"
    sent = TEXTS | {"people": "Twintig buren.", "review_on": "2027-06-01", "version": "1"}
    answer = client.post(f"{address}schrijf/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Iemand anders was je voor" in page
    assert "Twintig buren." in page
    assert "Van de gemeente." in page
    answer = client.post(f"{address}schrijf/", sent | {"version": "2"})
    assert answer.status_code == 302
    assert ContinuityPlan.objects.get().people == "Twintig buren."


def test_a_day_is_asked_for_unless_it_stops(client, plan, later, amina):
    client.force_login(amina)
    address = f"/mijn/{plan.public_id}/later/terugblik/"
    told = {"outcome": "goes_on", "sentence": "Het loopt.", "version": "1", "token": str(uuid.uuid4())}
    answer = client.post(address, told)
    assert answer.status_code == 400
    assert "Kies wanneer jullie weer terugkijken." in answer.content.decode()
    assert "Het loopt." in answer.content.decode()
    assert client.post(address, told | {"outcome": "stops"}).status_code == 302
    assert ContinuityReview.objects.get().next_on is None


def test_both_doors_say_the_same(client, plan, later, amina, bram):
    client.force_login(amina)
    address = f"/api/v1/initiatieven/{plan.reference}"
    read = client.get(f"{address}/later").json()
    assert (read["mensen"], read["terugblikOp"], read["versie"]) == ("Twaalf buren.", "2027-06-01", 1)
    told = {"uitkomst": "gaat-anders", "uitleg": "Met minder.", "volgendeOp": "2027-12-01", "versie": 1}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for _ in range(2):
        answer = client.post(f"{address}/terugblikken", told, content_type="application/json", headers=key)
        assert answer.status_code == 201
    assert ContinuityReview.objects.count() == 1
    changed = {"geld": "Niets", "versie": 1}
    assert client.patch(f"{address}/later", changed, content_type="application/json").status_code == 409
    client.force_login(bram)
    assert client.get(f"{address}/later").status_code == 404


def test_the_line_ends_of_a_browser_change_nothing_and_that_is_said(client, plan, amina):
    client.force_login(amina)
    told = {"mensen": "Twaalf buren.\nEn de school.", "versie": 0}
    address = f"/api/v1/initiatieven/{plan.reference}/later"
    assert client.patch(address, told, content_type="application/json").status_code == 200
    told = {"people": "Twaalf buren.\r\nEn de school.", "version": 1}
    page = client.post(f"/mijn/{plan.public_id}/later/schrijf/", told, follow=True)
    assert "Er is niets veranderd." in page.content.decode()
    assert ContinuityPlan.objects.get().version == 1
