"""Going on together, for machines: what is proposed about a plan, and what its people say."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.response import Response

from agreements.merges import verbs
from agreements.merges.models import MergeState
from agreements.requirements.api import BetweenTheTwo
from initiatives.api import OfficersOnly
from initiatives.models import Initiative
from initiatives.verbs import officer
from townhall.rest import CodeField, KeyField, RecordSerializer, StrictSerializer, TextField

STATES = {
    "wacht": MergeState.OPEN,
    "samengegaan": MergeState.DONE,
    "blijven-apart": MergeState.DECLINED,
    "verlopen": MergeState.LAPSED,
    "ingetrokken": MergeState.WITHDRAWN,
}
MOST = 50


class MergeSerializer(RecordSerializer):
    audience = "initiator"

    kenmerk = serializers.IntegerField(source="key")
    anderPlan = serializers.CharField(
        source="other", allow_null=True, help_text="Kenmerk; null als dat plan niet op de site staat."
    )
    ditPlanGaatDoor = serializers.BooleanField(source="goes_on")
    waarom = serializers.CharField(source="why")
    stand = CodeField(source="state", names=STATES)
    ditPlanZeiJa = serializers.BooleanField(source="said_yes")
    antwoordTotEnMet = serializers.DateField(source="until")


class MergeInput(StrictSerializer):
    anderPlan = KeyField(
        lambda: Initiative.objects.registered(), name="reference", source="other", help_text="Kenmerk."
    )
    ditPlanGaatDoor = serializers.BooleanField(source="goes_on")
    waarom = TextField(source="why", max_length=500)


def row(merge, plan, user):
    """A proposal as who asks may see it from this plan."""
    other = merge.other(plan)
    may_see = user.is_officer or other.is_shown or merge.state == MergeState.DONE
    return {
        "key": merge.pk,
        "other": other.reference if may_see else None,
        "goes_on": merge.goes_on(plan),
        "why": merge.why,
        "state": merge.state,
        "said_yes": merge.agreed_at(plan) is not None,
        "until": merge.until,
    }


class OnMerges(BetweenTheTwo):
    """Answers with all proposals about the plan, the newest first."""

    gives = dict.fromkeys(("GET", "POST"), MergeSerializer(many=True))

    def stand(self):
        return self.rows(self.code)

    def rows(self, code):
        user, plan = self.request.user, self.plan
        found = self.found().with_plans()[:MOST]
        rows = [row(one, plan, user) for one in found]
        return Response(MergeSerializer(rows, many=True).data, status=code)

    def found(self):
        return self.merges().visible_to(self.request.user)

    def merges(self):
        return verbs.Merge.objects.about(self.plan)

    def one(self):
        return get_object_or_404(self.found().with_plans(), pk=self.kwargs["samenvoeging"])


class Merges(OnMerges):
    """Voorstellen om samen te gaan met een ander plan."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Stel voor om twee plannen samen te laten gaan. Voor ambtenaren."}
    asks = MergeInput
    gives = {"GET": MergeSerializer(many=True), "POST": {"201": MergeSerializer(many=True)}}
    code = status.HTTP_201_CREATED

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and not officer(request.user, self.plan):
            raise Http404  # before any other plan is looked up

    def get(self, request, kenmerk):
        return self.rows(status.HTTP_200_OK)

    head = get

    def do(self, plan, asked):
        other, by = asked["other"], self.request.user
        pair = (other, plan) if asked["goes_on"] else (plan, other)
        self.once("merge", lambda: verbs.propose(*pair, by=by, why=asked["why"]))


class MergeAnswerInput(StrictSerializer):
    ja = serializers.BooleanField()


class Answer(OnMerges):
    """Zeg ja of nee. Bij twee keer ja gaan de plannen samen. Voor de initiatiefnemers."""

    asks = MergeAnswerInput
    gives = {"POST": MergeSerializer(many=True)}

    def do(self, plan, asked):
        (verbs.agree if asked["ja"] else verbs.decline)(self.one(), by=self.request.user)


class MergeEndInput(StrictSerializer):
    """Nothing is asked."""


class Withdrawal(OfficersOnly, OnMerges):
    """Trek een voorstel in."""

    asks = MergeEndInput
    gives = {"POST": MergeSerializer(many=True)}

    def do(self, plan, asked):
        verbs.withdraw(self.one(), by=self.request.user)


ON_PLANS = {
    "samenvoegingen": Merges,
    "samenvoegingen/<int:samenvoeging>/antwoord": Answer,
    "samenvoegingen/<int:samenvoeging>/intrekking": Withdrawal,
}
