"""Plans, goals and partners of a made-up town, in sentences of our own. Pure: the dice are handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Subject:
    """What plans and goals can be about."""

    name: str
    portfolio: int
    things: tuple[str, ...]
    """What somebody makes or starts: "een moestuin"."""
    doing: tuple[str, ...]
    """What people do there together."""
    aims: tuple[str, ...]
    """What it is good for, as the council says it."""


def subject(name: str, portfolio: int, things: str, doing: str, aims: str) -> Subject:
    """The same, with | between the phrases."""
    return Subject(name, portfolio, *(tuple(phrases.split("|")) for phrases in (things, doing, aims)))


SUBJECTS = (
    subject(
        "Groen en natuur", 0,
        "een moestuin|een voedselbos|een pluktuin|een bijenlint|een wilde bloemenweide|een geveltuinproject|"
        "een kruidentuin|een nestkastenroute|een vlindertuin|een boomgaard",
        "planten en oogsten|bloemen zaaien|struiken snoeien|nestkasten timmeren|tegels eruit halen|"
        "vogels tellen|compost maken",
        "meer biodiversiteit|vergroenen van de leefomgeving|meer bomen in de straat|schaduw op warme dagen|"
        "minder stenen in de tuin|sterke natuur rond het dorp",
    ),
    subject(
        "Samen tegen eenzaamheid", 1,
        "een eettafel|een koffieochtend|een maatjesproject|een huiskamer van de buurt|een bezoekdienst|"
        "een belcirkel|een wandelclub|een soepgroep",
        "samen eten|koffie drinken|elkaar opzoeken|een praatje maken|wandelen|spelletjes doen",
        "minder eenzaamheid onder ouderen|meer ontmoeting in de buurt|omkijken naar elkaar|"
        "ouderen die niet alleen zijn|een netwerk rond kwetsbare bewoners",
    ),
    subject(
        "Jeugd en school", 2,
        "een huiswerkclub|een jongerenraad|een speeltuin|een bouwdorp|een weekendschool|een leesclub|"
        "een kinderboerderij",
        "huiswerk maken|voorlezen|hutten bouwen|muziek maken|leren programmeren|buiten spelen",
        "kansen voor elk kind|jongeren die meepraten|veilig opgroeien|minder schooluitval|goed leren lezen",
    ),
    subject(
        "Energie", 3,
        "een energiecoöperatie|een zonnedak|een isolatieactie|een warmtenet|een klusploeg|"
        "een energiespreekuur",
        "kieren dichten|zonnepanelen leggen|tips uitwisselen|samen inkopen|het dak isoleren",
        "minder aardgas|energie besparen in huis|eigen opwek van stroom|hulp bij een hoge energierekening",
    ),
    subject(
        "Afval en spullen", 3,
        "een repaircafé|een weggeefwinkel|een ruilkast|een opruimdag|een gereedschapsbibliotheek",
        "kapotte spullen maken|zwerfafval rapen|kleding ruilen|gereedschap lenen",
        "minder restafval|schone straten|langer doen met spullen|hergebruik van grondstoffen",
    ),
    subject(
        "Verkeer", 4,
        "een buurtbus|een veilige oversteek|een fietsschool|een deelautoclub|een wandelroute|"
        "een schoolstraat",
        "leren fietsen|samen rijden|hardrijders aanspreken|kinderen naar school brengen",
        "veiliger verkeer bij scholen|vaker op de fiets|bereikbare dorpen|minder auto's in de wijk",
    ),
    subject(
        "Sport en bewegen", 2,
        "een beweegtuin|een sportinstuif|een hardloopgroep|een zwemsteiger|een jeu-de-boulesbaan",
        "bewegen|zwemmen|hardlopen|sporten met wie nooit sport",
        "meer mensen die bewegen|sport voor iedereen|gezond ouder worden",
    ),
    subject(
        "Cultuur en verhalen", 5,
        "een buurttheater|een verhalenproject|een muurschildering|een muziekfestival|een open atelier",
        "zingen|toneelspelen|oude verhalen opschrijven|schilderen|optreden",
        "cultuur dicht bij huis|erfgoed dat leeft|ruimte voor makers|kunst in de openbare ruimte",
    ),
    subject(
        "Werk en geld", 6,
        "een formulierenbrigade|een sollicitatieclub|een leerwerkplek|een budgetgroep|een startersmarkt",
        "brieven schrijven|een vak leren|elkaar helpen met papieren|werk zoeken",
        "minder mensen in armoede|schulden op tijd zien|werk voor wie lang thuis zit|"
        "sterke kleine ondernemers",
    ),
    subject(
        "Wonen", 7,
        "een knarrenhof|een wooncoöperatie|een tijdelijke buurtplek|een dorpshuis|een logeerhuis",
        "verbouwen|schilderen|samen ontwerpen|een leeg gebouw opknappen",
        "genoeg betaalbare woningen|langer thuis wonen|een levendig dorpshart|"
        "beter gebruik van lege gebouwen",
    ),
    subject(
        "Gezondheid en zorg", 1,
        "een rookvrije speelplek|een mantelzorgsalon|een praktijk voor vragen|een gezonde kookclub",
        "gezond koken|mantelzorgers ontlasten|praten over zorgen|luisteren",
        "een gezonde leefstijl|hulp voor mantelzorgers|zorg dichtbij|sterker in je vel",
    ),
    subject(
        "Veilig en meedoen", 8,
        "een buurtpreventieteam|een taalcafé|een wijkraad|een digitaal spreekuur|een welkomstgroep",
        "taal oefenen|een ronde lopen|nieuwe buren ontvangen|leren omgaan met de computer",
        "een veilige wijk|iedereen doet mee|inwoners die meebeslissen|nieuwkomers die hun weg vinden",
    ),
)  # fmt: skip
PORTFOLIOS = (
    "Natuur en landschap", "Zorg en welzijn", "Jeugd, onderwijs en sport", "Klimaat en grondstoffen",
    "Mobiliteit",
    "Cultuur en erfgoed", "Werk en inkomen", "Wonen en ruimte", "Veiligheid en bestuur",
    "Financiën en vastgoed",
)  # fmt: skip
WITH = (
    "ouderen", "jongeren", "kinderen", "nieuwe buren", "de basisschool", "het dorpshuis", "de sportclub",
    "studenten", "gezinnen", "vrijwilligers", "mantelzorgers", "ondernemers", "de kerk", "de bibliotheek",
)  # fmt: skip
WHERE = (
    "achter de flat", "op het plein", "naast de school", "langs het water", "bij de bushalte",
    "in het oude postkantoor",
    "op het veldje", "in de leegstaande winkel", "aan de rand van het dorp", "bij de molen", "in het park",
)  # fmt: skip
HAVE = (
    "We hebben al {n} mensen die mee willen doen.",
    "Er is een groep van {n} buren die elke week tijd heeft.",
    "Een timmerman uit de straat helpt ons met het hout.",
    "Het gereedschap kunnen we lenen van de sportclub.",
    "We hebben er op de markt met {n} mensen over gepraat.",
)
ASK = (
    "We zoeken nog een plek en iemand die meedenkt over de vergunning.",
    "Met {n} euro kunnen we beginnen.",
    "Van de gemeente vragen we vooral een vast aanspreekpunt.",
    "Wie weet of de grond van de gemeente is?",
    "Een ruimte met een keuken zou ons enorm helpen.",
)
WHY = (
    "Veel mensen kennen hun buren niet meer.",
    "Sinds de winkel dicht is, gebeurt er hier weinig.",
    "In de zomer is het er te warm en in de winter te stil.",
    "Kinderen vervelen zich en ouders maken zich zorgen.",
    "Er wonen hier mensen uit wel {n} landen en toch spreken we elkaar nooit.",
    "Iedereen klaagt erover, dus wij gaan het gewoon doen.",
)
NOTES = ("Nota", "Visie", "Beleidsplan", "Uitvoeringsprogramma", "Agenda", "Actieplan")
VERBS = ("Versterken", "Verbeteren", "Stimuleren", "Vergroten", "Borgen", "Mogelijk maken", "Ondersteunen")
CLUBS = ("Vereniging", "Stichting", "Bewonersgroep", "Coöperatie", "Club", "Werkplaats")
ROOTS = (
    "Linde", "Beuk", "Meer", "Dijk", "Zand", "Veen", "Molen", "Kerk", "Hoog", "Laag", "Wilgen",
    "Riet", "Eiken",
)  # fmt: skip
ENDS = ("hoek", "dam", "veld", "wijk", "hof", "dorp", "burg", "polder", "rade", "beek")


def one(dice: Random, phrases: Sequence[str]) -> str:
    """One of them; a number where it asks for one."""
    return dice.choice(phrases).format(n=dice.randrange(3, 40))


def districts(dice: Random, number: int) -> list[str]:
    """Names of districts, each once."""
    names = [f"{root}{end}" for root in ROOTS for end in ENDS]
    return dice.sample(names, number)


def street(dice: Random) -> str:
    """A street: one of some hundreds."""
    return dice.choice(ROOTS) + dice.choice(ENDS) + dice.choice(("straat", "laan", "weg", "kade"))


def plan(dice: Random, about: Subject) -> tuple[str, str, str]:
    """(title, summary, story) of an initiative."""
    thing, doing, place, people = (
        dice.choice(about.things), dice.choice(about.doing), dice.choice(WHERE), dice.choice(WITH)
    )  # fmt: skip
    title = f"{thing.removeprefix('een ').capitalize()} {place}"
    summary = f"We beginnen {thing} om met {people} te {doing}." if " " not in doing else (
        f"We beginnen {thing} met {people}: {doing}."
    )  # fmt: skip
    story = [
        f"Wij willen {thing} beginnen {place}, aan de {street(dice)}.",
        one(dice, WHY),
        f"Daar kunnen {people} {doing}, en later ook {dice.choice(about.doing)}.",
        f"Zo werken we aan {dice.choice(about.aims)}.",
        one(dice, HAVE),
        one(dice, HAVE),
        f"Met {dice.choice(WITH)} praten we over {dice.choice(SUBJECTS).aims[0]}.",
        one(dice, ASK),
    ]
    return title, summary, " ".join(story)


def goal(dice: Random, about: Subject, district: str) -> tuple[str, str, str]:
    """(title, plain title, description) of a goal of the council."""
    aim, second = dice.choice(about.aims), dice.choice(about.aims)
    title = f"{dice.choice(VERBS)}: {aim} in {district} en omgeving"
    plain = f"{aim.capitalize()} in {district}"
    text = (
        f"De gemeente wil {aim} bereiken, samen met {dice.choice(WITH)} en {dice.choice(WITH)}. "
        f"Daarbij hoort ook {second}. Initiatieven zoals {dice.choice(about.things)} dragen daaraan bij."
    )
    return title, plain, text


def partner(dice: Random, about: Subject, district: str) -> tuple[str, str, str]:
    """(name, interests, offers) of an organisation."""
    name = f"{dice.choice(CLUBS)} {about.name} {district}"
    interests = f"We houden ons bezig met {dice.choice(about.aims)} en {dice.choice(about.aims)}."
    offers = f"Bij ons kun je {dice.choice(about.doing)}. We helpen graag met {dice.choice(about.things)}."
    return name, interests, offers


def expertise(dice: Random, about: Subject) -> str:
    """What an official knows about."""
    return f"Weet veel van {dice.choice(about.aims)} en denkt mee over {dice.choice(about.things)}."
