"""`manage.py evaluate_matcher` prints the figures; it needs files only, no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matching import evaluation
from matching.evaluation import figures, figures_each
from matching.management.commands import evaluate_matcher
from matching.matcher import VERSION
from tests.matching.merenburg import FOLDER, GOLD, bare_matcher, matcher, rows


def printed(*arguments):
    out = StringIO()
    call_command("evaluate_matcher", *arguments, stdout=out)
    return out.getvalue()


def test_the_figures_as_json_and_the_run_as_a_file(tmp_path):
    told = json.loads(
        printed("--set", "dev", "--json", "--bootstrap", "0", "--run", str(tmp_path / "run.jsonl"))
    )
    measured = figures(figures_each(GOLD, rows(), matcher().fits_from))
    assert told == {
        "version": VERSION,
        "bare": False,
        "threshold": matcher().fits_from,
        "initiatives": 80,
        "metrics": {name: {"value": value, "ci95": None} for name, value in measured.items()},
        "variants": {},
    }
    written = (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in written] == rows()


@pytest.fixture
def few(tmp_path):
    """A file with six of the plans."""
    lines = (FOLDER / "initiatives-dev.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_another_file_with_intervals_in_plain_lines(few):
    told = printed("--gold", few, "--bootstrap", "5")
    assert told.startswith(f"matcher {VERSION}, 6 initiatives, goals with their plain side")
    assert "ndcg@5" in told
    assert "[" in told


def test_goals_in_policy_words_alone(few):
    assert f"in policy words alone, a goal fits from {bare_matcher().fits_from}" in printed(
        "--gold", few, "--bare", "--bootstrap", "0"
    )


def test_each_channel_alone_and_left_out(few):
    told = json.loads(printed("--gold", few, "--channels", "--json", "--bootstrap", "5"))
    names = matcher().channels
    assert list(told["variants"]) == [
        *(f"{name} alone" for name in names),
        *(f"without {name}" for name in names),
    ]
    scores = [found["mrr"]["value"] for found in told["variants"].values()]
    assert len(set(scores)) > 1  # else the channels made no difference at all
    words = told["variants"]["words alone"]["mrr"]
    assert words["difference"] == pytest.approx(told["metrics"]["mrr"]["value"] - words["value"])


def test_with_what_the_other_plans_teach(tmp_path):
    """Of two plans alike one teaches the other; alone it teaches nothing."""
    plans = map(json.loads, (FOLDER / "initiatives-dev.jsonl").read_text(encoding="utf-8").splitlines())
    first = next(plan for plan in plans if plan["id"] == "I041")  # which the texts find late
    path = tmp_path / "two.jsonl"

    def asked(*plans):
        path.write_text("\n".join(map(json.dumps, plans)), encoding="utf-8")
        options = ("--gold", str(path), "--bare", "--learning", "--json", "--bootstrap", "0")
        told = json.loads(printed(*options))
        return told["metrics"]["ndcg@5"]["value"], told["variants"]["with learning"]["ndcg@5"]["value"]

    without, alone = asked(first)
    assert alone == without
    without, taught = asked(first, first | {"id": "I999"})
    assert taught > without


def test_a_version_is_stored_and_compared_with(few, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluation, "RESULTS", tmp_path / "results")
    page = tmp_path / "matcher.md"
    page.write_text("# Before\n\n<!-- figures -->\nold\n<!-- /figures -->\n\nAfter\n", encoding="utf-8")
    with pytest.raises(CommandError, match="die meekomen"):
        printed("--gold", few, "--store", "--bootstrap", "5")
    monkeypatch.setitem(evaluate_matcher.SETS, "dev", Path(few))
    assert str(tmp_path / "results" / VERSION) in printed("--store", "--bootstrap", "5")
    assert f"Version {VERSION}, " in page.read_text(encoding="utf-8")
    assert "| without words | " in page.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").startswith("# Before\n\n<!-- figures -->\n\nVersion")
    told = printed("--gold", few, "--compare", VERSION, "--bootstrap", "5")
    assert f"version {VERSION}, and how much higher" in told
    assert "+0.000 [+0.000, +0.000]" in told
    with pytest.raises(CommandError, match=r"Van versie 1999\.1 zijn geen antwoorden bewaard"):
        printed("--gold", few, "--compare", "1999.1")


def test_a_missing_file_is_a_clear_sentence(tmp_path):
    with pytest.raises(CommandError, match="is er niet"):
        printed("--gold", str(tmp_path / "nothing.jsonl"))
