"""Always one contact, by the first rule that finds somebody."""

from dataclasses import replace

import pytest

from matching.matcher import Matcher
from matching.shapes import Contact, Corpus, Question
from tests.matching.village import (
    CARER,
    COORDINATOR,
    DESK,
    ECOLOGIST,
    GREEN,
    LONELY,
    MATCHER,
    PLANNER,
    TRAFFIC,
    TRAFFIC_ADVISER,
    VILLAGE,
)

FLOWERS = Question("Bloemen in de berm", "Wij zaaien bloemen en struiken voor de bijen.")
SCHOOL = Question("Veilig naar school", "Onze kinderen willen veilig naar school fietsen.")
COFFEE = Question("Koffie voor ouderen", "Wij drinken koffie met ouderen en gaan op bezoek.")
PRIVATE = Question("Mijn paspoort", "Het uitgeven van mijn paspoort duurt te lang en kost me een kapitaal.")


def contact(question, corpus=VILLAGE):
    return Matcher(corpus).answer(question).contact


def with_contacts(*contacts):
    return replace(VILLAGE, contacts=contacts)


def test_the_owner_of_the_best_goal():
    chosen = MATCHER.answer(FLOWERS).contact
    assert (chosen.key, chosen.rule) == ("K1", "goal_owner")
    assert [reason.sentence for reason in chosen.reasons] == [
        "Werkt voor de gemeente aan “Meer bloemen en bijen”.",
        "Je schrijft “Bloemen”. Het profiel van deze collega noemt dat ook.",
    ]
    assert "K1" not in [other.key for other in chosen.runners_up]


def test_the_deputy_while_the_owner_is_away():
    away = replace(TRAFFIC_ADVISER, available=False)
    chosen = contact(SCHOOL, with_contacts(ECOLOGIST, away, PLANNER, CARER, DESK))
    assert (chosen.key, chosen.rule) == ("K3", "deputy")
    assert chosen.reasons[0].sentence == "Vervangt de collega die werkt aan “Veilig naar school”."


def test_the_nearest_profile_where_the_goal_has_no_owner():
    chosen = MATCHER.answer(COFFEE).contact
    assert (chosen.key, chosen.rule) == ("K4", "profile")
    assert chosen.reasons[0].sentence == "Weet het meest van wat hoort bij “Minder mensen alleen”."


def test_an_owner_who_is_away_without_deputy_is_passed_over():
    away = replace(ECOLOGIST, available=False)
    assert contact(FLOWERS, with_contacts(away, CARER, DESK)).key != "K1"


def test_an_owner_who_left_is_no_trouble():
    assert contact(FLOWERS, with_contacts(CARER, DESK)).key in {"K4", "K9"}


@pytest.mark.parametrize(("district", "key"), [("Noord", "K4"), ("Zuid", "K4"), ("Oost", "K9"), ("", "K4")])
def test_nobody_is_sent_to_a_district_where_they_do_not_work(district, key):
    carer = replace(CARER, districts=("Noord", "Zuid"))
    assert contact(replace(COFFEE, district=district), with_contacts(carer, DESK)).key == key


def test_the_coordinator_of_the_district_where_no_goal_fits():
    answer = MATCHER.answer(replace(PRIVATE, district="Noord"))
    assert not answer.fits
    assert (answer.contact.key, answer.contact.rule) == ("K5", "district")
    assert answer.contact.reasons[0].sentence == (
        "Is er voor alle plannen in Noord, ook als een plan nog nergens bij past."
    )


@pytest.mark.parametrize("district", ["", "Zuid", "Nergens"])
def test_the_front_desk_where_no_goal_fits_and_nobody_coordinates(district):
    chosen = MATCHER.answer(replace(PRIVATE, district=district)).contact
    assert (chosen.key, chosen.rule) == ("K9", "front_desk")
    assert chosen.reasons


def test_a_specialist_of_the_district_is_no_coordinator():
    specialist = Contact("K6", "Adviseur landbouw", "Weiden en stallen.", districts=("Noord",))
    corpus = with_contacts(specialist, COORDINATOR, DESK)
    assert contact(replace(PRIVATE, district="Noord"), corpus).key == "K5"


def test_the_front_desk_is_never_the_nearest_profile():
    desk = replace(DESK, expertise="Bloemen, struiken, bijen, berm, zaaien")
    assert contact(FLOWERS, with_contacts(ECOLOGIST, desk)).key == "K1"


def test_somebody_even_where_nobody_is_there():
    chosen = contact(FLOWERS, with_contacts(replace(ECOLOGIST, available=False)))
    assert (chosen.key, chosen.rule) == ("K1", "front_desk")


def test_nobody_only_where_there_are_no_contacts():
    assert contact(FLOWERS, with_contacts()) is None
    assert contact(FLOWERS, Corpus(goals=(GREEN, TRAFFIC, LONELY))) is None


def test_portfolio_and_policy_field_break_a_tie():
    goal = replace(LONELY, portfolio="ZO", policy_field="6.1 Samenkracht")
    twins = [
        Contact("K1", "Adviseur", "Koffie."),
        Contact("K2", "Adviseur", "Koffie.", portfolios=("ZO",)),
        Contact("K3", "Adviseur", "Koffie.", portfolios=("ZO",), policy_fields=("6.1",)),
    ]
    corpus = Corpus(goals=(goal,), contacts=tuple(twins))
    chosen = contact(COFFEE, corpus)
    assert [chosen.key, *(other.key for other in chosen.runners_up)] == ["K3", "K2", "K1"]
