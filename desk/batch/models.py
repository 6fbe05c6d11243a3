"""The same thing done to many plans at once: what was asked, and what came of each."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative

TAKE_BACK_WITHIN = timedelta(minutes=10)
KEPT_FOR = timedelta(days=30)


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(by=user) if user.is_authenticated and user.is_officer else self.none()

    def with_rows(self):
        """Each with its plans, in two queries."""
        return self.prefetch_related("rows__initiative")

    def old(self):
        """Those nobody needs any more: what happened stands in the timelines of the plans."""
        return self.filter(at__lt=timezone.now() - KEPT_FOR)


class Batch(models.Model):
    """Something an officer did to many plans at once; for ten minutes it can be taken back."""

    class Act(models.TextChoices):
        GIVE = "give", _("aan een contactpersoon gegeven")
        TAKE = "take", _("van mij gemaakt")
        TRIAGE = "triage", _("verwerkt")
        LINK_GOAL = "link_goal", _("aan een doel gekoppeld")
        SEEN = "seen", _("op gelezen gezet")

    act = models.CharField(_("wat"), max_length=10, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="batches")
    at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(_("teruggedraaid op"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["give", "take", "triage", "link_goal", "seen"]),
                name="batch_act_is_known",
            )
        ]

    def __str__(self):
        return f"{self.act} {self.pk}"

    def get_absolute_url(self):
        return reverse("desk:batch", args=[self.pk])

    @property
    def all_rows(self):
        """What came of each plan, in the order it was done."""
        return list(self.rows.all())

    @property
    def may_be_undone(self):
        """True for ten minutes, once, and where it has a way back."""
        is_fresh = self.at > timezone.now() - TAKE_BACK_WITHIN
        return is_fresh and self.undone_at is None and self.act != Batch.Act.SEEN


class BatchRow(models.Model):
    """One plan of it: done, passed over with the reason, or taken back."""

    class State(models.TextChoices):
        DONE = "done", _("gedaan")
        PASSED = "passed", _("overgeslagen")
        UNDONE = "undone", _("teruggedraaid")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    state = models.CharField(_("staat"), max_length=6, choices=State)
    why = models.CharField(_("waarom niet"), max_length=300, blank=True)
    details = models.JSONField(default=dict, help_text="What is needed to take it back: keys only.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "initiative"], name="a_plan_is_once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "passed", "undone"]), name="batch_row_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="passed") | ~Q(why=""), name="passed_batch_row_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id}: {self.state}"
