"""What the council wants plans to be looked at for (a framework), and how town hall looks at one plan by it.

The migration of these tables adds triggers to the constraints: an adopted framework never changes, nor does
what was said in an assessment that is closed. There is no score and no total: see docs/decisions.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funding.models import ON_THE_WEB
from initiatives.models import Initiative, one_of
from townhall.history import kept
from townhall.models import Versioned
from townhall.verbs import may_manage

SAYS_SOMETHING = r"\S"  # more than white space


# What is looked at ------------------------------------------------------------------------------------
class AssessmentFrameworkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that were adopted, for everybody; managers see the draft too."""
        return self if may_manage(user) else self.adopted()

    def adopted(self):
        return self.exclude(adopted_on=None)

    def in_force(self, day=None):
        """The one that holds on a day: the newest that had begun by then; none before the first."""
        begun = self.model.objects.adopted().filter(valid_from__lte=day or timezone.localdate())
        return self.filter(pk__in=begun.order_by("-valid_from").values("pk")[:1])

    def of_plan(self, plan):
        """The one that held on the day the plan was sent: what comes later changes nothing for it."""
        return self.in_force(timezone.localdate(plan.submitted_at)) if plan.submitted_at else self.none()

    def whole(self):
        """Each with its criteria, in one query more."""
        return self.prefetch_related("criteria")


@kept()
class AssessmentFramework(Versioned):
    """What town hall looks at when it thinks about a plan, in one version that the council adopted."""

    key = models.CharField(_("kenmerk"), max_length=10, unique=True)
    title = models.CharField(_("titel"), max_length=120)
    intro = models.TextField(_("inleiding"), max_length=1500, blank=True)
    adopted_by = models.CharField(_("vastgesteld door"), max_length=100, default="de gemeenteraad")
    adopted_on = models.DateField(_("vastgesteld op"), null=True, blank=True)
    valid_from = models.DateField(_("geldt vanaf"), null=True, blank=True)
    url = models.URLField(_("het besluit"), blank=True, validators=[ON_THE_WEB])

    objects = AssessmentFrameworkQuerySet.as_manager()

    class Meta:
        ordering = [F("valid_from").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_on=None, valid_from=None)
                | Q(adopted_on__isnull=False, valid_from__gte=F("adopted_on")),
                name="framework_holds_after_it_was_adopted",
                violation_error_message=_("Het kader geldt vanaf de dag van het besluit, of later."),
            ),
            models.UniqueConstraint(
                fields=["valid_from"],
                nulls_distinct=False,
                name="one_draft_and_one_framework_a_day",
                violation_error_message=_("Er is al een concept, of al een kader dat op die dag begint."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:framework", args=[self.key])

    @property
    def is_adopted(self):
        return self.adopted_on is not None


class Dimension(models.TextChoices):
    """The three sides of the value of a plan for society."""

    LEGITIMACY = "legitimacy", _("Is het eerlijk, en is er steun? (legitimiteit)")
    EFFECTIVENESS = "effectiveness", _("Helpt het echt? (effectiviteit)")
    INVOLVEMENT = "involvement", _("Is het meer dan eigen belang? (betrokkenheid)")


@kept()
class Criterion(Versioned):
    """One question of a framework that is asked of every plan."""

    key = models.CharField(_("kenmerk"), max_length=10, unique=True)
    framework = models.ForeignKey(
        AssessmentFramework, models.CASCADE, related_name="criteria", verbose_name=_("afwegingskader")
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=1)
    dimension = models.CharField(_("waar het over gaat"), max_length=13, choices=Dimension)
    name = models.CharField(_("naam"), max_length=60)
    question = models.CharField(_("vraag"), max_length=200)
    counts = models.TextField(_("wat telt mee"), max_length=600)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("dimension", Dimension), name="criterion_dimension_is_known"
            ),
            models.UniqueConstraint(
                fields=["framework", "name"],
                name="one_criterion_of_a_name",
                violation_error_message=_("Een criterium met deze naam staat al in dit kader."),
            ),
            models.CheckConstraint(
                condition=Q(question__regex=SAYS_SOMETHING, counts__regex=SAYS_SOMETHING),
                name="criterion_asks_and_explains",
                violation_error_message=_("Schrijf de vraag op, en wat meetelt."),
            ),
        ]

    def __str__(self):
        return self.name


