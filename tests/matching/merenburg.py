"""The demo municipality as a gold set, read once for all tests."""

from functools import cache
from pathlib import Path

from matching.evaluation import load_gold, run
from matching.matcher import Matcher

FOLDER = Path(__file__).parents[2] / "demo" / "merenburg"
GOLD = load_gold(FOLDER)


@cache
def matcher():
    """The matcher of the whole municipality; made when the first test asks for it."""
    return Matcher(GOLD.corpus)


@cache
def rows():
    """What it answers to the labelled initiatives."""
    return run(matcher(), GOLD.initiatives)
