"""Promises for machines: the public list and, for who speaks for the promiser, what is done about one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action

from agreements.commitments import verbs
from agreements.commitments.filters import STATES, CommitmentFilter
from agreements.commitments.models import Commitment, PromisedTo
from contacts.api import AddressField, Named, WordsField
from contacts.models import AccountManager, Department, Organisation
from funding.models import NeedKind
from initiatives.models import Initiative
from townhall import uploads
from townhall.api_defaults import FileParser, JSONParser
from townhall.rest import (
    CodeField,
    KeptViewSet,
    KeyField,
    RecordSerializer,
    StrictSerializer,
    TextField,
    in_dutch,
)

SIDES = {"gemeente": "town", "initiatiefnemer": "initiator", "partner": "partner"}
TO = {
    "initiatiefnemer": PromisedTo.INITIATORS,
    "gemeente": PromisedTo.MUNICIPALITY,
    "gemeenteraad": PromisedTo.COUNCIL,
    "partner": PromisedTo.ORGANISATION,
}


class PlanReference(RecordSerializer):
    kenmerk = serializers.CharField(source="reference")
    titel = serializers.CharField(source="title")


class ShiftSerializer(RecordSerializer):
    van = serializers.DateField(source="from_day")
    naar = serializers.DateField(source="to_day")
    reden = serializers.CharField(source="reason")
    op = serializers.DateTimeField(source="at")


class ProofSerializer(RecordSerializer):
    naam = serializers.CharField(source="name")
    soort = serializers.CharField(source="content_type")
    grootte = serializers.IntegerField(source="size", help_text="In bytes.")
    beschrijving = WordsField(source="words", help_text="Wat er op de foto staat.")


class CommitmentSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    wat = serializers.CharField(source="text")
    initiatief = PlanReference(source="initiative")
    wie = CodeField(source="side", names=SIDES)
    afdeling = Named(source="of_department", allow_null=True)
    partner = Named(source="organisation", allow_null=True)
    aan = CodeField(source="promised_to", names=TO)
    aanPartner = Named(source="to_organisation", allow_null=True)
    gelegenheid = WordsField(source="occasion")
    beloofdOp = serializers.DateField(source="promised_on")
    uiterlijk = serializers.DateField(source="due_on")
    eerstBeloofdVoor = serializers.DateField(source="first_due_on", help_text="Verandert nooit.")
    verschuivingen = ShiftSerializer(source="moves", many=True)
    stand = CodeField(source="standing", names=STATES)
    teLaat = serializers.BooleanField(source="is_late")
    nagekomenOp = serializers.DateField(source="kept_on", allow_null=True)
    bewijs = WordsField(source="evidence", help_text="Waaraan je ziet dat het is gedaan.")
    bestand = ProofSerializer(
        source="shown_proof", allow_null=True, help_text="Een foto of PDF die het laat zien."
    )
    bestandAdres = AddressField(source="proof_url", help_text="Waar dat bestand is.")
    bestandOpenbaar = serializers.BooleanField(
        source="proof_released", help_text="Of het bestand van de gemeente op de site mag."
    )
    redenVervallen = WordsField(source="closing_reason")
    hoeveel = serializers.DecimalField(10, 2, source="quantity", allow_null=True)
    waarvan = WordsField(source="unit_name", help_text="Met `hoeveel` is het een bijdrage: 40 planten.")
    waarde = serializers.DecimalField(12, 2, source="value", allow_null=True, help_text="In euro.")
    behoefte = WordsField(source="need", help_text="Bij welke vraag van het plan dit helpt.")
    openbaar = serializers.BooleanField(source="is_shown")
    versie = serializers.IntegerField(source="version")
    webpagina = AddressField(source="get_absolute_url")


def optional(like):
    """A text that may be left out; as long as its column."""
    most = Commitment._meta.get_field(like).max_length
    return TextField(source=like, max_length=most, required=False, allow_blank=True)


class CommitmentInput(StrictSerializer):
    """An officer names an accounthouder, a department or a partner; an initiator promises for themselves."""

    initiatief = serializers.CharField(source="initiative", max_length=20)
    wat = TextField(source="text", max_length=300)
    uiterlijk = serializers.DateField(source="due_on", help_text="Een werkdag.")
    accounthouder = KeyField(AccountManager.objects.employed, source="manager", required=False)
    afdeling = KeyField(Department.objects.all(), source="department", required=False)
    partner = KeyField(Organisation.objects.unmerged, source="organisation", required=False)
    aan = CodeField(source="promised_to", names=TO, read_only=False, required=False)
    aanPartner = KeyField(Organisation.objects.unmerged, source="to_organisation", required=False)
    gelegenheid = optional("occasion")
    beloofdOp = serializers.DateField(source="promised_on", required=False)
    hoeveel = serializers.DecimalField(10, 2, source="quantity", min_value=0, required=False)
    waarvan = optional("unit_name")
    waarde = serializers.DecimalField(12, 2, source="value", min_value=0, required=False)
    behoefte = serializers.ChoiceField(NeedKind.choices, source="need", required=False)
    openbaar = serializers.BooleanField(source="is_public", required=False)


class Seen(StrictSerializer):
    """About a promise as it was read."""

    versie = serializers.IntegerField(min_value=1, source="version")


class CorrectInput(StrictSerializer):
    wat = TextField(source="text", max_length=300, required=False)
    gelegenheid = optional("occasion")
    versie = serializers.IntegerField(
        min_value=1, required=False, source="version", help_text="De `versie` die je las; ook als `If-Match`."
    )


class KeepInput(Seen):
    op = serializers.DateField(source="on")
    bewijs = TextField(source="evidence", max_length=500)
    bestand = uploads.ApiFileField(
        source="upload", required=False, help_text="Foto of PDF; stuur dan multipart/form-data."
    )
    beschrijving = TextField(
        source="words", max_length=300, required=False, allow_blank=True, help_text="Verplicht bij een foto."
    )


class ShiftInput(Seen):
    naar = serializers.DateField(source="to_day")
    reden = TextField(source="reason", max_length=300)


class ProofReleaseInput(Seen):
    """Nothing but the promise as it was read."""


class RemoveInput(Seen):
    """Nothing but the promise as it was read."""


class DropInput(Seen):
    reden = TextField(source="reason", max_length=300)


class ShowInput(Seen):
    openbaar = serializers.BooleanField()


def make(*, by, initiative, **values):
    """What the verb `promise` does, for a plan by its reference."""
    plan = Initiative.objects.visible_to(by).registered().filter(reference=initiative).first()
    if plan is None:
        raise ValidationError({"initiative": _("Dit plan kennen we niet.")})
    return verbs.promise(plan, by=by, **values)


class CommitmentViewSet(KeptViewSet):
    """Toezeggingen: wat de gemeente, initiatiefnemers en partners elkaar beloven."""

    queryset = Commitment.objects.none()
    serializer_class = CommitmentSerializer
    filterset_class = CommitmentFilter
    writes = {"create": make, "change": verbs.correct}
    may_write = staticmethod(lambda user: user.is_authenticated)

    def get_queryset(self):
        user = self.request.user
        return Commitment.objects.visible_to(user).with_side(user).for_pages().in_order()

    @property
    def input_class(self):
        return CorrectInput if self.action == "partial_update" else CommitmentInput

    def did(self, verb, asks):
        """What an act of the promiser gives: the promise as it stands after it."""
        found, asked = self.get_object(), asks(data=self.request.data)
        asked.is_valid(raise_exception=True)
        told = dict(asked.validated_data)
        if verb == "show":
            verb = "publish" if told.pop("openbaar") else "hide"
        in_dutch(asked, lambda: uploads.check_often(self.request))
        in_dutch(asked, lambda: getattr(verbs, verb)(found, by=self.request.user, **told))
        return self.shown(found.key, status.HTTP_200_OK)

    @extend_schema(request=KeepInput, description="Zet op nagekomen. Dat mag wie het beloofde.")
    @action(detail=True, methods=["post"], parser_classes=[JSONParser, FileParser])
    def nakoming(self, request, **place):
        return self.did("keep", KeepInput)

    @extend_schema(request=ProofReleaseInput, description="Het bestand mag op de site. Dat zegt de gemeente.")
    @action(detail=True, methods=["post"], url_path="bestand-openbaar")
    def bestand_openbaar(self, request, **place):
        return self.did("release_proof", ProofReleaseInput)

    @extend_schema(request=RemoveInput, description="Haal de foto of PDF bij een nagekomen toezegging weg.")
    @action(detail=True, methods=["post"], url_path="bestand-weg")
    def bestand_weg(self, request, **place):
        return self.did("remove_proof", RemoveInput)

    @extend_schema(request=ShiftInput, description="Verschuif de dag. De eerste dag blijft bewaard.")
    @action(detail=True, methods=["post"])
    def verschuiving(self, request, **place):
        return self.did("shift", ShiftInput)

    @extend_schema(request=DropInput, description="Laat vervallen. De reden blijft erbij staan.")
    @action(detail=True, methods=["post"])
    def verval(self, request, **place):
        return self.did("drop", DropInput)

    @extend_schema(request=ShowInput, description="Openbaar of niet. Openbaar maken kan wie het beloofde.")
    @action(detail=True, methods=["post"])
    def openbaarmaking(self, request, **place):
        return self.did("show", ShowInput)
