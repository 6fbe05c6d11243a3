"""A file with contacts on its way in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models import one_of
from townhall.models import Versioned


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For managers: it holds contact data that is not looked over yet."""
        return self if user.is_authenticated and user.is_manager else self.none()


class IntakeKind(models.TextChoices):
    """What stands in the file."""

    PARTNERS = "partners", _("partners")
    PEOPLE = "personen", _("personen")


class IntakeState(models.TextChoices):
    """How far a file is."""

    READY = "ready", _("klaar om na te kijken")
    RUNNING = "running", _("bezig")
    DONE = "done", _("ingelezen")
    CANCELLED = "cancelled", _("niet ingelezen")


class Intake(Versioned):
    """A file with contacts that a manager looks over before anything of it is stored."""

    kind = models.CharField(_("wat staat erin"), max_length=10, choices=IntakeKind)
    name = models.CharField(_("naam van het bestand"), max_length=100, blank=True)
    titles = models.JSONField(default=list, help_text="Of the columns, as written in the file.")
    rows = models.JSONField(default=list, help_text="[[line, [cell, …]], …]; emptied when it is over.")
    fingerprint = models.CharField(max_length=32, blank=True, help_text="Of what the manager said yes to.")
    refusal = models.CharField(max_length=300, blank=True, help_text="Why nothing was stored after a yes.")
    with_doubles = models.BooleanField(default=False)
    state = models.CharField(_("staat"), max_length=10, choices=IntakeState, default=IntakeState.READY)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("state", IntakeState), name="intake_state_is_known"),
            models.CheckConstraint(condition=one_of("kind", IntakeKind), name="intake_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["ready", "running"]) | Q(rows=[], titles=[]),
                name="intake_that_is_over_is_empty",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("desk:intake", args=[self.pk])
