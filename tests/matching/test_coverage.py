"""Who covers which goal in which district, by the first rule that finds somebody."""

from dataclasses import replace

from matching.coverage import candidates, cover
from matching.shapes import Contact, Goal

NOORD, ZUID = "Noord", "Zuid"
AROUND = {NOORD: frozenset({NOORD}), ZUID: frozenset({ZUID})}
TREES = Goal("G1", "Bomen", policy_field="5.7 Groen", portfolio="GROEN", owner="K1")
OWNER = Contact("K1", "Adviseur groen", deputy="K2")
DEPUTY = Contact("K2", "Adviseur water")
KNOWS = Contact("K3", "Adviseur natuur", policy_fields=("5.7",), districts=(NOORD,))
THERE = Contact("K4", "Gebiedsregisseur", districts=(ZUID,))
DESK = Contact("K9", "Loket", front_desk=True)


def who(goal=TREES, *contacts):
    return [(one.district, one.contact, one.rule) for one in cover([goal], contacts, AROUND)]


def test_the_owner_covers_the_goal_everywhere():
    assert who(TREES, OWNER, KNOWS, THERE, DESK) == [(NOORD, "K1", "goal_owner"), (ZUID, "K1", "goal_owner")]


def test_the_deputy_covers_it_while_the_owner_is_away():
    away = replace(OWNER, available=False)
    assert who(TREES, away, DEPUTY, DESK)[0] == (NOORD, "K2", "deputy")


def test_else_who_knows_the_field_then_who_is_there_for_the_district_then_nobody():
    goal = replace(TREES, owner="")
    assert who(goal, KNOWS, THERE, DESK) == [(NOORD, "K3", "profile"), (ZUID, "K4", "district")]
    found = cover([goal], [KNOWS, DESK], AROUND)
    assert [one.is_hole for one in found] == [False, True]
    assert found[1].contact == "K9"


def test_a_goal_of_one_district_asks_nothing_elsewhere():
    assert who(replace(TREES, districts=(ZUID,)), OWNER, DESK) == [(ZUID, "K1", "goal_owner")]
    parts = AROUND | {"Zuidkwartier": frozenset({"Zuidkwartier", ZUID})}
    found = cover([replace(TREES, districts=(ZUID,))], [OWNER, DESK], parts)
    assert [one.district for one in found] == [ZUID, "Zuidkwartier"]


def test_who_could_do_it_knows_the_field_and_is_there():
    away = replace(KNOWS, key="K0", available=False)
    assert candidates(TREES, [away, KNOWS, THERE, DESK]) == ["K3", "K0"]
