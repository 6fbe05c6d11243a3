"""Telling people of promises they made: some working days before the day, and once when it has passed.

As desk/reminders.py does for clocks: the event is the memory, with the day in it, so that a promise that
moved is told of again; mail goes out on working days only, through the outbox.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice, User
from agreements.commitments.models import Commitment
from initiatives.notices import one_line, wants_mail
from townhall.calendar import is_working_day
from townhall.models import Event

KINDS = {  # event -> (subject of the mail, does the lead of the department hear of it)
    "promise_due_soon": (_("Een toezegging moet bijna klaar zijn"), False),
    "promise_overdue": (_("De dag van een toezegging is voorbij"), True),
}


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who is reminded; side: "town" or "initiator"."""

    user: User | None
    email: str
    side: str


def remind(today):
    """How many promises were told of today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(
        tell(what, pk, today)
        for what in KINDS
        for pk in list(untold(what, today).values_list("pk", flat=True))
    )


def untold(what, today):
    """The promises of this kind, of plans that go on, that nobody was told of since they have this day."""
    late = what == "promise_overdue"
    found = Commitment.objects.open().going_on()
    found = found.filter(due_on__lt=today) if late else found.filter(remind_on__lte=today, due_on__gte=today)
    events = Event.objects.filter(
        subject_kind="initiative",
        subject_key=Cast(OuterRef("initiative__public_id"), CharField()),
        what=what,
    )
    told = events.annotate(
        which=KeyTextTransform("commitment", "details"), due=KeyTextTransform("due", "details")
    ).filter(which=OuterRef("key"), due=Cast(OuterRef("due_on"), CharField()))
    return found.filter(~Exists(told)).order_by("pk")


@transaction.atomic
def tell(what, pk, today):
    """True when this promise was told of now: one event, and one notice and one mail a person."""
    held = Commitment.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    commitment = held.select_related("initiative__contact__department__lead").first()
    if commitment is None or not untold(what, today).filter(pk=pk).exists():
        return False
    event = Event.objects.create(
        subject_kind="initiative",
        subject_key=str(commitment.initiative.public_id),
        what=what,
        details={"commitment": commitment.key, "due": commitment.due_on.isoformat()},
    )
    for one in hearers(commitment, KINDS[what][1]):
        if one.user:
            Notice.objects.create(user=one.user, event=event)
        if one.email and wants_mail(one.user, what):
            mail(what, commitment, one)
    return True


def hearers(commitment, with_lead):
    """Who promised it, each once: an initiator, or the people of town hall who see to it."""
    participant = commitment.participant
    if participant and (participant.user or participant.email):
        user = participant.user
        return [Hearer(user, user.email if user else participant.email, "initiator")]
    managers = [one for one in people_of_town(commitment, with_lead) if one]
    by_person = {one.user_id or one.email: one for one in {one.pk: one for one in managers}.values()}
    return [Hearer(one.user, one.email, "town") for one in by_person.values()]


def people_of_town(commitment, with_lead):
    """Who promised, while they work here; else the contact of the plan, as for a partner; and the lead."""
    contact, manager = commitment.initiative.contact, commitment.manager
    department = commitment.of_department or contact.department
    first = manager if manager and manager.is_employed() else contact
    yield from (first, first.stand_in)
    if commitment.department_id or (with_lead and department):
        yield department.lead


def mail(what, commitment, hearer):
    initiative = commitment.initiative
    subject = f"{KINDS[what][0]}: {one_line(initiative.title)} ({initiative.reference})"
    context = {
        "is_late": what == "promise_overdue",
        "commitment": commitment,
        "initiative": initiative,
        "side": hearer.side,
        "base_url": settings.BASE_URL,
    }
    body = render_to_string("agreements/mail/promise.txt", context)
    EmailMessage(subject=subject, body=body, to=[hearer.email]).send()
