"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.commitments.models import Commitment, Shift

__all__ = ["Commitment", "Shift"]
