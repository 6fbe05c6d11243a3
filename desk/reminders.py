"""Telling people of promises that run out: the contact in the last quarter, contact and lead once it is late.

Each clock tells each thing once: the event is the memory. Mail goes out on working days only, through the
outbox.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice
from initiatives.models import Clock
from initiatives.notices import one_line, wants_mail
from townhall.calendar import is_working_day
from townhall.models import Event

KINDS = {  # event -> (which clocks, subject of the mail, does the lead of the department hear of it)
    "clock_warning": (Clock.objects.warning, _("Een termijn loopt bijna af"), False),
    "clock_overdue": (Clock.objects.overdue, _("Een termijn is voorbij"), True),
}


def remind(today):
    """How many clocks were told of today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(
        tell(what, pk, today)
        for what in KINDS
        for pk in list(untold(what, today).values_list("pk", flat=True))
    )


def untold(what, today):
    """The clocks of this kind that nobody was told of."""
    clocks, _subject, _lead = KINDS[what]
    about = Cast(OuterRef("initiative__public_id"), models.CharField())
    events = Event.objects.filter(subject_kind="initiative", subject_key=about, what=what)
    told = events.annotate(clock=KeyTextTransform("clock", "details")).filter(clock=OuterRef("kind"))
    return clocks(today).filter(~Exists(told)).order_by("pk")


@transaction.atomic
def tell(what, pk, today):
    """True when this clock was told of now: one event, and one notice and one mail a person."""
    clock = Clock.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if clock is None or not untold(what, today).filter(pk=pk).exists():
        return False
    initiative = clock.initiative
    event = Event.objects.create(
        subject_kind="initiative",
        subject_key=str(initiative.public_id),
        what=what,
        details={"clock": clock.kind, "due": clock.due_on.isoformat()},
    )
    for manager in people(initiative, KINDS[what][2]):
        if manager.user:
            Notice.objects.create(user=manager.user, event=event)
        if manager.email and wants_mail(manager.user, what):
            mail(what, clock, manager)
    return True


def people(initiative, with_lead):
    """The contact, who stands in for them, and the lead of their department: each once."""
    contact = initiative.contact
    lead = contact.department.lead if with_lead and contact.department else None
    found = {one.pk: one for one in (contact, contact.stand_in, lead) if one}
    by_person = {one.user_id or one.email: one for one in found.values()}
    return list(by_person.values())


def mail(what, clock, manager):
    initiative = clock.initiative
    subject = f"{KINDS[what][1]}: {one_line(initiative.title)} ({initiative.reference})"
    context = {"what": what, "clock": clock, "initiative": initiative, "base_url": settings.BASE_URL}
    body = render_to_string(
        "desk/mail/clock.txt", context | {"is_contact": manager.pk == initiative.contact_id}
    )
    EmailMessage(subject=subject, body=body, to=[manager.email]).send()
