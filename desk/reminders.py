"""Telling people of promises that run out: the contact in the last quarter, contact and lead once it is late.

Each clock tells each thing once.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from initiatives import reminders
from initiatives.models import Clock
from initiatives.notices import subject_of

KINDS = {  # event -> (which clocks, subject of the mail, does the lead of the department hear of it)
    "clock_warning": (Clock.objects.warning, _("Een termijn loopt bijna af"), False),
    "clock_overdue": (Clock.objects.overdue, _("Een termijn is voorbij"), True),
}


def remind(today):
    """How many clocks were told of today; nothing on a day on which town hall is closed."""
    return reminders.remind(today, KINDS, untold, tell)


def untold(what, today):
    """The clocks of this kind that nobody was told of."""
    clocks, _subject, _lead = KINDS[what]
    found = clocks(today).select_related("initiative__contact__department__lead")
    return reminders.not_told(found, what, clock="kind")


def tell(what, clock):
    """One event, and one notice and one mail a person."""
    plan = clock.initiative
    event = plan.add_event(what, details={"clock": clock.kind, "due": clock.due_on.isoformat()})
    people = reminders.managers_of(plan, with_lead=KINDS[what][2])
    reminders.tell_people(event, people, lambda one: mail(what, clock, one))


def mail(what, clock, manager):
    initiative = clock.initiative
    subject = subject_of(initiative, KINDS[what][1])
    context = {"what": what, "clock": clock, "initiative": initiative, "base_url": settings.BASE_URL}
    body = render_to_string(
        "desk/mail/clock.txt", context | {"is_contact": manager.pk == initiative.contact_id}
    )
    EmailMessage(subject=subject, body=body, to=[manager.email]).send()
