"""The people behind a plan and the talk with them, for machines: only for who is near, or says why."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.response import Response

from desk import page
from desk import verbs as desk
from desk.access import is_near
from desk.forms import MomentForm
from initiatives import verbs
from initiatives.api import OfficersOnly, OnPlan, StandSerializer
from initiatives.models import MessageKind, ParticipantRole
from townhall.rest import CodeField, RecordSerializer, StrictSerializer

KINDS = {"bericht": MessageKind.TALK, "stap": MessageKind.STEP}
ROLES = {"initiatiefnemer": ParticipantRole.INITIATOR, "mede-initiatiefnemer": ParticipantRole.CO_INITIATOR}
SAY_WHY = _("Dit ziet alleen de contactpersoon. Zeg eerst waarom je het wilt zien, bij `inkijken`.")


class MessageSerializer(RecordSerializer):
    audience = "initiator"

    op = serializers.DateTimeField(source="at")
    vanGemeente = serializers.BooleanField(source="from_town")
    soort = CodeField(source="kind", names=KINDS)
    tekst = serializers.CharField(source="text")


class MomentSerializer(RecordSerializer):
    audience = "near"

    op = serializers.DateField(source="on")
    hoe = serializers.CharField(source="how")
    verslag = serializers.CharField(source="note")


class AccountSerializer(RecordSerializer):
    audience = "near"

    naam = serializers.CharField(source="name")
    email = serializers.CharField()


class PersonSerializer(RecordSerializer):
    """Somebody with an account, or with an address of their own."""

    audience = "near"

    rol = CodeField(source="role", names=ROLES)
    account = AccountSerializer(source="user", allow_null=True)
    naam = serializers.CharField(source="name")
    email = serializers.CharField()
    telefoon = serializers.CharField(source="phone")
    adres = serializers.CharField(source="address")


class BehindSerializer(RecordSerializer):
    """Everybody whose plan it is, and the talk so far."""

    audience = "near"

    mensen = PersonSerializer(source="people", many=True)
    berichten = MessageSerializer(source="messages", many=True)
    contactmomenten = MomentSerializer(source="moments", many=True)


def last_moments(plan):
    return plan.interactions.order_by("-on", "-pk")[: page.MOST_EVENTS]


def is_officer_near(user, plan):
    """True for who handles the plan, and reads the talk without giving a reason."""
    return verbs.officer(user, plan) and is_near(user, plan)


class MessageInput(StrictSerializer):
    tekst = serializers.CharField(max_length=4000, source="text")


class Messages(OnPlan):
    """Het gesprek: de laatste honderd berichten, voor de initiatiefnemers en de contactpersoon."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Een bericht aan de andere kant."}
    asks = MessageInput
    gives = {"GET": MessageSerializer(many=True), "POST": {"201": StandSerializer}}
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        reads = request.user if verbs.initiator(request.user, self.plan) else None
        if not (reads or is_officer_near(request.user, self.plan)):
            raise PermissionDenied(SAY_WHY)
        return Response(MessageSerializer(page.last_messages(self.plan, reads), many=True).data)

    head = get

    def do(self, plan, asked):
        self.once("message", lambda: verbs.write(plan, by=self.request.user, **asked))


class MomentInput(StrictSerializer):
    op = serializers.DateField(source="on")
    hoe = CodeField(source="how", names=dict(MomentForm.HOW), read_only=False)
    verslag = serializers.CharField(max_length=2000, source="note")


class Moments(OfficersOnly, OnPlan):
    """Contact buiten de site, voor de contactpersoon."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Schrijf op dat er contact was buiten de site."}
    asks = MomentInput
    gives = {"GET": MomentSerializer(many=True), "POST": {"201": StandSerializer}}
    code = status.HTTP_201_CREATED

    def get(self, request, kenmerk):
        if not is_officer_near(request.user, self.plan):
            raise PermissionDenied(SAY_WHY)
        return Response(MomentSerializer(last_moments(self.plan), many=True).data)

    head = get

    def do(self, plan, asked):
        told = asked | {"how": str(asked["how"])}
        self.once("moment", lambda: verbs.record_contact(plan, by=self.request.user, **told))


class LookInput(StrictSerializer):
    reden = serializers.CharField(
        max_length=300,
        allow_blank=True,
        default="",
        source="reason",
        help_text="Leest de initiatiefnemer.",
    )


class Look(OfficersOnly, OnPlan):
    """Wie er achter een plan zit; we schrijven op dat je keek, en waarom."""

    asks = LookInput
    gives = {"POST": BehindSerializer}

    def do(self, plan, asked):
        self.people = desk.look(plan, by=self.request.user, **asked)

    def stand(self):
        plan = self.plan
        told = {
            "people": self.people,
            "messages": page.last_messages(plan),
            "moments": list(last_moments(plan)),
        }
        return Response(BehindSerializer(told).data)


ON_PLANS = {"berichten": Messages, "contactmomenten": Moments, "inkijken": Look}
