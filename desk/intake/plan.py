"""What a file with contacts would do: what is new, what changes, what looks like a double, what is wrong."""

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk.intake.columns import KINDS, Known
from desk.intake.table import title

SOME = 20  # rows that are named
ALIKE = 0.6  # of the groups of three letters of two names together, this many are in both
NO_NAME = re.compile(r"\b(de|het|een|stichting|vereniging|coöperatie|bv|b\.v\.)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: the line, the title of the column, and a sentence."""

    line: int
    column: str
    words: str


@dataclass(slots=True)
class Line:
    """A row of the file: its values, the record it changes, what it looks like, what it changes."""

    number: int
    values: dict
    record: object = None
    like: str = ""
    differences: list = field(default_factory=list)  # [(title, was, becomes), …]

    @property
    def name(self):
        return self.values.get("name") or str(self.record)


@dataclass(slots=True)
class Plan:
    """All of it; `fingerprint` is another one when the file or the town changed."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    doubles: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    unread: list = field(default_factory=list)

    @property
    def problems(self):
        """[(column, words, rows), …]: what is wrong in many rows is said once."""
        found = defaultdict(list)
        for one in self.faults:
            found[one.column, one.words].append(one.line)
        return [(*told, in_rows(lines)) for told, lines in found.items()]

    @property
    def fingerprint(self):
        told = [[(one.number, one.like) for one in group] for group in (self.new, self.doubles)]
        told += [[(one.number, one.record.key, one.record.version) for one in self.changed]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def in_rows(lines):
    """The numbers of some rows, and how many more there are."""
    some = ", ".join(map(str, lines[:SOME]))
    left = len(lines) - SOME
    return some if left <= 0 else _("%(some)s en nog %(left)s") % {"some": some, "left": left}


def plan_of(intake):
    """The Plan of a stored file, against the town as it is now."""
    kind, known, plan = KINDS[intake.kind], Known(), Plan()
    columns = [kind.column_of(words) for words in intake.titles]
    plan.unread = [words for words, one in zip(intake.titles, columns, strict=True) if words and not one]
    records = list(kind.records())
    by_key = {one.key: one for one in records} if kind.change else {}
    names, seen = Names(one for one in records if not merged_into(one)), set()
    for number, cells in intake.rows:
        line, faults = read(columns, number, cells, known)
        faults += about_key(kind, line, by_key, seen)
        faults = faults or missing(kind, line) or checked(kind, line)
        plan.faults += faults
        if not faults:
            place(plan, kind, line, names)
    return plan


def merged_into(record):
    """The record that this one became part of, if any."""
    return getattr(record, "merged_into", None)


def about_key(kind, line, by_key, seen):
    """Puts in the line the record that its key names; what is wrong with that key."""
    key = line.values.pop("key", "")
    if not key:
        return []
    twice = key in seen
    seen.add(key)
    line.record = by_key.get(key)
    title_of_key = str(kind.column_of("kenmerk").title)
    if twice:
        return [Fault(line.number, title_of_key, _("Dit kenmerk staat al eerder in het bestand."))]
    if line.record is None:
        words = _("Dit kenmerk kennen we niet: %(key)s.") % {"key": key[:30]}
        return [Fault(line.number, title_of_key, words)]
    if stays := merged_into(line.record):
        words = _("%(key)s is samengevoegd met %(name)s. Gebruik het kenmerk %(stays)s.")
        told = {"key": key, "name": stays.name, "stays": stays.key}
        return [Fault(line.number, title_of_key, words % told)]
    return []


def missing(kind, line):
    """What a new record cannot do without."""
    if line.record is not None:
        return []
    absent = [one for one in kind.columns if one.needed and not line.values.get(one.name)]
    return [Fault(line.number, str(one.title), _("Dit moet ingevuld zijn.")) for one in absent]


def read(columns, number, cells, known):
    """(line, faults): every cell that says something, as a value."""
    line, faults = Line(number, {}), []
    for column, words in zip(columns, cells, strict=False):
        if column is None or not words or column.name in line.values:
            continue
        try:
            line.values[column.name] = column.read(words, known)
        except ValidationError as wrong:
            faults.append(Fault(number, str(column.title), " ".join(wrong.messages)))
    return line, faults


def checked(kind, line):
    """What the columns of the model do not take."""
    links = {one.name for one in kind.model._meta.many_to_many}
    values = {name: value for name, value in line.values.items() if name not in links}
    record = kind.model(**values)
    fields = kind.model._meta.concrete_fields
    unset = [one.name for one in fields if one.name not in values or one.is_relation]
    try:
        record.clean_fields(exclude=unset)
        if kind.check:
            kind.check(record)
    except ValidationError as wrong:
        titles = {one.name: str(one.title) for one in kind.columns}
        return [
            Fault(line.number, titles.get(name, name), " ".join(words))
            for name, words in wrong.message_dict.items()
        ]
    return []


def place(plan, kind, line, names):
    """The line among what is new, changes, stays the same or looks like something else."""
    if line.record is not None:
        line.differences = differences(kind, line)
        (plan.changed if line.differences else plan.same).append(line)
        return
    line.like = names.like(line)
    (plan.doubles if line.like else plan.new).append(line)
    names.add(line.values, _("rij %(n)s") % {"n": line.number})


def differences(kind, line):
    """[(title, what it was, what it becomes), …] of a record that is there already."""
    found = []
    for column in kind.columns:
        if column.name not in line.values:
            continue
        was, becomes = getattr(line.record, column.name), line.values[column.name]
        if column.name in {one.name for one in kind.model._meta.many_to_many}:
            was, becomes = sorted(map(str, was.all())), sorted(map(str, becomes))
        if was != becomes:
            found.append((str(column.title), in_words(was), in_words(becomes)))
    return found


def in_words(value):
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return ", ".join(value) if isinstance(value, list) else str(value)


class Names:
    """Who is known already, to be found by a mail address, a website or a name that looks like theirs."""

    def __init__(self, records):
        self.same, self.groups, self.words = {}, defaultdict(list), []
        for one in records:
            values = {name: getattr(one, name, "") for name in ("name", "email", "website")}
            self.add(values, f"{one} ({one.key})" if hasattr(one, "key") else str(one))

    def add(self, values, words):
        """One more, under the words that people know it by."""
        for mark in marks(values):
            self.same.setdefault(mark, words)
        place = len(self.words)
        groups = letters(values.get("name", ""))
        self.words.append((words, groups))
        for group in groups:
            self.groups[group].append(place)

    def like(self, line):
        """The words of the one that this line looks like; empty for none."""
        for mark in marks(line.values):
            if mark in self.same:
                return self.same[mark]
        asked = letters(line.values["name"])
        found = (self.words[place] for place in self.near(asked))
        return next((words for words, groups in found if alike(asked, groups) >= ALIKE), "")

    def near(self, asked):
        """The places of all that can be alike, likeliest first; not all groups are walked.

        What is alike has at least ALIKE of the groups of the name; where the commonest half of so many are
        left out, it has the other half among the rest.
        """
        needed = math.ceil(ALIKE * len(asked))
        left_out = needed // 2
        rarest = sorted(asked, key=lambda group: len(self.groups.get(group, ())))
        walked = (self.groups.get(group, ()) for group in rarest[: len(asked) - left_out])
        shared = Counter(chain.from_iterable(walked))
        enough = [place for place, times in shared.items() if times >= needed - left_out]
        return sorted(enough, key=shared.get, reverse=True)


def alike(one, other):
    """How much of two names together they share, from 0 to 1, as pg_trgm counts."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def marks(values):
    """What two records of one organisation or person share."""
    site = re.sub(r"^https?://(www\.)?", "", values.get("website") or "").rstrip("/").casefold()
    mail, name = (values.get("email") or "").casefold(), title(values.get("name", ""))
    return [mark for mark in (("email", mail), ("site", site), ("name", name)) if mark[1]]


def letters(name):
    """The groups of three letters of a name, without the words that many names have."""
    found = set()
    for word in NO_NAME.sub(" ", name).split():
        padded = f"  {title(word)} "
        found |= {padded[place : place + 3] for place in range(len(padded) - 2)}
    return found
