"""The desk for machines: what waits, what is suggested, and what officers and initiators do about a plan.

The verbs guard themselves; whoever may not see a plan finds nothing at its addresses.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.response import Response

from contacts.api import Named
from contacts.models import AccountManager
from desk import queues
from desk import verbs as desk
from desk.filters import DeskFilter
from desk.models import SavedFilter, filled, only_known_blanks
from desk.persons.api import RESOURCES as PERSONS
from desk.relations.api import OWN as MOMENTS
from desk.relations.api import RESOURCES as RELATIONS
from desk.suggestions import TARGETS, key_of
from desk.verbs import thing
from goals.api import ContactReference
from initiatives import verbs
from initiatives.api import ClockSerializer, OfficersOnly, OnPlan, StandSerializer
from initiatives.filters import STATES
from initiatives.models import Initiative
from matching import verbs as verdicts
from matching.matcher import fits_from
from matching.models import Verdict
from matching.service import strength
from townhall.rest import (
    CodeField,
    KeptViewSet,
    KeyField,
    RecordSerializer,
    StrictSerializer,
    TextField,
)
from townhall.standing import town_of

VERDICTS = {"bevestigd": Verdict.CONFIRMED, "afgewezen": Verdict.REJECTED, "toegevoegd": Verdict.ADDED}
JUDGE = {  # verdict that is asked for -> verb
    "bevestigd": verdicts.confirm,
    "afgewezen": verdicts.reject,
    "toegevoegd": verdicts.add,
    "ongedaan": verdicts.undo,
}
STEPS = {  # step as written here -> verb
    "gesprek-beginnen": "begin_dialogue",
    "terugzetten": "take_back",
    "laten-wachten": "await_decision",
    "beginnen": "start",
    "verder-praten": "reconsider",
    "realiseren": "realise",
    "door-laten-lopen": "keep_going",
    "pauzeren": "pause",
    "hervatten": "resume",
    "intrekken": "withdraw",
    "stoppen": "stop",
    "heropenen": "reopen",
}


# What waits ---------------------------------------------------------------------------------------------
class WorkSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="reference")
    titel = serializers.CharField(source="title")
    staat = CodeField(source="state", names=STATES)
    wijk = Named(source="district", allow_null=True)
    ingediendOp = serializers.DateTimeField(source="submitted_at")
    accounthouder = ContactReference(source="contact")
    termijnen = ClockSerializer(source="ticking", many=True)
    versie = serializers.IntegerField(source="version")


class WorkViewSet(OfficersOnly, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Wat wacht op de gemeente; wat het eerst moet staat voorop. Alleen voor ambtenaren."""

    queryset = Initiative.objects.none()
    serializer_class = WorkSerializer
    filterset_class = DeskFilter
    http_method_names = ("get", "head")

    def get_queryset(self):
        return queues.with_work(queues.in_order(queues.plans(self.request.user)))


# One plan -----------------------------------------------------------------------------------------------
class SuggestionSerializer(RecordSerializer):
    audience = "officer"

    soort = CodeField(source="target", names=TARGETS)
    kenmerk = serializers.CharField(source="key")
    naam = serializers.CharField(source="name")
    score = serializers.FloatField()
    sterkte = serializers.CharField(
        source="strong",
        help_text="Van een doel: sterk, redelijk of misschien. Alleen misschien is: past bij geen doel.",
    )
    redenen = serializers.ListField(source="sentences", child=serializers.CharField())
    versie = serializers.CharField(source="version")
    oordeel = CodeField(source="verdict", names=VERDICTS | {"": ""})


class Suggestions(OfficersOnly, OnPlan):
    """Wat de wegwijzer bij een plan voorstelt, en wat ambtenaren ervan vonden."""

    http_method_names = ("get", "head")
    gives = {"GET": SuggestionSerializer(many=True)}

    def get(self, request, kenmerk):
        if not verbs.officer(request.user, self.plan):
            raise PermissionDenied(_("Niemand behandelt een eigen plan."))
        found = self.plan.suggestions.select_related("goal", "manager", "organisation", "similar", "form")
        threshold = fits_from(float(town_of(request).fits_shift))
        rows = [
            {
                "target": one.target,
                "key": key_of(one.thing),
                "name": str(one.thing),
                "score": one.score,
                "strong": strength(one.score, threshold) if one.goal_id else "",
                "sentences": [reason["sentence"] for reason in one.reasons if "sentence" in reason],
                "version": one.version,
                "verdict": one.verdict,
            }
            for one in found
        ]
        return Response(SuggestionSerializer(rows, many=True).data)

    head = get


class VerdictInput(StrictSerializer):
    soort = serializers.ChoiceField(list(TARGETS))
    kenmerk = serializers.CharField(max_length=40)
    oordeel = serializers.ChoiceField(list(JUDGE))
    reden = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class Verdicts(OfficersOnly, OnPlan):
    """Bevestig, wijs af, voeg toe of maak ongedaan."""

    asks = VerdictInput
    called = {"reason": "reden", "contact": "kenmerk"}

    def do(self, plan, asked):
        target = TARGETS[asked["soort"]]
        judge = JUDGE[asked["oordeel"]]
        extra = {} if judge is verdicts.undo else {"reason": asked["reden"]}
        judge(plan, target, thing(target, asked["kenmerk"]), by=self.request.user, **extra)


