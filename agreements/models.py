"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.commitments.models import Commitment, Shift
from agreements.decisions.models import DecisionMove, DecisionPause, PendingDecision
from agreements.requirements.models import Requirement, RequirementQuestion, StandardRequirement

__all__ = [
    "Commitment",
    "DecisionMove",
    "DecisionPause",
    "PendingDecision",
    "Requirement",
    "RequirementQuestion",
    "Shift",
    "StandardRequirement",
]
