"""Equal treatment: the spread of answers, and no figure that tells of one plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from overview.equal import about, about_days
from tests import make

pytestmark = pytest.mark.django_db
PAGE, API = "/raad/gelijke-behandeling/", "/api/v1/statistieken/gelijke-behandeling"


@pytest.fixture
def council(client, dirk):
    client.force_login(dirk)
    return client


@pytest.fixture
def kader(db):
    return make.framework("Kader", key="A01", criteria=2)


def assessed(framework, number, *, answer="yes", promise=False, **plan):
    """So many plans with a closed assessment."""
    for _ in range(number):
        made = make.initiative(**plan)
        make.assessment(made, framework, answer=answer, state="final", days=8)
        if promise:
            make.commitment(made, manager=make.manager())


def rows(data, criterion=0):
    """{group: (plans, ja, deels, nee, onbekend)} of one question."""
    names = ("plannen", "ja", "deels", "nee", "onbekend")
    return {one["naam"]: tuple(one[name] for name in names) for one in data["criteria"][criterion]["groepen"]}


def test_numbers_are_to_the_nearest_five_and_below_five_nothing_is_said():
    assert [about(number) for number in (0, 4, 5, 7, 8, 12, 13)] == [None, None, 5, 5, 10, 10, 15]


def test_answers_side_by_side(council, kader):
    north = make.district("Noord")
    part = make.district("Noordeinde", parent=north)
    assessed(kader, 6, district=north, promise=True)
    assessed(kader, 6, district=part, answer="no")
    assessed(kader, 4, district=make.district("Zuid"))
    assessed(kader, 1)
    make.assessment(make.initiative(district=north), kader)  # shared, so not yet told
    data = council.get(API).json()
    assert rows(data) == rows(data, 1) == {
        "Alle plannen": (15, 10, None, 5, None),
        "Hele gemeente": (None, None, None, None, None),
        "Noord": (10, 5, None, 5, None),
        "Zuid": (None, None, None, None, None),
    }  # fmt: skip
    assert data["alles"] == {
        "naam": "Alle plannen", "plannen": 15, "mediaanWerkdagen": None, "metToezegging": 5,
    }  # fmt: skip
    assert "te weinig" in council.get(PAGE).text


def test_days_are_told_of_about_twenty_plans_and_to_the_nearest_five(council, kader):
    assert [about_days(days) for days in (2, 2.5, 7, 7.5, 8)] == [0, 5, 5, 10, 10]
    assessed(kader, 17)

    def days():
        return council.get(API).json()["alles"]["mediaanWerkdagen"]

    assert days() is None
    assessed(kader, 1)  # of eighteen too it is said that they are twenty
    assert days() == 10
    assert "ongeveer 10 werkdagen" in council.get(PAGE).text


def test_a_hidden_cell_can_not_be_found_by_subtraction(council, kader):
    """The whole, less what is told, leaves more than one possible number behind."""
    told = []
    for hidden in (1, 2):
        south = make.district(f"Zuid{hidden}")
        framework = make.framework(criteria=1, valid_from=f"2020-02-0{hidden}", key=f"A1{hidden}")
        assessed(framework, 9, district=make.district(f"Noord{hidden}"))
        assessed(framework, hidden, district=south, answer="no")
        data = council.get(API, {"kader": framework.key}).json()
        told.append(
            [(group["plannen"], group["ja"], group["nee"]) for group in data["criteria"][0]["groepen"]]
        )
    assert told[0] == told[1]


def test_per_theme_a_plan_counts_once_in_each(council, kader):
    goals = [make.goal(themes=[make.theme(name)]) for name in ("Natuur", "Zorg")]
    goals.append(make.goal(themes=list(goals[0].themes.all())))
    assessed(kader, 5, goals=goals)
    data = council.get(API, {"per": "thema"}).json()
    assert {name: told[0] for name, told in rows(data).items()} == {
        "Alle plannen": 5, "Natuur": 5, "Zorg": 5,
    }  # fmt: skip
    assert rows(council.get(API, {"per": "soort"}).json())["Een eigen plan"][0] == 5


def test_the_newest_version_in_use_is_shown_and_others_can_be_asked(council, kader):
    assessed(kader, 5)
    make.framework("Later", key="A02", valid_from="2021-01-01")
    assert council.get(API).json()["afwegingskader"] == "A01"
    assert council.get(API, {"kader": "A02"}).json()["groepen"] == []
    assert council.get(API, {"kader": "niets", "van": "gisteren"}).status_code == 400
    page = council.get(PAGE, {"kader": "A01", "tot": "2001-01"})
    assert "Er zijn nog geen afgeronde afwegingen" in page.text


def test_a_hundred_cost_what_five_cost(council, kader):
    def cost(address):
        with CaptureQueriesContext(connection) as asked:
            assert council.get(address).status_code == 200
        return len(asked)

    def grow(number):
        assessed(kader, number, district=make.district(), goals=[make.goal(themes=[make.theme()])])

    grow(5)
    few = [cost(f"{address}?per={per}") for address in (PAGE, API) for per in ("wijk", "thema", "soort")]
    for _ in range(4):
        grow(5)
    assert few == [cost(f"{at}?per={per}") for at in (PAGE, API) for per in ("wijk", "thema", "soort")]
    assert max(few) <= 14


@pytest.mark.parametrize(
    ("who", "status"), [("dirk", 200), ("carla", 200), ("mo", 200), ("bram", 403), (None, 302)]
)
def test_for_who_works_for_or_sits_in_town_hall(client, who, status, request):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == status
