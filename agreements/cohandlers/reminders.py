"""Reminding colleagues of what they were asked: the working day before, and once when the day has passed."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from agreements.cohandlers.models import CoHandler
from initiatives import notices, reminders
from initiatives.models import CLOSED
from townhall.calendar import add_working_days

SOON, LATE = "colleague_due_soon", "colleague_overdue"
KINDS = {  # event -> subject of the mail
    SOON: _("Bijna: iets moet klaar zijn voor een plan"),
    LATE: _("Iets voor een plan is te laat"),
}


def remind(today):
    """How many colleagues were told of something today; nothing on a day on which town hall is closed."""
    return reminders.remind(today, KINDS, untold, tell)


def untold(what, today):
    """What still has to be done for plans that go on, is due soon or late, and was not told of."""
    found = CoHandler.objects.open().exclude(initiative__state__in=CLOSED)
    found = found.select_related("initiative__contact", "manager__user")
    if what == LATE:
        found = found.filter(due_on__lt=today)
    else:
        found = found.filter(due_on__gte=today, due_on__lte=add_working_days(today, 1))
    return reminders.not_told(found, what, cohandler="pk")


def tell(what, cohandler):
    """One event, one notice and one mail, to the colleague."""
    manager = cohandler.manager
    event = cohandler.initiative.add_event(what, details={"cohandler": cohandler.pk, "key": manager.key})
    reminders.tell_people(event, [manager], lambda one: mail(what, cohandler, one))


def mail(what, cohandler, manager):
    """What was asked, and by when; answers go to the contact."""
    plan = cohandler.initiative
    context = {"cohandler": cohandler, "initiative": plan, "is_late": what == LATE}
    EmailMessage(
        subject=notices.subject_of(plan, KINDS[what]),
        body=render_to_string(
            "agreements/mail/colleague_reminder.txt", context | {"base_url": settings.BASE_URL}
        ),
        to=[manager.email],
        reply_to=notices.answers_to(plan.contact),
    ).send()
