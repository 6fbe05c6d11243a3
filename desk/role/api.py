"""One's own absences for machines, by the same sets and verbs as the page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts import verbs
from contacts.api import StandIn
from contacts.models import Absence, AccountManager
from desk.manage.actions.api import VersionInput
from desk.role.views import absences_of
from initiatives.api import OfficersOnly
from townhall.rest import Input, KeptViewSet, KeyField, RecordSerializer, in_dutch, read_version


class OwnAbsenceSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="id")
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True)
    vervanger = StandIn(source="deputy", allow_null=True)
    versie = serializers.IntegerField(source="version")


class OwnAbsenceInput(Input):
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True, required=False)
    vervanger = KeyField(AccountManager.objects.employed, source="deputy", allow_null=True, required=False)


class OwnAbsences(OfficersOnly, KeptViewSet):
    """Wanneer jij er niet bent, en wie het dan overneemt."""

    queryset = Absence.objects.none()
    serializer_class = OwnAbsenceSerializer
    input_class = OwnAbsenceInput
    writes = {"create": verbs.report_absence}
    may_write = staticmethod(lambda user: True)
    http_method_names = ("get", "head", "post")
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        try:
            return absences_of(verbs.role_of(self.request.user))
        except PermissionDenied:
            return Absence.objects.none()


class Return(OfficersOnly, APIView):
    """Je bent er weer. Een afwezigheid die nog moest komen, gaat niet door."""

    http_method_names = ("post",)
    asks = VersionInput
    gives = {"POST": OwnAbsenceSerializer}

    def post(self, request, kenmerk):
        number = int(kenmerk) if kenmerk.isascii() and kenmerk.isdigit() and len(kenmerk) < 16 else 0
        own = Absence.objects.select_related("manager__user").filter(manager__user=request.user)
        absence = get_object_or_404(own, pk=number)
        asked = VersionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = asked.validated_data.get("version") or read_version(request)
        ended = in_dutch(asked, lambda: verbs.end_absence(absence, by=request.user, version=version))
        if ended is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(OwnAbsenceSerializer(ended).data)


RESOURCES = {"mijn-afwezigheden": OwnAbsences}  # path below /api/v1/ -> viewset
ON_RECORDS = {("mijn-afwezigheden", "terugkeer"): Return.as_view()}
