"""The demo municipality as a gold set, read once for all tests."""

from functools import cache
from pathlib import Path

from matching.evaluation import load_gold, run
from matching.matcher import Matcher

FOLDER = Path(__file__).parents[2] / "demo" / "merenburg"
GOLD = load_gold(FOLDER)
BARE = GOLD.bare()


@cache
def matcher():
    """The matcher of the whole municipality; made when the first test asks for it."""
    return Matcher(GOLD.corpus)


@cache
def rows():
    """What it answers to the labelled initiatives."""
    return run(matcher(), GOLD.initiatives)


@cache
def bare_matcher():
    """The same with goals in policy words alone."""
    return Matcher(BARE.corpus)


@cache
def bare_rows():
    """What that one answers."""
    return run(bare_matcher(), BARE.initiatives)
