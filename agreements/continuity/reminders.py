"""Telling initiators and contact of a look back: some working days before the day, and once when it passed.

The event is the memory, with the day in it, so that a review that moved is told of again; mail goes out on
working days only, through the outbox.
"""

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from agreements.continuity import words
from agreements.continuity.models import ContinuityPlan
from initiatives import notices
from townhall.calendar import is_working_day
from townhall.models import Event

SOON, LATE = "review_due_soon", "review_overdue"
KINDS = {SOON: words.due_soon, LATE: words.overdue}  # event -> what is said


def remind(today):
    """How many plans were told of today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(
        tell(what, pk, today)
        for what in KINDS
        for pk in list(untold(what, today).values_list("pk", flat=True))
    )


def untold(what, today):
    """The plans for later of this kind that nobody was told of since they have this day."""
    every = ContinuityPlan.objects
    found = every.overdue(today) if what == LATE else every.due_soon(today)
    events = Event.objects.filter(
        subject_kind="initiative",
        subject_key=Cast(OuterRef("initiative__public_id"), CharField()),
        what=what,
    )
    told = events.annotate(day=KeyTextTransform("due", "details"))
    return found.filter(~Exists(told.filter(day=Cast(OuterRef("review_on"), CharField())))).order_by("pk")


@transaction.atomic
def tell(what, pk, today):
    """True when this plan was told of now: one event, and one notice and one mail a person."""
    held = ContinuityPlan.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    later = held.select_related("initiative__contact__user").first()
    if later is None or not untold(what, today).filter(pk=pk).exists():
        return False
    event = Event.objects.create(
        subject_kind="initiative",
        subject_key=str(later.initiative.public_id),
        what=what,
        details={"due": later.review_on.isoformat()},
    )
    notices.tell(event, later.initiative, by=None, sentence=KINDS[what](later))
    return True
