"""What beat asks for about the desk."""

from celery import shared_task
from django.utils import timezone

from desk import reminders


@shared_task
def remind():
    """Tell of promises that run out; may run twice."""
    reminders.remind(timezone.localdate())
