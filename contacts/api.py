"""Who is who, for machines. Each serializer names its fields one by one: what is not named stays inside."""

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contacts import verbs
from contacts.filters import AccountManagerFilter, OrganisationFilter, PortfolioHolderFilter
from contacts.models import AccountManager, Department, District, Organisation, Portfolio, PortfolioHolder
from townhall.models import Municipality
from townhall.rest import Input, KeptViewSet, KeyField, ReadViewSet, RecordSerializer
from townhall.telephone import only_telephone


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.CharField):
    """A path of this site as a whole address; null where there is none."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value):
        return self.context["request"].build_absolute_uri(value) if value else None


class WordsField(serializers.CharField):
    """A text that may be missing: null, never an empty string."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value):
        return str(value) or None


class Named(RecordSerializer):
    """A short way to point at another record: its key and its name."""

    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")


class DistrictSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key", help_text="CBS-code van de wijk of buurt.")
    slug = serializers.CharField(help_text="De naam zoals die in adressen staat.")
    naam = serializers.CharField(source="name")
    onderdeelVan = Named(source="parent", allow_null=True)
    jaar = serializers.IntegerField(source="year", allow_null=True, help_text="Jaar van de indeling.")
    middelpunt = serializers.ListField(
        child=serializers.FloatField(),
        source="centroid",
        allow_null=True,
        help_text="[lengte, breedte], WGS 84.",
    )
    omtrek = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        source="outline",
        help_text="Gesloten rij van [lengte, breedte], WGS 84; leeg als we de omtrek niet kennen.",
    )


class DistrictViewSet(ReadViewSet):
    """Wijken en dorpen van de gemeente."""

    serializer_class = DistrictSerializer

    def get_queryset(self):
        return District.objects.visible_to(self.request.user).select_related("parent")


class HolderOfPortfolio(RecordSerializer):
    """Who answers for a portfolio, from a term of office."""

    kenmerk = serializers.CharField(source="holder.key")
    naam = serializers.CharField(source="holder.name")
    functie = serializers.CharField(source="holder.title")
    sinds = serializers.DateField(source="since")


class PortfolioSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    rol = serializers.CharField(source="role")
    houder = HolderOfPortfolio(
        source="term", allow_null=True, help_text="null: op dit moment is hier niemand voor aangewezen."
    )
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")


class PortfolioInput(Input):
    naam = serializers.CharField(source="name")
    rol = serializers.CharField(source="role")


class PortfolioViewSet(KeptViewSet):
    """Portefeuilles van het college, elk met wie er nu over gaat."""

    serializer_class = PortfolioSerializer
    input_class = PortfolioInput
    writes = {"create": verbs.create_portfolio, "change": verbs.change_portfolio}

    def get_queryset(self):
        return Portfolio.objects.visible_to(self.request.user).with_holder()


class TermSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="portfolio.key")
    naam = serializers.CharField(source="portfolio.name")
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True, help_text="null: loopt nog.")


class PortfolioHolderSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    functie = serializers.CharField(source="title")
    partij = WordsField(source="party")
    email = WordsField()
    portret = AddressField(source="photo_url")
    isInFunctie = serializers.BooleanField(source="is_in_office")
    portefeuilles = TermSerializer(source="terms.all", many=True, help_text="Nu en eerder, nieuwste eerst.")
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class PortfolioHolderInput(Input):
    naam = serializers.CharField(source="name")
    functie = serializers.CharField(source="title")
    partij = serializers.CharField(source="party", allow_blank=True, required=False)
    email = serializers.EmailField(allow_blank=True, required=False)


class PortfolioHolderViewSet(KeptViewSet):
    """Burgemeester en wethouders, nu en eerder."""

    serializer_class = PortfolioHolderSerializer
    filterset_class = PortfolioHolderFilter
    input_class = PortfolioHolderInput
    writes = {"create": verbs.create_holder, "change": verbs.change_holder}

    def get_queryset(self):
        return PortfolioHolder.objects.visible_to(self.request.user).with_terms()


