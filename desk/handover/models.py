"""Somebody leaves: all their open plans go to others, each with a proposal and a letter."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager
from initiatives.models import Initiative
from townhall.models import Versioned


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for managers; for who leads a department those of its people."""
        if not (user.is_authenticated and user.is_officer):
            return self.none()
        return self if user.is_manager else self.filter(manager__department__lead__user=user)

    def unfinished(self):
        return self.filter(state__in=HandOver.UNFINISHED)

    def with_counts(self):
        """Each with what `counts` says."""
        numbers = {code: Count("cases", filter=Q(cases__state=code)) for code in HandOverCase.State.values}
        return self.annotate(all=Count("cases"), **numbers).order_by("-made_at", "-pk")


class HandOver(Versioned):
    """All open plans of an account manager who leaves, on their way to others."""

    class State(models.TextChoices):
        READY = "ready", _("klaar om na te kijken")
        RUNNING = "running", _("bezig")
        DONE = "done", _("klaar")
        CANCELLED = "cancelled", _("gestopt")

    UNFINISHED = (State.READY, State.RUNNING)

    manager = models.ForeignKey(
        AccountManager, models.PROTECT, related_name="hand_overs", verbose_name=_("wie er weggaat")
    )
    sentence = models.CharField(_("zin aan de initiatiefnemers"), max_length=500)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.READY)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["manager"],
                condition=Q(state__in=["ready", "running"]),
                name="one_hand_over_of_somebody_at_a_time",
                violation_error_message=_("Deze collega draagt al plannen over."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ready", "running", "done", "cancelled"]),
                name="hand_over_state_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.manager}: {self.state}"

    def get_absolute_url(self):
        return reverse("desk:hand-over", args=[self.pk])

    @property
    def counts(self):
        """How many plans it is about and how far it is: {all, waiting, done, passed}.

        One query, or none when it was fetched `with_counts`.
        """
        names = ("all", *HandOverCase.State.values)
        counted = self if hasattr(self, "all") else type(self).objects.with_counts().get(pk=self.pk)
        return {name: getattr(counted, name) for name in names}


class HandOverCaseQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=HandOverCase.State.WAITING)

    def passed(self):
        return self.filter(state=HandOverCase.State.PASSED)

    def by_proposal(self):
        """Who gets how many: rows of contact (a number, or None), rule and number, most first."""
        return (
            self.values("contact", "rule").annotate(number=Count("pk")).order_by("-number", "contact", "rule")
        )


class HandOverCase(models.Model):
    """One plan of a hand-over: who is proposed and why, and what came of it."""

    class Rule(models.TextChoices):
        SUGGESTED = "suggested", _("past bij het plan volgens de wegwijzer")
        DEPUTY = "deputy", _("is de vaste vervanger")
        FRONT_DESK = "front_desk", _("niemand anders heeft ruimte: het loket zoekt verder")
        CHOSEN = "chosen", _("zelf gekozen")
        NOBODY = "nobody", _("niemand gevonden: kies zelf")

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        DONE = "done", _("overgedragen")
        PASSED = "passed", _("overgeslagen")

    class Why(models.TextChoices):
        MOVED = "moved", _("Heeft intussen een andere contactpersoon.")
        CLOSED = "closed", _("Is intussen klaar, gestopt of doorverwezen.")
        BY = "by", _("Wie begon met overdragen, mag dit plan niet doen. Laat een collega het doen.")
        NOBODY = "nobody", _("Niemand kan het overnemen. Kies zelf iemand op de werkbank.")
        FAILED = "failed", _("Lukte niet. Kies zelf iemand op de werkbank.")

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="cases")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    contact = models.ForeignKey(AccountManager, models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(_("waarom deze collega"), max_length=10, choices=Rule)
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(_("waarom overgeslagen"), max_length=10, choices=Why, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    objects = HandOverCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["hand_over", "state", "id"], name="case_of_hand_over")]
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "initiative"], name="hand_over_a_plan_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "passed"]), name="hand_over_case_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | Q(rule="nobody"),
                name="hand_over_case_without_contact_says_so",
            ),
            models.CheckConstraint(
                condition=(Q(state="passed") & ~Q(why="")) | (~Q(state="passed") & Q(why="")),
                name="hand_over_case_passed_over_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id}: {self.state}"
