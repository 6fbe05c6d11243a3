"""What the texts of a plan said before: each change in words, with who made it and what differs."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from contacts.models import colleague
from townhall import history

MOST = history.MOST


@dataclass(frozen=True, slots=True)
class Version:
    """One change of the texts: when, by whom in words, and [Difference, …]."""

    at: datetime
    who: str
    differences: list[history.Difference]


def versions(plan, reader):
    """The changes of the texts of a plan, newest first, at most MOST; reader: who asks, and reads "Jij"."""
    changes = history.changes(plan)
    numbers = {change.by for change in changes if change.by}
    people = get_user_model().objects.filter(pk__in=numbers).select_related("account_manager")
    initiators = set(plan.initiators().values_list("user", flat=True))
    names = {one.pk: name_of(one, reader, initiators) for one in people}
    unknown = _("De initiatiefnemer")  # only they change these texts; of who is erased no more is known
    return [Version(one.at, names.get(one.by, unknown), one.differences) for one in changes]


def name_of(user, reader, initiators):
    if user == reader:
        return _("Jij")
    return _("De initiatiefnemer") if user.pk in initiators else colleague(user)
