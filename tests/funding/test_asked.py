"""What a plan asks for is read by rules."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutch import fold
from funding.asked import NEEDS, read
from funding.cues import A_THING, ASKING, CERTAIN, MONEY_TALK, NOT_ASKED, SIGNS, VERBS, WHEN_ASKED


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Wij planten bloemen.", ()),
        ("We vragen subsidie voor zand.", ("geld", "materiaal")),
        ("Mogen we de straat afsluiten?", ("toestemming",)),
        ("Is er een vergunning nodig?", ("toestemming",)),
        ("We zoeken een ruimte voor onze club.", ("ruimte",)),
        ("Wie heeft er een stukje grond voor ons?", ("plek",)),
        ("We hebben gereedschap nodig.", ("materiaal",)),
        ("We hebben nog drie parasols nodig.", ("materiaal",)),
        ("Graag iemand die meedenkt.", ("advies",)),
        ("We willen een training.", ("scholing",)),
        ("We hoeven geen subsidie.", ()),
        ("We hebben geen vergunning nodig, wel advies.", ("advies",)),
        ("Kan de gemeente ons in contact brengen met de eigenaar?", ("bemiddeling",)),
        ("We willen een overeenkomst voor vijf jaar.", ("afspraak",)),
        ("Kan het in de krant?", ("bekendheid",)),
        ("We zoeken vrijwilligers.", ("vrijwilligers",)),
        ("Wij nemen het beheer over.", ("afspraak",)),
        ("Wij zingen. Een ladder en wat verf.", ("materiaal",)),
        ("Mogen wij hier kippen houden?", ("toestemming",)),
        ("Een tent kost 300 euro.", ("geld",)),
    ],
)
def test_needs(text, needs):
    assert read("", text).needs == needs


@pytest.mark.parametrize(
    "text",
    [
        "We hebben geen vergunning nodig.",
        "Subsidie hoeven we niet.",
        "Om subsidie vragen we niet.",
        "Het kan zonder subsidie.",
        "We vragen geen bijdrage.",
        "Gereedschap hebben we al.",
        "De vergunning is al geregeld.",
        "Het kost de gemeente niets.",
    ],
)
def test_what_is_not_needed_is_no_need(text):
    assert read("", text).needs == ()


def test_what_is_denied_ends_at_a_comma():
    assert read("", "Subsidie hoeven we niet, een zaal zoeken we wel.").needs == ("ruimte",)
    assert read("", "We zoeken een zaal, subsidie hoeven we niet.").needs == ("ruimte",)


def test_who_has_no_money_asks_for_it():
    assert read("", "We hebben geen geld.").needs == ("geld",)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Het kost 1.250 euro.", 1250),
        ("Het kost € 1.250,50.", Decimal("1250.50")),
        ("We vragen 4000 euro.", 4000),
        ("Een nieuwe kost 2.900.", 2900),
        ("Het dak kost 55 duizend euro.", 55_000),
        ("Dat is een gat van 1,5 miljoen euro.", 1_500_000),
        ("We hebben 22.000 van sponsors en zoeken nog 8.000.", 8000),
        ("We vragen vijfhonderd euro.", 500),
        ("Het kost vijfentwintighonderd euro.", 2500),
        ("We vragen € 1.250,-.", 1250),
        ("Ik heb 300 euro nodig voor verf.", 300),
        ("Wij hebben € 500 nodig voor een buurtfeest.", 500),
        ("Wij hebben 800 euro en een zaal nodig.", 800),
        ("We hebben al 200 euro opgehaald en zoeken nog duizend euro.", 1000),
        ("We hebben van de bank 500 euro gekregen en hebben nog 700 euro nodig.", 700),
        ("De barbecue kost ongeveer 1500,-", 1500),
        ("Het kost twee duizend euro.", 2000),
        ("We hebben 600 euro in kas.", None),
        ("We zoeken een paar duizend euro.", None),
        ("Het kost enkele duizend euro.", None),
        ("We vragen 2,5 duizend euro.", 2500),
        ("We zoeken nog 2k.", 2000),
        ("De prijs is twee ton euro.", 200_000),
        ("Het is 45 euro per kind, dus 2700.", 2700),
        ("Samen kost 70.000 het dak.", 70_000),
        ("Het kost 2.200 euro, de helft hebben we al.", 1100),
        ("Het kost 1.251,25 euro en de helft is al gespaard.", Decimal("625.63")),
        ("We vragen 100 miljoen euro subsidie.", 100_000_000),
        ("We vragen 100.000.001 euro subsidie.", None),
        ("We vragen 9999999 miljoen euro subsidie, of 500 euro.", 500),
        ("We vragen een paar honderd euro.", None),
        ("We vragen veel euro.", None),
        ("Er ligt 2 ton zand.", None),
        ("De boete was 109 euro.", None),
        ("De zaal kost 50 euro per uur.", None),
        ("Er kwamen 1.200 bezoekers.", None),
        ("In 2026 zijn we met 80 mensen.", None),
        ("Gratis.", None),
    ],
)
def test_amount(text, amount):
    assert read("", text).amount == amount


def test_an_amount_asks_for_money():
    asked = read("Bakfiets", "Een nieuwe kost 2.900.")
    assert (asked.needs, asked.quotes["geld"], asked.quotes["amount"]) == (("geld",), "2.900", "2.900")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("We doen een beroep op het uitdaagrecht.", "task"),
        ("Wij nemen het beheer over.", "task"),
        ("De opbrengst gaat naar de club.", "income"),
        ("De leges zijn te hoog.", "fees"),
        ("Waar gaat ons geld van de gemeente heen?", "insight"),
        ("We beginnen een tijdbank.", "barter"),
        ("Er zijn al veertig donateurs.", "support"),
        ("We hebben een pgb.", "care"),
        ("Wij worden een coöperatie.", "shares"),
        ("Het orgel is stuk.", "heritage"),
        ("Voor gezinnen met schulden.", "poor"),
        ("Een coach doet mee.", "guided"),
        ("Dat doen we uit eigen zak.", "own"),
        ("Elke maand is er soep.", "running"),
    ],
)
def test_signs(text, sign):
    assert read("", text).signs == {sign}


def test_quotes_are_words_as_written():
    text = "Kan de gemeente… ÍN CONTACT brengen?"
    assert read("", text).quotes["bemiddeling"] in text


def test_the_title_counts():
    assert read("Gereedschap gezocht", "").needs == ("materiaal",)


@given(st.text())
def test_any_text_can_be_read(text):
    asked = read(text, text)
    assert set(asked.needs) <= set(NEEDS)


@pytest.mark.parametrize("junk", ["1", "1.", "€", "€ 1", "nodig ", "a. ", "vergunning, ", "\n", "1 000 "])
def test_a_megabyte_is_read_in_time(junk):
    began = time.process_time()
    read("", junk * (1_000_000 // len(junk)))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("junk", ["geen geld nometer ", "geen geld nodig ", "1.000 ", "\n", "hoeven geen "])
def test_what_is_denied_is_looked_for_once(junk):
    began = time.process_time()
    read("", junk * (20_000 // len(junk)))
    assert time.process_time() - began < 0.4


@pytest.mark.parametrize("times", [40, 250, 260, 400])
def test_who_writes_without_full_stops_is_read_too(times):
    text = "wij vragen subsidie voor de tuin " * times
    assert read("", text).needs == ("geld",)
    assert read("", text).quotes["geld"] == "subsidie"


@pytest.mark.parametrize(
    ("before", "needs"),
    [(0, ("geld",)), (199, ("geld",)), (200, ("geld",)), (201, ("geld",)), (1499, ("geld",)), (1500, ())],
)
def test_no_word_is_lost_where_a_text_is_cut(before, needs):
    assert read("", "tuin " * before + "subsidie").needs == needs


@pytest.mark.parametrize(
    "rows",
    [
        *(table.values() for table in (CERTAIN, WHEN_ASKED, SIGNS)),
        [ASKING, A_THING, MONEY_TALK, NOT_ASKED, VERBS],
    ],
)
def test_cues_are_folded_words(rows):
    cues = [cue.split() for row in rows for cue in row.split(",")]
    assert all(cues)
    assert all(word == ".." or fold(word) == word.rstrip("*") for cue in cues for word in cue)
    assert all(len("".join(cue).strip("*.")) > 1 for cue in cues)


@pytest.mark.parametrize("table", [CERTAIN, WHEN_ASKED, SIGNS])
def test_no_cue_stands_twice_in_a_row(table):
    for row in table.values():
        cues = [" ".join(cue.split()) for cue in row.split(",")]
        assert len(cues) == len(set(cues))


def test_the_same_needs_have_both_kinds_of_cues():
    assert tuple(CERTAIN) == tuple(WHEN_ASKED) == NEEDS
