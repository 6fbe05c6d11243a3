"""Ways to pay, for machines."""

from rest_framework import serializers

from contacts.api import AddressField, Named, WordsField
from funding import verbs
from funding.filters import FinancingFormFilter
from funding.models import FinancingForm, NeedKind
from townhall.rest import Input, KeptViewSet, RecordSerializer


class ConsiderationSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="code")
    vraag = serializers.CharField(source="question")
    antwoord = WordsField(source="answer")


class SchemeSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    waarvoor = WordsField(source="summary")
    voorWie = WordsField(source="for_whom")
    behoeften = serializers.ListField(
        child=serializers.ChoiceField(NeedKind.choices), source="needs", help_text="Leeg: alles."
    )
    laagsteBedrag = serializers.DecimalField(12, 2, source="least_per_application", allow_null=True)
    hoogsteBedrag = serializers.DecimalField(12, 2, source="most_per_application", allow_null=True)
    eigenDeel = serializers.DecimalField(5, 2, source="own_share", allow_null=True, help_text="In procent.")
    openVanaf = serializers.DateField(source="opens_on", allow_null=True)
    openTotEnMet = serializers.DateField(source="closes_on", allow_null=True)
    wijken = Named(source="districts", many=True, help_text="Leeg: overal.")
    aanbieder = Named(source="provider", allow_null=True)
    meerLezen = WordsField(source="url")


class FinancingFormSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    slug = serializers.CharField(help_text="De naam zoals die in adressen staat.")
    naam = serializers.CharField(source="name")
    betekenis = serializers.CharField(source="meaning", help_text="In één zin.")
    volgorde = serializers.IntegerField(source="order", help_text="1: de gemeente is het meest betrokken.")
    uitleg = WordsField(source="explanation")
    rolGemeente = WordsField(source="municipal_role")
    effect = WordsField()
    voorbeeld = WordsField(source="example")
    afwegingen = ConsiderationSerializer(source="answers", many=True)
    regelingen = SchemeSerializer(source="open_schemes", many=True, help_text="Waar je nu aanvraagt.")
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class FinancingFormInput(Input):
    naam = serializers.CharField(source="name")
    betekenis = serializers.CharField(source="meaning")
    volgorde = serializers.IntegerField(source="order", min_value=1, max_value=99)
    uitleg = serializers.CharField(source="explanation", allow_blank=True, required=False)
    rolGemeente = serializers.CharField(source="municipal_role", allow_blank=True, required=False)
    effect = serializers.CharField(allow_blank=True, required=False)
    voorbeeld = serializers.CharField(source="example", allow_blank=True, required=False)


class FinancingFormViewSet(KeptViewSet):
    """Manieren om een plan te betalen, te beginnen waar de gemeente het meest betrokken is."""

    serializer_class = FinancingFormSerializer
    filterset_class = FinancingFormFilter
    input_class = FinancingFormInput
    writes = {"create": verbs.create_form, "change": verbs.change_form}

    def get_queryset(self):
        return FinancingForm.objects.visible_to(self.request.user).with_schemes()


RESOURCES = {"financieringsvormen": FinancingFormViewSet}
