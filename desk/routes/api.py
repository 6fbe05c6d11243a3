"""The kind of a plan, for machines."""

from rest_framework import serializers

from initiatives import verbs
from initiatives.api import KINDS, OfficersOnly, OnPlan
from townhall.rest import CodeField, StrictSerializer


class KindInput(StrictSerializer):
    soort = CodeField(names=KINDS, read_only=False, source="kind")
    versie = serializers.IntegerField(min_value=1, source="version", help_text="Van het plan.")


class Kind(OfficersOnly, OnPlan):
    """Wat voor plan het is."""

    asks = KindInput

    def do(self, plan, asked):
        verbs.set_kind(plan, by=self.request.user, **asked)


ON_PLANS = {"soort": Kind}
