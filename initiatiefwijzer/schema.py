"""The OpenAPI description: what drf-spectacular finds, finished in Dutch and by the NL API Design Rules.

It is kept in docs/openapi.json (docs/api.md says how to renew it), and that file is what is served.
"""

import json
import re
from pathlib import Path

from django.conf import settings

from townhall.filters import MOST_SEARCHED
from townhall.models import Municipality

FILE = settings.BASE_DIR / "docs" / "openapi.json"
DEMO = settings.BASE_DIR / "demo" / "merenburg" / "municipality.jsonl"

ABOUT = """\
Bij welk doel, welke persoon en welke partner hoort een plan van inwoners? Wat openbaar is, lees je zonder
account en zonder sleutel. Een lijst neemt dezelfde parameters aan als de pagina op de site, en geeft
hetzelfde antwoord. Waar een slotje bij staat, log je eerst in op de site: je mag er wat je daar ook mag.
Fouten komen als `application/problem+json` (RFC 9457), allemaal tegelijk."""

ONE = {  # resource -> one of it
    "accounthouders": "accounthouder",
    "afwezigheden": "afwezigheid",
    "ambtstermijnen": "ambtstermijn",
    "afwegingskaders": "afwegingskader",
    "antwoordzinnen": "antwoordzin",
    "beleidsnotas": "beleidsnota",
    "besluiten": "besluit",
    "criteria": "criterium",
    "contactmomenten": "contactmoment",
    "bewaarde-filters": "bewaard filter",
    "doelen": "doel",
    "eisen": "eis",
    "financieringsvormen": "financieringsvorm",
    "initiatieven": "initiatief",
    "mijn-initiatieven": "eigen initiatief",
    "mijn-afwezigheden": "eigen afwezigheid",
    "overdrachten": "overdracht",
    "partners": "partner",
    "personen": "persoon",
    "portefeuillehouders": "portefeuillehouder",
    "portefeuilles": "portefeuille",
    "raadsvragen": "raadsvraag",
    "regelingen": "regeling",
    "relaties": "relatie",
    "rollen": "rol",
    "stapels": "stapel",
    "teksten": "tekst",
    "toezeggingen": "toezegging",
    "wijken": "wijk",
}
OPEN = {*ONE} - {
    "afwezigheden",
    "ambtstermijnen",
    "antwoordzinnen",
    "bewaarde-filters",
    "criteria",
    "contactmomenten",
    "mijn-afwezigheden",
    "mijn-initiatieven",
    "overdrachten",
    "personen",
    "raadsvragen",
    "regelingen",
    "relaties",
    "rollen",
    "stapels",
    "teksten",
}
DOES = {"get": "haal", "post": "stuur", "patch": "verander", "delete": "verwijder"}  # in names of operations
SAYS = {"get": "Eén", "post": "Nieuw:", "patch": "Verander", "delete": "Gooi weg:"}
TWICE = (  # what is made below a record: sent twice it is made once
    "bijlagen",
    "berichten",
    "contactmomenten",
    "eisen",
    "vragen",
    "meekijkers",
    "afweging",
    "meebehandelaars",
    "samenvoegingen",
    "doorverwijzing",
    "raadsvragen",
    "terugblikken",
    "nieuws",
    "opvolgingen",
)
FOR_EVERYBODY = ("wegwijzer", "zoeken")  # beside the lists
LIMITED = ("wegwijzer", "mijn-initiatieven")
PARAMETERS = {  # name of a parameter -> what it takes; those not named here say enough themselves
    "bijlage": {"description": "Het `kenmerk` van een bestand bij dit plan."},
    "behoefte": {"description": "Wat iemand nodig heeft, zoals `geld` of `plek`."},
    "samenvoeging": {"description": "Het `kenmerk` van een voorstel om samen te gaan."},
    "nieuws": {"description": "Het `kenmerk` van een nieuwsbericht."},
    "opvolging": {"description": "Het `kenmerk` van een vraag om een plan over te nemen."},
    "eis": {"description": "Het `kenmerk` van een eis aan dit plan."},
    "beleidsveld": {"description": "Code van het taakveld (Iv3), zoals 5.7."},
    "doel": {"description": "Een doel: `kenmerk`, of de naam zoals die in adressen staat."},
    "doelwoorden": {"description": "Woorden in de tekst van een doel waar het initiatief bij hoort."},
    "gekoppeld": {"description": "`nee`: het initiatief hoort bij geen enkel doel."},
    "id": {"description": "Het `id` uit de lijst."},
    "kenmerk": {"description": "Het `kenmerk` uit de lijst."},
    "klok": {"description": "Plannen waarvan deze termijn loopt."},
    "dagen": {"description": "Hoeveel dagen het al stil is; zonder: 60."},
    "gesproken": {"description": "Met wie nooit iets begon, of met wie het lang stil is."},
    "lijst": {"description": "Een van de lijsten van de werkbank; zonder: wat wacht."},
    "contact": {"description": "`kenmerk` van de accounthouder."},
    "soort": {"description": "Wat je bijhoudt, zoals in de adressen onder `/beheer/`."},
    "formeel": {
        "description": "`ja`: alleen formele besluiten (Awb).",
        "schema": {"type": "string", "enum": ["ja", "nee"]},
    },
    "initiatief": {"description": "`kenmerk` van een initiatief."},
    "orgaan": {"description": "Wie besluit."},
    "geldig": {"description": "`ja`: wat vandaag geldt."},
    "stand": {"description": "Hoe het ervoor staat; `te-laat` loopt ook nog."},
    "openbaar": {"description": "`ja`: alleen wat iedereen mag zien."},
    "pagina": {"schema": {"type": "integer", "minimum": 1, "default": 1}},
    "kader": {"description": "`kenmerk` van een afwegingskader; zonder: het nieuwste dat is gebruikt."},
    "per": {"description": "Wat de regels zijn: wijk, thema of soort plan."},
    "perPagina": {"schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}},
    "portefeuille": {"description": "`kenmerk` van een portefeuille."},
    "afdeling": {"description": "`kenmerk` van een afdeling."},
    "thema": {"description": "`kenmerk` van een thema."},
    "toon": {"description": "Een deel ervan, zoals de pagina op de site dat noemt."},
    "tot": {"description": "Ingediend in deze maand of eerder, zoals 2026-09."},
    "van": {"description": "Ingediend in deze maand of later, zoals 2026-03."},
    "wie": {"description": "Wie het belooft."},
    "wijk": {"description": "Een wijk: CBS-code, of de naam zoals die in adressen staat."},
    "vraag": {"description": "Het `kenmerk` van een vraag aan de gemeenteraad over dit plan."},
    "zoek": {
        "description": "Woorden in gewoon Nederlands; alle vormen van een woord tellen.",
        "schema": {"type": "string", "maxLength": MOST_SEARCHED},
    },
}
NAMES = {  # serializer, of what is read too -> its name in the description; see dutch_name()
    "Absence": "Afwezigheid",
    "Account": "Account",
    "AccountManager": "Accounthouder",
    "Adoption": "VaststellingVanKader",
    "Advice": "Wegwijzing",
    "Answer": "AntwoordOpCriterium",
    "AskedCriterion": "CriteriumInCijfers",
    "AssessedGroup": "BekekenPlannen",
    "Assessment": "AfwegingVanPlan",
    "AssessmentAnswer": "AntwoordInAfweging",
    "AssessmentClosing": "AfrondingVanAfweging",
    "AssessmentFramework": "Afwegingskader",
    "Apart": "TweeOrganisaties",
    "AllParked": "VastgelopenBerichten",
    "Attachment": "Bijlage",
    "Batch": "Stapel",
    "BatchRow": "PlanInStapel",
    "Behind": "Betrokkenen",
    "Clock": "Termijn",
    "Commitment": "Toezegging",
    "Challenge": "TaakOvernemen",
    "Kind": "SoortPlan",
    "CoHandler": "Meebehandelaar",
    "Cover": "Dekking",
    "CoverGoal": "GedektDoel",
    "Connect": "Koppeling",
    "Cancel": "AfzeggingMeebehandelaar",
    "Case": "PlanInOverdracht",
    "Choose": "KeuzeInOverdracht",
    "Consideration": "Afweging",
    "Contact": "Contactkeuze",
    "ContactReference": "VerwijzingAccounthouder",
    "ContactMoment": "ContactmomentMetRelaties",
    "Correct": "Verbetering",
    "Count": "Aantal",
    "ContinuityPlan": "PlanVoorLater",
    "ContinuityReview": "Terugblik",
    "Criterion": "Criterium",
    "DecisionCorrection": "Rechtzetting",
    "DecisionMove": "Verplaatsing",
    "DecisionPause": "Opschorting",
    "CouncilQuestion": "Raadsvraag",
    "AnswerQuestion": "AntwoordOpRaadsvraag",
    "ForwardQuestion": "DoorzendingRaadsvraag",
    "ReceiveQuestion": "OntvangstRaadsvraag",
    "TakeBackQuestion": "IntrekkingRaadsvraag",
    "Counts": "AantallenOverdracht",
    "District": "Wijk",
    "Dealing": "Omgang",
    "Dealings": "OmgangMetInitiatiefnemers",
    "Difference": "Tekstverschil",
    "DoublePlan": "DubbelPlan",
    "Done": "Gedaan",
    "Dossier": "Dossier",
    "Double": "DubbeleRelatie",
    "Drop": "Verval",
    "End": "Einde",
    "EndNote": "EindeNota",
    "Filter": "BewaardFilter",
    "EqualTreatment": "GelijkeBehandeling",
    "Entry": "Gebeurtenis",
    "FinancingForm": "Financieringsvorm",
    "FirstTalk": "EersteGesprek",
    "FoundContact": "GevondenAccounthouder",
    "FoundForm": "GevondenFinancieringsvorm",
    "FoundGoal": "GevondenDoel",
    "FoundInitiative": "GevondenInitiatief",
    "FoundPartner": "GevondenPartner",
    "FoundScheme": "GevondenRegeling",
    "Goal": "Doel",
    "Goals": "AantalDoelen",
    "HandOver": "Overdracht",
    "Help": "Hulp",
    "Helpline": "DirecteHulp",
    "HolderOfPortfolio": "HouderVanPortefeuille",
    "HolderReference": "VerwijzingPortefeuillehouder",
    "InTime": "OpTijdNagekomen",
    "InTimeByDepartment": "OpTijdNagekomenPerAfdeling",
    "Indicator": "Meetlat",
    "Initiative": "Initiatief",
    "Keep": "Nakoming",
    "Kept": "Bijgehouden",
    "KeptCriterion": "BijgehoudenCriterium",
    "KnownPerson": "Persoon",
    "KeptScheme": "BijgehoudenRegeling",
    "Letter": "Brief",
    "Looked": "InkijkInPersoon",
    "LinkedGoal": "GekoppeldDoel",
    "LinkedPartner": "GekoppeldePartner",
    "Look": "Inzage",
    "Merge": "Samenvoeging",
    "RelationMerge": "SamenvoegingVanRelaties",
    "ProofRelease": "OpenbaarmakingVanBewijs",
    "MergeAnswer": "AntwoordOpSamenvoeging",
    "Link": "Samenwerking",
    "Message": "Bericht",
    "ManagerName": "NaamAccounthouder",
    "Mention": "Genoemd",
    "Moment": "Contactmoment",
    "Named": "Verwijzing",
    "Need": "Behoefte",
    "NewCriterion": "NieuwCriterium",
    "Network": "Netwerk",
    "NetworkPlan": "PlanInNetwerk",
    "NewText": "NieuweTekst",
    "Note": "Notitie",
    "Numbers": "AantalDatWacht",
    "Offer": "GevondenBehoefte",
    "OfVersion": "VersieVanAfweging",
    "OfficeTerm": "Ambtsperiode",
    "Outcome": "Uitkomst",
    "Onlooker": "Meekijker",
    "Organisation": "Partner",
    "Own": "EigenInitiatief",
    "OwnLook": "InzageInGegevens",
    "OwnUpdate": "NieuwsVanEigenPlan",
    "OwnAbsence": "EigenAfwezigheid",
    "PageOfCases": "PlannenInOverdracht",
    "PageOfCovers": "DekkingLijst",
    "PageOfKept": "BijgehoudenLijst",
    "PageOfWaiting": "LijstVanWatWacht",
    "Parked": "VastgelopenBericht",
    "PendingDecision": "Besluit",
    "Period": "Periode",
    "Person": "Betrokkene",
    "Piece": "StukTekst",
    "Planning": "Planning",
    "Proof": "BestandBijToezegging",
    "PlanReference": "VerwijzingInitiatief",
    "PolicyField": "Beleidsveld",
    "PolicyNote": "Beleidsnota",
    "PolicyNoteReference": "VerwijzingBeleidsnota",
    "Portfolio": "Portefeuille",
    "PortfolioHolder": "Portefeuillehouder",
    "Promises": "Toezeggingencijfers",
    "Question": "Vraag",
    "Reaction": "ReactieOpAfweging",
    "ReactionPart": "ReactieOpCriterium",
    "ReachablePerson": "BereikbarePersoon",
    "Relation": "Relatie",
    "Read": "Gelezen",
    "Referral": "Doorverwijzing",
    "Release": "Openbaarmaking",
    "Remove": "Verwijdering",
    "Replace": "Opvolging",
    "Resumption": "Hervatting",
    "Requirement": "EisAanPlan",
    "RequirementAnswer": "AntwoordOverEis",
    "RequirementClosing": "AfrondingVanEis",
    "RequirementCorrection": "WoordenVanEis",
    "RequirementQuestion": "VraagOverEis",
    "Role": "Rol",
    "Row": "Regel",
    "Say": "OpDeSite",
    "Search": "Zoekantwoord",
    "SearchGroup": "Zoekgroep",
    "SearchHit": "Zoekresultaat",
    "Seen": "GelezenPersoon",
    "SeenOnDay": "DagBijPersoon",
    "Sentence": "Antwoordzin",
    "Shift": "Verschuiving",
    "ShortHolder": "KortePortefeuillehouder",
    "ShortNote": "KorteBeleidsnota",
    "Show": "Zichtbaarheid",
    "Silent": "StilInitiatief",
    "Stand": "Stand",
    "Spread": "SpreidingVanAntwoorden",
    "StandardRequirement": "Eis",
    "StandIn": "Vervanger",
    "Statistics": "Statistieken",
    "Scheme": "Regeling",
    "Step": "Stap",
    "Succession": "VraagOmOverTeNemen",
    "Suggestion": "Suggestie",
    "Term": "Ambtstermijn",
    "Suspension": "Opschorting",
    "Text": "Tekst",
    "TextVersion": "Tekstversie",
    "Theme": "Thema",
    "Town": "Gemeente",
    "Tuning": "WegwijzerInstellingen",
    "Triage": "Verwerking",
    "Update": "Nieuwsbericht",
    "UpdateCorrection": "VerbeteringNieuws",
    "UpdateShow": "ZichtbaarheidNieuws",
    "Verdict": "Oordeel",
    "Version": "Versie",
    "VersionOfPlan": "VersieVanPlan",
    "Waiting": "WatWacht",
    "Withdrawal": "Intrekking",
    "Work": "Werk",
}
PROBLEMS = {  # code -> name of the response, and when it comes
    "400": ("OnjuisteVraag", "Er klopt iets niet; `invalidParams` noemt elke fout."),
    "403": ("MagNiet", "Je bent niet ingelogd, of dit mag je niet."),
    "404": ("NietGevonden", "Dit bestaat niet, of je mag het niet zien."),
    "406": ("AndereVorm", "We antwoorden alleen in JSON."),
    "409": ("IetsAnders", "Iemand was je voor, of het plan is in een andere staat: lees het opnieuw."),
    "413": ("TeGroot", "De vraag is te groot."),
    "415": ("GeenJson", "De vraag is geen JSON."),
    "429": ("TeVaak", "Je vraagt veel achter elkaar; `Retry-After` zegt na hoeveel seconden het weer kan."),
}
EXPECTED = {  # method, with a session or without -> the problems that are to be expected
    ("get", False): ("400", "404", "406"),
    ("post", False): ("400", "406", "413", "415"),
    ("get", True): ("400", "403", "404", "406"),
    ("post", True): ("400", "403", "404", "406", "409", "413", "415"),
    ("patch", True): ("400", "403", "404", "406", "409", "413", "415"),
    ("delete", True): ("400", "403", "404", "406", "409"),
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Een nieuw UUID: bij een herhaling maken we niets dubbel.",
    "schema": {"type": "string", "format": "uuid"},
}
SESSION = {
    "sessie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "De sessie van de site.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "Het token uit de cookie `csrftoken`; bij alles wat iets verandert.",
    },
}
EXAMPLE = {
    "titel": "Opfleuren van de strandwal",
    "omschrijving": "Met de buurt willen we de kale strook langs de weg vol bloemen en struiken zetten. "
    "We vragen plantjes en iemand die meedenkt.",
    "behoeften": ["materiaal", "advies"],
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "title": {"type": "string", "example": "Dit bestaat niet"},
        "status": {"type": "integer", "example": 404},
        "detail": {"type": "string", "example": "We hebben niets gevonden op dit adres."},
        "invalidParams": {
            "type": "array",
            "description": "Alleen bij 400: elke fout in een veld of parameter.",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}
VERSION = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}


