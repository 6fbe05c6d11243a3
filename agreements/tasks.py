"""What beat asks for about what was agreed."""

from celery import shared_task
from django.utils import timezone

from agreements.commitments import reminders


@shared_task
def remind_of_promises():
    """Tell of promises whose day comes or has passed; may run twice."""
    reminders.remind(timezone.localdate())
