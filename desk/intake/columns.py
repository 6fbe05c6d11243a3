"""Which columns a file with contacts may have, and how each is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import verbs as contacts
from contacts.models import District, Ground, Organisation, Person
from desk.intake.table import title
from desk.persons import verbs as persons
from desk.persons.api import GROUNDS

DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
YES_NO = {"ja": True, "j": True, "x": True, "waar": True, "true": True, "1": True}
YES_NO |= {"nee": False, "n": False, "onwaar": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    title: as our own files write it; also: other titles for it; read: (text, known) -> value, or a
    ValidationError; needed: a new record cannot do without; example: for the template.
    """

    title: str
    name: str
    read: Callable
    also: str = ""
    needed: bool = False
    example: str = ""

    @property
    def titles(self):
        return {title(str(self.title)), *self.also.split()}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of contact: its columns, and what makes or changes one.

    records: those there are, with what is compared.
    check: what refuses a new record that its fields allow, without asking the database.
    """

    many: str
    model: type[models.Model]
    records: Callable
    columns: list[Column]
    create: Callable
    change: Callable | None = None
    check: Callable | None = None

    def column_of(self, words):
        """The column with this title; None for one we do not know."""
        asked = title(words)
        return next((one for one in self.columns if asked and asked in one.titles), None)

    def is_header(self, cells):
        """True for a row with the titles of all that a new record needs, or of a name and one thing more."""
        found = {one.name for cell in cells if (one := self.column_of(cell))}
        return "name" in found and len(found) > 1


class Known:
    """What the values in a file point at, read once: {compared name or key: what is meant}."""

    def __init__(self):
        self.districts = names(District.objects.only("pk", "key", "slug", "name"))
        self.organisations = names(Organisation.objects.unmerged().only("pk", "key", "name").order_by("-pk"))
        self.grounds = {title(words): code for words, code in GROUNDS.items()}
        for code, label in Ground.choices:
            self.grounds |= {title(code): code, title(str(label)): code}


def organisations():
    """All, merged ones too: a file of before the merge has their keys."""
    return Organisation.objects.select_related("merged_into").prefetch_related("districts")


def names(records):
    """{compared name or key: record}."""
    found = {}
    for one in records:
        found |= {title(words): one for words in (one.key, one.name)}
    return found


def text(words, known):
    return words


def yes_or_no(words, known):
    if words.casefold() not in YES_NO:
        raise ValidationError(_("Schrijf ja of nee."))
    return YES_NO[words.casefold()]


def address(words, known):
    """A web address, also one without its beginning."""
    return words if "://" in words else f"https://{words}"


def email(words, known):
    return words.lower()


def day(words, known):
    found = DAY.fullmatch(words)
    try:
        value = date(int(found[3]), int(found[2]), int(found[1])) if found else parse_date(words)
    except ValueError:
        value = None
    if value is None:
        raise ValidationError(_("Dit is geen datum. Schrijf bijvoorbeeld 31-12-2026."))
    return value


def ground(words, known):
    """The code of a ground, by its name, its code or its whole sentence."""
    found = known.grounds.get(title(words))
    if found is None:
        raise ValidationError(_("Schrijf taak, toestemming of overeenkomst."))
    return found


def districts(words, known):
    found, unknown = [], []
    for one in filter(None, map(str.strip, re.split(r"[;,]", words))):
        district = known.districts.get(title(one))
        (found if district else unknown).append(district or one)
    if unknown:
        raise ValidationError(_("Deze wijk kennen we niet: %(names)s.") % {"names": ", ".join(unknown)[:100]})
    return found


def organisation(words, known):
    found = known.organisations.get(title(words))
    if found is None:
        raise ValidationError(_("Deze organisatie kennen we niet: %(name)s.") % {"name": words[:80]})
    return found


_t = gettext_lazy
KINDS = {  # as written in the form
    "partners": Kind(
        _t("Partners"),
        Organisation,
        organisations,
        [
            Column(_t("Kenmerk"), "key", text, "id code nummer"),
            Column(_t("Naam"), "name", text, "organisatie bedrijfsnaam", True, "Buurttuin Noord"),
            Column(_t("Soort"), "kind", text, "type rechtsvorm", True, "vereniging"),
            Column(_t("Waar ze voor gaan"), "interests", text, "interesses doel missie", example="Groen"),
            Column(_t("Wat ze bieden"), "offers", text, "aanbod biedt", example="Handen en kennis"),
            Column(_t("In de hele gemeente"), "works_everywhere", yes_or_no, "helegemeente", example="ja"),
            Column(_t("Wijken"), "districts", districts, "wijk wijkofdorp dorp"),
            Column(_t("Staat open voor samenwerking"), "is_open", yes_or_no, "open", example="ja"),
            Column(_t("Krijgt subsidie van de gemeente"), "is_subsidised", yes_or_no, "subsidie"),
            Column(_t("Website"), "website", address, "webadres site url internet"),
            Column(
                _t("E-mail"), "email", email, "emailadres mail mailadres", example="info@voorbeeld.example"
            ),
        ],
        contacts.create_partner,
        contacts.change_partner,
    ),
    "personen": Kind(
        _t("Personen"),
        Person,
        Person.objects.all,
        [
            Column(_t("Naam"), "name", text, "volledigenaam contactpersoon", True, "J. de Vries"),
            Column(_t("E-mail"), "email", email, "emailadres mail mailadres", example="j@voorbeeld.example"),
            Column(_t("Telefoon"), "phone", text, "telefoonnummer tel mobiel", example="06 12 34 56 78"),
            Column(_t("Organisatie"), "organisation", organisation, "partner vereniging bedrijf"),
            Column(_t("Bron"), "source", text, "herkomst", True, "Buurtmarkt van 3 mei"),
            Column(_t("Grondslag"), "ground", ground, "grond avg", True, "Toestemming"),
            Column(
                _t("Toestemming gegeven op"),
                "consented_on",
                day,
                "toestemming toestemmingop akkoord akkoordop",
                example="02-05-2026",
            ),
            Column(_t("Geïnformeerd op"), "informed_on", day, "geinformeerd", example="03-05-2026"),
        ],
        persons.note_person,
        check=persons.check,
    ),
}
