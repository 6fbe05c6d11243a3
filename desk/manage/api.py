"""What only managers keep up to date, for machines; for all others there is nothing at these addresses."""

from django.http import Http404
from rest_framework import serializers

from accounts.models import Role
from agreements.assessments import framework as frameworks
from agreements.assessments.api import DIMENSIONS, CriterionSerializer
from agreements.models import AssessmentFramework, Criterion
from contacts import verbs as contacts
from contacts.api import Named, StandIn
from contacts.models import (
    Absence,
    AccountManager,
    District,
    Organisation,
    Portfolio,
    PortfolioHolder,
    Term,
)
from desk import verbs as desk
from desk.api import STEPS
from desk.manage.staff import staff
from desk.manage.town import TEXTS
from desk.models import ReplyTemplate
from funding import verbs as funding
from funding.api import SchemeSerializer
from funding.models import FinancingForm, NeedKind, Scheme
from townhall import verbs
from townhall.models import Text
from townhall.rest import CodeField, Input, KeptViewSet, KeyField, RecordSerializer, TextField


class ForManagers(RecordSerializer):
    audience = "manager"


class ManagersOnly(KeptViewSet):
    """A resource of managers, known by the number of its record."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def initial(self, request, *args, **kwargs):
        if not verbs.may_manage(request.user):
            raise Http404
        super().initial(request, *args, **kwargs)


class OfficeTermSerializer(ForManagers):
    kenmerk = serializers.CharField(source="id")
    portefeuille = Named(source="portfolio")
    houder = Named(source="holder")
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True)
    versie = serializers.IntegerField(source="version")


class TermInput(Input):
    portefeuille = KeyField(Portfolio.objects.all(), source="portfolio")
    houder = KeyField(PortfolioHolder.objects.all(), source="holder")
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True, required=False)


class TermViewSet(ManagersOnly):
    """Ambtstermijnen: wie van wanneer tot wanneer over een portefeuille gaat."""

    serializer_class = OfficeTermSerializer
    input_class = TermInput
    writes = {"create": contacts.create_term, "change": contacts.change_term}
    queryset = Term.objects.select_related("portfolio", "holder").order_by("-since", "-pk")


class AbsenceSerializer(ForManagers):
    kenmerk = serializers.CharField(source="id")
    accounthouder = StandIn(source="manager")
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True)
    vervanger = StandIn(source="deputy", allow_null=True)
    versie = serializers.IntegerField(source="version")


class AbsenceInput(Input):
    accounthouder = KeyField(AccountManager.objects.employed, source="manager")
    vanaf = serializers.DateField(source="since")
    totEnMet = serializers.DateField(source="until", allow_null=True, required=False)
    vervanger = KeyField(AccountManager.objects.employed, source="deputy", allow_null=True, required=False)


class AbsenceViewSet(ManagersOnly):
    """Wie er even niet is, en wie het dan overneemt."""

    serializer_class = AbsenceSerializer
    input_class = AbsenceInput
    writes = {"create": contacts.create_absence, "change": contacts.change_absence}
    queryset = Absence.objects.select_related("manager", "deputy").order_by("-since", "-pk")


class TextSerializer(ForManagers):
    kenmerk = serializers.CharField(source="key")
    tekst = serializers.CharField(source="body")
    versie = serializers.IntegerField(source="version")


class TextInput(Input):
    tekst = TextField(source="body", max_length=4000)


class NewTextInput(TextInput):
    kenmerk = serializers.ChoiceField(list(TEXTS), source="key", help_text="Waar de tekst staat.")


class TextViewSet(ManagersOnly):
    """De zinnen op de site die de gemeente zelf schrijft."""

    serializer_class = TextSerializer
    writes = {"create": lambda *, by, key, body: verbs.word(Text(key=key), by=by, body=body)}
    writes |= {"change": verbs.word}
    lookup_field = "key"
    lookup_value_regex = "[a-z_]{1,60}"
    queryset = Text.objects.order_by("key")

    @property
    def input_class(self):
        return NewTextInput if self.request.method == "POST" else TextInput


ROLES = {
    "ambtenaar": Role.OFFICER,
    "raad": Role.COUNCIL,
    "griffie": Role.CLERK,
    "beheerder": Role.MANAGER,
    "inwoner": Role.RESIDENT,
}


class RoleSerializer(ForManagers):
    audience = "employer"

    kenmerk = serializers.CharField(source="id")
    email = serializers.EmailField()
    rol = CodeField(source="role", names=ROLES)
    tweedeStap = serializers.BooleanField(source="has_second_factor")
    versie = serializers.IntegerField(source="version")


class RoleInput(Input):
    email = serializers.EmailField(source="address", max_length=254)
    rol = CodeField(source="role", names=ROLES, read_only=False)


class RoleViewSet(ManagersOnly):
    """Wie hier werkt of in de raad zit, en welke rol dat is; als inwoner verdwijnt iemand uit deze lijst."""

    serializer_class = RoleSerializer
    input_class = RoleInput
    writes = {"create": contacts.appoint, "change": contacts.give_role}

    def get_queryset(self):
        return staff()


class SentenceSerializer(ForManagers):
    kenmerk = serializers.CharField(source="key")
    stap = CodeField(source="verb", names=STEPS)
    titel = serializers.CharField(source="title")
    tekst = serializers.CharField(source="body")
    volgorde = serializers.IntegerField(source="order")
    inGebruik = serializers.BooleanField(source="is_used")
    versie = serializers.IntegerField(source="version")


class SentenceInput(Input):
    stap = CodeField(source="verb", names=STEPS, read_only=False)
    titel = TextField(source="title", max_length=100)
    tekst = TextField(source="body", max_length=2000)
    volgorde = serializers.IntegerField(source="order", min_value=0, max_value=999, required=False)
    inGebruik = serializers.BooleanField(source="is_used", required=False)


class SentenceViewSet(ManagersOnly):
    """De zinnen waar ambtenaren mee beginnen als ze een initiatiefnemer schrijven."""

    serializer_class = SentenceSerializer
    input_class = SentenceInput
    writes = {"create": desk.create_sentence, "change": desk.change_sentence}
    lookup_field = "key"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,40}"
    queryset = ReplyTemplate.objects.order_by("verb", "order", "key")


class KeptSchemeSerializer(SchemeSerializer):
    audience = "manager"

    financieringsvorm = Named(source="form")
    versie = serializers.IntegerField(source="version")


class SchemeInput(Input):
    naam = TextField(source="name", max_length=150)
    financieringsvorm = KeyField(FinancingForm.objects.all(), source="form")
    waarvoor = TextField(source="summary", max_length=300, allow_blank=True, required=False)
    voorWie = TextField(source="for_whom", max_length=200, allow_blank=True, required=False)
    behoeften = serializers.ListField(
        child=serializers.ChoiceField(NeedKind.choices), max_length=11, source="needs", required=False
    )
    laagsteBedrag = serializers.DecimalField(
        12, 2, source="least_per_application", min_value=0, allow_null=True, required=False
    )
    hoogsteBedrag = serializers.DecimalField(
        12, 2, source="most_per_application", min_value=0, allow_null=True, required=False
    )
    eigenDeel = serializers.DecimalField(
        5, 2, source="own_share", min_value=0, max_value=100, allow_null=True, required=False
    )
    openVanaf = serializers.DateField(source="opens_on", allow_null=True, required=False)
    openTotEnMet = serializers.DateField(source="closes_on", allow_null=True, required=False)
    wijken = KeyField(District.objects.all(), source="districts", many=True, required=False)
    aanbieder = KeyField(Organisation.objects.unmerged, source="provider", allow_null=True, required=False)
    meerLezen = serializers.URLField(source="url", max_length=200, allow_blank=True, required=False)


class SchemeViewSet(ManagersOnly):
    """Regelingen, ook die nog niet of niet meer open zijn; wat open is staat bij de financieringsvorm."""

    serializer_class = KeptSchemeSerializer
    input_class = SchemeInput
    writes = {"create": funding.create_scheme, "change": funding.change_scheme}
    lookup_field = "key"
    lookup_value_regex = "[^/]{1,20}"
    queryset = Scheme.objects.for_pages().order_by("name", "key")


class KeptCriterionSerializer(CriterionSerializer):
    audience = "manager"

    afwegingskader = serializers.CharField(source="framework.key")
    volgorde = serializers.IntegerField(source="order")
    versie = serializers.IntegerField(source="version")


class CriterionInput(Input):
    volgorde = serializers.IntegerField(source="order", min_value=0, max_value=999, required=False)
    dimensie = CodeField(source="dimension", names=DIMENSIONS, read_only=False)
    naam = TextField(source="name", max_length=60)
    vraag = TextField(source="question", max_length=200)
    watTeltMee = TextField(source="counts", max_length=600)


class NewCriterionInput(CriterionInput):
    afwegingskader = KeyField(lambda: AssessmentFramework.objects.filter(adopted_on=None), source="framework")


class CriterionViewSet(ManagersOnly):
    """Criteria van afwegingskaders; alleen in een concept kunnen ze veranderen."""

    serializer_class = KeptCriterionSerializer
    writes = {"create": frameworks.create_criterion, "change": frameworks.change_criterion}
    lookup_field = "key"
    lookup_value_regex = "[^/]{1,20}"
    queryset = Criterion.objects.select_related("framework").order_by("-framework_id", "order", "pk")

    @property
    def input_class(self):
        return NewCriterionInput if self.request.method == "POST" else CriterionInput


RESOURCES = {
    "regelingen": SchemeViewSet,
    "ambtstermijnen": TermViewSet,
    "afwezigheden": AbsenceViewSet,
    "teksten": TextViewSet,
    "rollen": RoleViewSet,
    "antwoordzinnen": SentenceViewSet,
    "criteria": CriterionViewSet,
}
