"""Everything that can be done to an initiative: one table, one writer of state.

verb -> from which states, by whom, to which state (None: it stays where it is). A verb guards itself, writes
only if nobody was first, and leaves its event and its outbox rows in the same transaction. It raises
PermissionDenied or ValidationError; the doors turn those into a page or a problem+json.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import AccountManager
from initiatives.models import CLOSED, Initiative, ParticipantRole, State
from townhall import outbox
from townhall.models import Event

OPEN = set(State) - CLOSED - {State.DRAFT}


def initiator(user, initiative):
    """Somebody whose plan it is."""
    roles = (ParticipantRole.INITIATOR, ParticipantRole.CO_INITIATOR)
    return user.is_authenticated and initiative.participants.filter(user=user, role__in=roles).exists()


def officer(user, initiative):
    """An officer, but never the one whose own plan it is."""
    return user.is_authenticated and user.is_officer and not initiator(user, initiative)


RULES = {
    # verb: (from which states, by whom, to which state)
    "submit": ({State.DRAFT}, initiator, State.SUBMITTED),
    "assign": (OPEN, officer, None),
}


def allowed(initiative, user):
    """The verbs this person may use now, in the order of the table; pages draw their buttons from it."""
    return [
        verb
        for verb, (states, who, _to) in RULES.items()
        if initiative.state in states and who(user, initiative)
    ]


@transaction.atomic
def submit(initiative, *, by):
    """The concept becomes a plan with a reference, at the front desk; the matcher looks at it."""
    now = timezone.now()
    _do(
        "submit",
        initiative,
        by,
        public=True,
        reference=Initiative.objects.next_reference(timezone.localdate(now).year),
        submitted_at=now,
        contact=AccountManager.objects.front_desk(),
    )
    outbox.put("match", payload={"initiative": initiative.pk})


@transaction.atomic
def assign(initiative, *, by, contact):
    """From now on this account manager is the one contact."""
    if not AccountManager.objects.employed().filter(pk=contact.pk).exists():
        raise ValidationError({"contact": _("Deze contactpersoon werkt hier niet meer.")})
    _do("assign", initiative, by, details={"contact": contact.key}, contact=contact)


def _do(verb, initiative, by, *, public=False, details=None, **changes):
    """Guard, conditional update, event: the only writer of an initiative's state."""
    states, who, to = RULES[verb]
    if not who(by, initiative):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if initiative.state not in states:
        raise ValidationError(
            _("Dit kan niet meer: het plan is %(state)s.") % {"state": initiative.get_state_display()}
        )
    seen = initiative.state, initiative.version
    if to:
        changes |= {"state": to, "previous_state": initiative.state}
    for name, value in changes.items():
        setattr(initiative, name, value)
    initiative.full_clean(exclude=["terms", "terms_version"])
    written = Initiative.objects.filter(pk=initiative.pk, state=seen[0], version=seen[1]).update(
        **changes, version=F("version") + 1, changed_at=Now()
    )
    if not written:
        raise ValidationError(
            _("Iemand anders heeft dit plan net veranderd. Kijk eerst wat er is veranderd.")
        )
    initiative.version += 1
    Event.objects.create(
        subject_kind="initiative",
        subject_key=str(initiative.public_id),
        what=verb,
        details=details or {},
        is_public=public,
        by=by,
    )