class StandIn(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    functie = serializers.CharField(source="function")


class AccountManagerSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    functie = serializers.CharField(source="function")
    afdeling = Named(source="department", allow_null=True)
    expertise = serializers.CharField()
    heleGemeente = serializers.BooleanField(source="works_everywhere")
    wijken = Named(source="districts", many=True)
    portefeuilles = Named(source="portfolios", many=True)
    isLoket = serializers.BooleanField(source="is_front_desk")
    naam = WordsField(source="public_name", help_text="Alleen als iemand de naam wil laten zien.")
    portret = AddressField(source="photo_url", help_text="Alleen als iemand het portret wil laten zien.")
    telefoon = serializers.CharField(source="town_hall", help_text="Het algemene nummer van de gemeente.")
    email = WordsField(help_text="De werkmailbox.")
    isAanwezig = serializers.BooleanField(source="is_present")
    vervanger = StandIn(source="stand_in", allow_null=True, help_text="Wie het nu waarneemt.")
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class AccountManagerInput(Input):
    functie = serializers.CharField(source="function")
    afdeling = KeyField(Department.objects.all(), source="department", allow_null=True, required=False)
    expertise = serializers.CharField()
    heleGemeente = serializers.BooleanField(source="works_everywhere", required=False)
    wijken = KeyField(District.objects.all(), source="districts", many=True, required=False)
    portefeuilles = KeyField(Portfolio.objects.all(), source="portfolios", many=True, required=False)
    beleidsvelden = serializers.ListField(
        child=serializers.CharField(max_length=10), source="policy_fields", required=False
    )
    naam = serializers.CharField(source="name", allow_blank=True, required=False)
    naamIsOpenbaar = serializers.BooleanField(source="name_is_public", required=False)
    telefoon = serializers.CharField(
        source="phone", allow_blank=True, required=False, validators=[only_telephone]
    )
    email = serializers.EmailField(allow_blank=True, required=False)
    ruimte = serializers.IntegerField(
        source="room", min_value=0, max_value=1000, allow_null=True, required=False
    )
    vasteVervanger = KeyField(
        AccountManager.objects.employed, source="deputy", allow_null=True, required=False
    )
    inDienstVanaf = serializers.DateField(source="available_from", allow_null=True, required=False)
    inDienstTotEnMet = serializers.DateField(source="available_until", allow_null=True, required=False)


class AccountManagerViewSet(KeptViewSet):
    """Ambtenaren met wie je over een plan kunt praten."""

    serializer_class = AccountManagerSerializer
    filterset_class = AccountManagerFilter
    input_class = AccountManagerInput
    writes = {"create": verbs.create_manager, "change": verbs.change_manager}

    def get_queryset(self):
        phone = Coalesce(Subquery(Municipality.objects.values("phone")[:1]), Value(""))
        managers = AccountManager.objects
        changes = self.request.method == "PATCH"  # only by managers, and also who left, as at /beheer/
        return (
            (managers.all() if changes else managers.visible_to(self.request.user))
            .with_presence()
            .prefetch_related("portfolios")
            .annotate(town_hall=phone)
            .alphabetical()
        )


class OrganisationSerializer(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    soort = serializers.CharField(source="kind")
    interesses = WordsField(source="interests", help_text="Waar ze voor gaan.")
    aanbod = WordsField(source="offers", help_text="Wat ze bieden.")
    heleGemeente = serializers.BooleanField(source="works_everywhere")
    wijken = Named(source="districts", many=True)
    staatOpen = serializers.BooleanField(source="is_open", help_text="Staat open voor samenwerking.")
    krijgtSubsidie = serializers.BooleanField(source="is_subsidised")
    website = WordsField()
    versie = serializers.IntegerField(source="version", help_text="Telt op bij elke verandering.")
    webpagina = AddressField(source="get_absolute_url")


class OrganisationInput(Input):
    naam = serializers.CharField(source="name")
    soort = serializers.CharField(source="kind")
    interesses = serializers.CharField(source="interests", allow_blank=True, required=False)
    aanbod = serializers.CharField(source="offers", allow_blank=True, required=False)
    heleGemeente = serializers.BooleanField(source="works_everywhere", required=False)
    wijken = KeyField(District.objects.all(), source="districts", many=True, required=False)
    staatOpen = serializers.BooleanField(source="is_open", required=False)
    krijgtSubsidie = serializers.BooleanField(source="is_subsidised", required=False)
    website = serializers.URLField(allow_blank=True, required=False)
    email = serializers.EmailField(allow_blank=True, required=False)


class OrganisationViewSet(KeptViewSet):
    """Partners: verenigingen, stichtingen, bedrijven en andere organisaties."""

    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    input_class = OrganisationInput
    writes = {"create": verbs.create_partner, "change": verbs.change_partner}

    def get_queryset(self):
        return Organisation.objects.visible_to(self.request.user).with_districts().alphabetical()


RESOURCES = {  # path below /api/v1/ -> viewset; the path is also the name of its routes
    "wijken": DistrictViewSet,
    "portefeuilles": PortfolioViewSet,
    "portefeuillehouders": PortfolioHolderViewSet,
    "accounthouders": AccountManagerViewSet,
    "partners": OrganisationViewSet,
}
