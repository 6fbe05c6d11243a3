"""The council's figures for machines: what /raad/ shows, with the same questions."""

from django.core.exceptions import PermissionDenied
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.api import Named
from overview.council import Overview
from overview.filters import CouncilFilter
from townhall.api_defaults import refuse_unknown
from townhall.rest import RecordSerializer


class CountSerializer(RecordSerializer):
    plannen = serializers.IntegerField(source="all", help_text="Alle plannen die zijn ingediend.")
    openbaar = serializers.IntegerField(source="public", help_text="Hoeveel daarvan iedereen mag zien.")


class RowSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    plannen = serializers.IntegerField(source="count.all")
    openbaar = serializers.IntegerField(source="count.public")
    lijst = serializers.CharField(source="public_url", help_text="Waar de openbare plannen staan.")


class FirstTalkSerializer(RecordSerializer):
    gemeten = serializers.IntegerField(source="measured")
    opTijd = serializers.IntegerField(source="on_time")
    mediaanWerkdagen = serializers.FloatField(source="median", allow_null=True)


class PeriodSerializer(RowSerializer):
    eersteGesprek = FirstTalkSerializer(source="contact")


class GoalsSerializer(RecordSerializer):
    lopend = serializers.IntegerField(source="running_goals")
    metPlannen = serializers.IntegerField(source="number_with")
    zonderPlannen = serializers.IntegerField(source="number_without")


class InTimeSerializer(RecordSerializer):
    gemeten = serializers.IntegerField(source="measured", help_text="Nagekomen, of de eerste dag is voorbij.")
    opTijd = serializers.IntegerField(source="in_time", help_text="Op de eerst beloofde dag of eerder.")
    laterGedaan = serializers.IntegerField(source="later")
    nogNietGedaan = serializers.IntegerField(source="waiting")
    verschoven = serializers.IntegerField(source="shifted")


class InTimeByDepartmentSerializer(InTimeSerializer):
    afdeling = Named(source="department")


class PromisesSerializer(RecordSerializer):
    """Of departments with at least a few; the filters do not touch these figures."""

    gemeente = InTimeSerializer(source="town")
    afdelingen = InTimeByDepartmentSerializer(source="departments", many=True)
    vervallen = serializers.IntegerField(source="dropped")


class StatisticsSerializer(RecordSerializer):
    """The first goals of both lists; all of one, in pages, with `toon` and `pagina`."""

    geteldOp = serializers.DateTimeField(source="at")
    plannen = CountSerializer(source="figures.plans")
    zonderDoel = RowSerializer(source="without_goal", allow_null=True)
    doelen = GoalsSerializer(source="here")
    doelenMetPlannen = RowSerializer(source="some_with", many=True)
    doelenZonderPlannen = RowSerializer(source="some_without", many=True)
    portefeuilles = RowSerializer(source="per_portfolio", many=True)
    wijken = RowSerializer(source="per_district", many=True)
    staten = RowSerializer(source="per_state", many=True)
    periodes = PeriodSerializer(source="per_period", many=True)
    eersteGesprek = FirstTalkSerializer(source="contact")
    toezeggingen = PromisesSerializer(source="promises")


class Statistics(APIView):
    """Wat inwoners bijdragen aan welk doel. Alleen voor raad, griffie en gemeente."""

    http_method_names = ("get", "head")
    gives = {"GET": StatisticsSerializer}
    questions = (*CouncilFilter.base_filters, "pagina")

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not (request.user.is_authenticated and request.user.is_staff_member):
            raise PermissionDenied

    def get(self, request):
        found = Overview(request)
        errors = refuse_unknown(request, self.questions)
        errors |= {} if found.form.is_valid() else dict(found.form.errors)
        if errors:
            raise exceptions.ValidationError(errors)
        told = found.kept("api", lambda overview: StatisticsSerializer(overview).data)
        now = serializers.DateTimeField().to_representation(found.at)
        promises = PromisesSerializer(found.promises).data
        return Response({**told, "geteldOp": now, "toezeggingen": promises})

    head = get
