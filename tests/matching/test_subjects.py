"""Which words say what a plan is about: what a goal may be offered as a search word."""

import pytest

from matching.reading import is_subject


@pytest.mark.parametrize("word", ["nestkasten", "rollator", "imker", "buurtmoestuin", "struiken"])
def test_a_word_of_the_lexicon_or_a_concept_says_what_it_is_about(word):
    assert is_subject(word)


@pytest.mark.parametrize("word", ["lust", "pakken", "anderhalf", "klinkt", "gestolen", "leiden"])
def test_a_word_of_any_story_does_not(word):
    assert not is_subject(word)
