"""Who is in a selection, and who of them gets a letter."""

from collections import Counter

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from accounts.models import NotificationPreference
from contacts.filters import OrganisationFilter
from contacts.models import Organisation
from desk import queues
from desk.filters import DeskFilter
from desk.letters.models import LetterCopy, LetterKind, Why
from initiatives.models import Participant, ParticipantRole
from townhall.filters import FilterSet

NEWS = "letter"  # what one switches off at the mails (overview/mails.py)
MOST = 5_000  # plans or partners in a selection
A_WEEK = 2  # letters to one
ROLES = (ParticipantRole.INITIATOR, ParticipantRole.CO_INITIATOR)


class Asker:
    """What a FilterSet wants to know of a request: who asks."""

    def __init__(self, user):
        self.user = user


def plans(user, query):
    """The plans in a selection: those one handles; all that were sent for managers."""
    found = queues.plans(user)
    found = found if user.is_manager else found.filter(queues.is_mine(user))
    return narrowed(DeskFilter, found, user, query)


def partners(user, query):
    """The partners in a selection; managers only."""
    found = Organisation.objects.visible_to(user)
    return narrowed(OrganisationFilter, found if user.is_manager else found.none(), user, query)


def narrowed(kind: type[FilterSet], found, user, query):
    """What the filters leave; nothing where one is wrong: a letter to everybody is no mistake to make."""
    filterset = kind(QueryDict(query), found, request=Asker(user))
    return filterset.qs.none() if filterset.form.errors else filterset.qs


SELECTIONS = {LetterKind.PLANS: plans, LetterKind.PARTNERS: partners}


def of_plans(chosen):
    """Copies for the initiators of plans: each person once, whatever the number of their plans."""
    people = Participant.objects.filter(initiative__in=chosen, role__in=ROLES).select_related("user")
    people = list(people.order_by("-initiative_id", "role", "pk"))
    unwanted = set(
        NotificationPreference.objects.filter(kind=NEWS, by_mail=False).values_list("user", flat=True)
    )
    lately = LetterCopy.objects.lately(timezone.now()).exclude(participant=None)
    often = Counter(address_of(one.participant) for one in lately.select_related("participant__user"))
    seen = set()
    for one in people:
        address = address_of(one)
        why = first(
            (not address, Why.ADDRESS),
            (one.user_id in unwanted, Why.NO_MAIL),
            (address in seen, Why.TWICE),
            (often[address] >= A_WEEK, Why.OFTEN),
        )
        seen.add(address)
        yield LetterCopy(initiative_id=one.initiative_id, participant=one, why=why)


def first(*reasons):
    """The first reason that holds; empty when none does."""
    return next((why for holds, why in reasons if holds), "")


def address_of(participant):
    """The address of somebody who takes part, as it is now; empty for none."""
    return (participant.user.email if participant.user else participant.email).casefold()


def had_enough(copy, at):
    """True for who got as many letters in the week before as one gets."""
    who = Q(organisation=copy.organisation_id)
    if copy.participant:
        by_address = Q(participant__user=None, participant__email__iexact=copy.participant.email)
        who = Q(participant__user=copy.participant.user_id) if copy.participant.user_id else by_address
    return LetterCopy.objects.lately(at).filter(who).count() >= A_WEEK


def of_partners(chosen):
    """Copies for partners."""
    lately = LetterCopy.objects.lately(timezone.now()).exclude(organisation=None)
    often = Counter(lately.values_list("organisation", flat=True))
    for one in chosen:
        why = first(
            (not one.email, Why.ADDRESS), (not one.is_open, Why.CLOSED), (often[one.pk] >= A_WEEK, Why.OFTEN)
        )
        yield LetterCopy(organisation=one, why=why)


COPIES = {LetterKind.PLANS: of_plans, LetterKind.PARTNERS: of_partners}
