"""Promises, and the days they moved to."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, Department, District, Organisation
from funding.models import NeedKind
from goals.models import Goal
from initiatives.models import GoalLink, Initiative, Participant, State, ToldOfPlanQuerySet, one_of
from townhall.history import kept
from townhall.models import File, Searchable, SearchQuerySet, Versioned

ENDED = {State.STOPPED, State.REFERRED}  # plans that bring no promise any further; a realised one may
PROMISERS = ("manager", "department", "organisation", "participant")


class CommitmentState(models.TextChoices):
    """How a promise stands."""

    OPEN = "open", _("loopt")
    KEPT = "kept", _("nagekomen")
    DROPPED = "dropped", _("vervallen")


class PromisedTo(models.TextChoices):
    """To whom something is promised."""

    INITIATORS = "initiators", _("de initiatiefnemer")
    MUNICIPALITY = "municipality", _("de gemeente")
    COUNCIL = "council", _("de gemeenteraad")
    ORGANISATION = "organisation", _("een partner")


def by_one():
    """Q: exactly one of the four who can promise."""
    one = Q()
    for name in PROMISERS:
        one |= Q(**{f"{other}__isnull": other != name for other in PROMISERS})
    return one


class CommitmentQuerySet(ToldOfPlanQuerySet, SearchQuerySet):
    known_by = F("text")

    def with_side(self, user):
        """Each with `is_of_side`: True when this person may see what was not released for the site yet."""
        if getattr(user, "is_officer", False):
            return self.annotate(is_of_side=Value(True))
        if not user.is_authenticated:
            return self.annotate(is_of_side=Value(False))
        mine = Initiative.objects.filter(Initiative.objects.taking_part(user), pk=OuterRef("initiative"))
        return self.annotate(is_of_side=Exists(mine))

    def open(self):
        return self.filter(state=CommitmentState.OPEN)

    def going_on(self):
        """Those of plans that did not stop and were not referred."""
        return self.exclude(initiative__state__in=ENDED)

    def ended(self):
        """The open ones of plans that stopped or were referred: nobody waits for them any more."""
        return self.open().filter(initiative__state__in=ENDED)

    def late(self, at=None):
        """Those that should have been kept before this day, of plans that go on."""
        return self.open().going_on().filter(due_on__lt=at or timezone.localdate())

    def shifted(self):
        """Those whose day ever moved, whatever became of them."""
        return self.filter(Exists(Shift.objects.filter(commitment=OuterRef("pk"))))

    def by_town(self):
        return self.filter(Q(manager__isnull=False) | Q(department__isnull=False))

    def of_department(self, key):
        return self.filter(Q(department__key=key) | Q(manager__department__key=key))

    def with_unit(self):
        """Each with `unit`: the id of the department that promised; None for who is in none."""
        return self.annotate(unit=Coalesce("department", "manager__department"))

    def around(self, slug):
        """Those of plans in a district, in its parts or in the whole it is part of."""
        return self.filter(initiative__district__in=District.objects.around(slug))

    def for_goal(self, slug):
        """Those of plans that contribute to this goal."""
        goal = Goal.objects.filter(slug=slug)
        links = GoalLink.objects.filter(initiative=OuterRef("initiative"), goal__in=goal)
        return self.filter(Exists(links))

    def in_order(self):
        """What still has to happen first, the soonest day on top; then what is over, the last day on top."""
        is_open = Q(state=CommitmentState.OPEN) & ~Q(initiative__state__in=ENDED)
        return self.order_by(
            Case(When(is_open, then=0), default=1, output_field=models.SmallIntegerField()),
            Case(When(is_open, then=F("due_on"))),
            "-due_on",
            "-pk",
        )

    def with_moves(self):
        """Each with `.moves`: its shifts, the first one first, in one query."""
        shifts = Shift.objects.order_by("at", "pk")
        return self.prefetch_related(models.Prefetch("shifts", shifts, to_attr="moves"))

    def with_earlier(self):
        """Each with what it said before, for `earlier`, in one query."""
        return self.prefetch_related("history")

    def for_pages(self):
        """Each with what a page or the API shows of it, in two queries."""
        parties = (
            "manager__department",
            "department",
            "organisation",
            "to_organisation",
            "participant",
            "proof",
        )
        plan = [f"initiative__{name}" for name in ("reference", "title", "state", "public_id")]
        plan += [f"initiative__{name}" for name in ("wants_public", "released_at")]
        names = [f"{one}__name" for one in ("department", "organisation", "to_organisation")]
        keys = [f"{one}__key" for one in ("department", "organisation", "to_organisation")]
        manager = [f"manager__{name}" for name in ("key", "function", "department__key", "department__name")]
        participant = [f"participant__{name}" for name in ("user", "role")]
        participant += [f"proof__{name}" for name in PROOF_SHOWN]
        own = [field.name for field in self.model._meta.concrete_fields if field.name not in NOT_SHOWN]
        found = self.select_related("initiative", *parties).with_moves()
        return found.only(*own, *plan, *names, *keys, *manager, *participant)


NOT_SHOWN = ("terms", "terms_version")
PROOF_SHOWN = ("name", "content_type", "size", "words", "width", "height", "from_town", "thumb")


@kept("text", "occasion")
class Commitment(Searchable, Versioned):
    """Something that was promised about an initiative: by one, to one, by a day.

    With a quantity it is a contribution: plants, hours, a roof.
    """

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="commitments")
    manager = models.ForeignKey(
        AccountManager, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    participant = models.ForeignKey(
        Participant, models.RESTRICT, null=True, blank=True, related_name="commitments"
    )
    promised_to = models.CharField(_("aan wie"), max_length=12, choices=PromisedTo)
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="promised"
    )
    text = models.CharField(_("wat"), max_length=300)
    occasion = models.CharField(_("bij welke gelegenheid"), max_length=120, blank=True)
    promised_on = models.DateField(_("beloofd op"))
    due_on = models.DateField(_("uiterlijk"))
    first_due_on = models.DateField(_("eerst beloofde dag"), help_text="Verandert nooit.")
    remind_on = models.DateField(_("herinneren op"))
    quantity = models.DecimalField(
        _("hoeveel"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    unit_name = models.CharField(_("waarvan"), max_length=30, blank=True)
    value = models.DecimalField(
        _("waarde in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    need = models.CharField(_("bij welke behoefte"), max_length=15, choices=NeedKind, blank=True)
    state = models.CharField(_("stand"), max_length=8, choices=CommitmentState, default=CommitmentState.OPEN)
    kept_on = models.DateField(_("nagekomen op"), null=True, blank=True)
    evidence = models.CharField(_("waaraan je dat ziet"), max_length=500, blank=True)
    proof = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("foto of PDF")
    )
    proof_released = models.BooleanField(_("van de gemeente mag de foto of PDF op de site"), default=False)
    closing_reason = models.CharField(_("waarom het vervalt"), max_length=300, blank=True)
    is_public = models.BooleanField(_("openbaar"), default=True)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            Searchable.terms_index("commitment_terms"),
            Searchable.name_index("commitment_name", "text"),
            models.Index(fields=["due_on"], condition=Q(state="open"), name="commitment_open"),
            models.Index(fields=["-created_at", "-id"], name="commitment_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=by_one(),
                name="commitment_is_by_exactly_one",
                violation_error_message=_("Een toezegging is van precies één partij."),
            ),
            models.CheckConstraint(
                condition=Q(promised_to="organisation", to_organisation__isnull=False)
                | (~Q(promised_to="organisation") & Q(to_organisation=None)),
                name="commitment_to_organisation_names_it",
                violation_error_message=_("Kies aan welke partner dit is beloofd."),
            ),
            models.CheckConstraint(
                condition=~(Q(promised_to="initiators") & Q(participant__isnull=False))
                & ~(Q(promised_to="municipality") & (Q(manager__isnull=False) | Q(department__isnull=False)))
                & (Q(organisation=None) | Q(to_organisation=None) | ~Q(organisation=F("to_organisation"))),
                name="commitment_is_to_somebody_else",
                violation_error_message=_("Niemand belooft iets aan zichzelf. Kies aan wie het is beloofd."),
            ),
            models.CheckConstraint(condition=one_of("promised_to", PromisedTo), name="promised_to_is_known"),
            models.CheckConstraint(condition=one_of("state", CommitmentState), name="commitment_state_known"),
            models.CheckConstraint(
                condition=Q(need="") | one_of("need", NeedKind), name="commitment_need_is_known"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("promised_on"), first_due_on__gte=F("promised_on")),
                name="commitment_is_due_after_it_was_made",
                violation_error_message=_("De dag ligt voor de dag waarop het is beloofd."),
            ),
            models.CheckConstraint(
                condition=Q(remind_on__lte=F("due_on")), name="commitment_is_reminded_before"
            ),
            models.CheckConstraint(
                condition=Q(quantity=None, unit_name="", value=None)
                | (
                    Q(quantity__isnull=False, quantity__gt=0)
                    & ~Q(unit_name="")
                    & (Q(value=None) | Q(value__gte=0))
                ),
                name="contribution_is_whole",
                violation_error_message=_(
                    "Zeg bij een bijdrage hoeveel en waarvan, zoals 40 planten. De waarde mag erbij."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="kept", kept_on__isnull=False, kept_on__gte=F("promised_on")) & ~Q(evidence="")
                )
                | (~Q(state="kept") & Q(kept_on=None)),
                name="kept_commitment_has_evidence",
                violation_error_message=_("Schrijf op wanneer het is gedaan en waaraan je dat ziet."),
            ),
            models.CheckConstraint(
                condition=Q(proof=None) | Q(state="kept"),
                name="proof_is_of_a_kept_commitment",
                violation_error_message=_("Alleen bij wat is nagekomen hoort een foto of PDF."),
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(closing_reason=""),
                name="dropped_commitment_has_a_reason",
                violation_error_message=_("Schrijf op waarom dit vervalt."),
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        """Its place on the page of its plan."""
        return f"{self.initiative.get_absolute_url()}#{self.key}"

    def search_text(self):
        return self.text

    @property
    def is_by_town(self):
        return self.manager_id is not None or self.department_id is not None

    @property
    def side(self):
        """A code for whose promise it is: town, initiator or partner."""
        if self.participant_id:
            return "initiator"
        return "partner" if self.organisation_id else "town"

    @property
    def of_department(self):
        """The department that promised, or None."""
        return self.department or (self.manager and self.manager.department)

    @property
    def promiser(self):
        """Who promised, in words for everybody: never a person."""
        if self.participant_id:
            return _("De initiatiefnemer")
        if self.organisation:
            return self.organisation.name
        department = self.of_department
        return (
            _("De gemeente (%(department)s)") % {"department": department} if department else _("De gemeente")
        )

    @property
    def receiver(self):
        """To whom, in words for everybody."""
        return self.to_organisation.name if self.to_organisation else self.get_promised_to_display()

    @property
    def contribution(self):
        """How much of what: "40 planten"; empty where it is no contribution."""
        if self.quantity is None:
            return ""
        number = self.quantity.normalize()
        return f"{number_format(f'{number:f}', force_grouping=True)} {self.unit_name}"

    @property
    def shown_proof(self):
        """The picture or PDF as far as this reader may see it (with_side); None without one."""
        may_see = self.proof_released or getattr(self, "is_of_side", False)
        return self.proof if may_see else None

    @property
    def proof_url(self):
        """Where that picture or PDF is; empty where there is none for this reader."""
        return reverse("agreements:proof", args=[self.key]) if self.shown_proof else ""

    @property
    def proof_small_url(self):
        """The same as a thumbnail; empty for what is no picture."""
        small = self.shown_proof and self.shown_proof.is_picture
        return reverse("agreements:proof-small", args=[self.key]) if small else ""

    @property
    def earlier(self):
        """What was promised in other words before, newest first: [(until when, text), …]."""
        found, now = [], self.text
        for row in sorted(self.history.all(), key=lambda row: -row.pgh_id):
            if row.text != now:
                found.append((row.pgh_created_at, row.text))
                now = row.text
        return found

    def is_late(self, at=None):
        """True when the day has passed without the promise being kept, of a plan that goes on."""
        return self.standing == CommitmentState.OPEN and self.due_on < (at or timezone.localdate())

    @property
    def is_shown(self):
        """True when everybody may see it."""
        return self.is_public and self.initiative.is_shown

    @property
    def standing(self):
        """A code for what became of it: open, kept, dropped, or ended (the plan did before)."""
        is_ended = self.state == CommitmentState.OPEN and self.initiative.state in ENDED
        return "ended" if is_ended else self.state

    @property
    def stand(self):
        """A code for how it stands today: late, or its standing."""
        return "late" if self.is_late() else self.standing


class Shift(models.Model):
    """A promise moved to another day: from, to, and why. Never changed; gone only with its promise."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="shifts")
    from_day = models.DateField(_("van"))
    to_day = models.DateField(_("naar"))
    reason = models.CharField(_("waarom"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_day=F("from_day")),
                name="shift_goes_to_another_day",
                violation_error_message=_("Dat is de dag die er al stond."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="shift_has_a_reason",
                violation_error_message=_("Schrijf op waarom de dag verschuift."),
            ),
        ]

    def __str__(self):
        return f"{self.commitment_id} {self.to_day}"

    @property
    def initiative(self):
        """The plan it is about."""
        return self.commitment.initiative

    @property
    def is_public(self):
        return self.commitment.is_public
