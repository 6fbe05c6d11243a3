"""What the wegwijzer missed, on the page of a goal: the plans, their words, one click to add."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goals import verbs as goals
from goals.models import Goal
from initiatives.models import GoalLink, State
from matching import verbs
from tests import make
from townhall.models import Event

pytestmark = pytest.mark.django_db
HERE = "/beheer/doelen/G1/"
ADD = f"{HERE}woord/"


@pytest.fixture
def manager(client, mo):
    client.force_login(mo)
    return client


@pytest.fixture
def goal():
    make.municipality()
    return make.goal(
        "Meer natuur", key="G1", plain_description="Vogels en bloemen.", search_words="bijen, gras"
    )


@pytest.fixture
def plan(amina, goal, carla):
    made = make.initiative(
        "Nestkasten", by=amina, state=State.SUBMITTED, story="We hangen nestkasten op voor de vogels."
    )
    verbs.add(made, "goal", goal, by=carla)
    return made


def shown(client):
    return [(one["plan"].title, list(one["words"])) for one in client.get(HERE).context["plans"]]


def test_the_page_offers_the_words_that_the_goal_does_not_meet(manager, plan):
    ((title, words),) = shown(manager)
    assert title == "Nestkasten"
    assert "nestkasten" in words
    assert "vogels" not in words
    page = manager.get(HERE).text
    assert f'href="{reverse("desk:plan", args=[plan.reference])}"' in page
    assert 'name="word" value="nestkasten"' in page


def test_a_word_of_the_policy_field_is_met(manager, goal, plan):
    goal.policy_fields.add(make.policy_field("5.7", "Openbaar groen en nestkasten"))
    ((_title, words),) = shown(manager)
    assert "nestkasten" not in words


def test_one_click_adds_a_word_and_a_second_click_nothing(manager, goal, plan, mo):
    for _click in range(2):
        answer = manager.post(ADD, {"word": "nestkasten", "version": goal.version, "terug": f"{HERE}#gemist"})
        assert (answer.status_code, answer.url) == (302, f"{HERE}#gemist")
    goal.refresh_from_db()
    assert (goal.search_words, goal.version) == ("bijen, gras, nestkasten", 2)
    assert Event.objects.filter(what="add_word", by=mo).count() == 1
    ((_title, words),) = shown(manager)
    assert "nestkasten" not in words
    assert "Jij (zoekwoord toegevoegd)" in manager.get(HERE).text


def test_a_click_on_a_word_keeps_what_was_typed_and_saves_nothing_yet(manager, goal, plan):
    typed = {
        "version": 1,
        "plain_title": "Nog niet bewaard",
        "search_words": "bijen, gras",
        "word": "nestkasten",
    }
    for _click in range(2):
        page = manager.post(HERE, typed)
        assert page.status_code == 200
        assert 'value="Nog niet bewaard"' in page.text
        assert "bijen, gras, nestkasten</textarea>" in page.text
    goal.refresh_from_db()
    assert (goal.search_words, goal.version) == ("bijen, gras", 1)


@pytest.mark.parametrize("words", ["bijen, de", "!?", "gras, en, niet"])
def test_a_word_that_says_nothing_is_refused(goal, mo, words):
    with pytest.raises(ValidationError, match="Dit is geen zoekwoord"):
        goals.change_goal(goal, by=mo, search_words=words)
    with pytest.raises(ValidationError, match="Dit is geen zoekwoord"):
        goals.add_search_word(goal, by=mo, word="de")


def test_a_word_is_added_once_however_it_is_written(goal, mo):
    assert goals.add_search_word(goal, by=mo, word="  GRAS ").search_words == "bijen, gras"


def test_the_first_word_stands_alone(mo):
    goal = make.goal(search_words="")
    assert goals.add_search_word(goal, by=mo, word="gras").search_words == "gras"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "Schrijf een woord."),
        ("een, twee", "zonder komma"),
        ("x" * 61, "hoogstens 60 tekens"),
        ("a\x00b", "nul-tekens|tekens"),
    ],
)
def test_a_word_that_can_not_be_added_is_told(manager, goal, word, said):
    page = manager.post(ADD, {"word": word, "version": 1})
    assert page.status_code == 200
    assert any(part in page.text for part in said.split("|"))
    goal.refresh_from_db()
    assert goal.search_words == "bijen, gras"


def test_what_no_longer_fits_is_told(manager, goal):
    Goal.objects.filter(pk=goal.pk).update(search_words=", ".join(f"woord{n}" for n in range(110)))
    page = manager.post(ADD, {"word": "nestkasten" * 5, "version": 1})
    assert page.status_code == 200
    assert "Er kunnen geen zoekwoorden meer bij" in page.text


def test_what_was_suggested_is_not_missed(manager, goal, amina, carla):
    made = make.initiative("Bloemen", by=amina, state=State.SUBMITTED)
    make.suggestion(made, goal=goal)
    verbs.confirm(made, "goal", goal, by=carla)
    imported = make.initiative("Gras", by=amina, goals=[goal])
    make.suggestion(imported, goal=goal)
    assert shown(manager) == []
    assert "Nog niets: alle plannen" in manager.get(HERE).text


def test_an_imported_link_that_nobody_suggested_is_missed(manager, goal):
    make.initiative("Struiken", goals=[goal])
    assert [title for title, _words in shown(manager)] == ["Struiken"]


def test_the_newest_come_first_and_the_page_stays_short(manager, goal):
    for number in range(12):
        make.initiative(f"Plan met struiken {number}", goals=[goal])
    titles = [title for title, _words in shown(manager)]
    assert titles == [f"Plan met struiken {number}" for number in range(11, 1, -1)]


def test_ten_plans_cost_as_many_queries_as_one(manager, goal):
    costs = []
    for number in (1, 9):
        for _plan in range(number):
            make.initiative("Struiken", goals=[goal], district=make.district())
        manager.get(HERE)  # the matcher takes the plans up
        with CaptureQueriesContext(connection) as asked:
            assert len(shown(manager)) in (1, 10)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_list_and_the_work_that_waits_count_the_same(manager, goal, plan, amina, carla):
    """Both count what colleagues did by hand in the last thirty days."""
    most, imported = make.goal("Meer ontmoeting"), make.goal("Meer water")
    for _number in range(2):
        verbs.add(make.initiative(by=amina, state=State.SUBMITTED), "goal", most, by=carla)
        make.initiative(goals=[imported])
    page = manager.get("/beheer/doelen/?toon=gemist")
    found = [(row["record"].title, row["record"].missed) for row in page.context["rows"]]
    assert found == [("Meer ontmoeting", 2), ("Meer natuur", 1)]
    assert "De wegwijzer miste plannen bij 2 doelen" in manager.get("/beheer/").text
    GoalLink.objects.update(on=timezone.now() - timezone.timedelta(days=31))
    assert "De wegwijzer miste plannen" not in manager.get("/beheer/").text
    assert not manager.get("/beheer/doelen/?toon=gemist").context["rows"]
    assert "Uit een import" in manager.get(f"/beheer/doelen/{imported.key}/").text


def test_it_says_when_the_goal_is_found_by_now(manager, goal, plan, mo):
    assert [one["found"] for one in manager.get(HERE).context["plans"]] == [True]
    assert "De wegwijzer vindt dit doel nu wel" in manager.get(HERE).text


def test_an_officer_adds_no_words(client, goal, carla):
    client.force_login(carla)
    assert client.post(ADD, {"word": "gras", "version": 1}).status_code == 404
