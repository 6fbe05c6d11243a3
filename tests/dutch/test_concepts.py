"""Concepts are met in the words of residents."""

import pytest

from dutch import words
from dutch.analyser import Analyser
from dutch.concepts import LOOSE, OF_SEVERAL, Concepts, Finder, civic
from dutch.thesaurus import read

ANALYSER = Analyser()
TEXT = """
rouw (6.1)
  beleid: rouwverwerking
  gewoon: rouwcafé, vader dood, ~koffie, bijen, er voor elkaar zijn
  breder: samenhang

samenhang (6.1)
  beleid: sociale cohesie
  gewoon: buurtgevoel
  verwant: feest

feest (6.1)
  beleid: viering
  gewoon: straatfeest
  verwant: samenhang
"""
SMALL = Concepts(lambda: read("small.txt", TEXT))


def met(text, of=SMALL):
    """{concept: what its best meeting is worth}"""
    found = {}
    for one in Finder(of, ANALYSER.held).find([word.folded for word in words(text)]):
        found[one.concept] = max(found.get(one.concept, 0.0), one.worth)
    return found


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Een rouwcafé", 1.0),
        ("twee ROUWCAFÉS in het dorp", 1.0),
        ("mijn vader is sinds kort dood", OF_SEVERAL),
        ("dood ging mijn vader", OF_SEVERAL),
        ("vader, en nu na al die lange en lege weken vol met stilte is ook onze hond dood", None),
        ("koffie", LOOSE),
        ("we willen er voor elkaar zijn", OF_SEVERAL),
        ("elkaar zijn voor er", None),
        ("bijen", 1.0),
        ("bij de kerk", None),  # has the stem of bijen
        ("fiets", None),
    ],
)
def test_terms_are_met(text, worth):
    assert met(text).get("rouw") == worth


def test_part_of_a_compound_counts_less():
    assert 0 < met("een koffieochtend").get("rouw", 1) < LOOSE


def test_the_words_that_say_so_are_told():
    [one] = Finder(SMALL, ANALYSER.held).find(["mijn", "vader", "is", "dood"])
    assert one.places == (1, 3)


def test_a_concept_touches_those_next_to_it():
    assert SMALL.spread({"rouw": 1.0}) == {"rouw": 1.0, "samenhang": 0.5}
    assert SMALL.spread({"feest": 1.0}) == {"feest": 1.0, "samenhang": 0.3}
    assert SMALL.next_to("samenhang") == ["feest", "rouw"]


STORIES = {
    "Mijn moeder zit hele dagen binnen en spreekt niemand": "eenzaamheid",
    "Er rijden brommers te hard langs de school": "te hard rijden",
    "Wij willen nestkasten ophangen voor de gierzwaluwen": "vogels in de buurt",
    "een schuurtje waar je gereedschap van elkaar leent": "spullen delen",
    "mijn broer heeft autisme en ik ook aandacht nodig": "brussen",
}


@pytest.mark.parametrize(("story", "concept"), STORIES.items(), ids=STORIES.values())
def test_stories_lead_to_what_they_mean(story, concept):
    assert concept in met(story, civic())
