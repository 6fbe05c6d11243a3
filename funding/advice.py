"""Advice on help and money, by rules: what is asked → help without money first, then fitting forms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


MIDDLE, SMALL, LARGE = Decimal(2_500), Decimal(5_000), Decimal(25_000)
"""Euros: up to SMALL a budget of the neighbourhood can do it, from MIDDLE a fund takes an interest, from
LARGE one fund seldom can do it alone."""

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
    def things(self) -> bool:
        """Is something asked for that has to be bought or hired?"""
        return not self.needs.isdisjoint({"materiaal", "ruimte", "scholing"})

    @property
    def start(self) -> bool:
        """Is something asked for that a gift to begin with can pay?"""
        return (self.money or self.things or self.unsaid) and "task" not in self.signs

    def costs(self, least: Decimal, most: Decimal | None = None) -> bool:
        """Is the amount known and between these?"""
        return self.amount is not None and least <= self.amount and (most is None or self.amount <= most)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a form fits, the sentence that says why, and whose quote it carries."""

    form: str
    fits: Callable[[Situation], bool]
    sentence: str
    quote: str


RULES = (
    Rule(
        "MA",
        lambda asked: "task" in asked.signs,
        "Je wilt werk doen dat de gemeente nu doet of betaalt. Dan kan het geld voor dat werk meekomen.",
        "task",
    ),
    Rule(
        "FC",
        lambda asked: "fees" in asked.signs,
        "Je noemt kosten die de gemeente zelf rekent. Soms kunnen die lager worden.",
        "fees",
    ),
    Rule(
        "BM",
        lambda asked: "insight" in asked.signs,
        "Je wilt weten waar het geld van de gemeente heen gaat. Daarmee kun je een eigen voorstel doen.",
        "insight",
    ),
    Rule(
        "CG",
        lambda asked: "barter" in asked.signs,
        "Je wilt ruilen zonder euro's. Daar bestaan eigen munten en punten voor.",
        "barter",
    ),
    Rule(
        "BB",
        lambda asked: asked.start and not asked.costs(SMALL + 1) and "income" not in asked.signs,
        "Is het een klein bedrag voor je eigen buurt? Daar is dit budget voor.",
        "geld",
    ),
    Rule(
        "IF",
        lambda asked: asked.start and not asked.costs(LARGE + 1),
        "Heb je geld of spullen nodig om te beginnen? Hiermee krijg je één keer een bijdrage.",
        "geld",
    ),
    Rule(
        "LF",
        lambda asked: asked.money and asked.start and (asked.costs(MIDDLE) or "support" in asked.signs),
        "Je plan is goed voor veel mensen. Een fonds uit de streek geeft daar vaak geld voor.",
        "geld",
    ),
    Rule(
        "CF",
        lambda asked: asked.money and (asked.costs(LARGE) or "support" in asked.signs),
        "Veel mensen staan achter je plan. Samen kunnen zij een deel van het geld bijeenbrengen.",
        "support",
    ),
    Rule(
        "PL",
        lambda asked: "income" in asked.signs and (asked.money or asked.costs(SMALL)),
        "Je plan brengt zelf geld op. Mensen uit de buurt kunnen het geld lenen dat je nodig hebt.",
        "income",
    ),
)
"""In the order in which they are shown: the municipality most involved first."""


def situation(
    asked: Asked, needs: Iterable[str] | None = None, amount: Decimal | None = None, *, hopeful: bool = True
) -> Situation:
    """What holds: the resident's own answers win from what was read in the text.

    Where nobody said what is needed, a hopeful reader takes it that a plan costs something.
    """
    told = frozenset(asked.needs if needs is None else needs)
    euros = asked.amount if amount is None else amount
    unsaid = hopeful and needs is None and not told and amount is None
    return Situation(told if amount is None else told | {"geld"}, euros, asked.signs, unsaid)


def help_without_money(told: Situation, asked: Asked) -> tuple[Help, ...]:
    """What the municipality can do for each need but money."""
    return tuple(
        Help(need, HELP[need], _quote(asked, need)) for need in NEEDS if need in told.needs and need in HELP
    )


def forms(told: Situation, asked: Asked, known: Iterable[FundingForm]) -> tuple[Advised, ...]:
    """The forms that fit, of those the municipality knows, each with its reason."""
    keys = {form.key for form in known}
    return tuple(
        Advised(rule.form, rule.sentence, _quote(asked, rule.quote))
        for rule in RULES
        if rule.form in keys and rule.fits(told)
    )


def _quote(asked: Asked, what: str) -> tuple[str, ...]:
    return (asked.quotes[what],) if what in asked.quotes else ()
