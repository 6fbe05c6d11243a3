"""A file with contacts on its way in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from townhall.models import Versioned


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For managers: it holds contact data that is not looked over yet."""
        return self if user.is_authenticated and user.is_manager else self.none()


class Intake(Versioned):
    """A file with contacts that a manager looks over before anything of it is stored."""

    class Kind(models.TextChoices):
        PARTNERS = "partners", _("partners")
        PEOPLE = "personen", _("personen")

    class State(models.TextChoices):
        READY = "ready", _("klaar om na te kijken")
        RUNNING = "running", _("bezig")
        DONE = "done", _("ingelezen")
        CANCELLED = "cancelled", _("niet ingelezen")

    kind = models.CharField(_("wat staat erin"), max_length=10, choices=Kind)
    name = models.CharField(_("naam van het bestand"), max_length=100, blank=True)
    titles = models.JSONField(default=list, help_text="Of the columns, as written in the file.")
    rows = models.JSONField(default=list, help_text="[[line, [cell, …]], …]; emptied when it is over.")
    fingerprint = models.CharField(max_length=32, blank=True, help_text="Of what the manager said yes to.")
    with_doubles = models.BooleanField(default=False)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.READY)
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
            models.CheckConstraint(
                condition=Q(state__in=["ready", "running", "done", "cancelled"]), name="intake_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["partners", "personen"]), name="intake_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ready", "running"]) | Q(rows=[], titles=[]),
                name="intake_that_is_over_is_empty",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("desk:intake", args=[self.pk])
