"""What a plan waits for: a decision of somebody else, with the day, the reason and in the end the outcome."""

from datetime import date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agreements.decisions import term
from contacts.models import Span, check_span, running
from initiatives.models import CLOSED, Initiative, one_of
from townhall.models import Versioned


class Body(models.TextChoices):
    """Who decides."""

    COLLEGE = "college", _("het college van burgemeester en wethouders")
    COUNCIL = "council", _("de gemeenteraad")
    MAYOR = "mayor", _("de burgemeester")
    DEPARTMENT = "department", _("een afdeling van de gemeente")
    PROVINCE = "province", _("de provincie")
    WATER_BOARD = "water_board", _("het waterschap")
    OTHER = "other", _("iemand anders")


NAMED = {Body.DEPARTMENT, Body.OTHER}  # these say nothing without a name
OUTSIDE = {Body.PROVINCE, Body.WATER_BOARD, Body.OTHER}  # no letter to town hall reaches them


class Outcome(models.TextChoices):
    """What was decided, as people say it."""

    GRANTED = "granted", _("ja")
    PARTLY = "partly", _("voor een deel")
    REFUSED = "refused", _("nee")
    WITHDRAWN = "withdrawn", _("niet meer nodig")


NEGATIVE = {Outcome.PARTLY, Outcome.REFUSED}
MADE = set(Outcome) - {Outcome.WITHDRAWN}
NEEDED = {  # what an outcome cannot do without -> the sentence where it is missing
    "reasons": _("Leg in gewone woorden uit waarom."),
    "what_would_change": _("Schrijf op wat er anders zou moeten zijn voor een ja."),
    "next_step": _("Schrijf op wat de initiatiefnemer nu kan doen. Een nee is nooit het einde."),
}
NEEDS = {Outcome.WITHDRAWN: ["reasons"]} | dict.fromkeys(NEGATIVE, [*NEEDED])

CORRECTS = {  # is it formal, is it made -> what may be put right; the outcome of a decision never is
    (False, False): ("question", "body_name", "why"),
    (True, False): ("question", "body_name", "why"),
    (False, True): ("question", "why", "decided_on", "reasons", "what_would_change", "next_step"),
    (True, True): ("why", "decided_on", "reasons", "what_would_change", "next_step"),
}
CORRECTABLE = ("body_name", "decided_on", "next_step", "question", "reasons", "what_would_change", "why")


def standing_still(at=None):
    """The term of the decision outside stands still on a day."""
    return Exists(DecisionPause.objects.filter(running(at), decision=OuterRef("pk")))


class PendingDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about plans this person may see: who reads the plan reads what it waits for."""
        return self.filter(initiative__in=Initiative.objects.visible_to(user))

    def waiting(self):
        """Those without an outcome, of plans that still go on."""
        return self.filter(outcome="").exclude(initiative__state__in=CLOSED)

    def suspended(self, at=None):
        """Those waiting ones of which the term stands still on a day."""
        return self.waiting().filter(
            Exists(DecisionPause.objects.filter(running(at), decision=OuterRef("pk")))
        )

    def overdue(self, at=None):
        """Those that were expected before a day, and do not stand still on it."""
        at = at or timezone.localdate()
        return self.waiting().filter(planned_on__lt=at).exclude(standing_still(at))

    def whole(self):
        """Each with its pauses and the days it was expected on before: two queries more, if there are any.

        And with what was put right, for `put_right`, in the same query.
        """
        told = JSONObject(**{name: name for name in ("field", "was", "personal", "reason", "at")})
        rows = DecisionCorrection.objects.filter(decision=OuterRef("pk")).values(told=told)
        return self.annotate(corrected=ArraySubquery(rows)).prefetch_related("pauses", "moves")


class PendingDecision(Versioned):
    """A decision that an initiative waits for: who decides, why, when, and what became of it."""

    key = models.CharField(_("kenmerk"), max_length=12, unique=True)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="decisions")
    question = models.CharField(_("waarover"), max_length=300)
    body = models.CharField(_("wie besluit"), max_length=12, choices=Body)
    body_name = models.CharField(_("naam"), max_length=100, blank=True)
    is_formal = models.BooleanField(_("formeel besluit"), default=False)
    is_political = models.BooleanField(_("politieke keuze"), default=False)
    why = models.TextField(_("waarom dit tijd kost"), max_length=1000)
    asked_on = models.DateField(_("wacht sinds"))
    planned_on = models.DateField(_("verwacht op"))
    received_on = models.DateField(_("aanvraag ontvangen op"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(
        _("termijn in weken"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
    )
    due_on = models.DateField(_("uiterlijk volgens de wet"), null=True, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=10, choices=Outcome, blank=True)
    decided_on = models.DateField(_("besloten op"), null=True, blank=True)
    reasons = models.TextField(_("waarom"), max_length=4000, blank=True)
    what_would_change = models.TextField(_("wat dit zou veranderen"), max_length=2000, blank=True)
    next_step = models.TextField(_("zo kun je verder"), max_length=2000, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = PendingDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["planned_on"], condition=Q(outcome=""), name="decision_waiting"),
            models.Index(fields=["-asked_on", "-id"], name="decision_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=one_of("body", Body), name="decision_body_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="") | one_of("outcome", Outcome), name="decision_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(body__in=["department", "other"]) | ~Q(body_name=""),
                name="decision_body_has_its_name",
                violation_error_message=_("Schrijf op wie er besluit."),
            ),
            models.CheckConstraint(
                condition=Q(
                    is_formal=True, received_on__isnull=False, weeks__isnull=False, due_on__isnull=False
                )
                | Q(is_formal=False, received_on=None, weeks=None, due_on=None),
                name="formal_decision_has_a_term",
                violation_error_message=_("Een formeel besluit heeft een ontvangstdag en een termijn."),
            ),
            models.CheckConstraint(
                condition=Q(weeks=None) | Q(weeks__range=(1, 52)),
                name="decision_term_is_one_to_52_weeks",
                violation_error_message=_("Een termijn is 1 tot 52 weken."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="decision_outcome_has_a_day",
                violation_error_message=_("Een uitkomst heeft een dag."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="withdrawn") | ~Q(reasons=""),
                name="withdrawn_decision_says_why",
                violation_error_message=_("Leg in gewone woorden uit waarom."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["partly", "refused"])
                | ~(Q(reasons="") | Q(what_would_change="") | Q(next_step="")),
                name="negative_decision_shows_a_way_on",
                violation_error_message=_(
                    "Een nee heeft altijd een reden, wat het zou veranderen en een volgende stap."
                ),
            ),
            models.CheckConstraint(
                condition=Q(planned_on__gte=F("asked_on")),
                name="decision_is_expected_after_it_was_asked",
                violation_error_message=_("De verwachte dag ligt voor de dag waarop het wachten begon."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("asked_on")),
                name="decision_is_made_after_it_was_asked",
                violation_error_message=_("Het besluit ligt voor de dag waarop het wachten begon."),
            ),
        ]

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        """Where people read it: in its place on the page of its plan."""
        return f"{reverse('initiatives:detail', args=[self.initiative.reference])}#besluit-{self.key}"

    def clean(self):
        """Names the fields that the constraints can only name together."""
        errors = {name: NEEDED[name] for name in NEEDS.get(self.outcome, ()) if not getattr(self, name)}
        if self.body in NAMED and not self.body_name:
            errors["body_name"] = _("Schrijf op wie er besluit: een afdeling of organisatie, geen naam.")
        if self.decided_on and self.asked_on and self.decided_on < self.asked_on:
            errors["decided_on"] = _("We wachten pas sinds %(day)s.") % {"day": date_format(self.asked_on)}
        if self.planned_on and self.asked_on and self.planned_on < self.asked_on:
            errors["planned_on"] = _("Deze dag ligt voor de dag waarop het wachten begon.")
        if errors:
            raise ValidationError(errors)

    # Who and what -----------------------------------------------------------------------------------------
    @property
    def body_words(self):
        """Who decides, to begin a sentence with: "de gemeenteraad"."""
        if self.body == Body.DEPARTMENT:
            return _("de afdeling %(name)s") % {"name": self.body_name}
        return self.body_name if self.body == Body.OTHER else self.get_body_display()

    @property
    def objection_to(self):
        """Who reads an objection: a department decides in the name of the executive (Awb 6:4 and 10:2)."""
        return Body.COLLEGE.label if self.body == Body.DEPARTMENT else self.body_words

    @property
    def is_outside(self):
        """True when somebody outside town hall decides."""
        return self.body in OUTSIDE

    @property
    def is_waiting(self):
        """True while there is no outcome and the plan goes on."""
        return not self.outcome and self.initiative.state not in CLOSED

    @property
    def is_negative(self):
        return self.outcome in NEGATIVE

    @property
    def is_made(self):
        """True when somebody decided; a question that was withdrawn never got that far."""
        return self.outcome in MADE

    @property
    def correctable(self):
        """The names of what may be put right about it."""
        names = CORRECTS[self.is_formal, bool(self.outcome)]
        return names if self.outcome != Outcome.WITHDRAWN else ("question", "reasons")

    @property
    def put_right(self):
        """What was written down wrong and is put right, the first first."""
        if not hasattr(self, "corrected"):
            return list(self.corrections.all())
        rows = ({**row, "at": datetime.fromisoformat(row["at"])} for row in self.corrected)
        return [DecisionCorrection(**row) for row in rows]

    # Days -------------------------------------------------------------------------------------------------
    @property
    def still(self):
        """The times it stood still, as term.py reads them."""
        return [(one.since, one.until) for one in self.pauses.all()]

    @property
    def pause(self):
        """The time standing still that runs today, or None."""
        today = timezone.localdate()
        return (
            next((one for one in self.pauses.all() if one.runs_on(today)), None) if self.is_waiting else None
        )

    @property
    def is_overdue(self):
        """True when the day it was expected on has passed, and it does not stand still."""
        return self.is_waiting and self.planned_on < timezone.localdate() and not self.pause

    @property
    def is_over_term(self):
        """True when the day the law gives has passed without a decision."""
        late = self.is_formal and self.is_waiting and not self.pause
        return bool(late and self.due_on < timezone.localdate())

    @property
    def days_waiting(self):
        """Calendar days from the day it was asked until today, or until it was decided."""
        return ((self.decided_on or timezone.localdate()) - self.asked_on).days

    @property
    def term_days(self):
        """How many days the law gives; None for what is not formal."""
        return self.weeks * 7 if self.is_formal else None

    @property
    def day_of_term(self):
        """How many of those were used; None for what is not formal."""
        until = self.decided_on or timezone.localdate()
        return term.day_of_term(self.received_on, self.still, until) if self.is_formal else None

    @property
    def objection_until(self):
        """The last day to object; None while nothing is decided, and for what is not formal."""
        return term.objection_until(self.decided_on) if self.is_formal and self.is_made else None

    @property
    def standing(self):
        """A code for where it stands: late, suspended, waiting, ended (the plan did), or its outcome."""
        if self.outcome or not self.is_waiting:
            return self.outcome or "ended"
        return "suspended" if self.pause else "late" if self.is_overdue else "waiting"


class Ground(models.TextChoices):
    """Why a term may stand still; the law knows no others (Awb 4:15)."""

    INCOMPLETE = "incomplete", _("de aanvraag is nog niet compleet")
    ABROAD = "abroad", _("we wachten op informatie uit het buitenland")
    CONSENT = "consent", _("de aanvrager is schriftelijk akkoord met uitstel")
    APPLICANT = "applicant", _("de vertraging komt door de aanvrager")
    FORCE_MAJEURE = "force_majeure", _("de gemeente kan door overmacht niet besluiten")


ARTICLES = {  # ground -> where the law says so
    Ground.INCOMPLETE: _("Awb artikel 4:15, lid 1, onder a, en artikel 4:5"),
    Ground.ABROAD: _("Awb artikel 4:15, lid 1, onder b"),
    Ground.CONSENT: _("Awb artikel 4:15, lid 2, onder a"),
    Ground.APPLICANT: _("Awb artikel 4:15, lid 2, onder b"),
    Ground.FORCE_MAJEURE: _("Awb artikel 4:15, lid 2, onder c"),
}
FROM_THE_NEXT_DAY = {Ground.INCOMPLETE, Ground.ABROAD}  # after the day on which the applicant was told
WITH_AN_END = {Ground.INCOMPLETE, Ground.CONSENT}  # without a term for the applicant nothing stands still


class DecisionPause(models.Model):
    """A time in which the term of a formal decision stands still, on a ground that the law knows."""

    decision = models.ForeignKey(PendingDecision, models.CASCADE, related_name="pauses")
    ground = models.CharField(_("grond"), max_length=13, choices=Ground)
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=one_of("ground", Ground), name="pause_ground_is_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="pause_ends_after_it_began",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            ExclusionConstraint(
                name="one_pause_of_a_decision_at_a_time",
                expressions=[
                    ("decision", RangeOperators.EQUAL),
                    (Span("since", "until", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("In deze tijd staat de termijn al stil."),
            ),
        ]

    def __str__(self):
        return f"{self.ground} {self.since}"

    def clean(self):
        check_span(self)
        if self.ground in WITH_AN_END and not self.until:
            raise ValidationError({"until": _("Vul in tot en met welke dag de aanvrager de tijd heeft.")})

    def runs_on(self, day):
        """True when the term stands still on this day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def article(self):
        """Where the law says so."""
        return ARTICLES[Ground(self.ground)]


