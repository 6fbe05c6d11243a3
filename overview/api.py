"""The search and the council's figures for machines: what /zoeken/ and /raad/ show."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.api import AddressField, Named, WordsField
from overview.council import Overview
from overview.dealings import figures as dealings
from overview.equal import EqualFilter, EqualTreatment
from overview.filters import CouncilFilter
from overview.search import Search
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

    gemeente = InTimeSerializer(source="whole", allow_null=True)
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


# Equal treatment --------------------------------------------------------------------------------------------
class AssessedGroupSerializer(RecordSerializer):
    """Numbers to the nearest five; null for fewer than five."""

    naam = serializers.CharField(source="name")
    plannen = serializers.IntegerField(source="number", allow_null=True)
    mediaanWerkdagen = serializers.IntegerField(
        source="days", allow_null=True, help_text="Op vijf afgerond; null onder ongeveer twintig plannen."
    )
    metToezegging = serializers.IntegerField(source="promised", allow_null=True)


class SpreadSerializer(RecordSerializer):
    naam = serializers.CharField(source="name")
    plannen = serializers.IntegerField(source="number", allow_null=True)
    ja = serializers.IntegerField(source="yes", allow_null=True)
    deels = serializers.IntegerField(source="partly", allow_null=True)
    nee = serializers.IntegerField(source="no", allow_null=True)
    onbekend = serializers.IntegerField(source="unknown", allow_null=True)


class AskedCriterionSerializer(RecordSerializer):
    criterium = Named(source="criterion")
    groepen = SpreadSerializer(source="rows", many=True)


class EqualTreatmentSerializer(RecordSerializer):
    geteldOp = serializers.DateTimeField(source="at")
    afwegingskader = serializers.CharField(source="framework.key", allow_null=True)
    per = serializers.CharField()
    alles = AssessedGroupSerializer(source="everything")
    groepen = AssessedGroupSerializer(source="groups", many=True)
    criteria = AskedCriterionSerializer(source="questions", many=True)


class EqualTreatmentView(Statistics):
    """Of plannen overal gelijk zijn bekeken. Getallen op vijf afgerond, null onder de vijf."""

    gives = {"GET": EqualTreatmentSerializer}
    questions = (*EqualFilter.base_filters,)

    def get(self, request):
        found = EqualTreatment(request)
        errors = refuse_unknown(request, self.questions)
        errors |= {} if found.form.is_valid() else dict(found.form.errors)
        if errors:
            raise exceptions.ValidationError(errors)
        return Response(EqualTreatmentSerializer(found).data)

    head = get


# What initiators had to do with ----------------------------------------------------------------------------
class DealingSerializer(RecordSerializer):
    """Numbers to the nearest five; null for fewer than five plans with it, or fewer than three contacts."""

    afdeling = Named(source="department", allow_null=True, help_text="null: de hele gemeente.")
    plannen = serializers.IntegerField(source="plans", allow_null=True)
    mediaanMensen = serializers.FloatField(source="people", allow_null=True)
    eisen = serializers.IntegerField(source="demands", allow_null=True)
    voldaan = serializers.IntegerField(source="met", allow_null=True)
    vervallen = serializers.IntegerField(source="dropped", allow_null=True)
    vragenOverEisen = serializers.IntegerField(
        source="questions", allow_null=True, help_text="Is dit echt nodig? Met antwoord."
    )
    eisBleef = serializers.IntegerField(source="stays", allow_null=True)
    eisLichterOfVervallen = serializers.IntegerField(source="eased", allow_null=True)
    besluiten = serializers.IntegerField(source="decided", allow_null=True)
    mediaanDagen = serializers.IntegerField(source="days", allow_null=True, help_text="Op vijf afgerond.")
    wachtNog = serializers.IntegerField(source="waiting", allow_null=True)


class DealingsSerializer(RecordSerializer):
    geteldOp = serializers.DateTimeField(source="at")
    rijen = DealingSerializer(source="rows", many=True)


class DealingsView(Statistics):
    """Met hoeveel mensen, eisen en dagen initiatiefnemers te maken kregen, per afdeling."""

    gives = {"GET": DealingsSerializer}
    questions = ()

    def get(self, request):
        if errors := refuse_unknown(request, self.questions):
            raise exceptions.ValidationError(errors)
        return Response(DealingsSerializer({"at": timezone.localtime(), "rows": dealings()}).data)

    head = get


# The search -------------------------------------------------------------------------------------------------
class SearchHitSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="title")
    kort = WordsField(source="about", help_text="Waar het over gaat, ingekort.")
    webpagina = AddressField(source="url")


class SearchGroupSerializer(RecordSerializer):
    aantal = serializers.IntegerField(source="number", allow_null=True, help_text="null: meer dan 1.000.")
    resultaten = SearchHitSerializer(source="hits", many=True, help_text="De eerste, de beste bovenaan.")
    lijst = AddressField(source="url", help_text="Waar op de site alles staat, met dezelfde woorden.")


class SearchSerializer(RecordSerializer):
    bedoeldeJe = WordsField(source="hints.meant", help_text="Woorden die lijken op deze en wel iets vinden.")
    zoekOokOp = serializers.ListField(
        child=serializers.CharField(),
        source="hints.also",
        help_text="Andere woorden voor hetzelfde die iets vinden; als er weinig is gevonden.",
    )
    doelen = SearchGroupSerializer(source="by_kind.doelen")
    initiatieven = SearchGroupSerializer(source="by_kind.initiatieven")
    accounthouders = SearchGroupSerializer(source="by_kind.accounthouders")
    portefeuillehouders = SearchGroupSerializer(source="by_kind.portefeuillehouders")
    partners = SearchGroupSerializer(source="by_kind.partners")
    beleidsnotas = SearchGroupSerializer(source="by_kind.beleidsnotas")
    financieringsvormen = SearchGroupSerializer(source="by_kind.financieringsvormen")
    toezeggingen = SearchGroupSerializer(source="by_kind.toezeggingen")
    regelingen = SearchGroupSerializer(source="by_kind.regelingen")


class Everything(APIView):
    """Zoek in alles: doelen, initiatieven, mensen, partners, nota's en geld."""

    http_method_names = ("get", "head")
    gives = {"GET": SearchSerializer}
    questions = ("zoek",)

    def get(self, request):
        found = Search(request)
        errors = refuse_unknown(request, self.questions) | dict(found.form.errors)
        if errors:
            raise exceptions.ValidationError(errors)
        return Response(SearchSerializer(found, context={"request": request}).data)

    head = get
