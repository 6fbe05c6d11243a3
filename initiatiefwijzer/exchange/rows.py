"""One serializer a file: which keys a row may carry, which it must, and of what kind.

The schema is written out for people in demo/merenburg/README.md.
"""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Role
from agreements.requirements.models import Basis, Outcome
from contacts.models import EVERYWHERE
from funding.models import ON_THE_WEB, NeedKind
from goals.models import Goal
from initiatives import verbs
from initiatives.models import Initiative, State
from townhall import theme
from townhall.rest import StrictSerializer

KEY = r"^[\w][\w .+:-]*\Z"
PORTRAIT = r"^[A-Za-z0-9_-]{1,80}\.svg\Z"  # a drawing with a plain name: no folder, no trick
YEARS = {"min_value": 1900, "max_value": 2200}
YEARS_AHEAD = 5


def line(most, **options):
    return serializers.CharField(max_length=most, **options)


def optional(most):
    return line(most, required=False, allow_blank=True, default="")


def key(most=20):
    return serializers.RegexField(KEY, max_length=most)


def other(most=80):
    """The id of a row in another file, or nothing."""
    return serializers.CharField(max_length=most, required=False, allow_null=True, default=None)


def day():
    return serializers.DateField(required=False, allow_null=True, default=None)


def names(most=80, **options):
    return serializers.ListField(child=line(most), max_length=200, **options)


def coordinates(**options):
    """[longitude, latitude] in degrees."""
    degrees = serializers.FloatField(min_value=-180, max_value=180)
    return serializers.ListField(child=degrees, min_length=2, max_length=2, **options)


def point():
    return coordinates(allow_null=True, **NOT_NEEDED)


def portrait():
    """The name of a drawing in photos/."""
    return serializers.RegexField(
        PORTRAIT,
        required=False,
        allow_blank=True,
        default="",
        error_messages={"invalid": _("Noem een tekening in photos/, zoals k01.svg.")},
    )


class CodedField(serializers.DictField):
    """An object whose keys are codes of ours."""

    def to_internal_value(self, data):
        value = super().to_internal_value(data)
        wrong = [name for name in value if not re.fullmatch(r"[a-z0-9_-]{1,60}", name)]
        if wrong:
            raise serializers.ValidationError({name[:60]: [_("Dit is geen sleutel.")] for name in wrong})
        return value


NOT_NEEDED = {"required": False, "default": None}


class PeriodMixin:
    """An end never lies before its beginning."""

    begin, end = "from", "until"

    def validate(self, row):
        if row.get(self.end) and row.get(self.begin) and row[self.end] < row[self.begin]:
            raise serializers.ValidationError({self.end: _("Het einde ligt voor het begin.")})
        return row


class MunicipalityRow(StrictSerializer):
    id = serializers.RegexField(r"^GM\d{4}$", error_messages={"invalid": _("Schrijf GM en vier cijfers.")})
    name = line(100)
    kind = line(30, required=False, default="gemeente")
    oin = optional(20)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    phone = optional(30)
    address = optional(300)
    office_hours = optional(200)
    website = serializers.URLField(required=False, default="", allow_blank=True)
    colours = serializers.DictField(
        child=serializers.RegexField(r"^#[0-9a-fA-F]{6}$"), required=False, default=dict
    )
    texts = CodedField(child=line(4000), required=False, default=dict)
    service_days = CodedField(
        child=serializers.IntegerField(min_value=0, max_value=365),
        required=False,
        default=None,
        allow_null=True,
    )

    def validate_colours(self, colours):
        """Only the colours the theme has, and dark enough to carry white text."""
        errors = [
            _("De kleur %(name)s kennen we niet.") % {"name": name}
            for name in colours
            if name not in theme.NAMES
        ]
        errors += [
            _("De kleur %(name)s is te licht: witte tekst erop is niet te lezen.") % {"name": name}
            for name, least in theme.LEAST_CONTRAST.items()
            if name in colours and theme.contrast_with_white(colours[name]) < least
        ]
        if errors:
            raise serializers.ValidationError(errors)
        return colours


