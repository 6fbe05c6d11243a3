"""Hand-overs for machines: what their pages do, by the same sets and verbs."""

from django.shortcuts import get_object_or_404
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.models import AccountManager
from desk.handover import verbs
from desk.handover.forms import MOST, MOST_TICKED
from desk.handover.models import HandOver, HandOverCase
from desk.manage.actions.api import VersionInput
from goals.api import ContactReference
from initiatives.api import OfficersOnly
from townhall.api_defaults import Pagination, refuse_unknown
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    KeyField,
    RecordSerializer,
    StrictSerializer,
    TextField,
    in_dutch,
    read_version,
)

STATES = {"klaar-om-na-te-kijken": "ready", "bezig": "running", "klaar": "done", "gestopt": "cancelled"}
CASES = {"wacht": "waiting", "overgedragen": "done", "overgeslagen": "passed"}
RULES = {
    "wegwijzer": "suggested",
    "vervanger": "deputy",
    "loket": "front_desk",
    "gekozen": "chosen",
    "niemand": "nobody",
}


class CountsSerializer(RecordSerializer):
    plannen = serializers.IntegerField(source="all")
    wacht = serializers.IntegerField(source="waiting")
    overgedragen = serializers.IntegerField(source="done")
    overgeslagen = serializers.IntegerField(source="passed")


class HandOverSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="id")
    accounthouder = ContactReference(source="manager")
    zin = serializers.CharField(source="sentence")
    staat = CodeField(source="state", names=STATES)
    aantallen = CountsSerializer(source="counts")
    gemaaktOp = serializers.DateTimeField(source="made_at")
    begonnenOp = serializers.DateTimeField(source="started_at", allow_null=True)
    klaarOp = serializers.DateTimeField(source="finished_at", allow_null=True)
    versie = serializers.IntegerField(source="version")


class HandOverInput(StrictSerializer):
    accounthouder = KeyField(AccountManager.objects.all(), source="manager")


class LetterInput(Input):
    zin = TextField(source="sentence", max_length=MOST)


class HandOverViewSet(OfficersOnly, KeptViewSet):
    """Alle plannen van wie weggaat. Voor beheerders, en voor wie de afdeling leidt."""

    queryset = HandOver.objects.none()
    serializer_class = HandOverSerializer
    writes = {"create": lambda *, by, manager: verbs.prepare(manager, by=by), "change": verbs.reword}
    may_write = staticmethod(lambda user: True)
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @property
    def input_class(self):
        return HandOverInput if self.request.method == "POST" else LetterInput

    def get_queryset(self):
        found = HandOver.objects.visible_to(self.request.user).with_counts()
        return found.select_related("manager__department__lead")


class OfHandOver(OfficersOnly, APIView):
    """Something about one hand-over that this person may see."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        found = HandOver.objects.visible_to(request.user).select_related("manager__department__lead", "by")
        number = kwargs["kenmerk"]
        number = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0
        self.hand_over = get_object_or_404(found, pk=number)

    def stand(self):
        self.hand_over.refresh_from_db()
        return Response(HandOverSerializer(self.hand_over).data)


class Act(OfHandOver):
    """Begin, or stop; act: the verb."""

    http_method_names = ("post",)
    act = None
    words = {}
    asks = VersionInput
    gives = {"POST": HandOverSerializer}

    def post(self, request, kenmerk):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        version = asked.validated_data.get("version") or read_version(request)
        type(self).act(self.hand_over, by=request.user, version=version)
        return self.stand()


class Start(Act):
    """Laat de plannen overgaan. Dat gebeurt op de achtergrond; `aantallen` zegt hoe ver het is."""

    act = verbs.start


class Cancel(Act):
    """Laat het niet doorgaan, of stop halverwege. Wat al over is, blijft zo."""

    act = verbs.cancel


class CaseSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="initiative.reference")
    titel = serializers.CharField(source="initiative.title")
    naar = ContactReference(source="contact", allow_null=True)
    voorstelVan = CodeField(source="rule", names=RULES)
    reden = serializers.CharField(source="reason")
    staat = CodeField(source="state", names=CASES)
    waarom = serializers.CharField(source="get_why_display", help_text="Waarom overgeslagen.")


class PageOfCases(RecordSerializer):
    """A page of them, as every list gives it."""

    aantal = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    volgende = serializers.URLField(allow_null=True)
    vorige = serializers.URLField(allow_null=True)
    resultaten = CaseSerializer(many=True)


class ChooseInput(StrictSerializer):
    accounthouder = KeyField(AccountManager.objects.employed, source="contact")
    plannen = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=MOST_TICKED, source="plans"
    )


class Cases(OfHandOver):
    """Welk plan naar wie gaat."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Geef plannen aan iemand anders dan het voorstel zegt."}
    questions = ("pagina", "perPagina")
    asks = ChooseInput
    gives = {"GET": PageOfCases, "POST": HandOverSerializer}

    def get(self, request, kenmerk):
        if errors := refuse_unknown(request, self.questions):
            raise exceptions.ValidationError(errors)
        cases = self.hand_over.cases.select_related("initiative", "contact__department").order_by("pk")
        pages = Pagination()
        rows = pages.paginate_queryset(cases, request, view=self)
        return pages.get_paginated_response(CaseSerializer(rows, many=True).data)

    head = get

    def post(self, request, kenmerk):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        plans = [key for key in told["plans"] if "\x00" not in key]
        cases = HandOverCase.objects.filter(initiative__reference__in=plans).values("pk")
        choose = verbs.choose
        in_dutch(asked, lambda: choose(self.hand_over, by=request.user, contact=told["contact"], cases=cases))
        return self.stand()


RESOURCES = {"overdrachten": HandOverViewSet}  # path below /api/v1/ -> viewset
ON_RECORDS = {  # (resource, what is done), as in /api/v1/{resource}/{kenmerk}/{what} -> view
    ("overdrachten", "begin"): Start.as_view(),
    ("overdrachten", "stop"): Cancel.as_view(),
    ("overdrachten", "plannen"): Cases.as_view(),
}