class Versioned(StrictSerializer):
    """About a plan as it was read."""

    versie = serializers.IntegerField(min_value=1)


class ContactInput(Versioned):
    accounthouder = serializers.CharField(max_length=40)
    uitleg = serializers.CharField(
        max_length=300, required=False, allow_blank=True, default="", help_text="Voor de initiatiefnemer."
    )
    reden = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        default="",
        help_text="Waarom wie vol of afwezig is.",
    )

    def validate_accounthouder(self, key):
        found = AccountManager.objects.employed().filter(key=key).first()
        if found is None:
            raise serializers.ValidationError(_("Deze accounthouder kennen we niet."))
        return found


class Contact(OfficersOnly, OnPlan):
    """Een andere contactpersoon."""

    asks = ContactInput
    called = {"contact": "accounthouder"}

    def do(self, plan, asked):
        verdicts.add(
            plan, "manager", asked["accounthouder"], by=self.request.user, reason=asked["reden"],
            told=asked["uitleg"], version=asked["versie"],
        )  # fmt: skip


class StepInput(Versioned):
    stap = serializers.ChoiceField(list(STEPS))
    zin = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, default="", validators=[only_known_blanks]
    )


class Steps(OnPlan):
    """De volgende stap van een plan, met een zin voor de andere kant."""

    asks = StepInput
    called = {"reason": "zin"}

    def do(self, plan, asked):
        sentence = filled(asked["zin"], plan)
        verbs.step(
            STEPS[asked["stap"]], plan, by=self.request.user, sentence=sentence, version=asked["versie"]
        )


class ReleaseInput(Versioned):
    openbaar = serializers.BooleanField()


class Release(OfficersOnly, OnPlan):
    """Op de site, of eraf."""

    asks = ReleaseInput

    def do(self, plan, asked):
        verb = verbs.release if asked["openbaar"] else verbs.hide
        verb(plan, by=self.request.user, version=asked["versie"])


# A whole triage -----------------------------------------------------------------------------------------
PICKED = {"doelen": "goal", "partners": "organisation", "plannen": "similar", "manieren": "form"}


def picked():
    return serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=20, default=list, help_text="Van `suggesties`."
    )


class TriageInput(Versioned):
    doelen = picked()
    partners = picked()
    plannen = picked()
    manieren = picked()
    accounthouder = KeyField(AccountManager.objects.employed, source="contact")
    reden = serializers.CharField(
        max_length=300, default="", allow_blank=True, source="although", help_text="Waarom wie vol is."
    )
    zin = serializers.CharField(max_length=2000, source="sentence", validators=[only_known_blanks])
    openbaar = serializers.BooleanField(default=False, source="release")


class Triage(OfficersOnly, OnPlan):
    """Verwerk een nieuw plan in één keer."""

    http_method_names = ("post", "delete")
    words = {"DELETE": "Draai de verwerking terug. Dat kan een kwartier, zolang er niets anders gebeurt."}
    asks = TriageInput
    gives = {"POST": StandSerializer, "DELETE": {"200": StandSerializer}}

    def do(self, plan, asked):
        told = {name: asked[name] for name in ("contact", "although", "sentence", "release")}
        chosen = {target: asked[name] for name, target in PICKED.items()}
        desk.triage(plan, by=self.request.user, version=asked["versie"], chosen=chosen, **told)

    def delete(self, request, kenmerk):
        desk.undo_triage(self.plan, by=request.user)
        return self.stand()


# One's own filters --------------------------------------------------------------------------------------
class FilterSerializer(RecordSerializer):
    audience = "self"

    kenmerk = serializers.CharField(source="id")
    naam = serializers.CharField(source="name")
    vraag = serializers.CharField(source="query", help_text="Zoals in het adres van `werkvoorraad`.")


class FilterInput(StrictSerializer):
    naam = TextField(source="name", max_length=60)
    vraag = TextField(source="query", max_length=2000, allow_blank=True)


class FilterViewSet(OfficersOnly, KeptViewSet):
    """Vragen aan de werkvoorraad die een ambtenaar bewaart."""

    queryset = SavedFilter.objects.none()
    serializer_class = FilterSerializer
    input_class = FilterInput
    writes = {"create": lambda *, by, **values: desk.save_filter(by, **values)}
    may_write = staticmethod(lambda user: True)
    http_method_names = ("get", "head", "post", "delete")
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        return self.request.user.saved_filters.all()

    def destroy(self, request, kenmerk):
        if not desk.forget_filter(request.user, kenmerk):
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)


# path below /api/v1/ -> viewset; only officers find it
RESOURCES = {"werkvoorraad": WorkViewSet} | RELATIONS | PERSONS
OWN = {"bewaarde-filters": FilterViewSet} | MOMENTS  # the same, of who is signed in
ON_PLANS = {  # path below /api/v1/initiatieven/{kenmerk}/ -> view
    "suggesties": Suggestions,
    "oordelen": Verdicts,
    "contact": Contact,
    "stappen": Steps,
    "verwerking": Triage,
    "openbaarmaking": Release,
}
