"""What verdicts teach the thinking half: within bounds, without harm, without anybody's own words."""

import itertools
import random
from dataclasses import replace
from math import log

import pytest

from matching.learning import BOUND, FEWEST_INITIATORS, GUARDED, PULL, Judged, learn, lessons
from matching.matcher import Matcher
from matching.ranking import EVEN, STEEP
from matching.shapes import Learned, Question
from tests.matching.merenburg import GOLD, matcher
from tests.matching.village import VILLAGE

SWIFTS = Question("Nestkasten", "We timmeren nestkasten voor gierzwaluwen onder de dakgoot.")


@pytest.fixture(scope="module")
def village():
    return Matcher(VILLAGE)


def terms_of(village, question=SWIFTS, is_public=True):
    return village.terms(question.title, question.text, is_public)


def scores(matcher, question=SWIFTS):
    """{goal: score before it became a chance}: of those evidence is a part."""
    found = {goal.key: goal.score for goal in matcher.answer(question).goals}
    return {key: EVEN + log(right / (1 - right)) / STEEP for key, right in found.items()}


def sentences(matcher, question=SWIFTS):
    return {goal.key: [one.sentence for one in goal.reasons] for goal in matcher.answer(question).goals}


def said(village, kind="added", goal="D3", question=SWIFTS, is_public=True, who=0):
    return Judged(goal, kind, terms_of(village, question, is_public), is_public, who)


def test_a_link_lifts_the_goal_for_plans_alike_and_says_why(village):
    taught = village.taught(learn([said(village)]))
    assert scores(taught)["D3"] > scores(village).get("D3", 0)
    why = "Een plan met “Nestkasten”, “dakgoot” en “gierzwaluwen” hoorde eerder ook bij dit doel."
    assert why in sentences(taught)["D3"]


def test_what_was_added_by_hand_teaches_more_than_what_was_confirmed(village):
    lifted = {
        kind: scores(village.taught(learn([said(village, kind)])))["D1"] if kind else scores(village)["D1"]
        for kind in ("", "confirmed", "added")
        for said in [lambda village, kind: Judged("D1", kind, terms_of(village), True)]
    }
    assert lifted[""] < lifted["confirmed"] < lifted["added"]


def test_evidence_is_bounded_however_much_there_is(village):
    before = scores(village)["D1"]
    taught = village.taught(learn([said(village, goal="D1")] * 500))
    assert before < scores(taught)["D1"] <= before + BOUND * (1 - before)


def test_a_goal_without_verdicts_keeps_its_score_exactly(village):
    taught = village.taught(learn([said(village, goal="D3")]))
    assert scores(taught)["D1"] == scores(village)["D1"]


def test_a_rejection_counts_for_texts_much_like_that_one_only(village):
    taught = village.taught(learn([said(village, "rejected", "D1")]))
    before, after = scores(village)["D1"], scores(taught)["D1"]
    assert before - PULL <= after < before
    other = Question("Bijenhotel", "We hangen nestkasten en een bijenhotel aan de schuur van de school.")
    assert scores(taught, other) == scores(village, other)


def test_a_rejection_never_outweighs_links(village):
    both = [said(village, goal="D1"), *[said(village, "rejected", "D1")] * 50]
    assert scores(village.taught(learn(both)))["D1"] >= scores(village)["D1"]


def test_the_same_verdicts_teach_the_same(village):
    asked = [SWIFTS, Question("Bijenhotel", "Een bijenhotel met nestkasten."), Question("Koffie", "Koffie.")]
    kinds = ("added", "confirmed", "rejected")
    verdicts = [
        said(village, kind, goal, question, is_public=question is SWIFTS, who=who)
        for goal in ("D1", "D2", "D3")
        for who, (kind, question) in enumerate(itertools.product(kinds, asked))
    ]
    shuffled = random.Random(3).sample(verdicts, len(verdicts))
    assert [one.goal for one in learn(verdicts)] == ["D1", "D2", "D3"]
    in_any_order = sorted(shuffled, key=lambda one: one.goal)
    assert in_any_order != verdicts
    assert list(map(content, learn(in_any_order))) == list(map(content, learn(verdicts)))


def content(lesson):
    """What stands in a lesson, whichever rejection came first."""
    return replace(lesson, against=tuple(sorted(lesson.against, key=str)))


