"""What goals, notes and initiatives cost: as many queries for three rows as for a hundred, and never many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import PartnerLink
from tests import make

pytestmark = pytest.mark.django_db
MOST = 12
WHO_YOU_ARE = 2  # the session and the user
EVERYTHING = "zoek=bomen&thema=natuur&beleidsveld=5.7&portefeuille={portfolio}&wijk=noord&staat=lopend"
PLACES = [
    "/doelen/",
    "/doelen/?" + EVERYTHING,
    "/api/v1/doelen?perPagina=100",
    "/api/v1/doelen?" + EVERYTHING,
    "/notas/",
    "/api/v1/beleidsnotas?perPagina=100",
    "/initiatieven/",
    "/initiatieven/?zoek=bomen&wijk=noord&thema=natuur&doel={goal}&staat=in-gesprek",
    "/api/v1/initiatieven?perPagina=100",
    "/api/v1/initiatieven?zoek=bomen&wijk=noord&thema=natuur&doel={goal}&staat=in-gesprek",
    "/doelen/{goal}/",
    "/notas/{note}/",
]


class Town:
    """A town in which everything is linked to everything."""

    def __init__(self):
        make.municipality()
        self.district = make.district("Noord")
        self.portfolio = make.portfolio("Groen", holder=make.holder())
        self.theme, self.field = make.theme("Natuur"), make.policy_field("5.7")
        self.note = make.note("Groennota")
        self.manager = make.manager(department=make.department())
        self.partner = make.organisation()
        self.goal = self.add_goal()

    def add_goal(self, **fields):
        goal = make.goal(
            "Bomen",
            portfolio=self.portfolio,
            themes=[self.theme],
            policy_fields=[self.field],
            **({"note": self.note, "owner": self.manager} | fields),
        )
        goal.districts.set([self.district])
        return goal

    def add_initiative(self):
        plan = make.initiative("Bomen", district=self.district, goals=[self.goal], contact=self.manager)
        PartnerLink.objects.create(initiative=plan, organisation=self.partner)

    def grow(self, rows):
        for _ in range(rows):
            self.add_goal(owner=make.manager(department=make.department()))
            self.add_initiative()
            make.note()


@pytest.fixture
def town(db):
    return Town()


def cost(client, town, place):
    """How many queries a place asks, or a failure when it does not answer."""
    address = place.format(portfolio=town.portfolio.key, goal=town.goal.slug, note=town.note.slug)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(asked)


def test_a_hundred_rows_cost_what_three_cost(client, town, amina):
    resident = Client()
    resident.force_login(amina)
    most = {client: MOST, resident: MOST + WHO_YOU_ARE}

    def costs():
        for who in most:
            who.get("/initiatieven/")  # the first to ask after a change brings the tally up to date
        return {(who, place): cost(who, town, place) for who in most for place in PLACES}

    town.grow(3)
    few = costs()
    town.grow(97)
    many = costs()
    assert many == few
    assert {place: number for (who, place), number in many.items() if number > most[who]} == {}