# What town hall thinks of one plan --------------------------------------------------------------------
class AssessmentState(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("concept")
    SHARED = "shared", _("gedeeld met de initiatiefnemer")
    FINAL = "final", _("afgerond")


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For officers all, but of their own plan what its initiators see: what was shared with them."""
        if not user.is_authenticated:
            return self.none()
        mine = Initiative.objects.filter(Initiative.objects.taking_part(user))
        shared = ~Q(state=AssessmentState.DRAFT)
        if user.is_officer:
            seen = self.filter(initiative__in=Initiative.objects.visible_to(user).registered())
            return seen.filter(shared | ~Q(initiative__in=mine))
        return self.filter(shared, initiative__in=mine)

    def closed(self):
        return self.filter(state=AssessmentState.FINAL)

    def whole(self):
        """Each with its plan, its framework, and its answers with what they first said."""
        answers = ("answers__criterion", "answers__history")
        return self.select_related("framework", "initiative").prefetch_related(*answers)


class Assessment(Versioned):
    """How town hall looks at one plan, by the framework of the day it was sent; its initiator can react."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="assessment")
    framework = models.ForeignKey(AssessmentFramework, models.PROTECT, related_name="assessments")
    state = models.CharField(_("stand"), max_length=6, choices=AssessmentState, default=AssessmentState.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_on = models.DateField(_("begonnen op"), default=timezone.localdate)
    shared_on = models.DateField(_("gedeeld op"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("werkdagen tot het delen"), null=True, blank=True)
    react_until = models.DateField(_("reageren kan tot en met"), null=True, blank=True)
    reaction = models.TextField(_("reactie"), max_length=2000, blank=True)
    reacted_on = models.DateField(_("gereageerd op"), null=True, blank=True)
    reply = models.TextField(_("antwoord op de reactie"), max_length=2000, blank=True)
    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["framework"], condition=Q(state="final"), name="assessment_closed")]
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", AssessmentState), name="assessment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", shared_on=None, days=None, react_until=None)
                | (~Q(state="draft") & Q(shared_on__isnull=False, days__isnull=False))
                & Q(react_until__gte=F("shared_on")),
                name="shared_assessment_has_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="final", closed_on=None) & (Q(state="final") | Q(closed_on=None)),
                name="closed_assessment_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="final") | Q(reaction="") | Q(reply__regex=SAYS_SOMETHING),
                name="reaction_is_replied_to",
                violation_error_message=_("Schrijf wat je met de reactie deed."),
            ),
        ]

    def __str__(self):
        return f"{self.framework_id} {self.initiative_id}"

    @property
    def is_draft(self):
        return self.state == AssessmentState.DRAFT

    @property
    def is_shared(self):
        """True while its initiator can answer to it."""
        return self.state == AssessmentState.SHARED

    @property
    def is_closed(self):
        return self.state == AssessmentState.FINAL

    @property
    def may_close_now(self):
        """True when the initiator was heard, or had the time for it."""
        return self.reacted_on is not None or self.react_until < timezone.localdate()

    @property
    def in_order(self):
        """Its answers in the order of the questions."""
        return sorted(self.answers.all(), key=lambda one: (one.criterion.order, one.criterion_id))

    @property
    def has_reaction(self):
        """True when the initiator wrote something, about one question or about the whole."""
        return bool(self.reaction) or any(one.reaction for one in self.answers.all())


class Answer(models.TextChoices):
    """What was found for one question; there is no order in it, and nothing is added up."""

    YES = "yes", _("ja")
    PARTLY = "partly", _("deels")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("weten we nog niet")


TONES = {Answer.YES: "success", Answer.PARTLY: "info", Answer.NO: "warning", Answer.UNKNOWN: "neutral"}


@kept("answer", "reason")
class AssessmentAnswer(models.Model):
    """What town hall found for one question about a plan, why, and what its initiator says to that."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers")
    answer = models.CharField(_("antwoord"), max_length=7, choices=Answer)
    reason = models.TextField(_("waarom"), max_length=1500)
    reaction = models.TextField(_("reactie"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_answer_a_criterion"),
            models.CheckConstraint(condition=one_of("answer", Answer), name="assessment_answer_is_known"),
            models.CheckConstraint(
                condition=Q(reason__regex=SAYS_SOMETHING),
                name="assessment_answer_has_a_reason",
                violation_error_message=_("Schrijf waarom."),
            ),
        ]

    def __str__(self):
        return f"{self.criterion_id} {self.answer}"

    @property
    def initiative(self):
        """The plan it is about: who may see that may see this."""
        return self.assessment.initiative

    @property
    def tone(self):
        """The look of its answer, as {% badge %} takes it."""
        return TONES[self.answer]

    @property
    def earlier(self):
        """What it said after sharing and before a change, newest first: [(when, answer, reason), …]."""
        rows = sorted(self.history.all(), key=lambda row: -row.pgh_id)
        return [(row.pgh_created_at, Answer(row.answer).label, row.reason) for row in rows]
