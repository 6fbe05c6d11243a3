"""The civic thesaurus is whole, and its faults are told."""

import pytest

from dutch import thesaurus
from dutch.thesaurus import ThesaurusError, complaints, concepts, phrase, read

BLOCK = """# a comment

{name} ({field})
  beleid: {policy}
  gewoon: {plain}
  verwant: {related}
"""


@pytest.fixture(scope="module")
def civic():
    return concepts()


def made(*blocks):
    """Concepts of blocks (name, policy terms, plain terms, related)."""
    text = "\n".join(
        BLOCK.format(name=name, field="6.1", policy=policy, plain=plain, related=related)
        for name, policy, plain, related in blocks
    )
    return {one.name: one for one in read("made.txt", text)}


def test_nothing_is_wrong_with_it(civic):
    assert complaints(civic) == []


def test_it_is_large_and_of_every_field(civic):
    assert len(civic) >= 1_000
    assert sum(len(one.phrases) for one in civic.values()) >= 10_000
    assert {one.policy_field[0] for one in civic.values()} == set("012345678")


def test_it_is_written_in_plain_letters(civic):
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789 '-’.+&/()áàäâéèëêíïóöôúüûçñ@")
    odd = {
        one.text for concept in civic.values() for one in concept.phrases if set(one.text.lower()) - letters
    }
    assert odd == set()


def test_a_block_is_read():
    [rouw] = read(
        "x.txt",
        BLOCK.format(name="rouw", field="6.1", policy="rouw", plain="a b, ~c,\n    =d e", related="x, y"),
    )
    assert (rouw.name, rouw.policy_field, rouw.related) == ("rouw", "6.1", ["x", "y"])
    assert [(one.text, one.loose, one.elsewhere, one.of_policy) for one in rouw.phrases] == [
        ("rouw", False, False, True),
        ("a b", False, False, False),
        ("c", True, False, False),
        ("d e", False, True, False),
    ]


@pytest.mark.parametrize(
    ("text", "words", "idiom"),
    [
        ("moestuin", ("moestuin",), False),
        ("oversteken bij school", ("oversteken", "school"), False),  # what says nothing is left out
        ("niemand over de vloer", ("niemand", "over", "de", "vloer"), True),  # unless one word is left
    ],
)
def test_a_term_is_its_telling_words(text, words, idiom):
    found = phrase(text)
    assert (found.words, found.idiom) == (words, idiom)


@pytest.mark.parametrize("text", ["", "…", "er zijn voor elkaar", "boom fiets huis brug markt feest"])
def test_a_term_without_words_or_with_too_many_is_refused(text):
    with pytest.raises(ThesaurusError):
        phrase(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  beleid: x\n", "line 1"),
        ("naam zonder veld\n", "line 1"),
        ("a (6.1)\n  anders: x\n", "anders"),
        ("a (6.1)\n  beleid: …\n", "line 2, “a”"),
        ("a (6.1)\n  beleid: x,\n    y\n  fout\n", "line 4"),
    ],
)
def test_what_cannot_be_read_says_where(text, said):
    with pytest.raises(ThesaurusError, match=said):
        list(read("x.txt", text))


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([("a", "boom", "bomen", "b"), ("b", "fiets", "rijwiel", "a")], "says “bomen” twice"),
        ([("a", "boom", "eik", "x"), ("b", "fiets", "rijwiel", "a")], "“a” names “x”, which is no concept"),
        ([("a", "boom", "eik", "a"), ("b", "fiets", "rijwiel", "a")], "points at itself"),
        (
            [
                ("a", "boom", "eik", "b"),
                ("b", "fiets", "wiel", "a"),
                ("c", "brug", "eik", "d"),
                ("d", "x", "y", "c"),
            ],
            "a and c both say “eik”",
        ),
    ],
)
def test_faults_are_told(blocks, said):
    assert any(said in one for one in complaints(made(*blocks)))


def test_kin_and_who_says_so_may_share_a_term():
    kin = made(("a", "boom", "eik", "b"), ("b", "fiets", "eik", "a"))
    said = made(("a", "boom", "=eik", "b"), ("b", "fiets", "wiel", "a"), ("c", "brug", "=eik", "b"))
    assert complaints(kin) == complaints(said) == []


def test_a_concept_alone_is_told():
    [alone] = read("x.txt", "a (6.1)\n  beleid: boom\n")
    assert complaints({"a": alone}) == [
        "a: has no broader and no related concept",
        "a: has no terms under gewoon",
    ]


def test_every_name_can_be_listed(civic):
    assert not [name for name in civic if "," in name], "a comma ends a name in a list"
    assert thesaurus.FOLDER.is_dir()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a (6.1)\n  beleid: x\n\na (6.1)\n  beleid: y\n", "small.txt, line 4: “a” stands there twice"),
        ("\na (6.1)\n  beleid: x\n  breder: b\n", "small.txt, line 2: “a” names “b”, which is no concept"),
        ("a (6.1)\n  beleid: x\n  oeps\n", "small.txt, line 3"),
    ],
)
def test_a_broken_file_is_told_with_file_line_and_reason(text, said, tmp_path, monkeypatch):
    (tmp_path / "small.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(thesaurus, "FOLDER", tmp_path)
    with pytest.raises(ThesaurusError, match=said):
        concepts()
