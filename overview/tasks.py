"""What beat asks for about the overview."""

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from overview.models import PlanChange

KEEP = timedelta(days=2)  # much longer than a process keeps its tally (tally.py)


@shared_task
def sweep_changes():
    """Notes that every process has long seen vanish."""
    PlanChange.objects.filter(at__lt=Now() - KEEP).delete()
