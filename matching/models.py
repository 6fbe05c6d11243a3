"""What the matcher proposed for an initiative, and what people made of it."""

import functools
import operator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, Organisation
from funding.models import FinancingForm
from goals.models import Goal
from initiatives.models import Initiative, one_of

TARGETS = ("goal", "manager", "organisation", "similar", "form")


def exactly_one(*names):
    """Q: one of the named relations is filled and the others are empty."""
    options = [
        Q(**{f"{name}__isnull": False}, **{f"{other}__isnull": True for other in names if other != name})
        for name in names
    ]
    return functools.reduce(operator.or_, options)


class Verdict(models.TextChoices):
    """What an officer made of a suggestion."""

    CONFIRMED = "confirmed", _("bevestigd")
    REJECTED = "rejected", _("afgewezen")
    ADDED = "added", _("met de hand toegevoegd")


class Suggestion(models.Model):
    """One proposal of the matcher with its reasons; its verdict is what the matcher learns from."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="suggestions")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="suggestions")
    manager = models.ForeignKey(
        AccountManager, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    similar = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="+")
    form = models.ForeignKey(FinancingForm, models.CASCADE, null=True, blank=True, related_name="suggestions")
    score = models.FloatField(default=0)
    rank = models.PositiveSmallIntegerField(default=1)
    reasons = models.JSONField(default=list)
    version = models.CharField(_("versie van de wegwijzer"), max_length=20)
    verdict = models.CharField(_("oordeel"), max_length=10, choices=Verdict, blank=True)
    verdict_reason = models.CharField(_("reden"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    on = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*TARGETS), name="suggestion_is_of_exactly_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(score__range=(0, 1)), name="suggestion_score_from_zero_to_one"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | one_of("verdict", Verdict), name="suggestion_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", on=None) | (~Q(verdict="") & Q(on__isnull=False)),
                name="verdict_has_a_moment",
            ),
            *(
                models.UniqueConstraint(
                    fields=["initiative", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"suggest_a_{name}_once",
                )
                for name in TARGETS
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.score:.2f}"

    @property
    def target(self):
        """The one name of TARGETS that is filled."""
        return next(name for name in TARGETS if getattr(self, f"{name}_id"))

    @property
    def thing(self):
        """What is suggested."""
        return getattr(self, self.target)


class Learned(models.Model):
    """What the verdicts about one goal taught the matcher: stems and numbers, never a text."""

    goal = models.OneToOneField(Goal, models.CASCADE, primary_key=True, related_name="learned")
    towards = models.JSONField(default=dict)
    against = models.JSONField(default=list)
    added = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=20)
    at = models.DateTimeField(_("geleerd op"), db_default=Now())

    def __str__(self):
        return str(self.goal_id)


class CorpusChange(models.Model):
    """A trigger noted that something the matcher is made of has changed (see corpus.py)."""

    table = models.CharField(max_length=60)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return self.table