class DepartmentRow(StrictSerializer):
    id = serializers.SlugField(max_length=40)
    name = line(100)
    lead = other()


class DistrictRow(StrictSerializer):
    id = serializers.RegexField(
        r"^(WK\d{6}|BU\d{8}|[a-z0-9-]{1,80})$",
        error_messages={"invalid": _("Schrijf de CBS-code: WK of BU en cijfers.")},
    )
    name = line(80)
    parent = other()
    year = serializers.IntegerField(allow_null=True, **YEARS, **NOT_NEEDED)
    centroid = point()
    outline = serializers.ListField(child=coordinates(), required=False, default=list, max_length=5000)


class PolicyFieldRow(StrictSerializer):
    id = line(10)
    name = line(120)
    from_year = serializers.IntegerField(allow_null=True, **YEARS, **NOT_NEEDED)
    until_year = serializers.IntegerField(allow_null=True, **YEARS, **NOT_NEEDED)


class ThemeRow(StrictSerializer):
    id = serializers.SlugField(max_length=60)
    name = line(80)
    description = optional(300)
    goals = names(required=False, default=list)


class PortfolioRow(StrictSerializer):
    id = key()
    holder = line(200)
    name = optional(150)


class HolderRow(StrictSerializer):
    id = key()
    name = line(100)
    title = line(50)
    party = optional(60)
    photo = portrait()
    email = serializers.EmailField(required=False, default="", allow_blank=True)


class TermRow(PeriodMixin, StrictSerializer):
    holder = key()
    portfolio = key()
    until = day()

    def get_fields(self):
        return super().get_fields() | {"from": serializers.DateField()}


class NoteRow(PeriodMixin, StrictSerializer):
    begin, end = "valid_from", "valid_until"

    id = key(40)
    title = line(200)
    adopted_on = day()
    adopted_by = optional(60)
    valid_from = day()
    valid_until = day()
    url = serializers.URLField(required=False, default="", allow_blank=True)
    cvdr = optional(20)


class IndicatorRow(StrictSerializer):
    name = line(200)
    unit = line(60)
    baseline = serializers.FloatField(allow_null=True, **NOT_NEEDED)
    target = serializers.FloatField(allow_null=True, **NOT_NEEDED)
    year = serializers.IntegerField(allow_null=True, **YEARS, **NOT_NEEDED)


class WordsField(serializers.ListField):
    """Words in a list or in one string; stored as one string."""

    child = line(200)

    def to_internal_value(self, data):
        words = ", ".join(super().to_internal_value(data.split(",") if isinstance(data, str) else data))
        if len(words) > 1000:
            raise serializers.ValidationError(_("Schrijf samen hoogstens 1000 tekens."))
        return words


class GoalRow(StrictSerializer):
    id = key()
    title = line(250)
    description = line(4000)
    note = line(200)
    policy_field = serializers.RegexField(
        r"^\S{1,10} \S.{0,119}\Z",
        error_messages={"invalid": _("Schrijf een code en een naam: 5.7 Openbaar groen.")},
    )
    portfolio = key()
    page = optional(40)
    plain_title = optional(200)
    plain_description = optional(2000)
    search_words = WordsField(max_length=200, required=False, default="")
    indicator = IndicatorRow(required=False, allow_null=True, default=None)
    districts = names(required=False, default=list)
    owner = other()
    verified_on = day()
    state = serializers.ChoiceField([Goal.State.RUNNING, Goal.State.ENDED], required=False, default="running")


