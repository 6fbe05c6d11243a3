"""People without an account, for machines; by the same sets and verbs as the pages."""

from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.api import Named, WordsField
from contacts.models import Ground, Organisation, Person
from desk.persons import verbs
from desk.persons.filters import PersonFilter
from initiatives.api import OfficersOnly
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    KeyField,
    RecordSerializer,
    StrictSerializer,
    TextField,
    in_dutch,
)

GROUNDS = {"taak": Ground.TASK, "toestemming": Ground.CONSENT, "overeenkomst": Ground.CONTRACT}


class KnownPersonSerializer(RecordSerializer):
    """Somebody, without how to reach them."""

    audience = "officer"

    kenmerk = serializers.CharField(source="id")
    naam = serializers.CharField(source="name")
    organisatie = Named(source="organisation", allow_null=True)
    bron = serializers.CharField(source="source")
    grondslag = CodeField(source="ground", names=GROUNDS)
    toestemmingOp = serializers.DateField(source="consented_on", allow_null=True)
    ingetrokkenOp = serializers.DateField(source="withdrawn_on", allow_null=True)
    verteldOp = serializers.DateField(source="informed_on", allow_null=True)
    laatsteContact = serializers.DateField(source="last_contact")
    versie = serializers.IntegerField(source="version")


class ReachablePersonSerializer(RecordSerializer):
    """How to reach somebody, for who said why."""

    audience = "near"

    kenmerk = serializers.CharField(source="id")
    naam = serializers.CharField(source="name")
    email = WordsField()
    telefoon = WordsField(source="phone")


class KnownPersonInput(Input):
    naam = TextField(source="name", max_length=100)
    email = serializers.EmailField(required=False, allow_blank=True)
    telefoon = TextField(source="phone", max_length=30, required=False, allow_blank=True)
    organisatie = KeyField(
        Organisation.objects.unmerged, source="organisation", required=False, allow_null=True
    )
    bron = TextField(source="source", max_length=200)
    grondslag = CodeField(source="ground", names=GROUNDS, read_only=False)
    toestemmingOp = serializers.DateField(source="consented_on", required=False, allow_null=True)


class PersonViewSet(OfficersOnly, KeptViewSet):
    """Mensen zonder account die de gemeente kent. Alleen voor ambtenaren."""

    queryset = Person.objects.none()
    serializer_class = KnownPersonSerializer
    filterset_class = PersonFilter
    input_class = KnownPersonInput
    writes = {"create": verbs.note_person, "change": verbs.change_person}
    may_write = staticmethod(lambda user: True)
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        found = verbs.with_last_contact(Person.objects.visible_to(self.request.user))
        return found.select_related("organisation").alphabetical()


class SeenInput(StrictSerializer):
    versie = serializers.IntegerField(min_value=1, source="version")


class SeenOnDayInput(SeenInput):
    op = serializers.DateField(source="on")


class LookedInput(StrictSerializer):
    reden = TextField(source="reason", max_length=300, required=False, allow_blank=True)


class OnPerson(OfficersOnly, APIView):
    """Something about one person: `asks` reads what was sent, `does` is the verb."""

    http_method_names = ("post",)
    asks = SeenInput
    does = None
    gives = {"POST": KnownPersonSerializer}

    def post(self, request, kenmerk):
        number = int(kenmerk) if kenmerk.isascii() and kenmerk.isdigit() and len(kenmerk) < 16 else 0
        found = Person.objects.visible_to(request.user)
        person = get_object_or_404(found, pk=number)
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        done = in_dutch(asked, lambda: type(self).does(person, by=request.user, **asked.validated_data))
        return self.answer(done)

    def answer(self, person):
        now = verbs.with_last_contact(Person.objects.select_related("organisation")).get(pk=person.pk)
        return Response(KnownPersonSerializer(now).data)


class Inform(OnPerson):
    """Stuur de brief: de persoon leest wat we bewaren en waarom."""

    does = verbs.inform


class Told(OnPerson):
    """De persoon weet het al, op een andere manier."""

    asks = SeenOnDayInput
    does = verbs.told


class Withdraw(OnPerson):
    """De toestemming is ingetrokken."""

    asks = SeenOnDayInput
    does = verbs.withdraw


class Forget(OnPerson):
    """Wis deze persoon."""

    does = verbs.forget
    gives = {"POST": None}

    def answer(self, person):
        return Response(status=status.HTTP_204_NO_CONTENT)


class LookAt(OnPerson):
    """Hoe je iemand bereikt; we schrijven op dat je keek, en waarom."""

    asks = LookedInput
    does = verbs.look
    gives = {"POST": ReachablePersonSerializer}

    def answer(self, person):
        return Response(ReachablePersonSerializer(person).data)


RESOURCES = {"personen": PersonViewSet}  # path below /api/v1/ -> viewset; it has a page
ON_RECORDS = {
    ("personen", name): view.as_view()
    for name, view in {
        "brief": Inform,
        "verteld": Told,
        "intrekking": Withdraw,
        "wissing": Forget,
        "inkijken": LookAt,
    }.items()
}
