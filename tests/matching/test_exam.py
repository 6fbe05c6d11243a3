"""The thesaurus is examined with sentences written without sight of its terms."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from matching import exam
from matching.meaning import civic


def test_every_concept_has_its_sentences():
    told = Counter((concept, kind) for concept, kind, _ in exam.sentences())
    assert {concept for concept, _ in told} == set(civic().names)
    wrong = {one: number for one, number in told.items() if number != {"b": 1, "g": 3}[one[1]]}
    assert wrong == {}


def test_no_sentence_stands_there_twice():
    said = Counter(said for _, _, said in exam.sentences())
    assert [one for one, number in said.items() if number > 1] == []


def test_a_line_that_is_no_sentence_is_told_with_its_place(tmp_path, monkeypatch):
    (tmp_path / "x.txt").write_text("rouw\n  b: Goed.\n  c: Fout.\n", encoding="utf-8")
    monkeypatch.setattr(exam, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"x\.txt, line 3"):
        list(exam.sentences())


FLOORS = {  # what it was when the words were last added, less a little: fewer means that words were lost
    "policy, first": 0.68,
    "residents, first": 0.28,
    "residents, first or next to it": 0.39,
    "residents, in the first five": 0.49,
}


def test_the_thesaurus_passes_its_exam():
    out = StringIO()
    call_command("examine_thesaurus", stdout=out)
    found = {line[:32].strip(): float(line[32:]) for line in out.getvalue().splitlines()}
    assert found.keys() == FLOORS.keys()
    assert {name: share for name, share in found.items() if share < FLOORS[name]} == {}
