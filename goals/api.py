"""What the council decided, for machines. Each serializer names its fields one by one."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contacts.api import AddressField, Named, WordsField
from contacts.models import AccountManager, District, Portfolio
from goals import verbs
from goals.filters import GoalFilter, PolicyNoteFilter
from goals.models import ADOPTERS, Goal, PolicyField, PolicyNote, Theme
from townhall.rest import CodeField, Input, KeptViewSet, KeyField, RecordSerializer, StrictSerializer


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
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class IndicatorInput(StrictSerializer):
    naam = serializers.CharField(source="name", max_length=200)
    eenheid = serializers.CharField(source="unit", max_length=40, allow_blank=True, default="")
    nulmeting = serializers.FloatField(source="baseline", allow_null=True, default=None)
    streefwaarde = serializers.FloatField(source="target", allow_null=True, default=None)
    jaar = serializers.IntegerField(
        source="year", min_value=1900, max_value=2200, allow_null=True, default=None
    )


class GoalInput(Input):
    titel = serializers.CharField(source="plain_title", allow_blank=True, required=False)
    uitleg = serializers.CharField(source="plain_description", allow_blank=True, required=False)
    zoekwoorden = serializers.CharField(source="search_words", allow_blank=True, required=False)
    titelInNota = serializers.CharField(source="title")
    tekstInNota = serializers.CharField(source="description")
    beleidsnota = KeyField(PolicyNote.objects.all(), source="note", allow_null=True, required=False)
    bladzijde = serializers.CharField(source="page", allow_blank=True, required=False)
    portefeuille = KeyField(Portfolio.objects.all(), source="portfolio", required=False)
    portefeuilleVanaf = serializers.DateField(source="since", required=False)
    accounthouder = KeyField(AccountManager.objects.employed, source="owner", allow_null=True, required=False)
    beleidsvelden = KeyField(
        PolicyField.objects.filter(until_year=None), "code", source="policy_fields", many=True, required=False
    )
    themas = KeyField(Theme.objects.all(), "slug", source="themes", many=True, required=False)
    wijken = KeyField(District.objects.all(), source="districts", many=True, required=False)
    meetlat = IndicatorInput(source="indicator", allow_null=True, required=False)
    stap = serializers.ChoiceField(
        ["publiceren", "nagekeken", "beeindigen"], required=False, help_text="Alleen bij veranderen."
    )


STEPS = {"publiceren": "publish", "nagekeken": "verify", "beeindigen": "end"}


@transaction.atomic
def change_goal(goal, *, by, version, stap=None, **values):
    """The change and, where one is asked, the step after it."""
    goal = verbs.change_goal(goal, by=by, version=version, **values)
    return verbs.step(STEPS[stap], goal, by=by) if stap else goal


def create_goal(*, by, stap=None, **values):
    """A new goal, a concept; the steps come after it."""
    if stap:
        raise serializers.ValidationError({"stap": [_("Maak eerst het doel. Zet daarna deze stap.")]})
    return verbs.create_goal(by=by, **values)


class GoalViewSet(KeptViewSet):
    """Doelen van de gemeente, elk met de nota waarin het staat en wie erover gaat."""

    serializer_class = GoalSerializer
    filterset_class = GoalFilter
    input_class = GoalInput
    writes = {"create": create_goal, "change": change_goal}

    def get_queryset(self):
        goals = Goal.objects.visible_to(self.request.user).with_people()
        return goals.prefetch_related("themes", "districts").alphabetical()


class PolicyNoteSerializer(PolicyNoteReference):
    geldtVanaf = serializers.DateField(source="valid_from", allow_null=True)
    adres = WordsField(source="url", help_text="Waar de nota te lezen is.")
    cvdr = WordsField(help_text="Nummer in de Centrale Voorziening Decentrale Regelgeving.")
    aantalDoelen = serializers.IntegerField(source="goal_count")
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class PolicyNoteInput(Input):
    titel = serializers.CharField(source="title")
    vastgesteldOp = serializers.DateField(source="adopted_on", allow_null=True, required=False)
    vastgesteldDoor = serializers.ChoiceField([*ADOPTERS], source="adopted_by", required=False)
    geldtVanaf = serializers.DateField(source="valid_from", allow_null=True, required=False)
    geldtTotEnMet = serializers.DateField(source="valid_until", allow_null=True, required=False)
    adres = serializers.URLField(source="url", allow_blank=True, required=False)
    cvdr = serializers.CharField(allow_blank=True, required=False)


class PolicyNoteViewSet(KeptViewSet):
    """Nota's waarin de gemeenteraad of het college doelen heeft vastgelegd."""

    serializer_class = PolicyNoteSerializer
    filterset_class = PolicyNoteFilter
    input_class = PolicyNoteInput
    writes = {"create": verbs.create_note, "change": verbs.change_note}

    def get_queryset(self):
        user = self.request.user
        return PolicyNote.objects.visible_to(user).with_goal_count(user)


RESOURCES = {  # path below /api/v1/ -> viewset; the path is also the name of its routes
    "doelen": GoalViewSet,
    "beleidsnotas": PolicyNoteViewSet,
}
