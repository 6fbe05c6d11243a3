"""Who takes over which plan: the matcher's proposal, else the deputy, else the front desk."""

from datetime import timedelta

from django.utils import timezone

from desk.handover.models import HandOver, HandOverCase
from desk.page import managers
from initiatives.models import Participant, ParticipantRole
from initiatives.verbs import hindrance
from matching.models import Suggestion, Verdict

STAYS = timedelta(days=30)  # who leaves within a month is not proposed: the plan would move again

Rule = HandOverCase.Rule


class Colleagues:
    """Who could take over from somebody, and how much room each has left while plans are handed out."""

    def __init__(self, leaving):
        leave_too = set(HandOver.objects.unfinished().values_list("manager", flat=True))
        self.leaving = leaving
        self.all = {one.pk: one for one in managers() if one.pk != leaving.pk and one.pk not in leave_too}
        self.last = timezone.localdate() + STAYS

    def fits(self, pk, initiators):
        """True for a colleague with room who is there or has a deputy, stays, and has no part in the plan."""
        one = self.all.get(pk)
        if one is None or one.user_id in initiators:
            return False
        return one.is_employed(self.last) and not hindrance(one)

    def is_here(self, pk, initiators):
        """True when this colleague may be the contact at all, full or away."""
        return pk in self.all and self.all[pk].user_id not in initiators

    def propose(self, suggested, initiators):
        """(contact or None, rule, reason): the first who fits; counted as theirs from now on.

        suggested: [(key of the row, reason), …] best first; initiators: the users whose plan it is.
        """
        ways = [
            *((pk, Rule.SUGGESTED, reason) for pk, reason in suggested),
            (self.leaving.deputy_id, Rule.DEPUTY, ""),
        ]
        for pk, rule, reason in ways:
            if self.fits(pk, initiators):
                return self.take(pk), rule, reason
        desk = next((one.pk for one in self.all.values() if one.is_front_desk), None)
        if self.is_here(desk, initiators):
            return self.take(desk), Rule.FRONT_DESK, ""
        return None, Rule.NOBODY, ""

    def take(self, pk):
        """This colleague gets one more."""
        one = self.all[pk]
        one.cases += 1
        return one


def proposals(plans, colleagues):
    """{plan: (contact or None, rule, reason)} of plans, by their number; two queries for all."""
    suggested, initiators = suggested_for(plans), initiators_of(plans)
    return {pk: colleagues.propose(suggested.get(pk, ()), initiators.get(pk, ())) for pk in plans}


def suggested_for(plans):
    """{plan: [(contact, reason), …]} as the matcher thinks, best first; without whom officers rejected."""
    found = {}
    rows = Suggestion.objects.filter(initiative__in=plans, manager__isnull=False)
    rows = rows.exclude(verdict=Verdict.REJECTED).order_by("initiative", "rank", "pk")
    for plan, contact, reasons in rows.values_list("initiative", "manager", "reasons"):
        reason = next((one["sentence"] for one in reasons if one.get("sentence")), "")
        found.setdefault(plan, []).append((contact, reason[:300]))
    return found


def initiators_of(plans):
    """{plan: {user, …}} of those whose plans they are."""
    roles = (ParticipantRole.INITIATOR, ParticipantRole.CO_INITIATOR)
    rows = Participant.objects.filter(initiative__in=plans, role__in=roles, user__isnull=False)
    found = {}
    for plan, user in rows.values_list("initiative", "user"):
        found.setdefault(plan, set()).add(user)
    return found
