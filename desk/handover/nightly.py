"""By night: the open plans of contacts who are gone go to their deputy, else to the front desk.

Who should have handed over and did not leaves nobody waiting. It becomes a hand-over without somebody who
began it (`by` is empty: the site itself), so it goes on where it stopped and its letters leave once. What
stands in the database decides, never the clock: a night that was missed is made up for in the next one.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from contacts.models import AccountManager
from desk.handover.models import HandOver, HandOverCase
from desk.handover.proposing import Colleagues, initiators_of
from desk.handover.verbs import KIND
from initiatives import verbs
from initiatives.models import Initiative
from townhall import outbox
from townhall import verbs as town
from townhall.models import Event

OFFICERS = (Role.OFFICER, Role.MANAGER)
LOSES = ("lose_account", "forget")  # what leaves a role without its account
TIME_TO_CONNECT = timedelta(days=3)  # for a role that lost its account: somebody else may get it
TRIED_AGAIN = timedelta(days=7)  # what nobody could take is not tried each night


def gone(today):
    """Account managers who are there no more and still have open plans; the front desk never is one.

    They left, their account was closed, it is no officer's any more, or who had the role was forgotten. A
    role that never had an account is no reason: it is reached by its mailbox.
    """
    about = Event.objects.filter(subject_kind="accountmanager", subject_key=OuterRef("key"))
    last = about.filter(what__in=["connect", *LOSES]).order_by("-pk")
    lost = Q(user=None, last__in=LOSES, last_at__lt=timezone.now() - TIME_TO_CONNECT)
    closed = Q(user__is_active=False) | (Q(user__isnull=False) & ~Q(user__role__in=OFFICERS))
    found = AccountManager.objects.filter(is_front_desk=False).annotate(
        last=Subquery(last.values("what")[:1]), last_at=Subquery(last.values("at")[:1])
    )
    found = found.filter(Q(available_until__lt=today) | closed | lost)
    return found.filter(Exists(left_behind(OuterRef("pk")))).order_by("pk")


def left_behind(manager):
    """The open plans of somebody that no night tried in vain lately."""
    tried = HandOverCase.objects.passed().filter(
        initiative=OuterRef("pk"),
        hand_over__manager=OuterRef("contact"),
        hand_over__by=None,
        at__gte=timezone.now() - TRIED_AGAIN,
    )
    return Initiative.objects.filter(~Exists(tried), contact=manager, state__in=verbs.OPEN)


def pass_on(today):
    """How many account managers' plans began to go over now; may run twice, or by two at once."""
    return sum(begin(pk, today) for pk in list(gone(today).values_list("pk", flat=True)))


@transaction.atomic
def begin(pk, today):
    """True when a hand-over of everything this account manager left behind began now."""
    held = AccountManager.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
    manager = held.select_related("deputy").first()
    unfinished = HandOver.objects.unfinished().filter(manager=pk)
    if manager is None or unfinished.exists() or not gone(today).filter(pk=pk).exists():
        return False
    plans = list(left_behind(manager).order_by("pk").values_list("pk", flat=True))
    made = HandOver.objects.create(
        manager=manager, sentence=first_sentence(), state=HandOver.State.RUNNING, started_at=Now()
    )
    HandOverCase.objects.bulk_create(cases(made, plans), batch_size=1_000)
    outbox.put(KIND, payload={"hand_over": made.pk})
    town.note("pass_on", manager, None, {"hand_over": made.pk, "number": len(plans)})
    return True


def cases(hand_over, plans):
    """Each plan with who takes it over: the deputy who is there and has room, else the front desk."""
    colleagues, initiators = Colleagues(hand_over.manager), initiators_of(plans)
    for pk in plans:
        contact, rule, reason = colleagues.propose((), initiators.get(pk, ()))
        yield HandOverCase(hand_over=hand_over, initiative_id=pk, contact=contact, rule=rule, reason=reason)


def first_sentence():
    """What the initiators read."""
    return _(
        "[vertrekt] is er niet meer. [contactpersoon] neemt je plan over. "
        "Je hoeft niets opnieuw te vertellen."
    )
