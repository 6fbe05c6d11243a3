"""What residents do, for machines. Nothing here names a resident: each field is listed by hand."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, permissions, serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.api import AddressField, Named, WordsField
from contacts.models import District
from funding.models import NeedKind
from goals.api import ContactReference
from initiatives import verbs
from initiatives.filters import CLOCKS, STATES, InitiativeFilter
from initiatives.looks import looks_at
from initiatives.models import Clock, Initiative, State
from townhall import submission
from townhall.api_defaults import LongPagination
from townhall.limiter import Throttle
from townhall.rest import (
    CodeField,
    Input,
    KeptViewSet,
    KeyField,
    ReadViewSet,
    RecordSerializer,
    TextField,
    in_dutch,
)

KINDS = {
    "eigen-plan": Initiative.Kind.OWN_PLAN,
    "vraag-aan-de-raad": Initiative.Kind.ASK_COUNCIL,
    "taak-overnemen": Initiative.Kind.CHALLENGE,
}
SUBMITTERS = {
    "persoon": Initiative.By.PERSON,
    "groep": Initiative.By.GROUP,
    "organisatie": Initiative.By.ORGANISATION,
}


class LinkedGoal(RecordSerializer):
    kenmerk = serializers.CharField(source="goal.key")
    titel = serializers.CharField(source="goal.heading")
    sterkte = serializers.IntegerField(source="strength", help_text="2: duidelijk, 1: voor een deel.")


class LinkedPartner(RecordSerializer):
    kenmerk = serializers.CharField(source="organisation.key")
    naam = serializers.CharField(source="organisation.name")


class InitiativeSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="reference")
    titel = serializers.CharField(source="title")
    samenvatting = WordsField(source="summary", help_text="In één zin.")
    verhaal = serializers.CharField(source="story")
    watErAlIs = WordsField(source="existing")
    inbreng = WordsField(source="offered", help_text="Wat de initiatiefnemers zelf inbrengen.")
    vraag = WordsField(source="asked", help_text="Wat ze vragen.")
    wijk = Named(source="district", allow_null=True)
    soort = CodeField(source="kind", names=KINDS)
    van = CodeField(source="submitted_by", names=SUBMITTERS)
    organisatie = Named(source="organisation", allow_null=True)
    staat = CodeField(source="state", names=STATES)
    begintOp = serializers.DateField(source="starts_on", allow_null=True)
    eindigtOp = serializers.DateField(source="ends_on", allow_null=True)
    ingediendOp = serializers.DateTimeField(source="submitted_at")
    doelen = LinkedGoal(source="visible_links", many=True)
    partners = LinkedPartner(source="visible_partners", many=True)
    accounthouder = ContactReference(source="contact", help_text="Het vaste contact bij de gemeente.")
    verderIn = serializers.CharField(
        source="goes_on_in.reference", allow_null=True, help_text="Het plan waarin dit plan verderging."
    )
    webpagina = AddressField(source="get_absolute_url")


class InitiativeViewSet(ReadViewSet):
    """Initiatieven die openbaar zijn; wie inlogt ziet ook zijn eigen."""

    serializer_class = InitiativeSerializer
    filterset_class = InitiativeFilter
    pagination_class = LongPagination
    by = "submitted_at"
    lookup_field = "reference"

    def get_queryset(self):
        user = self.request.user
        found = Initiative.objects.visible_to(user).registered().for_pages(user)
        return found.on_their_own() if self.action == "list" else found


# What is done about one plan -----------------------------------------------------------------------------
class OfficersOnly:
    """For all others there is nothing at this address."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not (request.user.is_authenticated and request.user.is_officer):
            raise Http404


class StandSerializer(RecordSerializer):
    """How a plan stands after something was done to it."""

    kenmerk = serializers.CharField(source="reference")
    staat = CodeField(source="state", names=STATES)
    accounthouder = ContactReference(source="contact")
    openbaar = serializers.BooleanField(source="is_shown")
    versie = serializers.IntegerField(source="version")


class OnPlan(APIView):
    """Something about one plan. `asks` reads what was sent, `do(plan, asked)` does it by a verb.

    called: {name in a refusal of the verb: name as written}.
    """

    http_method_names = ("post",)
    asks = None
    gives = {"POST": StandSerializer}
    called = {}
    code = status.HTTP_200_OK

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        plans = Initiative.objects.visible_to(request.user).registered()
        self.plan = get_object_or_404(plans, reference=kwargs["kenmerk"])

    def post(self, request, **place):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        in_dutch(asked, lambda: self.do(self.plan, asked.validated_data), self.called)
        return self.stand()

    def stand(self):
        """How the plan stands now."""
        plans = Initiative.objects.select_related("contact__department")
        return Response(StandSerializer(plans.get(pk=self.plan.pk)).data, status=self.code)

    def once(self, what, make):
        """The number of what `make` makes, once for the Idempotency-Key of this request and this plan."""
        user, token = self.request.user, submission.token_of(self.request)
        purpose = f"api-{what}-{self.plan.pk}"
        try:
            made = submission.once(
                token, purpose, lambda: str(make().pk), by=user if user.is_authenticated else None
            )
            return made.result
        except submission.Refused as refused:
            raise exceptions.ValidationError({submission.HEADER: [str(refused)]}) from None


