"""My day: what waits for one officer, in which order, for whom not, and what one click does."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from agreements.models import CoHandler, ContinuityPlan, PendingDecision, Referral, RequirementQuestion
from contacts.models import Absence
from desk.day.waiting import SETS, Waiting, officer
from desk.models import HandOver, Mention, Note
from goals import verbs as goals
from initiatives.models import Clock, ClockKind, Interaction, Message, State
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
DAY, NUMBERS = "/werkbank/mijn-dag/", "/api/v1/mijn-dag/aantallen"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-24 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def groen(carla):
    make.front_desk(user=make.user(role=Role.OFFICER))
    buiten = make.department("Buiten")
    return make.manager("Adviseur groen", key="groen", user=carla, department=buiten)


def in_days(number):
    return TODAY + timedelta(number)


def full_day(groen, mo):
    """One thing of every kind that waits for the adviser; each with a day of its own."""
    read = make.initiative("Gelezen", contact=groen)
    make.suggestion(read, goal=make.goal("Bomen", owner=groen, verified_on=date(2026, 1, 5)))
    clock = {"days": 5, "started_on": in_days(-20), "warn_on": in_days(-9), "due_on": in_days(-8)}
    Clock.objects.create(initiative=read, kind=ClockKind.CONTACT, **clock)
    Message.objects.create(initiative=read, text="Wanneer hoor ik iets?", at=timezone.now() - timedelta(2))
    demand = make.requirement(read)
    RequirementQuestion.objects.create(requirement=demand, text="Moet dat?", due_on=in_days(3))
    make.commitment(read, "Planten", manager=groen, due_on=in_days(-1))
    days = {"asked_on": in_days(-30), "planned_on": in_days(-3)}
    PendingDecision.objects.create(key="B9", initiative=read, question="Mag het?", body="council", **days)
    other = make.initiative("Van een ander", contact=make.manager("Ander"))
    CoHandler.objects.create(initiative=other, manager=groen, task="Kijkt naar kabels", due_on=TODAY)
    moment = {"how": "gebeld", "note": "Over de zaal.", "on": in_days(-2), "by": groen.user}
    talk = Interaction.objects.create(**moment, next_step="Stuur de data", next_on=in_days(2))
    talk.organisations.add(make.organisation("Buurthuis"))
    make.assessment(read, make.framework(), reacted_on=in_days(-4))
    away = make.initiative("Bij het waterschap", contact=groen, state=State.REFERRED)
    sent = {"sent_at": timezone.now() - timedelta(20), "until": timezone.now() + timedelta(40)}
    whom = {"name": "Waterschap", "email": "info@waterschap.example", "why": "Sloot.", "expect": "Een brief."}
    Referral.objects.create(initiative=away, due_on=in_days(-5), **whom, **sent)
    late = in_days(-6)
    ContinuityPlan.objects.create(initiative=read, review_on=late, remind_on=late)
    note = Note.objects.create(initiative=other, text="Kijk even.", by=mo, at=timezone.now())
    Mention.objects.create(note=note, manager=groen)
    make.initiative("Nog niet gelezen", contact=groen)
    groen.department.lead = groen
    groen.department.save()
    leaves = make.manager("Vertrekt", department=groen.department)
    HandOver.objects.create(manager=leaves, by=mo, sentence="Ander werk.", made_at=timezone.now())
    return read


def kinds(user, **options):
    return [row["kind"] for row in Waiting(officer(user), **options)[:50]]


def test_everything_that_waits_stands_in_order_of_its_day(groen, carla, mo):
    full_day(groen, mo)
    rows = Waiting(officer(carla))[:50]
    assert [(row["kind"], row["day"]) for row in rows] == [
        ("doel", date(2026, 7, 6)),
        ("termijn", in_days(-8)),
        ("terugblik", in_days(-6)),
        ("doorverwezen", in_days(-5)),
        ("afweging", in_days(-4)),
        ("besluit", in_days(-3)),
        ("bericht", in_days(-2)),
        ("toezegging", in_days(-1)),
        ("collega", TODAY),
        ("genoemd", TODAY),
        ("ongelezen", TODAY),
        ("overdracht", TODAY),
        ("stap", in_days(2)),
        ("vraag", in_days(3)),
    ]
    assert {row["kind"] for row in rows} == set(SETS) - {"nieuw"}
    assert Waiting(officer(carla)).counts == dict.fromkeys(SETS, 1) | {"nieuw": 0}


def test_nothing_of_it_waits_for_somebody_else(groen, mo):
    full_day(groen, mo)
    other = make.user(role=Role.OFFICER)
    make.manager("Adviseur water", user=other)
    assert kinds(other) == []


def test_who_was_asked_and_said_whether_it_fits_waits_no_more(groen, carla, mo):
    full_day(groen, mo)
    found = Referral.objects.all()
    found.update(answer="received", answered_at=timezone.now())
    assert "doorverwezen" in kinds(carla)
    found.update(due_on=TODAY)
    assert "doorverwezen" not in kinds(carla)
    found.update(due_on=in_days(-5), answer="takes_on")
    assert "doorverwezen" not in kinds(carla)


def test_plans_that_ended_wait_only_to_be_closed_and_plans_of_ones_own_for_nobody(groen, carla, mo):
    plan = full_day(groen, mo)
    type(plan).objects.exclude(title="Nog niet gelezen").update(state=State.STOPPED)
    assert sorted(kinds(carla)) == ["afweging", "doel", "ongelezen", "overdracht", "stap"]
    type(plan).objects.update(state=State.IN_DIALOGUE)
    for one in type(plan).objects.all():
        one.participants.create(user=carla, role="initiator")
    assert sorted(kinds(carla)) == ["doel", "overdracht", "stap"]


def test_new_plans_wait_for_the_front_desk_or_for_all_where_nobody_signs_in_for_it(groen, carla):
    make.initiative("Nieuw", state=State.SUBMITTED)
    desk = make.front_desk()
    assert (kinds(desk.user), kinds(carla)) == (["nieuw"], [])
    desk.user = None
    desk.save()
    assert kinds(carla) == ["nieuw"]


def test_who_stands_in_sees_the_day_of_who_is_away(groen, carla, mo):
    full_day(groen, mo)
    user = make.user(role=Role.OFFICER)
    deputy = make.manager("Vervanger", user=user)
    Absence.objects.create(manager=groen, since=TODAY, deputy=deputy)
    assert sorted(kinds(user)) == sorted(set(SETS) - {"nieuw", "doel", "overdracht", "stap"})


def test_the_page_and_its_twin_tell_the_same_and_cost_the_same_however_full(groen, carla, mo):
    full_day(groen, mo)
    client = Client()
    client.force_login(carla)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(asked)

    places = (DAY, "/api/v1/mijn-dag?perPagina=100", NUMBERS)
    few = [cost(place) for place in places]
    for _ in range(60):
        make.initiative(contact=groen)
    assert [cost(place) for place in places] == few
    assert max(few) <= 12
    page = client.get(DAY)
    rows = client.get("/api/v1/mijn-dag").json()["resultaten"]
    assert [(row["kind"], row["title"]) for row in page.context["rows"]] == [
        (row["soort"], row["titel"]) for row in rows
    ]
    numbers = {row["soort"]: row["aantal"] for row in client.get(NUMBERS).json()}
    only = client.get(f"{DAY}?soort=ongelezen").context["page_obj"]
    assert numbers["ongelezen"] == only.paginator.count == 61


@pytest.mark.parametrize("query", ["?soort=niets", "?soort=%00"])
def test_a_kind_that_is_not_there_is_said(query, groen, carla):
    client = Client(raise_request_exception=False)
    client.force_login(carla)
    assert client.get(DAY + query).status_code in (400, 404)
    assert client.get("/api/v1/mijn-dag" + query).status_code == 400


# Goals ------------------------------------------------------------------------------------------------------
def test_an_owner_says_with_one_click_that_a_goal_is_still_good(groen, carla):
    goal = make.goal("Bomen", owner=groen)
    client = Client()
    client.force_login(carla)
    answer = client.post(f"{DAY}doelen/{goal.key}/klopt/", {"version": goal.version, "soort": "doel"})
    goal.refresh_from_db()
    assert (answer.url, goal.verified_on) == (f"{DAY}?soort=doel", TODAY)
    assert "Er wacht niets op jou" in client.get(DAY).content.decode()


def test_who_looked_at_an_older_page_is_told(groen, carla):
    goal = make.goal("Bomen", owner=groen)
    client = Client()
    client.force_login(carla)
    page = client.post(f"{DAY}doelen/{goal.key}/klopt/", {"version": goal.version + 1}, follow=True)
    assert "Iemand anders heeft dit net veranderd" in page.content.decode()
    twin = client.post(
        f"/api/v1/doelen/{goal.key}/klopt-nog", {"versie": 99}, content_type="application/json"
    )
    assert twin.status_code == 409


@pytest.mark.parametrize("who", ["resident", "officer", "council"])
def test_only_the_owner_and_managers_vouch_for_a_goal(who, cast):
    goal = make.goal("Bomen", owner=make.manager(user=make.user(role=Role.OFFICER)))
    with pytest.raises(PermissionDenied):
        goals.step("verify", goal, by=cast[who])
    client = Client()
    client.force_login(cast[who])
    assert client.post(f"{DAY}doelen/{goal.key}/klopt/").status_code == 404


def test_an_owner_ends_and_publishes_nothing(groen, carla):
    goal = make.goal("Bomen", owner=groen)
    for verb in ("end", "publish"):
        with pytest.raises(PermissionDenied):
            goals.step(verb, goal, by=carla)


# The department --------------------------------------------------------------------------------------------
def test_a_lead_gets_numbers_of_a_department_with_enough_plans(groen, carla):
    groen.department.lead = groen
    groen.department.save()
    client = Client()
    client.force_login(carla)
    for _ in range(4):
        make.initiative(contact=groen)
    assert client.get(DAY).context["departments"][0]["plans"] is None
    late = make.initiative(contact=groen)
    clock = {"days": 5, "started_on": in_days(-20), "warn_on": in_days(-9), "due_on": in_days(-8)}
    Clock.objects.create(initiative=late, kind=ClockKind.CONTACT, **clock)
    assert client.get(DAY).context["departments"] == [{"name": "Buiten", "plans": 5, "late": 1, "waiting": 0}]
