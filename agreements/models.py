"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.decisions.models import DecisionMove, DecisionPause, PendingDecision

__all__ = ["DecisionMove", "DecisionPause", "PendingDecision"]
