"""Partners that offer what the plan is about, and initiatives alike."""

from dataclasses import replace

from matching.matcher import Matcher
from matching.shapes import Initiative, Partner, Question
from tests.matching.village import BEEKEEPERS, GREEN, MATCHER, VILLAGE

FLOWERS = Question("Bloemen in de berm", "Wij zaaien bloemen en struiken voor de bijen.", "Noord")


def partners(question, *known):
    answer = Matcher(replace(VILLAGE, partners=known or VILLAGE.partners)).answer(question)
    return [partner.key for partner in answer.partners]


def test_a_partner_comes_with_reasons():
    found = MATCHER.answer(FLOWERS).partners
    assert [(partner.key, partner.rank) for partner in found] == [("P1", 1)]
    assert [reason.sentence for reason in found[0].reasons] == [
        "Je schrijft “Bloemen” en “bijen”. De Korf noemt dat ook.",
        "Past bij “Meer bloemen en bijen”: De Korf noemt “bloemen” en “Bijen”.",
        "Werkt in Noord.",
    ]


def test_a_closed_organisation_is_never_suggested():
    assert "P3" not in partners(FLOWERS)


def test_a_partner_from_here_goes_before_one_from_elsewhere():
    away = replace(BEEKEEPERS, key="P0", districts=("Zuid",))
    assert partners(FLOWERS, away, BEEKEEPERS) == ["P1", "P0"]
    assert partners(replace(FLOWERS, district="Zuid"), away, BEEKEEPERS) == ["P0", "P1"]


def test_without_a_district_all_are_near():
    away = replace(BEEKEEPERS, key="P0", districts=("Zuid",))
    assert partners(replace(FLOWERS, district=""), away, BEEKEEPERS) == ["P0", "P1"]


def test_at_most_five():
    many = [replace(BEEKEEPERS, key=f"P{number}") for number in range(9)]
    assert partners(FLOWERS, *many) == ["P0", "P1", "P2", "P3", "P4"]


def test_a_partner_is_found_by_what_the_goal_says():
    told = replace(
        GREEN, description="Dit doen we samen met de Pimpampoen, een knispersnoet met graspollepels."
    )
    helper = Partner("P7", "Helpers", interests="Pimpampoen, knispersnoet, graspollepels")
    answer = Matcher(replace(VILLAGE, goals=(told,), partners=(helper,))).answer(FLOWERS)
    assert [partner.key for partner in answer.partners] == ["P7"]
    assert answer.partners[0].reasons[0].code == "goal"


def test_initiatives_alike_with_reasons():
    assert [
        (one.key, [reason.sentence for reason in one.reasons]) for one in MATCHER.answer(FLOWERS).similar
    ] == [
        (
            "I1",
            [
                "Je schrijft “Bloemen”, “zaaien” en “bijen”. Dit initiatief noemt dat ook.",
                "Het is ook in Noord.",
            ],
        )
    ]


def test_an_initiative_is_never_like_itself():
    assert MATCHER.answer(replace(FLOWERS, initiative="I1")).similar == ()


def test_at_most_five_initiatives():
    many = tuple(Initiative(f"I{n}", "Bloemen", "Wij zaaien bloemen voor de bijen.") for n in range(9))
    found = Matcher(replace(VILLAGE, initiatives=many)).answer(replace(FLOWERS, initiative="I2")).similar
    assert [one.key for one in found] == ["I0", "I1", "I3", "I4", "I5"]
