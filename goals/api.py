"""What the council decided, for machines. Each serializer names its fields one by one."""

from rest_framework import serializers

from contacts.api import AddressField, Named, WordsField
from goals.filters import GoalFilter, PolicyNoteFilter
from goals.models import Goal, PolicyNote
from townhall.rest import CodeField, ReadViewSet, RecordSerializer


class PolicyNoteReference(RecordSerializer):
    """The note a goal stands in, and where."""

    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="title")
    vastgesteldOp = serializers.DateField(source="adopted_on", allow_null=True)
    vastgesteldDoor = WordsField(source="adopted_by")
    geldtTotEnMet = serializers.DateField(
        source="valid_until", allow_null=True, help_text="null: geen einde."
    )


class PolicyFieldSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="code", help_text="Code van het taakveld (Iv3), zoals 5.7.")
    naam = serializers.CharField(source="name")


class ThemeSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="slug")
    naam = serializers.CharField(source="name")


class HolderReference(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    functie = serializers.CharField(source="title")


class ContactReference(RecordSerializer):
    """Somebody at town hall, by function only."""

    kenmerk = serializers.CharField(source="key")
    functie = serializers.CharField(source="function")
    afdeling = Named(source="department", allow_null=True)


class IndicatorSerializer(RecordSerializer):
    """How one can see whether the goal comes nearer."""

    naam = serializers.CharField(source="name")
    eenheid = serializers.CharField(source="unit")
    nulmeting = serializers.FloatField(
        source="baseline", allow_null=True, help_text="De stand aan het begin."
    )
    streefwaarde = serializers.FloatField(
        source="target", allow_null=True, help_text="Waar we naartoe willen."
    )
    jaar = serializers.IntegerField(source="year", allow_null=True, help_text="Wanneer we er willen zijn.")


class GoalSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="heading", help_text="In gewone woorden, als die er zijn.")
    uitleg = WordsField(source="plain_description", help_text="In gewone woorden.")
    titelInNota = serializers.CharField(source="title")
    tekstInNota = serializers.CharField(source="description")
    beleidsnota = PolicyNoteReference(source="note", allow_null=True)
    bladzijde = WordsField(source="page", help_text="Bladzijde of paragraaf in de nota.")
    portefeuille = Named(source="portfolio", allow_null=True, help_text="Waar het doel nu bij hoort.")
    portefeuillehouder = HolderReference(
        source="holder", allow_null=True, help_text="null: op dit moment is hier niemand voor aangewezen."
    )
    accounthouder = ContactReference(source="contact", allow_null=True, help_text="Met wie je kunt praten.")
    beleidsvelden = PolicyFieldSerializer(source="policy_fields", many=True)
    themas = ThemeSerializer(source="themes", many=True)
    wijken = Named(source="districts", many=True, help_text="Leeg: het doel geldt overal.")
    meetlat = IndicatorSerializer(source="indicator", allow_null=True)
    staat = CodeField(source="state", names={"lopend": "running", "afgelopen": "ended", "concept": "draft"})
    nagekekenOp = serializers.DateField(source="verified_on", allow_null=True)
    webpagina = AddressField(source="get_absolute_url")


class GoalViewSet(ReadViewSet):
    """Doelen van de gemeente, elk met de nota waarin het staat en wie erover gaat."""

    serializer_class = GoalSerializer
    filterset_class = GoalFilter

    def get_queryset(self):
        goals = Goal.objects.visible_to(self.request.user).with_people()
        return goals.prefetch_related("themes", "districts").alphabetical()


class PolicyNoteSerializer(PolicyNoteReference):
    geldtVanaf = serializers.DateField(source="valid_from", allow_null=True)
    adres = WordsField(source="url", help_text="Waar de nota te lezen is.")
    cvdr = WordsField(help_text="Nummer in de Centrale Voorziening Decentrale Regelgeving.")
    aantalDoelen = serializers.IntegerField(source="goal_count")
    webpagina = AddressField(source="get_absolute_url")


class PolicyNoteViewSet(ReadViewSet):
    """Nota's waarin de gemeenteraad of het college doelen heeft vastgelegd."""

    serializer_class = PolicyNoteSerializer
    filterset_class = PolicyNoteFilter

    def get_queryset(self):
        user = self.request.user
        return PolicyNote.objects.visible_to(user).with_goal_count(user)


RESOURCES = {  # path below /api/v1/ -> viewset; the path is also the name of its routes
    "doelen": GoalViewSet,
    "beleidsnotas": PolicyNoteViewSet,
}
