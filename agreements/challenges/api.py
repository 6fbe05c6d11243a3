"""The facts of a challenge, for machines: each side fills in its own."""

from django.http import Http404
from rest_framework import serializers, status
from rest_framework.response import Response

from agreements.challenges import verbs
from agreements.requirements.api import BetweenTheTwo
from contacts.api import WordsField
from contacts.models import AccountManager
from initiatives.models import Initiative
from townhall.rest import CodeField, KeyField, RecordSerializer, StrictSerializer, TextField

NAMES = {
    "taak": "task",
    "geld": "budget",
    "aanpak": "approach",
    "resultaat": "result",
    "uitvoerder": "manager",
    "besluit": "decision",
}


class ChallengeSerializer(RecordSerializer):
    audience = "initiator"

    taak = WordsField(source="challenge.task")
    geldPerJaar = serializers.DecimalField(12, 2, source="challenge.budget", allow_null=True)
    uitlegBijGeld = WordsField(source="challenge.budget_note")
    aanpak = WordsField(source="challenge.approach")
    resultaat = WordsField(source="challenge.result")
    uitvoerder = serializers.CharField(source="challenge.manager.key", allow_null=True)
    ontbreekt = serializers.ListField(
        source="missing", child=CodeField(names=NAMES), help_text="Wat er nog moet komen."
    )
    versie = serializers.IntegerField(source="challenge.version", help_text="0 zolang er niets is ingevuld.")


def text(name):
    most = verbs.Challenge._meta.get_field(name).max_length
    return TextField(source=name, max_length=most, required=False, allow_blank=True)


class ChallengeInput(StrictSerializer):
    """An initiator sends taak, aanpak, resultaat; an officer the others."""

    taak = text("task")
    geldPerJaar = serializers.DecimalField(
        12, 2, source="budget", min_value=0, required=False, allow_null=True
    )
    uitlegBijGeld = text("budget_note")
    aanpak = text("approach")
    resultaat = text("result")
    uitvoerder = KeyField(AccountManager.objects.employed, source="manager", required=False, allow_null=True)
    versie = serializers.IntegerField(min_value=0, source="version")


class Facts(BetweenTheTwo):
    """Wat er bekend is over een taak die inwoners willen overnemen, en wat nog ontbreekt."""

    http_method_names = ("get", "head", "patch")
    words = {"PATCH": "Vul in wat jouw kant weet."}
    asks = ChallengeInput
    gives = dict.fromkeys(("GET", "PATCH"), ChallengeSerializer)
    code = status.HTTP_200_OK

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if self.plan.kind != Initiative.Kind.CHALLENGE:
            raise Http404

    def get(self, request, kenmerk):
        return self.stand()

    head = get

    def patch(self, request, **place):
        return self.post(request, **place)

    def do(self, plan, asked):
        verbs.fill(plan, by=self.request.user, **asked)

    def stand(self):
        missing = [row["name"] for row in verbs.checklist(self.plan) if not row["is_there"]]
        known = {"challenge": verbs.of_plan(self.plan), "missing": missing}
        return Response(ChallengeSerializer(known).data, status=self.code)


ON_PLANS = {"taak": Facts}
