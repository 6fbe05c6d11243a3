"""Telling people of decisions that did not come on the expected day: the contact, the deputy and the lead.

The lead of the department of the contact is who the house can always reach; not every portfolio has a holder
with an address. Each expected day is told of once: the event is the memory. Mail goes out on working days
only, through the outbox.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import Notice
from agreements.decisions.models import PendingDecision
from desk.reminders import people
from initiatives.notices import one_line, wants_mail
from townhall.calendar import is_working_day
from townhall.models import Event

OVERDUE = "decision_overdue"


def remind(today):
    """How many decisions were told of today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(tell(pk, today) for pk in list(untold(today).values_list("pk", flat=True)))


def untold(today):
    """The decisions that are late, and of which nobody was told for this expected day."""
    about = Cast(OuterRef("initiative__public_id"), models.CharField())
    events = Event.objects.filter(subject_kind="initiative", subject_key=about, what=OVERDUE)
    told = events.annotate(
        decision=KeyTextTransform("decision", "details"), planned=KeyTextTransform("planned", "details")
    ).filter(decision=OuterRef("key"), planned=Cast(OuterRef("planned_on"), models.CharField()))
    return PendingDecision.objects.overdue(today).filter(~Exists(told)).order_by("pk")


@transaction.atomic
def tell(pk, today):
    """True when this decision was told of now: one event, and one notice and one mail a person."""
    locked = PendingDecision.objects.select_for_update(of=("self",), skip_locked=True)
    decision = locked.select_related("initiative__contact__department__lead").filter(pk=pk).first()
    if decision is None or not untold(today).filter(pk=pk).exists():
        return False
    event = Event.objects.create(
        subject_kind="initiative",
        subject_key=str(decision.initiative.public_id),
        what=OVERDUE,
        details={"decision": decision.key, "planned": decision.planned_on.isoformat()},
    )
    for manager in people(decision.initiative, with_lead=True):
        if manager.user:
            Notice.objects.create(user=manager.user, event=event)
        if manager.email and wants_mail(manager.user, OVERDUE):
            mail(decision, manager)
    return True


def mail(decision, manager):
    plan = decision.initiative
    context = {"one": decision, "initiative": plan, "base_url": settings.BASE_URL}
    context["is_contact"] = manager.pk == plan.contact_id
    EmailMessage(
        subject=f"{_('Een besluit is te laat')}: {one_line(plan.title)} ({plan.reference})",
        body=render_to_string("desk/mail/decision.txt", context),
        to=[manager.email],
    ).send()
