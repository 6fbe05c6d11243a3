"""Which plans may be the same plan twice: what the matcher found, the same people, title or place."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from desk.access import is_near
from initiatives.models import CLOSED, Initiative

MOST = 12


@dataclass(slots=True)
class Double:
    """A plan that may be about the same, with what points to that."""

    plan: Initiative
    reasons: list[str] = field(default_factory=list)
    is_linked: bool = False


def likely(plan, user):
    """The likely doubles this officer may see, those with most reasons first; a fixed number of queries."""
    found: dict[int, Double] = {}
    linked = dict(plan.similar_links.values_list("other", "why")[:MOST])
    for which, why in (*by_matcher(plan), *by_plan(plan), *by_people(plan, user), *linked.items()):
        reasons = found.setdefault(which, Double(None)).reasons
        reasons.extend([why] if why and why not in reasons else [])
    seen = (
        Initiative.objects.visible_to(user).registered().on_their_own().select_related("district", "contact")
    )
    for one in seen.filter(pk__in=found).exclude(pk=plan.pk).exclude(state__in=CLOSED):
        found[one.pk].plan, found[one.pk].is_linked = one, one.pk in linked
    there = [one for one in found.values() if one.plan]
    return sorted(there, key=lambda one: (-len(one.reasons), one.plan.reference))[:MOST]


def by_matcher(plan):
    """(number of a plan, why) of what the matcher found alike."""
    for one in plan.suggestions.filter(similar__isnull=False).order_by("rank")[:MOST]:
        sentence = next((why["sentence"] for why in one.reasons if "sentence" in why), "")
        yield one.similar_id, sentence or _("De wegwijzer vindt dat ze op elkaar lijken.")


def by_plan(plan):
    """The same of plans with this title, or at this place."""
    alike = Q(title__iexact=plan.title)
    if plan.place.strip():
        alike |= Q(place__iexact=plan.place.strip())
    rows = Initiative.objects.registered().filter(alike).exclude(pk=plan.pk).order_by("-submitted_at", "-pk")
    for pk, title in rows.values_list("pk", "title")[:MOST]:
        same = title.casefold() == plan.title.casefold()
        yield pk, _("Dezelfde titel") if same else _("Dezelfde plek")


def by_people(plan, user):
    """The same of plans of the same people; only for who may know who they are."""
    if not is_near(user, plan):
        return
    people = plan.initiators().filter(user__isnull=False).values("user")
    rows = Initiative.objects.registered().filter(
        participants__user__in=people, participants__role__in=["initiator", "co_initiator"]
    )
    for pk in rows.exclude(pk=plan.pk).order_by("-submitted_at", "-pk").values_list("pk", flat=True)[:MOST]:
        yield pk, _("Dezelfde initiatiefnemer")
