"""How many people, demands and days initiators had to do with, per department: never about a few plans."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.cohandlers.verbs import people_spoken
from agreements.models import PendingDecision, RequirementQuestion
from initiatives import verbs
from initiatives.models import Initiative, State
from overview import dealings
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def green(carla):
    return team("Buitenruimte", user=carla)


@pytest.fixture
def roads(db):
    return team("Wegen")


def team(name, number=3, **first):
    """The contacts of a department; the first may be a person."""
    department = make.department(name)
    return [make.manager(department=department, **({} if at else first)) for at in range(number)]


def plans(number, contacts, amina, **fields):
    return [make.initiative(by=amina, contact=contacts[at % 3], **fields) for at in range(number)]


def waited(plan, days, **fields):
    """A decision that took so many days; with an empty outcome one that is still to come."""
    told = {
        "asked_on": DAY,
        "planned_on": DAY,
        "outcome": "granted",
        "decided_on": DAY + timedelta(days=days),
    }
    texts = {"question": "Mag het?", "body": "college", "why": "Het college vergadert op dinsdag."}
    key = f"B{PendingDecision.objects.count() + 1:03d}"
    return PendingDecision.objects.create(initiative=plan, key=key, **texts, **(told | fields))


def rows():
    return {one.name: one for one in dealings.figures()}


def test_the_people_are_those_of_each_plan(green, roads, amina, carla, mo):
    for number, plan in enumerate(plans(6, green, amina)):
        verbs.write(plan, by=carla, text="Dag!")
        if number > 2:
            verbs.record_contact(plan, by=mo, how="Gebeld", note="Kort", on=DAY)
            own = plan.contact
            verbs.assign(plan, by=mo, contact=roads[0])
            verbs.assign(plan, by=mo, contact=own)
    each = [people_spoken(plan) for plan in Initiative.objects.all()]
    assert sorted(each) == [1, 1, 1, 3, 4, 4]  # of two plans Carla is not the contact
    town, green_row = dealings.figures()
    assert (town.department, green_row.name) == (None, "Buitenruimte")
    assert (town.people, town.plans, green_row.people) == (2.0, 5, 2.0)


def test_of_fewer_than_five_plans_nothing_is_said_and_nothing_can_be_subtracted(green, roads, amina, mo):
    for plan in [*plans(5, green, amina), *plans(4, roads, amina)]:
        verbs.write(plan, by=mo, text="Dag!")
        waited(plan, 10 if plan.contact in green else 300)
    found = rows()
    assert set(found) == {"De hele gemeente", "Buitenruimte"}
    assert (found["De hele gemeente"].plans, found["De hele gemeente"].days) == (5, 10)
    verbs.write(extra := plans(1, roads, amina)[0], by=mo, text="Dag!")
    waited(extra, 300)
    found = rows()
    assert (found["De hele gemeente"].plans, found["Wegen"].days) == (10, 300)


def test_small_departments_count_for_the_town_once_they_are_enough_together(green, roads, amina):
    third = team("Sport")
    for plan in [*plans(5, green, amina), *plans(3, roads, amina), *plans(3, third, amina)]:
        waited(plan, 20)
    found = rows()
    assert set(found) == {"De hele gemeente", "Buitenruimte"}
    assert found["De hele gemeente"].decided == 10  # eleven


def test_demands_and_the_question_whether_they_are_needed(green, amina):
    for number, plan in enumerate(plans(8, green, amina)):
        ended = {
            "state": "met" if number < 5 else "dropped",
            "closed_on": DAY,
            "closing_reason": "Hoeft niet.",
        }
        demand = make.requirement(plan, key=f"E{number:03d}", **(ended if number else {}))
        asked = {"text": "Is dat nodig?", "asked_on": DAY, "due_on": DAY}
        said = {"outcome": "stays" if number > 2 else "softened", "answer": "Omdat.", "answered_on": DAY}
        RequirementQuestion.objects.create(requirement=demand, **asked, **said)
    town = rows()["De hele gemeente"]
    assert (town.demands, town.questions, town.stays) == (10, 10, 5)
    assert (town.met, town.dropped, town.eased) == (None, None, None)  # four, three and three


def test_each_kind_of_demand_is_told_of_enough_plans_only(green, amina):
    dropped = {"state": "dropped", "closed_on": DAY, "closing_reason": "Hoeft niet."}
    found = plans(5, green, amina)
    for number, plan in enumerate(found):
        make.requirement(plan, key=f"E{number:03d}")
    for number in range(10, 16):
        make.requirement(found[0], key=f"E{number:03d}", **dropped)
    town = rows()["De hele gemeente"]
    assert (town.demands, town.dropped) == (10, None)  # six were dropped, all of one plan


def test_the_middle_is_of_plans_not_of_decisions(green, amina):
    found = plans(5, green, amina)
    for plan in found:
        waited(plan, 10)
    for _number in range(9):
        waited(found[0], 300)
    town = rows()["De hele gemeente"]
    assert (town.days, town.decided) == (10, 15)


def test_no_figure_is_about_one_or_two_contacts(green, amina, carla):
    pair, [alone] = team("Wegen", 2), team("Sport", 1)
    for number in range(6):
        plan = make.initiative(by=amina, contact=pair[number % 2])
        waited(plan, 300)
        verbs.write(plan, by=carla, text="Dag!")
        make.requirement(plan, key=f"E{number:03d}")
    assert set(rows()) == {"De hele gemeente"}
    assert rows()["De hele gemeente"].decided is None
    for plan in plans(5, green, amina):
        waited(plan, 10)
    assert (rows()["De hele gemeente"].decided, rows()["De hele gemeente"].days) == (5, 10)
    waited(make.initiative(by=amina, contact=alone), 300)
    assert "Wegen" not in rows()
    assert rows()["De hele gemeente"].decided == 10  # the small ones have three contacts together


def test_days_are_of_decisions_that_were_made_and_waiting_is_of_plans_that_go_on(green, amina):
    for plan, days in zip(plans(5, green, amina), (3, 40, 52, 90, 400), strict=True):
        waited(plan, days)
    open_ones = {"outcome": "", "decided_on": None}
    for plan in plans(5, green, amina):
        waited(plan, 0, **open_ones)
    stopped = {"previous_state": State.IN_DIALOGUE, "state_reason": "Klaar"}
    for plan in plans(3, green, amina, state=State.STOPPED, **stopped):
        waited(plan, 0, **open_ones)
    waited(plan, 9, outcome="withdrawn", reasons="Niet meer nodig.")
    town = rows()["De hele gemeente"]
    assert (town.decided, town.days, town.waiting) == (5, 50, 5)


def test_an_empty_town_says_that_there_is_too_little(client, dirk):
    [town] = dealings.figures()
    assert (town.people, town.demands, town.days) == (None, None, None)
    client.force_login(dirk)
    page = client.get("/raad/omgang/").content.decode()
    assert page.count("te weinig") > 8
    assert "/raad/omgang/" in client.get("/raad/").content.decode()


@pytest.mark.parametrize("who", ["visitor", "resident", "officer", "council", "manager"])
def test_who_sees_it(who, cast, client):
    if cast[who]:
        client.force_login(cast[who])
    sees = who in ("officer", "council", "manager")
    assert (client.get("/raad/omgang/").status_code == 200) is sees
    assert (client.get("/api/v1/statistieken/omgang").status_code == 200) is sees
    file = client.get("/raad/omgang/?formaat=csv")
    assert (file.status_code == 200) is sees
    file.close()


def test_the_page_its_twin_and_its_files_say_the_same(client, dirk, green, amina, settings):
    for plan in plans(5, green, amina):
        waited(plan, 33)
    client.force_login(dirk)
    assert "ongeveer 35 dagen" in client.get("/raad/omgang/").content.decode()
    twin = client.get("/api/v1/statistieken/omgang").json()["rijen"]
    assert [(one["afdeling"], one["mediaanDagen"]) for one in twin][0] == (None, 35)
    assert twin[1]["afdeling"]["naam"] == "Buitenruimte"
    text = client.get("/raad/omgang/?formaat=csv").getvalue().decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert [(line[0], line[head.index("Besluiten (ongeveer)")]) for line in lines] == [
        ("De hele gemeente", "5"),
        ("Buitenruimte", "5"),
    ]
    assert client.get("/raad/omgang/?formaat=xlsx").getvalue().startswith(b"PK")
    settings.LIMITS = settings.LIMITS | {"sheet": (1, 60)}
    assert client.get("/raad/omgang/?formaat=csv").status_code == 429
    assert client.get("/api/v1/statistieken/omgang?wijk=noord").status_code == 400


def test_fifty_plans_cost_what_five_cost(green, amina, carla):
    def cost(number):
        for plan in plans(number, green, amina):
            verbs.write(plan, by=carla, text="Dag!")
            waited(plan, 12)
        with CaptureQueriesContext(connection) as found:
            dealings.figures()
        return len(found)

    assert cost(5) == cost(45) == 6
