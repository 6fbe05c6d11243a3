"""What makes a plan last: the plan for later, its reviews, and the people who follow each other up."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.commitments.models import ENDED
from initiatives.models import INITIATING, BetweenTheTwoQuerySet, Initiative, Participant, one_of
from townhall.models import Versioned

WORKS = timedelta(days=30)  # the invitation of a successor, from the day it was sent
SIGNER = signing.Signer(salt="agreements.continuity")
TEXTS = ("people", "money", "upkeep", "ending")


class ContinuityPlanQuerySet(BetweenTheTwoQuerySet):
    def going_on(self):
        """Those of plans that did not stop and were not referred."""
        return self.exclude(initiative__state__in=ENDED)

    def overdue(self, at=None):
        """Those that should have been looked at before this day."""
        return self.going_on().filter(review_on__lt=at or timezone.localdate())

    def due_soon(self, at=None):
        """Those of which the day of the review is near, or is today."""
        at = at or timezone.localdate()
        return self.going_on().filter(remind_on__lte=at, review_on__gte=at)


class ContinuityPlan(Versioned):
    """How an initiative goes on when the start is over: people, money, upkeep, and how it can end."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="continuity_plan")
    people = models.TextField(_("wie het blijft doen"), max_length=4000, blank=True)
    money = models.TextField(_("waarvan het wordt betaald"), max_length=4000, blank=True)
    upkeep = models.TextField(_("wie wat onderhoudt"), max_length=4000, blank=True)
    ending = models.TextField(_("wat er gebeurt als het stopt"), max_length=4000, blank=True)
    review_on = models.DateField(_("volgende terugblik"), null=True, blank=True)
    remind_on = models.DateField(_("herinneren op"), null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    objects = ContinuityPlanQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["review_on"], condition=Q(review_on__isnull=False), name="continuity_to_review"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on=None, remind_on=None)
                | Q(review_on__isnull=False, remind_on__isnull=False, remind_on__lte=models.F("review_on")),
                name="review_is_reminded_before",
                violation_error_message=_("De herinnering komt voor de terugblik."),
            )
        ]

    def __str__(self):
        return str(self.initiative_id)

    @property
    def is_overdue(self):
        """True when its review should have been before today, of a plan that goes on."""
        is_past = self.review_on is not None and self.review_on < timezone.localdate()
        return is_past and self.initiative.state not in ENDED

    @property
    def missing(self):
        """The names of the texts that are still empty."""
        return [name for name in TEXTS if not getattr(self, name)]


class ReviewOutcome(models.TextChoices):
    """What a look back came to."""

    GOES_ON = "goes_on", _("het gaat zo door")
    CHANGES = "changes", _("het gaat anders verder")
    STOPS = "stops", _("het stopt")


class ContinuityReview(models.Model):
    """Initiator and contact looked back: how it goes, and when they look again. Never changed."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="continuity_reviews")
    outcome = models.CharField(_("hoe het verder gaat"), max_length=8, choices=ReviewOutcome)
    sentence = models.CharField(_("uitleg"), max_length=500)
    on = models.DateField(_("gedaan op"))
    was_due_on = models.DateField(_("gepland op"), null=True, blank=True)
    next_on = models.DateField(_("volgende terugblik"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BetweenTheTwoQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of("outcome", ReviewOutcome), name="review_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(sentence=""),
                name="review_has_a_sentence",
                violation_error_message=_("Schrijf in een paar woorden hoe het gaat."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="stops", next_on=None)
                | (~Q(outcome="stops") & Q(next_on__isnull=False, next_on__gt=models.F("on"))),
                name="review_that_goes_on_has_a_next_one",
                violation_error_message=_("Kies wanneer jullie weer terugkijken. Alleen als het stopt niet."),
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.on}"


class SuccessionState(models.TextChoices):
    """What became of an invitation to follow somebody up."""

    OPEN = "open", _("wacht op een antwoord")
    ACCEPTED = "accepted", _("overgenomen")
    DECLINED = "declined", _("nee gezegd")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    LAPSED = "lapsed", _("verlopen")


class SuccessionQuerySet(BetweenTheTwoQuerySet):
    def open(self):
        return self.filter(state=SuccessionState.OPEN)

    def signed(self, token, at=None):
        """The one that this link answers, or none: still open, of a plan that goes on."""
        try:
            found = self.open().filter(pk=SIGNER.unsign(token), until__gt=at or timezone.now())
            return found.exclude(initiative__state__in=ENDED)
        except (signing.BadSignature, ValueError):
            return self.none()

    def over(self, at=None):
        """The open ones that nobody can answer any more."""
        is_over = Q(until__lte=at or timezone.now()) | Q(initiative__state__in=ENDED)
        return self.open().filter(is_over)


class Succession(Versioned):
    """Somebody is asked to take the place of a carrier who stops; nothing changes before they say yes.

    The address is kept only while the question is open.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="successions")
    leaves = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="successions"
    )
    email = models.EmailField(_("e-mail van de opvolger"), blank=True)
    message = models.CharField(_("bericht"), max_length=500, blank=True)
    reason = models.CharField(_("waarom de gemeente dit vraagt"), max_length=300, blank=True)
    from_town = models.BooleanField(_("door de gemeente gevraagd"), default=False)
    state = models.CharField(_("stand"), max_length=9, choices=SuccessionState, default=SuccessionState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(_("link werkt tot"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("voorbij sinds"), null=True, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["until"], condition=Q(state="open"), name="succession_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["leaves"],
                condition=Q(state="open"),
                name="one_successor_at_a_time",
                violation_error_message=_("Er is al iemand gevraagd. Wacht op een antwoord, of trek dat in."),
            ),
            models.CheckConstraint(
                condition=one_of("state", SuccessionState), name="succession_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="open", closed_at=None) & ~Q(email=""))
                | (~Q(state="open") & Q(closed_at__isnull=False, email="")),
                name="address_of_a_successor_is_kept_while_open",
            ),
            models.CheckConstraint(
                condition=Q(from_town=False) | ~Q(reason=""),
                name="town_says_why_it_asks_a_successor",
                violation_error_message=_("Schrijf op waarom jij dit vraagt, en niet de initiatiefnemer."),
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.state}"

    @property
    def is_open(self):
        """True while the invitation can be answered."""
        goes_on = self.initiative.state not in ENDED
        return self.state == SuccessionState.OPEN and self.until > timezone.now() and goes_on

    @property
    def carrier_is_there(self):
        """True while who would be followed up still carries the plan."""
        return self.leaves is not None and self.leaves.role in INITIATING

    @property
    def shares(self):
        """True where who is asked may read the plan: town hall shows nobody what is not on the site."""
        return self.initiative.is_shown or not self.from_town

    @property
    def called(self):
        """What the plan is called to who is asked."""
        return self.initiative.title if self.shares else self.initiative.reference

    def link(self):
        """The address at which the invitation is answered."""
        return reverse("agreements:succession", args=[SIGNER.sign(str(self.pk))])
