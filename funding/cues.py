"""The cues by which a plan is read for what it asks. Rules that anybody can read and change.

A cue is one or more folded words (no case, no accents); `*` stands for any letters at the end of a word, `..`
for a few words or none; a comma parts the cues. These read needs; `dutch/denial.py` weighs subjects.
"""

ASKING = """
    vraag, vragen, gevraagd, verzoek, verzoeken, nodig, benodigd, behoefte aan, zoek, zoeken,
    gezocht, op zoek, graag, liefst, wens, wensen, wensenlijst*, welkom, fijn zijn, mooi zijn, hulp,
    helpen, helpt, hopen, hoop, krijgen, missen, mist, ontbreekt, ontbreken, tekort, te kort, komen
    te kort, lenen, leen, te leen, huren, kopen, aanschaffen, aanschaf, aan te schaffen, kost,
    kosten, beschikbaar, wie heeft, wie kan, wie wil, wie weet, kunnen jullie, kunt u, kan de
    gemeente, wil de gemeente, zou de gemeente, kunnen we, kunnen wij, kan ik, mogen we, mogen wij,
    mag ik, alleen nog, we willen nog, wat we willen, onze vraag
"""
"""A sentence with one of these asks for something."""

NOT_ASKED = """
    geen .. nodig, hoef .. geen .., hoeven .. geen .., hoeft .. geen .., vragen .. geen .., vraag
    geen .., zoeken geen .., willen geen .., wil geen .., .. hoef ik niet, .. hoeven we niet, ..
    hoeven wij niet, .. hoeven niet, .. hoeft niet, .. hoeft er niet, .. hoeft dus niet, .. niet
    nodig, .. vragen we niet, .. vraag ik niet, niet om geld, niet om subsidie, zonder subsidie,
    zonder vergunning, zonder geld van .., zonder hulp van .., .. hebben we al, .. hebben wij al, ..
    heb ik al, .. hebben we genoeg, .. is al geregeld, .. zijn al geregeld, .. is geregeld, .. zijn
    geregeld, .. is er al, .. zijn er al, .. al binnen, .. al gekregen, .. al rond, .. betalen we
    zelf, .. betalen wij zelf, .. betaal ik zelf, .. regelen we zelf, .. regelen wij zelf, .. regel
    ik zelf
"""
"""A cue within these words, and before the next comma, asks for nothing: "een vergunning hebben we al"."""

VERBS = """
    is, zijn, was, waren, heeft, hebben, heb, had, hadden, wil, willen, kan, kunnen, mag, mogen,
    moet, moeten, zal, zullen, zou, zouden, wordt, worden, werd, werden, doet, doen, deed, komt,
    komen, kwam, gaat, gaan, ging, staat, staan, stond, ligt, liggen, lag, zit, zitten, zat, loopt,
    lopen, maakt, maken, geeft, geven, krijgt, krijgen, helpt, helpen, zegt, zeggen, vindt, vinden,
    woont, wonen, weet, weten, ziet, zien, speelt, spelen, werkt, werken
"""
"""A short sentence that begins with "een" or a number and has none of these is a wish: "Een ladder"."""

