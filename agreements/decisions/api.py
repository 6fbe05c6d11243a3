"""Decisions for machines: what plans wait for, and what officers do about it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action

from agreements.decisions import verbs
from agreements.decisions.filters import BODIES, GROUNDS, OUTCOMES, PendingDecisionFilter
from agreements.decisions.models import MADE, PendingDecision
from contacts.api import AddressField, WordsField
from initiatives.models import Initiative
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    RecordSerializer,
    TextField,
    in_dutch,
    read_version,
)

MADE_OUTCOMES = {name: code for name, code in OUTCOMES.items() if code in MADE}
STEPS = {"beginnen": "start", "verder-praten": "reconsider", "": ""}  # as in `stappen` of a plan
CORRECTED = {  # as the fields are called when they are read
    "vraag": "question",
    "naam": "body_name",
    "waarom": "why",
    "beslotenOp": "decided_on",
    "redenen": "reasons",
    "watDitVerandert": "what_would_change",
    "volgendeStap": "next_step",
}
STANDINGS = {
    "wacht": "waiting",
    "te-laat": "late",
    "staat-stil": "suspended",
    "plan-klaar": "ended",
    **OUTCOMES,
}


class DecisionMoveSerializer(RecordSerializer):
    was = serializers.DateField()
    werd = serializers.DateField(source="to")
    reden = serializers.CharField(source="reason")


class DecisionPauseSerializer(RecordSerializer):
    grond = CodeField(source="ground", names=GROUNDS)
    bron = serializers.CharField(source="article", help_text="Waar de wet het zegt.")
    van = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True)


class DecisionCorrectionSerializer(RecordSerializer):
    wat = CodeField(source="field", names=CORRECTED)
    was = serializers.CharField(source="said")
    overPersoon = serializers.BooleanField(source="personal", help_text="Dan is weg wat er stond.")
    reden = serializers.CharField(source="reason")
    op = serializers.DateTimeField(source="at")


class PendingDecisionSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    initiatief = serializers.CharField(source="initiative.reference")
    vraag = serializers.CharField(source="question")
    orgaan = CodeField(source="body", names=BODIES)
    naam = WordsField(source="body_name", help_text="Van de afdeling of de organisatie.")
    formeel = serializers.BooleanField(source="is_formal", help_text="Een besluit volgens de Awb.")
    politiek = serializers.BooleanField(source="is_political")
    waarom = serializers.CharField(source="why", help_text="Waarom dit tijd kost.")
    stand = CodeField(source="standing", names=STANDINGS)
    wachtSinds = serializers.DateField(source="asked_on")
    dagenWachten = serializers.IntegerField(source="days_waiting", help_text="Kalenderdagen.")
    verwachtOp = serializers.DateField(source="planned_on")
    verplaatst = DecisionMoveSerializer(source="moves.all", many=True)
    ontvangenOp = serializers.DateField(source="received_on", allow_null=True)
    weken = serializers.IntegerField(source="weeks", allow_null=True)
    uiterlijk = serializers.DateField(source="due_on", allow_null=True, help_text="Volgens de wet.")
    dagVanDeTermijn = serializers.IntegerField(source="day_of_term", allow_null=True)
    opschortingen = DecisionPauseSerializer(source="pauses.all", many=True)
    beslotenOp = serializers.DateField(source="decided_on", allow_null=True)
    redenen = WordsField(source="reasons")
    watDitVerandert = WordsField(source="what_would_change")
    volgendeStap = WordsField(source="next_step")
    bezwaarTotEnMet = serializers.DateField(source="objection_until", allow_null=True)
    rechtgezet = DecisionCorrectionSerializer(source="put_right", many=True)
    webpagina = AddressField(source="get_absolute_url")
    versie = serializers.IntegerField(source="version")


class PendingDecisionInput(Input):
    initiatief = serializers.CharField(source="initiative", max_length=20, help_text="Kenmerk van het plan.")
    vraag = TextField(source="question", max_length=300)
    orgaan = CodeField(source="body", names=BODIES, read_only=False)
    naam = TextField(source="body_name", max_length=100, required=False, allow_blank=True)
    formeel = serializers.BooleanField(source="is_formal", required=False)
    politiek = serializers.BooleanField(source="is_political", required=False)
    waarom = TextField(source="why", max_length=1000)
    wachtSinds = serializers.DateField(source="asked_on", required=False)
    verwachtOp = serializers.DateField(source="planned_on", required=False, help_text="Mag weg bij formeel.")
    ontvangenOp = serializers.DateField(source="received_on", required=False)
    weken = serializers.IntegerField(source="weeks", required=False, min_value=1, max_value=52)
    planWachtOpBesluit = serializers.BooleanField(
        source="and_await", required=False, help_text="Zet het plan ook op `wacht-op-besluit`."
    )


class PlanningInput(Input):
    verwachtOp = serializers.DateField(source="planned_on")
    reden = TextField(source="reason", max_length=500)


class SuspensionInput(Input):
    grond = CodeField(source="ground", names=GROUNDS, read_only=False)
    gemeldOp = serializers.DateField(source="told_on", help_text="De dag waarop de aanvrager het hoorde.")
    totEnMet = serializers.DateField(source="until", required=False, allow_null=True)


class ResumptionInput(Input):
    op = serializers.DateField(source="on", help_text="De dag vanaf wanneer de termijn weer loopt.")


class OutcomeInput(Input):
    uitkomst = CodeField(source="outcome", names=MADE_OUTCOMES, read_only=False)
    beslotenOp = serializers.DateField(source="decided_on", help_text="De dag waarop de brief is verstuurd.")
    redenen = TextField(source="reasons", max_length=4000, required=False, allow_blank=True)
    watDitVerandert = TextField(source="what_would_change", max_length=2000, required=False, allow_blank=True)
    volgendeStap = TextField(source="next_step", max_length=2000, required=False, allow_blank=True)
    stap = CodeField(source="then", names=STEPS, required=False, read_only=False, help_text="Van het plan.")


class WithdrawalInput(Input):
    redenen = TextField(source="reasons", max_length=4000)


class DecisionCorrectionInput(Input):
    reden = TextField(source="reason", max_length=500, help_text="Waarom je dit rechtzet.")
    overPersoon = serializers.BooleanField(
        source="personal",
        required=False,
        help_text="Er stond iets over een persoon: dat blijft nergens staan.",
    )
    vraag = TextField(source="question", max_length=300, required=False)
    naam = TextField(source="body_name", max_length=100, required=False, allow_blank=True)
    waarom = TextField(source="why", max_length=1000, required=False)
    beslotenOp = serializers.DateField(source="decided_on", required=False)
    redenen = TextField(source="reasons", max_length=4000, required=False, allow_blank=True)
    watDitVerandert = TextField(source="what_would_change", max_length=2000, required=False, allow_blank=True)
    volgendeStap = TextField(source="next_step", max_length=2000, required=False, allow_blank=True)


def wait_for(*, by, initiative, **values):
    """What the verb does, for a plan by its reference; the one who asks has to be able to see it."""
    plan = Initiative.objects.visible_to(by).registered().filter(reference=initiative).first()
    if plan is None:
        raise ValidationError({"initiative": _("Dit plan kennen we niet.")})
    return verbs.wait_for(plan, by=by, **values)


def acts(asks, words):
    """A decorator: what officers do to one decision, by a POST below its address."""

    def made(method):
        return extend_schema(request=asks, responses=PendingDecisionSerializer, description=words)(
            action(detail=True, methods=["post"])(method)
        )

    return made


class PendingDecisionViewSet(KeptViewSet):
    """Besluiten waar initiatieven op wachten: wie besluit, waarom, wanneer, en wat eruit kwam."""

    serializer_class = PendingDecisionSerializer
    filterset_class = PendingDecisionFilter
    input_class = PendingDecisionInput
    writes = {"create": wait_for}
    may_write = staticmethod(lambda user: user.is_authenticated and user.is_officer)
    http_method_names = ("get", "head", "post", "patch")

    def get_queryset(self):
        found = PendingDecision.objects.visible_to(self.request.user).select_related("initiative").whole()
        return found.order_by("-asked_on", "-id")

    def done(self, verb, asks, place):
        """The decision after a verb, as it was asked."""
        decision, asked = self.get_object(), asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        version = values.pop("version", None) or read_version(self.request)
        in_dutch(asked, lambda: verb(decision, by=self.request.user, version=version, **values))
        return self.shown(place[self.lookup_url_kwarg], status.HTTP_200_OK)

    @extend_schema(
        request=DecisionCorrectionInput,
        responses=PendingDecisionSerializer,
        description="Zet woorden of een dag recht, met een reden. De uitkomst verandert nooit.",
    )
    def partial_update(self, request, **place):
        return self.done(verbs.correct, DecisionCorrectionInput, place)

    @acts(PlanningInput, "Een andere verwachte dag, met een reden.")
    def planning(self, request, **place):
        return self.done(verbs.plan_again, PlanningInput, place)

    @acts(SuspensionInput, "De termijn van een formeel besluit staat stil, op een grond van de wet.")
    def opschorting(self, request, **place):
        return self.done(verbs.suspend, SuspensionInput, place)

    @acts(ResumptionInput, "De termijn loopt weer.")
    def hervatting(self, request, **place):
        return self.done(verbs.resume, ResumptionInput, place)

    @acts(OutcomeInput, "De uitkomst. Een nee heeft altijd redenen en een volgende stap.")
    def uitkomst(self, request, **place):
        return self.done(verbs.decide, OutcomeInput, place)

    @acts(WithdrawalInput, "Het besluit is niet meer nodig.")
    def intrekking(self, request, **place):
        return self.done(verbs.withdraw, WithdrawalInput, place)


RESOURCES = {"besluiten": PendingDecisionViewSet}  # path below /api/v1/ -> viewset