def finish(result, generator, request, public):
    """The hook of drf-spectacular: the whole description, finished."""
    result = in_dutch(result)
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            tell(path, method, operation)
    tags = sorted(
        {tag for operations in result["paths"].values() for op in operations.values() for tag in op["tags"]}
    )
    components = result["components"]
    components["securitySchemes"] = SESSION
    for schema in components["schemas"].values():
        schema.pop("description", None)  # the docstring of a serializer is ours, and English
    components["schemas"]["Probleem"] = PROBLEM
    components["headers"] = {"ApiVersion": version_header()}
    components["responses"] = {name: problem(code, words) for code, (name, words) in PROBLEMS.items()}
    return result | {
        "info": result["info"] | {"description": ABOUT, "contact": contact_of(json.loads(DEMO.read_text()))},
        "servers": [{"url": "/api/v1", "description": "Deze installatie"}],
        "tags": [{"name": tag} for tag in tags],
        "components": dict(sorted(components.items())),
    }


def in_dutch(result):
    """The same with every schema under its Dutch name."""

    def rename(match):
        return f"#/components/schemas/{dutch_name(match[1])}"

    schemas = result["components"]["schemas"]
    renamed = {rename(re.match("(.*)", name)).rpartition("/")[2]: schema for name, schema in schemas.items()}
    result["components"]["schemas"] = dict(sorted(renamed.items()))
    text = json.dumps(result, default=str)  # what is still lazy becomes Dutch here
    return without_marks(json.loads(re.sub(r"#/components/schemas/(\w+)", rename, text)))