CERTAIN = {
    "geld": """
        subsidie*, bijdrage, bijdragen in de kosten, bijdrage van de gemeente, startgeld*,
        startkapitaal, startsubsidie*, financiering, financieren, financiele steun, financiele hulp,
        financieel steunen, financiele ondersteuning, financieel ondersteunen, gefinancierd, geld
        nodig, geld voor, euro nodig, geen geld, te weinig geld, tekort aan geld, geld tekort, geld
        te kort, gebrek aan geld, om geld, wat geld, geld krijgen, geld vragen, geld zoeken, budget
        nodig, een budget, budget voor, potje, een tekort van, vergoeding voor, vergoed*, onkosten*,
        bekostigen, betaalbaar houden, kunnen we niet betalen, kan ik niet betalen, kunnen wij niet
        betalen, niet te betalen, niet betaald krijgen, hoe betalen we, wie betaalt, brengen we niet
        op, niet opbrengen, kunnen we niet opbrengen, de kosten voor, kosten zijn, kosten ongeveer,
        aanschaf van, begroting, begroot, geraamd, sponsor gezocht, sponsors gezocht, zoeken
        sponsors, fonds, fondsen, regeling voor, huur is, de huur van, korting op de huur, lagere
        huur, gratis huren, garant staan, garant staat, lening, kost ons, kosten ons, paar honderd
        euro, paar tientjes, paar duizend euro, niet .. kunnen betalen, niet .. kan betalen, niet
        uit eigen zak, kas is leeg, geen cent, geld bij, geld ontbreekt, te duur voor ons,
        prijskaartje, offerte, bijleggen, bijspringen, tegemoetkoming, een extraatje, kunnen we ..
        betalen
    """,
    "ruimte": """
        oefenruimte*, werkruimte*, opslagruimte*, vergaderruimte*, atelierruimte*, clubruimte*,
        speelruimte, ontmoetingsruimte*, repetitieruimte*, lesruimte*, werkplaats nodig, opslag
        nodig, ruimte nodig, zoeken ruimte, zoeken een ruimte, zoek een ruimte, zoeken onderdak, een
        zaal, een zaaltje, een lokaal, een lokaaltje, een ruimte voor, een ruimte waar, een ruimte
        met, een ruimte om, een ruimte in, geen ruimte, een eigen ruimte, nieuwe ruimte, andere
        ruimte, ander onderkomen, een onderkomen, onderdak, eigen honk, leegstaande, leegstaand,
        staat leeg, dak boven, binnen kunnen zitten, een plek binnen, plek om bij elkaar te komen,
        plek om te repeteren, plek om te oefenen, plek om te vergaderen, plek met een keuken, ruimte
        in de, ruimte in het, gebruik maken van .. zaal, gebruik maken van .. gebouw, gebruiken van
        .. zaal, plek .. binnen, overdekte, gymzaal gebruiken, plek om .. samen te komen, plek om ..
        te oefenen, plek om .. op te slaan, plek waar we .. kunnen oefenen, plek waar we .. kunnen
        vergaderen, plek waar we .. kunnen zitten, uit ons gebouw, uit het gebouw, ons gebouw uit,
        waar we terechtkunnen, waar we terecht kunnen, nergens terecht, een hoekje in, een vaste
        ruimte, een vaste plek, een vast lokaal, een grotere ruimte, een kleine ruimte, zalen,
        vergaderzaal, keuken met
    """,
    "plek": """
        standplaats*, stukje grond, stuk grond, lapje grond, hoekje grond, hoek grond, strook grond,
        een veldje, een perceel, een kavel, bouwgrond, een plek buiten, geschikte plek, geschikte
        locatie, een locatie voor, grond kopen, grond pachten, grond huren, grond beschikbaar, een
        plek in het park, plek op het plein, het terrein zou, braakliggend*, plek voor een .. tuin,
        plek voor .. kippen, plek .. buiten, stuk gemeentegrond, gemeentegrond, grond van de
        gemeente, een stuk land, stukje land, lapje land, landje, zonder grond, zoeken een plek
        voor, geen grond, waar .. kan staan, waar .. mag staan, waar .. kunnen staan, een plekje
        voor, ligplaats*, leeg veldje, locatie gezocht, grond nodig, zoeken grond, op de grond van
    """,
    "toestemming": """
        toestemming*, vergunning*, ontheffing*, goedkeuring, instemming, mag dat, mag het, mag hier,
        mag daar, mag zoiets, mag dit, te mogen, zou mogen, of het mag, groen licht, straat af,
        straat dicht, straat afsluiten, straat afgesloten, weg afsluiten, afsluiten, afgesloten, af
        te zetten, autovrij, bestemmingsplan*, omgevingsplan, is het toegestaan, toegestaan, akkoord
        van de gemeente, mag .. worden, mag .. weg, mogen .. weg, mogen .. staan, mag .. staan, mag
        .. hangen, mogen .. planten, mag .. dicht, kan .. dicht, kan de weg, verkeersbesluit,
        goedvindt, goedvinden, goed vindt, goed vinden, kunnen we .. plaatsen, kunnen we ..
        neerzetten, kunnen wij .. plaatsen, mogen gebruiken, mag gebruiken, toegang tot, welke
        regels, volgens de regels, regels zijn, van de regels, meldingsplicht, evenementenmelding,
        melding doen, welstand, van gemeentewege, op gemeentegrond, op de openbare weg, in de
        openbare ruimte, laat ons, sleutel van, tapontheffing, brandveilig, veiligheidsplan,
        verkeersplan, adoptie, adopteren, of dat mag, of dit mag, wat mag en, wat er mag, afzetten
    """,
    "materiaal": """
        gereedschap*, bouwmateriaal, bouwmaterialen, plantgoed, materiaal nodig, materialen nodig,
        spullen nodig, apparatuur, lesmateriaal, meubels nodig, te leen, leenspullen, materiaal
        krijgen, spullen krijgen, spullen lenen, lenen van de gemeente, geleend, mogen lenen, kunnen
        lenen, tweedehands
    """,
    "advies": """
        advies over, advies nodig, graag advies, om advies, advies van, meedenken over, meedenkt,
        een deskundige, deskundig advies, deskundigheid, hulp bij het plan, hulp bij de aanvraag,
        hulp bij het aanvragen, hulp bij het schrijven, iemand met verstand, weten we niet, weten
        wij niet, weet ik niet, niet weten, weet ik te weinig, weten we te weinig, hoe pakken we,
        hoe pak ik, hoe zit het met, hoe regelen we, hoe moet dat, hoe kunnen we, hoe kan ik, waar
        moeten we op letten, uitleg over, juridisch*, een jurist, statuten, waar beginnen we, wie
        legt ons uit, iemand die .. verstand heeft, iemand die .. weet, iemand die ons helpt met,
        iemand die ons helpt bij, ondersteuning bij, begeleiding bij, hulp met de, coaching,
        expert*, specialist*, meedenken met, denk mee, denkt u mee, denken jullie mee, wie denkt
        mee, kan iemand .. uitleggen, wie kan .. uitleggen, hoe kom ik aan, hoe komen we aan, hoe
        werkt dat, hoe vraag ik, hoe vragen we, welke stappen, wat moet ik, waar begin ik, kennis
        van, geen ervaring met, geen verstand van, is dat veilig, is het veilig
    """,
    "scholing": """
        cursus voor, cursus nodig, een cursus, cursussen, een training, training voor, training in,
        training nodig, trainingen, scholing, bijscholing, een workshop, ehbo*, bhv, opleiding voor,
        een opleiding, cursus in, cursus over, bijgeschoold, opgeleid, opleiden, wil leren hoe,
        lessen voor onze, train de trainer, geschoold
    """,
    "bemiddeling": """
        bemiddel*, in contact met, contact brengen, contact brengt, contact met de, contact leggen,
        in gesprek met, in gesprek gaan, gesprek met de, om tafel, aan tafel met, graag aan tafel,
        aan tafel om, rond de tafel, goed woordje, goed woord, overleg met, overleg tussen,
        overleggen met, afstemmen met, afstemming, moeten we zijn, moet ik zijn, moeten wij zijn,
        bij wie kunnen we, iemand die we kunnen bellen, die we mogen bellen, kunnen bellen, mogen
        bellen, vast aanspreekpunt, vaste contactpersoon, een aanspreekpunt, samen met de gemeente,
        bij elkaar brengen, bij elkaar brengt, met de eigenaar, praat met, meewerken, medewerking,
        verbinden met, hoe bereiken we, contact met .. corporatie, contact met .. eigenaar, contact
        met .. waterschap, contact met .. provincie, in contact .. brengen, in contact .. komen, wie
        brengt .. contact, iemand die .. regelt, iemand van de gemeente, iemand bij de gemeente, een
        ambtenaar, contactpersoon bij, contactpersoon voor, wie gaat hierover, wie gaat daarover,
        wie gaat er over, waar kunnen we terecht, waar kan ik terecht, bij wie moet, overtuigen,
        overhalen, kunnen jullie .. bellen, kunt u .. bellen, kunnen jullie .. vragen, kunt u ..
        vragen, doorverwijzen, doorverwijzing, kruiwagen bij, ingang bij, deuren openen,
        introduceren, introductie bij, voorspraak, samenbrengen, bij elkaar te krijgen, rond een
        tafel, samenwerken met de, samenwerking met de, samenwerking tussen, partijen, de corporatie
        moet, de corporatie wil niet, eigenaar wil niet, van de verhuurder, op het gemeentehuis, bij
        de wethouder, met de wethouder, aanmelden, verwijzen, mensen doorsturen, koppelen
    """,
    "afspraak": """
        beheerovereenkomst*, overeenkomst*, een contract, contract met, contract voor, garantie dat,
        de garantie, zwart op wit, vaste afspraak, vaste afspraken, afspraak met de gemeente,
        afspraken met de gemeente, goede afspraken, duidelijke afspraken, op papier dat, op papier
        zetten, duidelijkheid over, zekerheid dat, zekerheid voor, toezegging*, vastgelegd, vast te
        leggen, aansprakelijk*, verzekerd zijn, wie verantwoordelijk is, wie wat doet, wie doet wat,
        intentieverklaring, op papier, schriftelijk, op schrift, in ruil voor, in ruil daarvoor, wie
        .. verantwoordelijk, wie .. aansprakelijk, wie .. verzekerd, wie .. onderhoudt, garantie,
        garanties, toezeggen, zekerheid, voor langere tijd, voor onbepaalde tijd, meerjarig*,
        jarenlang mogen, gebruiksovereenkomst*, huurcontract*, convenant*, beheer overnemen,
        afspreken met, beloofd, belofte, geven jullie .. antwoord
    """,
    "bekendheid": """
        bekendheid, publiciteit, bekend maken, bekendmaken, bekender, aandacht voor, in de krant, op
        de website van, in de nieuwsbrief, ruchtbaarheid, promotie, meer mensen bereiken, mensen
        weten niet, bekend te maken, mensen te bereiken, meer bekendheid, ons bekend, flyeren, laten
        weten, reclame voor, onder de aandacht, social media van, kanalen van de gemeente,
        gemeentepagina, huis aan huis
    """,
    "vrijwilligers": """
        vrijwilligers nodig, vrijwilligers gezocht, zoeken vrijwilligers, zoeken nog vrijwilligers,
        meer vrijwilligers, extra vrijwilligers, tekort aan vrijwilligers, nieuwe vrijwilligers,
        zoeken mensen, zoeken nog mensen, zoek mensen, zoek nog mensen, wij zoeken mensen, meer
        handen, extra handen, handen tekort, mensen nodig, nieuwe bestuursleden, bestuursleden
        gezocht, begeleiders nodig, chauffeurs nodig, chauffeurs gezocht, helpers nodig, helpers
        gezocht, vrijwilligers werven, vrijwilligers vinden, te weinig vrijwilligers, genoeg
        vrijwilligers, geen vrijwilligers, mensen die .. willen helpen, mensen die .. mee willen,
        wie helpt, wie doet mee, wie wil helpen, hulp gezocht, begeleiding gezocht, bestuur zoekt,
        zoeken een voorzitter, zoeken een penningmeester, wie heeft tijd
    """,
}
"""Need → cues that are enough by themselves."""

