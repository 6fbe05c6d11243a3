"""A list costs the same for three rows as for a hundred, at the page and at its twin; a thing does too."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Shift
from contacts.api import OrganisationViewSet
from contacts.models import Absence, Organisation
from initiatives.models import Participant, PartnerLink
from tests import make
from tests.house import town
from tests.house.test_doors import LISTS, RESOURCES, THINGS

MOST = 14  # for a visitor, and for an officer who is signed in


class Growing:
    """A town in which everything hangs together, and of which there can be ever more."""

    def __init__(self):
        make.municipality()
        self.whole = make.district("Noord")
        self.theme, self.field = make.theme("Natuur"), make.policy_field()
        self.department, self.note = make.department("Buitenruimte"), make.note("Groennota")
        self.manager = make.front_desk(department=self.department)
        self.portfolio = make.portfolio("Groen", holder=make.holder())
        self.club = make.organisation("Tuinclub", districts=[self.whole])
        self.goal = self.add_goal()
        self.demand = make.standard_requirement()
        self.framework = make.framework(criteria=3)
        self.form, self.plan = make.form(), make.initiative("Moestuin", goals=[self.goal])
        town.await_decision("B001", self.plan)
        self.promise = self.add_promise(self.plan)
        self.rows = 0

    def add_goal(self):
        common = {"portfolio": self.portfolio, "themes": [self.theme], "policy_fields": [self.field]}
        goal = make.goal("Bomen", note=self.note, owner=self.manager, **common)
        goal.districts.add(self.whole)
        return goal

    def grow(self, rows):
        for _ in range(rows - self.rows):
            self.add_one_of_everything()
        self.rows = rows

    def add_one_of_everything(self):
        part = make.district(parent=self.whole)
        portfolio = make.portfolio(holder=make.holder())
        manager = make.manager(department=self.department, districts=[part], portfolios=[portfolio])
        Absence.objects.create(manager=manager, since=date(2020, 1, 1), deputy=self.manager)
        self.add_goal()
        make.note()
        make.form()
        make.organisation("Tuin", districts=[part])
        make.standard_requirement()
        make.framework(
            valid_from=date(2010, 1, 1) + timedelta(days=next(make.numbers)), adopted_on=date(2010, 1, 1)
        )
        plan = make.initiative(
            "Tuin", district=part, contact=manager, goals=[self.goal], organisation=self.club
        )
        Participant.objects.create(initiative=plan, name="Geert", role="volunteer")
        town.await_decision(f"B{plan.pk:05d}", plan)
        PartnerLink.objects.create(initiative=plan, organisation=self.club)
        self.add_promise(plan)
        self.add_promise(self.plan)

    def add_promise(self, plan):
        made = make.commitment(plan, "Tuin", to_organisation=self.club, promised_to="organisation")
        Shift.objects.create(commitment=made, from_day=date(2019, 1, 1), to_day=made.due_on, reason="Vorst")
        return made

    def lists(self):
        for name in (name for resource, name in LISTS.items() if resource in RESOURCES):
            yield reverse(name)
            yield reverse(name) + "?zoek=tuin"
        for resource in RESOURCES:
            yield reverse(f"api:{resource}-list") + "?perPagina=100"

    def things(self):
        holder = self.portfolio.holder
        for thing in (
            self.goal,
            self.note,
            self.manager,
            self.club,
            self.form,
            self.plan,
            holder,
            self.demand,
            self.framework,
        ):
            yield thing.get_absolute_url()
        keys = {"besluiten": "B001", "portefeuilles": self.portfolio.key, "wijken": self.whole.key}
        keys |= {"toezeggingen": self.promise.key}
        things = {
            "doelen": self.goal,
            "beleidsnotas": self.note,
            "accounthouders": self.manager,
            "partners": self.club,
            "eisen": self.demand,
            "afwegingskaders": self.framework,
            "financieringsvormen": self.form,
            "initiatieven": self.plan,
            "portefeuillehouders": holder,
        }
        keys |= {resource: thing.key for resource, thing in things.items()}
        assert set(keys) == set(RESOURCES)
        assert set(things) == set(THINGS)
        for resource, key in keys.items():
            yield reverse(f"api:{resource}-detail", args=[key])


def cost(client, address):
    """How many queries an address takes."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


@pytest.fixture
def growing(db):
    return Growing()


@pytest.fixture
def walkers(carla):
    """A visitor, and an officer who is signed in."""
    them = {"visitor": town.walker(None), "officer": town.walker(carla)}
    them["officer"].get("/api/v1/wijken")  # from here on the session knows that there is a second factor
    return them


def costs(walkers, addresses):
    return {(who, address): cost(client, address) for address in addresses for who, client in walkers.items()}


def test_a_hundred_rows_cost_what_three_cost(growing, walkers):
    growing.grow(3)
    addresses = [*growing.lists(), *growing.things()]
    few = costs(walkers, addresses)
    growing.grow(100)
    many = costs(walkers, addresses)
    assert many == few
    assert {one: number for one, number in many.items() if number > MOST} == {}


def test_a_query_for_every_row_is_seen(growing, walkers, monkeypatch):
    monkeypatch.setattr(OrganisationViewSet, "get_queryset", lambda self: Organisation.objects.all())
    addresses = ["/api/v1/partners?perPagina=100"]
    growing.grow(3)
    few = costs(walkers, addresses)
    growing.grow(6)
    assert costs(walkers, addresses) != few
