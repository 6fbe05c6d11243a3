"""The wegwijzer for machines: the same question, the same answer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.models import District
from funding.asked import MOST_EUROS
from funding.models import NeedKind
from matching import service
from matching.forms import MOST_TEXT
from matching.shapes import Question
from townhall.limiter import Throttle
from townhall.rest import RecordSerializer, StrictSerializer, TextField


class DistrictField(TextField):
    """A district by its name, its code or the word in its address."""

    def to_internal_value(self, data):
        name = super().to_internal_value(data)
        self.run_validators(name)  # first: the database can't even be asked for a NUL byte
        district = District.objects.filter(Q(name__iexact=name) | Q(key=name) | Q(slug=name)).first()
        if name and not district:
            raise serializers.ValidationError(_("Deze wijk kennen we niet."))
        return district.name if district else ""


class QuestionSerializer(StrictSerializer):
    """What somebody wants to do."""

    titel = TextField(max_length=150, required=False, allow_blank=True, default="")
    omschrijving = TextField(max_length=MOST_TEXT, required=False, allow_blank=True, default="")
    wijk = DistrictField(max_length=80, required=False, allow_blank=True, allow_null=True, default="")
    behoeften = serializers.ListField(
        child=serializers.ChoiceField(NeedKind.choices), max_length=11, required=False, default=list
    )
    bedrag = serializers.DecimalField(
        11, 2, min_value=0, max_value=MOST_EUROS, required=False, allow_null=True, default=None
    )

    def validate(self, data):
        if not (data["titel"] + data["omschrijving"]).strip():
            raise serializers.ValidationError(
                {"omschrijving": _("Vertel in een paar zinnen wat je wilt doen.")}
            )
        return data

    def question(self):
        data = self.validated_data
        return Question(
            title=data["titel"],
            text=data["omschrijving"],
            district=data["wijk"] or "",
            needs=tuple(data["behoeften"]) or None,
            amount=data["bedrag"],
        )


class Reasons(serializers.ListField):
    """The sentences that say why."""

    child = serializers.CharField()

    def to_representation(self, reasons):
        return [reason.sentence for reason in reasons]


class Score(serializers.FloatField):
    """In hundredths: what a plan says that nobody may see should not show in the last digits."""

    def to_representation(self, score):
        return round(super().to_representation(score), 2)


class ShortNoteSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="title")


class ShortHolderSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    functie = serializers.CharField(source="title")


class FoundSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="record.key")
    score = Score(min_value=0, max_value=1)
    redenen = Reasons(source="reasons")


class FoundGoalSerializer(FoundSerializer):
    titel = serializers.CharField(source="record.heading")
    beleidsnota = ShortNoteSerializer(source="record.note", allow_null=True)
    bladzijde = serializers.CharField(source="record.page")
    portefeuillehouder = ShortHolderSerializer(source="record.holder", allow_null=True)


class FoundContactSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="record.key")
    functie = serializers.CharField(source="record.function")
    redenen = Reasons(source="reasons")


class FoundPartnerSerializer(FoundSerializer):
    naam = serializers.CharField(source="record.name")


class FoundInitiativeSerializer(FoundSerializer):
    kenmerk = serializers.CharField(source="record.reference")
    titel = serializers.CharField(source="record.title")


class FoundSchemeSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="record.key")
    naam = serializers.CharField(source="record.name")
    meerLezen = serializers.URLField(source="record.url", help_text=_("Waar je aanvraagt; leeg: onbekend."))
    redenen = Reasons(source="reasons")


class FoundFormSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="record.key")
    naam = serializers.CharField(source="record.name")
    redenen = Reasons(source="reasons")
    regelingen = FoundSchemeSerializer(source="schemes", many=True)


class HelpSerializer(RecordSerializer):
    behoefte = serializers.CharField(source="need")
    uitleg = serializers.CharField(source="sentence")


class OfferSerializer(RecordSerializer):
    behoefte = serializers.CharField(source="need")
    bedrag = serializers.DecimalField(11, 2, source="amount", allow_null=True, help_text=_("In euro."))
    woorden = serializers.CharField(source="words", help_text=_("Zoals het in de tekst staat."))


class HelplineSerializer(RecordSerializer):
    naam = serializers.CharField(source="name")
    telefoon = serializers.ListField(child=serializers.CharField(), source="numbers")
    website = serializers.URLField(source="url", allow_null=True)
    uitleg = serializers.CharField(source="sentence")


class AdviceSerializer(RecordSerializer):
    """Where the plan belongs, each with the reason why."""

    doelen = FoundGoalSerializer(source="goals", many=True)
    pastBijGeenDoel = serializers.BooleanField(source="fits_nothing")
    leestAlsPlan = serializers.BooleanField(
        source="is_plan", help_text=_("Nee: iemand lijkt voor iets anders te komen, zoals een melding.")
    )
    onduidelijk = serializers.CharField(
        source="unclear", help_text=_("Leeg, of waarom we nog niets kunnen zeggen.")
    )
    accounthouder = FoundContactSerializer(source="contact", allow_null=True)
    partners = FoundPartnerSerializer(many=True)
    vergelijkbareInitiatieven = FoundInitiativeSerializer(source="similar", many=True)
    hulp = HelpSerializer(source="help", many=True)
    financieringsvormen = FoundFormSerializer(source="forms", many=True)
    gevondenBehoeften = OfferSerializer(
        source="found", many=True, help_text=_("Wat we in de tekst lazen. Vraag of het klopt.")
    )
    directeHulp = HelplineSerializer(
        source="helplines",
        many=True,
        help_text=_("Wie nu kan helpen, als de tekst over nood gaat. Toon dit boven al het andere."),
    )
    versie = serializers.CharField(source="version")


class Wegwijzer(APIView):
    """Vertel wat je wilt doen en zie waar het bij hoort. Er wordt niets bewaard."""

    authentication_classes = ()
    throttle_classes = (Throttle,)
    limit = "wegwijzer"
    http_method_names = ("post",)

    @extend_schema(
        operation_id="wegwijzer", request=QuestionSerializer, responses=AdviceSerializer, tags=["wegwijzer"]
    )
    def post(self, request):
        asked = QuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(AdviceSerializer(service.advise(asked.question()).to_show()).data)