WHEN_ASKED = {
    "geld": """
        geld, euro, budget, vergoeding, betalen, bijdragen, huurprijs, abonnement*, boodschappen,
        onkosten, drukkosten, verzekering, huur, zaalhuur
    """,
    "ruimte": """
        ruimte, lokaal, lokaaltje, zaal, zaaltje, pand, pandje, gebouwtje, kamertje, schuur, kelder,
        gymzaal, kantine, loods, atelier, werkplaats, winkelruimte, klaslokaal, buurthuis, honk
    """,
    "plek": """
        veldje, perceel, kavel, grasveld*, plantsoen, moestuinplek
    """,
    "toestemming": """
        toestaan, afsluiten, regels, akkoord, afzetten, mogen we, mogen wij, mag ik, mag de, mag er,
        mag een, kunnen we .. krijgen
    """,
    "materiaal": """
        materiaal, materialen, spullen, planten, plantjes, bomen, boompjes, struiken, zaden,
        bloembollen, bollen, tegels, zand, grond en, aarde, compost, verf, hout, planken, hekken,
        hekjes, dranghekken, bankje, bankjes, picknicktafel*, bord, borden, bordje, bordjes,
        containers, plantenbakken, prullenbakken, aanhanger, busje, bakfiets*, kruiwagen*, ladder*,
        tafels, stoelen, tent, tenten, partytent*, drukwerk, computer*, laptop*, tablet*, printer,
        beamer, scherm, camera*, microfoon*, geluidsinstallatie, hesjes, vriezer*, oven, fornuis,
        pannen, servies, instrument*, speeltoestel*, fietsen, ballen, doeltjes, goals, lamp*,
        verlichting, aed, boeken, regenton*, knijpers, grijpers, vuilniszakken
    """,
    "advies": """
        adviseur, adviseren, advies, uitleg, uitzoeken, jurist, kennis, meedenken
    """,
    "scholing": """
        opleiding, cursus, training, lessen, workshop*
    """,
    "bemiddeling": """
        corporatie, woningcorporatie, eigenaar, eigenaren, waterschap, provincie, verhuurder,
        netbeheerder, contact, gesprek, contactpersoon, aanspreekpunt, overleg, bemiddelaar
    """,
    "afspraak": """
        afspraak, afspraken, zekerheid, vastleggen, duidelijkheid, contract
    """,
    "bekendheid": """
        flyers, posters, oproep, reclame, nieuwsbrief, aandacht
    """,
    "vrijwilligers": """
        helpers, maatjes, meehelpen, begeleiders, chauffeurs
    """,
}
"""Need → cues that count only in a sentence that asks."""

