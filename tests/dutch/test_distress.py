"""Who needs help at once is seen; a plan about a heavy subject is a plan."""

import time

import pytest

from dutch.distress import KINDS, distress
from dutch.wordlists import lines

CRIES = [
    ("Ik wil niet meer leven", "zelfdoding"),
    ("IK WIL NIET MEER LEVEN!!!!", "zelfdoding"),
    ("ik kan niet meer ik wil dood", "zelfdoding"),
    ("Ik wil echt gewoon dood.", "zelfdoding"),
    ("Soms denk ik dat ik niet meer wil leven.", "zelfdoding"),
    ("Ik denk de laatste tijd veel. Ik denk elke dag aan zelfmoord.", "zelfdoding"),
    ("ik heb suïcidale gedachten en weet niet waar ik heen moet", "zelfdoding"),
    ("Ik ga er vannacht een einde aan maken", "zelfdoding"),
    ("Ik wil er een einde aan maken.", "zelfdoding"),
    ("Ik wil niet meer leven met deze pijn", "zelfdoding"),
    ("ik wil mezelf iets aandoen", "zelfdoding"),
    ("Ik snij mezelf en niemand weet het", "zelfdoding"),
    ("Ik zie het leven niet meer zitten sinds mijn man er niet meer is", "zelfdoding"),
    ("Mijn buurvrouw wil niet meer leven, wat kan ik doen?", "zelfdoding"),
    ("mijn zoon van 16 wil dood", "zelfdoding"),
    ("M'n beste vriendin denkt aan zelfdoding", "zelfdoding"),
    ("mijn overbuurvrouw zei laatst dat ze er niet meer wil zijn, wat kan de straat doen?", "zelfdoding"),
    ("Een buurman van 80 schreef ons dat hij er echt niet meer wil zijn.", "zelfdoding"),
    ("Onze buurvrouw op de hoek wil er niet meer zijn", "zelfdoding"),
    ("De buurjongen roept steeds dat hij dood wil", "zelfdoding"),
    ("mn vriendin vertelde aan mij dat ze niet meer wil leven", "zelfdoding"),
    ("De bovenbuurman denkt aan zelfmoord", "zelfdoding"),
    ("soms denk ik dat ik er niet meer wil zijn", "zelfdoding"),
    ("Help, ik kan niet meer", "zelfdoding"),
    ("Ik heb net alle pillen geslikt", "gevaar zelfdoding"),
    ("Er staat iemand met een mes voor de deur", "gevaar"),
    ("help mijn man ademt niet", "gevaar"),
    ("Mijn ex bedreigt mij met de dood.", "gevaar geweld"),
    ("ik zie geen uitweg meer", "zelfdoding"),
    ("Ik heb al mijn medicijnen ingenomen", "gevaar zelfdoding"),
    ("Mijn man slaat mij", "geweld"),
    ("me vriend sloeg me gisteren weer", "geweld"),
    ("ik word thuis geslagen en weet niet waarheen", "geweld"),
    ("Ik word al jaren door mijn vriend mishandeld", "geweld"),
    ("Hij drinkt en dan slaat hij. Ik ben bang voor mijn man.", "geweld"),
    ("de buurman slaat zijn kinderen, ik hoor het door de muur", "geweld"),
    ("Ik durf niet meer naar huis.", "geweld"),
    ("papa slaat mij en mijn zusje", "geweld kind"),
    ("Mijn vader slaat mij elke avond", "geweld kind"),
    ("Ik ben 11 en ik wil met iemand praten over thuis", "kind"),
    ("ik word elke dag op school gepest", "kind"),
    ("Ik ben twaalf jaar en wil weglopen", "kind"),
]
PLANS = [
    "Lotgenotengroep na zelfdoding, elke maand in het buurthuis.",
    "112-dag van de brandweer: kinderen leren hoe je 112 belt.",
    "Stop huiselijk geweld: een campagne in de wijk met posters en een theaterstuk.",
    "Wij willen zelfmoord onder jongeren bespreekbaar maken op school.",
    "Ik denk aan zelfdoding als onderwerp voor een avond in de bibliotheek.",
    "Ik denk dat jongeren aan zelfmoord denken omdat niemand luistert. Daarom een inloop.",
    "Ik zeg niet dat ik dood wil, ik wil juist dat er iets gebeurt in dit dorp.",
    "Ik wil niet dood, ik wil een park.",
    "Ik wil dood hout laten liggen in het bos voor de egels.",
    "Ik wil een avond over de dood organiseren, met koffie en een uitvaartondernemer.",
    "Ik wil niet meer leven tussen het afval en begin daarom een opruimploeg.",
    "We willen niet meer leven zonder ontmoetingsplek in het dorp.",
    "Ik wil niet meer. Leven in deze straat moet weer leuk worden.",
    "Er hangen jongeren op het plein. Ik wil er een einde aan maken met een buurtvaderproject.",
    "Een vriendengroep voor mensen die niet meer willen leven zoals vroeger: minder spullen, meer delen.",
    "Vroeger wilde ik dood. Nu help ik anderen en ik zoek een ruimte voor onze praatgroep.",
    "Ik ben vroeger mishandeld en wil nu een huis voor vrouwen beginnen.",
    "Ik word vrijdag tot ridder geslagen en geef een feest voor de buurt.",
    "Mijn opa slaat palen voor ons hek rond de schapenwei.",
    "De gemeente slaat mij altijd over. Zij slaan mij over bij elke uitnodiging.",
    "Ik durf 's avonds niet naar huis te fietsen door het donkere park. Meer licht!",
    "Ik durf niet naar huis door dat tunneltje, we willen er een muurschildering.",
    "Ik ben op dit kruispunt elke dag in gevaar, we willen een zebrapad.",
    "Er wordt nu vaak ingebroken in onze straat, we beginnen een buurtpreventie.",
    "Weerbaarheidstraining voor kinderen die op school worden gepest.",
    "Ik ben 15 en wil met iemand praten over een skatebaan in het park.",
    "Wij zijn ouders van een kind dat werd gepest en geven lessen op school.",
    "Het verenigingsleven is dood, wij willen het weer laten leven.",
    "Ik zie geen uitweg meer voor ons buurthuis, wie helpt mee met een actie?",
    "Mijn vader heeft mij vroeger geslagen. Daarom wil ik een inloop voor kinderen.",
    "Wie wil er niet meer zijn eigen groente kweken? Wij wel.",
    "Mijn moeder vindt het plein zo kaal dat ze er niet meer wil zijn. Wij willen er bomen.",
    "De trainer zegt dat hij er niet meer wil zijn voor de jeugd, dus nemen wij het over.",
    "De buurvrouw vertelt dat ze niet meer wil leven zoals vroeger: minder spullen, meer delen.",
    "De buurman zegt dat hij dood hout laat liggen voor de egels.",
    "Een buurman is er niet meer, wij willen een bankje voor hem.",
    "De buurvrouw denkt aan een tuin, en aan zelfdoding als thema voor de praatavond.",
    "Een monument voor wie slachtoffer werd van geweld.",
    "",
]


@pytest.mark.parametrize(("text", "kinds"), CRIES)
def test_who_needs_help_at_once_is_seen(text, kinds):
    assert distress(text) == set(kinds.split())
    assert distress(text.upper()) == set(kinds.split())


@pytest.mark.parametrize("text", PLANS)
def test_a_plan_about_a_heavy_subject_is_a_plan(text):
    assert distress(text) == set()


def test_it_is_seen_in_a_longer_text_too():
    text = "Wij willen een tuin.\nIk schrijf dit nu maar op, ik wil niet meer leven. We zoeken nog plantjes."
    assert distress(text) == {"zelfdoding"}


def test_the_list_asks_for_help_that_there_is():
    heads = [line.strip(" []") for line in lines("distress") if line.startswith("[")]
    assert {kind for head in heads for kind in head.split(", ")} == set(KINDS)


def test_a_megabyte_is_read_in_time():
    began = time.process_time()
    for text in ("ik wil " * 150_000, "ik ben 11 nu , " * 70_000, "mijn " * 200_000, "a" * 1_000_000):
        distress(text)
    assert time.process_time() - began < 2
