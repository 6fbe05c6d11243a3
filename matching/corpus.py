"""Rows into the matcher's corpus, and the one matcher of this process, kept fresh.

Everything an answer shows is kept beside the matcher (`Shelf`), so answering costs one small query: has
anything changed? Triggers note every change of what the corpus is made of (migration 0002), also changes
that no verb made.
"""

import threading
import time
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from contacts.models import EVERYWHERE, AccountManager, District, Organisation
from funding.advice import FundingForm
from funding.models import FinancingForm
from goals.models import Goal
from initiatives.models import CLOSED, Initiative
from matching import shapes
from matching.matcher import Matcher
from townhall.models import Municipality

LOOK_AGAIN = 1.0  # seconds in which this process trusts what it knows
MOST_INITIATIVES = 20_000
STAMP = "SELECT count(*), coalesce(max(id), 0) FROM matching_corpuschange"
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
    initiatives: dict[str, Initiative]
    forms: dict[str, FinancingForm]


def stamp():
    """What tells one state of the town from the next: the changes so far, and the day."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return (*cursor.fetchone(), timezone.localdate())


def build(now):
    """A shelf made of what anybody may see."""
    goals = {goal.key: goal for goal in Goal.objects.visible_to(ANYBODY).running().with_people()}
    managers = {
        manager.key: manager
        for manager in AccountManager.objects.employed()
        .with_presence()
        .prefetch_related("portfolios")
        .annotate(cases=OPEN_CASES)
    }
    organisations = {
        partner.key: partner
        for partner in Organisation.objects.visible_to(ANYBODY)
        .open_for_cooperation()
        .prefetch_related("districts")
    }
    initiatives = {
        plan.reference: plan
        for plan in Initiative.objects.visible_to(ANYBODY).select_related("district")[:MOST_INITIATIVES]
    }
    forms = {form.key: form for form in FinancingForm.objects.visible_to(ANYBODY)}
    town = Municipality.objects.current()
    corpus = shapes.Corpus(
        goals=tuple(goal_shape(goal) for goal in goals.values()),
        contacts=tuple(contact_shape(manager) for manager in managers.values()),
        partners=tuple(partner_shape(partner) for partner in organisations.values()),
        initiatives=tuple(initiative_shape(plan) for plan in initiatives.values()),
        forms=tuple(FundingForm(form.key, form.name, form.meaning, form.order) for form in forms.values()),
        places=((town.name,) if town else ()) + tuple(District.objects.values_list("name", flat=True)),
    )
    return Shelf(now, Matcher(corpus), goals, managers, organisations, initiatives, forms)


def goal_shape(goal):
    fields = list(goal.policy_fields.all())
    return shapes.Goal(
        key=goal.key,
        title=goal.title,
        description=goal.description,
        note=goal.note.title if goal.note else "",
        policy_field=str(fields[0]) if fields else "",
        portfolio=goal.portfolio.key if goal.portfolio else "",
        plain_title=goal.plain_title,
        plain_description=goal.plain_description,
        search_words=goal.search_words,
        districts=tuple(district.name for district in goal.districts.all()),
        owner=goal.owner.key if goal.owner else "",
    )


def where(thing):
    """The districts of somebody who works in some or in all."""
    return (
        (EVERYWHERE,)
        if thing.works_everywhere
        else tuple(district.name for district in thing.districts.all())
    )


def contact_shape(manager):
    return shapes.Contact(
        key=manager.key,
        function=manager.function,
        expertise=manager.expertise,
        districts=where(manager),
        portfolios=tuple(portfolio.key for portfolio in manager.portfolios.all()),
        policy_fields=tuple(manager.policy_fields),
        available=not manager.away and (manager.room is None or manager.cases < manager.room),
        deputy=manager.deputy.key if manager.deputy else "",
        front_desk=manager.is_front_desk,
    )


def partner_shape(partner):
    return shapes.Partner(
        key=partner.key,
        name=partner.name,
        kind=partner.kind,
        districts=where(partner),
        interests=partner.interests,
        offers=partner.offers,
        open=partner.is_open,
    )


def initiative_shape(plan):
    return shapes.Initiative(
        key=plan.reference,
        title=plan.title,
        text=plan.story,
        district=plan.district.name if plan.district else "",
    )


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
            finally:
                self.building.release()

    def forget(self):
        """Start afresh; the tests use it, because their databases come and go."""
        self.shelf, self.looked_at = None, 0.0


keeper = Keeper()
