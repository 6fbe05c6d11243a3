"""Demands for machines: the library, and below a plan what is demanded of it and asked about that."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from agreements.requirements import verbs
from agreements.requirements.filters import StandardRequirementFilter
from agreements.requirements.models import Basis, Outcome, RequirementState, StandardRequirement
from contacts.api import AddressField, WordsField
from funding.models import ON_THE_WEB, NeedKind
from initiatives.api import OfficersOnly, OnPlan
from initiatives.verbs import either
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    KeyField,
    RecordSerializer,
    StrictSerializer,
    TextField,
    read_version,
)

BASES = {"wet": Basis.LAW, "beleid": Basis.POLICY, "geen": Basis.NONE}
STATES = {
    "open": RequirementState.OPEN,
    "voldaan": RequirementState.MET,
    "vervallen": RequirementState.DROPPED,
}
OUTCOMES = {"blijft": Outcome.STAYS, "lichter": Outcome.SOFTENED, "vervalt": Outcome.DROPPED}
MOST = 100


# The library ------------------------------------------------------------------------------------------
class StandardRequirementSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    slug = serializers.CharField(help_text="De naam zoals die in adressen staat.")
    titel = serializers.CharField(source="title")
    eis = serializers.CharField(source="text")
    grond = CodeField(source="basis", names=BASES)
    bron = WordsField(source="basis_text", help_text="Welke wet of welk beleid.")
    waarom = serializers.CharField(source="why")
    hard = serializers.BooleanField(source="is_hard", help_text="Zonder dit kan een plan niet doorgaan.")
    hulp = serializers.CharField(source="help", help_text="Wat de gemeente doet, of wat er ook kan.")
    behoeften = serializers.ListField(child=serializers.ChoiceField(NeedKind.choices), source="needs")
    meerLezen = WordsField(source="url")
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class WordingInput(Input):
    """The words of a demand, as both the library and a plan have them."""

    eis = TextField(source="text", max_length=1000)
    grond = CodeField(source="basis", names=BASES, read_only=False)
    bron = TextField(source="basis_text", max_length=300, allow_blank=True, required=False)
    waarom = TextField(source="why", max_length=1500)
    hard = serializers.BooleanField(source="is_hard", required=False)
    hulp = TextField(source="help", max_length=1500)


class StandardRequirementInput(WordingInput):
    titel = TextField(source="title", max_length=120)
    behoeften = serializers.ListField(
        child=serializers.ChoiceField(NeedKind.choices), max_length=11, source="needs", required=False
    )
    meerLezen = serializers.URLField(
        source="url", max_length=200, allow_blank=True, required=False, validators=[ON_THE_WEB]
    )
    inGebruik = serializers.BooleanField(source="is_used", required=False)


class StandardRequirementViewSet(KeptViewSet):
    """Wat de gemeente vaak van plannen vraagt, waarom, en wat er helpt."""

    serializer_class = StandardRequirementSerializer
    filterset_class = StandardRequirementFilter
    input_class = StandardRequirementInput
    writes = {"create": verbs.create_standard, "change": verbs.change_standard}

    def get_queryset(self):
        return StandardRequirement.objects.visible_to(self.request.user)


# Of one plan ------------------------------------------------------------------------------------------
class RequirementQuestionSerializer(RecordSerializer):
    audience = "initiator"

    vraag = serializers.CharField(source="text")
    gesteldOp = serializers.DateField(source="asked_on")
    antwoordUiterlijk = serializers.DateField(source="due_on")
    uitkomst = CodeField(source="outcome", names=OUTCOMES | {"": ""}, help_text="Leeg: nog geen antwoord.")
    antwoord = WordsField(source="answer")
    beantwoordOp = serializers.DateField(source="answered_on", allow_null=True)


class RequirementSerializer(RecordSerializer):
    audience = "initiator"

    kenmerk = serializers.CharField(source="key")
    standaard = serializers.CharField(
        source="standard.key", allow_null=True, help_text="Kenmerk in `eisen`; null: eigen woorden."
    )
    eis = serializers.CharField(source="text")
    grond = CodeField(source="basis", names=BASES)
    bron = WordsField(source="basis_text")
    waarom = serializers.CharField(source="why")
    hard = serializers.BooleanField(source="is_hard")
    hulp = serializers.CharField(source="help")
    stand = CodeField(source="state", names=STATES)
    gesteldOp = serializers.DateField(source="set_on")
    afgerondOp = serializers.DateField(source="closed_on", allow_null=True)
    waaromVervallen = WordsField(source="closing_reason")
    vragen = RequirementQuestionSerializer(source="questions.all", many=True)
    versie = serializers.IntegerField(source="version")


@extend_schema_field({"type": "string"})
class StandardField(KeyField):
    """A usual demand by its key."""


class RequirementInput(StrictSerializer):
    """A usual demand, with other words where they are sent; or all in one's own words."""

    standaard = StandardField(
        lambda: StandardRequirement.objects.visible_to(None),
        source="standard",
        required=False,
        help_text="Kenmerk in `eisen`. Wat je zelf meestuurt, komt in de plaats van de woorden daar.",
    )
    eis = TextField(source="text", max_length=1000, required=False)
    grond = CodeField(source="basis", names=BASES, read_only=False, required=False)
    bron = TextField(source="basis_text", max_length=300, allow_blank=True, required=False)
    waarom = TextField(source="why", max_length=1500, required=False)
    hard = serializers.BooleanField(source="is_hard", required=False)
    hulp = TextField(source="help", max_length=1500, required=False)


