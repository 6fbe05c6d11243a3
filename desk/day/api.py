"""My day for machines: the same rows and numbers as the page, by the same sets and verbs."""

from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from desk.day.kinds import KINDS
from desk.day.waiting import Waiting, officer
from desk.manage.actions.api import VersionInput
from goals import verbs as goals
from goals.api import GoalSerializer
from goals.models import Goal
from initiatives.api import OfficersOnly
from townhall.api_defaults import Pagination, refuse_unknown
from townhall.rest import CodeField, RecordSerializer, in_dutch, read_version

UNKNOWN = {"soort": ["Deze soort kennen we niet."]}


class WaitingSerializer(RecordSerializer):
    audience = "officer"

    soort = CodeField(source="kind", names={name: name for name in KINDS})
    plan = serializers.CharField(allow_blank=True, help_text="Kenmerk; leeg als het niet over een plan gaat.")
    titel = serializers.CharField(source="title")
    wat = serializers.CharField(source="words", allow_blank=True)
    kenmerk = serializers.CharField(source="key", allow_blank=True)
    dag = serializers.DateField(source="day", allow_null=True, help_text="Uiterlijk, of sinds wanneer.")


class PageOfWaiting(RecordSerializer):
    """A page of them, as every list gives it."""

    audience = "officer"

    aantal = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    volgende = serializers.URLField(allow_null=True)
    vorige = serializers.URLField(allow_null=True)
    resultaten = WaitingSerializer(many=True)


class Day(OfficersOnly, APIView):
    """Wat vandaag op jou wacht; wat het eerst moet staat voorop. Met `soort` alleen dat."""

    http_method_names = ("get", "head")
    gives = {"GET": PageOfWaiting}

    def get(self, request):
        unknown = refuse_unknown(request, {"soort", "pagina", "perPagina"})
        chosen = request.query_params.get("soort", "")
        if unknown or (chosen and chosen not in KINDS):
            raise exceptions.ValidationError(unknown or UNKNOWN)
        pages = Pagination()
        rows = pages.paginate_queryset(Waiting(officer(request.user), only=chosen), request, self)
        return pages.get_paginated_response(WaitingSerializer(rows, many=True).data)

    head = get


class NumbersSerializer(RecordSerializer):
    audience = "officer"

    soort = CodeField(source="kind", names={name: name for name in KINDS})
    aantal = serializers.IntegerField(source="number")


class Numbers(OfficersOnly, APIView):
    """Hoeveel er van elke soort op jou wacht."""

    http_method_names = ("get", "head")
    gives = {"GET": NumbersSerializer(many=True)}

    def get(self, request):
        if unknown := refuse_unknown(request, set()):
            raise exceptions.ValidationError(unknown)
        counts = Waiting(officer(request.user)).counts
        rows = [{"kind": kind, "number": number} for kind, number in counts.items()]
        return Response(NumbersSerializer(rows, many=True).data)

    head = get


class StillGood(OfficersOnly, APIView):
    """Een doel klopt nog, zegt wie er de contactpersoon van is."""

    http_method_names = ("post",)
    words = {}
    asks = VersionInput
    gives = {"POST": GoalSerializer}

    def post(self, request, kenmerk):
        goal = Goal.objects.filter(owner__user=request.user, key=kenmerk.replace("\x00", "")).first()
        if goal is None:
            raise Http404
        asked = VersionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        version = asked.validated_data.get("version") or read_version(request)
        in_dutch(asked, lambda: goals.step("verify", goal, by=request.user, version=version))
        return Response(GoalSerializer(Goal.objects.with_people().get(pk=goal.pk)).data)


SINGLE = {"mijn-dag": Day, "mijn-dag/aantallen": Numbers}
ON_RECORDS = {("doelen", "klopt-nog"): StillGood.as_view()}
