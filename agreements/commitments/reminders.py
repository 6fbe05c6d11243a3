"""Telling people of promises they made: some working days before the day, and once when it has passed.

A promise that moved is told of again.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.commitments.models import Commitment
from initiatives import reminders
from initiatives.notices import subject_of

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
    return reminders.remind(today, KINDS, untold, tell)


def untold(what, today):
    """The promises of this kind, of plans that go on, that nobody was told of since they have this day."""
    late = what == "promise_overdue"
    found = Commitment.objects.open().going_on().select_related("initiative__contact__department__lead")
    found = found.filter(due_on__lt=today) if late else found.filter(remind_on__lte=today, due_on__gte=today)
    return reminders.not_told(found, what, commitment="key", due="due_on")


def tell(what, commitment):
    """One event, and one notice and one mail a person."""
    details = {"commitment": commitment.key, "due": commitment.due_on.isoformat()}
    event = commitment.initiative.add_event(what, details=details)
    people = hearers(commitment, KINDS[what][1])
    reminders.tell_people(event, people, lambda one: mail(what, commitment, one))


def hearers(commitment, with_lead):
    """Who promised it, each once: an initiator, or the people of town hall who see to it."""
    participant = commitment.participant
    if participant and (participant.user or participant.email):
        user = participant.user
        return [Hearer(user, user.email if user else participant.email, "initiator")]
    managers = reminders.each_once(people_of_town(commitment, with_lead))
    return [Hearer(one.user, one.email, "town") for one in managers]


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
    subject = subject_of(initiative, KINDS[what][0])
    context = {
        "is_late": what == "promise_overdue",
        "commitment": commitment,
        "initiative": initiative,
        "side": hearer.side,
        "base_url": settings.BASE_URL,
    }
    body = render_to_string("agreements/mail/promise.txt", context)
    EmailMessage(subject=subject, body=body, to=[hearer.email]).send()
