"""Personal data: every field that can hold them, why it does, who sees it, how long it stays.

One table with three readers: the serializers of the API (rest.py refuses a field that its audience may not
see), docs/privacy.md (`manage.py privacy --write`), and the house test, which fails on a field of any model
that stands in no list here. A field is personal until it is said not to be.
"""

from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

AUDIENCES = {  # who may see a field, in plain words
    "public": _("iedereen"),
    "shown": _("iedereen, zodra het plan op de site staat; tot dan jij en de ambtenaren"),
    "self": _("jijzelf"),
    "initiator": _("de initiatiefnemers van het plan"),
    "contact": _("je contact bij de gemeente, de vervanger, en het loket zolang je nog geen contact hebt"),
    "reason": _("een andere ambtenaar die een reden geeft; jij ziet wie dat was"),
    "officer": _("ambtenaren"),
    "clerk": _("de griffie van de gemeenteraad"),
    "manager": _("de beheerder"),
    "employer": _("de beheerder, als je bij de gemeente werkt of in de raad zit"),
}
INCLUDED = {  # audience of a serializer -> the codes of the table that it may show
    "public": {"public", "shown"},
    "self": {"public", "shown", "self"},
    "initiator": {"public", "shown", "self", "initiator"},
    "clerk": {"public", "clerk"},
    "near": {"public", "shown", "officer", "contact", "reason"},
    "officer": {"public", "shown", "officer"},
    "manager": {"public", "shown", "officer", "manager"},
    "employer": {"public", "shown", "officer", "manager", "employer"},
}

# Grounds: the article of the AVG (GDPR), in words
TASK = _("Taak van algemeen belang (AVG artikel 6, lid 1, onder e)")
CONSENT = _("Jouw toestemming (AVG artikel 6, lid 1, onder a)")
DUTY = _("Wettelijke plicht: we moeten dit kunnen laten zien (AVG artikel 6, lid 1, onder c)")
OFFICE = _("Taak van algemeen belang: iedereen mag weten wie bestuurt (AVG artikel 6, lid 1, onder e)")
PARTY = _(
    "De bestuurder maakte dit zelf openbaar (AVG artikel 6, lid 1, onder e en artikel 9, lid 2, onder e)"
)

# How long
ACCOUNT = _("Zolang je een account hebt")
PLAN = _("Tot 5 jaar na het einde van het plan; een concept zonder bewezen e-mailadres 30 dagen")
REACH = _("Tot 1 jaar na het einde van het plan")
WORK = _("Zolang iemand hier werkt")
HISTORY = _("Blijvend: wie wanneer bestuurde is geschiedenis")
YEARS = _("5 jaar")
SENT = _("Tot het bericht weg is; lukt dat niet, dan hoogstens 30 dagen")
PERSON = _("Tot 2 jaar na het laatste contact; dan stellen we voor om het te wissen")
MONTH = _("30 dagen")
SESSION = _("14 dagen; voor wie bij de gemeente werkt 12 uur; voor wie een plan begint en niet inlogt 1 uur")
MINUTES = _("Een paar minuten; hoe vaak een adres werd gevraagd een plan over te nemen 30 dagen")

# What a history is for
WHO_CHANGED = _("Kunnen zien wie iets veranderde, met welke handeling")

# What erasing a person does
GONE = _("Verdwijnt")
EMPTIED = _("Wordt leeg; de rest van het plan blijft")
UNLINKED = _("Wie het deed gaat eraf; dat het gebeurde blijft")
KEPT = _("Blijft: het hoort bij het ambt, niet bij de persoon")
STAYS = _("Blijft: een besluit hoort bij het plan, en er staan geen namen in")
NUMBER = _("Wordt een nummer dat naar niemand meer verwijst; dat het gebeurde blijft")
CHOSEN = _("Verdwijnt als iemand hier weggaat of het niet meer wil")


@dataclass(frozen=True, slots=True)
class Row:
    """Fields of one model that are treated alike; fields and seen_by are words with spaces between."""

    model: str
    fields: str
    purpose: str
    ground: str
    seen_by: str  # codes of AUDIENCES; empty: nobody, only the system itself
    kept: str
    erased: str


