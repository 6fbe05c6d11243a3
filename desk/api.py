"""The desk for machines: what waits, what is suggested, and what an officer does about it."""

from django.http import Http404
from rest_framework import mixins, serializers, viewsets

from contacts.api import Named
from desk import queues
from desk.filters import CLOCKS, DeskFilter
from goals.api import ContactReference
from initiatives.filters import STATES
from townhall.rest import CodeField, RecordSerializer


class OfficersOnly:
    """For all others there is nothing at this address."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not (request.user.is_authenticated and request.user.is_officer):
            raise Http404


class ClockSerializer(RecordSerializer):
    audience = "officer"

    termijn = CodeField(source="kind", names=CLOCKS)
    begonnenOp = serializers.DateField(source="started_on")
    werkdagen = serializers.IntegerField(source="days")
    uiterlijk = serializers.DateField(source="due_on")
    nog = serializers.CharField(source="left", help_text="In woorden: nog 2 werkdagen.")
    waarom = serializers.CharField(source="why", help_text="Waarom die dag.")


class WorkSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="reference")
    titel = serializers.CharField(source="title")
    staat = CodeField(source="state", names=STATES)
    wijk = Named(source="district", allow_null=True)
    ingediendOp = serializers.DateTimeField(source="submitted_at")
    accounthouder = ContactReference(source="contact")
    termijnen = ClockSerializer(source="ticking", many=True)
    versie = serializers.IntegerField(source="version")


class WorkViewSet(OfficersOnly, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Wat wacht op de gemeente; wat het eerst moet staat voorop. Alleen voor ambtenaren."""

    serializer_class = WorkSerializer
    filterset_class = DeskFilter
    http_method_names = ("get", "head")

    def get_queryset(self):
        return queues.with_work(queues.in_order(queues.plans(self.request.user)))


RESOURCES = {"werkvoorraad": WorkViewSet}  # path below /api/v1/ -> viewset; only officers find it
