"""Rows into the matcher's corpus, and the one matcher of this process, kept fresh.

What an answer shows is kept beside the matcher (`Shelf`), all but the many initiatives. So answering costs a
small query (has anything changed?) and one for the initiatives that were found. Triggers note every change of
what the corpus is made of (migration 0002), also changes that no verb made.
"""

import gc
import threading
import time
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DatabaseError, connection, models
from django.db.models import Count, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.module_loading import import_string

from contacts.models import EVERYWHERE, AccountManager, District, Organisation
from funding.advice import FundingForm, FundingScheme
from funding.models import FinancingForm, Scheme
from goals.models import Goal, PolicyField
from initiatives.models import CLOSED, Initiative
from matching import learning, shapes
from matching.matcher import Matcher
from matching.models import Learned
from townhall.models import Municipality

LOOK_AGAIN = 1.0  # seconds in which this process trusts what it knows
RENEWING = "renewing the shelf"
AFTER_FAILING = 60.0  # seconds until the same is tried again
QUIET = 3.0  # seconds after which nobody is sent on with what may be old
MOST_INITIATIVES = 20_000
TAUGHT = ("towards", "against", "added", "confirmed", "rejected")
STAMP = 'SELECT "table", count(*), max(id) FROM matching_corpuschange GROUP BY "table"'
PARTNER_READ = ("key", "name", "kind", "works_everywhere", "interests", "offers", "local")
FIELDS = ArraySubquery(
    PolicyField.objects.filter(goals=OuterRef("pk")).values(said=Concat("code", Value(" "), "name"))
)
WRITTEN = Func(
    template='"initiatives_initiative".xmin::text || "initiatives_initiative".ctid::text',
    output_field=models.TextField(),
)
"""Who wrote the row as it is, and where it lies: another value after every change, whoever made it."""
OPEN_CASES = Count("initiatives", filter=~Q(initiatives__state__in=CLOSED))
ANYBODY = AnonymousUser()
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Shelf:
    """A matcher and the records behind its keys, as they were at one moment."""

    stamp: tuple[dict, date]
    matcher: Matcher
    goals: dict[str, Goal]
    managers: dict[str, AccountManager]
    organisations: dict[str, Organisation]
    forms: dict[str, FinancingForm]
    schemes: dict[str, Scheme]


