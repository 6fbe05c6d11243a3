"""What was agreed, for machines: the resources of every noun in one table."""

from agreements.commitments.api import CommitmentViewSet
from agreements.decisions.api import RESOURCES as DECISIONS

RESOURCES = {"toezeggingen": CommitmentViewSet} | DECISIONS  # path below /api/v1/ -> viewset
ON_PLANS = {}  # path below /api/v1/initiatieven/{kenmerk}/ -> view
