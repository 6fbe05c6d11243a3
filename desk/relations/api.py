"""Organisations as officers know them, and contact moments, for machines; by the same sets and verbs."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import exceptions, mixins, serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts import merging
from contacts.api import AddressField, Named, WordsField
from contacts.models import Organisation, Person
from desk.forms import MomentForm
from desk.relations import timeline, verbs
from desk.relations.filters import RelationFilter
from desk.relations.picture import NetworkFilter, company, plans_of
from desk.relations.silence import SilentFilter
from desk.relations.silence import records as silent_plans
from desk.relations.views import records
from goals.api import ContactReference
from initiatives.api import OfficersOnly
from initiatives.filters import STATES
from initiatives.models import Initiative, Interaction
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    KeyField,
    ReadViewSet,
    RecordSerializer,
    StrictSerializer,
    TextField,
    in_dutch,
)

TAKEN = {  # name of a field -> what merging calls it
    "naam": "name",
    "soort": "kind",
    "interesses": "interests",
    "aanbod": "offers",
    "website": "website",
    "email": "email",
    "staatOpen": "is_open",
    "krijgtSubsidie": "is_subsidised",
    "wijken": "where",
}


class RelationSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    soort = serializers.CharField(source="kind")
    email = WordsField()
    website = WordsField()
    aanbod = WordsField(source="offers")
    wijken = Named(source="districts", many=True)
    staatOpen = serializers.BooleanField(source="is_open")
    laatsteContact = serializers.DateField(source="last_contact", allow_null=True)
    versie = serializers.IntegerField(source="version")
    webpagina = AddressField(source="get_absolute_url")


class EntrySerializer(RecordSerializer):
    """One thing that happened with an organisation."""

    audience = "officer"

    op = serializers.DateField(source="on")
    soort = serializers.CharField(source="kind")
    wat = serializers.CharField(source="words")
    verslag = WordsField(source="note")
    plan = WordsField(source="title")
    webpagina = AddressField(source="url")
    door = WordsField(source="who")


class RelationViewSet(OfficersOnly, ReadViewSet):
    """Organisaties, met wanneer de gemeente ze voor het laatst sprak. Alleen voor ambtenaren."""

    queryset = Organisation.objects.none()
    serializer_class = RelationSerializer
    filterset_class = RelationFilter

    def get_queryset(self):
        return records(self.request.user).alphabetical()


class Timeline(OfficersOnly, APIView):
    """Alles wat er met een organisatie gebeurde, nieuwste eerst; hoogstens vijftig."""

    http_method_names = ("get", "head")
    gives = {"GET": EntrySerializer(many=True)}

    def get(self, request, kenmerk):
        found = get_object_or_404(Organisation.objects.visible_to(request.user), key=kenmerk)
        shown = EntrySerializer(timeline.of(found, request.user), many=True, context={"request": request})
        return Response(shown.data)

    head = get


class ContactMomentSerializer(RecordSerializer):
    """A moment of which this officer may read the note."""

    audience = "near"

    kenmerk = serializers.CharField(source="id")
    op = serializers.DateField(source="on")
    hoe = serializers.CharField(source="how")
    organisaties = Named(source="organisations.all", many=True)
    personen = serializers.ListField(source="person_numbers", child=serializers.IntegerField())
    initiatief = serializers.CharField(source="initiative.reference", allow_null=True)
    verslag = serializers.CharField(source="note")
    volgendeStap = WordsField(source="next_step")
    volgendeStapOp = serializers.DateField(source="next_on", allow_null=True)
    gedaanOp = serializers.DateField(source="next_done_on", allow_null=True)


class ContactMomentInput(Input):
    op = serializers.DateField(source="on")
    hoe = CodeField(source="how", names=dict(MomentForm.HOW), read_only=False)
    organisaties = serializers.ListField(
        child=TextField(max_length=20), source="organisations", max_length=verbs.MOST, required=False
    )
    personen = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10**15),
        source="persons",
        max_length=verbs.MOST,
        required=False,
    )
    initiatief = serializers.CharField(source="initiative", max_length=20, required=False)
    verslag = TextField(source="note", max_length=2000)
    volgendeStap = TextField(source="next_step", max_length=300, required=False, allow_blank=True)
    volgendeStapOp = serializers.DateField(source="next_on", required=False, allow_null=True)


def all_of(found, name, field, asked):
    """The records of these names, in one query; an unknown one is refused at its field."""
    asked = list(dict.fromkeys(asked))
    known = list(found.filter(**{f"{name}__in": asked}))
    missing = set(asked) - {getattr(one, name) for one in known}
    if missing:
        raise ValidationError({field: _("“%(value)s” kennen we niet.") % {"value": min(missing)}})
    return known


def note_moment(*, by, how, initiative=None, organisations=(), persons=(), **values):
    """What the verb does, for things by their names; the one who asks has to be able to see them."""
    plan = None
    if initiative:
        plan = Initiative.objects.visible_to(by).registered().filter(reference=initiative).first()
        if plan is None:
            raise ValidationError({"initiative": _("Dit plan kennen we niet.")})
    return verbs.note_moment(
        by=by,
        how=str(how),
        initiative=plan,
        organisations=all_of(Organisation.objects.visible_to(by), "key", "organisations", organisations),
        persons=all_of(Person.objects.visible_to(by), "pk", "persons", persons),
        **values,
    )


class ContactMomentViewSet(OfficersOnly, KeptViewSet):
    """Contactmomenten met organisaties en personen, en over plannen, die jij mag lezen."""

    queryset = Interaction.objects.none()
    serializer_class = ContactMomentSerializer
    input_class = ContactMomentInput
    writes = {"create": note_moment}
    may_write = staticmethod(lambda user: True)
    http_method_names = ("get", "head", "post")
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        found = Interaction.objects.visible_to(self.request.user).select_related("initiative")
        return found.prefetch_related("organisations", "persons").newest_first()


class StepTaken(OfficersOnly, APIView):
    """Je volgende stap is gedaan."""

    http_method_names = ("post",)
    gives = {"POST": ContactMomentSerializer}

    def post(self, request, kenmerk):
        number = int(kenmerk) if kenmerk.isascii() and kenmerk.isdigit() and len(kenmerk) < 16 else 0
        moment = get_object_or_404(Interaction.objects.filter(by=request.user), pk=number)
        return Response(ContactMomentSerializer(verbs.take_step(moment, by=request.user)).data)


class SilentSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="reference")
    titel = serializers.CharField(source="title")
    staat = CodeField(source="state", names=STATES)
    wijk = Named(source="district", allow_null=True)
    accounthouder = ContactReference(source="contact")
    ingediendOp = serializers.DateTimeField(source="submitted_at")
    laatsteTeken = serializers.DateField(source="last_sign", help_text="Het laatste teken van leven.")
    webpagina = AddressField(source="get_absolute_url")


class SilentViewSet(OfficersOnly, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Openbare plannen waar niemand zich voor meldt. Alleen voor ambtenaren."""

    queryset = Initiative.objects.none()
    serializer_class = SilentSerializer
    filterset_class = SilentFilter
    http_method_names = ("get", "head")

    def get_queryset(self):
        return silent_plans(self.request.user)


