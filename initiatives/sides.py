"""The plan that a page is about, for who stands on one of its two sides: town hall, or its initiators."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.verbs import initiator, officer


def plan_to_handle(user, reference):
    """A plan that was sent, for an officer; nobody handles their own."""
    plan = get_object_or_404(_plans(user), reference=reference)
    if not officer(user, plan):
        raise PermissionDenied(_("Niemand behandelt een eigen plan."))
    return plan


def own_plan(user, public_id):
    """A plan that was sent, for its initiators; for others it does not exist."""
    plan = get_object_or_404(_plans(user), public_id=public_id)
    if not initiator(user, plan):
        raise Http404
    return plan


def _plans(user):
    return Initiative.objects.visible_to(user).registered().select_related("contact__department")


@dataclass(frozen=True, slots=True)
class Side:
    """From which side somebody looks at a plan, with the addresses of that side."""

    plan: Initiative
    is_officer: bool

    @property
    def back(self):
        """The page of the plan."""
        return reverse("desk:plan" if self.is_officer else "overview:plan", args=[self._key])

    def address(self, name, *of):
        """Of a page about this plan; name: that of its URL, "agreements:{}-later" on either side."""
        return reverse(name.format("desk" if self.is_officer else "own"), args=[self._key, *of])

    @property
    def _key(self):
        return self.plan.reference if self.is_officer else self.plan.public_id


def side_of(user, reference=None, public_id=None):
    """The side at this address; for who does not stand on it there is nothing here."""
    if reference:
        return Side(plan_to_handle(user, reference), is_officer=True)
    return Side(own_plan(user, public_id), is_officer=False)
