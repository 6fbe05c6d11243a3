"""The bench of the matcher measures and tells, in a town of twenty rows; how fast is for the bench to say."""

from pathlib import Path

import pytest

from initiatiefwijzer.bench import matcher, town
from local import matcher_bench

SMALL = {"goals": 20, "partners": 20, "initiatives": 20}


@pytest.mark.django_db(transaction=True)  # another process has to see the rows
def test_a_small_town_is_made_measured_and_told():
    town.load(town.Sizes(**SMALL, districts=5, managers=14), told=lambda line: None)
    warm, asked = matcher.questions()
    assert (len(warm), len(asked)) == (40, 160)
    found = matcher.measure(warm[:1], asked[:6]) | {"others": matcher.others(asked[:2])}

    assert found["answers"] == 6
    assert found["complete"] > 0
    assert 1 <= found["queries"] <= 3
    assert {kind: one["seconds"] is not None for kind, one in found["changes"].items()} == dict.fromkeys(
        SMALL, True
    )

    told = "\n".join([*matcher_bench.report([SMALL], [found]), *matcher_bench.beside(found)])
    assert "| 20 | 20 | 20 |" in told
    assert told.count("bm25s") == 2
    rows = [line.count("|") for line in told.splitlines() if line.startswith("|")]
    assert rows == [11] * 3 + [5] * 6


def test_a_spread_is_the_middle_and_what_most_stay_below():
    assert matcher.spread([float(number) for number in range(100, 0, -1)]) == {"p50": 51.0, "p95": 96.0}


def test_what_was_measured_stands_where_it_is_written():
    assert matcher_bench.MARK.search(Path(matcher_bench.REPORT).read_text(encoding="utf-8"))
