"""What somebody asks the council about a plan: where it is, since when, and what came back."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Now
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import CLOSED, Initiative, one_of
from townhall.models import Event, Versioned


class QuestionState(models.TextChoices):
    """Where a question is."""

    ASKED = "asked", _("bij de griffie")
    RECEIVED = "received", _("de griffie heeft de vraag")
    FORWARDED = "forwarded", _("doorgestuurd")
    ANSWERED = "answered", _("beantwoord")
    WITHDRAWN = "withdrawn", _("teruggenomen")


ENDED = {QuestionState.ANSWERED, QuestionState.WITHDRAWN}
UNDER_WAY = set(QuestionState) - ENDED
ENDED_EVENT = "council_ended"  # the clerks heard that a plan ended before its question did
BACK_EVENT = "council_back"  # and that it goes on after all
RECENT = timedelta(days=30)  # of what ended longer ago nobody is told any more
IS_OPEN = Q(state__in=[state.value for state in QuestionState if state in UNDER_WAY])


class CouncilQuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about plans of one's own; all for the clerks, and for officers, who see how far they are."""
        if not user.is_authenticated:
            return self.none()
        if user.is_clerk or user.is_officer:
            return self
        return self.filter(initiative__in=Initiative.objects.filter(Initiative.objects.taking_part(user)))

    def open(self):
        """Those without an answer, about plans that go on."""
        return self.filter(IS_OPEN).exclude(initiative__state__in=CLOSED)

    def late(self, today=None):
        """Those of which the next step should have been taken before today."""
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def silent(self, today):
        """The same as far as nobody was told."""
        return self.late(today).filter(reminded_on=None)

    def lapsed(self):
        """Those without an answer about plans that ended lately, of which no clerk heard so."""
        ended = self.filter(IS_OPEN, initiative__state__in=CLOSED)
        return ended.filter(~_heard_last(), initiative__changed_at__gt=Now() - RECENT)

    def back(self):
        """Those without an answer about plans that go on after all, while clerks heard that they ended."""
        return self.open().filter(_heard_last())

    def in_order(self):
        """What waits first, the soonest day on top; then what ended, or its plan did, the newest on top."""
        waiting = IS_OPEN & ~Q(initiative__state__in=CLOSED)
        waits = models.Case(models.When(waiting, then=0), default=1)
        due = models.Case(models.When(waiting, then="due_on"))
        return self.order_by(waits, due.asc(nulls_last=True), "-asked_on", "-pk")


def _heard_last():
    """That the plan of a question ended is the last that clerks heard of it."""
    told = Event.objects.filter(
        subject_kind="initiative",
        subject_key=Cast(models.OuterRef("initiative__public_id"), models.CharField()),
        what__in=(ENDED_EVENT, BACK_EVENT),
    )
    of_it = told.annotate(question=KeyTextTransform("question", "details"))
    last = of_it.filter(question=models.OuterRef("key")).order_by("-pk").values("what")[:1]
    return Q(Exact(Coalesce(models.Subquery(last), models.Value("")), models.Value(ENDED_EVENT)))


class CouncilQuestion(Versioned):
    """A question about a plan that only the council can answer."""

    key = models.CharField(_("kenmerk"), max_length=12, unique=True)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="council_questions")
    question = models.CharField(_("de vraag"), max_length=300)
    background = models.TextField(_("wat de raad moet weten"), max_length=2000)
    from_town = models.BooleanField(_("gesteld door een ambtenaar"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(
        _("waar de vraag is"), max_length=9, choices=QuestionState, default=QuestionState.ASKED
    )
    asked_on = models.DateField(_("gesteld op"))
    due_on = models.DateField(_("volgende stap uiterlijk"))
    reminded_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(_("ontvangen op"), null=True, blank=True)
    forwarded_on = models.DateField(_("doorgestuurd op"), null=True, blank=True)
    forwarded_to = models.CharField(_("naar wie"), max_length=150, blank=True)
    meets_on = models.DateField(_("besproken op"), null=True, blank=True)
    answer = models.TextField(_("antwoord"), max_length=4000, blank=True)
    next_step = models.TextField(_("zo kun je verder"), max_length=2000, blank=True)
    closing_reason = models.TextField(_("waarom teruggenomen"), max_length=1000, blank=True)
    closed_on = models.DateField(_("klaar op"), null=True, blank=True)

    objects = CouncilQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=IS_OPEN, name="council_question_waiting"),
            models.Index(fields=["-asked_on", "-id"], name="council_question_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=one_of("state", QuestionState), name="council_question_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=IS_OPEN,
                name="one_open_council_question_a_plan",
                violation_error_message=_("Er ligt al een vraag bij de griffie."),
            ),
            models.CheckConstraint(
                condition=(IS_OPEN & Q(closed_on=None)) | (~IS_OPEN & Q(closed_on__isnull=False)),
                name="council_question_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "forwarded", "answered"]) | Q(received_on__isnull=False),
                name="council_question_was_received",
            ),
            models.CheckConstraint(
                condition=~Q(state="forwarded") | ~Q(forwarded_to=""),
                name="forwarded_question_says_to_whom",
                violation_error_message=_("Schrijf op naar wie de vraag gaat."),
            ),
            models.CheckConstraint(
                condition=Q(forwarded_to="", forwarded_on=None, meets_on=None)
                | (~Q(forwarded_to="") & Q(forwarded_on__isnull=False, meets_on__isnull=False)),
                name="forwarded_question_has_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~(Q(answer="") | Q(next_step="")),
                name="council_answer_shows_a_way_on",
                violation_error_message=_("Een antwoord zegt ook wat de initiatiefnemer nu kan doen."),
            ),
            models.CheckConstraint(
                condition=Q(state="answered") | Q(answer="", next_step=""),
                name="only_an_answered_question_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(closing_reason=""),
                name="withdrawn_question_says_why",
                violation_error_message=_("Schrijf op waarom de vraag niet meer nodig is."),
            ),
        ]

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        """Its page at the desk of the clerks."""
        return reverse("agreements:council-question", args=[self.key])

    @property
    def is_open(self):
        """True while there is no answer and the plan goes on."""
        return self.state in UNDER_WAY and self.initiative.state not in CLOSED

    @property
    def is_late(self):
        """True when the day of the next step has passed."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def days_waiting(self):
        """Calendar days from the day it was asked until today, or it ended; None where its plan ended."""
        if self.standing == "ended":
            return None
        return ((self.closed_on or timezone.localdate()) - self.asked_on).days

    @property
    def standing(self):
        """A code for where it stands: its state, or "ended" where the plan ended before the question did."""
        return self.state if self.is_open or self.state in ENDED else "ended"
