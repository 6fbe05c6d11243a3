"""What a text asks for: needs, an amount, and signs that tell which way to pay may fit. Rules, no guessing.

A cue is one or more folded words (no case, no accents); `*` stands for any letters at the end of a word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice

from dutch import words

MOST_WORDS = 1_500

ASKING = """
    vraag, vragen, gevraagd, nodig, zoek, zoeken, gezocht, graag, help, hulp, helpen, helpt, hopen, hoop, mogen, mag,
    kan, kunnen, krijgen, missen, mist, ontbreekt, ontbreken, tekort, willen, wil, wie, lenen, leen
"""
"""A sentence with one of these asks for something."""

CERTAIN = {
    "geld": "subsidie*, bijdrage*, startgeld*, startkapitaal, financiering, geld nodig, euro nodig, geen geld, "
    "budget nodig, tekort van, financieel*, financiele",
    "ruimte": "oefenruimte*, werkruimte*, opslagruimte*, vergaderruimte*, atelierruimte*, ruimte nodig, "
    "zoeken een ruimte, een zaal, een lokaal, ander onderkomen, onderdak",
    "plek": "standplaats*, stukje grond, stuk grond, lapje grond, een plek voor, een plek waar, geschikte plek",
    "toestemming": "toestemming*, vergunning*, ontheffing*, goedkeuring, mogen we, mogen wij, mag dat, mag het, mag ik, "
    "mag de, mag er, te mogen, zou mogen, groen licht, straat af, straat dicht, afsluiten",
    "materiaal": "gereedschap*, bouwmateriaal, plantgoed, materiaal nodig, spullen nodig",
    "advies": "advies, meedenken, meedenkt, meekijken, meekijkt, deskundige*, hulp bij het plan, hulp bij de aanvraag, "
    "iemand met verstand, weten we niet, weet ik niet, weet ik te weinig, weten we te weinig, hoe pakken we",
    "scholing": "cursus*, training*, scholing, bijscholing, workshop*",
    "bemiddeling": "bemiddel*, in contact met, contact brengen, in contact brengt, in gesprek met, om tafel met, "
    "aan tafel met, graag aan tafel, goed woordje, overleg met, overleg tussen, moeten we zijn, moet ik zijn, "
    "iemand die we kunnen bellen, die we mogen bellen, samen met de gemeente",
    "afspraak": "beheerovereenkomst*, overeenkomst*, contract, afspraken, garantie, zwart op wit, vaste afspraak, "
    "afspraak met, op papier",
    "bekendheid": "bekendheid, publiciteit, bekend maken, aandacht voor, in de krant, op de website",
    "vrijwilligers": "vrijwilligers nodig, vrijwilligers gezocht, zoeken vrijwilligers, zoeken mensen, zoek mensen, "
    "meer handen, extra handen, mensen nodig",
}
"""Need → cues that are enough by themselves."""

A_THING = "nodig, we zoeken, wij zoeken, ik zoek, gezocht, alleen nog, onze wens, mijn wens, wensen"
"""What asks for a thing, if no other need is named in the same sentence."""

WHEN_ASKED = {
    "geld": "geld, euro, budget, vergoeding, kosten, betalen, fonds",
    "ruimte": "ruimte, lokaal, zaal, zaaltje, pand, gebouw, kamer, keuken, schuur, kelder, gymzaal, kantine, loods",
    "plek": "plek, plekje, grond, veldje, perceel, kavel, terrein, grasveld*, strook",
    "toestemming": "toestaan, afsluiten, regels, akkoord",
    "materiaal": "materiaal, materialen, spullen, planten, plantjes, bomen, boompjes, struiken, zaden, tegels, zand, "
    "verf, hout, hekken, bank, banken, bankje, bankjes, bord, borden, container*, bakken, aanhanger, tafels, "
    "stoelen, drukwerk, computers, hesjes",
    "advies": "adviseur, adviseren, uitleg, uitzoeken, jurist, kennis",
    "scholing": "leren, opleiding",
    "bemiddeling": "corporatie*, woningcorporatie*, eigenaar*, waterschap*, provincie, verhuurder, contact, gesprek",
    "afspraak": "afspraak, zekerheid, vastleggen",
    "bekendheid": "flyers, posters, oproep, promotie, reclame, nieuwsbrief, bekend",
    "vrijwilligers": "vrijwilligers, helpers, maatjes, meehelpen",
}
"""Need → cues that count only in a sentence that asks."""

NEEDS = tuple(CERTAIN)
"""The eleven kinds, in the order in which they are shown."""

SIGNS = {
    "task": "uitdaagrecht, right to challenge, nemen het over, nemen we over, beheer over, onderhoud over, exploitatie over, "
    "taak over, taken over, beheer overnemen, onderhoud overnemen, taak overnemen, taken overnemen, in eigen beheer, "
    "hetzelfde budget, zelfde budget, zelfde geld, hetzelfde geld, hetzelfde bedrag, zelfde bedrag, goedkoper dan, "
    "in plaats van de gemeente, taak van de gemeente, gemeente nu betaalt, gemeente nu uitgeeft, aannemer nu",
    "income": "inkomsten, omzet, opbrengst*, verhuren, terugverdien*, rendement, aandeel, aandelen, lening*, "
    "obligatie*, terugbetalen, cooperatie, huuropbrengst*, abonnement*",
    "fees": "leges, precario, ozb, heffing*, rioolheffing, afvalstoffenheffing, gemeentebelasting*, kwijtschelding",
    "insight": "waar het geld, waar ons geld, waaraan het geld, inzicht in de begroting, begroting lezen, "
    "begroting bekijken, geld van de gemeente",
    "barter": "ruilmunt*, tijdbank*, spaarpunten, wisselgeld, uren ruilen, eigen munt, diensten ruilen",
    "support": "donateur*, donatie*, crowdfunding, inzamel*, geldactie*, giften, sponsor*, hele dorp, halve dorp, "
    "hele buurt, bedrijven",
}
"""Sign → cues, whether the sentence asks or not."""

MONEY_TALK = """
    euro, euros, kost, kosten, geld, nodig, tekort, bijdrage, subsidie, begroting, budget, sponsor*, vergoeding, fonds,
    zoeken nog, vragen
