"""Telling people of decisions that did not come on the expected day: the contact, the deputy and the lead.

The lead of the department of the contact is who the house can always reach; not every portfolio has a holder
with an address. Each expected day is told of once.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from agreements.decisions.models import PendingDecision
from initiatives import reminders
from initiatives.notices import subject_of

OVERDUE = "decision_overdue"


def remind(today):
    """How many decisions were told of today; nothing on a day on which town hall is closed."""
    return reminders.remind(today, [OVERDUE], untold, tell)


def untold(what, today):
    """The decisions that are late, and of which nobody was told for this expected day."""
    late = PendingDecision.objects.overdue(today).select_related("initiative__contact__department__lead")
    return reminders.not_told(late, what, decision="key", planned="planned_on")


def tell(what, decision):
    """One event, and one notice and one mail a person."""
    details = {"decision": decision.key, "planned": decision.planned_on.isoformat()}
    event = decision.initiative.add_event(what, details=details)
    people = reminders.managers_of(decision.initiative, with_lead=True)
    reminders.tell_people(event, people, lambda one: mail(decision, one))


def mail(decision, manager):
    plan = decision.initiative
    context = {"one": decision, "initiative": plan, "base_url": settings.BASE_URL}
    context["is_contact"] = manager.pk == plan.contact_id
    EmailMessage(
        subject=subject_of(plan, _("Een besluit is te laat")),
        body=render_to_string("desk/mail/decision.txt", context),
        to=[manager.email],
    ).send()
