"""What managers do to one thing, for machines: the actions of `/beheer/`, by the same forms and verbs."""

from django.db import models
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from contacts.models import PortfolioHolder
from desk.manage.api import ForManagers
from desk.manage.fields import UNKNOWN, AskForm
from desk.manage.nouns import NOUNS
from desk.manage.table import key_of
from desk.manage.town_forms import SHIFTS
from townhall import verbs
from townhall.api_defaults import Pagination, refuse_unknown
from townhall.models import Municipality, OutboxMessage
from townhall.rest import Input, KeyField, as_written, in_dutch, read_version

MOST_PARKED = 50


class ManagersOnly(APIView):
    """For all others there is nothing at this address."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not verbs.may_manage(request.user):
            raise Http404


def by_form(asked, make):
    """The form with what was sent, when all is well with it; `make(values)` gives the form of the page."""
    form = make({name: plain(value) for name, value in asked.items() if value is not None})
    errors = {name: list(words) for name, words in form.errors.items()}
    gone = {name: [UNKNOWN] for name, value in asked.items() if value and name not in form.fields}
    return form, errors | gone


def plain(value):
    """A value as a browser would send it."""
    return value.pk if isinstance(value, models.Model) else value


def version_of(request, values):
    return values.pop("version", None) or read_version(request)


# Actions --------------------------------------------------------------------------------------------------
class DoneSerializer(ForManagers):
    kenmerk = serializers.CharField(source="key")
    versie = serializers.IntegerField(source="version")


class VersionInput(Input):
    """Nothing but the version that was read."""


class EndInput(Input):
    op = serializers.DateField(source="on", help_text="De laatste dag.")


class EndNoteInput(EndInput):
    ookDoelen = serializers.BooleanField(source="with_goals", default=False)


class AdoptionInput(Input):
    vastgesteldOp = serializers.DateField(source="adopted_on")
    geldtVanaf = serializers.DateField(source="valid_from", help_text="Een dag na vandaag.")
    besluit = serializers.URLField(source="url", max_length=200, allow_blank=True, required=False)


class ReplaceInput(Input):
    """Either somebody who is known, or the name and function of somebody who is not."""

    houder = KeyField(PortfolioHolder.objects.all(), source="holder", required=False)
    naam = serializers.CharField(source="name", max_length=100, required=False)
    functie = serializers.CharField(source="title", max_length=50, required=False)
    partij = serializers.CharField(source="party", max_length=60, required=False)
    vanaf = serializers.DateField(source="since")
    ook = serializers.ListField(
        child=serializers.CharField(max_length=18),
        source="along",
        max_length=50,
        required=False,
        help_text="Andere ambtstermijnen van dezelfde houder.",
    )


class ConnectInput(Input):
    email = serializers.EmailField(
        source="address", allow_blank=True, help_text="Waarmee deze collega inlogt; leeg: niemand."
    )


class Act(ManagersOnly):
    """Something that is done to one thing; noun and action: their names in the table of nouns."""

    http_method_names = ("post",)
    noun = action = ""
    words = {}
    asks = VersionInput
    gives = {"POST": DoneSerializer}

    def post(self, request, kenmerk):
        noun = NOUNS[self.noun]
        record = noun.of(kenmerk)
        if record is None:
            raise Http404
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        version, action = version_of(request, values), noun.actions[self.action]
        form, errors = by_form(values | {"version": version}, lambda data: action.form(data, record=record))
        if errors:
            raise exceptions.ValidationError(as_written(asked, errors))
        in_dutch(asked, lambda: action.do(record, by=request.user, version=version, **form.values()))
        now = noun.of(kenmerk)
        if now is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(DoneSerializer({"key": kenmerk, "version": now.version}).data)


# What there is --------------------------------------------------------------------------------------------
class KeptSerializer(ForManagers):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    versie = serializers.IntegerField(source="version")


class PageOfKept(ForManagers):
    """A page of them, as every list gives it."""

    aantal = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    volgende = serializers.URLField(allow_null=True)
    vorige = serializers.URLField(allow_null=True)
    resultaten = KeptSerializer(many=True)


class Rows(ManagersOnly):
    """Alles van één soort, zoals `/beheer/` het toont, ook wat niet op de site staat."""

    http_method_names = ("get", "head")
    gives = {"GET": PageOfKept}
    questions = ("zoek", "toon", "pagina", "perPagina")

    def get(self, request, soort):
        if soort not in NOUNS or not NOUNS[soort].is_list:
            raise Http404
        noun, pages = NOUNS[soort], Pagination()
        form = AskForm(request.query_params, noun=noun)
        errors = refuse_unknown(request, self.questions) | form.errors
        if errors:
            raise exceptions.ValidationError(errors)
        found = noun.found(form.cleaned_data["zoek"], form.cleaned_data["toon"])
        rows = [
            {"key": key_of(one), "name": str(noun.title(one)), "version": one.version}
            for one in pages.paginate_queryset(found, request, view=self)
        ]
        return pages.get_paginated_response(KeptSerializer(rows, many=True).data)

    head = get


# The municipality itself ----------------------------------------------------------------------------------
class TownSerializer(ForManagers):
    naam = serializers.CharField(source="name")
    email = serializers.CharField()
    telefoon = serializers.CharField(source="phone")
    adres = serializers.CharField(source="address")
    openingstijden = serializers.CharField(source="office_hours")
    website = serializers.CharField()
    hoofdkleur = serializers.CharField(source="colours.brand", allow_null=True, help_text="null: de gewone.")
    donkereKleur = serializers.CharField(source="colours.brand_dark", allow_null=True)
    accentkleur = serializers.CharField(source="colours.accent", allow_null=True)
    werkdagenEersteGesprek = serializers.IntegerField(source="service_days.contact", allow_null=True)
    werkdagenEersteReactie = serializers.IntegerField(source="service_days.first_view", allow_null=True)
    werkdagenDuidelijkheid = serializers.IntegerField(source="service_days.decision", allow_null=True)
    werkdagenVraagOverEis = serializers.IntegerField(source="service_days.question", allow_null=True)
    werkdagenVraagAanRaad = serializers.IntegerField(source="service_days.council", allow_null=True)
    versie = serializers.IntegerField(source="version")


class TownInput(Input):
    naam = serializers.CharField(source="name", required=False)
    email = serializers.CharField(allow_blank=True, required=False)
    telefoon = serializers.CharField(source="phone", allow_blank=True, required=False)
    adres = serializers.CharField(source="address", allow_blank=True, required=False)
    openingstijden = serializers.CharField(source="office_hours", allow_blank=True, required=False)
    website = serializers.CharField(allow_blank=True, required=False)
    hoofdkleur = serializers.CharField(source="brand", required=False)
    donkereKleur = serializers.CharField(source="brand_dark", required=False)
    accentkleur = serializers.CharField(source="accent", required=False)
    werkdagenEersteGesprek = serializers.IntegerField(source="days_contact", required=False)
    werkdagenEersteReactie = serializers.IntegerField(source="days_first_view", required=False)
    werkdagenDuidelijkheid = serializers.IntegerField(source="days_decision", required=False)
    werkdagenVraagOverEis = serializers.IntegerField(source="days_question", required=False)
    werkdagenVraagAanRaad = serializers.IntegerField(source="days_council", required=False)


class Town(ManagersOnly):
    """De gemeente zelf: hoe je haar bereikt, haar kleuren en hoe snel ze antwoordt."""

    http_method_names = ("get", "head", "patch")
    noun = "gemeente"
    asks = TownInput
    gives = dict.fromkeys(("GET", "PATCH"), TownSerializer)

    def town(self):
        found = Municipality.objects.current()
        if found is None:
            raise Http404
        return found

    def get(self, request):
        return Response(self.gives["GET"](self.town()).data)

    head = get

    def patch(self, request):
        town, noun, asked = self.town(), NOUNS[self.noun], self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        version, now = version_of(request, values), noun.form(instance=town)
        stored = {field.name: field.value() for field in now.visible_fields()}
        values = stored | values | {"version": version}
        form, errors = by_form(values, lambda data: noun.form(data, instance=town))
        if errors:
            raise exceptions.ValidationError(as_written(asked, errors))
        change = noun.change
        in_dutch(asked, lambda: change(town, by=request.user, version=version, **form.values()))
        return self.get(request)


class TuningSerializer(ForManagers):
    verschuiving = serializers.DecimalField(
        source="fits_shift",
        max_digits=3,
        decimal_places=2,
        help_text="Wat erbij komt of eraf gaat bij de score vanaf waar een plan bij een doel past.",
    )
    leert = serializers.BooleanField(source="learns")
    versie = serializers.IntegerField(source="version")


class TuningInput(Input):
    verschuiving = serializers.ChoiceField(list(SHIFTS), source="fits_shift", required=False)
    leert = serializers.BooleanField(source="learns", required=False)


class Tuning(Town):
    """De wegwijzer: vanaf waar een plan bij een doel past, en of hij leert van wat jullie kiezen."""

    noun = "wegwijzer"
    asks = TuningInput
    gives = dict.fromkeys(("GET", "PATCH"), TuningSerializer)


# What could not be delivered ------------------------------------------------------------------------------
class ParkedSerializer(ForManagers):
    soort = serializers.CharField(source="kind")
    gemaaktOp = serializers.DateTimeField(source="created_at")
    pogingen = serializers.IntegerField(source="attempts")
    watErMisging = serializers.CharField(source="error")


class AllParkedSerializer(ForManagers):
    aantal = serializers.IntegerField()
    resultaten = ParkedSerializer(many=True)


class Parked(ManagersOnly):
    """Berichten die niet weg konden: nooit aan wie of wat."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Probeer opnieuw wat niet weg kon."}
    gives = dict.fromkeys(("GET", "POST"), AllParkedSerializer)

    def get(self, request):
        found = OutboxMessage.objects.exclude(parked_at=None).defer("payload", "body")
        some = list(found.order_by("parked_at", "pk")[:MOST_PARKED])
        return Response(AllParkedSerializer({"aantal": found.count(), "resultaten": some}).data)

    head = get

    def post(self, request):
        verbs.release_parked(by=request.user)
        return self.get(request)


