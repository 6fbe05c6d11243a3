"""Channels are fused with their strength kept."""

from dataclasses import replace

import numpy as np
import pytest

from matching.index import ConceptSpace, LetterSpace, Numbers, Rarities, Texts, WordIndex
from matching.meaning import civic
from matching.ranking import (
    FUSION,
    ConceptChannel,
    LetterChannel,
    Probe,
    ProfileChannel,
    WordChannel,
    fused,
    lift,
)
from matching.reading import Reader

TEXTS = ["bloemen zaaien in de berm", "veilig naar school fietsen", "koffie voor ouderen"]
READER = Reader([])
NUMBERS = Numbers()


def read(*texts):
    marks = dict.fromkeys(texts)
    return Texts.of(marks, lambda keys: (READER.read([(text, 1.0)]) for text in keys), NUMBERS)


GOALS, CONTACTS, PARTNERS = read(*TEXTS), read("nestkasten en bloemen"), read("kruispunten")
RARITIES = Rarities.of(GOALS, CONTACTS, PARTNERS)
SPACE = LetterSpace(GOALS, CONTACTS, PARTNERS, RARITIES.letters)
MEANING = ConceptSpace(GOALS, CONTACTS, PARTNERS)
CHANNELS = {
    "words": WordChannel(WordIndex(GOALS.words, RARITIES.words)),
    "letters": LetterChannel(),
    "profiles": ProfileChannel(MEANING),
    "concepts": ConceptChannel(),
}


class Constant:
    """A channel that says the same of all goals."""

    def __init__(self, strength):
        self.strength = strength

    def strengths(self, probe):
        return np.full_like(probe.likeness.goals, self.strength)


def probe(text):
    reading = READER.read([(text, 1.0)])
    about, said = civic().about(reading)
    return Probe(reading, SPACE.like(reading), about, said, MEANING.like(about))


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("text", ["bloemen zaaien", "bloemen " * 500, "qqq", "nestkasten"])
def test_every_channel_stays_between_nought_and_one(name, text):
    strengths = CHANNELS[name].strengths(probe(text))
    assert strengths.shape == (3,)
    assert ((strengths >= 0) & (strengths < 1)).all()


def test_a_profile_leads_to_a_goal_that_shares_no_word():
    question = probe("nestkasten timmeren")
    assert CHANNELS["words"].strengths(question).tolist() == [0, 0, 0]
    strengths = CHANNELS["profiles"].strengths(question)
    assert strengths[0] > 0.5 > max(strengths[1:])
    assert next(iter(CHANNELS["profiles"].ways(question))) == 0


def test_fusing_keeps_strength():
    weak, strong = fused(CHANNELS, probe("iets met een berm erbij")), fused(CHANNELS, probe(TEXTS[0]))
    assert weak.argmax() == strong.argmax() == 0
    assert strong[0] > weak[0] > 0


def test_the_whole_of_all_channels_is_one():
    whole = replace(probe("bloemen " * 20), said=1.0)
    most = fused({name: Constant(1.0) for name in FUSION}, whole)
    assert most.tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_what_says_little_of_municipal_matters_scores_less():
    asked = probe(TEXTS[0])
    assert (fused(CHANNELS, replace(asked, said=asked.said / 2)) < fused(CHANNELS, asked)).all()


def test_meaning_finds_what_no_letter_says():
    question = probe("opa drinkt thee met zijn buurvrouw van tachtig")
    assert CHANNELS["words"].strengths(question).tolist() == [0, 0, 0]
    assert CHANNELS["concepts"].strengths(question).argmax() == 2


def test_a_channel_may_be_left_out():
    """The others share what it leaves, so that a score keeps its meaning."""
    weak, strong = Constant(0.2), Constant(0.6)
    both = fused({"words": weak, "letters": strong}, probe("bloemen " * 20))
    assert (fused({"letters": strong}, probe("bloemen " * 20)) > both).all()
    assert (fused({"words": weak}, probe("bloemen " * 20)) < both).all()


def test_short_texts_are_lifted_a_little():
    assert 1.2 > lift(probe("bloemen")) > lift(probe("bloemen zaaien berm")) > 1
    assert lift(probe(" ".join(f"woord{number}" for number in range(15)))) == 1
