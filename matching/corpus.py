"""Rows into the matcher's corpus, and the one matcher of this process, kept fresh.

What an answer shows is kept beside the matcher (`Shelf`), all but the many initiatives. So answering costs a
small query (has anything changed?) and two for the initiatives that were found. Triggers note every change of
what the corpus is made of (migration 0002), also changes that no verb made.
"""

import gc
import threading
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.module_loading import import_string

from contacts.models import EVERYWHERE, AccountManager, District, Organisation
from funding.advice import FundingForm
from funding.models import FinancingForm
from goals.models import Goal, PolicyField
from initiatives.models import CLOSED, Initiative
from matching import shapes
from matching.matcher import Matcher
from townhall.models import Municipality

LOOK_AGAIN = 1.0  # seconds in which this process trusts what it knows
MOST_INITIATIVES = 20_000
STAMP = "SELECT count(*), coalesce(max(id), 0) FROM matching_corpuschange"
PARTNER_READ = ("key", "name", "kind", "works_everywhere", "interests", "offers", "local")
FIELDS = ArraySubquery(
    PolicyField.objects.filter(goals=OuterRef("pk")).values(said=Concat("code", Value(" "), "name"))
)
OPEN_CASES = Count("initiatives", filter=~Q(initiatives__state__in=CLOSED))
ANYBODY = AnonymousUser()


@dataclass(frozen=True, slots=True)
class Shelf:
    """A matcher and the records behind its keys, as they were at one moment."""

    stamp: tuple
    matcher: Matcher
    goals: dict[str, Goal]
    managers: dict[str, AccountManager]
    organisations: dict[str, Organisation]
    forms: dict[str, FinancingForm]


def stamp():
    """What tells one state of the town from the next: the changes so far, and the day."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return (*cursor.fetchone(), timezone.localdate())


def build(now):
    """A shelf made of what anybody may see."""
    running = Goal.objects.visible_to(ANYBODY).running().with_holder().defer("terms", "terms_version")
    running = running.annotate(owned_by=F("owner__key"), fields=FIELDS, local=districts_of("goals"))
    goals = {goal.key: goal for goal in running}
    managers = {
        manager.key: manager
        for manager in AccountManager.objects.employed()
        .with_presence()
        .prefetch_related("portfolios")
        .annotate(cases=OPEN_CASES)
    }
    open_ones = Organisation.objects.visible_to(ANYBODY).open_for_cooperation()
    organisations = {partner.key: partner for partner in open_ones.only("key", "name", "kind")}
    partners = open_ones.annotate(local=districts_of("organisations")).values_list(*PARTNER_READ)
    forms = {form.key: form for form in FinancingForm.objects.visible_to(ANYBODY)}
    town = Municipality.objects.current()
    corpus = shapes.Corpus(
        goals=tuple(goal_shape(goal) for goal in goals.values()),
        contacts=tuple(contact_shape(manager) for manager in managers.values()),
        partners=tuple(partner_shape(*partner) for partner in partners.iterator()),
        initiatives=tuple(initiatives(Initiative.objects.visible_to(ANYBODY)[:MOST_INITIATIVES])),
        recall=recall,
        forms=tuple(FundingForm(form.key, form.name, form.meaning, form.order) for form in forms.values()),
        places=((town.name,) if town else ()) + tuple(District.objects.values_list("name", flat=True)),
        encoder=encoder(settings.MATCHER_MODEL),
    )
    return Shelf(now, Matcher(corpus), goals, managers, organisations, forms)


@cache
def encoder(model):
    """The encoder of this process, read once; None where no model is named."""
    return import_string("matching.transformers.encoder")(model) if model else None


def initiatives(found):
    """The shapes of those that anybody may see."""
    rows = found.values_list("reference", "title", "story", "district__name").iterator()
    return (shapes.Initiative(*told, district or "") for *told, district in rows)


def recall(references):
    """{reference: initiative} as they are now, of those that anybody may still see."""
    found = Initiative.objects.visible_to(ANYBODY).filter(reference__in=references)
    return {one.key: one for one in initiatives(found)}


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


def rest():
    """Lets the collector of garbage pass over so many things that stay: else it stops all requests for them.

    What was passed over before is looked at once more: it may be of a shelf that was replaced.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Keeper:
    """Holds the shelf of this process and replaces it when the town has changed.

    While one thread builds a new shelf the others go on with the old one.
    """

    def __init__(self):
        self.shelf = None
        self.looked_at = 0.0
        self.building = threading.Lock()

    def current(self):
        """The shelf, at most a second and a rebuild behind the database."""
        if self.shelf and time.monotonic() - self.looked_at < LOOK_AGAIN:
            return self.shelf
        now = stamp()
        if self.shelf is None or self.shelf.stamp != now:
            self.rebuild(now)
        self.looked_at = time.monotonic()
        return self.shelf

    def rebuild(self, now):
        if self.building.acquire(blocking=self.shelf is None):
            try:
                if self.shelf is None or self.shelf.stamp != now:
                    self.shelf = build(now)
                    rest()
            finally:
                self.building.release()

    def forget(self):
        """Start afresh; the tests use it, because their databases come and go."""
        self.shelf, self.looked_at = None, 0.0


keeper = Keeper()
