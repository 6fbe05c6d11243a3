"""What was agreed as files: the public list of promises, and the library of usual demands."""

from django.utils.translation import gettext_lazy as _

from agreements.assessments.models import AssessmentFramework
from agreements.commitments.filters import STANDS, STATES
from agreements.commitments.models import Commitment
from agreements.council.models import CouncilQuestion
from agreements.requirements.models import StandardRequirement
from townhall.sheets import Column, Sheet

STAND_WORDS = {code: STANDS[name] for name, code in STATES.items()}
COMMITMENTS = Sheet(
    "toezeggingen",
    Commitment,
    [
        Column(_("Kenmerk"), "key"),
        Column(_("Kenmerk van het plan"), "initiative.reference"),
        Column(_("Plan"), "initiative.title"),
        Column(_("Wat"), "text"),
        Column(_("Wie"), "promiser", "manager department organisation participant"),
        Column(_("Aan wie"), "receiver", "promised_to to_organisation"),
        Column(_("Bij welke gelegenheid"), "occasion"),
        Column(_("Beloofd op"), "promised_on"),
        Column(_("Uiterlijk"), "due_on"),
        Column(_("Eerst beloofd voor"), "first_due_on"),
        Column(_("Hoe staat het?"), "standing", "state", STAND_WORDS),
        Column(_("Te laat"), "is_late"),
        Column(_("Nagekomen op"), "kept_on"),
        Column(_("Waaraan je dat ziet"), "evidence"),
        Column(_("Waarom het vervalt"), "closing_reason"),
        Column(_("Hoeveel"), "quantity"),
        Column(_("Waarvan"), "unit_name"),
        Column(_("Waarde in euro"), "value"),
        Column(_("Bij welke behoefte"), "need"),
        Column(_("Openbaar"), "is_shown", "is_public"),
    ],
    left_out={
        "remind_on": "for the reminders",
        "proof": "a file itself; the page of the plan shows it",
        "proof_released": "about that file",
        "created_at": "when it was written down says nothing of the promise",
        "changed_at": "the same",
    },
)
FRAMEWORKS = Sheet(
    "afwegingskaders",
    AssessmentFramework,
    [
        Column(_("Kenmerk"), "key"),
        Column(_("Titel"), "title"),
        Column(_("Inleiding"), "intro"),
        Column(_("Vastgesteld door"), "adopted_by"),
        Column(_("Vastgesteld op"), "adopted_on"),
        Column(_("Geldt vanaf"), "valid_from"),
        Column(_("Vragen"), "criteria.question"),
        Column(_("Het besluit"), "url"),
    ],
)
DEMAND_COLUMNS = [
    Column(_("Kenmerk"), "key"),
    Column(_("Titel"), "title"),
    Column(_("Wat we vragen"), "text"),
    Column(_("Waar de eis op steunt"), "basis"),
    Column(_("Welke wet of welk beleid"), "basis_text"),
    Column(_("Waarom we dit vragen"), "why"),
    Column(_("Harde eis"), "is_hard"),
    Column(_("Wat helpt"), "help"),
    Column(_("Komt vaak voor bij"), "needs"),
    Column(_("Meer lezen"), "url"),
]
IN_ADDRESS = "its name in addresses"
LIBRARY = Sheet(
    "eisen",
    StandardRequirement,
    DEMAND_COLUMNS,
    left_out={"slug": IN_ADDRESS, "is_used": "only what is in use is in the list"},
)
COUNCIL_QUESTIONS = Sheet(
    "raadsvragen",
    CouncilQuestion,
    [
        Column(_("Kenmerk"), "key"),
        Column(_("Kenmerk van het plan"), "initiative.reference"),
        Column(_("Contactpersoon"), "initiative.contact.function"),
        Column(_("De vraag"), "question"),
        Column(_("Wat de raad moet weten"), "background"),
        Column(_("Gesteld door een ambtenaar"), "from_town"),
        Column(_("Hoe ver"), "state"),
        Column(_("Gesteld op"), "asked_on"),
        Column(_("Dagen"), "days_waiting"),
        Column(_("Volgende stap uiterlijk"), "due_on"),
        Column(_("Ontvangen op"), "received_on"),
        Column(_("Doorgestuurd op"), "forwarded_on"),
        Column(_("Naar wie"), "forwarded_to"),
        Column(_("Besproken op"), "meets_on"),
        Column(_("Antwoord"), "answer"),
        Column(_("Zo kun je verder"), "next_step"),
        Column(_("Waarom teruggenomen"), "closing_reason"),
        Column(_("Klaar op"), "closed_on"),
    ],
    left_out={"by": "a person; which side asked stands in a column", "reminded_on": "for the reminders"},
    audience="clerk",
)