# fmt: off
ROWS = [
    Row("accounts.user", "email", _("Je laten inloggen en je mailen over je plan"),
        TASK, "self contact reason employer", ACCOUNT, GONE),
    Row("accounts.user", "name", _("Weten hoe we je noemen"), TASK, "self contact reason", ACCOUNT, GONE),
    Row("accounts.user", "role", _("Weten wat je hier mag doen"), TASK, "self manager", ACCOUNT, GONE),
    Row("accounts.user", "id is_active joined_at last_login", _("Je account beheren en beveiligen"),
        TASK, "self manager", ACCOUNT, GONE),
    Row("accounts.user", "password", _("Leeg: niemand heeft een wachtwoord"), TASK, "", ACCOUNT, GONE),
    Row("accounts.consent", "id user purpose wording given_at withdrawn_at",
        _("Onthouden waar je ja op zei, en in welke woorden"),
        DUTY, "self", _("Tot 5 jaar nadat je het introk"), GONE),
    Row("accounts.notificationpreference", "id user kind by_mail", _("Alleen mailen wat je wilt krijgen"),
        TASK, "self", ACCOUNT, GONE),
    Row("accounts.follow", "id user kind key since", _("Je laten weten wat er gebeurt met wat je volgt"),
        CONSENT, "self", ACCOUNT, GONE),
    Row("accounts.notice", "id user event at read_at", _("Je laten weten wat er met je plan gebeurt"),
        TASK, "self", PLAN, GONE),
    Row("account.emailaddress", "id user email verified primary",
        _("Bewijzen dat het e-mailadres van jou is"),
        TASK, "self", ACCOUNT, GONE),
    Row("account.emailconfirmation", "id email_address created sent key",
        _("Bewijzen dat het e-mailadres van jou is"),
        TASK, "", _("3 dagen"), GONE),
    Row("mfa.authenticator", "id user type data created_at last_used_at",
        _("Medewerkers twee keer laten bewijzen wie ze zijn"),
        TASK, "self", ACCOUNT, GONE),
    Row("sessions.session", "session_key session_data expire_date",
        _("Je ingelogd houden, en meenemen wat je in de wegwijzer schreef als je op Meld dit plan klikt"),
        TASK, "", SESSION, GONE),
    Row("townhall.event", "by", _("Kunnen zien wie wat veranderde"),
        DUTY, "contact manager", YEARS, UNLINKED),
    Row("townhall.outboxmessage", "payload body", _("Een mail versturen, ook als dat niet meteen lukt"),
        TASK, "", SENT, GONE),
    Row("townhall.submissiontoken", "by", _("Een formulier dat twee keer komt maar één keer laten tellen"),
        TASK, "", _("7 dagen"), GONE),
    Row("townhall.look", "id by of subject_kind subject_key reason at",
        _("Jou laten zien wie je gegevens bekeek en waarom"),
        DUTY, "self manager", YEARS, UNLINKED),
    Row("townhall.file", "name words", _("Een bestand bewaren bij wat het toelicht"),
        TASK, "shown", PLAN, GONE),
    Row("townhall.file", "by", _("Weten wie een bestand gaf, en het wissen als die persoon wordt gewist"),
        TASK, "contact", PLAN, GONE),
    Row("townhall.allowance", "key",
        _("Misbruik tegenhouden; we bewaren een versleuteld kenmerk van je adres, niet het adres"),
        TASK, "", MINUTES, GONE),
    Row("contacts.department", "lead", _("Weten wie een afdeling leidt"),
        TASK, "officer manager", WORK, UNLINKED),
    Row("contacts.portfolioholder", "key name title email photo", _("Laten zien wie er bestuurt"),
        OFFICE, "public", HISTORY, KEPT),
    Row("contacts.portfolioholder", "party", _("Laten zien namens welke partij iemand bestuurt"),
        PARTY, "public", HISTORY, KEPT),
    Row("contacts.term", "holder since until", _("Laten zien wie wanneer waarover gaat of ging"),
        OFFICE, "public", HISTORY, KEPT),
    Row("contacts.accountmanager", "function email",
        _("Je laten weten bij welke ambtenaar je terechtkunt; de werkmailbox hoort bij de functie"),
        TASK, "public", WORK, KEPT),
    Row("contacts.accountmanager", "public_name photo_url",
        _("De naam en het portret laten zien van wie dat zelf wil"),
        CONSENT, "public", WORK, CHOSEN),
    Row("contacts.accountmanager", "name phone photo",
        _("Je laten weten wie je contact is en hoe je die belt"),
        TASK, "self initiator officer manager", WORK, CHOSEN),
    Row("contacts.accountmanager", "user", _("Een ambtenaar de eigen plannen laten zien"),
        TASK, "self manager", WORK, UNLINKED),
    Row("contacts.accountmanager", "room available_from available_until",
        _("Niemand meer plannen geven dan past"),
        TASK, "self officer manager", WORK, CHOSEN),
    Row("contacts.accountmanager", "terms", _("Een ambtenaar vinden op woorden die op de site staan"),
        TASK, "", WORK, CHOSEN),
    Row("contacts.absence", "manager since until deputy", _("Een vervanger sturen als je contact weg is"),
        TASK, "self officer manager", _("Tot 1 jaar na de afwezigheid"), GONE),
    Row("contacts.organisation", "email", _("Een organisatie kunnen bereiken"),
        TASK, "officer manager", _("Zolang de organisatie bestaat"), GONE),
    Row("contacts.organisation", "representatives", _("Weten wie namens een organisatie spreekt"),
        CONSENT, "self officer manager", ACCOUNT, UNLINKED),
    Row("contacts.person", "id name organisation source ground consented_on withdrawn_on informed_on noted_at"
        " noted_by version",
        _("Weten wie iemand zonder account is, en hoe we aan de gegevens komen"),
        TASK, "self officer manager", PERSON, GONE),
    Row("contacts.person", "email phone", _("Iemand zonder account kunnen bereiken"),
        TASK, "self reason", PERSON, GONE),
    Row("contacts.apart", "by at", _("Weten wie zei dat twee organisaties niet dezelfde zijn"),
        DUTY, "manager", YEARS, UNLINKED),
    Row("contacts.place", "name description", _("Een plek of spullen uitlenen"),
        CONSENT, "officer manager", _("Zolang de plek te leen is"), GONE),
    Row("funding.scheme", "contact", _("Een fonds kunnen bereiken"),
        TASK, "public", _("Zolang de regeling op de site staat"), KEPT),
    Row("initiatives.initiative",
        "title summary story existing offered asked place links submitter",
        _("Je plan begrijpen, verder helpen en laten zien"),
        TASK, "shown", PLAN, EMPTIED),
    Row("initiatives.initiative", "point", _("Je plan op de kaart zetten"), TASK, "shown", PLAN, EMPTIED),
    Row("initiatives.initiative", "state_reason", _("Uitleggen waarom een plan stilligt of stopte"),
        TASK, "initiator contact", PLAN, EMPTIED),
    Row("initiatives.initiative", "public_id",
        _("Je laten terugkomen bij een plan dat nog niet verstuurd is; het is een geheim adres"),
        TASK, "initiator", PLAN, GONE),
    Row("initiatives.initiative", "terms", _("Een plan vinden op woorden die op de site staan"),
        TASK, "", PLAN, EMPTIED),
    Row("initiatives.initiative", "released_by", _("Kunnen zien wie het plan op de site zette"),
        DUTY, "contact manager", PLAN, UNLINKED),
    Row("initiatives.participant", "id initiative user role since", _("Weten wie meedoet en hoe"),
        TASK, "self initiator contact", REACH, GONE),
    Row("initiatives.participant", "name email phone address",
        _("Iemand zonder account kunnen bereiken over het plan"),
        TASK, "self initiator contact reason", REACH, GONE),
    Row("initiatives.participant", "shows_name", _("Je naam alleen laten zien als je dat wilt"),
        CONSENT, "self initiator contact", REACH, GONE),
    Row("initiatives.need", "note", _("Begrijpen wat je nodig hebt"),
        TASK, "initiator contact", PLAN, EMPTIED),
    Row("initiatives.goallink", "why by on", _("Kunnen zien wie het plan aan een doel koppelde en waarom"),
        TASK, "initiator contact", PLAN, UNLINKED),
    Row("initiatives.partnerlink", "why by on", _("Kunnen zien wie een partner erbij haalde en waarom"),
        TASK, "initiator contact", PLAN, UNLINKED),
    Row("initiatives.similarlink", "why by on",
        _("Kunnen zien wie twee plannen naast elkaar legde en waarom"),
        TASK, "initiator contact", PLAN, UNLINKED),
    Row("initiatives.introduction", "text by at accepted answered_at",
        _("Je voorstellen aan wie kan helpen; pas na een ja delen we gegevens"),
        CONSENT, "initiator contact", REACH, GONE),
    Row("initiatives.update", "text", _("Nieuws over je plan laten zien"), TASK, "shown", PLAN, EMPTIED),
    Row("initiatives.update", "by", _("Weten wie het nieuws schreef"),
        TASK, "initiator contact", PLAN, UNLINKED),
    Row("initiatives.update", "hidden_why", _("Uitleggen waarom nieuws van de site ging"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("initiatives.message", "text by at read_at", _("Met je contact kunnen praten over je plan"),
        TASK, "initiator contact reason", PLAN, GONE),
    Row("initiatives.interaction", "how note on by persons next_step next_on next_done_on",
        _("Onthouden wat er besproken is. Een gesprek dat niet over een plan gaat, lezen alle ambtenaren"),
        TASK, "contact reason", PLAN, UNLINKED),
    Row("initiatives.result", "what for_whom", _("Laten zien wat het plan opleverde"),
        TASK, "shown", PLAN, EMPTIED),
    Row("initiatives.lesson", "text", _("Anderen laten leren van je plan"), TASK, "shown", PLAN, EMPTIED),
    Row("agreements.pendingdecision", "question body_name why reasons what_would_change next_step",
        _("Laten zien wie waarover besluit, waarom dat tijd kost en waarom het ja of nee werd"),
        TASK, "shown", PLAN, STAYS),
    Row("agreements.decisionmove", "reason", _("Uitleggen waarom een besluit op een andere dag komt"),
        TASK, "shown", PLAN, STAYS),
    Row("agreements.decisioncorrection", "was reason",
        _("Laten zien wat er bij een besluit eerst stond, en waarom het is rechtgezet"),
        TASK, "shown", PLAN, STAYS),
    Row("agreements.commitment", "text occasion evidence closing_reason",
        _("Laten zien wat is beloofd en of het is gedaan; namen van mensen horen er niet in"),
        TASK, "shown", PLAN, EMPTIED),
    Row("agreements.commitment", "participant", _("Weten welke initiatiefnemer iets beloofde"),
        TASK, "initiator contact", PLAN, UNLINKED),
    Row("agreements.commitment", "terms", _("Een toezegging vinden op woorden die op de site staan"),
        TASK, "", PLAN, EMPTIED),
    Row("agreements.shift", "reason", _("Laten zien waarom een toezegging later wordt"),
        TASK, "shown", PLAN, EMPTIED),
    Row("agreements.shift", "by", _("Kunnen zien wie een toezegging verschoof"),
        DUTY, "contact manager", PLAN, UNLINKED),
    Row("agreements.commitmenthistory", "text occasion",
        _("Kunnen zien in welke woorden iets eerst was beloofd"),
        TASK, "initiator contact officer", PLAN, GONE),
    Row("agreements.commitmenthistory", "pgh_context", WHO_CHANGED, DUTY, "initiator contact", YEARS, NUMBER),
    Row("agreements.requirement", "text basis_text why help closing_reason",
        _("Laten zien wat de gemeente van een plan vraagt, waarom, en wat er helpt"),
        TASK, "initiator contact officer", PLAN, GONE),
    Row("agreements.requirementhistory", "text basis_text why help",
        _("Kunnen zien wat een eis eerst zei"), TASK, "initiator contact officer", PLAN, GONE),
    Row("agreements.requirementhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("agreements.requirementquestion", "text answer",
        _("Kunnen vragen of een eis echt nodig is, en antwoord krijgen"),
        TASK, "initiator contact officer", PLAN, GONE),
    Row("agreements.assessment", "reaction reply",
        _("Je laten reageren op hoe de gemeente naar je plan kijkt, met een antwoord erbij"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("agreements.assessment", "by", _("Weten welke ambtenaar eraan begon"),
        DUTY, "officer manager", PLAN, UNLINKED),
    Row("agreements.assessmentanswer", "reason reaction",
        _("Laten zien hoe de gemeente naar je plan kijkt en waarom; namen van mensen horen er niet in"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("agreements.assessmentanswerhistory", "reason", _("Kunnen zien wat er eerst stond"),
        TASK, "initiator contact officer", PLAN, GONE),
    Row("agreements.assessmentanswerhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("agreements.assessmentframeworkhistory", "pgh_context",
        WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("agreements.criterionhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("agreements.standardrequirementhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("matching.suggestion", "reasons",
        _("Uitleggen waarom de wegwijzer iets voorstelt; er staan woorden uit je plan in"),
        TASK, "initiator contact officer", PLAN, GONE),
    Row("matching.suggestion", "verdict_reason by on", _("Leren van wat een ambtenaar van een voorstel vond"),
        TASK, "contact officer", PLAN, UNLINKED),
    Row("matching.learned", "towards against",
        _("Leren welke woorden bij een doel horen. Van een plan dat niet op de site staat, zijn dat alleen "
          "gewone woorden. Drie mensen moeten ze bij dit doel gebruiken"),
        TASK, "", _("Elke nacht opnieuw gemaakt uit de plannen die er dan zijn"), GONE),
    Row("desk.savedfilter", "id user name query", _("Snel terugvinden wat je vaak zoekt"),
        TASK, "self", ACCOUNT, GONE),
    Row("agreements.cohandler", "manager task due_on done_on by cancelled_on cancel_reason",
        _("Weten welke collega wat doet voor een plan"), TASK, "officer manager", PLAN, UNLINKED),
    Row("agreements.onlooker", "holder by at until seen_at revoked_at",
        _("Iemand laten meekijken als jij dat vraagt, en laten zien wie dat was"),
        TASK, "initiator contact officer", PLAN, UNLINKED),
    Row("agreements.merge", "why by at leaves_agreed_at stays_agreed_at closed_at",
        _("Vragen of twee plannen samen verder willen, en weten dat beide ja zeiden"),
        TASK, "initiator officer", PLAN, UNLINKED),
    Row("agreements.referral", "name email phone why expect note organisation at answered_at",
        _("Laten zien naar wie je plan ging, waarom, en wat die zei"),
        TASK, "initiator contact officer", PLAN, UNLINKED),
    Row("agreements.referral", "by sent_by", _("Kunnen zien wie doorverwees, en wie ja zei tegen doorsturen"),
        DUTY, "contact manager", PLAN, UNLINKED),
    Row("agreements.councilquestion",
        "question background from_town asked_on forwarded_to answer next_step closing_reason",
        _("Je vraag aan de gemeenteraad bij de raad brengen, en het antwoord bij jou"),
        TASK, "initiator contact officer clerk", PLAN, EMPTIED),
    Row("agreements.councilquestion", "by", _("Kunnen zien wie de vraag stelde"),
        DUTY, "contact manager", PLAN, UNLINKED),
    Row("agreements.continuityplan", "people money upkeep ending",
        _("Weten hoe je plan blijft draaien; namen van mensen horen er niet in"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("agreements.continuityreview", "sentence", _("Samen terugkijken hoe het gaat"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("agreements.continuityreview", "by", _("Weten wie opschreef hoe het gaat"),
        DUTY, "initiator contact", PLAN, UNLINKED),
    Row("agreements.succession", "leaves email message",
        _("Iemand vragen om een plan over te nemen; het e-mailadres vergeten we na het antwoord"),
        TASK, "", _("Tot er een antwoord is, en hoogstens 30 dagen; het bericht tot 5 jaar na het plan"),
        EMPTIED),
    Row("agreements.succession", "reason", _("Laten zien waarom de gemeente een opvolger vroeg"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("agreements.succession", "by taken_by", _("Kunnen zien wie een opvolger vroeg, en wie ja zei"),
        DUTY, "contact manager", PLAN, UNLINKED),
    Row("agreements.challenge", "task approach result budget budget_note manager",
        _("Weten welke taak je wilt overnemen, hoe, en wat die nu kost"),
        TASK, "initiator contact officer", PLAN, EMPTIED),
    Row("desk.handover", "manager sentence by started_at finished_at",
        _("Je laten weten waarom je een andere contactpersoon krijgt, en wie dat regelde"),
        TASK, "initiator officer manager", YEARS, UNLINKED),
    Row("desk.handovercase", "reason",
        _("Uitleggen waarom een collega bij een plan past; er staan woorden uit je plan in"),
        TASK, "contact officer", PLAN, GONE),
    Row("desk.intake", "name titles rows refusal by",
        _("Contacten uit een bestand laten nakijken voor we ze bewaren"),
        TASK, "manager", _("Tot het is ingelezen, en hoogstens twee dagen"), GONE),
    Row("desk.letter", "query subject text by", _("Weten wie welke brief aan een groep stuurde"),
        TASK, "officer manager", YEARS, UNLINKED),
    Row("desk.lettercopy", "initiative participant organisation at",
        _("Iedereen een brief één keer sturen, en niet te vaak"), TASK, "officer manager", YEARS, GONE),
    Row("desk.batch", "by", _("Terug kunnen draaien wat een ambtenaar bij veel plannen tegelijk deed"),
        TASK, "self", MONTH, GONE),
    Row("desk.batchrow", "why", _("Uitleggen waarom iets bij een plan niet kon; er kan een collega in staan"),
        TASK, "officer", MONTH, GONE),
    Row("desk.note", "text by", _("Collega’s laten overleggen over een plan"),
        TASK, "officer", PLAN, UNLINKED),
    Row("desk.mention", "manager read_at", _("Een collega vragen iets te lezen"),
        TASK, "officer", PLAN, GONE),
    Row("contacts.absencehistory", "manager since until deputy",
        _("Kunnen zien wat er aan een afwezigheid veranderde"),
        TASK, "manager", _("Tot 1 jaar na de afwezigheid"), GONE),
    Row("contacts.absencehistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("contacts.accountmanagerhistory", "name phone photo user room available_from available_until"
        " name_is_public", _("Kunnen zien wat er aan een accounthouder veranderde"),
        TASK, "manager", WORK, CHOSEN),
    Row("contacts.accountmanagerhistory", "function email", _("Kunnen zien hoe een functie eerst heette"),
        TASK, "public", WORK, KEPT),
    Row("contacts.accountmanagerhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("contacts.organisationhistory", "email", _("Kunnen zien wat er aan een organisatie veranderde"),
        TASK, "manager", _("Zolang de organisatie bestaat"), GONE),
    Row("contacts.organisationhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("contacts.portfoliohistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("contacts.portfolioholderhistory", "key name title email photo",
        _("Laten zien hoe een bestuurder er eerder in stond"), OFFICE, "public", HISTORY, KEPT),
    Row("contacts.portfolioholderhistory", "party",
        _("Laten zien namens welke partij iemand bestuurde"), PARTY, "public", HISTORY, KEPT),
    Row("contacts.portfolioholderhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("contacts.termhistory", "holder since until", _("Laten zien hoe een ambtstermijn er eerder in stond"),
        OFFICE, "public", HISTORY, KEPT),
    Row("contacts.termhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("funding.financingformhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("funding.schemehistory", "contact", _("Laten zien hoe een fonds eerder te bereiken was"),
        TASK, "manager", YEARS, KEPT),
    Row("funding.schemehistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("goals.goalhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("goals.goalportfoliohistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("goals.policynotehistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("accounts.userhistory", "pgh_id role pgh_obj", _("Kunnen zien wie eerst welke rol had"),
        DUTY, "employer", YEARS, GONE),
    Row("accounts.userhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("desk.replytemplatehistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("initiatives.initiativehistory",
        "title summary story existing offered asked place submitter",
        _("Kunnen zien wat er eerst in je plan stond"), TASK, "initiator contact manager", PLAN, GONE),
    Row("initiatives.initiativehistory", "pgh_context", WHO_CHANGED, DUTY, "initiator contact", YEARS,
        NUMBER),
    Row("townhall.municipalityhistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
    Row("townhall.texthistory", "pgh_context", WHO_CHANGED, DUTY, "manager", YEARS, NUMBER),
]
# fmt: on

PEOPLE = {  # each row of these is about one person: here no field is harmless by its type
    "accounts.user",
    "accounts.consent",
    "accounts.notificationpreference",
    "accounts.follow",
    "accounts.notice",
    "account.emailaddress",
    "account.emailconfirmation",
    "contacts.person",
    "initiatives.participant",
    "mfa.authenticator",
    "townhall.look",
    "desk.savedfilter",
}

SEARCHED = "terms terms_version"
KEPT_BY = "pgh_created_at pgh_label"  # of every row of a history
NOT_PERSONAL = {  # model -> its fields that say nothing of a person, beside those harmless by their type
    "townhall.municipality": "id code name kind oin email phone address office_hours website colours"
    " service_days learns fits_shift version",
    "townhall.municipalityhistory": "code name kind oin email phone address office_hours website colours"
    f" service_days learns fits_shift version {KEPT_BY}",
    "accounts.user": "version",
    "accounts.userhistory": KEPT_BY,
    "townhall.text": "key body version",
    "townhall.texthistory": f"body version {KEPT_BY}",
    "townhall.event": "subject_kind subject_key what details at",
    "townhall.outboxmessage": "id kind created_at due_at claimed_at attempts error done_at parked_at",
    "townhall.submissiontoken": "token purpose result at",
    "townhall.file": "id content_type size digest width height stored thumb at",
    "townhall.allowance": "window used until",
    "contacts.district": "key slug name year centroid outline",
    "contacts.department": "key name",
    "contacts.portfolio": "key name role version",
    "contacts.portfoliohistory": f"key name role version {KEPT_BY}",
    "contacts.portfolioholder": "version",
    "contacts.portfolioholderhistory": f"version {KEPT_BY}",
    "contacts.term": "version",
    "contacts.termhistory": f"version {KEPT_BY}",
    "contacts.absence": "version",
    "contacts.absencehistory": f"version {KEPT_BY}",
    "contacts.accountmanager": "key expertise policy_fields terms_version version",
    "contacts.accountmanagerhistory": f"key expertise policy_fields version {KEPT_BY}",
    "contacts.organisation": f"key name kind interests offers website version {SEARCHED}",
    "contacts.organisationhistory": f"key name kind interests offers website version {KEPT_BY}",
    "contacts.place": "kind",
    "goals.policyfield": "code name from_year until_year",
    "goals.theme": "slug name description",
    "goals.policynote": f"key slug title adopted_on adopted_by valid_from valid_until url cvdr version"
    f" {SEARCHED}",
    "goals.policynotehistory": "key slug title adopted_on adopted_by valid_from valid_until url cvdr version"
    f" {KEPT_BY}",
    "goals.goalhistory": "key slug plain_title plain_description search_words title description page"
    f" indicator verified_on state version {KEPT_BY}",
    "goals.goalportfoliohistory": f"since until {KEPT_BY}",
    "goals.goal": "key slug plain_title plain_description search_words title description page indicator"
    f" verified_on state version {SEARCHED}",
    "goals.goalportfolio": "since until",
    "funding.financingform": "key slug order name meaning explanation municipal_role effect example"
    f" considerations version {SEARCHED}",
    "funding.financingformhistory": "key slug order name meaning explanation municipal_role effect example"
    f" considerations version {KEPT_BY}",
    "funding.scheme": "key name summary for_whom needs ceiling least_per_application most_per_application"
    f" own_share opens_on closes_on conditions cvdr url version {SEARCHED}",
    "funding.schemehistory": "key name summary for_whom needs ceiling least_per_application"
    f" most_per_application own_share opens_on closes_on conditions cvdr url version {KEPT_BY}",
    "initiatives.initiative": "reference import_key starts_on ends_on kind submitted_by released_at state"
    " previous_state created_at submitted_at changed_at terms_version version",
    "initiatives.initiativehistory": KEPT_BY,
    "initiatives.need": "kind amount",
    "initiatives.clock": "kind days started_on warn_on due_on paused_on stopped_on",
    "initiatives.message": "kind",
    "initiatives.goallink": "strength",
    "initiatives.result": "people at",
    "initiatives.lesson": "kind at",
    "initiatives.update": "at changed_at version",
    "agreements.attachment": "version",
    "agreements.pendingdecision": "key body asked_on planned_on received_on weeks due_on outcome decided_on"
    " created_at version",
    "agreements.decisionpause": "ground since until",
    "agreements.decisionmove": "was to at",
    "agreements.decisioncorrection": "field at",
    "agreements.continuityplan": "review_on remind_on changed_at version",
    "agreements.continuityreview": "outcome on was_due_on next_on",
    "agreements.succession": "state at until closed_at version",
    "agreements.commitment": "key promised_to promised_on due_on first_due_on remind_on quantity unit_name"
    " value need state kept_on created_at changed_at terms_version version",
    "agreements.commitmenthistory": KEPT_BY,
    "agreements.shift": "from_day to_day at",
    "agreements.requirement": "key basis state set_on closed_on version",
    "agreements.requirementhistory": f"basis {KEPT_BY}",
    "agreements.requirementquestion": "asked_on due_on outcome answered_on",
    "agreements.standardrequirement": "key slug title text basis basis_text why help needs url version"
    f" {SEARCHED}",
    "agreements.standardrequirementhistory": "key slug title text basis basis_text why help needs url version"
    f" {KEPT_BY}",
    "agreements.assessmentframework": "key title intro adopted_by adopted_on valid_from url version",
    "agreements.assessmentframeworkhistory": "key title intro adopted_by adopted_on valid_from url version"
    f" {KEPT_BY}",
    "agreements.criterion": "key order dimension name question counts version",
    "agreements.criterionhistory": f"key order dimension name question counts version {KEPT_BY}",
    "agreements.assessment": "state made_on shared_on days react_until reacted_on closed_on version",
    "agreements.assessmentanswer": "answer",
    "agreements.assessmentanswerhistory": f"answer {KEPT_BY}",
    "matching.suggestion": "score rank version verdict made_at",
    "matching.learned": "added confirmed rejected version at",
    "townhall.change": "table at",
    "matching.corpuschange": "table at",
    "overview.planchange": "plan transaction at",
    "agreements.cohandler": "at version",
    "agreements.onlooker": "kind",
    "desk.batch": "act at undone_at",
    "desk.batchrow": "state details",
    "desk.note": "at",
    "agreements.challenge": "version",
    "agreements.referral": "sent_at until due_on reminded_on answer ended_at version",
    "agreements.merge": "state until version",
    "agreements.councilquestion": "key state due_on reminded_on received_on forwarded_on meets_on"
    " closed_on version",
    "desk.handover": "state made_at version",
    "desk.letter": "kind nobody state made_at started_at finished_at version",
    "desk.lettercopy": "letter state why",
    "desk.intake": "kind fingerprint state made_at finished_at made changed passed version",
    "desk.handovercase": "rule state why at",
    "desk.replytemplate": "key title verb body order version",
    "desk.replytemplatehistory": f"key title verb body order version {KEPT_BY}",
    "pghistory.context": "id created_at updated_at metadata",  # stays empty: see townhall/history.py
    "pghistory.events": "pgh_slug pgh_model pgh_id pgh_created_at pgh_label pgh_data pgh_diff pgh_context_id"
    " pgh_context pgh_obj_model pgh_obj_id",  # no table: the package's way to read all histories at once
    "pghistory.middlewareevents": "user url",
    "auth.permission": "name codename",
    "auth.group": "name",
    "contenttypes.contenttype": "app_label model",
}

ADDRESS = "get_absolute_url"  # of any record: what it leads to begins with visible_to(user)
DERIVED = {  # model -> what serializers read from it that is no column and says nothing of a person by itself
    "accounts.user": "has_second_factor",
    "contacts.portfolio": "term holder",
    "contacts.organisation": "last_contact",
    "contacts.person": "last_contact",
    "contacts.portfolioholder": "photo_url is_in_office",
    "contacts.accountmanager": "is_present stand_in town_hall",
    "goals.policynote": "goal_count adopter",
    "goals.goal": "heading portfolio holder contact aim",
    "funding.financingform": "answers open_schemes",
    "initiatives.initiative": "visible_links visible_partners ticking is_shown last_sign due_on goes_on_in",
    "initiatives.interaction": "person_numbers",
    "initiatives.clock": "left why",
    "agreements.pendingdecision": "standing days_waiting day_of_term objection_until put_right",
    "agreements.referral": "whom",
    "agreements.councilquestion": "days_waiting is_late standing",
    "agreements.decisionpause": "article",
    "agreements.decisioncorrection": "said",
    "agreements.continuityplan": "is_overdue",
    "initiatives.update": "picture_url is_shown",
    "agreements.attachment": "key standing",
    "agreements.commitment": "side standing of_department is_late is_shown moves proof_url"
    " shown_proof promiser receiver",
    "agreements.assessment": "in_order",
    "desk.batch": "may_be_undone all_rows",
    "desk.note": "writer asked",
    "desk.handover": "counts",
    "desk.handovercase": "get_why_display",
}

HARMLESS = (models.AutoField, models.BooleanField)  # a number of the database, a yes or no about a thing


@cache
def personal():
    """Every personal field -> its row: {"accounts.user.email": Row, …}."""
    return {f"{row.model}.{field}": row for row in ROWS for field in row.fields.split()}


def is_harmless(field):
    """True when a field can say nothing of a person because of what kind of field it is."""
    if field.model._meta.label_lower in PEOPLE:
        return False
    if field.is_relation:
        return field.related_model._meta.label_lower not in PEOPLE
    return isinstance(field, HARMLESS)


def is_classified(field):
    """True when the tables say what this field of a model is."""
    model = field.model._meta.label_lower
    known = f"{model}.{field.name}" in personal() or field.name in NOT_PERSONAL.get(model, "").split()
    return known or is_harmless(field)


@cache
def may_show(model, name, audience):
    """True when a serializer for this audience may read this name from a record of this model.

    Relations may be walked: what lies behind them is judged at the next step.
    """
    label = model._meta.label_lower
    row = personal().get(f"{label}.{name}")
    if row:
        return not INCLUDED[audience].isdisjoint(row.seen_by.split())
    fields = {field.name: field for field in model._meta.get_fields()}
    if name not in fields:
        return name == ADDRESS or name in DERIVED.get(label, "").split()
    return fields[name].is_relation or is_classified(fields[name])
