"""What was agreed, for machines: the resources of every noun in one table."""

from agreements.requirements import api as requirements

RESOURCES = requirements.RESOURCES  # path below /api/v1/ -> viewset
ON_PLANS = requirements.ON_PLANS  # path below /api/v1/initiatieven/{kenmerk}/ -> view