"""
"""A sentence with one of these is about money, so that a large number in it is an amount."""

_WANTED_BEFORE = re.compile(
    r"\b(?:kost(?:en)?|nodig|vra(?:ag|gen)|zoeken?|tekort|bijdrage|subsidie|samen|totaal)\b"
)
_WANTED_AFTER = re.compile(r"^\s*(?:euro)?\s*(?:is\s)?(?:nodig|tekort|te kort|erbij)\b")
_ELSEWHERE_BEFORE = re.compile(
    r"\b(?:boete|winst|legt|leggen|hebben|hadden|heb|kregen|krijgen al|opgehaald|aandeel)\b"
)
_ELSEWHERE_AFTER = re.compile(
    r"^\s*(?:euro)?\s*(?:p\.\s?p|per\s|aan boete|huur\b|winst|boete|opgehaald|gespaard|toegezegd|van sponsors)"
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

    def find(self, cues: str) -> str | None:
        """The words as written of the first cue in the sentence."""
        if not (match := _pattern(cues).search(self.folded)):
            return None
        first = self.starts.index(match.start())
        last = first + match.group().count(" ")
        return self.text[self.places[first][0] : self.places[last][1]]


def read(title: str, text: str) -> Asked:
    """The needs, the amount still asked for (euros, or None) and the signs in a plan."""
    sentences = list(_sentences(f"{title}.\n{text}"))
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
        yield Sentence(part, folded, tuple(starts), tuple((word.start, word.end) for word in found))


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
