"""What was agreed about an initiative; each noun has a package of its own, with its verbs and its doors."""

from agreements.assessments.models import Assessment, AssessmentAnswer, AssessmentFramework, Criterion
from agreements.attachments.models import Attachment
from agreements.challenges.models import Challenge
from agreements.cohandlers.models import CoHandler
from agreements.commitments.models import Commitment, Shift
from agreements.continuity.models import ContinuityPlan, ContinuityReview, Succession
from agreements.council.models import CouncilQuestion
from agreements.decisions.models import DecisionCorrection, DecisionMove, DecisionPause, PendingDecision
from agreements.merges.models import Merge
from agreements.onlookers.models import Onlooker
from agreements.referrals.models import Referral
from agreements.requirements.models import Requirement, RequirementQuestion, StandardRequirement

__all__ = [
    "Attachment",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentFramework",
    "Challenge",
    "CoHandler",
    "Commitment",
    "CouncilQuestion",
    "ContinuityPlan",
    "ContinuityReview",
    "Criterion",
    "DecisionCorrection",
    "DecisionMove",
    "DecisionPause",
    "Merge",
    "Onlooker",
    "PendingDecision",
    "Referral",
    "Requirement",
    "RequirementQuestion",
    "Shift",
    "StandardRequirement",
    "Succession",
]
