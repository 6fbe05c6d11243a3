"""What beat asks for about people."""

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from accounts.models import User

KEEP_UNPROVEN = timedelta(days=30)


@shared_task
def sweep_strangers():
    """People whose e-mail address was never proven, and who never came in, vanish after thirty days."""
    strangers = User.objects.filter(last_login=None, joined_at__lt=Now() - KEEP_UNPROVEN)
    strangers.filter(emailaddress__verified=False).delete()
