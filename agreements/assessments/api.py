"""What town hall looks at, for machines; and below a plan its assessment, by the verbs of the pages."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from agreements.assessments import framework, verbs
from agreements.assessments.filters import AssessmentFrameworkFilter
from agreements.assessments.models import (
    Answer,
    Assessment,
    AssessmentFramework,
    AssessmentState,
    Criterion,
    Dimension,
)
from agreements.requirements.api import BetweenTheTwo
from contacts.api import AddressField, Named, WordsField
from funding.models import ON_THE_WEB
from initiatives.api import OfficersOnly
from initiatives.verbs import initiator
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    KeyField,
    RecordSerializer,
    StrictSerializer,
    TextField,
)

DIMENSIONS = {
    "legitimiteit": Dimension.LEGITIMACY,
    "effectiviteit": Dimension.EFFECTIVENESS,
    "betrokkenheid": Dimension.INVOLVEMENT,
}
ANSWERS = {"ja": Answer.YES, "deels": Answer.PARTLY, "nee": Answer.NO, "onbekend": Answer.UNKNOWN}
STATES = {
    "concept": AssessmentState.DRAFT,
    "gedeeld": AssessmentState.SHARED,
    "afgerond": AssessmentState.FINAL,
}


# What is looked at ------------------------------------------------------------------------------------
class CriterionSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    dimensie = CodeField(source="dimension", names=DIMENSIONS)
    naam = serializers.CharField(source="name")
    vraag = serializers.CharField(source="question")
    watTeltMee = serializers.CharField(source="counts")


class AssessmentFrameworkSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="title")
    inleiding = WordsField(source="intro")
    vastgesteldDoor = serializers.CharField(source="adopted_by")
    vastgesteldOp = serializers.DateField(
        source="adopted_on", allow_null=True, help_text="null: nog een concept."
    )
    geldtVanaf = serializers.DateField(
        source="valid_from",
        allow_null=True,
        help_text="Voor plannen die op deze dag of later zijn verstuurd.",
    )
    besluit = WordsField(source="url")
    criteria = CriterionSerializer(source="criteria.all", many=True)
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class AssessmentFrameworkInput(Input):
    titel = TextField(source="title", max_length=120)
    inleiding = TextField(source="intro", max_length=1500, allow_blank=True, required=False)
    vastgesteldDoor = TextField(source="adopted_by", max_length=100, required=False)
    besluit = serializers.URLField(
        source="url", max_length=200, allow_blank=True, required=False, validators=[ON_THE_WEB]
    )


class AssessmentFrameworkViewSet(KeptViewSet):
    """Waar de gemeente naar kijkt bij een plan: de vragen, wie ze vaststelde en sinds wanneer."""

    serializer_class = AssessmentFrameworkSerializer
    filterset_class = AssessmentFrameworkFilter
    input_class = AssessmentFrameworkInput
    writes = {"create": framework.create_framework, "change": framework.change_framework}

    def get_queryset(self):
        return AssessmentFramework.objects.visible_to(self.request.user).whole()


# The assessment of one plan ---------------------------------------------------------------------------
class AssessmentAnswerSerializer(RecordSerializer):
    audience = "initiator"

    criterium = Named(source="criterion")
    antwoord = CodeField(source="answer", names=ANSWERS)
    waarom = serializers.CharField(source="reason")
    reactie = WordsField(source="reaction")


class AssessmentSerializer(RecordSerializer):
    audience = "initiator"

    afwegingskader = serializers.CharField(source="framework.key")
    stand = CodeField(source="state", names=STATES)
    antwoorden = AssessmentAnswerSerializer(source="in_order", many=True)
    gedeeldOp = serializers.DateField(source="shared_on", allow_null=True)
    reagerenTotEnMet = serializers.DateField(source="react_until", allow_null=True)
    reactie = WordsField(source="reaction")
    gereageerdOp = serializers.DateField(source="reacted_on", allow_null=True)
    antwoordOpReactie = WordsField(source="reply")
    afgerondOp = serializers.DateField(source="closed_on", allow_null=True)
    versie = serializers.IntegerField(source="version")


class OnAssessment(BetweenTheTwo):
    """Something about the assessment of a plan; answers with the assessment as it stands."""

    gives = {"POST": AssessmentSerializer}

    def stand(self):
        found = Assessment.objects.visible_to(self.request.user).whole().filter(initiative=self.plan).first()
        if found is None:
            raise Http404
        return Response(AssessmentSerializer(found).data, status=self.code)


class AnswerInput(StrictSerializer):
    criterium = KeyField(Criterion.objects.all(), source="criterion")
    antwoord = CodeField(source="answer", names=ANSWERS, read_only=False)
    waarom = TextField(source="reason", max_length=1500)


class AssessmentInput(StrictSerializer):
    antwoorden = AnswerInput(many=True, source="answers", allow_empty=False, max_length=framework.MOST)
    versie = serializers.IntegerField(
        min_value=0, source="version", help_text="De `versie` die je las; 0 als er nog geen afweging is."
    )


class ToAssess(OnAssessment):
    """Hoe de gemeente naar een plan kijkt; voor ambtenaren, en na het delen voor de initiatiefnemers."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Antwoorden op de vragen, met een reden. Voor ambtenaren."}
    asks = AssessmentInput
    gives = dict.fromkeys(("GET", "POST"), AssessmentSerializer)

    def get(self, request, kenmerk):
        return self.stand()

    head = get

    def do(self, plan, asked):
        by, version = self.request.user, asked["version"]
        answers = {one["criterion"]: (one["answer"], one["reason"]) for one in asked["answers"]}
        self.once("assess", lambda: verbs.assess(plan, by=by, answers=answers, version=version))


