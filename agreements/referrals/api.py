"""Where a plan went, for machines: the officer refers it, the initiator has it sent on."""

from django.http import Http404
from rest_framework import serializers, status
from rest_framework.response import Response

from agreements.referrals import verbs
from agreements.referrals.models import Answer
from agreements.requirements.api import BetweenTheTwo
from contacts.api import Named, WordsField
from contacts.models import Organisation
from townhall.rest import CodeField, KeyField, RecordSerializer, StrictSerializer, TextField
from townhall.telephone import only_telephone

ANSWERS = {
    "ontvangen": Answer.RECEIVED,
    "pakt-het-op": Answer.TAKES_ON,
    "past-niet": Answer.DECLINES,
    "": "",
}


class ReferralSerializer(RecordSerializer):
    audience = "initiator"

    aan = serializers.CharField(source="whom")
    partner = Named(source="organisation", allow_null=True)
    email = WordsField(help_text="Openbaar adres.")
    telefoon = WordsField(source="phone")
    waarom = serializers.CharField(source="why")
    teVerwachten = serializers.CharField(source="expect")
    doorverwezenOp = serializers.DateTimeField(source="at")
    doorgestuurdOp = serializers.DateTimeField(source="sent_at", allow_null=True)
    antwoordVerwachtOp = serializers.DateField(source="due_on", allow_null=True)
    antwoord = CodeField(source="answer", names=ANSWERS)
    toelichting = WordsField(source="note")


class ReferralInput(StrictSerializer):
    """A partner, or somebody by name with a public address."""

    partner = KeyField(Organisation.objects.unmerged, source="organisation", required=False)
    naam = TextField(source="name", max_length=150, required=False)
    email = serializers.EmailField(max_length=254, required=False)
    telefoon = TextField(source="phone", max_length=30, required=False, validators=[only_telephone])
    waarom = TextField(source="why", max_length=1000)
    teVerwachten = TextField(source="expect", max_length=1000)
    versie = serializers.IntegerField(min_value=1, source="version", help_text="Van het plan.")


class OnReferral(BetweenTheTwo):
    def stand(self):
        return self.newest(self.code)

    def newest(self, code):
        found = self.plan.referrals.visible_to(self.request.user).select_related("organisation").first()
        if found is None:
            raise Http404
        return Response(ReferralSerializer(found).data, status=code)


class Referrals(OnReferral):
    """Bij wie een plan beter past, waarom, en wat die zegt."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Verwijs een plan door. Voor ambtenaren."}
    asks = ReferralInput
    gives = {"GET": ReferralSerializer, "POST": {"201": ReferralSerializer}}
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        return self.newest(status.HTTP_200_OK)

    head = get

    def do(self, plan, asked):
        by = self.request.user
        self.once("referral", lambda: verbs.refer(plan, by=by, **asked))


class SendOnInput(StrictSerializer):
    """Nothing is asked: sending it is the yes."""


class SendOn(OnReferral):
    """Stuur mijn plan en mijn adres door: dat is een ja. Voor de initiatiefnemers."""

    asks = SendOnInput
    gives = {"POST": ReferralSerializer}

    def do(self, plan, asked):
        referral = plan.referrals.visible_to(self.request.user).first()
        if referral is None:
            raise Http404
        verbs.send_on(referral, by=self.request.user)


class ReferralTakeBackInput(StrictSerializer):
    """Nothing is asked."""


class TakeBack(OnReferral):
    """Trek mijn ja in: wie het plan kreeg, kan het niet meer lezen. Voor de initiatiefnemers."""

    asks = ReferralTakeBackInput
    gives = {"POST": ReferralSerializer}

    def do(self, plan, asked):
        referral = plan.referrals.visible_to(self.request.user).first()
        if referral is None:
            raise Http404
        verbs.take_back(referral, by=self.request.user)


ON_PLANS = {
    "doorverwijzing": Referrals,
    "doorverwijzing/toestemming": SendOn,
    "doorverwijzing/intrekking": TakeBack,
}
