"""What a kind of thing that managers keep up to date is made of: one line of the table of nouns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from desk.manage.fields import ActionForm

SOME = 20  # things of a thing that are shown; the rest is behind a link


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in a list that stands out; tone as in {% badge %}."""

    words: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with links below it: what belongs to a thing, or what has to be done."""

    title: str
    links: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Todo:
    """What has to be done above a list: a sentence, and [(words, address, links that hang below), …]."""

    title: str
    items: list[tuple[str, str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done to one thing.

    do: the verb, (record, by=, version=, **asked); form: what it asks; may: whether it can be done now;
    done: what is said afterwards; more: what it means; quick: the button stands in the list too.
    """

    words: str
    do: Callable[..., Any]
    form: type[ActionForm] = ActionForm
    may: Callable[[Any], bool] = lambda record: True
    done: str = _("Gelukt.")
    more: str = ""
    quick: bool = False

    @property
    def asks(self):
        """True when there is something to fill in."""
        return self.form is not ActionForm


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of thing.

    intro: what it is, in plain words; counted: what (one, several) are called beside their
    number, where that is something else; records: those in the list; columns: [(title, function of a record)]
    after the first, which names it; full: a name that stands alone; search: columns to look in, and
    sought: what to call them where they are no name or key; shows: {name
    in the address: (words, function of the records)}; beside: Blocks about one record; todo: what has to be
    done, or None; prefill: {name in the address: field of the form}; parts: words for the keys of columns
    with several values; also: (words, name of the address) of a page beside the list; stays: why nothing is
    thrown away, and what to do instead.
    """

    many: str
    one: str
    intro: str
    model: type
    form: type
    change: Callable[..., Any]
    records: Callable[[], QuerySet] | None = None
    create: Callable[..., Any] | None = None
    counted: tuple[str, str] = ()
    new: str = ""
    first: str = ""
    name: Callable[[Any], str] = str
    full: Callable[[Any], str] | None = None
    columns: list = field(default_factory=list)
    search: tuple[str, ...] = ()
    sought: str = ""
    shows: dict = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    beside: Callable[[Any], list] = lambda record: []
    todo: Callable[[], Todo | None] = lambda: None
    find: Callable[[str], Any] | None = None
    prefill: dict[str, str] = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    icon: str = "pencil"
    also: tuple[str, str] = ()
    stays: str = _("Er hangen plannen en geschiedenis aan. Wat voorbij is, krijgt een einde.")

    @property
    def is_list(self):
        """True when there can be more than one."""
        return self.records is not None

    @property
    def numbered(self):
        """What (one, several) are called beside their number."""
        return self.counted or (self.one, str(self.many).lower())

    @property
    def can_add(self):
        """True when a manager can make a new one."""
        return self.create is not None

    def title(self, record):
        """What stands above the page of one record."""
        return (self.full or self.name)(record)

    def found(self, text="", show=""):
        """The records that hold a text, of those that are asked for."""
        records = self.shows[show][1](self.records()) if show else self.records()
        if not text:
            return records
        holds = Q()
        for column in self.search:
            holds |= Q(**{f"{column}__icontains": text})
        if hasattr(records, "search"):
            holds |= Q(pk__in=self.model.objects.search(text).values("pk"))
        return records.filter(holds)

    def of(self, key):
        """The record of this key in an address; None where there is none."""
        if self.find:
            return self.find(key)
        if hasattr(self.model, "key"):
            return self.model._base_manager.filter(key=key).first()
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 16 else 0
        return self.model._base_manager.filter(pk=number).first()


def key_of(record):
    """What a record is called in the addresses of these pages."""
    return str(getattr(record, "key", record.pk))


def place(slug, record):
    """The address at which a record is kept up to date."""
    return reverse("desk:manage-edit", args=[slug, key_of(record)])


def listed(slug, show=""):
    """The address of a list, of some of it where a show is named."""
    return reverse("desk:manage-list", args=[slug]) + (f"?toon={show}" if show else "")


def linked(slug, records, words=str):
    """Links to the first records, and to the list when there are more."""
    some = list(records[: SOME + 1])
    links = [(words(one), place(slug, one)) for one in some[:SOME]]
    return links + ([(_("En nog meer"), listed(slug))] if len(some) > SOME else [])


def on_site(record):
    """The way to the page that everybody sees."""
    return Block(_("Op de site"), [(_("Bekijk de pagina"), record.get_absolute_url())])


def day(value: date | None):
    """A day as it stands in a list."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else "–"


def days(record):
    """From when to when, in words."""
    begin = day(record.since)
    if record.until:
        return _("%(begin)s tot en met %(end)s") % {"begin": begin, "end": day(record.until)}
    return _("sinds %(begin)s") % {"begin": begin}


def when(record):
    """Where a span of days stands today, as a mark."""
    today = timezone.localdate()
    if record.until and record.until < today:
        return Mark(_("voorbij"))
    return Mark(_("komt nog"), "info") if record.since > today else Mark(_("nu"), "success")
