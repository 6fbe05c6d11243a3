"""The cues by which a plan is read for what it asks. Rules that anybody can read and change.

A cue is one or more folded words (no case, no accents); `*` stands for any letters at the end of a word; a
comma parts the cues.
"""

ASKING = """
    vraag, vragen, gevraagd, nodig, zoek, zoeken, gezocht, graag, help, hulp, helpen, helpt,
    hopen, hoop, mogen, mag, kan, kunnen, krijgen, missen, mist, ontbreekt, ontbreken, tekort,
    willen, wil, wie, lenen, leen
"""
"""A sentence with one of these asks for something."""

CERTAIN = {
    "geld": """
        subsidie*, bijdrage*, startgeld*, startkapitaal, financiering, geld nodig, euro nodig, geen
        geld, budget nodig, tekort van, financieel*, financiele
    """,
    "ruimte": """
        oefenruimte*, werkruimte*, opslagruimte*, vergaderruimte*, atelierruimte*, ruimte nodig,
        zoeken een ruimte, een zaal, een lokaal, ander onderkomen, onderdak
    """,
    "plek": """
        standplaats*, stukje grond, stuk grond, lapje grond, een plek voor, een plek waar, geschikte
        plek
    """,
    "toestemming": """
        toestemming*, vergunning*, ontheffing*, goedkeuring, mogen we, mogen wij, mag dat, mag het,
        mag ik, mag de, mag er, te mogen, zou mogen, groen licht, straat af, straat dicht, afsluiten
    """,
    "materiaal": """
        gereedschap*, bouwmateriaal, plantgoed, materiaal nodig, spullen nodig
    """,
    "advies": """
        advies, meedenken, meedenkt, meekijken, meekijkt, deskundige*, hulp bij het plan, hulp bij
        de aanvraag, iemand met verstand, weten we niet, weet ik niet, weet ik te weinig, weten we
        te weinig, hoe pakken we
    """,
    "scholing": """
        cursus*, training*, scholing, bijscholing, workshop*
    """,
    "bemiddeling": """
        bemiddel*, in contact met, contact brengen, in contact brengt, in gesprek met, om tafel met,
        aan tafel met, graag aan tafel, goed woordje, overleg met, overleg tussen, moeten we zijn,
        moet ik zijn, iemand die we kunnen bellen, die we mogen bellen, samen met de gemeente
    """,
    "afspraak": """
        beheerovereenkomst*, overeenkomst*, contract, afspraken, garantie, zwart op wit, vaste
        afspraak, afspraak met, op papier
    """,
    "bekendheid": """
        bekendheid, publiciteit, bekend maken, aandacht voor, in de krant, op de website
    """,
    "vrijwilligers": """
        vrijwilligers nodig, vrijwilligers gezocht, zoeken vrijwilligers, zoeken mensen, zoek
        mensen, meer handen, extra handen, mensen nodig
    """,
}
"""Need → cues that are enough by themselves."""

WHEN_ASKED = {
    "geld": """
        geld, euro, budget, vergoeding, kosten, betalen, fonds
    """,
    "ruimte": """
        ruimte, lokaal, zaal, zaaltje, pand, gebouw, kamer, keuken, schuur, kelder, gymzaal,
        kantine, loods
    """,
    "plek": """
        plek, plekje, grond, veldje, perceel, kavel, terrein, grasveld*, strook
    """,
    "toestemming": """
        toestaan, afsluiten, regels, akkoord
    """,
    "materiaal": """
        materiaal, materialen, spullen, planten, plantjes, bomen, boompjes, struiken, zaden, tegels,
        zand, verf, hout, hekken, bank, banken, bankje, bankjes, bord, borden, container*, bakken,
        aanhanger, tafels, stoelen, drukwerk, computers, hesjes
    """,
    "advies": """
        adviseur, adviseren, uitleg, uitzoeken, jurist, kennis
    """,
    "scholing": """
        leren, opleiding
    """,
    "bemiddeling": """
        corporatie*, woningcorporatie*, eigenaar*, waterschap*, provincie, verhuurder, contact,
        gesprek
    """,
    "afspraak": """
        afspraak, zekerheid, vastleggen
    """,
    "bekendheid": """
        flyers, posters, oproep, promotie, reclame, nieuwsbrief, bekend
    """,
    "vrijwilligers": """
        vrijwilligers, helpers, maatjes, meehelpen
    """,
}
"""Need → cues that count only in a sentence that asks."""

A_THING = """
    nodig, we zoeken, wij zoeken, ik zoek, gezocht, alleen nog, onze wens, mijn wens, wensen
"""
"""What asks for a thing, if no need is named in the same sentence."""

SIGNS = {
    "task": """
        uitdaagrecht, right to challenge, nemen het over, nemen we over, beheer over, onderhoud
        over, exploitatie over, taak over, taken over, beheer overnemen, onderhoud overnemen, taak
        overnemen, taken overnemen, in eigen beheer, hetzelfde budget, zelfde budget, zelfde geld,
        hetzelfde geld, hetzelfde bedrag, zelfde bedrag, goedkoper dan, in plaats van de gemeente,
        taak van de gemeente, gemeente nu betaalt, gemeente nu uitgeeft, aannemer nu
    """,
    "income": """
        inkomsten, omzet, opbrengst*, verhuren, terugverdien*, rendement, aandeel, aandelen,
        lening*, obligatie*, terugbetalen, cooperatie, huuropbrengst*, abonnement*
    """,
    "fees": """
        leges, precario, ozb, heffing*, rioolheffing, afvalstoffenheffing, gemeentebelasting*,
        kwijtschelding
    """,
    "insight": """
        waar het geld, waar ons geld, waaraan het geld, inzicht in de begroting, begroting lezen,
        begroting bekijken, geld van de gemeente
    """,
    "barter": """
        ruilmunt*, tijdbank*, spaarpunten, wisselgeld, uren ruilen, eigen munt, diensten ruilen
    """,
    "support": """
        donateur*, donatie*, crowdfunding, inzamel*, geldactie*, giften, sponsor*, hele dorp, halve
        dorp, hele buurt, bedrijven
    """,
}
"""Sign of a way to pay → cues, whether the sentence asks or not."""

MONEY_TALK = """
    euro, euros, kost, kosten, geld, nodig, tekort, bijdrage, subsidie, begroting, budget,
    sponsor*, vergoeding, fonds, zoeken nog, vragen
"""
"""A sentence with one of these is about money, so that a large number in it is an amount."""
