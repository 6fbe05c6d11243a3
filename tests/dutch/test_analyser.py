"""Words that belong together share a term, words that do not don't."""

import re
import time
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutch import Analyser, query, search_terms, terms

FAMILIES = [
    "tuin tuinen tuintje tuintjes buurttuin buurttuinen moestuin gemeenschapstuin",
    "boom bomen boompje straatboom fruitbomen",
    "speelplek speelplekken speeltuin speelplaats spelen",
    "vrijwilliger vrijwilligers vrijwilligerswerk vrijwilligersvervoer",
    "eenzaam eenzame eenzaamheid",
    "energie energiecoach energiearmoede energiebesparing",
    "fiets fietsen fietspad fietspaden fietsroute",
    "kunst kunstwerk kunstenaars amateurkunst",
    "jongeren jongerenwerk jongerenplek jongerenraad",
    "duurzaam duurzame verduurzamen duurzaamheid duurzaamheidslening",
    "groen groene vergroenen groenvoorziening buurtgroen",
    "afval zwerfafval afvalbak restafval",
]


def alike(one, other):
    return not set(search_terms(one)).isdisjoint(search_terms(other))


def test_most_words_of_a_family_meet():
    pairs = [pair for family in FAMILIES for pair in combinations(family.split(), 2)]
    assert sum(alike(*pair) for pair in pairs) / len(pairs) > 0.8


def test_words_of_other_families_stay_apart():
    others = [
        pair
        for one, other in combinations(FAMILIES, 2)
        for pair in product(one.split(), other.split())
        if "buurt" not in "".join(pair)  # buurttuin and buurtgroen do belong together
    ]
    assert sum(alike(*pair) for pair in others) / len(others) < 0.01


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("de het een", []),
        ("Graag hartelijk dank", []),
        ("bloemen", ["bloem"]),
        ("Buurttuinen", ["tuin", "buurt", "buurttuin"]),
        ("plantjes", ["plant"]),
        ("geplant beleidsplan", ["plant", "beleid", "beleidsplan"]),
        ("groene", ["groen", "groene"]),
        ("verduurzamen", ["verduurzaam", "duurzaam"]),
        ("bewegen", ["beweeg"]),
        ("route 66", ["rout", "route", "66"]),
        ("🌷", []),
    ],
)
def test_search_terms(text, stored):
    assert search_terms(text) == stored


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", []),
        ("de van het", []),
        ("tuin", [["tuin"]]),
        ("tuinen in de wijk", [["tuin"], ["wijk"]]),
        ("groene tuintjes", [["groen", "groene"], ["tuin"]]),
        ("tuin Tuin TUIN", [["tuin"]]),
        ("vergroening", [["vergroen", "groening", "groen"]]),
    ],
)
def test_query(text, asked):
    assert query(text) == asked


@pytest.mark.parametrize(
    ("text", "search", "found"),
    [
        ("Een moestuin voor de buurt", "tuinen", True),
        ("Een moestuin voor de buurt", "buurt moestuinen", True),
        ("Een moestuin voor de buurt", "speeltuin", False),
        ("Eenzame ouderen", "eenzaamheid", True),
    ],
)
def test_query_finds_what_was_stored(text, search, found):
    stored = set(search_terms(text))
    assert all(not stored.isdisjoint(alternatives) for alternatives in query(search)) is found


def test_terms_carry_their_word_and_place():
    text = "De Buurttuin!"
    assert [(one.text, one.weight, one.word, text[one.start : one.end]) for one in terms(text)] == [
        ("tuin", 0.6, "Buurttuin", "Buurttuin"),
        ("buurt", pytest.approx(0.21), "Buurttuin", "Buurttuin"),
        ("buurttuin", 1.0, "Buurttuin", "Buurttuin"),
    ]


def test_a_whole_word_outweighs_its_parts_and_a_general_word_weighs_little():
    weights = dict(Analyser().of_word("moestuin"))
    assert weights["moestuin"] > weights["tuin"]
    assert dict(Analyser().of_word("mensen"))["mens"] < 0.5


def test_reading_stops_where_asked():
    assert [one.text for one in Analyser().terms("tuin boom fiets", most_words=1)] == ["tuin"]


@given(st.text())
def test_terms_are_lexemes(text):
    assert all(re.fullmatch(r"[a-z0-9]{1,60}", term) for term in search_terms(text))
    assert all(alternatives for alternatives in query(text))


def test_what_is_stored_and_asked_is_bounded():
    many = " ".join(f"woord{number}" for number in range(30_000))
    assert len(search_terms(many)) == 20_000
    assert len(query(many)) == 12


def test_thousands_of_words_in_milliseconds():
    text = "Wij willen met de buurt een moestuin met fruitbomen en een bankje voor ouderen maken. " * 300
    search_terms(text)
    began = time.process_time()
    search_terms(text)
    assert time.process_time() - began < 0.5
