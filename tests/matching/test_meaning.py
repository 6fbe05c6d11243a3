"""Texts are about concepts, and alike as far as their concepts are."""

import numpy as np
import pytest

from dutch.thesaurus import read
from matching.meaning import Concepts, civic
from matching.reading import Reader

READER = Reader([])
SMALL = Concepts(
    read(
        "small.txt",
        """
rouw (6.1)
  beleid: rouwverwerking
  gewoon: rouwcafé, begrafenis, ~koffie
  breder: samenhang

samenhang (6.1)
  beleid: sociale cohesie
  gewoon: buurtgevoel
  verwant: feest

feest (5.3)
  beleid: viering
  gewoon: straatfeest, slingers

afval (7.3)
  beleid: afvalinzameling
  gewoon: vuilnis, container
  verwant: geur

geur (7.4)
  beleid: geurhinder
  gewoon: stank
""",
    )
)


def reading(text):
    return READER.read([(text, 1.0)])


def about(text, of=SMALL):
    return of.of(reading(text))


def likeness(text, *documents):
    """How far a text is about the same as each document."""
    asked = SMALL.asked(about(text))
    vectors = [SMALL.vector(reading(one)).items() for one in documents]
    return np.array([sum(asked[SMALL.number[name]] * weight for name, weight in one) for one in vectors])


def test_a_text_is_about_what_its_words_say():
    assert list(about("Een rouwcafé na de begrafenis")) == ["rouw"]
    assert about("Een rouwcafé na de begrafenis")["rouw"] == 1


def test_words_that_are_in_no_concept_say_nothing():
    assert SMALL.about(reading("wolken boven zee")) == ({}, 0.0)
    assert not likeness("wolken boven zee", "vuilnis").any()


def test_a_hint_says_less():
    assert SMALL.about(reading("koffie"))[1] < SMALL.about(reading("rouwcafé"))[1]


def test_more_said_counts_for_more():
    assert SMALL.about(reading("stank"))[1] < SMALL.about(reading("stank van vuilnis in de container"))[1]


def test_what_is_next_to_it_is_met_more_weakly():
    same, upward, aside, elsewhere = likeness(
        "rouwcafé", "begrafenis", "buurtgevoel", "straatfeest", "vuilnis"
    )
    assert same == pytest.approx(1)
    assert 1 > upward > aside > elsewhere == 0


def test_likeness_is_the_cosine_of_both_after_spreading():
    texts = ("rouwcafé met slingers", "straatfeest in het buurtgevoel")
    one, other = (SMALL.spread(about(text)) for text in texts)
    cosine = one @ other / np.sqrt((one @ one) * (other @ other))
    assert likeness(texts[0], texts[1])[0] == pytest.approx(cosine, rel=1e-6)


def test_the_words_that_say_so_are_told_as_written():
    assert SMALL.words(reading("Na de Begrafenis een ROUWCAFÉ"), "rouw") == ("Begrafenis", "ROUWCAFÉ")
    assert SMALL.words(reading("vuilnis"), "rouw") == ()


@pytest.mark.parametrize("way", [("rouw", "samenhang"), ("samenhang", "rouw"), ("feest", "samenhang")])
def test_one_step_is_near_both_ways(way):
    one, other = way
    assert 0 < SMALL.near(one)[other] < 1


STORIES = {
    "Mijn moeder zit hele dagen binnen en spreekt niemand": "eenzaamheid",
    "Er rijden brommers te hard langs de school": "te hard rijden",
    "Wij willen nestkasten ophangen voor de gierzwaluwen": "vogels in de buurt",
    "een schuurtje waar je gereedschap van elkaar leent": "spullen delen",
    "mijn broer heeft autisme en ik heb ook aandacht nodig": "brussen",
    "een rouwcafé in de kantine": "rouw en verlies",
}


@pytest.mark.parametrize(("story", "concept"), STORIES.items(), ids=STORIES.values())
def test_stories_lead_to_what_they_mean(story, concept):
    assert next(iter(about(story, civic()))) == concept


@pytest.mark.parametrize(
    ("text", "meets"),
    [
        ("opa zit alleen thuis", True),
        ("thuis is opa weer alleen", True),
        ("alleen wie om half negen stipt aan de poort staat mag mee naar thuis", False),
    ],
)
def test_two_words_say_more_together(text, meets):
    """Neither "alleen" nor "thuis" says much by itself."""
    lonely = Concepts(
        read("x.txt", "alleen zijn (6.1)\n  beleid: alleen thuis\n\nwonen (8.3)\n  beleid: thuis, thuis zijn")
    )
    assert (next(iter(about(text, lonely))) == "alleen zijn") is meets
    if meets:
        assert {"alleen", "thuis"} <= set(lonely.words(reading(text), "alleen zijn"))