class ContactRow(PeriodMixin, StrictSerializer):
    begin, end = "available_from", "available_until"

    id = key()
    function = line(120)
    expertise = line(1000)
    districts = names(default=lambda: [EVERYWHERE], required=False)
    portfolios = names(required=False, default=list)
    department = other()
    name = optional(100)
    photo = portrait()
    name_public = serializers.BooleanField(required=False, default=False)
    phone = optional(30)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    policy_fields = names(10, required=False, default=list)
    room = serializers.IntegerField(min_value=0, max_value=1000, allow_null=True, **NOT_NEEDED)
    deputy = other()
    front_desk = serializers.BooleanField(required=False, default=False)
    available_from = day()
    available_until = day()


class AbsenceRow(PeriodMixin, StrictSerializer):
    contact = key()
    until = day()
    deputy = other()

    def get_fields(self):
        return super().get_fields() | {"from": serializers.DateField()}


class PartnerRow(StrictSerializer):
    id = key()
    name = line(150)
    type = line(60)
    districts = names(required=False, default=lambda: [EVERYWHERE])
    interests = optional(1000)
    offers = optional(1000)
    website = serializers.URLField(required=False, default="", allow_blank=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    open = serializers.BooleanField(required=False, default=True)
    subsidised = serializers.BooleanField(required=False, default=False)


class FormRow(StrictSerializer):
    id = key(10)
    name = line(80)
    meaning = line(300)
    order = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)
    explanation = optional(3000)
    municipal_role = optional(1000)
    effect = optional(1000)
    example = optional(1000)
    considerations = CodedField(child=line(600), required=False, default=dict)


def needs(**options):
    return serializers.ListField(child=serializers.ChoiceField(NeedKind.values), max_length=11, **options)


def euros():
    return serializers.DecimalField(12, 2, min_value=0, required=False, allow_null=True, default=None)


class SchemeRow(StrictSerializer):
    id = key()
    form = key(10)
    name = line(150)
    summary = optional(300)
    for_whom = optional(200)
    provider = other(20)
    needs = needs(required=False, default=list)
    districts = names(required=False, default=list)
    least = euros()
    most = euros()
    own_share = serializers.DecimalField(
        5, 2, min_value=0, max_value=100, required=False, allow_null=True, default=None
    )
    opens_on = day()
    closes_on = day()
    url = serializers.URLField(
        max_length=200, required=False, default="", allow_blank=True, validators=[ON_THE_WEB]
    )


class StandardRequirementRow(StrictSerializer):
    id = key()
    title = line(120)
    text = line(1000)
    basis = serializers.ChoiceField(Basis.values)
    basis_text = optional(300)
    why = line(1500)
    hard = serializers.BooleanField(required=False, default=False)
    help = line(1500)
    needs = needs(required=False, default=list)
    url = serializers.URLField(
        max_length=200, required=False, default="", allow_blank=True, validators=[ON_THE_WEB]
    )
    used = serializers.BooleanField(required=False, default=True)


class LabelContactRow(StrictSerializer):
    best = key()
    acceptable = names(required=False, default=list)


class LabelsRow(StrictSerializer):
    goals = serializers.DictField(child=serializers.ChoiceField([1, 2]), required=False, default=dict)
    contact = LabelContactRow(required=False, allow_null=True, default=None)
    partners = names(required=False, default=list)
    funding = names(required=False, default=list)
    funding_acceptable = names(required=False, default=list)
    needs = needs(required=False, default=list)
    amount = serializers.DecimalField(12, 2, min_value=0, allow_null=True, **NOT_NEEDED)


class ContinuityRow(StrictSerializer):
    """How a plan goes on when the start is over."""

    people = optional(4000)
    money = optional(4000)
    upkeep = optional(4000)
    ending = optional(4000)
    review_on = day()

    def to_internal_value(self, data):
        """A text alone, as older files have it, is about upkeep."""
        return super().to_internal_value({"upkeep": data} if isinstance(data, str) else data)

    def validate_review_on(self, day):
        """A day that has passed is left out: hundreds of reminders would come of it at once."""
        today = timezone.localdate()
        if day and day > today + timedelta(days=366 * YEARS_AHEAD):
            raise serializers.ValidationError(_("Kies een dag binnen vijf jaar."))
        return day if day and day >= today else None


