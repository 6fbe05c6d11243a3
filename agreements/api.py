"""What was agreed, for machines: the resources of every noun in one table."""

from agreements.assessments import api as assessments
from agreements.attachments.api import ON_PLANS as ATTACHMENTS
from agreements.challenges.api import ON_PLANS as CHALLENGES
from agreements.cohandlers.api import ON_PLANS as COHANDLERS
from agreements.commitments.api import CommitmentViewSet
from agreements.continuity.api import ON_PLANS as CONTINUITY
from agreements.council import api as council
from agreements.decisions.api import RESOURCES as DECISIONS
from agreements.merges.api import ON_PLANS as MERGES
from agreements.onlookers.api import ON_PLANS as ONLOOKERS
from agreements.referrals.api import ON_PLANS as REFERRALS
from agreements.requirements import api as requirements

# path below /api/v1/ -> viewset
RESOURCES = {"toezeggingen": CommitmentViewSet} | DECISIONS | requirements.RESOURCES
RESOURCES |= assessments.RESOURCES
FOR_CLERKS = council.RESOURCES  # the same; only clerks of the council and officers find it
# path below /api/v1/initiatieven/{kenmerk}/ -> view
ON_PLANS = requirements.ON_PLANS | ONLOOKERS | COHANDLERS | ATTACHMENTS | assessments.ON_PLANS
ON_PLANS |= MERGES | REFERRALS | CHALLENGES | CONTINUITY | council.ON_PLANS