KINDS = [  # (names of serializers, what stands behind the Dutch name)
    (re.compile(r"Paginated(\w+)List"), "Lijst"),
    (re.compile(r"Patched(\w+)Input"), "Wijziging"),
    (re.compile(r"(\w+)Input"), "Invoer"),
    (re.compile(r"(\w+)"), ""),
]


def dutch_name(name):
    """What a serializer is called in the description: Doel, DoelLijst, DoelInvoer, DoelWijziging."""
    found, behind = next((found, behind) for kind, behind in KINDS if (found := kind.fullmatch(name)))
    return NAMES.get(found[1], found[1]) + behind


def without_marks(part):
    """The same without what drf-spectacular notes down for itself."""
    if isinstance(part, dict):
        return {name: without_marks(inner) for name, inner in part.items() if name != "x-spec-enum-id"}
    return [without_marks(inner) for inner in part] if isinstance(part, list) else part


def tell(path, method, operation):
    """Name, summary, tag, key and answers of one operation."""
    resource, *below = path.strip("/").split("/")
    steps = [step for step in below if not step.startswith("{")]
    is_closed = bool(steps) or not (resource in FOR_EVERYBODY or (resource in OPEN and method == "get"))
    operation.pop("security", None)
    if is_closed:
        operation["security"] = [dict.fromkeys(["sessie"] if method == "get" else SESSION, [])]
    operation["tags"] = [resource]
    is_read_below = method == "get" and steps and below[-1].startswith("{")
    name(operation, resource, method, [*steps, "een"] if is_read_below else steps, is_one=bool(below))
    if method == "post" and (steps[-1:] and steps[-1] in TWICE or (resource in ONE and not below)):
        operation.setdefault("parameters", []).append(dict(KEY))
    for parameter in operation.get("parameters", []):
        parameter |= PARAMETERS.get(parameter["name"], {})
        parameter["description"] = parameter["description"].strip()
    answers(operation, EXPECTED[method, is_closed], resource in LIMITED and method == "post" and not steps)


