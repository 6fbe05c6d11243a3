"""What a text asks for: needs, an amount, and signs of the way to pay that may fit. Rules, no guessing."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import accumulate, islice, pairwise
from operator import itemgetter
from typing import Self

from dutch import Word, words
from dutch.numbers import number
from funding.cues import A_THING, ASKING, CERTAIN, MONEY_TALK, NOT_ASKED, SIGNS, VERBS, WHEN_ASKED

MOST_LETTERS, MOST_WORDS = 20_000, 1_500
"""So much of a text is read, for goals too; who writes more has said it by then."""
MOST_EUROS = Decimal(100_000_000)
"""What a plan may ask: of more we ask nobody whether that is what they meant."""
_CENT = Decimal("0.01")
LONGEST_SENTENCE = 200
"""Words; a longer one is read as several."""

NEEDS = tuple(CERTAIN)
"""The eleven kinds, in the order in which they are shown."""

_RATHER = re.compile(r"\b(?:geen|niet)\b.{1,60}\bwel\b")
"""Not that, but this: "geen vergunning nodig, wel advies"."""
_WISH = re.compile(
    r"(?:(?:en|nog|ook|wel|alleen|verder|daarnaast|graag) )*"
    r"(?:een|twee|drie|vier|vijf|zes|tien|wat|\d+) "
)
LONGEST_WISH = 14
"""Words of a sentence without a verb that asks for something: "Een ladder en wat verf"."""

_WANTED_BEFORE = re.compile(
    r"\b(?:kost(?:en)?|nodig|vra(?:ag|gen)|zoeken?|tekort|te kort|gat van|bijdrage|subsidie|samen|totaal"
    r"|totale|dus|bedrag|begroot|geraamd|budget|potje|ongeveer|zo.n|zeg)\b"
)
_WANTED_AFTER = re.compile(
    r"^\s*(?:euro)?\s*(?:is\s|zijn\s)?(?:(?:[a-z]+\s){0,4}nodig|tekort|te kort|erbij|kosten|kwijt)\b"
)
_ELSEWHERE_BEFORE = re.compile(
    r"\b(?:boete|winst|legt|leggen|hebben|hadden|heb|kregen|krijgen al|gekregen|opgehaald|aandeel|gespaard"
    r"|opgebracht|verdien(?:en|t|den)?|inleg|betaalden?|kwijtgeraakt)\b"
)
_ELSEWHERE_AFTER = re.compile(
    r"^\s*(?:euro)?\s*(?:aan\s|is\s)?(?:al\s)?(?:boete|huur\b|winst|opgehaald|gespaard|toegezegd|binnen"
    r"|gekregen|opgebracht|van sponsors|subsidie gekregen)"
)
_EACH_AFTER = re.compile(r"^\s*(?:euro)?\s*(?:p\.\s?[pj]|per\s|voor elke?\s|de man\b|elke?\s|ieder)")
_HALF_IS_THERE = re.compile(
    r"\bde helft (?:[a-z]+ ){0,4}?(?:al|opgehaald|binnen|gespaard|toegezegd|bij elkaar)\b"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s+|\n")
_TIMES = {
    "k": 1_000,
    "duizend": 1_000,
    "mille": 1_000,
    "ton": 100_000,
    "miljoen": 1_000_000,
    "mln": 1_000_000,
}
VAGUE = frozenset({"paar", "enkele", "half", "halve", "vele", "tig"})
_LARGE = "|".join(_TIMES)
_GROUPED = r"\d{1,3}(?:[. ]\d{3}){1,2}(?:,\d{1,2})?"
_NUMBER = rf"{_GROUPED}|\d{{1,7}}(?:,\d{{1,2}})?"
_EUROS = r"eur(?:o|o.?s)?\b"
_EURO = rf"(?:€|,-|{_EUROS})"
_AMOUNT = re.compile(
    rf"(?:€|\beuro)\s?(?P<after>{_NUMBER})(?:\s?(?P<after_times>{_LARGE})\b)?"
    rf"|\b(?P<before>{_NUMBER})(?:\s?(?P<before_times>{_LARGE})\b)?\s?{_EURO}"
    rf"|\b(?P<round>\d{{1,3}}(?:,\d{{1,2}})?)\s?(?P<round_times>{_LARGE})\b"
    r"(?!\s[a-z]*(?:zand|grond|puin|inwoners|mensen))"
    rf"|\b(?P<bare>{_GROUPED})\b"
    r"(?!\s(?:mensen|inwoners|bewoners|leden|huizen|kilo|meter|bezoekers|keer|uur|stuks|vierkante|m2|woningen))"
    rf"|\b(?<!paar\s)(?P<spelled>[a-zëï]+)(?:\s(?P<spelled_times>duizend|ton|miljoen))?\s{_EUROS}"
    r"|\b(?:dus|totaal|samen|kost|kosten:?)\s(?P<sum>\d{2,5})(?=\s*(?:[!?);]|\.(?!\d)|$))",
    re.IGNORECASE,
)
"""Digits or words with euros, a large number alone, or a sum after "dus" or "samen"."""
NEAR = 24
"""Letters before and after an amount that tell what it is for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was read; the quotes are words of the text, exactly as written."""

    needs: tuple[str, ...]
    amount: Decimal | None
    signs: frozenset[str]
    quotes: dict[str, str]
    """Need, sign or "amount" → the words that showed it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Euros, and how they were written."""

    euros: Decimal
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and its folded words with the place of each in it."""

    text: str
    folded: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    rows: frozenset[str]
    """The rows of cues of which one may be in it."""
    denials: tuple[tuple[int, int], ...]
    """Where in `folded` something is not asked, in order; no two overlap."""

    @classmethod
    def of(cls, text: str, found: Sequence[Word], begin: int) -> Self:
        """The sentence of these words with everything in it found once; it begins there."""
        starts = accumulate((len(word.folded) + 1 for word in found[:-1]), initial=0)
        folded = " ".join(word.folded for word in found)
        rows = _rows_in(word.folded for word in found)
        denied = _pattern(NOT_ASKED).finditer(folded) if NOT_ASKED in rows else ()
        places = tuple((word.start - begin, word.end - begin) for word in found)
        return cls(text, folded, tuple(starts), places, rows, tuple(denial.span() for denial in denied))

    def find(self, cues: str) -> str | None:
        """The words as written of the first cue in the sentence that is not denied there."""
        for match in _pattern(cues).finditer(self.folded) if cues in self.rows else ():
            if not self._denied(match.start()):
                return self._written(match.start(), match.end())
        return None

    def _denied(self, cue: int) -> bool:
        """Does the last denial that begins before this cue reach over it, without a comma after the cue?"""
        before = bisect_right(self.denials, cue, key=itemgetter(0))
        _, end = self.denials[before - 1] if before else (0, 0)
        return cue < end and "," not in self._written(cue, end)

    def _written(self, start: int, end: int) -> str:
        """The words as written between two places in the folded sentence."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end) - 1
        return self.text[self.places[first][0] : self.places[last][1]]

    @property
    def asks(self) -> bool:
        """Is something asked for, in so many words or as a wish without a verb?"""
        wish = len(self.places) <= LONGEST_WISH and _WISH.match(self.folded) and not self.find(VERBS)
        rather = _RATHER.search(self.folded)
        return bool(wish or rather or self.text.rstrip().endswith("?") or self.find(ASKING))


def read(title: str, text: str) -> Asked:
    """The needs, the amount still asked for (euros, or None) and the signs in a plan."""
    sentences = list(_sentences(f"{title}.\n{text}"[:MOST_LETTERS]))
    asking = [sentence for sentence in sentences if sentence.asks]
    found = {need: quote for need in NEEDS if (quote := _need(sentences, asking, need))}
    amount = _amount(sentences)
    if amount:
        found = {"geld": amount.quote} | found | {"amount": amount.quote}
    if "materiaal" not in found and (thing := _a_thing(sentences)):
        found["materiaal"] = thing
    signs = {sign: quote for sign, cues in SIGNS.items() if (quote := _first(sentences, cues))}
    if "task" in signs:
        found.setdefault("afspraak", signs["task"])
    needs = tuple(need for need in NEEDS if need in found)
    return Asked(needs, amount.euros if amount else None, frozenset(signs), found | signs)


def _sentences(text: str) -> Iterator[Sentence]:
    """The sentences of the first words of a text; what is too long in pieces, and nothing lost."""
    left = MOST_WORDS
    for part in _SENTENCE_END.split(text):
        found = list(islice(words(part), left + 1))
        said, more = found[:left], found[left:]
        pieces = [said[first : first + LONGEST_SENTENCE] for first in range(0, len(said), LONGEST_SENTENCE)]
        cuts = [0, *(piece[0].start for piece in pieces[1:]), more[0].start if more else len(part)]
        for piece, (start, end) in zip(pieces, pairwise(cuts), strict=False):
            yield Sentence.of(part[start:end], piece, start)
        left -= len(found)
        if left <= 0:
            return


def _need(sentences: Iterable[Sentence], asking: Iterable[Sentence], need: str) -> str | None:
    if need == "materiaal":  # who names a price asks for money
        asking = (sentence for sentence in asking if not _AMOUNT.search(sentence.text))
    return _first(sentences, CERTAIN[need]) or _first(asking, WHEN_ASKED[need])


def _a_thing(sentences: Iterable[Sentence]) -> str | None:
    """What a sentence asks for that names no need and no price."""
    others = (one for one in sentences if not any(map(one.find, NAMING)) and not _AMOUNT.search(one.text))
    return _first(others, A_THING)


def _first(sentences: Iterable[Sentence], cues: str) -> str | None:
    return next((quote for sentence in sentences if (quote := sentence.find(cues))), None)


NAMING = (*CERTAIN.values(), *WHEN_ASKED.values())
"""A sentence with a cue of these rows names a need."""
ROWS = (ASKING, NOT_ASKED, VERBS, A_THING, MONEY_TALK, *NAMING, *SIGNS.values())


def _rows_in(said: Iterable[str]) -> frozenset[str]:
    """The rows with a cue that may be in these words. Most rows have none: so few need to be looked for."""
    rows = _rows_by_word()
    return frozenset().union(*(rows.get(key, ()) for word in said for key in (word, f"{word[:STEM]}*")))


STEM = 4
"""Letters of a cue with any ending by which it is known."""


@cache
def _rows_by_word() -> dict[str, frozenset[str]]:
    """Of each cue its longest word, or the beginning of one with any ending → the rows that have the cue."""
    found: dict[str, set[str]] = {}
    for row in ROWS:
        for cue in row.split(","):
            told = [word for word in cue.split() if word != ".."]
            whole = [word for word in told if not word.endswith("*")]
            key = max(whole, key=len) if whole else f"{told[0][:STEM]}*"
            found.setdefault(key, set()).add(row)
    return {word: frozenset(rows) for word, rows in found.items()}


@cache
def _pattern(cues: str) -> re.Pattern[str]:
    """One pattern for all cues of a row, between word boundaries."""
    each = (_regex(cue.split()) for cue in cues.split(","))
    return re.compile(r"\b(?:" + "|".join(each) + r")\b")


def _regex(cue: list[str]) -> str:
    """A cue, with the few words that may stand before, within and after it."""
    before = "(?:[a-z0-9]+ ){0,3}" if cue[0] == ".." else ""
    after = "(?: [a-z0-9]+){0,4}" if cue[-1] == ".." else ""
    parts = " ".join(cue).strip(". ").split(" .. ")
    within = "(?: [a-z0-9]+){0,4}? ".join(re.escape(part).replace(r"\*", "[a-z0-9]*") for part in parts)
    return before + within + after


def _amount(sentences: Iterable[Sentence]) -> Amount | None:
    """The amount that looks most like what is asked; of two alike the larger one."""
    found = [
        (_wanted(sentence.text.lower(), match), euros, match.group())
        for sentence in sentences
        for match in _AMOUNT.finditer(sentence.text)
        if 0 < (euros := _still_asked(_euros(match), sentence)) <= MOST_EUROS
        and (not (match["bare"] or match["round"]) or sentence.find(MONEY_TALK))
    ]
    likeness, euros, quote = max(found, default=(-1, Decimal(0), ""))
    return Amount(euros, quote) if likeness >= 0 else None


def _still_asked(euros: Decimal, sentence: Sentence) -> Decimal:
    """Half of the amount where the other half is there already, in whole cents."""
    return (euros / 2).quantize(_CENT, ROUND_HALF_UP) if _HALF_IS_THERE.search(sentence.folded) else euros


def _wanted(text: str, match: re.Match[str]) -> int:
    """How much an amount looks like what is asked; below 0 it is something else. The nearest verb tells."""
    before, after = text[max(0, match.start() - NEAR) : match.start()], text[match.end() : match.end() + NEAR]
    asked, there = _last(_WANTED_BEFORE, before), _last(_ELSEWHERE_BEFORE, before)
    wanted = bool(match["sum"]) or asked >= 0 or bool(_WANTED_AFTER.search(after))
    elsewhere = bool(_ELSEWHERE_AFTER.search(after)) or (
        there > asked and not match["sum"] and not _WANTED_AFTER.search(after)
    )
    return wanted - 2 * elsewhere - 3 * bool(_EACH_AFTER.search(after))


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last of these begins; -1 where there is none."""
    return max((found.start() for found in pattern.finditer(text)), default=-1)


def _euros(match: re.Match[str]) -> Decimal:
    """The euros an amount stands for; zero if its word is no number."""
    kind = next(name for name in ("after", "before", "round", "bare", "spelled", "sum") if match[name])
    times = _TIMES[match[f"{kind}_times"].lower()] if match.groupdict().get(f"{kind}_times") else 1
    if kind == "spelled":  # "nog duizend euro" is one thousand, "enkele duizend" is no amount
        said = number(match[kind])
        alone = times > 1 and match[kind].lower() not in VAGUE
        return Decimal(said if said is not None else alone) * times
    return Decimal(match[kind].replace(".", "").replace(" ", "").replace(",", ".")) * times
