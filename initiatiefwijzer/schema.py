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
Bij welk doel, welke persoon en welke partner hoort een plan van inwoners? De gegevens zijn openbaar: je hebt
geen account en geen sleutel nodig. Een lijst neemt dezelfde parameters aan als de pagina op de site, en geeft
hetzelfde antwoord. Fouten komen als `application/problem+json` (RFC 9457), allemaal tegelijk."""

ONE = {  # resource -> one of it
    "accounthouders": "accounthouder",
    "beleidsnotas": "beleidsnota",
    "doelen": "doel",
    "financieringsvormen": "financieringsvorm",
    "initiatieven": "initiatief",
    "partners": "partner",
    "portefeuillehouders": "portefeuillehouder",
    "portefeuilles": "portefeuille",
    "wijken": "wijk",
}
PARAMETERS = {  # name of a parameter -> what it takes; those not named here say enough themselves
    "beleidsveld": {"description": "Code van het taakveld (Iv3), zoals 5.7."},
    "doel": {"description": "Een doel: `kenmerk`, of de naam zoals die in adressen staat."},
    "doelwoorden": {"description": "Woorden in de tekst van een doel waar het initiatief bij hoort."},
    "gekoppeld": {"description": "`nee`: het initiatief hoort bij geen enkel doel."},
    "kenmerk": {"description": "Het `kenmerk` uit de lijst."},
    "openbaar": {"description": "`ja`: alleen wat iedereen mag zien."},
    "pagina": {"schema": {"type": "integer", "minimum": 1, "default": 1}},
    "perPagina": {"schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}},
    "portefeuille": {"description": "`kenmerk` van een portefeuille."},
    "thema": {"description": "`kenmerk` van een thema."},
    "tot": {"description": "Ingediend in deze maand of eerder, zoals 2026-09."},
    "van": {"description": "Ingediend in deze maand of later, zoals 2026-03."},
    "wijk": {"description": "Een wijk: CBS-code, of de naam zoals die in adressen staat."},
    "zoek": {
        "description": "Woorden in gewoon Nederlands; alle vormen van een woord tellen.",
        "schema": {"type": "string", "maxLength": MOST_SEARCHED},
    },
}
NAMES = {  # serializer -> its name in the description
    "AccountManager": "Accounthouder",
    "Advice": "Wegwijzing",
    "Consideration": "Afweging",
    "ContactReference": "VerwijzingAccounthouder",
    "District": "Wijk",
    "FinancingForm": "Financieringsvorm",
    "FoundContact": "GevondenAccounthouder",
    "FoundForm": "GevondenFinancieringsvorm",
    "FoundGoal": "GevondenDoel",
    "FoundInitiative": "GevondenInitiatief",
    "FoundPartner": "GevondenPartner",
    "Goal": "Doel",
    "Help": "Hulp",
    "HolderOfPortfolio": "HouderVanPortefeuille",
    "HolderReference": "VerwijzingPortefeuillehouder",
    "Indicator": "Meetlat",
    "Initiative": "Initiatief",
    "LinkedGoal": "GekoppeldDoel",
    "LinkedPartner": "GekoppeldePartner",
    "Named": "Verwijzing",
    "Organisation": "Partner",
    "PolicyField": "Beleidsveld",
    "PolicyNote": "Beleidsnota",
    "PolicyNoteReference": "VerwijzingBeleidsnota",
    "Portfolio": "Portefeuille",
    "PortfolioHolder": "Portefeuillehouder",
    "Question": "Vraag",
    "ShortHolder": "KortePortefeuillehouder",
    "ShortNote": "KorteBeleidsnota",
    "StandIn": "Vervanger",
    "Term": "Ambtstermijn",
    "Theme": "Thema",
}
PROBLEMS = {  # code -> name of the response, and when it comes
    "400": ("OnjuisteVraag", "Er klopt iets niet; `invalidParams` noemt elke fout."),
    "404": ("NietGevonden", "Dit bestaat niet, of je mag het niet zien."),
    "406": ("AndereVorm", "We antwoorden alleen in JSON."),
    "413": ("TeGroot", "De vraag is te groot."),
    "415": ("GeenJson", "De vraag is geen JSON."),
    "429": ("TeVaak", "Je vraagt veel achter elkaar; `Retry-After` zegt na hoeveel seconden het weer kan."),
}
EXPECTED = {"get": ("400", "404", "406"), "post": ("400", "406", "413", "415", "429")}
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
            tell(path.split("/")[1], method, operation)
    tags = sorted(
        {tag for operations in result["paths"].values() for op in operations.values() for tag in op["tags"]}
    )
    components = result["components"]
    components.pop("securitySchemes", None)
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
        name = match[1]
        listed = re.fullmatch(r"Paginated(\w+)List", name)
        dutch = f"{NAMES.get(listed[1], listed[1])}Lijst" if listed else NAMES.get(name, name)
        return f"#/components/schemas/{dutch}"

    schemas = result["components"]["schemas"]
    renamed = {rename(re.match("(.*)", name)).rpartition("/")[2]: schema for name, schema in schemas.items()}
    result["components"]["schemas"] = dict(sorted(renamed.items()))
    text = json.dumps(result, default=str)  # what is still lazy becomes Dutch here
    return without_marks(json.loads(re.sub(r"#/components/schemas/(\w+)", rename, text)))


def without_marks(part):
    """The same without what drf-spectacular notes down for itself."""
    if isinstance(part, dict):
        return {name: without_marks(inner) for name, inner in part.items() if name != "x-spec-enum-id"}
    return [without_marks(inner) for inner in part] if isinstance(part, list) else part


def tell(resource, method, operation):
    """Name, summary, tag and answers of one operation."""
    operation.pop("security", None)
    operation["tags"] = [resource]
    for parameter in operation.get("parameters", []):
        parameter |= PARAMETERS.get(parameter["name"], {})
        parameter["description"] = parameter["description"].strip()
    if resource in ONE:
        is_list = operation["operationId"].endswith("_list")
        noun = resource if is_list else ONE[resource]
        operation["operationId"] = f"haal{noun.capitalize()}"
        operation["summary"] = f"Alle {resource}" if is_list else f"Eén {noun}"
    for answer in operation["responses"].values():
        answer["headers"] = VERSION
        answer["description"] = "Gelukt"
    for code in EXPECTED[method]:
        operation["responses"][code] = {"$ref": f"#/components/responses/{PROBLEMS[code][0]}"}
    if method == "post":
        operation["summary"] = "Waar hoort dit plan bij?"
        operation["requestBody"]["content"]["application/json"]["example"] = EXAMPLE


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
