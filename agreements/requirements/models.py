"""What the municipality demands of an initiative, the usual demands, and what initiators ask about them."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funding.models import ON_THE_WEB, NeedKind
from initiatives import clocks
from initiatives.models import Initiative, State, one_of
from townhall.calendar import working_days_between
from townhall.history import kept
from townhall.models import Searchable, SearchQuerySet, Versioned

SAYS_SOMETHING = r"\S"  # more than white space
NAME_THE_BASIS = _("Schrijf welke wet of welk beleid dit vraagt.")
HARD_WITHOUT_BASIS = _("Alleen wat de wet of het beleid vraagt, kan een harde eis zijn.")


class Basis(models.TextChoices):
    """What a demand stands on."""

    LAW = "law", _("de wet")
    POLICY = "policy", _("beleid van de gemeente")
    NONE = "none", _("geen wet en geen beleid")


class Demand(models.Model):
    """What is demanded, what it stands on, why, and what the municipality does to help: never left empty."""

    text = models.TextField(_("wat we vragen"), max_length=1000)
    basis = models.CharField(_("waar de eis op steunt"), max_length=6, choices=Basis)
    basis_text = models.CharField(_("welke wet of welk beleid"), max_length=300, blank=True)
    why = models.TextField(_("waarom we dit vragen"), max_length=1500)
    is_hard = models.BooleanField(_("zonder dit kan het plan niet doorgaan"), default=False)
    help = models.TextField(_("wat de gemeente doet om te helpen, of wat er ook kan"), max_length=1500)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=one_of("basis", Basis), name="%(class)s_basis_is_known"),
            models.CheckConstraint(
                condition=Q(basis="none") | Q(basis_text__regex=SAYS_SOMETHING),
                name="%(class)s_names_its_basis",
                violation_error_message=NAME_THE_BASIS,
            ),
            models.CheckConstraint(
                condition=Q(is_hard=False) | ~Q(basis="none"),
                name="%(class)s_is_hard_on_a_basis",
                violation_error_message=HARD_WITHOUT_BASIS,
            ),
            models.CheckConstraint(
                condition=Q(help__regex=SAYS_SOMETHING),
                name="%(class)s_comes_with_help",
                violation_error_message=_("Schrijf wat de gemeente doet om te helpen, of wat er ook kan."),
            ),
            models.CheckConstraint(
                condition=Q(why__regex=SAYS_SOMETHING),
                name="%(class)s_says_why",
                violation_error_message=_("Schrijf waarom dit nodig is."),
            ),
        ]

    def clean(self):
        """The rules of a basis, told at their fields; the constraints hold them for whatever comes."""
        super().clean()
        if self.basis == Basis.NONE and self.is_hard:
            raise ValidationError({"is_hard": HARD_WITHOUT_BASIS})
        if self.basis and self.basis != Basis.NONE and not self.basis_text.strip():
            raise ValidationError({"basis_text": NAME_THE_BASIS})


WORDING = tuple(field.name for field in Demand._meta.local_fields)


# The library ------------------------------------------------------------------------------------------
class StandardRequirementQuerySet(SearchQuerySet):
    known_by = F("title")

    def visible_to(self, user):
        """Those in use, for everybody: what may be demanded is no secret."""
        return self.filter(is_used=True)

    def likely_for(self, initiative):
        """Those that go with what a plan asks for, except what is demanded of it already."""
        asked = ArraySubquery(initiative.needs.values("kind"))
        there = initiative.requirements.open().exclude(standard=None).values("standard")
        return self.filter(is_used=True, needs__overlap=asked).exclude(pk__in=there)


@kept()
class StandardRequirement(Searchable, Versioned, Demand):
    """A demand that comes up often, in good words and with help that is ready; an officer begins with it."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("titel"), max_length=120)
    needs = ArrayField(
        models.CharField(max_length=15, choices=NeedKind),
        verbose_name=_("komt vaak voor bij wie dit vraagt"),
        default=list,
        blank=True,
    )
    url = models.URLField(_("meer lezen"), blank=True, validators=[ON_THE_WEB])
    is_used = models.BooleanField(_("in gebruik"), default=True)

    objects = StandardRequirementQuerySet.as_manager()

    class Meta(Demand.Meta):
        ordering = ["title", "key"]
        indexes = [Searchable.terms_index("standard_requirement_terms")]
        constraints = [
            *Demand.Meta.constraints,
            models.CheckConstraint(
                condition=Q(needs__contained_by=list(NeedKind.values)),
                name="standard_requirement_needs_are_known",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:standard-requirement", args=[self.slug])

    def search_text(self):
        return f"{self.title}. {self.text} {self.basis_text} {self.why} {self.help}"

    @property
    def need_words(self):
        """The needs it goes with, in words."""
        return [str(NeedKind(need).label) for need in self.needs]


# Of one plan ------------------------------------------------------------------------------------------
class RequirementState(models.TextChoices):
    """Where a demand stands."""

    OPEN = "open", _("open")
    MET = "met", _("voldaan")
    DROPPED = "dropped", _("vervallen")


class RequirementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own plans; all of plans that were sent for officers; nothing for others."""
        if not user.is_authenticated:
            return self.none()
        seen = Initiative.objects.filter(Initiative.objects.taking_part(user))
        if user.is_officer:
            seen = Initiative.objects.visible_to(user).registered()
        return self.filter(initiative__in=seen)

    def open(self):
        return self.filter(state=RequirementState.OPEN)

    def for_pages(self):
        """Open ones first, each with its questions and what it said before, in two queries more."""
        order = models.Case(models.When(state=RequirementState.OPEN, then=0), default=1)
        found = self.select_related("standard", "initiative")
        return found.order_by(order, "pk").prefetch_related("questions", "history")


@kept(*WORDING)
class Requirement(Versioned, Demand):
    """Something the municipality demands of an initiative, between the two of them."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="requirements")
    standard = models.ForeignKey(
        StandardRequirement, models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    state = models.CharField(
        _("stand"), max_length=7, choices=RequirementState, default=RequirementState.OPEN
    )
    set_on = models.DateField(_("gesteld op"), default=timezone.localdate)
    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    closing_reason = models.TextField(_("waarom de eis vervalt"), max_length=1500, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta(Demand.Meta):
        ordering = ["pk"]
        constraints = [
            *Demand.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("state", RequirementState), name="requirement_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="closed_requirement_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | Q(closing_reason__regex=SAYS_SOMETHING),
                name="dropped_requirement_says_why",
                violation_error_message=_("Schrijf in één zin waarom de eis vervalt."),
            ),
            models.UniqueConstraint(
                fields=["initiative", "standard"],
                condition=Q(state="open"),
                name="one_open_requirement_of_a_standard",
                violation_error_message=_("Deze eis staat al bij dit plan."),
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.initiative_id}"

    @property
    def heading(self):
        """What it is called: as the usual demand it came from, else by its key."""
        return self.standard.title if self.standard else _("Eis %(key)s") % {"key": self.key}

    @property
    def is_open(self):
        return self.state == RequirementState.OPEN

    @property
    def open_question(self):
        """The question that waits for an answer, or None."""
        return next((question for question in self.questions.all() if question.is_open), None)

    @property
    def answered(self):
        """The questions that got an answer, in the order they were asked."""
        return [question for question in self.questions.all() if not question.is_open]

    @property
    def why_dropped(self):
        """Why it is demanded no more; empty where the answer to a question says it already."""
        answered = any(question.outcome == Outcome.DROPPED for question in self.questions.all())
        return "" if answered else self.closing_reason

    @property
    def earlier(self):
        """What was demanded before, newest first: [(until when, text), …]."""
        rows = sorted(self.history.all(), key=lambda row: -row.pgh_id)
        found, now = [], self.text
        for row in rows:
            if row.text != now:
                found.append((row.pgh_created_at, row.text))
                now = row.text
        return found


class Outcome(models.TextChoices):
    """What an answer means for the demand."""

    STAYS = "stays", _("de eis blijft")
    SOFTENED = "softened", _("de eis wordt lichter")
    DROPPED = "dropped", _("de eis vervalt")


class RequirementQuestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(outcome="")

    def overdue(self, today):
        """Those that should have been answered, of plans that still run."""
        running = ~Q(requirement__initiative__state__in=[State.STOPPED, State.REFERRED, State.REALISED])
        return self.open().filter(running, due_on__lt=today)


class RequirementQuestion(models.Model):
    """“Is dit echt nodig?”: an initiator asks it of a demand, and gets an answer with its reasons in time."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="questions")
    text = models.TextField(_("waarom je dit vraagt"), max_length=1000)
    asked_on = models.DateField(_("gevraagd op"), default=timezone.localdate)
    due_on = models.DateField(_("antwoord uiterlijk"))
    outcome = models.CharField(_("uitkomst"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("antwoord"), max_length=1500, blank=True)
    answered_on = models.DateField(_("beantwoord op"), null=True, blank=True)

    objects = RequirementQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(outcome=""), name="requirement_question_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement"],
                condition=Q(outcome=""),
                name="one_open_question_a_requirement",
                violation_error_message=_("Er staat al een vraag open over deze eis."),
            ),
            models.CheckConstraint(
                condition=Q(text__regex=SAYS_SOMETHING),
                name="requirement_question_says_why",
                violation_error_message=_("Schrijf waarom je dit vraagt."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None)
                | (one_of("outcome", Outcome) & Q(answered_on__isnull=False)),
                name="requirement_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(answer__regex=SAYS_SOMETHING),
                name="requirement_answer_has_reasons",
                violation_error_message=_("Leg je antwoord uit."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")), name="requirement_question_runs_forward"
            ),
        ]

    def __str__(self):
        return f"{self.requirement_id} {self.asked_on}"

    @property
    def is_open(self):
        return not self.outcome

    @property
    def is_late(self):
        """True when there is no answer and the day for it has passed."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def mood(self):
        """A code for its look, as of a clock: done, late or fine."""
        return "late" if self.is_late else "fine" if self.is_open else "done"

    @property
    def left(self):
        """How long there still is for an answer, in words."""
        return clocks.left(self.due_on, timezone.localdate())

    @property
    def why(self):
        """Why that day, in words."""
        return clocks.why(self.asked_on, working_days_between(self.asked_on, self.due_on), self.due_on)
