"""News of a plan for machines: the list, more of it, other words, gone, hidden; as the pages do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.response import Response

from contacts.api import AddressField, WordsField
from initiatives.api import OfficersOnly, OnPlan
from initiatives.updates import verbs
from initiatives.verbs import either, initiator
from townhall import uploads
from townhall.api_defaults import FileParser, JSONParser
from townhall.rest import RecordSerializer, StrictSerializer, TextField, read_version


class UpdateSerializer(RecordSerializer):
    kenmerk = serializers.IntegerField(source="id")
    tekst = serializers.CharField(source="text")
    foto = AddressField(source="picture_url")
    opDeSite = serializers.BooleanField(source="is_shown")
    verteldOp = serializers.DateTimeField(source="at")
    aangepastOp = serializers.DateTimeField(source="changed_at", allow_null=True)
    versie = serializers.IntegerField(source="version")


class OwnUpdateSerializer(UpdateSerializer):
    """The same, for the initiators of the plan and officers."""

    audience = "initiator"

    waaromNiet = WordsField(source="hidden_why", help_text="Waarom de gemeente het van de site haalde.")


class UpdateInput(StrictSerializer):
    tekst = TextField(source="text", max_length=4000)
    foto = uploads.ApiFileField(source="upload", required=False)
    beschrijving = TextField(
        source="words", max_length=300, required=False, allow_blank=True, help_text="Verplicht bij een foto."
    )


class Updates(OnPlan):
    """Nieuws dat een initiatief over zichzelf vertelt, het nieuwste eerst."""

    http_method_names = ("get", "head", "post")
    parser_classes = (FileParser, JSONParser)
    words = {"POST": "Vertel nieuws, met of zonder foto. Voor de initiatiefnemers. Hoogstens 5 per dag."}
    asks = UpdateInput
    gives = {"GET": UpdateSerializer(many=True), "POST": {"201": OwnUpdateSerializer}}
    called = {"upload": "foto", "words": "beschrijving", "text": "tekst"}
    code = status.HTTP_201_CREATED

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and not initiator(request.user, self.plan):
            raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))

    def get(self, request, kenmerk):
        found = self.plan.updates.visible_to(request.user).for_pages()[: verbs.MOST]
        kind = OwnUpdateSerializer if either(request.user, self.plan) else UpdateSerializer
        return Response(kind(found, many=True, context={"request": request}).data)

    head = get

    def do(self, plan, asked):
        uploads.check_often(self.request)
        self.made = self.once("update", lambda: verbs.tell(plan, by=self.request.user, **asked))

    def stand(self):
        made = get_object_or_404(self.plan.updates.for_pages(), pk=self.made)
        return Response(OwnUpdateSerializer(made, context={"request": self.request}).data, status=self.code)


class OnUpdate(OnPlan):
    """About one piece of news; whoever may not see it finds nothing."""

    code = status.HTTP_200_OK

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        found = self.plan.updates.visible_to(request.user).for_pages()
        self.update = get_object_or_404(found, pk=kwargs["nieuws"])
        if not either(request.user, self.plan):
            raise Http404

    def stand(self):
        shown = OwnUpdateSerializer(self.update, context={"request": self.request})
        return Response(shown.data, status=self.code)


class UpdateCorrectionInput(StrictSerializer):
    tekst = TextField(source="text", max_length=4000)
    versie = serializers.IntegerField(min_value=1, source="version")


class OneUpdate(OnUpdate):
    """Eén nieuwsbericht van een plan."""

    http_method_names = ("patch", "delete")
    words = {
        "PATCH": "Andere woorden; lezers zien dat het is aangepast. Voor de initiatiefnemers.",
        "DELETE": "Haal het weg, met de foto. Geef de versie mee als `If-Match`.",
    }
    asks = UpdateCorrectionInput
    gives = {"PATCH": OwnUpdateSerializer, "DELETE": {"204": None}}

    def patch(self, request, **place):
        return self.post(request, **place)

    def do(self, plan, asked):
        verbs.correct(self.update, by=self.request.user, **asked)

    def delete(self, request, **place):
        verbs.remove(self.update, by=request.user, version=read_version(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class UpdateShowInput(StrictSerializer):
    opDeSite = serializers.BooleanField(source="shown")
    reden = TextField(
        source="reason", max_length=300, required=False, default="", help_text="Nodig bij `false`."
    )
    versie = serializers.IntegerField(min_value=1, source="version")


class Shown(OfficersOnly, OnUpdate):
    """Haal nieuws van de site, met een reden, of zet het terug. Voor ambtenaren."""

    asks = UpdateShowInput
    gives = {"POST": OwnUpdateSerializer}

    def do(self, plan, asked):
        told = {"by": self.request.user, "version": asked["version"]}
        if asked["shown"]:
            verbs.show(self.update, **told)
        else:
            verbs.hide(self.update, reason=asked["reason"], **told)


ON_PLANS = {
    "nieuws": Updates,
    "nieuws/<int:nieuws>": OneUpdate,
    "nieuws/<int:nieuws>/zichtbaarheid": Shown,
}
