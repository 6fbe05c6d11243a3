"""What residents do, for machines. Nothing here names a resident: each field is listed by hand."""

from rest_framework import serializers

from contacts.api import AddressField, Named, WordsField
from goals.api import ContactReference
from initiatives.filters import STATES, InitiativeFilter
from initiatives.models import Initiative
from townhall.api_defaults import LongPagination
from townhall.rest import CodeField, ReadViewSet, RecordSerializer

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
        return Initiative.objects.visible_to(user).registered().for_pages(user)


RESOURCES = {"initiatieven": InitiativeViewSet}  # path below /api/v1/ -> viewset
