"""Public plans with which nobody engages: no talk, no message, no company, for a good while."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Follow
from initiatives.filters import GoalLinkFilter, PlaceFilter
from initiatives.models import (
    CLOSED,
    Initiative,
    Interaction,
    Introduction,
    Message,
    Participant,
    PartnerLink,
    State,
    Update,
)
from townhall.filters import CodeFilter, FilterSet

DAYS = 60
CHOICES = {"30": 30, "60": 60, "90": 90, "180": 180}  # as written in addresses -> days
RESTING = {*CLOSED, State.DRAFT, State.PAUSED}
SIGNS = (  # (model, how it leads to the plan, when it happened); a day counts from its first moment
    (Interaction, "initiative", "on"),
    (Message, "initiative", "at"),
    (Participant, "initiative", "since"),
    (PartnerLink, "initiative", "on"),
    (Introduction, "initiative", "at"),
    (Update, "initiative", "at"),
)


def silent(found, days):
    """Those of which for so many days nobody gave a sign of life."""
    day = timezone.localdate() - timedelta(days=days)
    moment = timezone.now() - timedelta(days=days)
    found = found.filter(submitted_at__lt=moment)
    for model, way, when in SIGNS:
        since = day if model is Interaction else moment
        found = found.exclude(Exists(model.objects.filter(**{way: OuterRef("pk"), f"{when}__gte": since})))
    return found.exclude(Exists(followers().filter(since__gte=moment)))


def followers():
    """Who follows the plan of the row outside."""
    return Follow.objects.of_initiative(OuterRef("public_id"))


def records(user):
    """Public plans that run, the oldest first, each with `.last_sign`: the day of the last sign of life."""
    found = Initiative.objects.visible_to(user).public().exclude(state__in=RESTING)
    last = [newest(model.objects.filter(**{way: OuterRef("pk")}), when) for model, way, when in SIGNS]
    last.append(newest(followers(), "since"))
    found = found.exclude(submitted_at=None).select_related("district", "contact__department")
    return found.annotate(last_sign=Greatest(TruncDate("submitted_at"), *last)).order_by("submitted_at", "pk")


def newest(rows, when):
    """The last day on which there was one of these."""
    day = F(when) if rows.model is Interaction else TruncDate(when)
    return Subquery(rows.order_by(f"-{when}").annotate(day=day).values("day")[:1])


class DaysFilter(CodeFilter):
    """`dagen`: for how long; without it DAYS."""

    def filter(self, queryset, value):
        return silent(queryset, self.names[value][0] if value else DAYS)


class SilentFilter(FilterSet):
    dagen = DaysFilter(
        label=_("Hoelang al stil?"),
        names={name: (days, _("%(days)s dagen of meer") % {"days": days}) for name, days in CHOICES.items()},
        empty=_("60 dagen of meer"),
        unknown=_("Kies 30, 60, 90 of 180 dagen."),
    )
    wijk = PlaceFilter()
    doel = GoalLinkFilter()