class InitiativeRow(PeriodMixin, StrictSerializer):
    begin, end = "starts_on", "ends_on"

    id = key()
    title = line(150)
    text = line(10_000)
    district = line(80, required=False, allow_null=True, default=None)
    submitter = optional(100)
    labels = LabelsRow(required=False, default=dict)
    reference = serializers.RegexField(r"^IW-\d{4}-\d{4,}$", allow_null=True, **NOT_NEEDED)
    state = serializers.ChoiceField(State.values, allow_null=True, **NOT_NEEDED)
    summary = optional(300)
    submitted_on = day()
    changed_on = day()
    wants_public = serializers.BooleanField(required=False, default=False)
    released_on = day()
    contact = other()
    kind = serializers.ChoiceField(Initiative.Kind.values, required=False, default="own_plan")
    submitter_kind = serializers.ChoiceField(Initiative.By.values, required=False, default="person")
    stopped_reason = optional(300)
    point = point()
    needs = needs(required=False, allow_null=True, default=None)
    existing = optional(2000)
    offered = optional(2000)
    asked = optional(2000)
    place = optional(200)
    starts_on = day()
    ends_on = day()
    organisation = other()
    continuity = ContinuityRow(required=False, allow_null=True, default=None)
    links = serializers.ListField(child=serializers.URLField(), max_length=10, required=False, default=list)


class ReplyTemplateRow(StrictSerializer):
    id = serializers.SlugField(max_length=40)
    title = line(100)
    verb = serializers.ChoiceField(verbs.STEPS)
    body = line(2000)
    order = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)
    used = serializers.BooleanField(required=False, default=True)


class AccountRow(StrictSerializer):
    email = serializers.EmailField()
    name = line(100)
    role = serializers.ChoiceField([*Role.values, "partner"])
    contact = other()
    organisation = other()
    initiatives = names(required=False, default=list)


class DaysAgoField(serializers.IntegerField):
    def __init__(self, **options):
        super().__init__(min_value=0, max_value=1000, **options)


class RequirementQuestionRow(StrictSerializer):
    text = line(1000)
    days_ago = DaysAgoField()
    answered_days_ago = DaysAgoField(**NOT_NEEDED)
    outcome = serializers.ChoiceField(Outcome.values, required=False, default="")
    answer = optional(1500)
    text_after = optional(1000)


class RequirementRow(StrictSerializer):
    """A demand of a plan in the demo: a usual one, or all its words."""

    initiative = key()
    standard = other(20)
    text = optional(1000)
    basis = serializers.ChoiceField(Basis.values, required=False, default=Basis.NONE)
    basis_text = optional(300)
    why = optional(1500)
    is_hard = serializers.BooleanField(required=False, default=False)
    help = optional(1500)
    days_ago = DaysAgoField()
    met_days_ago = DaysAgoField(**NOT_NEEDED)
    questions = RequirementQuestionRow(many=True, required=False, default=list)


EXCHANGED = {  # file -> row, in the order in which rows refer to each other; "?" means any ending
    "municipality.jsonl": MunicipalityRow,
    "districts.jsonl": DistrictRow,
    "departments.jsonl": DepartmentRow,
    "policy-fields.jsonl": PolicyFieldRow,
    "portfolios.jsonl": PortfolioRow,
    "holders.jsonl": HolderRow,
    "terms.jsonl": TermRow,
    "contacts.jsonl": ContactRow,
    "absences.jsonl": AbsenceRow,
    "partners.jsonl": PartnerRow,
    "notes.jsonl": NoteRow,
    "goals.jsonl": GoalRow,
    "themes.jsonl": ThemeRow,
    "funding-forms.jsonl": FormRow,
    "schemes.jsonl": SchemeRow,
    "standard-requirements.jsonl": StandardRequirementRow,
    "initiatives*.jsonl": InitiativeRow,
    "reply-templates.jsonl": ReplyTemplateRow,
}
