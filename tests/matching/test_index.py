"""Postings, rarity and the space of letters."""

import numpy as np
import pytest

from matching.index import (
    FEWEST_TEXTS,
    Bags,
    LetterSpace,
    Numbers,
    Postings,
    Rarity,
    Texts,
    WordIndex,
    best_first,
    half,
)
from matching.meaning import civic
from matching.reading import GUESSED, Reader, Readings, letter_groups

READER = Reader(["De Vlieten"])


def read(text):
    return READER.read([(text, 1.0)])


def rarity_of(*texts):
    bags = Bags.of(dict.fromkeys(text, 1.0) for text in texts)
    return Rarity(bags.numbers, Postings.of(bags))


def test_postings_score_like_a_loop():
    documents = [{"a": 1.0, "b": 2.0}, {}, {"b": 0.5, "c": 4.0}]
    question = {"b": 3.0, "c": 1.0, "x": 9.0}
    expected = [sum(question.get(token, 0) * weight for token, weight in one.items()) for one in documents]
    assert Postings.of(Bags.of(documents)).scores(question).tolist() == expected


@pytest.mark.parametrize("documents", [[], [{}], [{}, {}]])
def test_postings_of_nothing_score_nothing(documents):
    assert Postings.of(Bags.of(documents)).scores({"a": 1.0}).tolist() == [0.0] * len(documents)


def test_rarer_tokens_say_more():
    rarity = rarity_of("ab", "a", "ac")
    assert rarity.of("nieuw") > rarity.of("b") == rarity.of("c") > rarity.of("a") > 0


def test_few_texts_prove_nothing_about_rarity():
    assert rarity_of("a").of("a") == rarity_of("a", *["b"] * (FEWEST_TEXTS - 1)).of("a")


def test_what_is_numbered_later_is_as_rare_as_what_nobody_said():
    bags = Bags.of([{"a": 1.0}])
    rarity = Rarity(bags.numbers, Postings.of(bags))
    later = Bags.of([{"b": 1.0, "a": 1.0}], bags.numbers)
    assert rarity.of_all(later.tokens).tolist() == [rarity.of("x"), rarity.of("a")]


def test_word_index_prefers_the_short_text_and_the_repeated_word():
    texts = ["tuin", "tuin fiets boom kerk markt", "tuin tuin"]
    postings = Postings.of(Bags.of(read(text).terms for text in texts))
    index = WordIndex(postings, Rarity(postings.numbers))
    assert best_first(index.scores(read("tuin")), 0.0) == [2, 0, 1]


def test_postings_change_with_their_documents():
    numbers = {}
    before = Postings.of(Bags.of([{"a": 1.0}, {"a": 2.0, "b": 3.0}, {"c": 5.0}], numbers))
    fresh = Bags.of([{"d": 7.0, "a": 0.5}], numbers)
    after = before.changed(np.array([2, 3, 1], dtype=np.int32), fresh)  # c, the fresh one, a and b
    assert len(after) == 3
    assert [after.scores({token: 1.0}).tolist() for token in "abcd"] == [
        [0.0, 0.5, 2.0], [0.0, 0.0, 3.0], [5.0, 0.0, 0.0], [0.0, 7.0, 0.0]
    ]  # fmt: skip


def test_only_what_is_new_or_changed_is_read():
    read_again = []

    def read_all(keys):
        read_again.extend(keys)
        return map(read, keys)

    numbers = Numbers()
    before = Texts.of({"boom": 1, "fiets": 1, "kerk": 1}, read_all, numbers)
    assert read_again == ["boom", "fiets", "kerk"]
    after = Texts.of({"fiets": 1, "kerk": 2, "markt": 1}, read_all, numbers, before)
    assert read_again[3:] == ["kerk", "markt"]
    held = [after.words.scores(read(text).terms) > 0 for text in ("boom", "fiets", "kerk", "markt")]
    assert np.array(held).tolist() == [[False] * 3, *np.eye(3, dtype=bool).tolist()]


def test_letters_find_what_words_miss():
    numbers = Numbers()
    goals, contacts, partners = (
        Texts.of(dict.fromkeys(texts), lambda keys: map(read, keys), numbers)
        for texts in (["zwerfafval", "muziekles"], ["zwerfvuil"], [])
    )
    space = LetterSpace(goals, contacts, partners, Rarity(numbers.letters, goals.letters))
    like = space.like(read("zwerfvuil"))
    assert like.goals[0] > 0.1 > like.goals[1]
    assert like.contacts.tolist() == [pytest.approx(1.0)]
    assert like.partners.size == 0


def test_documents_are_kept_as_they_were_read():
    texts = [read("Een moestuin, en geen auto's"), read("Oma is alleen thuis")]
    for text in texts:
        civic().of(text)
    readings = Readings([text.packed() for text in texts])
    assert len(readings) == 2
    assert readings[1] is readings[1]
    for kept, text in zip(readings, texts, strict=True):
        for name in ("terms", "sources", "content", "surfaces", "together", "about"):
            assert getattr(kept, name) == getattr(text, name)
            assert getattr(kept, name) is not None


def test_a_text_that_is_kept_is_the_one_of_now():
    numbers = Numbers()
    before = Texts.of({"boom": 1, "fiets": 1}, lambda keys: map(read, ["boom", "fiets"]), numbers)
    after = Texts.of({"fiets": 1, "kerk": 1}, lambda keys: map(read, keys), numbers, before)
    assert [list(reading.content) for reading in after.readings] == [["fiets"], ["kerk"]]


def test_letter_groups():
    assert letter_groups("bus") == (" bu", "bus", "us ", " bus", "bus ", " bus ")


def test_half_is_between_nought_and_one():
    assert half(np.array([0.0, 5.0, 1e9]), 5.0).tolist() == pytest.approx([0.0, 0.5, 1.0])


def test_equal_scores_go_by_key():
    assert best_first(np.array([1.0, 2.0, 0.5, 2.0]), 0.5) == [1, 3, 0]


def test_so_many_of_the_best_at_most_and_still_by_key():
    scores = np.array([0.7, 0.9, 0.7, 0.8, 0.7])
    assert [best_first(scores, 0.0, most) for most in (1, 3, 9)] == [[1], [1, 3, 0], [1, 3, 0, 2, 4]]


def test_reading_counts_and_keeps_the_words_as_written():
    reading = read("De Vlieten: een Buurttuin, een BUURTTUIN en 12 xqzt!")
    assert reading.surfaces == {"buurttuin": "Buurttuin", "xqzt": "xqzt"}
    assert reading.content == {"buurttuin": 2.0, "xqzt": 1.0}
    assert {reading.sources[term] for term in ("buurttuin", "tuin")} == {"buurttuin"}
    assert (reading.read, reading.known, reading.known_content) == (9, 7, 2)


def test_reading_stops_in_time():
    assert read("tuin " * 100_000).read == 1_500


def test_a_slip_of_the_finger_counts_less_and_is_named_as_typed():
    reader = Reader([])
    typed, right = reader.read([("Speeltiun", 1.0)]), reader.read([("Speeltuin", 1.0)])
    assert typed.terms == {term: weight * GUESSED for term, weight in right.terms.items()}
    assert {typed.surfaces[word] for word in typed.sources.values()} == {"Speeltiun"}
    assert (typed.known, typed.known_content) == (1, 1)


def test_what_is_not_wanted_weighs_a_quarter():
    reader = Reader([])
    assert reader.read([("geen auto's", 1.0)]).terms == {"auto": 0.25}
    assert reader.read([("er zijn geen auto's", 1.0)]).terms == {"auto": 1.0}
