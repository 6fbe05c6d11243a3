"""Notes of colleagues for machines, by the same sets and verbs as the page; for officers only."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.response import Response

from contacts.models import AccountManager
from desk.notes import verbs
from desk.notes.models import Mention, Note
from goals.api import ContactReference
from initiatives.api import OfficersOnly, OnPlan
from townhall.rest import KeyField, RecordSerializer, StrictSerializer, TextField

MOST = 100


class MentionSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="id")
    accounthouder = ContactReference(source="manager")
    gelezenOp = serializers.DateTimeField(source="read_at", allow_null=True)


class NoteSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="id")
    tekst = serializers.CharField(source="text")
    door = serializers.CharField(source="writer", help_text="Zoals collega’s elkaar noemen.")
    op = serializers.DateTimeField(source="at")
    genoemd = MentionSerializer(source="asked", many=True)


class NoteInput(StrictSerializer):
    tekst = TextField(source="text", max_length=2000)
    genoemd = KeyField(
        AccountManager.objects.employed, source="mention", many=True, required=False, default=list
    )


class Notes(OfficersOnly, OnPlan):
    """Wat collega’s elkaar vertellen over een plan: de nieuwste honderd. Alleen voor ambtenaren."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Schrijf een notitie, en vraag collega’s om te kijken."}
    asks = NoteInput
    called = {"mention": "genoemd"}
    gives = {"GET": NoteSerializer(many=True), "POST": {"201": NoteSerializer(many=True)}}
    code = status.HTTP_201_CREATED

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not verbs.may("read_note", self.plan, request.user):
            raise Http404

    def get(self, request, kenmerk):
        return Response(self.told())

    head = get

    def told(self):
        found = Note.objects.visible_to(self.request.user).filter(initiative=self.plan)
        return NoteSerializer(found.for_pages()[:MOST], many=True).data

    def do(self, plan, asked):
        self.once("note", lambda: verbs.write(plan, by=self.request.user, **asked))

    def stand(self):
        return Response(self.told(), status=self.code)


class ReadInput(StrictSerializer):
    kenmerk = serializers.IntegerField(min_value=1, max_value=10**15)


class Read(Notes):
    """Je hebt een notitie gelezen waarin een collega je noemt."""

    http_method_names = ("post",)
    words = {}
    asks = ReadInput
    gives = {"POST": NoteSerializer(many=True)}
    code = status.HTTP_200_OK

    def do(self, plan, asked):
        found = Mention.objects.select_related("note__initiative", "manager").filter(note__initiative=plan)
        verbs.read(get_object_or_404(found, pk=asked["kenmerk"]), by=self.request.user)


ON_PLANS = {"notities": Notes, "notities-gelezen": Read}
