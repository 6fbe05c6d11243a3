"""The files of a plan for machines: the list, a new one, what is said about one, and the file itself."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.response import Response

from agreements.attachments import verbs
from contacts.api import AddressField, WordsField
from initiatives.api import OnPlan
from townhall import uploads
from townhall.api_defaults import FileParser, JSONParser
from townhall.rest import CodeField, RecordSerializer, StrictSerializer, TextField, read_version

STANDINGS = {
    "intern": "internal",
    "gedeeld": "shared",
    "wacht-op-gemeente": "town",
    "wacht-op-initiatiefnemer": "initiators",
    "openbaar-met-plan": "ready",
    "openbaar": "public",
}


class AttachmentSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="file.name")
    soort = serializers.CharField(source="file.content_type")
    grootte = serializers.IntegerField(source="file.size", help_text="In bytes.")
    beschrijving = WordsField(source="file.words", help_text="Wat er op de foto staat.")
    vanGemeente = serializers.BooleanField(source="file.from_town")
    toegevoegdOp = serializers.DateTimeField(source="file.at")
    zichtbaar = CodeField(source="standing", names=STANDINGS)
    versie = serializers.IntegerField(source="version")
    adres = AddressField(source="get_absolute_url", help_text="Het bestand zelf.")


class AttachmentInput(StrictSerializer):
    bestand = uploads.ApiFileField(source="upload")
    beschrijving = TextField(
        source="words", max_length=300, required=False, allow_blank=True, help_text="Verplicht bij een foto."
    )
    intern = serializers.BooleanField(
        source="is_internal", required=False, default=False, help_text="Alleen voor ambtenaren."
    )
    magOpDeSite = serializers.BooleanField(source="agrees", required=False, default=False)


class Attachments(OnPlan):
    """De bestanden bij een plan: wat jij ervan mag zien."""

    http_method_names = ("get", "head", "post")
    parser_classes = (FileParser, JSONParser)
    words = {"POST": "Een nieuw bestand, als multipart/form-data. Hoogstens 10 MB, 20 per plan."}
    asks = AttachmentInput
    gives = {"GET": AttachmentSerializer(many=True), "POST": {"201": AttachmentSerializer}}
    called = {"upload": "bestand", "words": "beschrijving", "is_internal": "intern"}
    code = status.HTTP_201_CREATED

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and not verbs.may_add(self.plan, request.user):
            raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))

    def get(self, request, kenmerk):
        found = self.plan.attachments.visible_to(request.user).for_pages()
        return Response(AttachmentSerializer(found, many=True, context={"request": request}).data)

    head = get

    def do(self, plan, asked):
        uploads.check_often(self.request)
        self.made = self.once("attachment", lambda: verbs.add(plan, by=self.request.user, **asked))

    def stand(self):
        found = self.plan.attachments.visible_to(self.request.user).for_pages()
        made = AttachmentSerializer(get_object_or_404(found, pk=self.made), context={"request": self.request})
        return Response(made.data, status=self.code)


class OnAttachment(OnPlan):
    """About one file; whoever may not see it finds nothing."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        found = self.plan.attachments.visible_to(request.user).for_pages()
        self.attachment = get_object_or_404(found, file_id=kwargs["bijlage"])
        if request.method not in ("GET", "HEAD") and not verbs.of_either(request.user, self.attachment):
            raise Http404


class SayInput(StrictSerializer):
    magOpDeSite = serializers.BooleanField(source="agrees")
    versie = serializers.IntegerField(min_value=1, source="version")


class OneAttachment(OnAttachment):
    """Eén bestand bij een plan."""

    http_method_names = ("get", "head", "patch", "delete")
    words = {
        "PATCH": "Zeg of dit bestand van jouw kant op de site mag. Dat kan pas als beide kanten ja zeggen.",
        "DELETE": "Haal het bestand weg; dat kan wie het erbij deed. Geef de versie mee als `If-Match`.",
    }
    asks = SayInput
    gives = dict.fromkeys(("GET", "PATCH"), AttachmentSerializer) | {"DELETE": {"204": None}}

    def get(self, request, **place):
        return Response(AttachmentSerializer(self.attachment, context={"request": request}).data)

    head = get

    def patch(self, request, **place):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        verb = verbs.show if told["agrees"] else verbs.hide
        verb(self.attachment, by=request.user, version=told["version"])
        return self.get(request)

    def delete(self, request, **place):
        verbs.remove(self.attachment, by=request.user, version=read_version(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


ON_PLANS = {"bijlagen": Attachments, "bijlagen/<uuid:bijlage>": OneAttachment}
