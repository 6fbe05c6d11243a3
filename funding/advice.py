"""Advice on help and money, by rules: what is asked → help without money first, then fitting forms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.asked import NEEDS, Asked


@dataclass(frozen=True, slots=True)
class FundingForm:
    """One of the ways to pay (BB, IF, BM, FC, MA, LF, PL, CF, CG)."""

    key: str
    name: str
    meaning: str = ""
    order: int = 0
    """1 is where the municipality is most involved."""


@dataclass(frozen=True, slots=True)
class FundingScheme:
    """A fund with rules of its own, to which one can apply today."""

    key: str
    form: str
    """The key of the form it belongs to."""
    least: Decimal | None = None
    """Euros per application; None where it does not say."""
    most: Decimal | None = None
    own_share: Decimal | None = None
    """Percent that who applies pays."""
    closes_on: date | None = None
    needs: tuple[str, ...] = ()
    """What it pays; empty means anything."""
    districts: tuple[str, ...] = ()
    """Names; empty means everywhere."""


@dataclass(frozen=True, slots=True)
class Help:
    """Something the municipality can do that costs no money."""

    need: str
    """One of the needs: ruimte, plek, toestemming, …"""
    sentence: str
    """Plain Dutch: what the municipality can do."""
    words: tuple[str, ...] = ()
    """Words of the resident that showed the need, exactly as written."""


@dataclass(frozen=True, slots=True)
class Advised:
    """A form that fits, why, and the words of the resident that led there."""

    key: str
    sentence: str
    words: tuple[str, ...] = ()


SMALL, LARGE = Decimal(5_000), Decimal(25_000)
"""Euros: up to SMALL a budget of the neighbourhood can do it and above it a fund takes an interest; above
LARGE one gift seldom can do it alone."""

COSTLY = frozenset({"geld", "materiaal", "ruimte", "scholing"})
"""Needs that somebody has to pay for."""

SILENT = frozenset({"advies", "vrijwilligers", "bekendheid"})
"""Needs that say nothing about money: who asks for no more may need some all the same."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip

PART = 2
"""A scheme of which the most is less than the amount divided by this is no help."""

HELP = {
    "ruimte": "De gemeente kan met je zoeken naar een ruimte die leegstaat of die je met anderen deelt.",
    "plek": "De gemeente kan met je zoeken naar een plek buiten, en vertelt wat daar mag.",
    "toestemming": "De gemeente vertelt welke toestemming je nodig hebt, en helpt je met de aanvraag.",
    "materiaal": "De gemeente kan soms spullen lenen of geven, zoals gereedschap, planten of hekken.",
    "advies": "Iemand van de gemeente die er verstand van heeft, kan met je meedenken.",
    "scholing": "De gemeente weet welke cursussen er zijn, en welke gratis zijn.",
    "bemiddeling": "De gemeente kan je in contact brengen met anderen, en bij het gesprek zitten.",
    "afspraak": "De gemeente kan met je op papier zetten wie wat doet, en voor hoe lang.",
    "bekendheid": "De gemeente kan je plan laten zien, bijvoorbeeld op de website of in de krant.",
    "vrijwilligers": "De gemeente kan je in contact brengen met mensen die willen helpen.",
}
"""Need → what the municipality can do without money."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is asked, with the resident's own answers in place of what was read."""

    needs: frozenset[str]
    amount: Decimal | None
    signs: frozenset[str]
    unsaid: bool = False
    """Nobody said what is needed; that is not the same as nothing."""

    @property
    def money(self) -> bool:
        """Is money asked for?"""
        return "geld" in self.needs

    @property
    def start(self) -> bool:
        """Is something asked for that a gift can pay?"""
        return (self.unsaid or bool(self.needs & COSTLY)) and not self.shows("task", "care", "shares")

    def shows(self, *signs: str) -> bool:
        """Does the text show one of these signs?"""
        return not self.signs.isdisjoint(signs)

    def above(self, euros: Decimal) -> bool:
        """Is the amount known, and more than this?"""
        return self.amount is not None and self.amount > euros


@dataclass(frozen=True, slots=True)
class Rule:
    """When a form fits, the sentence that says why, and whose quote it carries."""

    form: str
    fits: Callable[[Situation], bool]
    sentence: str
    """[bedrag] stands for what is asked."""
    quote: str


def _of_the_neighbourhood(asked: Situation) -> bool:
    return asked.start and not asked.above(SMALL) and not asked.shows("guided", "heritage", "poor")