A_THING = """
    nodig, we zoeken, wij zoeken, ik zoek, gezocht, alleen nog, onze wens, mijn wens, wensen
"""
"""What asks for a thing, if no need is named in the same sentence."""

SIGNS = {
    "task": """
        uitdaagrecht, right to challenge, maatschappelijk aanbesteden, aanbested*, beheer .. over,
        onderhoud .. over, exploitatie .. over, taak .. over, taken .. over, beheer overnemen,
        beheer over te nemen, onderhoud overnemen, onderhoud over te nemen, exploitatie overnemen,
        taak overnemen, taken overnemen, taak over te nemen, in eigen beheer, zelf beheren, zelf het
        beheer, zelf exploiteren, zelf runnen, in eigen hand, in eigen handen, geef ons de sleutel*,
        hetzelfde budget, zelfde budget, zelfde geld, hetzelfde geld, hetzelfde bedrag, zelfde
        bedrag, goedkoper dan, voor minder geld dan, in plaats van de gemeente, taak van de
        gemeente, werk van de gemeente, opdracht van de gemeente, gemeente nu betaalt, gemeente nu
        uitgeeft, gemeente er nu, geld dat de gemeente, geld dat .. nu, budget dat .. nu, aannemer
        nu, aannemer krijgt, het budget van de
    """,
    "care": """
        indicatie*, pgb, wmo, maatwerkvoorziening*, arbeidsmatige, beschut werk, beschutte
        werkplek*, re integratie*, reintegratie*, participatiebaan*, werkervaringsplek*,
        leerwerkplek*, leerwerkbedrijf, leerwerktraject*, uit de uitkering, uit de bijstand, via de
        uitkering, met een uitkering, in de bijstand, afstand tot de arbeidsmarkt, jobcoach*,
        leerlingenvervoer, hulp bij het huishouden
    """,
    "shares": """
        cooperatie*, cooperatief, aandeel, aandelen, obligatie*, lening*, lenen bij, lenen van, geld
        lenen, terugbetalen, terugverdien*, rendement, rente, investeer*, investering*,
        geldschieter*, garant, borg staan, zonnedak*, zonneweide*, zonnepark*, zonnepanelen,
        windmolen*, energiecooperatie*, wooncooperatie*, samen kopen, zelf kopen, gezamenlijk kopen,
        pand kopen, gebouw kopen
    """,
    "income": """
        inkomsten, omzet, opbrengst*, verhuren, huuropbrengst*, verdienmodel, winkel, winkeltje,
        klanten, afnemers, afnemen, verkopen, entree, kaartverkoop, abonnementen, onderneming,
        ondernemen, horeca
    """,
    "fees": """
        leges, precario*, ozb, onroerendezaakbelasting, heffing*, rioolheffing, afvalstoffenheffing,
        toeristenbelasting, reclamebelasting, gemeentebelasting*, parkeergeld, parkeerkosten,
        marktgeld, staangeld, havengeld, liggeld, kwijtschelding, huurkorting, korting op de huur,
        lagere huur, huur .. lager, huur .. omlaag, huur verlagen, vrijstelling*
    """,
    "insight": """
        waar het geld, waar ons geld, waar dat geld, waar al het geld, waaraan het geld, waaraan ons
        geld, hoeveel de gemeente uitgeeft, wat de gemeente uitgeeft, uitgaven van de gemeente,
        inzicht in de begroting, inzicht in de uitgaven, begroting lezen, begroting bekijken,
        begroting begrijpen, begroting van de gemeente, gemeentebegroting, geld van de gemeente,
        rekenkamer*, budgetmonitor*
    """,
    "barter": """
        ruilmunt*, tijdbank*, spaarpunten, wisselgeld, uren ruilen, eigen munt, lokale munt,
        buurtmunt*, dorpsmunt*, diensten ruilen, klussen ruilen, ruilkring*, ruilsysteem*,
        letskring, lets, waardebon*, tegoedbon*, punten sparen, punten verdienen, uren sparen
    """,
    "support": """
        donateur*, donatie*, crowdfund*, inzamel*, geldactie*, giften, gift, fondsenwerv*,
        sponsorloop, sponsor*, hele dorp, halve dorp, hele buurt, hele wijk, halve stad
    """,
    "heritage": """
        monument*, rijksmonument*, erfgoed*, restaur*, historisch*, molen, molens, korenmolen*,
        kerktoren*, toren, orgel*, carillon, kerkklok*, gemaal, stoomgemaal*, fort, kasteel,
        landgoed*, botter*, tjalk*, klipper*, museum*, musea, heemkunde*, heemkring, archeolog*,
        dialect, streektaal, volksverhalen, klederdracht, oude ambacht*, archief, sloop, slopen,
        afgebroken
    """,
    "poor": """
        armoede*, minima, schulden, schuldhulp*, niet .. kunnen betalen, niet .. kan betalen, niet
        .. kunnen veroorloven, voedselbank*, kledingbank*, geen geld, te weinig geld, weinig geld,
        niet op vakantie, krap bij kas, bijstandsgezin*
    """,
    "guided": """
        training*, cursusleider*, begeleid*, coach*, instructeur*, therap*, fysio*, verpleeg*,
        hulpverlen*, zorgverlen*, ervaringsdeskundige*, jongerenwerk*, opbouwwerk*, vog,
        mantelzorg*, dementie, demente*, autis*, beperking*, revalid*
    """,
    "own": """
        kost niks, kost niets, kost de gemeente niets, kost de gemeente niks, kost u niets, kost
        jullie niets, zonder kosten, geen kosten, geen geld nodig, geen subsidie nodig, geld hoeven,
        geld hoeft, subsidie hoeven, subsidie hoeft, niet om geld, zonder subsidie, betalen we zelf,
        betalen wij zelf, betaal ik zelf, zelf betalen, uit eigen zak, eigen middelen, op eigen
        kosten, vragen geen geld, vragen geen subsidie
    """,
    "complaint": """
        klacht, klachten over, klagen, boete, bekeuring*, bezwaar, bezwaarschrift, protest,
        protesteren, schadevergoeding, schadeclaim, geld terug, aansprakelijk stellen, dwangsom,
        petitie, rechtszaak, aangifte
    """,
    "running": """
        per maand, per week, per jaar, per keer, per uur, per avond, elke maand, elk jaar, ieder
        jaar, iedere maand, jaarlijks*, maandelijks*, wekelijks*, structureel, structurele, vaste
        lasten, vaste kosten, doorlopende, abonnement*, loonkosten, salaris*, de huur, zaalhuur,
        huurkosten, energiekosten
    """,
}
"""Sign of a way to pay → cues, whether the sentence asks or not."""

MONEY_TALK = """
    euro, euros, kost, kosten, geld, nodig, tekort, bijdrage, subsidie, begroting, budget, sponsor*,
    vergoeding, fonds, zoeken nog, vragen, gat van, prijs, offerte, gerepareerd, repareren,
    reparatie, vervangen, opknappen, aanschaf, kopen, begroot, geraamd, financier*, garant, lening,
    lenen, bedrag
"""
"""A sentence with one of these is about money, so that a large number in it is an amount."""
