"""The Celery application: it reads its settings from Django and finds tasks.py in every app."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "initiatiefwijzer.settings")

app = Celery("initiatiefwijzer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
