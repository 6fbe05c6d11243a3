"""Reading goals and notes."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from contacts.models import Term
from goals.models import Goal, GoalPortfolio, PolicyField, PolicyNote
from tests import make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def found(text):
    return [goal.key for goal in Goal.objects.search(text).alphabetical()]


def test_goals_are_found_in_every_form_of_a_word():
    make.goal(key="G1", plain_title="Meer bomen in de straat")
    make.goal(key="G2", plain_title="Samen sporten")
    assert found("boom") == found("bomen") == found("BOMEN") == ["G1"]
    assert found("straten bomen") == ["G1"]
    assert found("bomen sporten") == []


def test_goals_are_found_by_the_words_of_the_note_and_the_words_of_residents():
    make.goal(key="G1", title="Versterken van de groenstructuur", plain_title="Meer planten")
    make.goal(key="G2", search_words="geveltuin")
    assert (found("groenstructuren"), found("geveltuintjes")) == (["G1"], ["G2"])


def test_a_search_for_nothing_but_stop_words_finds_nothing():
    make.goal()
    assert found("de het een") == []


def test_concepts_are_for_officers(carla, dirk, amina):
    make.goal(key="G1")
    make.goal(key="G2", state=Goal.State.DRAFT, note=None)
    make.goal(key="G3", state=Goal.State.ENDED)
    seen = {
        user: {goal.key for goal in Goal.objects.visible_to(user)} for user in (NOBODY, amina, dirk, carla)
    }
    assert seen == {
        NOBODY: {"G1", "G3"},
        amina: {"G1", "G3"},
        dirk: {"G1", "G3"},
        carla: {"G1", "G2", "G3"},
    }


def test_goals_stand_in_the_order_of_the_title_people_read():
    make.goal("Aaa", key="G1", plain_title="Zon op het dak")
    make.goal("Zzz", key="G2", plain_title="Bankjes")
    make.goal("Middenin", key="G3")
    assert [goal.key for goal in Goal.objects.alphabetical()] == ["G2", "G3", "G1"]


def test_a_goal_answers_with_the_holder_of_the_day():
    els, piet = make.holder("Els"), make.holder("Piet")
    green = make.portfolio("Groen", holder=els, since=date(2020, 1, 1))
    Term.objects.update(until=date(2024, 12, 31))
    Term.objects.create(holder=piet, portfolio=green, since=date(2026, 1, 1))
    make.goal(portfolio=green)

    def holder(at):
        return Goal.objects.with_holder(at).get().holder

    assert holder(date(2024, 12, 31)) == els
    assert holder(date(2025, 6, 1)) is None
    assert holder(date(2026, 1, 1)) == piet


def test_a_goal_that_moved_answers_with_its_portfolio_of_the_day():
    old, new = make.portfolio("Oud", holder=make.holder("Els")), make.portfolio("Nieuw")
    goal = make.goal(portfolio=old)
    GoalPortfolio.objects.update(until=date(2025, 12, 31))
    GoalPortfolio.objects.create(goal=goal, portfolio=new, since=date(2026, 1, 1))
    assert (Goal.objects.get().portfolio, Goal.objects.get().holder) == (new, None)
    assert [*Goal.objects.answered_for_by(old.key)] == []
    assert [*Goal.objects.answered_for_by(new.key)] == [goal]
    assert [*Goal.objects.answered_for_by(old.key, at=date(2025, 12, 31))] == [goal]


def test_an_owner_who_left_is_no_contact():
    here, gone = make.manager(), make.manager(available_until=date(2025, 1, 1))
    assert make.goal(owner=here).contact == here
    assert make.goal(owner=gone).contact is None
    assert make.goal().contact is None


def test_goals_for_a_district_include_those_of_its_parts_its_whole_and_the_town():
    town = make.goal(key="town")
    whole = make.district("Noord")
    part, other = make.district("Noordhof", parent=whole), make.district("Zuid")
    for key, place in {"whole": whole, "part": part, "other": other}.items():
        make.goal(key=key).districts.set([place])
    assert {goal.key for goal in Goal.objects.about("noord")} == {town.key, "whole", "part"}
    assert {goal.key for goal in Goal.objects.about("noordhof")} == {town.key, "whole", "part"}
    assert {goal.key for goal in Goal.objects.about("zuid")} == {town.key, "other"}


@pytest.mark.parametrize(
    ("indicator", "sentences"),
    [
        (None, ""),
        ({"name": "Bomen", "unit": "aantal"}, ""),
        (
            {"name": "Bomen", "unit": "aantal", "baseline": 1200, "target": 2500.0, "year": 2030},
            "Het begon bij 1.200. In 2030 willen we dat het 2.500 is.",
        ),
        (
            {"name": "Groen", "unit": "procent", "baseline": 0, "target": 1.8, "year": None},
            "Het begon bij 0 procent. We willen dat het 1,8 procent is.",
        ),
        (
            {"name": "Regen", "unit": "hectare", "baseline": None, "target": 90, "year": 2030},
            "In 2030 willen we dat het 90 hectare is.",
        ),
    ],
)
def test_an_indicator_is_told_in_sentences(indicator, sentences):
    assert Goal(indicator=indicator).aim == sentences


def test_policy_fields_stand_as_people_count_with_their_newest_name():
    for code, name, year in [
        ("0.10", "Tien", 2017),
        ("0.2", "Twee", 2017),
        ("6.72b", "B", 2023),
        ("6.72a", "A", 2023),
        ("0.2", "Oude twee", 2010),
    ]:
        PolicyField.objects.create(code=code, name=name, from_year=year)
    assert [str(field) for field in PolicyField.objects.each_code_once()] == [
        "0.2 Twee",
        "0.10 Tien",
        "6.72a A",
        "6.72b B",
    ]


def test_a_note_knows_how_many_of_its_goals_one_may_see(carla):
    note = make.note()
    make.goal(note=note)
    make.goal(note=note, state=Goal.State.DRAFT)
    make.note()

    def counts(user):
        return sorted(PolicyNote.objects.with_goal_count(user).values_list("goal_count", flat=True))

    assert (counts(NOBODY), counts(carla)) == ([0, 1], [0, 2])


def test_a_note_is_in_force_on_its_first_and_last_day():
    note = make.note(valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))

    def state(day):
        return note.is_ahead(day), PolicyNote.objects.in_force(day).exists(), note.is_over(day)

    assert state(date(2024, 12, 31)) == (True, False, False)
    assert state(date(2025, 1, 1)) == state(date(2025, 12, 31)) == (False, True, False)
    assert state(date(2026, 1, 1)) == (False, False, True)
