"""What is kept of a plan, for machines: how its texts changed, and all of it in one file."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.response import Response

from desk.dossier import verbs
from desk.dossier.views import download
from initiatives.api import OnPlan
from initiatives.verbs import initiator
from initiatives.versions import versions
from townhall.limiter import Throttle
from townhall.rest import CodeField, RecordSerializer, StrictSerializer, TextField

KINDS = {"alles": "whole", "openbaar": "public", "eigen": "own"}
PARTS = {"gelijk": "same", "weg": "gone", "erbij": "new", "overgeslagen": "skipped"}


class PieceSerializer(RecordSerializer):
    wat = CodeField(source="kind", names=PARTS)
    tekst = serializers.CharField(source="words")


class DifferenceSerializer(RecordSerializer):
    veld = serializers.CharField(source="name")
    eerst = serializers.CharField(source="old", allow_blank=True)
    daarna = serializers.CharField(source="new", allow_blank=True)
    verschil = PieceSerializer(source="pieces", many=True)


class TextVersionSerializer(RecordSerializer):
    op = serializers.DateTimeField(source="at")
    wie = serializers.CharField(source="who")
    verschillen = DifferenceSerializer(source="differences", many=True)


class Versions(OnPlan):
    """Hoe de teksten van een plan veranderden: de laatste twintig keer, de nieuwste eerst."""

    http_method_names = ("get", "head")
    gives = {"GET": TextVersionSerializer(many=True)}

    def get(self, request, kenmerk):
        user = request.user
        if not (initiator(user, self.plan) or verbs.handles(user, self.plan)):
            raise PermissionDenied(_("Dit is voor de initiatiefnemers, de contactpersoon en de beheerder."))
        return Response(TextVersionSerializer(map(told, versions(self.plan, user)), many=True).data)

    head = get


def told(version):
    """A version as the serializer reads it."""
    differences = [
        {
            "name": one.name,
            "old": one.old,
            "new": one.new,
            "pieces": [{"kind": kind, "words": words} for kind, words in one.parts],
        }
        for one in version.differences
    ]
    return {"at": version.at, "who": version.who, "differences": differences}


class DossierInput(StrictSerializer):
    soort = CodeField(source="kind", names=KINDS, read_only=False)
    reden = TextField(
        source="reason",
        max_length=300,
        required=False,
        allow_blank=True,
        default="",
        help_text="Verplicht, behalve bij `eigen`. De initiatiefnemer leest dit.",
    )


class Dossier(OnPlan):
    """Alles over een plan in één ZIP: leesbaar, met bestanden, beschrijving (MDTO) en controlegetallen."""

    throttle_classes = (Throttle,)
    limit = "dossier"
    asks = DossierInput
    gives = {"POST": {(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY)}}

    def do(self, plan, asked):
        self.paper = verbs.make(plan, by=self.request.user, **asked)

    def stand(self):
        return download(self.plan, self.paper)


ON_PLANS = {"versies": Versions, "dossier": Dossier}
