"""Telling contact and lead that an answer to “Is dit echt nodig?” is late: once, on a working day.

The event is the memory: a night that stops halfway is finished the next one.
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
from agreements.requirements.models import RequirementQuestion
from initiatives.notices import one_line, wants_mail
from townhall.calendar import is_working_day
from townhall.models import Event

OVERDUE = "requirement_question_overdue"
SUBJECT = _("Een antwoord over een eis is te laat")


def remind(today):
    """How many questions were told of today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(tell(pk, today) for pk in list(untold(today).values_list("pk", flat=True)))


def untold(today):
    """The questions that are late and of which nobody was told."""
    events = Event.objects.filter(subject_kind="initiative", what=OVERDUE, subject_key=OuterRef("about"))
    told = events.annotate(question=KeyTextTransform("question", "details"))
    found = RequirementQuestion.objects.overdue(today).annotate(
        about=Cast("requirement__initiative__public_id", models.CharField()),
        number=Cast("pk", models.CharField()),
    )
    return found.filter(~Exists(told.filter(question=OuterRef("number")))).order_by("pk")


@transaction.atomic
def tell(pk, today):
    """True when this question was told of now: one event, and one notice and one mail a person."""
    locked = RequirementQuestion.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if locked is None or not untold(today).filter(pk=pk).exists():
        return False
    requirement = locked.requirement
    initiative = requirement.initiative
    event = Event.objects.create(
        subject_kind="initiative",
        subject_key=str(initiative.public_id),
        what=OVERDUE,
        details={"requirement": requirement.key, "question": pk, "due": locked.due_on.isoformat()},
    )
    for manager in people(initiative.contact):
        if manager.user:
            Notice.objects.create(user=manager.user, event=event)
        if manager.email and wants_mail(manager.user, OVERDUE):
            mail(locked, initiative, manager)
    return True


def people(contact):
    """The contact, who stands in for them, and the lead of their department: each once."""
    lead = contact.department.lead if contact.department else None
    found = {one.pk: one for one in (contact, contact.stand_in, lead) if one}
    return list({one.user_id or one.email: one for one in found.values()}.values())


def mail(question, initiative, manager):
    """What was asked, since when, and where to answer."""
    context = {"question": question, "initiative": initiative, "base_url": settings.BASE_URL}
    EmailMessage(
        subject=f"{SUBJECT}: {one_line(initiative.title)} ({initiative.reference})",
        body=render_to_string("agreements/mail/question_overdue.txt", context),
        to=[manager.email],
    ).send()