class OfVersionInput(StrictSerializer):
    versie = serializers.IntegerField(min_value=1, source="version", help_text="Van de afweging.")


class ToShare(OfficersOnly, OnAssessment):
    """Deel de afweging met de initiatiefnemers; zij kunnen dan reageren."""

    asks = OfVersionInput

    def do(self, plan, asked):
        verbs.share_assessment(plan, by=self.request.user, version=asked["version"])


class ReactionPartInput(StrictSerializer):
    criterium = KeyField(Criterion.objects.all(), source="criterion")
    reactie = TextField(source="reaction", max_length=1000)


class ReactionInput(OfVersionInput):
    reactie = TextField(source="reaction", max_length=2000, allow_blank=True, required=False, default="")
    reacties = ReactionPartInput(many=True, source="reactions", max_length=framework.MOST, required=False)


class ToReact(OnAssessment):
    """De reactie van de initiatiefnemers; leeg betekent: dit klopt zo."""

    asks = ReactionInput

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not initiator(request.user, self.plan):
            raise Http404

    def do(self, plan, asked):
        reactions = {one["criterion"]: one["reaction"] for one in asked.get("reactions", ())}
        told = {"version": asked["version"], "reaction": asked["reaction"], "reactions": reactions}
        verbs.react_to_assessment(plan, by=self.request.user, **told)


class AssessmentClosingInput(OfVersionInput):
    antwoord = TextField(
        source="reply", max_length=2000, allow_blank=True, required=False, default="",
        help_text="Wat je met de reactie deed; nodig als er een reactie is.",
    )  # fmt: skip


class ToClose(OfficersOnly, OnAssessment):
    """Rond de afweging af; daarna verandert er niets meer aan."""

    asks = AssessmentClosingInput

    def do(self, plan, asked):
        verbs.close_assessment(plan, by=self.request.user, **asked)


RESOURCES = {"afwegingskaders": AssessmentFrameworkViewSet}
ON_PLANS = {
    "afweging": ToAssess,
    "afweging/delen": ToShare,
    "afweging/reactie": ToReact,
    "afweging/afronding": ToClose,
}