# Doubles ------------------------------------------------------------------------------------------------
class DoubleSerializer(RecordSerializer):
    """Two organisations that may be one."""

    een = Named(source="one")
    ander = Named(source="other")
    redenen = serializers.ListField(source="reasons", child=serializers.CharField())


class ApartInput(StrictSerializer):
    een = KeyField(Organisation.objects.unmerged, source="one")
    ander = KeyField(Organisation.objects.unmerged, source="other")


class Doubles(OfficersOnly, APIView):
    """Organisaties die misschien dezelfde zijn; hoogstens vijftig, de waarschijnlijkste eerst."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Dit zijn er twee: stel ze niet meer samen voor."}
    asks = ApartInput
    gives = dict.fromkeys(("GET", "POST"), DoubleSerializer(many=True))

    def get(self, request):
        return Response(DoubleSerializer(merging.doubles(), many=True).data)

    head = get

    def post(self, request):
        asked = ApartInput(data=request.data)
        asked.is_valid(raise_exception=True)
        in_dutch(asked, lambda: merging.tell_apart(**asked.validated_data, by=request.user))
        return self.get(request)


class RelationMergeInput(StrictSerializer):
    versie = serializers.IntegerField(min_value=1, source="version")
    dubbele = KeyField(Organisation.objects.all(), source="loser", help_text="Gaat hierin op.")
    versieVanDubbele = serializers.IntegerField(min_value=1, source="other_version")
    vanDubbele = serializers.ListField(
        child=CodeField(names=TAKEN, read_only=False),
        source="taken",
        max_length=len(TAKEN),
        required=False,
        help_text="Velden waarvan de waarde van de dubbele blijft staan.",
    )


class Merge(OfficersOnly, APIView):
    """Voeg een dubbele organisatie samen met deze. Alles wat eraan hing, verhuist."""

    http_method_names = ("post",)
    asks = RelationMergeInput
    gives = {"POST": RelationSerializer}

    def post(self, request, kenmerk):
        winner = get_object_or_404(Organisation.objects.visible_to(request.user), key=kenmerk)
        asked = RelationMergeInput(data=request.data)
        asked.is_valid(raise_exception=True)
        in_dutch(asked, lambda: merging.merge(winner, by=request.user, **asked.validated_data))
        now = records(request.user).get(pk=winner.pk)
        return Response(RelationSerializer(now, context={"request": request}).data)


# Who works with whom --------------------------------------------------------------------------------------
class LinkSerializer(RecordSerializer):
    """A line of the picture, by the names of its ends."""

    organisatie = serializers.CharField()
    initiatief = serializers.CharField()


class NetworkPlanSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="reference")
    titel = serializers.CharField(source="title")


class NetworkSerializer(RecordSerializer):
    """The picture as a list."""

    organisaties = Named(source="organisations", many=True)
    initiatieven = NetworkPlanSerializer(source="plans", many=True)
    lijnen = LinkSerializer(source="links", many=True)


class Network(OfficersOnly, APIView):
    """Welke organisaties aan welke openbare plannen meedoen; hoogstens 25 plannen, de nieuwste eerst."""

    http_method_names = ("get", "head")
    questions = ("partner", "doel", "wijk")
    gives = {"GET": NetworkSerializer}

    def get(self, request):
        unknown = set(request.query_params) - set(self.questions)
        asked = NetworkFilter(request.query_params, plans_of(request.user), request=request)
        errors = {name: [_("Deze parameter kennen we niet.")] for name in unknown} | dict(asked.errors)
        if errors:
            raise exceptions.ValidationError(errors)
        plans, organisations, links = company(asked.qs)
        lines = [{"organisatie": one, "initiatief": plan} for one, plan in links]
        told = {"organisations": organisations, "plans": plans, "links": lines}
        return Response(NetworkSerializer(told).data)

    head = get


RESOURCES = {  # path below /api/v1/ -> viewset; each has a page
    "relaties": RelationViewSet,
    "stille-initiatieven": SilentViewSet,
}
OWN = {"contactmomenten": ContactMomentViewSet}
ON_RECORDS = {  # (resource, path below one of it) -> view
    ("relaties", "tijdlijn"): Timeline.as_view(),
    ("relaties", "samenvoeging"): Merge.as_view(),
    ("contactmomenten", "volgende-stap"): StepTaken.as_view(),
}
SINGLE = {"dubbele-relaties": Doubles.as_view(), "netwerk": Network.as_view()}
