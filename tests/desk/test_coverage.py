"""The matrix of who covers what: who sees it, what it says, and that it stays fast and short."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.corpus import keeper
from tests import make

pytestmark = pytest.mark.django_db
PAGE, TWIN = "/beheer/dekking/", "/api/v1/dekking"


@pytest.fixture
def town(db):
    """Two districts; trees have an adviser in one of them, roads have nobody."""
    make.municipality()
    make.front_desk()
    noord, _zuid = make.district("Noord"), make.district("Zuid")
    groen = make.portfolio("Groen", key="groen")
    adviser = make.manager("Adviseur groen", districts=[noord], portfolios=[groen])
    make.goal("Bomen", key="bomen", portfolio=groen, owner=adviser)
    make.goal("Wegen", key="wegen", portfolio=make.portfolio("Verkeer", key="verkeer"))
    return adviser


def text(answer):
    return " ".join(answer.content.decode().split())


def test_holes_stand_in_words_with_who_could_do_it(town, client, mo):
    client.force_login(mo)
    page = client.get(PAGE)
    assert [(hole["goal"].key, hole["districts"]) for hole in page.context["holes"]] == [
        ("wegen", ["Noord", "Zuid"]),
        ("bomen", ["Zuid"]),
    ]
    for words in ("alle 1 gedekt", "1 van 1 zonder collega", "Niemand werkt aan dit onderwerp.",
                  "Op 3 plekken is er alleen het loket."):  # fmt: skip
        assert words in text(page)
    assert [one.function for one in page.context["holes"][1]["could"]] == ["Adviseur groen"]


def test_a_cell_says_who_it_is_and_the_twin_says_the_same(town, client, mo):
    client.force_login(mo)
    query = "?wijk=noord&portefeuille=groen"
    assert "Adviseur groen: is de contactpersoon van het doel" in text(client.get(PAGE + query))
    row = client.get(TWIN + query).json()["resultaten"][0]
    assert (row["accounthouder"]["functie"], row["regel"], row["isGat"]) == (
        "Adviseur groen",
        "contactpersoon-van-doel",
        False,
    )
    assert client.get(f"{PAGE}?wijk=atlantis").status_code == 404
    assert client.get(f"{TWIN}?wijk=atlantis").status_code == 400


def test_managers_and_leads_see_it_and_nobody_else(town, client, cast, carla):
    for who, user in cast.items():
        client.logout() if user is None else client.force_login(user)
        expected = 200 if who == "manager" else 404
        assert (client.get(PAGE).status_code, client.get(TWIN).status_code) == (expected, expected), who
    department = make.department(lead=make.manager(user=carla))
    assert department.lead.user == carla
    client.force_login(carla)
    assert (client.get(PAGE).status_code, client.get(TWIN).status_code) == (200, 200)


def test_two_hundred_goals_in_thirty_districts_cost_no_more_and_come_in_pages(town, client, mo):
    client.force_login(mo)
    client.get(PAGE)

    def cost():
        client.get(PAGE)
        keeper.looked_at = time.monotonic()  # whether the town has changed is asked once a second
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE)
        return len(asked), page

    few, _page = cost()
    for _ in range(28):
        make.district()
    for _ in range(198):
        make.goal()
    keeper.forget()
    many, page = cost()
    assert many <= few
    assert len(page.context["holes"]) == 20
    assert client.get(TWIN).json()["aantal"] == 200 * 30
