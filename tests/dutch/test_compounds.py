"""Compounds fall apart into words, and only into words."""

import pytest

from dutch.compounds import Splitter
from dutch.wordlists import DATA, word_list

SPLITTER = Splitter()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("buurttuin", ("buurt", "tuin")),
        ("buurttuinen", ("buurt", "tuinen")),
        ("zonnepanelen", ("zonne", "panelen")),
        ("jongerenwerk", ("jongeren", "werk")),
        ("verkeersveiligheid", ("verkeers", "veiligheid")),
        ("duurzaamheidslening", ("duurzaamheids", "lening")),
        ("stadsbusvervoer", ("stads", "bus", "vervoer")),
        ("wijkvernieuwingsplan", ("wijk", "vernieuwing", "plan")),
        ("bomenkap", ()),  # three letters are chance, but for a few listed ones
        ("kabouterwoning", ("woning",)),  # the head counts, whatever comes before it
        ("gebroken", ()),
        ("uitbouwen", ()),
        ("eenzaamheid", ()),  # -heid is an ending
        ("bereikbaar", ()),
        ("landschap", ()),
        ("openstellen", ()),
        ("huisvesting", ()),  # two words of the lexicon, another meaning
        ("tuin", ()),
        ("", ()),
    ],
)
def test_split(word, parts):
    assert SPLITTER.split(word) == parts


def test_the_words_of_the_municipality_help():
    assert SPLITTER.split("pumptrackbaan") == ()
    assert Splitter(["pumptrack", "baan"]).split("pumptrackbaan") == ("pumptrack", "baan")


def test_a_way_that_ends_in_a_listed_word_wins():
    assert Splitter(["werker", "ervaring", "varingen"]).split("werkervaring") == ("werk", "ervaring")


def test_every_letter_of_a_part_is_a_letter_of_the_word():
    for word in ("ouderenhuiskamer", "kinderboekenmarkt", "dorpshuiskeuken"):
        assert SPLITTER.split(word)
        assert len("".join(SPLITTER.split(word))) <= len(word)


@pytest.mark.parametrize("name", [path.stem for path in DATA.glob("*.txt") if path.stem != "distress"])
def test_word_lists_are_plain_words(name):
    assert word_list(name)
    assert all(word.isalnum() and word.isascii() and word.islower() for word in word_list(name))


def test_no_word_of_the_lexicon_is_a_stop_word():
    assert not word_list("lexicon") & word_list("stop-words")
