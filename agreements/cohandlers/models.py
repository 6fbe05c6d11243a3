"""Colleagues of other departments who have something to do for a plan, behind the one contact."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, Department
from initiatives.models import CLOSED, Initiative
from townhall.models import Versioned


class CoHandlerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For officers; initiators and others see departments only."""
        return self if user.is_authenticated and user.is_officer else self.none()

    def open(self):
        """What still has to be done: neither done nor cancelled."""
        return self.filter(done_on=None, cancelled_on=None)

    def departments(self):
        """The departments that have something to do now, by name: all that outsiders see of it.

        None when the plan itself is done, stopped or referred.
        """
        theirs = self.open().exclude(initiative__state__in=CLOSED).values("manager__department")
        return Department.objects.filter(pk__in=theirs).order_by("name")

    def in_order(self):
        """What is still to be done first, the first day first."""
        found = self.select_related("manager__department")
        ended = models.functions.Coalesce("done_on", "cancelled_on")
        return found.order_by(ended.asc(nulls_first=True), "due_on", "pk")


class CoHandler(Versioned):
    """A colleague who must do something for a plan by a day, while the initiator has one contact."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="cohandlers")
    manager = models.ForeignKey(
        AccountManager, models.PROTECT, related_name="cohandled", verbose_name=_("collega")
    )
    task = models.CharField(_("wat"), max_length=300)
    due_on = models.DateField(_("uiterlijk"))
    done_on = models.DateField(_("gedaan op"), null=True, blank=True)
    cancelled_on = models.DateField(_("afgezegd op"), null=True, blank=True)
    cancel_reason = models.CharField(_("waarom afgezegd"), max_length=300, blank=True, db_default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = CoHandlerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "manager", "task"],
                condition=Q(done_on=None, cancelled_on=None),
                name="ask_a_colleague_for_a_thing_once",
                violation_error_message=_("Deze collega doet dit al."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | (Q(done_on=None) & ~Q(cancel_reason="")),
                name="cancelled_task_says_why",
                violation_error_message=_("Schrijf op waarom het niet meer hoeft."),
            ),
        ]

    def __str__(self):
        return f"{self.manager}: {self.task}"

    @property
    def is_open(self):
        """True while it still has to be done."""
        return self.done_on is None and self.cancelled_on is None

    @property
    def is_late(self):
        """True when the day has passed and it is not done."""
        return self.is_open and self.due_on < timezone.localdate()
