"""Is a text a plan for others, or did somebody come for something else: to sell, to report, to ask?

People with a plan speak of together, of doing and of others; who comes for something else speaks of prices,
of what is broken, of passports. `dutch/data/intent/cues.txt` holds such words by kind. How much each kind
says was fitted on `plans.txt` and `others.txt` beside it, written by people who had not seen the cues, nor
any labelled plan; the cues were written without sight of those texts. docs/matcher.md has the figures.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from math import exp, log, log2

from dutch.fold import fold, words
from dutch.wordlists import DATA
from funding.asked import MOST_WORDS

FOLDER = DATA / "intent"

SAYS = {
    "together": 1.95, "making": 1.7, "others": 1.8,
    "selling": -0.8, "asking": -1.65, "for me": -0.3, "complaint": -1.3, "lost": -0.6, "job": -0.9,
    "far off": -0.75, "own trouble": -1.1, "chatter": -0.9,
}  # fmt: skip
"""Kind of cue → what the logarithm of its number adds to the logit that a text is a plan."""
SAYS_NOTHING = -1.1
"""That logit for a text without cues, where half of all texts are plans."""
PLANS = 0.85
"""The part of what people type in the wegwijzer that is a plan. Nobody counted it yet."""

READS_AS_A_PLAN = 0.5

Phrase = tuple[str, ...]


def likely_a_plan(text: str) -> float:
    """The chance that a text is a plan for others, from 0 to 1."""
    return chance(cues(text))


def chance(found: Counter[str]) -> float:
    """The same, of its cues."""
    logit = SAYS_NOTHING + log(PLANS / (1 - PLANS))
    logit += sum(SAYS[kind] * log2(1 + number) for kind, number in found.items())
    return 1 / (1 + exp(-logit))


def cues(text: str) -> Counter[str]:
    """Kind → how many of its cues are in the text; reads no further than the matcher does."""
    said = [word.folded for word in islice(words(text), MOST_WORDS)]
    return Counter(kind for place in range(len(said)) for kind in _beginning(said, place))


def _beginning(said: Sequence[str], place: int) -> Iterator[str]:
    """The kinds of the cues that begin at this word."""
    whole, begun = _cues()
    word = said[place]
    for rest, kind in whole.get(word, ()):
        if tuple(said[place + 1 : place + 1 + len(rest)]) == rest:
            yield kind
    if word.startswith(tuple(begun)):
        yield from (kind for beginning, kind in begun.items() if word.startswith(beginning))


@cache
def _cues() -> tuple[dict[str, list[tuple[Phrase, str]]], dict[str, str]]:
    """(first word → the other words of a cue and its kind, beginning of a word → its kind)."""
    whole: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
    begun: dict[str, str] = {}
    for cue, kind in listed():
        first, *rest = cue.rstrip("*").split()
        if cue.endswith("*"):
            begun[first] = kind
        else:
            whole[first].append((tuple(rest), kind))
    return dict(whole), begun


def listed() -> Iterator[tuple[str, str]]:
    """(cue, kind) of the list; a cue is folded, and ends in a star where any ending will do."""
    kind = ""
    for line in _lines("cues"):
        if line.startswith("["):
            kind = line.strip("[]")
            continue
        for cue in filter(None, map(str.strip, line.split(","))):
            yield fold(cue) + "*" * cue.endswith("*"), kind


def exam(name: str) -> Iterator[tuple[str, str]]:
    """(what it is about, text) of "plans" or of "others"; a star: it also speaks of something else."""
    for line in _lines(name):
        about, _tab, text = line.partition("\t")
        yield about, text


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