def act(noun, name, asks=VersionInput):
    action = NOUNS[noun].actions[name]
    return Act.as_view(noun=noun, action=name, asks=asks, words={"POST": f"{action.words}. {action.more}"})


ON_RECORDS = {  # (resource, what is done), as in /api/v1/{resource}/{kenmerk}/{what} -> view
    ("afwegingskaders", "vaststelling"): act("afwegingskaders", "vaststellen", AdoptionInput),
    ("criteria", "wissing"): act("criteria", "weg"),
    ("accounthouders", "loket"): act("accounthouders", "loket"),
    ("accounthouders", "koppeling"): act("accounthouders", "koppelen", ConnectInput),
    ("accounthouders", "wissing"): act("accounthouders", "vergeten"),
    ("afwezigheden", "terugkeer"): act("afwezigheid", "terug"),
    ("ambtstermijnen", "opvolging"): act("ambtstermijnen", "vervangen", ReplaceInput),
    ("ambtstermijnen", "beeindiging"): act("ambtstermijnen", "beeindigen", EndInput),
    ("beleidsnotas", "beeindiging"): act("notas", "beeindigen", EndNoteInput),
    ("doelen", "publicatie"): act("doelen", "publiceren"),
    ("doelen", "controle"): act("doelen", "goed"),
    ("doelen", "beeindiging"): act("doelen", "beeindigen"),
}
SINGLE = {  # path below /api/v1/ -> view
    "beheer/<slug:soort>": Rows.as_view(),
    "gemeente": Town.as_view(),
    "wegwijzer-instellingen": Tuning.as_view(),
    "vastgelopen-berichten": Parked.as_view(),
}
