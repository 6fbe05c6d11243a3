"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.assessments.models import Assessment, AssessmentAnswer, AssessmentFramework, Criterion
from agreements.attachments.models import Attachment
from agreements.cohandlers.models import CoHandler
from agreements.commitments.models import Commitment, Shift
from agreements.decisions.models import DecisionMove, DecisionPause, PendingDecision
from agreements.onlookers.models import Onlooker
from agreements.requirements.models import Requirement, RequirementQuestion, StandardRequirement

__all__ = [
    "Attachment",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentFramework",
    "CoHandler",
    "Commitment",
    "Criterion",
    "DecisionMove",
    "DecisionPause",
    "Onlooker",
    "PendingDecision",
    "Requirement",
    "RequirementQuestion",
    "Shift",
    "StandardRequirement",
]