def test_words_of_plans_that_are_not_public_stay_there_until_others_use_them_too(village):
    assert FEWEST_INITIATORS == 3
    other = Question("Vogels", "Met Okonkwo maken we nestkasten.")
    asked = [(SWIFTS, 1), (other, 2), (other, 3)]
    plans = [said(village, question=question, is_public=False, who=who) for question, who in asked]
    assert learn(plans[:2]) == (Learned("D3", added=2),)
    (lesson,) = learn(plans)
    assert set(lesson.towards) == set(terms_of(village)) & set(terms_of(village, other))


@pytest.mark.parametrize("who", [0, 7])
def test_many_plans_of_one_initiator_count_as_one(village, who):
    """So do those of which nobody knows whose they are."""
    assert learn([said(village, is_public=False, who=who)] * 5) == (Learned("D3", added=5),)


def test_a_name_in_plans_that_are_not_public_is_never_learned(village):
    named = Question("Vogels", "Met Okonkwo maken we nestkasten.")
    (lesson,) = learn([said(village, question=named, is_public=False, who=who) for who in range(9)])
    assert "okonkwo" in terms_of(village, named)
    assert lesson.towards
    assert not [term for term in lesson.towards if "okonkwo" in term]


def test_a_rejected_plan_that_is_not_public_leaves_no_words(village):
    assert learn([said(village, "rejected", is_public=False)]) == (Learned("D3", rejected=1),)


def test_a_reason_quotes_nobody_but_the_resident(village):
    taught = village.taught(learn([said(village)]))
    asked = Question("Vogels", "Een NESTKAST bij de dakgoot, voor de vogels.")
    told = [one for one in sentences(taught, asked)["D3"] if "eerder" in one]
    assert told == ["Een plan met “dakgoot” en “NESTKAST” hoorde eerder ook bij dit doel."]


@pytest.mark.parametrize(
    "text",
    [
        "Een nestkast tegen de gevel.",  # one word in common proves nothing, however rare
        "We willen geen nestkasten, geen dakgoot en geen gierzwaluwen.",
    ],
)
def test_one_word_in_common_or_what_is_not_wanted_teaches_nothing(village, text):
    taught = village.taught(learn([said(village)]))
    asked = Question("Vogels", text)
    assert scores(taught, asked) == scores(village, asked)
    assert "eerder" not in str(sentences(taught, asked))


def test_a_text_that_shares_nothing_rare_is_not_lifted(village):
    taught = village.taught(learn([said(village)]))
    other = Question("Veilig fietsen", "Kinderen fietsen zonder gevaar naar school.")
    assert scores(taught, other) == scores(village, other)


def test_a_goal_that_learned_nothing_never_falls_out_of_the_first_five():
    """Half of the goals have learned each question by heart: the strongest evidence there can be."""
    plain, dice, changed = matcher(), random.Random(5), 0
    for row in GOLD.initiatives[:40]:
        question = Question(row["title"], row["text"], row["district"] or "")
        taught = set(dice.sample(sorted(goal.key for goal in GOLD.corpus.goals), 60))
        terms = plain.terms(question.title, question.text)
        other = plain.taught(learn(Judged(key, "added", terms, True) for key in taught for _ in range(20)))
        first = [goal.key for goal in plain.answer(question).goals[:GUARDED]]
        after = [goal.key for goal in other.answer(question).goals[:GUARDED]]
        assert {key for key in first if key not in taught} <= set(after), row["id"]
        changed += first != after
    assert changed > 20


def test_leave_one_out_leaves_it_out():
    read = lambda title, text: {title: 1.0}  # noqa: E731
    rows = [
        {"id": "A", "title": "a", "text": "", "labels": {"goals": {"G1": 2, "G2": 1}}},
        {"id": "B", "title": "b", "text": "", "labels": {"goals": {"G2": 2}}},
    ]
    assert [(one.goal, one.towards) for one in lessons(read, rows)] == [
        ("G1", {"a": 1.0}),
        ("G2", {"a": 1.0, "b": 1.0}),
    ]
    assert [(one.goal, one.towards) for one in lessons(read, rows, {"A"})] == [("G2", {"b": 1.0})]