class DecisionMove(models.Model):
    """The expected day of a decision became another one, for a reason."""

    decision = models.ForeignKey(PendingDecision, models.CASCADE, related_name="moves")
    was = models.DateField(_("eerst verwacht op"))
    to = models.DateField(_("nu verwacht op"))
    reason = models.CharField(_("reden"), max_length=500)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(was=F("to")), name="moved_decision_has_another_day"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="moved_decision_says_why",
                violation_error_message=_("Schrijf op waarom het een andere dag wordt."),
            ),
        ]

    def __str__(self):
        return f"{self.was} {self.to}"

    @property
    def initiative(self):
        """The plan it is about: who may see that may see this."""
        return self.decision.initiative


class DecisionCorrection(models.Model):
    """One thing about a decision was written down wrong: what stood there, and why it was put right."""

    decision = models.ForeignKey(PendingDecision, models.CASCADE, related_name="corrections")
    field = models.CharField(_("wat"), max_length=20)
    was = models.TextField(_("wat er stond"), max_length=4000, blank=True)
    personal = models.BooleanField(_("ging over een persoon"), default=False)
    reason = models.CharField(_("reden"), max_length=500)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(field__in=CORRECTABLE), name="only_what_may_be_corrected_was"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="corrected_decision_says_why",
                violation_error_message=_("Schrijf op waarom je dit rechtzet."),
            ),
            models.CheckConstraint(
                condition=Q(personal=False) | Q(was=""),
                name="words_about_a_person_are_gone",
                violation_error_message=_("Wat over een persoon ging, blijft niet staan."),
            ),
        ]

    def __str__(self):
        return f"{self.decision_id} {self.field}"

    @property
    def initiative(self):
        """The plan it is about: who may see that may see this."""
        return self.decision.initiative

    @property
    def what(self):
        """What was put right, in words."""
        return PendingDecision._meta.get_field(self.field).verbose_name

    @property
    def said(self):
        """What stood there, as people read it: a day as a day, and of words about a person that they went."""
        if self.personal:
            return str(_("weggehaald omdat het over een persoon ging"))
        return date_format(date.fromisoformat(self.was), "j F Y") if self.field == "decided_on" else self.was
