"""`manage.py evaluate_matcher` prints the figures; it needs files only, no database."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from matching.evaluation import figures, figures_each
from matching.matcher import VERSION
from tests.matching.merenburg import FOLDER, GOLD, matcher, rows


def printed(*arguments):
    out = StringIO()
    call_command("evaluate_matcher", *arguments, stdout=out)
    return out.getvalue()


def test_the_figures_as_json_and_the_run_as_a_file(tmp_path):
    told = json.loads(printed("--set", "dev", "--json", "--run", str(tmp_path / "run.jsonl")))
    measured = figures(figures_each(GOLD, rows(), matcher().fits_from))
    assert told == {
        "version": VERSION,
        "threshold": matcher().fits_from,
        "initiatives": 80,
        "metrics": {name: {"value": value, "ci95": None} for name, value in measured.items()},
    }
    written = (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in written] == rows()


def test_another_file_with_intervals_in_plain_lines(tmp_path):
    lines = (FOLDER / "initiatives-dev.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    (tmp_path / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = printed(
        "--gold", str(tmp_path / "few.jsonl"), "--bootstrap", "5", "--golden", str(tmp_path / "g.json")
    )
    assert told.startswith(f"matcher {VERSION}, 6 initiatives")
    assert "ndcg@5" in told
    assert "[" in told
    assert len(json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["goals"]) == 6


def test_a_missing_file_is_a_clear_sentence(tmp_path):
    with pytest.raises(CommandError, match="is er niet"):
        printed("--gold", str(tmp_path / "nothing.jsonl"))
