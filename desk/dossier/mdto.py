"""The description of a dossier for an archive, after MDTO (Metagegevens voor duurzaam toegankelijke
overheidsinformatie): the elements of one informatieobject in the order that the schema asks for.

What this application does not know stays "Nader te bepalen": who keeps the archive decides that.
"""

from datetime import date
from xml.etree import ElementTree as ET

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
LONGEST_NAME = 80  # signs, as the schema advises
ORDER = [  # of the elements of an informatieobject in MDTO-XML 1.0.1
    "identificatie", "naam", "aggregatieniveau", "classificatie", "trefwoord", "omschrijving",
    "raadpleeglocatie", "dekkingInTijd", "dekkingInRuimte", "taal", "event", "waardering", "bewaartermijn",
    "informatiecategorie", "isOnderdeelVan", "bevatOnderdeel", "heeftRepresentatie",
    "aanvullendeMetagegevens", "gerelateerdInformatieobject", "archiefvormer", "betrokkene", "activiteit",
    "beperkingGebruik",
]  # fmt: skip
NEEDED = ["identificatie", "naam", "waardering", "archiefvormer", "beperkingGebruik"]
LIMITS = {  # kind of dossier -> what is said of its use
    "whole": "Bevat persoonsgegevens en interne stukken. Bij elk deel staat voor wie het is.",
    "public": "Bedoeld om openbaar te maken. Contactgegevens zijn zwart gemaakt. Lees vrije tekst na.",
    "own": "Bevat persoonsgegevens. Gemaakt voor de initiatiefnemer.",
}


def described(reader, town, files, at):
    """{element: value or [values]} of a dossier; files: [(name in the package, bytes, SHA-256), …]."""
    plan = reader.plan
    last = date.fromisoformat(at[:10])
    found = {
        "identificatie": {
            "identificatieKenmerk": plan.reference or str(plan.public_id),
            "identificatieBron": f"Initiatiefwijzer {town.name}".strip(),
        },
        "naam": reader.blackened(plan.title)[:LONGEST_NAME],
        "aggregatieniveau": concept("Dossier", "Begrippenlijst Aggregatieniveaus MDTO"),
        "omschrijving": reader.blackened(plan.summary) or None,
        "dekkingInTijd": {
            "dekkingInTijdType": concept("Looptijd", "Begrippenlijst DekkingInTijdTypen Initiatiefwijzer"),
            "dekkingInTijdBegindatum": (plan.submitted_at or plan.created_at).date().isoformat(),
            "dekkingInTijdEinddatum": last.isoformat(),
        },
        "dekkingInRuimte": {"verwijzingNaam": plan.district.name} if plan.district else None,
        "taal": "nl",
        "event": {"eventType": concept("Export", "Begrippenlijst EventTypen MDTO"), "eventTijd": at},
        "waardering": concept("Nader te bepalen", "Begrippenlijst Waarderingen MDTO", "N"),
        "heeftRepresentatie": [{"verwijzingNaam": name} for name, _size, _digest in files],
        "archiefvormer": {
            "verwijzingNaam": f"{town.kind} {town.name}".strip().capitalize(),
            "verwijzingIdentificatie": {
                "identificatieKenmerk": town.code,
                "identificatieBron": "CBS-gemeentecode",
            },
        },
        "beperkingGebruik": {
            "beperkingGebruikType": concept("Nader te bepalen", "Begrippenlijst BeperkingGebruikTypen MDTO"),
            "beperkingGebruikNadereBeschrijving": LIMITS[reader.kind],
        },
    }
    return {name: found[name] for name in ORDER if found.get(name)}


def concept(label, of, code=None):
    """A term of a list of terms."""
    told = {"begripLabel": label, "begripCode": code, "begripBegrippenlijst": {"verwijzingNaam": of}}
    return {name: value for name, value in told.items() if value}


def as_xml(description):
    """The description as an XML file, in bytes."""
    root = ET.Element("MDTO", xmlns=NAMESPACE)
    write(ET.SubElement(root, "informatieobject"), description)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def write(parent, parts):
    """Each part as an element of its name; a list as several."""
    for name, value in parts.items():
        for one in value if isinstance(value, list) else [value]:
            element = ET.SubElement(parent, name)
            if isinstance(one, dict):
                write(element, one)
            else:
                element.text = clean(str(one))


def clean(text):
    """The text without signs that XML can't hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")
