"""A dossier as it is read: the parts of a plan in words; whole, for the initiator, or to be made public."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import Role, User
from agreements.merges.words import called
from contacts.models import AccountManager, colleague
from desk.dossier.parts import LABELS, MARKS, PARTS, PLAN, Mark, Part
from initiatives import timeline
from initiatives.looks import looks_at
from initiatives.models import Initiative, Message, Participant
from townhall.models import Event, Look

KINDS = {  # kind of a dossier -> what it is called
    "whole": lazy("Alles over dit plan"),
    "public": lazy("Wat openbaar kan worden"),
    "own": lazy("Alles wat wij van jouw plan hebben"),
}
SHOWN = {  # kind -> the parts that are in it
    "whole": set(Mark),
    "public": {Mark.PUBLIC, Mark.BOTH},
    "own": {Mark.PUBLIC, Mark.BOTH},
}
BLACK = "█████"
REACH = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?:\+|\b00)31[\d\s().-]{7,}\d|\b0\d[\d\s-]{6,}\d"  # a telephone number
    r"|\b[1-9]\d{3}\s?[A-Z]{2}\b"  # a postcode
)
SHORTEST_NAME = 3  # letters: "Jo" would black out half of many a word's neighbours


@dataclass(frozen=True, slots=True)
class Section:
    """A part in words: rows of [(label, value), …], and how many records were left out."""

    title: str
    mark: Mark
    rows: list[list[tuple[str, str]]]
    left_out: int = 0

    @property
    def mark_words(self):
        return MARKS[self.mark]


@dataclass(slots=True)
class Reader:
    """Reads a plan for one kind of dossier, `by` one person; who did what is looked up once a person."""

    plan: Initiative
    kind: str
    by: User
    known: dict = field(default_factory=dict)
    initiators: set = field(default_factory=set)
    names: re.Pattern | None = None

    def __post_init__(self):
        people = list(self.plan.participants.select_related("user"))
        self.initiators = {one.user_id for one in self.plan.initiators() if one.user_id}
        self.names = names_in(people, hidden_officials()) if self.kind == "public" else None

    def sections(self):
        """The plan itself, every part that is in this kind, and what happened."""
        yield self.section(Part(_("Het plan"), "initiatives.initiative", PLAN, Mark.PUBLIC, path="pk"))
        for part in PARTS:
            if part.mark in SHOWN[self.kind]:
                yield self.section(part)
        yield Section(_("Wat er gebeurde"), Mark.BOTH, list(self.events()))
        if self.kind != "public":
            yield Section(_("Wie keek naar contactgegevens"), Mark.BOTH, list(self.looks()))

    def left_out(self):
        """The titles of the parts that are not in this kind."""
        return [part.title for part in PARTS if part.mark not in SHOWN[self.kind]]

    def section(self, part):
        model = apps.get_model(part.model)
        own = {field.name for field in model._meta.fields if field.is_relation}
        near = {name.partition(".")[0] for name in part.fields.split()} & own
        records = self.records(part, model).order_by(part.order)
        found = [one for one in records.select_related(*near) if self.is_in(one)]
        rows = [self.row(part, one) for one in found]
        return Section(str(part.title), part.mark, rows, records.count() - len(found))

    def records(self, part, model):
        """Those of the plan that there are for these readers; of the thread what they read on their page."""
        if self.kind == "own" and model is Message:
            return self.plan.talk(self.by)
        found = model._base_manager.filter(**{part.path: self.plan.pk})
        return found.exclude(**part.inside) if part.inside and self.kind != "whole" else found

    def is_in(self, record):
        """True unless a record, or what it once was, says itself that it is not for these readers."""
        record = getattr(record, "pgh_obj", record)
        if self.kind == "public":
            return getattr(record, "is_public", True)
        return self.kind == "whole" or not getattr(record, "is_internal", False)

    def row(self, part, record):
        """[(label, value), …] of what there is to say."""
        told = []
        for name in part.fields.split():
            words = self.said(record, name)
            if words:
                is_black = name in part.private.split() and self.is_about_another(record)
                told.append((label_of(record, name), BLACK if is_black else self.blackened(words)))
        return told

    def is_about_another(self, record):
        """True of a person whom these readers may not find: for an initiator all others who take part."""
        if self.kind == "own":
            return isinstance(record, Participant) and record.user_id != self.by.pk
        return self.kind == "public"

    def events(self):
        events = Event.objects.about("initiative", str(self.plan.public_id)).select_related("by")
        events = list(events.order_by("at", "id"))
        names = timeline.things(events)
        for event in events:
            known = event.what in timeline.WORDS
            if known or self.kind == "whole":
                words = timeline.entry(event, names).words if known else event.what
                row = [(_("Wanneer"), in_words(event.at)), (_("Wat"), self.blackened(words))]
                yield row + ([(_("Door"), self.who(event.by))] if event.by else [])

    def looks(self):
        looks = reversed(looks_at(self.by, self.plan, None)) if self.kind == "own" else self.all_looks()
        for look in looks:
            row = [(_("Wanneer"), in_words(look["at"])), (_("Door"), look["who"])]
            yield row + ([(_("Reden"), look["reason"])] if look["reason"] else [])

    def all_looks(self):
        """Who looked at whomever: for officers only."""
        looks = Look.objects.filter(subject_kind="initiative", subject_key=str(self.plan.public_id))
        for look in looks.select_related("by").order_by("at"):
            yield {"at": look.at, "who": self.who(look.by), "reason": look.reason}

    # Values ---------------------------------------------------------------------------------------------
    def said(self, record, name):
        """A value in words; names with a dot lead on to another record."""
        first, _dot, then = name.partition(".")
        if then:
            behind = getattr(record, first)
            if isinstance(behind, Initiative) and self.kind != "whole":
                return called(behind)
            return self.said(behind, then) if behind is not None else ""
        shown = getattr(record, f"get_{name}_display", None)
        value = shown() if shown else getattr(record, name)
        if isinstance(value, get_user_model()):
            return self.who(value)
        if isinstance(value, Initiative) and self.kind != "whole":
            return called(value)
        return in_words(list(value.all()) if isinstance(value, models.Manager) else value)

    def who(self, user):
        """What somebody is called here: by their side or their function, never by their account."""
        official = in_public if self.kind == "public" else colleague
        if user is None:
            return _("Onbekend")
        if user.pk not in self.known:
            mine = user.pk in self.initiators
            self.known[user.pk] = str(_("Initiatiefnemer") if mine else official(user))
        return self.known[user.pk]

    def blackened(self, words):
        """The same with what leads to a person made black, where it is to be made public."""
        if self.kind != "public":
            return words
        words = REACH.sub(BLACK, words)
        return self.names.sub(BLACK, words) if self.names else words


def in_public(user):
    """What everybody may call somebody: by their name only where they chose that themselves."""
    manager = getattr(user, "account_manager", None)
    if manager:
        return manager.public_name or manager.function
    return _("Iemand van de gemeente") if user.is_staff_member else _("Iemand anders")


def hidden_officials():
    """The names, by role and by account, of who works here and did not choose to be public."""
    managers = AccountManager.objects.filter(name_is_public=False).values_list("name", "user__name")
    others = User.objects.filter(role__in=[Role.OFFICER, Role.MANAGER], account_manager=None)
    return {name for row in [*managers, *others.values_list("name")] for name in row if name}


def names_in(people, officials):
    """A pattern of every name, and every part of one, by which somebody is known; None without any.

    There are many officials, and "bakker" is a word too: one part of their name counts with its capital only.
    """
    whole = {name for one in people for name in (one.name, one.user.name if one.user else "") if name}
    anyhow = whole | parts_of(whole) | {name for name in officials if " " in name}
    known = [one for one in anyhow | parts_of(officials) if len(one) >= SHORTEST_NAME]
    known.sort(key=len, reverse=True)
    words = [re.escape(one) if one in anyhow else f"(?-i:{re.escape(one)})" for one in known]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None


def parts_of(names):
    """The parts of names that have a capital."""
    return {part for name in names for part in re.findall(r"\w+", name) if part[0].isupper()}


def label_of(record, name):
    """What a field is called."""
    if name in LABELS:
        try:
            own = record._meta.get_field(name).verbose_name
        except FieldDoesNotExist:
            own = ""
        is_dutch = own and own != name.replace("_", " ")
        return str(capfirst(own if is_dutch else LABELS[name]))
    return str(capfirst(field_of(type(record), name).verbose_name))


def field_of(model, name):
    """The field at the end of a name with dots."""
    first, _dot, then = name.partition(".")
    found = model._meta.get_field(first)
    return field_of(found.related_model, then) if then else found


def in_words(value):
    """A stored value as people read it."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("ja") if value else _("nee")
        case datetime():
            return date_format(timezone.localtime(value), "j F Y H:i")
        case date():
            return date_format(value, "j F Y")
        case float():
            return number_format(round(value, 3))
        case Decimal():
            return number_format(value.normalize() if value != value.to_integral() else int(value))
        case list():
            return "; ".join(filter(None, map(in_words, value)))
        case dict():
            return in_words(value.get("sentence", ""))
        case models.Model():
            return str(value)
    return str(value)
