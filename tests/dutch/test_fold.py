"""Any text becomes plain words, in time linear in its length."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutch import fold, words
from dutch.fold import LONGEST_WORD


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café's én façade", "cafes en facade"),
        ("cafe\u0301", "cafe"),
        ("BUURTHUIS", "buurthuis"),
        ("ĳsbaan", "ijsbaan"),
        ("wijk- en buurtcentrum", "wijk en buurtcentrum"),
        ("Mama’s, foto's & zo’n", "mamas fotos zon"),
        ("m²", "m2"),
        ("ｆｕｌｌｗｉｄｔｈ", "fullwidth"),
        ("groen\u00advoor\u200bziening", "groenvoorziening"),
        ("een\0twee", "een twee"),
        ("smørrebrød Straße", "smorrebrod strasse"),
        ("🌷🌷 tuin 🌷", "tuin"),
        ("حديقة 花园", ""),
        ("__init__", "init"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_words_say_where_they_stand():
    text = "  Één búúrthuis!"
    assert [(word.surface, word.folded, text[word.start : word.end]) for word in words(text)] == [
        ("Één", "een", "Één"),
        ("búúrthuis", "buurthuis", "búúrthuis"),
    ]


def test_a_very_long_word_is_cut():
    assert fold("a" * 1_000_000) == "a" * LONGEST_WORD


@given(st.text())
def test_folded_words_are_plain(text):
    assert all(re.fullmatch(r"[a-z0-9]{1,60}", word.folded) for word in words(text))


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("junk", ["a", "'a", "e\u0301", "\0", "'", "\u0301", "_", "ﷺ"])
def test_a_megabyte_of_junk_takes_no_time(junk):
    began = time.process_time()
    fold(junk * (1_000_000 // len(junk)))
    assert time.process_time() - began < 3


def test_time_is_linear_in_the_number_of_words():
    began = time.process_time()
    fold("1. " * 100_000)
    assert time.process_time() - began < 3
