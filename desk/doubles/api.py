"""Plans that may be about the same, for machines."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.response import Response

from desk.doubles.finding import likely
from initiatives.api import OfficersOnly, OnPlan
from initiatives.filters import STATES
from initiatives.verbs import officer
from townhall.rest import CodeField, RecordSerializer


class DoublePlanSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="plan.reference")
    titel = serializers.CharField(source="plan.title")
    staat = CodeField(source="plan.state", names=STATES)
    redenen = serializers.ListField(source="reasons", child=serializers.CharField())
    gekoppeld = serializers.BooleanField(source="is_linked")


class Doubles(OfficersOnly, OnPlan):
    """Plannen die over hetzelfde kunnen gaan."""

    http_method_names = ("get", "head")
    gives = {"GET": DoublePlanSerializer(many=True)}

    def get(self, request, kenmerk):
        if not officer(request.user, self.plan):
            raise PermissionDenied(_("Niemand behandelt een eigen plan."))
        rows = [
            {"plan": one.plan, "reasons": one.reasons, "is_linked": one.is_linked}
            for one in likely(self.plan, request.user)
        ]
        return Response(DoublePlanSerializer(rows, many=True).data)

    head = get


ON_PLANS = {"dubbelen": Doubles}
