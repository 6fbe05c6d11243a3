"""Files into checked rows: every fault with its file, line, field and reason."""

import codecs
import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from contacts.models import EVERYWHERE
from initiatiefwijzer.exchange.rows import EXCHANGED
from townhall.api_defaults import flatten

MOST_LINE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self):
        return f"{self.file}, regel {self.line}, {self.field or 'hele regel'}: {self.reason}"


@dataclass(slots=True)
class Row:
    """A checked row and where it stood."""

    file: str
    line: int
    values: dict

    def fault(self, name, reason):
        return Fault(self.file, self.line, name, reason)


@dataclass(slots=True)
class Folder:
    """All rows of a folder by the pattern of their file, and all that is wrong with them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_folder(folder: Path):
    """The rows of a municipality's folder; files that are not there are simply empty."""
    found = Folder()
    for pattern, serializer in EXCHANGED.items():
        found.rows[pattern] = [
            row for path in sorted(folder.glob(pattern)) for row in read_file(path, serializer, found.faults)
        ]
    if not any(found.rows.values()) and not found.faults:
        found.faults.append(Fault(str(folder.name), 0, "", _("Hier staan geen bestanden die we kennen.")))
    if not found.faults:
        found.faults += [*doubles(found), *dangling(found), *own_deputies(found), *overlaps(found)]
        found.faults += [*second_front_desks(found), *portraits(found, folder)]
    return found


def read_file(path, serializer, faults):
    """The good rows of one file; the others become faults."""
    good = []
    for number, raw in lines_of(path):
        if not raw.strip():
            continue
        try:
            values = parse(raw)
        except ValueError as trouble:
            faults.append(Fault(path.name, number, "", str(trouble)))
            continue
        checked = serializer(data=values)
        if checked.is_valid():
            good.append(Row(path.name, number, checked.validated_data))
        else:
            faults += [Fault(path.name, number, e["name"], e["reason"]) for e in flatten(checked.errors)]
    return good


def lines_of(path):
    """(number, bytes) for each line; of a line that is too long only a beginning that is too long as well."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(MOST_LINE_BYTES + 1):
            number += 1
            rest = raw
            while len(rest) > MOST_LINE_BYTES and not rest.endswith(b"\n"):
                rest = file.readline(MOST_LINE_BYTES + 1)
            yield number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw


def parse(raw):
    """What a line says; a ValueError with a sentence when it can't be read."""
    if len(raw) > MOST_LINE_BYTES:
        raise ValueError(_("Deze regel is te lang: hoogstens %(most)s bytes.") % {"most": MOST_LINE_BYTES})
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as trouble:
        sentence = _("Dit is geen UTF-8 (bij byte %(place)s).")
        raise ValueError(sentence % {"place": trouble.start + 1}) from None
    try:
        return json.loads(
            text, parse_constant=not_a_number, parse_int=whole_number, object_pairs_hook=each_key_once
        )
    except json.JSONDecodeError as trouble:
        sentence = _("Dit is geen geldige JSON (bij teken %(place)s).")
        raise ValueError(sentence % {"place": trouble.colno}) from None
    except RecursionError:
        raise ValueError(_("Deze JSON is te diep genest.")) from None


def not_a_number(name):
    raise ValueError(_("%(name)s is geen getal.") % {"name": name})


def whole_number(digits):
    if len(digits) > 20:
        raise ValueError(_("Een getal heeft hier hoogstens 20 cijfers."))
    return int(digits)


def each_key_once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("De sleutel %(name)s staat er twee keer.") % {"name": twice[:60]})
    return found


def doubles(found):
    """An id stands once in its file."""
    for pattern, rows in found.rows.items():
        seen = {}
        for row in rows:
            first = seen.setdefault(identity_of(pattern, row.values), row)
            if first is not row:
                place = {"file": first.file, "line": first.line}
                yield row.fault("id", _("Dit staat ook al in %(file)s op regel %(line)s.") % place)


def identity_of(pattern, values):
    """What makes a row this row: its id, for most."""
    if pattern == "policy-fields.jsonl":
        return values["id"], values["name"]
    if "id" in values:
        return values["id"]
    return tuple(values.get(name) for name in ("holder", "portfolio", "contact", "from"))


REFERENCES = [  # pattern, field, where it must be known
    ("departments.jsonl", "lead", "contacts.jsonl"),
    ("districts.jsonl", "parent", "districts.jsonl"),
    ("terms.jsonl", "holder", "holders.jsonl"),
    ("terms.jsonl", "portfolio", "portfolios.jsonl"),
    ("contacts.jsonl", "portfolios", "portfolios.jsonl"),
    ("contacts.jsonl", "department", "departments.jsonl"),
    ("contacts.jsonl", "deputy", "contacts.jsonl"),
    ("absences.jsonl", "contact", "contacts.jsonl"),
    ("absences.jsonl", "deputy", "contacts.jsonl"),
    ("goals.jsonl", "portfolio", "portfolios.jsonl"),
    ("goals.jsonl", "owner", "contacts.jsonl"),
    ("themes.jsonl", "goals", "goals.jsonl"),
    ("initiatives*.jsonl", "contact", "contacts.jsonl"),
    ("initiatives*.jsonl", "organisation", "partners.jsonl"),
]


