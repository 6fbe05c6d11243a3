"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.cohandlers.models import CoHandler
from agreements.onlookers.models import Onlooker

__all__ = ["CoHandler", "Onlooker"]