# One's own plans ------------------------------------------------------------------------------------------
class ClockSerializer(RecordSerializer):
    termijn = CodeField(source="kind", names=CLOCKS)
    begonnenOp = serializers.DateField(source="started_on")
    werkdagen = serializers.IntegerField(source="days")
    uiterlijk = serializers.DateField(source="due_on")
    nog = serializers.CharField(source="left", help_text="In woorden: nog 2 werkdagen.")
    waarom = serializers.CharField(source="why", help_text="Waarom die dag.")


class NeedSerializer(RecordSerializer):
    audience = "initiator"

    soort = serializers.CharField(source="kind")
    bedrag = serializers.DecimalField(11, 2, source="amount", allow_null=True)


class OwnSerializer(RecordSerializer):
    audience = "initiator"

    id = serializers.UUIDField(source="public_id")
    kenmerk = serializers.CharField(source="reference", allow_null=True)
    titel = serializers.CharField(source="title")
    samenvatting = WordsField(source="summary")
    verhaal = serializers.CharField(source="story")
    inbreng = WordsField(source="offered")
    vraag = WordsField(source="asked")
    behoeften = NeedSerializer(source="needs.all", many=True)
    wijk = Named(source="district", allow_null=True)
    plek = WordsField(source="place")
    van = CodeField(source="submitted_by", names=SUBMITTERS)
    staat = CodeField(source="state", names=STATES | {"concept": State.DRAFT})
    magOpDeSite = serializers.BooleanField(source="wants_public")
    staatOpDeSite = serializers.BooleanField(source="is_shown")
    accounthouder = ContactReference(source="contact", allow_null=True)
    termijnen = ClockSerializer(source="ticking", many=True)
    versie = serializers.IntegerField(source="version")


class OwnInput(Input):
    """A name and a story make a plan; the rest may come later."""

    titel = TextField(source="title", max_length=150)
    verhaal = TextField(source="story", max_length=10_000)
    samenvatting = TextField(source="summary", max_length=300, required=False, allow_blank=True)
    inbreng = TextField(source="offered", max_length=2000, required=False, allow_blank=True)
    vraag = TextField(source="asked", max_length=2000, required=False, allow_blank=True)
    behoeften = serializers.ListField(
        child=serializers.ChoiceField(NeedKind.choices), max_length=11, required=False, source="needs"
    )
    bedrag = serializers.DecimalField(
        11, 2, source="amount", min_value=0, required=False, allow_null=True, help_text="Bij behoefte geld."
    )
    wijk = KeyField(District.objects.all(), source="district", required=False, allow_null=True)
    plek = TextField(source="place", max_length=200, required=False, allow_blank=True)
    van = CodeField(source="submitted_by", names=SUBMITTERS, required=False, read_only=False)
    magOpDeSite = serializers.BooleanField(source="wants_public", required=False)

    def validate(self, data):
        """An amount is of the need for money; what could not be kept is told, not dropped."""
        if data.get("amount") is not None and NeedKind.MONEY not in data.get("needs", ()):
            raise serializers.ValidationError({"bedrag": [_("Noem bij een bedrag ook de behoefte geld.")]})
        return data


def change(plan, *, by, version, **values):
    """What the verb `edit` does; an amount that was not sent stays what it was."""
    if "needs" in values and "amount" not in values:
        kept = plan.needs.filter(kind=NeedKind.MONEY).values_list("amount", flat=True)
        values["amount"] = kept.first()
    return verbs.edit(plan, by=by, version=version, **values)


class OwnLookSerializer(RecordSerializer):
    """One time that somebody looked at private data."""

    audience = "self"

    op = serializers.DateTimeField(source="at")
    wie = serializers.CharField(source="who", help_text="Functie en afdeling.")
    reden = WordsField(source="reason", help_text="Leeg: je contactpersoon of de vervanger.")


class OwnViewSet(KeptViewSet):
    """Je eigen plannen, ook wat nog concept is: melden, veranderen, versturen of weggooien."""

    queryset = Initiative.objects.none()
    serializer_class = OwnSerializer
    input_class = OwnInput
    writes = {"create": verbs.register, "change": change}
    limit = "register"
    permission_classes = (permissions.IsAuthenticated,)
    may_write = staticmethod(lambda user: user.is_authenticated)
    http_method_names = ("get", "head", "post", "patch", "delete")
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self):
        running = Prefetch("clocks", Clock.objects.running(), to_attr="ticking")
        mine = Initiative.objects.filter(Initiative.objects.taking_part(self.request.user))
        told = mine.select_related("district", "contact__department").prefetch_related("needs", running)
        return told.order_by("-created_at", "-id")

    def get_throttles(self):
        return [Throttle()] if self.request.method == "POST" and self.action == "create" else []

    def destroy(self, request, **place):
        verbs.discard(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        responses=OwnLookSerializer(many=True), description="Wie naar je gegevens keek, en waarom."
    )
    @action(detail=True, methods=["get"])
    def inzages(self, request, **place):
        """The newest ones first, as the page of the plan shows them."""
        return Response(OwnLookSerializer(looks_at(request.user, self.get_object()), many=True).data)

    @extend_schema(request=None, description="Verstuur het concept. Daarna heeft het een kenmerk.")
    @action(detail=True, methods=["post"])
    def indiening(self, request, **place):
        """Send the concept; sent before it stays what it was."""
        plan = self.get_object()
        if plan.state == State.DRAFT:
            verbs.submit(plan, by=request.user)
        return self.shown(place["id"], status.HTTP_200_OK)


RESOURCES = {"initiatieven": InitiativeViewSet}  # path below /api/v1/ -> viewset
OWN = {"mijn-initiatieven": OwnViewSet}  # the same, of who is signed in
