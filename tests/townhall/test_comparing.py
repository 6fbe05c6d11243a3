"""What differs between two texts: every word is there, what changed is marked, and nobody waits for it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.comparing import compared

TEXT = st.text(alphabet="ab. \né,", max_size=120)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "", []),
        ("", "Een tuin.", [("new", "Een tuin.")]),
        ("Een tuin.", "", [("gone", "Een tuin.")]),
        ("Een tuin.", "Een tuin.", [("same", "Een tuin.")]),
        (
            "Een tuin. Met bomen.",
            "Een moestuin. Met bomen.",
            [("same", "Een "), ("gone", "tuin"), ("new", "moestuin"), ("same", ". Met bomen.")],
        ),
    ],
)
def test_word_for_word(old, new, parts):
    assert compared(old, new) == parts


def test_a_long_text_is_told_around_what_changed():
    same = "De buurt helpt mee. " * 50
    parts = compared(f"{same}Wij geven water.", f"{same}Wij geven mest.")
    assert [kind for kind, _words in parts] == ["skipped", "same", "gone", "new", "same"]
    assert sum(len(words) for _kind, words in parts) < 200


@given(old=TEXT, new=TEXT)
def test_both_texts_can_be_read_in_it(old, new):
    parts = compared(old, new)
    if "skipped" not in dict(parts):
        assert "".join(words for kind, words in parts if kind != "new") == old
        assert "".join(words for kind, words in parts if kind != "gone") == new


@pytest.mark.parametrize("pair", [("a b ", "b a c "), ("a. b. ", "b. a. c. "), ("ab", "ba")])
def test_no_text_keeps_us_busy(pair):
    """Texts of ten thousand letters, made to be hard: without a bound these take minutes."""
    old, new = (one * (10_000 // len(one)) for one in pair)
    began = time.process_time()
    compared(old, new)
    assert time.process_time() - began < 5
