"""What beat asks for about the desk."""

from celery import shared_task
from django.utils import timezone

from desk import reminders
from desk.decisions import reminders as late_decisions


@shared_task
def remind():
    """Tell of promises that run out; may run twice."""
    reminders.remind(timezone.localdate())


@shared_task
def remind_of_decisions():
    """Tell of decisions that did not come on the expected day; may run twice."""
    late_decisions.remind(timezone.localdate())
