"""An encoder of few lines stands in for a model: what the matcher does with nearness where one is named."""

import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from matching import corpus
from matching.embedding import Nearness, Remembering, sentences
from matching.matcher import Matcher
from matching.ranking import FUSION
from matching.shapes import Corpus, Goal, Question
from tests.matching.village import VILLAGE

SUBJECTS = ("rouw verlies gestorven stilstaan eenzaam", "bloem tuin plant berm", "fiets weg verkeer")


def encoder(texts):
    """How often the words of each subject begin words of a text."""
    rows = [
        [sum(word.startswith(root) for word in text.lower().split() for root in subject.split())
         for subject in SUBJECTS]
        for text in texts
    ]  # fmt: skip
    return np.array(rows, dtype=np.float32)


class Counting:
    """The encoder, and what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked.append(list(texts))
        return encoder(texts)


GRIEF = Goal("G1", "Minder eenzaamheid", description="Wie eenzaam is, vindt gezelschap.")
GREEN = Goal("G2", "Bloemen in de berm", description="De berm bloeit en planten krijgen ruimte.")
ROADS = Goal("G3", "Veilig verkeer op elke weg", description="Wie fietst, komt veilig thuis.")
GOALS = (GRIEF, GREEN, ROADS)


def test_sentences_are_as_written():
    assert sentences("Wij rouwen. Kom je ook?\nSamen  zijn we sterk! Ja") == (
        "Wij rouwen.", "Kom je ook?", "Samen  zijn we sterk!",
    )  # fmt: skip
    assert sentences("Ja.") == ()


def test_a_text_is_nearest_to_what_it_means():
    near = Nearness(encoder, GOALS)
    question = near.encode("Stilstaan bij wie is gestorven.")
    scores = near.scores(question)
    assert scores.argmax() == 0
    assert scores[0] > 0.9
    assert (scores <= 1).all()
    assert (scores >= 0).all()


def test_the_nearest_sentences_are_quoted():
    near = Nearness(encoder, GOALS)
    question = near.encode("We zijn met tien man. Stilstaan bij wie is gestorven! Kom ook.")
    reason = near.reason(question, 0)
    assert reason.sentence == (
        "Je schrijft “Stilstaan bij wie is gestorven”. Dat lijkt op “Minder eenzaamheid” bij dit doel."
    )
    assert (reason.words, reason.their_words) == (
        ("Stilstaan bij wie is gestorven",),
        ("Minder eenzaamheid",),
    )
    assert near.reason(question, 1) is None
    assert near.reason(near.encode("stilstaan"), 0) is None  # a word is no sentence


def test_a_long_sentence_is_quoted_up_to_a_word():
    near = Nearness(encoder, GOALS)
    reason = near.reason(near.encode("Stilstaan bij wie is gestorven, " * 30), 0)
    assert reason.words[0].endswith(", Stilstaan bij wie is")
    assert 100 < len(reason.words[0]) <= 120


@pytest.mark.parametrize("goals", [(GRIEF,), (Goal("G9", ""),), (GRIEF, GREEN)])
def test_few_goals_or_empty_ones_are_fine(goals):
    near = Nearness(encoder, goals)
    assert len(near.scores(near.encode("Stilstaan bij wie is gestorven."))) == len(goals)


def test_a_question_is_encoded_once_and_texts_of_goals_are_remembered():
    asked = Counting()
    Matcher(Corpus(goals=GOALS, encoder=asked))
    assert len(asked.asked) == 1
    matcher = Matcher(Corpus(goals=(GRIEF, GREEN, replace(ROADS, title="Rustig verkeer")), encoder=asked))
    assert len(asked.asked) == 2
    assert all("Rustig verkeer" in text for text in asked.asked[1])
    matcher.answer(MOURNING)
    assert len(asked.asked) == 3


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr("matching.embedding.REMEMBERED", 2)
    asked = Counting()
    remembering = Remembering(asked)
    remembering(["een a", "twee b", "drie c"])
    remembering(["drie c"])
    remembering(["een a"])
    assert asked.asked == [["een a", "twee b", "drie c"], ["een a"]]


def test_a_very_long_text_is_cut_before_it_is_encoded():
    asked = Counting()
    Nearness(asked, GOALS).encode("Wij willen iets. " * 50_000)
    assert sum(map(len, asked.asked[-1])) < 10_000


def test_a_matcher_hears_an_encoder_only_where_one_is_named():
    assert "embedding" not in Matcher(VILLAGE).channels
    assert set(Matcher(replace(VILLAGE, encoder=encoder)).channels) == set(FUSION)
    assert "embedding" not in Matcher(Corpus(encoder=encoder)).channels  # there is nothing to be near to


MOURNING = Question(
    "Rouwcafé in het dorpshuis", "Een avond om stil te staan bij wie is gestorven. Met koffie en taart."
)


def test_a_goal_that_only_the_encoder_finds_has_its_reason():
    """The texts share no word, no concept and no letters that count."""
    goal = Goal("G1", "Niemand blijft eenzaam achter")
    goals = (goal, GREEN, ROADS)
    plain, near = Matcher(Corpus(goals=goals)), Matcher(Corpus(goals=goals, encoder=encoder))
    assert [one.key for one in near.answer(MOURNING).goals][:1] == ["G1"]
    found = near.answer(MOURNING).goals[0]
    assert found.reasons
    before = {one.key: one.score for one in plain.answer(MOURNING).goals}
    assert found.score > before.get("G1", 0.0)
    assert near.hearing([name for name in near.channels if name != "embedding"]).answer(
        MOURNING
    ) == plain.answer(MOURNING)


def test_a_goal_is_found_by_its_title_too():
    near = Matcher(Corpus(goals=(Goal("G1", "Niemand blijft eenzaam achter"), GREEN, ROADS), encoder=encoder))
    question = Question("Stilstaan bij wie is gestorven", "Een avond in het dorpshuis met koffie.")
    alone = near.hearing({"embedding"})
    assert [goal.key for goal in alone.answer(question).goals] == ["G1"]
    assert near.answer(question).goals[0].key == "G1"
    assert near.finds("G1", question)
    assert not near.finds("G1", replace(question, title="Avond"))


def test_a_model_that_is_named_is_read_once_by_sentence_transformers(monkeypatch, settings):
    made = []

    class SentenceTransformer:
        def __init__(self, name, device, local_files_only):
            assert local_files_only
            made.append((name, device))

        def encode(self, texts, **options):
            assert options == {"convert_to_numpy": True, "show_progress_bar": False}
            return encoder(texts)

    library = SimpleNamespace(SentenceTransformer=SentenceTransformer)
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    monkeypatch.delitem(sys.modules, "matching.transformers", raising=False)
    corpus.encoder.cache_clear()
    try:
        assert corpus.encoder("") is None
        assert corpus.encoder("a/model") is corpus.encoder("a/model")
        assert corpus.encoder("a/model")(("Een tuin",)).shape == (1, len(SUBJECTS))
        assert made == [("a/model", "cpu")]
        settings.MATCHER_MODEL = "a/model"
        with pytest.raises(CommandError, match="MATCHER_MODEL"):
            call_command("evaluate_matcher", "--store")
    finally:
        corpus.encoder.cache_clear()
        sys.modules.pop("matching.transformers", None)
