"""Questions to the council, for machines: those of one plan, and all of them for the clerks."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from agreements.council import verbs
from agreements.council.filters import STATES, CouncilQuestionFilter
from agreements.council.models import CouncilQuestion
from agreements.requirements.api import BetweenTheTwo
from contacts.api import WordsField
from initiatives.api import ContactReference
from townhall.rest import CodeField, ReadViewSet, RecordSerializer, StrictSerializer, TextField, in_dutch

MOST = 50  # questions about one plan
STANDINGS = STATES | {"plan-klaar": "ended"}


class CouncilQuestionSerializer(RecordSerializer):
    audience = "clerk"

    kenmerk = serializers.CharField(source="key")
    initiatief = serializers.CharField(source="initiative.reference")
    accounthouder = ContactReference(source="initiative.contact")
    vraag = serializers.CharField(source="question")
    achtergrond = serializers.CharField(source="background", help_text="Wat de raad moet weten.")
    doorDeGemeente = serializers.BooleanField(source="from_town", help_text="Gesteld door een ambtenaar.")
    stand = CodeField(source="standing", names=STANDINGS)
    gesteldOp = serializers.DateField(source="asked_on")
    dagenWachten = serializers.IntegerField(
        source="days_waiting", allow_null=True, help_text="Kalenderdagen; null als het plan eerder klaar was."
    )
    volgendeStapUiterlijk = serializers.DateField(source="due_on")
    teLaat = serializers.BooleanField(source="is_late")
    ontvangenOp = serializers.DateField(source="received_on", allow_null=True)
    doorgestuurdOp = serializers.DateField(source="forwarded_on", allow_null=True)
    naarWie = WordsField(source="forwarded_to")
    besprokenOp = serializers.DateField(source="meets_on", allow_null=True)
    antwoord = WordsField(source="answer")
    volgendeStap = WordsField(source="next_step")
    waaromTeruggenomen = WordsField(source="closing_reason")
    klaarOp = serializers.DateField(source="closed_on", allow_null=True)
    versie = serializers.IntegerField(source="version")


# Of one plan ----------------------------------------------------------------------------------------------
class CouncilQuestionInput(StrictSerializer):
    vraag = TextField(source="question", max_length=300)
    achtergrond = TextField(source="background", max_length=2000, help_text="Zonder namen en adressen.")


class OnQuestions(BetweenTheTwo):
    """Answers with all questions about the plan, the newest first."""

    gives = dict.fromkeys(("GET", "POST"), CouncilQuestionSerializer(many=True))

    def stand(self):
        return self.rows(self.code)

    def rows(self, code):
        found = self.plan.council_questions.visible_to(self.request.user)
        found = found.select_related("initiative__contact")[:MOST]
        return Response(CouncilQuestionSerializer(found, many=True).data, status=code)


class CouncilQuestions(OnQuestions):
    """Vragen aan de gemeenteraad over een plan; voor de initiatiefnemers en ambtenaren."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Stel een vraag aan de gemeenteraad. De griffie krijgt die."}
    asks = CouncilQuestionInput
    gives = {
        "GET": CouncilQuestionSerializer(many=True),
        "POST": {"201": CouncilQuestionSerializer(many=True)},
    }
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        return self.rows(status.HTTP_200_OK)

    head = get

    def do(self, plan, asked):
        by = self.request.user
        self.once("council", lambda: verbs.ask(plan, by=by, **asked))


class VersionedInput(StrictSerializer):
    versie = serializers.IntegerField(min_value=1, source="version", help_text="Van de vraag.")


class TakeBackQuestionInput(VersionedInput):
    reden = TextField(source="reason", max_length=1000)


class TakeBackQuestion(OnQuestions):
    """Neem een vraag aan de gemeenteraad terug, met de reden."""

    asks = TakeBackQuestionInput
    gives = {"POST": CouncilQuestionSerializer(many=True)}

    def do(self, plan, asked):
        found = plan.council_questions.visible_to(self.request.user).select_related("initiative")
        question = get_object_or_404(found, key=self.kwargs["vraag"])
        verbs.take_back(question, by=self.request.user, **asked)


# At the desk of the clerks --------------------------------------------------------------------------------
class ReceiveQuestionInput(VersionedInput):
    pass


class ForwardQuestionInput(VersionedInput):
    naarWie = TextField(source="to", max_length=150, help_text="Een commissie of raadsleden.")
    besprokenOp = serializers.DateField(source="meets_on")


class AnswerQuestionInput(VersionedInput):
    antwoord = TextField(source="answer", max_length=4000)
    volgendeStap = TextField(source="next_step", max_length=2000)


def acts(asks, words):
    """A decorator: what clerks do to one question, by a POST below its address."""

    def made(method):
        return extend_schema(request=asks, responses=CouncilQuestionSerializer, description=words)(
            action(detail=True, methods=["post"])(method)
        )

    return made


class CouncilQuestionViewSet(ReadViewSet):
    """Vragen aan de gemeenteraad. Voor de griffie, en voor ambtenaren om te lezen."""

    serializer_class = CouncilQuestionSerializer
    filterset_class = CouncilQuestionFilter
    http_method_names = ("get", "head", "post")

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        user = request.user
        if not (user.is_authenticated and (user.is_clerk or user.is_officer)):
            raise Http404
        if request.method == "POST" and not user.is_clerk:
            raise Http404

    def get_queryset(self):
        found = CouncilQuestion.objects.visible_to(self.request.user).in_order()
        return found.select_related("initiative__contact")

    def done(self, verb, asks):
        """The question after a verb."""
        question, asked = self.get_object(), asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        in_dutch(asked, lambda: verb(question, by=self.request.user, **asked.validated_data))
        return Response(self.get_serializer(self.get_object()).data)

    @acts(ReceiveQuestionInput, "De griffie heeft de vraag.")
    def ontvangst(self, request, **place):
        return self.done(verbs.receive, ReceiveQuestionInput)

    @acts(ForwardQuestionInput, "De vraag gaat naar een commissie of naar raadsleden.")
    def doorzending(self, request, **place):
        return self.done(verbs.forward, ForwardQuestionInput)

    @acts(AnswerQuestionInput, "Het antwoord, en wat de initiatiefnemer nu kan doen.")
    def antwoord(self, request, **place):
        return self.done(verbs.answer, AnswerQuestionInput)


RESOURCES = {"raadsvragen": CouncilQuestionViewSet}  # path below /api/v1/ -> viewset; for clerks and officers
ON_PLANS = {"raadsvragen": CouncilQuestions, "raadsvragen/<str:vraag>/intrekking": TakeBackQuestion}