def dangling(found):
    """What a row refers to must stand in the folder too: a folder is a whole municipality."""
    known = {pattern: {row.values.get("id") for row in rows} for pattern, rows in found.rows.items()}
    for pattern, name, target in REFERENCES:
        for row in found.rows[pattern]:
            yield from missing(row, name, row.values[name], known[target], target)
    for row in found.rows["initiatives*.jsonl"]:
        labels = row.values["labels"]
        contact = labels.get("contact") or {}
        for name, value, target in (
            ("labels.goals", list(labels.get("goals", ())), "goals.jsonl"),
            ("labels.partners", labels.get("partners"), "partners.jsonl"),
            ("labels.contact.best", contact.get("best"), "contacts.jsonl"),
            ("labels.contact.acceptable", contact.get("acceptable"), "contacts.jsonl"),
        ):
            yield from missing(row, name, value, known[target], target)
    yield from unknown_districts(found)
    yield from unknown_notes(found)
    yield from unknown_policy_fields(found)


def missing(row, name, value, known, target):
    """A fault for each id that is not known."""
    for one in value if isinstance(value, list) else [value]:
        if one and one not in known:
            yield row.fault(name, _("%(id)s staat niet in %(file)s.") % {"id": one, "file": target})


def unknown_districts(found):
    """Where the folder lists its districts, every file uses those; else names are taken as they come."""
    known = {row.values["name"] for row in found.rows["districts.jsonl"]}
    if not known:
        return
    for pattern in ("goals.jsonl", "contacts.jsonl", "partners.jsonl", "initiatives*.jsonl"):
        for row in found.rows[pattern]:
            given = row.values.get("districts", row.values.get("district"))
            yield from missing(row, "districts", given, known | {EVERYWHERE}, "districts.jsonl")


def unknown_notes(found):
    """The same for the titles of policy notes."""
    known = {row.values["title"] for row in found.rows["notes.jsonl"]}
    if known:
        for row in found.rows["goals.jsonl"]:
            yield from missing(row, "note", row.values["note"], known, "notes.jsonl")


def unknown_policy_fields(found):
    """The same for task fields: goals name code and name, contacts the code alone."""
    rows, file = found.rows["policy-fields.jsonl"], "policy-fields.jsonl"
    if rows:
        codes = {row.values["id"] for row in rows}
        whole = {f"{row.values['id']} {row.values['name']}" for row in rows}
        for row in found.rows["goals.jsonl"]:
            yield from missing(row, "policy_field", row.values["policy_field"], whole, file)
        for row in found.rows["contacts.jsonl"]:
            yield from missing(row, "policy_fields", row.values["policy_fields"], codes, file)


def own_deputies(found):
    """Nobody stands in for themselves, and no district is part of itself."""
    for pattern, name, itself in (
        ("contacts.jsonl", "deputy", "id"),
        ("absences.jsonl", "deputy", "contact"),
        ("districts.jsonl", "parent", "id"),
    ):
        for row in found.rows[pattern]:
            if row.values[name] and row.values[name] == row.values[itself]:
                yield row.fault(name, _("Dit is de regel zelf."))


def overlaps(found):
    """A portfolio has one holder at a time."""
    terms = sorted(
        found.rows["terms.jsonl"], key=lambda row: (row.values["portfolio"], row.values["from"], row.line)
    )
    for before, row in itertools.pairwise(terms):
        same = before.values["portfolio"] == row.values["portfolio"]
        if same and (before.values["until"] is None or before.values["until"] >= row.values["from"]):
            sentence = _("In deze periode heeft de portefeuille al iemand (regel %(line)s).")
            yield row.fault("from", sentence % {"line": before.line})


def second_front_desks(found):
    """There is one front desk."""
    desks = [row for row in found.rows["contacts.jsonl"] if row.values["front_desk"]]
    for row in desks[1:]:
        yield row.fault("front_desk", _("Er is al een loket (regel %(line)s).") % {"line": desks[0].line})


UNSAFE = re.compile(rb"<\s*(script|foreignobject|!doctype|!entity)|\son\w+\s*=|javascript:", re.IGNORECASE)
MOST_PORTRAIT_BYTES = 200_000


def portraits(found, folder):
    """A portrait is a drawing in the folder itself, and no more than a drawing."""
    for pattern in ("holders.jsonl", "contacts.jsonl"):
        for row in found.rows[pattern]:
            if row.values["photo"]:
                yield from portrait(row, folder / "photos" / row.values["photo"])


def portrait(row, path):
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        yield row.fault("photo", _("%(name)s staat niet in photos/.") % {"name": path.name})
    elif path.stat().st_size > MOST_PORTRAIT_BYTES:
        yield row.fault("photo", _("%(name)s is te groot.") % {"name": path.name})
    elif b"<svg" not in (drawing := path.read_bytes()) or UNSAFE.search(drawing):
        yield row.fault("photo", _("%(name)s is geen gewone tekening.") % {"name": path.name})