def _once(asked: Situation) -> bool:
    return asked.start and not asked.above(LARGE)


RULES = (
    Rule(
        "MA",
        lambda asked: asked.shows("task"),
        "Je wilt werk doen dat de gemeente nu doet of betaalt. Dan kan het geld voor dat werk meekomen.",
        "task",
    ),
    Rule(
        "MA",
        lambda asked: asked.shows("care"),
        "Voor zulke hulp betaalt de gemeente vaak al iemand. Die opdracht kan ook naar jullie gaan.",
        "care",
    ),
    Rule(
        "FC",
        lambda asked: asked.shows("fees"),
        "Je noemt kosten die de gemeente zelf rekent. Soms kunnen die lager worden.",
        "fees",
    ),
    Rule(
        "BM",
        lambda asked: asked.shows("insight"),
        "Je wilt weten waar het geld van de gemeente heen gaat. Daarmee kun je een eigen voorstel doen.",
        "insight",
    ),
    Rule(
        "CG",
        lambda asked: asked.shows("barter"),
        "Je wilt ruilen zonder euro's. Daar bestaan eigen munten en punten voor.",
        "barter",
    ),
    Rule(
        "BB",
        lambda asked: _of_the_neighbourhood(asked) and asked.amount is not None,
        "Je vraagt [bedrag]. Zo'n klein bedrag kan uit het budget van je eigen buurt komen.",
        "amount",
    ),
    Rule(
        "BB",
        _of_the_neighbourhood,
        "Is het een klein bedrag voor je eigen buurt? Daar is dit budget voor.",
        "geld",
    ),
    Rule(
        "IF",
        lambda asked: _once(asked) and asked.shows("running"),
        "Dit is één bijdrage om te beginnen. Voor kosten die terugkomen is ook een andere manier nodig.",
        "running",
    ),
    Rule(
        "IF",
        _once,
        "Heb je geld of spullen nodig om te beginnen? Hiermee krijg je één keer een bijdrage.",
        "geld",
    ),
    Rule(
        "LF",
        lambda asked: asked.start and asked.shows("heritage"),
        "Je plan houdt iets van vroeger in leven. Daar zijn fondsen voor, ook in de streek.",
        "heritage",
    ),
    Rule(
        "LF",
        lambda asked: asked.start and asked.shows("poor"),
        "Je plan is er voor mensen met weinig geld. Daar zijn fondsen voor, ook in de streek.",
        "poor",
    ),
    Rule(
        "LF",
        lambda asked: asked.money and asked.start and asked.above(SMALL),
        "Je vraagt [bedrag]. Een fonds uit de streek betaalt vaak een deel van zo'n bedrag.",
        "amount",
    ),
    Rule(
        "LF",
        lambda asked: asked.money and asked.start and asked.shows("support"),
        "Je plan is goed voor veel mensen. Een fonds uit de streek geeft daar vaak geld voor.",
        "support",
    ),
    Rule(
        "CF",
        lambda asked: asked.shows("shares"),
        "Je vraagt geld aan mensen die meedoen. Veel mensen kunnen elk een klein deel inleggen.",
        "shares",
    ),
    Rule(
        "CF",
        lambda asked: asked.start and asked.shows("heritage"),
        "Veel mensen geven om wat er van vroeger is. Samen kunnen zij een deel van het geld bijeenbrengen.",
        "heritage",
    ),
    Rule(
        "CF",
        lambda asked: asked.money and asked.start and asked.shows("support"),
        "Veel mensen staan achter je plan. Samen kunnen zij een deel van het geld bijeenbrengen.",
        "support",
    ),
    Rule(
        "CF",
        lambda asked: asked.money and asked.start and asked.above(LARGE),
        "Je vraagt [bedrag]. Met een actie kunnen veel mensen samen een deel bijeenbrengen.",
        "amount",
    ),
    Rule(
        "PL",
        lambda asked: asked.shows("shares"),
        "Bij jullie leggen mensen geld in. Mensen uit de buurt kunnen ook geld lenen aan je plan.",
        "shares",
    ),
    Rule(
        "PL",
        lambda asked: asked.shows("income") and asked.above(SMALL),
        "Je plan brengt zelf geld op. Mensen uit de buurt kunnen het geld lenen dat je nodig hebt.",
        "income",
    ),
)
"""In the order in which they are shown: the municipality most involved first. The first that fits speaks for
its form."""


