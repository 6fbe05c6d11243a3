"""Telling initiators and contact of a look back: some working days before the day, and once when it passed.

A review that moved is told of again.
"""

from agreements.continuity import words
from agreements.continuity.models import ContinuityPlan
from initiatives import notices, reminders

SOON, LATE = "review_due_soon", "review_overdue"
KINDS = {SOON: words.due_soon, LATE: words.overdue}  # event -> what is said


def remind(today):
    """How many plans were told of today; nothing on a day on which town hall is closed."""
    return reminders.remind(today, KINDS, untold, tell)


def untold(what, today):
    """The plans for later of this kind that nobody was told of since they have this day."""
    every = ContinuityPlan.objects.select_related("initiative__contact__user")
    found = every.overdue(today) if what == LATE else every.due_soon(today)
    return reminders.not_told(found, what, due="review_on")


def tell(what, later):
    """One event, and one notice and one mail a person."""
    event = later.initiative.add_event(what, details={"due": later.review_on.isoformat()})
    notices.tell(event, later.initiative, by=None, sentence=KINDS[what](later))
