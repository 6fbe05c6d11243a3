"""How a plan stays alive, for machines: what is agreed about later, the reviews, and who follows whom up."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.response import Response

from agreements.continuity import successions, verbs
from agreements.continuity.models import ReviewOutcome, SuccessionState
from agreements.requirements.api import BetweenTheTwo
from contacts.api import WordsField
from initiatives.models import Participant
from townhall.rest import CodeField, RecordSerializer, StrictSerializer, TextField

OUTCOMES = {
    "gaat-door": ReviewOutcome.GOES_ON,
    "gaat-anders": ReviewOutcome.CHANGES,
    "stopt": ReviewOutcome.STOPS,
}
STATES = {
    "wacht": SuccessionState.OPEN,
    "overgenomen": SuccessionState.ACCEPTED,
    "nee-gezegd": SuccessionState.DECLINED,
    "ingetrokken": SuccessionState.WITHDRAWN,
    "verlopen": SuccessionState.LAPSED,
}
MOST = 50
READ = "Van het plan voor later; 0 zolang dat er niet is."


class ContinuityReviewSerializer(RecordSerializer):
    audience = "initiator"

    uitkomst = CodeField(source="outcome", names=OUTCOMES)
    uitleg = serializers.CharField(source="sentence")
    op = serializers.DateField(source="on")
    geplandOp = serializers.DateField(source="was_due_on", allow_null=True)
    volgendeOp = serializers.DateField(source="next_on", allow_null=True)


class ContinuityPlanSerializer(RecordSerializer):
    audience = "initiator"

    mensen = WordsField(source="people", help_text="Wie het blijft doen.")
    geld = WordsField(source="money", help_text="Waarvan het wordt betaald.")
    onderhoud = WordsField(source="upkeep", help_text="Wie wat onderhoudt.")
    einde = WordsField(source="ending", help_text="Wat er gebeurt als het stopt.")
    terugblikOp = serializers.DateField(source="review_on", allow_null=True)
    teLaat = serializers.BooleanField(source="is_overdue")
    versie = serializers.IntegerField(source="version", help_text="0 zolang er niets is opgeschreven.")


def text(name):
    most = verbs.ContinuityPlan._meta.get_field(name).max_length
    return TextField(source=name, max_length=most, required=False, allow_blank=True)


class ContinuityPlanInput(StrictSerializer):
    mensen = text("people")
    geld = text("money")
    onderhoud = text("upkeep")
    einde = text("ending")
    terugblikOp = serializers.DateField(source="review_on", required=False)
    versie = serializers.IntegerField(min_value=0, source="version", help_text=READ)


class Later(BetweenTheTwo):
    """Hoe een plan blijft draaien: mensen, geld, onderhoud, einde, en de volgende terugblik."""

    http_method_names = ("get", "head", "patch")
    words = {"PATCH": "Schrijf het op of verander het. Voor de initiatiefnemers en ambtenaren."}
    asks = ContinuityPlanInput
    gives = dict.fromkeys(("GET", "PATCH"), ContinuityPlanSerializer)

    def get(self, request, kenmerk):
        return self.stand()

    head = get

    def patch(self, request, **place):
        return self.post(request, **place)

    def do(self, plan, asked):
        verbs.write(plan, by=self.request.user, **asked)

    def stand(self):
        return Response(ContinuityPlanSerializer(verbs.of_plan(self.plan)).data, status=self.code)


class ContinuityReviewInput(StrictSerializer):
    uitkomst = CodeField(source="outcome", names=OUTCOMES, read_only=False)
    uitleg = TextField(source="sentence", max_length=500)
    volgendeOp = serializers.DateField(source="next_on", required=False, help_text="Niet bij `stopt`.")
    versie = serializers.IntegerField(min_value=0, source="version", help_text=READ)


class Reviews(BetweenTheTwo):
    """Wanneer initiatiefnemer en gemeente terugkeken op een plan, en wat ze zagen."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Schrijf op hoe het gaat, en wanneer jullie weer terugkijken."}
    asks = ContinuityReviewInput
    gives = {"GET": ContinuityReviewSerializer(many=True), "POST": {"201": ContinuityReviewSerializer}}
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        found = self.plan.continuity_reviews.visible_to(request.user)[:MOST]
        return Response(ContinuityReviewSerializer(found, many=True).data)

    head = get

    def do(self, plan, asked):
        by = self.request.user
        self.made = self.once("review", lambda: verbs.review(plan, by=by, **asked))

    def stand(self):
        made = self.plan.continuity_reviews.get(pk=self.made)
        return Response(ContinuityReviewSerializer(made).data, status=self.code)