def situation(asked: Asked, needs: Iterable[str] | None = None, amount: Decimal | None = None) -> Situation:
    """What holds: the resident's own answers win from what was read in the text.

    Where nobody said what is needed, we take it that a plan costs something; a complaint does not.
    """
    told = frozenset(asked.needs if needs is None else needs)
    euros = asked.amount if amount is None else amount
    unsaid = (
        needs is None and amount is None and told <= SILENT and asked.signs.isdisjoint({"own", "complaint"})
    )
    return Situation(told if amount is None else told | {"geld"}, euros, asked.signs, unsaid)


def help_without_money(told: Situation, asked: Asked) -> tuple[Help, ...]:
    """What the municipality can do for each need but money."""
    return tuple(
        Help(need, HELP[need], _quote(asked, need)) for need in NEEDS if need in told.needs and need in HELP
    )


def forms(told: Situation, asked: Asked, known: Iterable[FundingForm]) -> tuple[Advised, ...]:
    """The forms that fit, of those the municipality knows, each with its reason."""
    keys = {form.key for form in known}
    found: dict[str, Advised] = {}
    for rule in RULES:
        if rule.form in keys - found.keys() and rule.fits(told):
            sentence = rule.sentence.replace("[bedrag]", in_euros(told.amount or Decimal(0)))
            found[rule.form] = Advised(rule.form, sentence, _quote(asked, rule.quote))
    return tuple(found.values())


def schemes(
    told: Situation, asked: Asked, district: str, forms: Iterable[str], known: Iterable[FundingScheme]
) -> tuple[Advised, ...]:
    """The schemes of these forms to which one can apply with this plan, by key, each with its reason.

    district: a name, or empty where unknown; a scheme of one district is for who chose that district.
    """
    keys = set(forms)
    things = told.needs & COSTLY - {"geld"}
    return tuple(
        Advised(one.key, _offer(told, one), _quote(asked, "amount") or _quote(asked, "geld"))
        for one in sorted(known, key=lambda one: one.key)
        if one.form in keys
        and not (one.districts and district not in one.districts)
        and not (one.needs and things and things.isdisjoint(one.needs))
        and _is_of_use(told.amount, one)
    )


def _is_of_use(amount: Decimal | None, scheme: FundingScheme) -> bool:
    too_little = amount is not None and scheme.least is not None and amount < scheme.least
    too_much = amount is not None and scheme.most is not None and amount > PART * scheme.most
    return not (too_little or too_much)


def _offer(told: Situation, scheme: FundingScheme) -> str:
    """Why a scheme fits: what is asked, beside what it gives."""
    rest = ""
    if told.amount is not None and scheme.most is not None and told.amount > scheme.most:
        rest = " De rest zoek je ergens anders."
    asked = f"Je vraagt {in_euros(told.amount)}. " if told.amount is not None else ""
    return asked + in_words(scheme.least, scheme.most, scheme.own_share, scheme.closes_on) + rest


def in_words(
    least: Decimal | None, most: Decimal | None, own_share: Decimal | None, closes_on: date | None
) -> str:
    """How much a scheme gives and how long one can apply: "Deze regeling geeft hoogstens € 2.500. …"."""
    gives = {
        (True, True): "Deze regeling geeft {least} tot {most}.",
        (True, False): "Deze regeling geeft {least} of meer.",
        (False, True): "Deze regeling geeft hoogstens {most}.",
        (False, False): "Bij deze regeling kun je geld aanvragen.",
    }[least is not None, most is not None]
    said = [gives.format(least=in_euros(least or Decimal(0)), most=in_euros(most or Decimal(0)))]
    if own_share:
        percent = f"{float(own_share):g}".replace(".", ",")
        said.append(f"Je betaalt zelf {percent} procent.")
    if closes_on:
        last = f"{closes_on.day} {MONTHS[closes_on.month - 1]} {closes_on.year}"
        said.append(f"Aanvragen kan tot en met {last}.")
    return " ".join(said)


def in_euros(amount: Decimal) -> str:
    """As we write it: € 1.500, or € 1.250,50."""
    whole = amount == amount.to_integral_value()
    written = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return "€ " + written.translate(str.maketrans(",.", ".,"))


def _quote(asked: Asked, what: str) -> tuple[str, ...]:
    return (asked.quotes[what],) if what in asked.quotes else ()
