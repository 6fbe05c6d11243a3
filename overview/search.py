"""Everything on the site that holds some words, kind by kind: what `/zoeken/` shows and its twin gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from contacts.filters import place_words
from contacts.models import AccountManager, Organisation, PortfolioHolder
from dutch.analyser import telling
from funding.models import FinancingForm, Scheme
from goals.models import Goal, PolicyNote
from initiatives.models import Initiative
from townhall.filters import MOST_SEARCHED, SearchField, SearchForm
from townhall.hints import hints
from townhall.paging import MOST, at_most

SHOWN = 3  # of each kind; the rest is in its list
SHOWN_WITHOUT_LIST = 12
LONGEST = 160  # characters of what is said of one thing


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to find.

    name: in the API and in the address of its heading; title, one, many: what people call it; records: those
    this person may see, in the order of their list; words: (what one is called, what it is about); list: the
    name of the page where all of it stands, empty for what has none; icon.
    """

    name: str
    title: str
    one: str
    many: str
    records: Callable[[Any], QuerySet]
    words: Callable[[Any], tuple[str, str]]
    list: str = ""
    icon: str = "search"
    place: Callable[[Any], str] = lambda record: record.get_absolute_url()


KINDS = [
    Kind(
        "doelen",
        _("Doelen"),
        _("doel"),
        _("doelen"),
        lambda user: Goal.objects.visible_to(user).alphabetical(),
        lambda goal: (goal.heading, goal.plain_description or goal.description),
        "goals:list",
        "target",
    ),
    Kind(
        "initiatieven",
        _("Initiatieven"),
        _("initiatief"),
        _("initiatieven"),
        lambda user: Initiative.objects.visible_to(user).registered().on_their_own().in_short(),
        lambda plan: (plan.title, plan.teaser),
        "initiatives:list",
        "hands",
    ),
    Kind(
        "accounthouders",
        _("Mensen bij de gemeente"),
        _("ambtenaar"),
        _("ambtenaren"),
        lambda user: AccountManager.objects.visible_to(user).alphabetical(),
        lambda manager: (manager.function, manager.expertise),
        "contacts:people",
        "speech",
    ),
    Kind(
        "portefeuillehouders",
        _("Burgemeester en wethouders"),
        _("bestuurder"),
        _("bestuurders"),
        lambda user: PortfolioHolder.objects.visible_to(user),
        lambda holder: (holder.name, holder.title.capitalize()),
        icon="person",
    ),
    Kind(
        "partners",
        _("Partners"),
        _("partner"),
        _("partners"),
        lambda user: Organisation.objects.visible_to(user).alphabetical(),
        lambda partner: (partner.name, partner.offers or partner.interests),
        "contacts:partners",
        "people",
    ),
    Kind(
        "beleidsnotas",
        _("Nota's"),
        _("nota"),
        _("nota's"),
        lambda user: PolicyNote.objects.visible_to(user),
        lambda note: (note.title, ""),
        "goals:notes",
        "book",
    ),
    Kind(
        "financieringsvormen",
        _("Manieren om te betalen"),
        _("manier"),
        _("manieren"),
        lambda user: FinancingForm.objects.visible_to(user),
        lambda form: (form.name, form.meaning),
        "funding:list",
        "coin",
    ),
    Kind(
        "toezeggingen",
        _("Toezeggingen"),
        _("toezegging"),
        _("toezeggingen"),
        lambda user: Commitment.objects.visible_to(user).for_pages().in_order(),
        lambda promise: (promise.text, promise.initiative.title),
        "agreements:commitments",
        "calendar",
    ),
    Kind(
        "regelingen",
        _("Regelingen"),
        _("regeling"),
        _("regelingen"),
        lambda user: Scheme.objects.visible_to(user).open_on(timezone.localdate()).select_related("form"),
        lambda scheme: (scheme.name, scheme.summary),
        icon="coin",
        place=lambda scheme: f"{scheme.form.get_absolute_url()}#regelingen",
    ),
]


class EverythingForm(SearchForm):
    zoek = SearchField(label=_("Waar zoek je naar?"), required=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    key: str
    title: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: how many (None for more than 1.000), and the first."""

    kind: Kind
    number: int | None
    hits: list[Hit]
    url: str

    @property
    def said(self):
        """The number found, or words for it."""
        return at_most(self.number)

    @property
    def has_more(self):
        return self.number is None or self.number > len(self.hits)


class Search:
    """What somebody looks for, in everything this person may see; one query a kind."""

    def __init__(self, request):
        self.request, self.form = request, EverythingForm(request.GET)
        self.text = request.GET.get("zoek", "").strip()[:MOST_SEARCHED]
        self.form.looks = [kind.records(request.user).search for kind in KINDS]

    @property
    def says_something(self):
        """False for a text of stop words, or of signs."""
        return bool(telling(self.text))

    @cached_property
    def groups(self):
        """A Group for every kind."""
        return [self.group(kind) for kind in KINDS]

    @property
    def by_kind(self):
        """{name of a kind: its Group}."""
        return {group.kind.name: group for group in self.groups}

    @property
    def found(self):
        """The groups with something in them."""
        return [group for group in self.groups if group.hits]

    @property
    def number(self):
        """How many things were found; None for more than can be told."""
        numbers = [group.number for group in self.groups]
        return None if None in numbers else sum(numbers)

    @property
    def said(self):
        return at_most(self.number)

    @property
    def better(self):
        """What was meant, where the words themselves find nothing at all; empty where they do."""
        return self.hints.meant if self.says_something and self.number == 0 else ""

    @cached_property
    def hints(self):
        return hints(
            self.text,
            MOST if self.number is None else self.number,
            self.form.looks,
            lambda: place_words(self.request),
        )

    def group(self, kind):
        """The best of one kind, of the first 1.000 in the order of its list."""
        best = []
        if self.says_something:
            things = kind.records(self.request.user)
            first = things.search(self.text).values("pk")[: MOST + 1]
            best = things.filter(pk__in=first).named_first(self.text).annotate(number=Window(Count("pk")))
        best = list(best[: SHOWN if kind.list else SHOWN_WITHOUT_LIST])
        number = best[0].number if best else 0
        url = f"{reverse(kind.list)}?{urlencode({'zoek': self.text})}" if kind.list else ""
        return Group(kind, number if number <= MOST else None, [hit(kind, one) for one in best], url)


def hit(kind, record):
    title, about = kind.words(record)
    return Hit(record.key, title, Truncator(about).chars(LONGEST), kind.place(record))
