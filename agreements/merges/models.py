"""The proposal that one plan goes on in another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import CLOSED, Initiative, one_of
from townhall.models import Versioned


class MergeState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("wacht op een antwoord")
    DONE = "done", _("samengegaan")
    DECLINED = "declined", _("blijven apart")
    LAPSED = "lapsed", _("verlopen")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for officers, for others those about plans of their own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_officer:
            return self
        mine = Initiative.objects.filter(Initiative.objects.taking_part(user))
        return self.filter(Q(leaves__in=mine) | Q(stays__in=mine))

    def about(self, plan):
        """Those in which this plan leaves or stays."""
        return self.filter(Q(leaves=plan) | Q(stays=plan))

    def open(self):
        return self.filter(state=MergeState.OPEN)

    def over(self, today):
        """The open ones of which the day has passed, or of which a plan ended otherwise."""
        ended = Q(leaves__state__in=CLOSED) | Q(stays__state__in=CLOSED)
        return self.open().filter(Q(until__lt=today) | ended)

    def with_plans(self):
        return self.select_related("leaves__contact", "stays__contact")


class Merge(Versioned):
    """A proposal that one plan goes on in another; never forced: it waits for a yes of both initiators."""

    leaves = models.ForeignKey(Initiative, models.CASCADE, related_name="merges_leaving")
    stays = models.ForeignKey(Initiative, models.CASCADE, related_name="merges_staying")
    why = models.CharField(_("waarom"), max_length=500)
    state = models.CharField(_("stand"), max_length=9, choices=MergeState, default=MergeState.OPEN)
    until = models.DateField(_("antwoord voor"))
    leaves_agreed_at = models.DateTimeField(null=True, blank=True)
    stays_agreed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["until"], condition=Q(state="open"), name="merge_open")]
        constraints = [
            models.UniqueConstraint(
                Least("leaves", "stays"),
                Greatest("leaves", "stays"),
                condition=Q(state="open"),
                name="one_open_merge_a_pair",
                violation_error_message=_("Voor deze twee plannen loopt al een voorstel."),
            ),
            models.CheckConstraint(
                condition=~Q(leaves=F("stays")),
                name="plan_does_not_merge_with_itself",
                violation_error_message=_("Een plan kan niet samengaan met zichzelf."),
            ),
            models.CheckConstraint(condition=one_of("state", MergeState), name="merge_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="closed_merge_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(leaves_agreed_at__isnull=False, stays_agreed_at__isnull=False),
                name="done_merge_was_agreed_by_both",
                violation_error_message=_("Samengaan kan alleen als beide initiatiefnemers ja zeggen."),
            ),
        ]

    def __str__(self):
        return f"{self.leaves_id} → {self.stays_id}"

    def other(self, plan):
        """The plan on the other side."""
        return self.stays if plan.pk == self.leaves_id else self.leaves

    def goes_on(self, plan):
        """True for the plan that stays."""
        return plan.pk == self.stays_id

    def agreed_at(self, plan):
        """When the initiators of this plan said yes; None while they did not."""
        return self.stays_agreed_at if self.goes_on(plan) else self.leaves_agreed_at

    @property
    def is_open(self):
        """True while an answer can be given."""
        ended = {self.leaves.state, self.stays.state} & CLOSED
        return self.state == MergeState.OPEN and self.until >= timezone.localdate() and not ended
