"""What waits on the desk: the lists an officer works through, as one table."""

from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from agreements.decisions.models import PendingDecision
from contacts.models import AccountManager
from initiatives.models import CLOSED, Clock, Initiative, Message, State


def clocks():
    """The running clocks of the plan outside, the first to ring first."""
    return Clock.objects.running().filter(initiative=OuterRef("pk")).order_by("due_on")


def last_word():
    """The newest message of the plan outside."""
    return Message.objects.filter(initiative=OuterRef("pk")).order_by("-at", "-id")


def is_open(user):
    return ~Q(state__in=CLOSED)


def is_waiting(user):
    """A promise runs, or the initiator had the last word."""
    return is_open(user) & (Q(Exists(clocks())) | Q(pk__in=unanswered()))


def unanswered():
    """Plans with messages the municipality did not answer yet."""
    later = Message.objects.filter(initiative=OuterRef("initiative"), from_town=True, at__gte=OuterRef("at"))
    return Message.objects.filter(~Exists(later), from_town=False).values("initiative")


def is_new(user):
    return Q(state=State.SUBMITTED, contact__is_front_desk=True)


def is_mine(user):
    return is_open(user) & Q(contact__in=AccountManager.objects.of_user(user))


def is_late(user):
    return Q(Exists(clocks().overdue()))


def is_nearly_late(user):
    return Q(Exists(clocks().warning())) & ~is_late(user)


def is_late_decision(user):
    return is_open(user) & Q(pk__in=PendingDecision.objects.overdue().values("initiative"))


def is_late_where_i_lead(user):
    return is_late(user) & Q(contact__department__lead__user=user)


def is_any(user):
    return Q()


LISTS = {  # name in the address -> (words, what is in it); the first is what one sees without asking
    "": (_("Wat wacht"), is_waiting),
    "nieuw": (_("Nieuw"), is_new),
    "van-mij": (_("Van mij"), is_mine),
    "te-laat": (_("Te laat"), is_late),
    "bijna-te-laat": (_("Bijna te laat"), is_nearly_late),
    "besluit-te-laat": (_("Besluit over tijd"), is_late_decision),
    "mijn-afdeling": (_("Te laat in mijn afdeling"), is_late_where_i_lead),
    "alles": (_("Alles"), is_any),
}
FOR_LEADS = "mijn-afdeling"


def plans(user):
    """Every plan an officer may handle: all that were sent, except their own."""
    visible = Initiative.objects.visible_to(user).registered()
    return visible.exclude(Initiative.objects.taking_part(user))


def in_order(found):
    """What must be done first comes first; what has no promise left comes last, the oldest first."""
    due = found.annotate(due_on=Subquery(clocks().values("due_on")[:1]))
    return due.order_by(F("due_on").asc(nulls_last=True), "submitted_at", "pk")


def with_work(found):
    """Each with its contact, its district, its running clocks, and whether a message waits for an answer."""
    ticking = Prefetch("clocks", Clock.objects.running().order_by("due_on"), to_attr="ticking")
    return (
        found.select_related("district", "contact__department")
        .prefetch_related(ticking)
        .annotate(
            answered=Subquery(last_word().values("from_town")[:1]),
            ticked_as=Concat("reference", Value(":"), Cast("version", CharField())),
        )
        .defer("story", "terms", "existing", "offered", "asked")
    )


def counts(user):
    """How many plans each list holds: {name: number}, in one query; `alles` is not counted."""
    counted = {name: test(user) for name, (_words, test) in LISTS.items() if name != "alles"}
    asked = {name or "waiting": Count("pk", filter=test) for name, test in counted.items()}
    numbers = (
        plans(user).filter(is_open(user)).aggregate(**{k.replace("-", "_"): v for k, v in asked.items()})
    )
    return {name: numbers[(name or "waiting").replace("-", "_")] for name in counted}


def leads(user):
    """True for who leads a department."""
    return AccountManager.objects.filter(user=user, leads__isnull=False).exists()