class BetweenTheTwo(OnPlan):
    """Something between the initiators of a plan and the officers; for others it does not exist."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not either(request.user, self.plan):
            raise Http404


class OnRequirement(BetweenTheTwo):
    """Something about one demand of a plan; answers with the demand as it stands."""

    gives = {"POST": RequirementSerializer}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        found = self.plan.requirements.visible_to(request.user).for_pages()
        self.requirement = get_object_or_404(found, key=kwargs["eis"])

    def stand(self):
        found = self.plan.requirements.for_pages().get(pk=self.requirement.pk)
        return Response(RequirementSerializer(found).data, status=self.code)


class Requirements(BetweenTheTwo):
    """Wat de gemeente van een plan vraagt; voor de initiatiefnemers en ambtenaren."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Een eis erbij, uit `eisen` of in eigen woorden. Voor ambtenaren."}
    asks = RequirementInput
    gives = {"GET": RequirementSerializer(many=True), "POST": {"201": RequirementSerializer}}
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        found = self.plan.requirements.visible_to(request.user).for_pages()[:MOST]
        return Response(RequirementSerializer(found, many=True).data)

    head = get

    def do(self, plan, asked):
        by = self.request.user
        self.made = self.once("requirement", lambda: verbs.set_requirement(plan, by=by, **asked))

    def stand(self):
        found = self.plan.requirements.for_pages().get(pk=self.made)
        return Response(RequirementSerializer(found).data, status=self.code)


class RequirementCorrectionInput(RequirementInput):
    standaard = None
    versie = serializers.IntegerField(min_value=1, required=False, source="version")


class Correction(OfficersOnly, OnRequirement):
    """Verander de woorden van een eis; wat er stond blijft te lezen."""

    http_method_names = ("patch",)
    asks = RequirementCorrectionInput
    gives = {"PATCH": {"200": RequirementSerializer}}

    def patch(self, request, **place):
        return self.post(request, **place)

    def do(self, plan, asked):
        version = asked.pop("version", None) or read_version(self.request)
        verbs.correct_requirement(self.requirement, by=self.request.user, version=version, **asked)


class VersionedInput(StrictSerializer):
    """About a demand as it was read."""

    versie = serializers.IntegerField(min_value=1, source="version", help_text="Van de eis.")


class RequirementClosingInput(VersionedInput):
    stand = CodeField(
        names={name: code for name, code in STATES.items() if name != "open"}, read_only=False, source="state"
    )
    reden = TextField(
        source="reason", max_length=1500, required=False, default="", help_text="Nodig bij `vervallen`."
    )


class Closing(OfficersOnly, OnRequirement):
    """Aan een eis is voldaan, of de eis vervalt."""

    asks = RequirementClosingInput

    def do(self, plan, asked):
        told = {"by": self.request.user, "version": asked["version"]}
        if asked["state"] == RequirementState.MET:
            verbs.meet_requirement(self.requirement, **told)
        else:
            verbs.drop_requirement(self.requirement, reason=asked["reason"], **told)


class RequirementQuestionInput(VersionedInput):
    vraag = TextField(source="text", max_length=1000, help_text="Waarom je dit vraagt.")


class Questions(OnRequirement):
    """Is dit echt nodig? Voor de initiatiefnemers; het antwoord komt binnen de termijn."""

    asks = RequirementQuestionInput
    gives = {"POST": {"201": RequirementSerializer}}
    code = status.HTTP_201_CREATED

    def do(self, plan, asked):
        requirement, by = self.requirement, self.request.user
        self.once(
            f"question-{requirement.pk}", lambda: verbs.question_requirement(requirement, by=by, **asked)
        )


class RequirementAnswerInput(VersionedInput):
    uitkomst = CodeField(names=OUTCOMES, read_only=False, source="outcome")
    antwoord = TextField(source="answer", max_length=1500)
    eis = TextField(
        source="text", max_length=1000, required=False, help_text="Bij `lichter`: hoe de eis nu luidt."
    )
    hard = serializers.BooleanField(
        source="is_hard", required=False, help_text="Bij `lichter`: of het een harde eis blijft."
    )


class Answers(OfficersOnly, OnRequirement):
    """Antwoord op de vraag die openstaat; de eis wordt meteen wat het antwoord zegt."""

    asks = RequirementAnswerInput

    def do(self, plan, asked):
        verbs.answer_requirement(self.requirement, by=self.request.user, **asked)


RESOURCES = {"eisen": StandardRequirementViewSet}
ON_PLANS = {
    "eisen": Requirements,
    "eisen/<str:eis>": Correction,
    "eisen/<str:eis>/afronding": Closing,
    "eisen/<str:eis>/vragen": Questions,
    "eisen/<str:eis>/antwoorden": Answers,
}
