"""What a text asks for: needs, an amount, and signs of the way to pay that may fit. Rules, no guessing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice

from dutch import words
from dutch.denial import denied
from funding.cues import A_THING, ASKING, CERTAIN, MONEY_TALK, SIGNS, WHEN_ASKED

MOST_LETTERS, MOST_WORDS = 20_000, 1_500
"""So much of a text is read."""

NEEDS = tuple(CERTAIN)
"""The eleven kinds, in the order in which they are shown."""

_WANTED_BEFORE = re.compile(
    r"\b(?:kost(?:en)?|nodig|vra(?:ag|gen)|zoeken?|tekort|bijdrage|subsidie|samen|totaal)\b"
)
_WANTED_AFTER = re.compile(r"^\s*(?:euro)?\s*(?:is\s)?(?:nodig|tekort|te kort|erbij)\b")
_ELSEWHERE_BEFORE = re.compile(
    r"\b(?:boete|winst|legt|leggen|hebben|hadden|heb|kregen|krijgen al|opgehaald|aandeel)\b"
)
_ELSEWHERE_AFTER = re.compile(
    r"^\s*(?:euro)?\s*"
    r"(?:p\.\s?p|per\s|aan boete|huur\b|winst|boete|opgehaald|gespaard|toegezegd|van sponsors)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s+|\n")
_GROUPED = r"\d{1,3}(?:[. ]\d{3}){1,2}(?:,\d{1,2})?"
_NUMBER = rf"{_GROUPED}|\d{{1,7}}(?:,\d{{1,2}})?"
_AMOUNT = re.compile(
    rf"(?:€|\beuro)\s?(?P<after>{_NUMBER})"
    rf"|\b(?P<before>{_NUMBER})(?:\s(?P<times>duizend|ton|miljoen))?\s?(?:€|euro\b)"
    rf"|\b(?P<bare>{_GROUPED})\b(?!\s(?:mensen|inwoners|bewoners|leden|huizen|kilo|meter|bezoekers|keer|uur|stuks))",
    re.IGNORECASE,
)
NEAR = 24
"""Letters before and after an amount that tell what it is for."""
_TIMES = {"duizend": 1_000, "ton": 100_000, "miljoen": 1_000_000}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was read; the quotes are words of the text, exactly as written."""

    needs: tuple[str, ...]
    amount: Decimal | None
    signs: frozenset[str]
    quotes: dict[str, str]
    """Need or sign → the words that showed it."""


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
    not_wanted: frozenset[int]

    def find(self, cues: str) -> str | None:
        """The words as written of the first cue in the sentence that is not denied: "we hoeven geen zaal"."""
        for match in _pattern(cues).finditer(self.folded):
            first = self.starts.index(match.start())
            last = first + match.group().count(" ")
            if first not in self.not_wanted:
                return self.text[self.places[first][0] : self.places[last][1]]
        return None


def read(title: str, text: str) -> Asked:
    """The needs, the amount still asked for (euros, or None) and the signs in a plan."""
    sentences = list(_sentences(f"{title}.\n{text}"[:MOST_LETTERS]))
    found = {need: quote for need in NEEDS if (quote := _need(sentences, need))}
    amount = _amount(sentences)
    if amount and "geld" not in found:
        found["geld"] = amount.quote
    if "materiaal" not in found and (thing := _a_thing(sentences)):
        found["materiaal"] = thing
    signs = {sign: quote for sign, cues in SIGNS.items() if (quote := _first(sentences, cues))}
    needs = tuple(need for need in NEEDS if need in found)
    return Asked(needs, amount.euros if amount else None, frozenset(signs), found | signs)


def _sentences(text: str) -> Iterator[Sentence]:
    left = MOST_WORDS
    for part in _SENTENCE_END.split(text):
        found = list(islice(words(part), left))
        left -= len(found)
        if left <= 0:
            return
        starts, at = [], 0
        for word in found:
            starts.append(at)
            at += len(word.folded) + 1
        folded = " ".join(word.folded for word in found)
        yield Sentence(
            part, folded, tuple(starts), tuple((word.start, word.end) for word in found), denied(part, found)
        )


def _need(sentences: Iterable[Sentence], need: str) -> str | None:
    for sentence in sentences:
        if quote := sentence.find(CERTAIN[need]):
            return quote
        if sentence.find(ASKING) and (quote := sentence.find(WHEN_ASKED[need])):
            return quote
    return None


def _a_thing(sentences: Iterable[Sentence]) -> str | None:
    named = ", ".join([*CERTAIN.values(), *WHEN_ASKED.values()])
    return _first((sentence for sentence in sentences if not sentence.find(named)), A_THING)


def _first(sentences: Iterable[Sentence], cues: str) -> str | None:
    return next((quote for sentence in sentences if (quote := sentence.find(cues))), None)


@cache
def _pattern(cues: str) -> re.Pattern[str]:
    """One pattern for all cues of a row, between word boundaries."""
    each = (" ".join(cue.split()) for cue in cues.split(","))
    return re.compile(r"\b(?:" + "|".join(re.escape(cue).replace(r"\*", "[a-z]*") for cue in each) + r")\b")


def _amount(sentences: Iterable[Sentence]) -> Amount | None:
    """The amount that looks most like what is asked; of two alike the larger one."""
    found = [
        (_wanted(sentence.text.lower(), match), euros, match.group())
        for sentence in sentences
        for match in _AMOUNT.finditer(sentence.text)
        if (euros := _euros(match)) > 0 and (not match["bare"] or sentence.find(MONEY_TALK))
    ]
    likeness, euros, quote = max(found, default=(-1, Decimal(0), ""))
    return Amount(euros, quote) if likeness >= 0 else None


def _wanted(text: str, match: re.Match[str]) -> int:
    before, after = text[max(0, match.start() - NEAR) : match.start()], text[match.end() : match.end() + NEAR]
    wanted = bool(_WANTED_BEFORE.search(before)) or bool(_WANTED_AFTER.search(after))
    elsewhere = bool(_ELSEWHERE_BEFORE.search(before)) or bool(_ELSEWHERE_AFTER.search(after))
    return wanted - 2 * elsewhere


def _euros(match: re.Match[str]) -> Decimal:
    digits = match["after"] or match["before"] or match["bare"]
    plain = digits.replace(".", "").replace(" ", "").replace(",", ".")
    return Decimal(plain) * _TIMES.get((match["times"] or "").lower(), 1)
