"""What was agreed, for machines: the resources of every noun in one table."""

from agreements.cohandlers.api import ON_PLANS as COHANDLERS
from agreements.onlookers.api import ON_PLANS as ONLOOKERS

RESOURCES = {}  # path below /api/v1/ -> viewset
ON_PLANS = ONLOOKERS | COHANDLERS  # path below /api/v1/initiatieven/{kenmerk}/ -> view
