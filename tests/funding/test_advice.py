"""Help without money first, then the forms that fit, each with its reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from funding.advice import (
    HELP,
    RULES,
    FundingForm,
    FundingScheme,
    forms,
    help_without_money,
    in_euros,
    schemes,
    situation,
)
from funding.asked import NEEDS, read

ALL = [FundingForm(key, key) for key in ("BB", "IF", "BM", "FC", "MA", "LF", "PL", "CF", "CG")]


def advised(text, needs=None, amount=None, known=ALL):
    asked = read("", text)
    return [one.key for one in forms(situation(asked, needs, amount), asked, known)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("We vragen 900 euro.", ["BB", "IF"]),
        ("We vragen 4.000 euro.", ["BB", "IF"]),
        ("We vragen 12.000 euro.", ["IF", "LF"]),
        ("We vragen 90.000 euro.", ["LF", "CF"]),
        ("We hebben gereedschap nodig.", ["BB", "IF"]),
        ("We vragen 8.000 euro. Het hele dorp doet mee.", ["IF", "LF", "CF"]),
        ("We vragen 8.000 euro. De opbrengst betaalt het terug.", ["IF", "LF", "PL"]),
        ("Wij nemen het beheer over voor hetzelfde geld.", ["MA"]),
        ("De leges kosten meer dan ons feest: 186 euro.", ["FC", "BB", "IF"]),
        ("Mogen we de straat afsluiten?", []),
        ("We beginnen een tijdbank en maken goede afspraken.", ["CG"]),
        ("We vragen 800 euro voor een training.", ["IF"]),
        ("We vragen 800 euro voor het orgel.", ["IF", "LF", "CF"]),
        ("Wij worden een coöperatie en vragen 800 euro.", ["CF", "PL"]),
        ("Wij helpen mensen uit de bijstand.", ["MA"]),
        ("Wie heeft advies over ons koor?", ["BB", "IF"]),
        ("Het kost de gemeente niets.", []),
    ],
)
def test_forms(text, keys):
    assert advised(text) == keys


def test_who_does_not_say_what_is_needed_hears_where_to_begin():
    assert advised("Wij zingen.") == ["BB", "IF"]
    assert advised("Wij zingen en dienen een klacht in.") == []


def test_costs_that_come_back_get_a_warning():
    once, again = (read("", f"We vragen 900 euro{when}.") for when in ("", " per jaar voor drie jaar"))
    assert ["één keer" in one.sentence for one in forms(situation(once), once, ALL)] == [False, True]
    assert ["terugkomen" in one.sentence for one in forms(situation(again), again, ALL)] == [False, True]


@pytest.mark.parametrize(
    ("amount", "written"),
    [("900", "€ 900"), ("1500.00", "€ 1.500"), ("1250.5", "€ 1.250,50"), ("1900000", "€ 1.900.000")],
)
def test_an_amount_is_written_as_we_write_it(amount, written):
    assert in_euros(Decimal(amount)) == written


def test_who_says_that_nothing_is_needed_is_believed():
    assert advised("We vragen 900 euro.", needs=()) == []


def test_the_amount_of_the_resident_wins():
    assert advised("We vragen 900 euro.", amount=Decimal(90_000)) == ["LF", "CF"]
    assert advised("Mogen we de straat afsluiten?", amount=Decimal(300)) == ["BB", "IF"]


def test_only_forms_the_municipality_knows():
    assert advised("We vragen 900 euro.", known=[FundingForm("IF", "Fonds")]) == ["IF"]


def test_a_form_quotes_the_words_that_led_to_it():
    asked = read("", "Wij nemen het beheer over.")
    told = situation(asked)
    assert [(one.sentence, one.words) for one in forms(told, asked, ALL) if one.key == "MA"] == [
        (
            "Je wilt werk doen dat de gemeente nu doet of betaalt. Dan kan het geld voor dat werk meekomen.",
            ("beheer over",),
        )
    ]


def test_help_comes_in_the_order_of_the_needs():
    asked = read("", "Mogen we gereedschap lenen, en wie geeft advies?")
    assert [(one.need, one.words) for one in help_without_money(situation(asked), asked)] == [
        ("toestemming", ("Mogen we",)),
        ("materiaal", ("gereedschap",)),
        ("advies", ("advies",)),
    ]


def test_every_need_but_money_has_help_in_plain_words():
    assert set(HELP) == set(NEEDS) - {"geld"}
    assert all(sentence.endswith(".") and len(sentence.split()) < 20 for sentence in HELP.values())


def test_every_form_has_a_rule_and_a_sentence():
    assert {rule.form for rule in RULES} == {form.key for form in ALL}
    assert all(rule.sentence.endswith(".") for rule in RULES)


# Schemes --------------------------------------------------------------------------------------------
ANY = FundingScheme("R1", "IF")


def applied(text, *known, district="", amount=None):
    """{key: sentence} of the schemes that are named."""
    asked = read("", text)
    told = situation(asked, amount=amount)
    return {one.key: one.sentence for one in schemes(told, asked, district, ["IF"], known)}


@pytest.mark.parametrize(
    ("change", "is_named"),
    [
        ({}, True),
        ({"form": "PL"}, False),
        ({"districts": ("Noord",)}, True),
        ({"districts": ("Zuid",)}, False),
        ({"needs": ("materiaal", "ruimte")}, True),
        ({"needs": ("scholing",)}, False),
        ({"least": Decimal(1500)}, True),
        ({"least": Decimal(1501)}, False),
        ({"most": Decimal(750)}, True),
        ({"most": Decimal(749)}, False),
    ],
)
def test_a_scheme_is_named_where_one_can_apply(change, is_named):
    text = "We vragen 1.500 euro. En we zoeken gereedschap."
    assert bool(applied(text, replace(ANY, **change), district="Noord")) == is_named


def test_where_nothing_is_known_nothing_is_ruled_out():
    known = replace(ANY, needs=("ruimte",), least=Decimal(500), most=Decimal(900))
    assert applied("We vragen subsidie.", known)


def test_a_scheme_of_one_district_is_for_who_chose_it():
    known = replace(ANY, districts=("Zuid",))
    found = {
        name: bool(applied("We vragen subsidie.", known, district=name)) for name in ("Zuid", "Noord", "")
    }
    assert found == {"Zuid": True, "Noord": False, "": False}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Bij deze regeling kun je geld aanvragen."),
        (
            {"most": Decimal(2500), "closes_on": date(2026, 11, 1)},
            "Deze regeling geeft hoogstens € 2.500. Aanvragen kan tot en met 1 november 2026.",
        ),
        (
            {"most": Decimal(1000)},
            "Deze regeling geeft hoogstens € 1.000. De rest zoek je ergens anders.",
        ),
        (
            {"least": Decimal(250), "own_share": Decimal("12.50")},
            "Deze regeling geeft € 250 of meer. Je betaalt zelf 12,5 procent.",
        ),
    ],
)
def test_a_scheme_says_why(change, sentence):
    assert applied("We vragen 1.500 euro.", replace(ANY, **change)) == {
        "R1": f"Je vraagt € 1.500. {sentence}"
    }


def test_schemes_stand_in_the_order_of_their_keys():
    assert list(applied("We vragen geld voor zand.", replace(ANY, key="R2"), ANY)) == ["R1", "R2"]
