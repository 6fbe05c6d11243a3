"""A slip of the finger is understood; a word that may be right stays as it is."""

import time

import pytest

from dutch import Analyser
from dutch.spelling import meant, nearest, slips


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("kindren", "kinderen"),
        ("speeltujin", "speeltuin"),
        ("moestiun", "moestuin"),
        ("eenzamheid", "eenzaamheid"),
        ("ouedren", "ouderen"),
        ("zwerfafvla", "zwerfafval"),
        ("vossen", ""),  # no vissen
        ("straal", ""),  # no straat
        ("voro", ""),  # too short to be sure
        ("kinderen", ""),  # right already
        ("buurtmoestuinen", ""),  # known by its parts
        ("strandwal", ""),
        ("zonder", ""),
        ("", ""),
        ("x" * 60, ""),
    ],
)
def test_guess(typed, word):
    assert Analyser().guess(typed) == word


def test_of_two_words_as_near_neither_is_meant():
    assert meant("wandelar", [{"wandelaar"}]) == "wandelaar"
    assert meant("wandelar", [{"wandelaar"}, {"wandela"}]) == ""


def test_the_words_of_the_municipality_are_meant_too():
    assert Analyser().guess("zandlopre") == ""
    assert Analyser(["zandloper"]).guess("zandlopre") == "zandloper"


def test_a_thousand_unknown_words_are_looked_at_in_time():
    analyser = Analyser()
    analyser.guess("onbekendje")
    began = time.process_time()
    for number in range(1_000):
        analyser.guess("qz" + "".join(chr(97 + int(digit)) for digit in f"{number:08}"))
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("ab", "ba", 1), ("tuin", "tuin", 0), ("tuin", "tun", 1), ("stijger", "steiger", 2), ("", "abc", 3)],
)
def test_slips_are_counted_both_ways(one, other, number):
    assert slips(one, other) == slips(other, one) == number


def test_the_nearest_is_offered_only_when_it_is_near():
    assert nearest("zwemstijger", ["zwembad", "zwemsteiger", "steiger"]) == "zwemsteiger"
    assert nearest("bus", ["bos"]) == nearest("kafee", ["cafe"]) == nearest("bomen", ["bomen"]) == ""
    assert nearest("bomne", []) == ""
