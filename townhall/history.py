"""What a row was before every change: kept by triggers (django-pghistory), so whoever changes it.

A model that is `kept` has a second table with a row for every change: the values before it, when, and, where
a verb did it, who (the number of an account, never a name), which verb, and the links to other things before
and after. What something is now stands in its own row alone. See docs/decisions/0013-history.md.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from townhall.comparing import compared

MOST = 20  # changes shown; nobody reads on
NEVER = {"id", "terms", "terms_version"}  # numbers of the database, and what is made from other columns
HIDDEN = {"version", "slug"}


def kept(*only):
    """A decorator: the history of a model, of all its own columns or of `only` these, as `thing.history`."""

    def track(model):
        own = [field.name for field in model._meta.local_fields if not field.primary_key]
        return pghistory.track(
            pghistory.UpdateEvent("change", row=pghistory.Old, trigger_name="history"),
            fields=[name for name in only or own if name not in NEVER],
            obj_field=pghistory.ObjForeignKey(
                related_name="history", on_delete=models.CASCADE, db_constraint=True
            ),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,
            model_name=f"{model.__name__}History",
            attrs={"__doc__": f"What a row of {model.__name__} was before a change."},
        )(model)

    return track


def written(by, verb, links=None):
    """While this holds, changes are by this person; links: {field: [keys before, keys after]}.

    PostgreSQL remembers it until the end of the transaction, also after the `with`.
    """
    return pghistory.context(user=by.pk, verb=verb, links=links or {})


def forget(thing, *names):
    """Nothing of what these fields ever were is left; what they are now is the caller's."""
    empty = {name: thing._meta.get_field(name) for name in names}
    thing.history.update(**{name: None if field.null else "" for name, field in empty.items()})


# Told to people --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed, in words."""

    name: str
    old: str
    new: str

    @property
    def parts(self):
        """What differs, word for word, as comparing.py tells it."""
        return compared(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one thing; by is the number of an account, None when nobody signed in did it."""

    at: datetime
    by: int | None
    verb: str
    differences: list[Difference]


def changes(thing, parts=None):
    """What changed about a thing, newest first, at most MOST: [Change, …].

    parts: {key: words} for the keys of columns that hold several values.
    """
    rows = list(thing.history.order_by("-pgh_id")[:MOST])
    words = Words(thing, rows, parts or {})
    found = [words.change(row, then) for row, then in zip(rows, [thing, *rows], strict=False)]
    return [change for change in found if change.differences]


def context_of(row):
    """What a verb said about a change: {user, verb, links}, empty where none did."""
    return row.pgh_context if isinstance(row.pgh_context, dict) else {}


class Words:
    """Values of one model in words; what they refer to is fetched once per model."""

    def __init__(self, thing, rows, parts):
        meta = thing._meta
        kept = {field.name for field in thing.history.model._meta.fields}
        self.parts = parts
        self.fields = [field for field in meta.local_fields if field.name in kept - HIDDEN]
        self.names = {
            field.name: names_of(field, {getattr(row, field.attname) for row in [thing, *rows]} - {None})
            for field in self.fields
            if field.is_relation
        }
        links = [context_of(row).get("links", {}) for row in rows]
        self.links = {name: meta.get_field(name) for one in links for name in one}
        for name, field in self.links.items():
            self.names[name] = names_of(field, {key for one in links for key in sum(one.get(name, []), [])})

    def change(self, row, then):
        """What changed between a row of the history and the next one, or the thing itself."""
        context = context_of(row)
        columns = [self.difference(field, row, then) for field in self.fields]
        links = [self.linked(name, *ends) for name, ends in context.get("links", {}).items()]
        return Change(
            row.pgh_created_at, context.get("user"), context.get("verb", ""), [*filter(None, columns), *links]
        )

    def difference(self, field, row, then):
        old, new = getattr(row, field.attname), getattr(then, field.attname)
        if old == new:
            return None
        if isinstance(old, dict) and isinstance(new, dict):  # only what differs
            old, new = (
                {key: value for key, value in one.items() if old.get(key) != new.get(key)}
                for one in (old, new)
            )
        return Difference(title_of(field), self.say(field, old), self.say(field, new))

    def say(self, field, value):
        if field.is_relation:
            return self.names[field.name].get(value, "")
        choices = dict(field.flatchoices)
        return self.in_words(choices.get(value, value) if choices else value)

    def linked(self, name, old, new):
        """A difference in what a thing is linked to."""
        names = self.names[name]
        ends = [", ".join(sorted(names[key] for key in keys if key in names)) for keys in (old, new)]
        return Difference(title_of(self.links[name]), *ends)

    def in_words(self, value):
        """A stored value as people read it."""
        match value:
            case None | "":
                return ""
            case bool():
                return _("ja") if value else _("nee")
            case datetime():
                return date_format(timezone.localtime(value), "DATETIME_FORMAT")
            case date():
                return date_format(value)
            case dict():
                told = {self.parts.get(key, key): self.in_words(inner) for key, inner in value.items()}
                return "; ".join(f"{name}: {words}" for name, words in told.items() if words)
            case list():
                return ", ".join(map(self.in_words, value))
        return str(value)


def title_of(field):
    return str(capfirst(field.verbose_name))


def names_of(field, keys):
    """{key: name} of the things on the other side of a relation."""
    return {one.pk: str(one) for one in field.related_model._base_manager.filter(pk__in=keys)} if keys else {}
