"""The sentences that every municipality begins with; it may word them itself (/beheer/antwoordzinnen/).

They say yes to whatever can be, and what follows; a no comes with what would change it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to the initiator as it comes along: the step it belongs to, its place there, its words."""

    verb: str
    order: int
    title: str
    body: str


BUILT_IN = {
    "welkom": Sentence(
        "begin_dialogue",
        1,
        "Welkom, we gaan praten",
        "Wat fijn dat je dit wilt doen. Ja, we denken graag met je mee, en je vaste contactpersoon is "
        "vanaf nu: [contactpersoon]. Binnen een week neemt die contact met je op. Dan bespreken jullie "
        "wat je zelf kunt en waar wij bij kunnen helpen.",
    ),
    "welkom-vraag": Sentence(
        "begin_dialogue",
        2,
        "Welkom, met een vraag",
        "Dank je wel voor je plan. Ja, we gaan er samen mee verder, en we willen het goed begrijpen. Kun "
        "je ons vertellen wie er al meedoen en waar het precies moet komen? Je vaste contactpersoon is: "
        "[contactpersoon]. Die belt of mailt je binnenkort.",
    ),
    "welkom-anderen": Sentence(
        "begin_dialogue",
        3,
        "Welkom, er zijn anderen",
        "Wat een mooi plan. Ja, hier kunnen we iets mee, en je staat er niet alleen voor: anderen in de "
        "gemeente doen iets wat erop lijkt. Je vaste contactpersoon ([contactpersoon]) brengt jullie "
        "graag met elkaar in contact, als jij dat ook wilt.",
    ),
    "welkom-nieuw": Sentence(
        "begin_dialogue",
        4,
        "Welkom, nog geen doel",
        "Dank je wel voor je plan. Het past nog bij geen doel van de gemeente. Ja, en juist daarom praten"
        " we graag met je: goede plannen zijn er vaak eerder dan het beleid. Je vaste contactpersoon is: "
        "[contactpersoon]. Samen zoeken jullie uit wat de volgende stap is.",
    ),
    "welkom-vergunning": Sentence(
        "begin_dialogue",
        5,
        "Welkom, misschien is er een vergunning nodig",
        "Ja, we denken graag mee over je plan, en we zoeken meteen uit of er een vergunning nodig is. "
        "Vraag die nog niet zelf aan. Je vaste contactpersoon ([contactpersoon]) vertelt je wat er moet "
        "en helpt je daarbij.",
    ),
    "besluit-college": Sentence(
        "await_decision",
        1,
        "Het college besluit",
        "We zijn eruit wat er nodig is, en daar moet het college van burgemeester en wethouders nog ja op"
        " zeggen. Je contactpersoon ([contactpersoon]) vertelt je wanneer dat is. Intussen kun je alles "
        "doen waar geen besluit voor nodig is.",
    ),
    "besluit-collega": Sentence(
        "await_decision",
        2,
        "Een collega zoekt het uit",
        "Voor een deel van je plan is toestemming nodig. Een collega die daarover gaat, kijkt er nu naar."
        " Lukt het niet zoals jij het wilt? Dan hoor je waarom, en wat er wel kan. Je houdt je eigen "
        "contactpersoon: [contactpersoon].",
    ),
    "beginnen": Sentence(
        "start",
        1,
        "Je kunt beginnen",
        "Goed nieuws: je kunt beginnen. Ja, en we blijven erbij. Loop je ergens tegenaan, of heb je iets "
        "nodig? Laat het je contactpersoon weten: [contactpersoon]. Vertel ons ook hoe het gaat, dan "
        "kunnen anderen ervan leren.",
    ),
    "weer-praten": Sentence(
        "reconsider",
        1,
        "Nog een keer praten",
        "Je plan kan niet helemaal zoals het er nu ligt. Dat is jammer, en er is meer mogelijk dan je "
        "misschien denkt. We praten graag verder over hoe het wel kan. Je contactpersoon "
        "([contactpersoon]) belt je daarover.",
    ),
    "even-wachten": Sentence(
        "pause",
        1,
        "We wachten even",
        "We zetten je plan even stil, omdat er eerst iets anders klaar moet zijn. Je plan blijft van jou "
        "en gaat niet verloren. Kan het weer verder? Dan hoor je dat van je contactpersoon: "
        "[contactpersoon].",
    ),
    "weer-verder": Sentence(
        "resume",
        1,
        "We gaan weer verder",
        "We kunnen weer verder met je plan. Je contactpersoon ([contactpersoon]) neemt contact met je op "
        "om af te spreken hoe.",
    ),
    "gerealiseerd": Sentence(
        "realise",
        1,
        "Gefeliciteerd",
        "Gefeliciteerd, het is gelukt! Dank je wel voor wat je voor je buurt hebt gedaan. Wil je "
        "vertellen wat hielp en wat niet? Daar heeft de volgende iets aan.",
    ),
    "loopt-door": Sentence(
        "keep_going",
        1,
        "Het loopt door",
        "Wat mooi dat je doorgaat. Je contactpersoon blijft dezelfde: [contactpersoon]. Verandert er "
        "iets, of wordt het te veel? Laat het op tijd weten, dan kijken we samen wat er kan.",
    ),
    "gestopt": Sentence(
        "stop",
        1,
        "We stoppen hier, en zo kan het wel",
        "Dit plan kan nu niet doorgaan. Dat vinden we ook jammer. Wat het zou veranderen: … Wat je nu al "
        "kunt doen: … Wil je het anders proberen, of heb je een nieuw idee? Je kunt altijd weer bij ons "
        "terecht: [contactpersoon].",
    ),
    "doorverwezen": Sentence(
        "refer",
        1,
        "Wat je mag verwachten",
        "Je hoort meestal binnen twee weken iets. Hoor je niets, of past het daar niet? Bel ons, dan helpen "
        "we je verder: [contactpersoon].",
    ),
    "weer-open": Sentence(
        "reopen",
        1,
        "We pakken het weer op",
        "We pakken je plan weer op. Wat je eerder schreef, staat er nog. Je contactpersoon is: "
        "[contactpersoon]. Die bespreekt met je wat er nu anders is.",
    ),
    "vergissing": Sentence(
        "take_back",
        1,
        "We hebben ons vergist",
        "We hebben je plan te snel een stap verder gezet. Dat was een vergissing van ons. Je plan staat "
        "weer bij het loket, en je hoort snel wie je vaste contactpersoon wordt. Jij hoeft niets te doen.",
    ),
}
