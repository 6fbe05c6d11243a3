"""Telling contact and lead that an answer to “Is dit echt nodig?” is late."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from agreements.requirements.models import RequirementQuestion
from initiatives import reminders
from initiatives.notices import subject_of

OVERDUE = "requirement_question_overdue"
SUBJECT = _("Een antwoord over een eis is te laat")


def remind(today):
    """How many questions were told of today; nothing on a day on which town hall is closed."""
    return reminders.remind(today, [OVERDUE], untold, tell)


def untold(what, today):
    """The questions that are late and of which nobody was told."""
    found = RequirementQuestion.objects.overdue(today)
    found = found.select_related("requirement__initiative__contact__department__lead")
    return reminders.not_told(found, what, plan="requirement__initiative", question="pk")


def tell(what, question):
    """One event, and one notice and one mail a person."""
    requirement, plan = question.requirement, question.requirement.initiative
    details = {"requirement": requirement.key, "question": question.pk, "due": question.due_on.isoformat()}
    event = plan.add_event(what, details=details)
    people = reminders.managers_of(plan, with_lead=True)
    reminders.tell_people(event, people, lambda one: mail(question, plan, one))


def mail(question, initiative, manager):
    """What was asked, since when, and where to answer."""
    context = {"question": question, "initiative": initiative, "base_url": settings.BASE_URL}
    EmailMessage(
        subject=subject_of(initiative, SUBJECT),
        body=render_to_string("agreements/mail/question_overdue.txt", context),
        to=[manager.email],
    ).send()
