"""What was agreed, for machines: the resources of every noun in one table."""

from agreements.commitments.api import CommitmentViewSet
from agreements.decisions.api import RESOURCES as DECISIONS
from agreements.requirements import api as requirements

# path below /api/v1/ -> viewset
RESOURCES = {"toezeggingen": CommitmentViewSet} | DECISIONS | requirements.RESOURCES
ON_PLANS = requirements.ON_PLANS  # path below /api/v1/initiatieven/{kenmerk}/ -> view
