"""What beat asks for about what was agreed."""

from celery import shared_task
from django.utils import timezone

from agreements.commitments import reminders as promises
from agreements.requirements import reminders as requirements


@shared_task
def remind_of_promises():
    """Tell of promises whose day comes or has passed; may run twice."""
    promises.remind(timezone.localdate())


@shared_task
def remind_requirements():
    """Tell of answers about demands that are late; may run twice."""
    requirements.remind(timezone.localdate())
