"""What beat asks for about initiatives."""

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from initiatives.models import Initiative

KEEP_UNPROVEN = timedelta(days=30)


@shared_task
def sweep_concepts():
    """Concepts whose e-mail address was never proven vanish after thirty days."""
    Initiative.objects.unproven().filter(created_at__lt=Now() - KEEP_UNPROVEN).delete()