def stamp():
    """What tells one state of the town from the next: (the changes of each table so far, the day)."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return {table: so_far for table, *so_far in cursor.fetchall()}, timezone.localdate()


def build(now, before=None):
    """A shelf made of what anybody may see; what stayed as it was `before` is not read again."""
    return of_plans(now, before) if before and only_plans(before.stamp, now) else of_all(now, before)


def only_plans(before, now):
    """Did nothing change but initiatives, as happens all day?"""
    (were, day), (are, today) = before, now
    changed = {table for table in were | are if were.get(table) != are.get(table)}
    return day == today and changed <= {Initiative._meta.db_table}


def of_plans(now, before):
    """The same shelf with other initiatives, and with the cases that officials have now."""
    managers = {manager.key: manager for manager in at_work()}
    corpus = replace(
        before.matcher.corpus,
        contacts=tuple(map(contact_shape, managers.values())),
        initiatives=shapes.Archive(marks(), recall),
    )
    return replace(before, stamp=now, matcher=Matcher(corpus, before.matcher), managers=managers)


def of_all(now, before):
    """A shelf of which all records are fetched."""
    running = Goal.objects.visible_to(ANYBODY).running().with_holder().defer("terms", "terms_version")
    running = running.annotate(owned_by=F("owner__key"), fields=FIELDS, local=districts_of("goals"))
    goals = {goal.key: goal for goal in share(running)}
    managers = {manager.key: manager for manager in at_work()}
    open_ones = Organisation.objects.visible_to(ANYBODY).open_for_cooperation()
    organisations = {partner.key: partner for partner in open_ones.only("key", "name", "kind")}
    partners = open_ones.annotate(local=districts_of("organisations")).values_list(*PARTNER_READ)
    forms = {form.key: form for form in FinancingForm.objects.visible_to(ANYBODY)}
    applied = Scheme.objects.visible_to(ANYBODY).open_on(timezone.localdate()).for_pages()
    schemes = {scheme.key: scheme for scheme in applied.defer("terms", "terms_version")}
    town = Municipality.objects.current()
    districts = District.objects.order_by("name").values_list("name", flat=True)
    corpus = shapes.Corpus(
        goals=tuple(map(goal_shape, goals.values())),
        contacts=tuple(map(contact_shape, managers.values())),
        partners=tuple(partner_shape(*partner) for partner in partners.iterator()),
        initiatives=shapes.Archive(marks(), recall),
        forms=tuple(FundingForm(form.key, form.name, form.meaning, form.order) for form in forms.values()),
        schemes=tuple(map(scheme_shape, schemes.values())),
        places=((town.name,) if town else ()) + tuple(districts),
        encoder=encoder(settings.MATCHER_MODEL),
        learned=learned() if town and town.learns else (),
        shift=float(town.fits_shift) if town else 0.0,
    )
    matcher = Matcher(corpus, before and before.matcher)
    return Shelf(now, matcher, goals, managers, organisations, forms, schemes)


@cache
def encoder(model):
    """The encoder of this process, read once; None where no model is named, or the one named is not there."""
    try:
        return import_string("matching.transformers.encoder")(model) if model else None
    except (ImportError, OSError):
        log.exception("no_encoder")
        return None


def at_work():
    """Who may be the contact of an initiative, with the number of open cases each has."""
    employed = AccountManager.objects.employed().with_presence()
    return employed.prefetch_related("portfolios").annotate(cases=OPEN_CASES)


def share(goals):
    """The goals, with one note and one portfolio for all of theirs; each came with copies of its own."""
    notes, portfolios = {}, {}
    for goal in goals:
        goal.note = goal.note and notes.setdefault(goal.note_id, goal.note)
        for link in goal.now:
            link.portfolio = portfolios.setdefault(link.portfolio_id, link.portfolio)
            link.goal = None  # no circle: see `rest`
        yield goal


def marks():
    """{reference: mark} of the newest initiatives that anybody may see."""
    return dict(
        Initiative.objects.visible_to(ANYBODY)
        .on_their_own()[:MOST_INITIATIVES]
        .values_list("reference", WRITTEN)
    )


def recall(references):
    """{reference: initiative} as they are now, of those that anybody may still see."""
    found = Initiative.objects.visible_to(ANYBODY).on_their_own().filter(reference__in=references).order_by()
    rows = found.values_list("reference", "title", "story", "district__name")
    return {told[0]: shapes.Initiative(*told, district or "") for *told, district in rows}


def learned():
    """What verdicts taught, as far as it is of the version in use."""
    rows = Learned.objects.filter(version=learning.VERSION).values_list("goal__key", *TAUGHT)
    return tuple(shapes.Learned(*row) for row in rows)


def districts_of(relation):
    """The names of the districts of each, as a column: so many records would fill the memory."""
    return ArraySubquery(District.objects.filter(**{relation: OuterRef("pk")}).values("name"))


def goal_shape(goal):
    return shapes.Goal(
        key=goal.key,
        title=goal.title,
        description=goal.description,
        note=goal.note.title if goal.note else "",
        policy_field=goal.fields[0] if goal.fields else "",
        portfolio=goal.portfolio.key if goal.portfolio else "",
        plain_title=goal.plain_title,
        plain_description=goal.plain_description,
        search_words=goal.search_words,
        districts=tuple(goal.local),
        owner=goal.owned_by or "",
    )


def contact_shape(manager):
    return shapes.Contact(
        key=manager.key,
        function=manager.function,
        expertise=manager.expertise,
        districts=(EVERYWHERE,)
        if manager.works_everywhere
        else tuple(district.name for district in manager.districts.all()),
        portfolios=tuple(portfolio.key for portfolio in manager.portfolios.all()),
        policy_fields=tuple(manager.policy_fields),
        available=not manager.away and (manager.room is None or manager.cases < manager.room),
        deputy=manager.deputy.key if manager.deputy else "",
        front_desk=manager.is_front_desk,
    )


def partner_shape(key, name, kind, everywhere, interests, offers, districts):
    where = (EVERYWHERE,) if everywhere else tuple(districts)
    return shapes.Partner(key, name, kind, where, interests, offers)


def scheme_shape(scheme):
    return FundingScheme(
        key=scheme.key,
        form=scheme.form.key,
        least=scheme.least_per_application,
        most=scheme.most_per_application,
        own_share=scheme.own_share,
        closes_on=scheme.closes_on,
        needs=tuple(scheme.needs),
        districts=tuple(district.name for district in scheme.districts.all()),
    )


def rest():
    """Lets the collector of garbage pass over so many things that stay: else all requests wait for it.

    Not what it passes over already: a worker shares that with others as long as nobody looks at it. What is
    passed over only goes when nothing holds it, so a shelf may hold no circles (see `share`, `remembered`).
    """
    gc.collect()
    gc.freeze()


class Keeper:
    """Holds the shelf of this process and replaces it when the town has changed.

    A new one is made in the background, while all go on with the old one. Only who comes first waits, and who
    comes after a quiet time, when nobody looked.
    """

    def __init__(self):
        self.shelf = None
        self.looked_at = 0.0
        self.building = threading.Lock()
        self.failed = None, 0.0

    def current(self):
        """The shelf, at most a few seconds behind the database."""
        unseen = time.monotonic() - self.looked_at
        if self.shelf and unseen < LOOK_AGAIN:
            return self.shelf
        now = stamp()
        self.looked_at = time.monotonic()
        if self.shelf is None:
            self.renew(now)
        elif self.shelf.stamp != now and not self.building.locked() and not self.has_just_failed(now):
            if unseen > QUIET:
                self.try_to_renew(now)
            else:
                threading.Thread(target=self.renew_aside, args=(now,), name=RENEWING, daemon=True).start()
        return self.shelf

    def has_just_failed(self, now):
        """Would it be the same attempt as the last one, which failed?"""
        stamp, at = self.failed
        return stamp == now and time.monotonic() - at < AFTER_FAILING

    def try_to_renew(self, now):
        """Where it fails the old shelf stays, logged as a fault of ours."""
        try:
            self.renew(now)
        except DatabaseError:
            raise  # not the shelf but the database: who asks needs that too
        except Exception:  # the border: a record we can't read may not take away the pages that mend it
            self.failed = now, time.monotonic()
            log.exception("no_new_shelf")

    def renew(self, now):
        """Make the shelf as the town is `now`; if another thread does so, the old one will do meanwhile."""
        if self.building.acquire(blocking=self.shelf is None):
            try:
                if self.shelf is None:
                    self.shelf = build(now)
                    rest()
                elif self.shelf.stamp != now:
                    self.shelf = build(now, self.shelf)
            finally:
                self.building.release()

    def renew_aside(self, now):
        """The same in a thread, which gives its connection back."""
        try:
            self.try_to_renew(now)
        finally:
            connection.close()

    def forget(self):
        """Start afresh; the tests use it, because their databases come and go."""
        self.shelf, self.looked_at, self.failed = None, 0.0, (None, 0.0)


keeper = Keeper()
