"""One thing for many plans, for machines: the same verbs as the pages."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.models import AccountManager
from desk.batch import verbs
from desk.batch.forms import ACTS
from desk.batch.models import Batch
from desk.models import only_known_blanks
from goals.models import Goal
from initiatives.api import OfficersOnly
from townhall.rest import CodeField, KeptViewSet, KeyField, RecordSerializer, StrictSerializer, TextField

NAMES = {name: act.value for name, (act, _words, _told) in ACTS.items()}
STATES = {"gedaan": "done", "overgeslagen": "passed", "teruggedraaid": "undone"}


class BatchRowSerializer(RecordSerializer):
    audience = "officer"

    plan = serializers.CharField(source="initiative.reference")
    staat = CodeField(source="state", names=STATES)
    waarom = serializers.CharField(source="why", allow_blank=True)


class BatchSerializer(RecordSerializer):
    audience = "self"

    kenmerk = serializers.CharField(source="id")
    wat = CodeField(source="act", names=NAMES)
    op = serializers.DateTimeField(source="at")
    kanTerug = serializers.BooleanField(source="may_be_undone")
    teruggedraaidOp = serializers.DateTimeField(source="undone_at", allow_null=True)
    plannen = BatchRowSerializer(source="all_rows", many=True)


class VersionOfPlan(StrictSerializer):
    kenmerk = serializers.CharField(max_length=20)
    versie = serializers.IntegerField(min_value=1)


class BatchInput(StrictSerializer):
    wat = CodeField(source="act", names=NAMES, read_only=False)
    plannen = VersionOfPlan(source="plans", many=True, max_length=verbs.MOST)
    accounthouder = KeyField(AccountManager.objects.employed, source="contact", required=False)
    uitleg = TextField(source="told", max_length=300, required=False, help_text=_("Voor initiatiefnemers."))
    reden = TextField(
        source="although", max_length=300, required=False, help_text=_("Waarom wie vol of afwezig is.")
    )
    doel = KeyField(Goal.objects.running, source="goal", required=False)
    zin = TextField(source="sentence", max_length=2000, required=False, validators=[only_known_blanks])


def create(*, by, act, plans, **values):
    return verbs.do(act, {one["kenmerk"]: one["versie"] for one in plans}, by=by, **values)


class BatchViewSet(OfficersOnly, KeptViewSet):
    """Eén ding voor veel plannen tegelijk; per plan staat erbij of het is gedaan, en zo niet waarom niet."""

    queryset = Batch.objects.none()
    serializer_class = BatchSerializer
    input_class = BatchInput
    writes = {"create": create}
    may_write = staticmethod(lambda user: True)
    http_method_names = ("get", "head", "post")
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        return Batch.objects.visible_to(self.request.user).with_rows()


class Undo(OfficersOnly, APIView):
    """Draai alles terug. Dat kan tien minuten, en één keer."""

    http_method_names = ("post",)
    words = {}
    gives = {"POST": BatchSerializer}

    def post(self, request, kenmerk):
        number = int(kenmerk) if kenmerk.isascii() and kenmerk.isdigit() and len(kenmerk) < 16 else 0
        found = Batch.objects.visible_to(request.user)
        batch = get_object_or_404(found, pk=number)
        verbs.undo(batch, by=request.user)
        return Response(BatchSerializer(found.with_rows().get(pk=number)).data, status=status.HTTP_200_OK)


RESOURCES = {"stapels": BatchViewSet}  # path below /api/v1/ -> viewset
ON_RECORDS = {("stapels", "terugdraaiing"): Undo.as_view()}