class SuccessionSerializer(RecordSerializer):
    audience = "initiator"

    kenmerk = serializers.IntegerField(source="id")
    stand = CodeField(source="state", names=STATES)
    vanGemeente = serializers.BooleanField(source="from_town", help_text="Door de gemeente gevraagd.")
    waarom = WordsField(source="reason")
    gevraagdOp = serializers.DateTimeField(source="at")
    werktTot = serializers.DateTimeField(source="until")
    voorbijSinds = serializers.DateTimeField(source="closed_at", allow_null=True)


class SuccessionInput(StrictSerializer):
    email = serializers.EmailField(max_length=254, help_text="Van wie je vraagt.")
    bericht = TextField(source="message", max_length=500, required=False, allow_blank=True)
    waarom = TextField(
        source="reason", max_length=300, required=False, help_text="Verplicht voor een ambtenaar."
    )
    voor = serializers.IntegerField(
        source="leaves",
        min_value=1,
        max_value=10**15,
        required=False,
        help_text="Wie stopt; alleen voor een ambtenaar, als er meer zijn die er niet meer zijn.",
    )


class Successions(BetweenTheTwo):
    """Wie gevraagd is om een plan over te nemen van wie ermee stopt."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Vraag een opvolger. Die krijgt een mail met een link, en zegt zelf ja of nee."}
    asks = SuccessionInput
    gives = {"GET": SuccessionSerializer(many=True), "POST": {"201": SuccessionSerializer}}
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        found = self.plan.successions.visible_to(request.user)[:MOST]
        return Response(SuccessionSerializer(found, many=True).data)

    head = get

    def do(self, plan, asked):
        by, number = self.request.user, asked.pop("leaves", None)
        leaves = None if number is None else Participant(pk=number)
        self.made = self.once("succession", lambda: successions.offer(plan, by=by, leaves=leaves, **asked))

    def stand(self):
        made = self.plan.successions.get(pk=self.made)
        return Response(SuccessionSerializer(made).data, status=self.code)


class SuccessionEndInput(StrictSerializer):
    """Nothing is asked."""


class SuccessionEnd(BetweenTheTwo):
    """Trek de vraag in: de link werkt niet meer."""

    asks = SuccessionEndInput
    gives = {"POST": SuccessionSerializer}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        found = self.plan.successions.visible_to(request.user)
        self.succession = get_object_or_404(found, pk=kwargs["opvolging"])

    def do(self, plan, asked):
        successions.withdraw(self.succession, by=self.request.user)

    def stand(self):
        return Response(SuccessionSerializer(self.succession).data, status=self.code)


class StepOutInput(StrictSerializer):
    """Nothing is asked."""


class StepOut(BetweenTheTwo):
    """Stop zonder opvolger, terwijl anderen doorgaan. Voor de initiatiefnemers."""

    asks = StepOutInput
    gives = {"POST": {"204": None}}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not self.plan.initiators().filter(user=request.user).exists():
            raise Http404

    def do(self, plan, asked):
        successions.step_out(plan, by=self.request.user)

    def stand(self):
        return Response(status=status.HTTP_204_NO_CONTENT)


ON_PLANS = {
    "later": Later,
    "terugblikken": Reviews,
    "opvolgingen": Successions,
    "opvolgingen/<int:opvolging>/intrekking": SuccessionEnd,
    "uittreding": StepOut,
}