def name(operation, resource, method, steps, *, is_one):
    """Its name for programs, and its name for people."""
    if resource == "wegwijzer":
        operation["summary"] = "Waar hoort dit plan bij?"
        operation["requestBody"]["content"]["application/json"]["example"] = EXAMPLE
        return
    is_list = method == "get" and not is_one
    noun = ONE.get(resource, resource) if not is_list else resource
    words = " ".join([noun, *steps]).replace("-", " ").split()
    operation["operationId"] = DOES[method] + "".join(word.capitalize() for word in words)
    if resource in ONE and not steps:
        said = noun.replace("-", " ")
        operation["summary"] = f"Alle {said}" if is_list else f"{SAYS[method]} {said}"
    else:
        operation["summary"] = re.split(r"[.:;]", operation["description"])[0]


def answers(operation, problems, is_limited):
    for answer in operation["responses"].values():
        answer["headers"] = VERSION
        answer["description"] = "Gelukt"
    for code in (*problems, *(["429"] if is_limited else [])):
        operation["responses"][code] = {"$ref": f"#/components/responses/{PROBLEMS[code][0]}"}


def version_header():
    return {
        "description": "Volledig versienummer van de API.",
        "schema": {"type": "string", "example": settings.API_VERSION},
    }


def problem(code, words):
    """A response that is a problem."""
    headers = dict(VERSION)
    if code == "429":
        headers["Retry-After"] = {"description": "Seconden.", "schema": {"type": "integer"}}
    schema = {"$ref": "#/components/schemas/Probleem"}
    return {
        "description": words,
        "headers": headers,
        "content": {"application/problem+json": {"schema": schema}},
    }


def contact_of(values):
    """Whom to ask about the API: the municipality."""
    return {
        "name": f"{values['kind'].capitalize()} {values['name']}",
        "email": values["email"],
        "url": values["website"],
    }


def description():
    """The committed description, with this installation's own municipality to turn to."""
    document = json.loads(Path(FILE).read_text())
    municipality = Municipality.objects.exclude(email="").exclude(website="").values().first()
    if municipality:
        document["info"]["contact"] = contact_of(municipality)
    return document
