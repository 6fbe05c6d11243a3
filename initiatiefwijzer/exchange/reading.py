"""Files into checked rows: every fault with its file, line, field and reason."""

import json
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
    if not any(found.rows.values()):
        found.faults.append(Fault(str(folder.name), 0, "", _("Hier staan geen bestanden die we kennen.")))
    if not found.faults:
        found.faults += [*doubles(found), *dangling(found)]
    return found


def read_file(path, serializer, faults):
    """The good rows of one file; the others become faults."""
    good = []
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            if not raw.strip():
                continue
            try:
                values = json.loads(raw[:MOST_LINE_BYTES].decode("utf-8"))
            except (UnicodeDecodeError, ValueError, RecursionError):
                faults.append(Fault(path.name, number, "", _("Dit is geen geldige JSON in UTF-8.")))
                continue
            checked = serializer(data=values)
            if checked.is_valid():
                good.append(Row(path.name, number, checked.validated_data))
            else:
                faults += [Fault(path.name, number, e["name"], e["reason"]) for e in flatten(checked.errors)]
    return good


def doubles(found):
    """An id stands once in its file."""
    for pattern, rows in found.rows.items():
        seen = {}
        for row in rows:
            identity = identity_of(pattern, row.values)
            if identity in seen:
                yield row.fault("id", _("Dit staat ook al op regel %(line)s.") % {"line": seen[identity]})
            seen[identity] = row.line


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
]


def dangling(found):
    """What a row refers to must stand in the folder too: a folder is a whole municipality."""
    known = {pattern: {row.values.get("id") for row in rows} for pattern, rows in found.rows.items()}
    for pattern, name, target in REFERENCES:
        for row in found.rows[pattern]:
            yield from missing(row, name, row.values[name], known[target], target)
    for row in found.rows["initiatives*.jsonl"]:
        labels = row.values["labels"]
        yield from missing(
            row, "labels.goals", list(labels.get("goals", ())), known["goals.jsonl"], "goals.jsonl"
        )
        yield from missing(
            row, "labels.partners", labels.get("partners"), known["partners.jsonl"], "partners.jsonl"
        )
        best = (labels.get("contact") or {}).get("best")
        yield from missing(row, "labels.contact.best", best, known["contacts.jsonl"], "contacts.jsonl")
    yield from unknown_districts(found)
    yield from unknown_notes(found)


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
