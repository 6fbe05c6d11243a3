"""Ways to pay, for machines."""

from rest_framework import serializers

from contacts.api import AddressField, WordsField
from funding import verbs
from funding.filters import FinancingFormFilter
from funding.models import FinancingForm
from townhall.rest import Input, KeptViewSet, RecordSerializer


class ConsiderationSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="code")
    vraag = serializers.CharField(source="question")
    antwoord = WordsField(source="answer")


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
        return FinancingForm.objects.visible_to(self.request.user)


RESOURCES = {"financieringsvormen": FinancingFormViewSet}
