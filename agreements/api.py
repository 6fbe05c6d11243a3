"""What was agreed, for machines: the resources of every noun in one table."""

from agreements.onlookers.api import ON_PLANS as ONLOOKERS

RESOURCES = {}  # path below /api/v1/ -> viewset
ON_PLANS = ONLOOKERS  # path below /api/v1/initiatieven/{kenmerk}/ -> view
