"""Reasons are sentences that quote both sides."""

from dataclasses import replace

import pytest

from matching.explain import Meeting, alike_reason, look_alike, meeting, quoted, told_by, words_reason
from matching.index import Rarity
from matching.matcher import Matcher
from matching.reading import Reader
from matching.shapes import Question, Reason
from tests.matching.village import ECOLOGIST, MATCHER, VILLAGE

READER = Reader([])
RARITY = Rarity({})


def read(text):
    return READER.read([(text, 1.0)])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("bloemen",), "“bloemen”"),
        (("bloemen", "gras"), "“bloemen” en “gras”"),
        (("bloemen", "gras", "riet"), "“bloemen”, “gras” en “riet”"),
    ],
)
def test_quoted(words, sentence):
    assert quoted(words) == sentence


def test_meeting_quotes_words_as_written():
    assert meeting(read("We willen Plantjes"), read("Nieuwe PLANTEN"), RARITY) == Meeting(
        ("Plantjes",), ("PLANTEN",)
    )


def test_meeting_leaves_out_words_that_prove_little():
    assert meeting(read("Mensen zaaien bloemen"), read("bloemen voor mensen"), RARITY) == Meeting(
        ("bloemen",), ("bloemen",)
    )


def test_texts_without_a_shared_term_do_not_meet():
    assert meeting(read("bloemen"), read("fietsen"), RARITY) is None


def test_words_look_alike_by_a_long_run_of_letters():
    assert look_alike(read("strandwal"), read("strandje")) == Meeting(("strandwal",), ("strandje",))
    assert look_alike(read("bloemen"), read("fietsen")) is None


def test_sentences():
    same = Meeting(("bloemen", "gras"), ("Bloemen", "gras"))
    other = Meeting(("plantjes",), ("planten",))
    assert words_reason("words", same, "Dit doel") == Reason(
        "words",
        "Je schrijft “bloemen” en “gras”. Dit doel noemt dat ook.",
        ("bloemen", "gras"),
        ("Bloemen", "gras"),
    )
    assert words_reason("offer", other, "De Korf").sentence == (
        "Je schrijft “plantjes”. De Korf noemt “planten”."
    )
    assert alike_reason(other, "dit doel").sentence == (
        "Je schrijft “plantjes”. Dat lijkt op “planten” bij dit doel."
    )
    assert alike_reason(Meeting(("straat",), ("Straat",)), "dit doel").sentence == (
        "Je schrijft “straat”. Dat woord staat ook bij dit doel."
    )


def test_a_profile_explains_a_goal_that_shares_no_word():
    knowing = replace(ECOLOGIST, expertise="Bloemen, pimpampoenen, biodiversiteit.")
    matcher = Matcher(replace(VILLAGE, contacts=(knowing,))).hearing({"profiles"})
    answer = matcher.answer(Question("Pimpampoenen", "Wij willen grote pimpampoenen neerzetten."))
    assert [(goal.key, [reason.code for reason in goal.reasons]) for goal in answer.goals] == [
        ("D1", ["profile"])
    ]
    assert answer.goals[0].reasons[0].sentence == (
        "Je schrijft “Pimpampoenen”. Dat past bij Ecoloog. "
        "Daar hoort ook “bloemen” en “biodiversiteit” bij, net als bij dit doel."
    )


def test_meaning_is_told_with_the_way_that_leads_there():
    answer = MATCHER.answer(Question("Nestkasten", "Wij timmeren nestkasten voor alle daken."))
    [goal] = [one for one in answer.goals if one.key == "D1"]
    assert [reason.code for reason in goal.reasons] == ["concept"]
    assert goal.reasons[0].sentence.startswith(
        "Je schrijft “Nestkasten”. Dat gaat over vogels in de buurt. Da"
    )
    assert goal.reasons[0].words == ("Nestkasten",)


@pytest.mark.parametrize(
    "text", ["Wij willen geen nestkasten en geen bloemen.", "Wij willen die bloemen niet."]
)
def test_no_reason_rests_on_what_is_not_wanted(text):
    answer = MATCHER.answer(Question("", text))
    assert (answer.goals, answer.partners, answer.similar, answer.fits) == ((), (), (), False)


def test_a_word_that_is_wanted_elsewhere_in_the_text_is_a_reason():
    answer = MATCHER.answer(Question("Geen bloemen", "Of toch: wij zaaien bloemen in de berm."))
    assert answer.goals[0].reasons[0].words[0] == "bloemen"


def test_what_was_quoted_already_is_not_told_again():
    met = Meeting(("bloemen",), ("Bijen",))
    assert told_by(met, Reason("concept", "", ("struiken",), ("bijen",)))
    assert told_by(met, Reason("concept", "", ("bloemen",), ("planten",)))
    assert told_by(met, Reason("concept", "", ("bloemen", "zaaien"), ("bijen", "zaden")))
    assert not told_by(met, Reason("concept", "", ("zaaien", "bloemen"), ("bijen", "zaden")))
    assert not told_by(met, Reason("concept", "", ("struiken",), ("planten",)))
    assert not told_by(None, Reason("concept", "", ("struiken",), ("planten",)))
