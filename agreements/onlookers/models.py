"""Somebody whom the initiator asks to look along at a plan after a missed promise."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import PortfolioHolder
from initiatives.models import CLOSED, BetweenTheTwoQuerySet, Initiative

STAYS = timedelta(days=30)
SIGNER = signing.Signer(salt="agreements.onlookers")


class OnlookerQuerySet(BetweenTheTwoQuerySet):
    def open(self, at=None):
        """Those whose link still works."""
        return self.filter(revoked_at=None, until__gt=at or timezone.now())

    def signed(self, token):
        """The open one with this link, or none: of a plan that goes on, and of who is in office."""
        try:
            found = self.open().filter(pk=SIGNER.unsign(token)).exclude(initiative__state__in=CLOSED)
            return found.filter(Q(holder=None) | Q(holder__in=PortfolioHolder.objects.in_office()))
        except (signing.BadSignature, ValueError):
            return self.none()


class Onlooker(models.Model):
    """Somebody who may look along at one plan for a month, by a link the initiator had sent to them."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("bureau van de wethouder of burgemeester")
        COUNCIL = "council", _("griffie, voor de gemeenteraad")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="onlookers")
    kind = models.CharField(_("wie"), max_length=10, choices=Kind)
    holder = models.ForeignKey(PortfolioHolder, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(_("werkt tot"))
    seen_at = models.DateTimeField(_("eerst bekeken"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True)

    objects = OnlookerQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="office", holder__isnull=False) | Q(kind="council", holder=None),
                name="onlooker_of_an_office_has_a_holder",
            )
        ]

    def __str__(self):
        return str(self.holder or self.get_kind_display())

    @property
    def is_open(self):
        """True while the link works."""
        return self.revoked_at is None and self.until > timezone.now()

    @property
    def words(self):
        """Who it is, as people say it."""
        if self.holder:
            return _("het bureau van %(title)s %(name)s") % {
                "title": self.holder.title,
                "name": self.holder.name,
            }
        return _("de griffie")

    def link(self):
        """The address that opens the plan, without signing in."""
        return reverse("agreements:look-along", args=[SIGNER.sign(str(self.pk))])
