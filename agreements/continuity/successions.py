"""Who follows whom up: a carrier who stops asks somebody by mail, and is let go once that one says yes.

Nobody is forced: the invitation waits for a yes of who got it, those who carry the plan can take it back, and
an officer may send one only for a carrier who is not there any more. One who still has an account stays until
they step out themselves. At least one carrier remains: who comes is there before who goes has gone.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.continuity import words
from agreements.continuity.models import WORKS, Succession, SuccessionState
from agreements.continuity.verbs import LASTS, guard
from initiatives import notices
from initiatives.models import INITIATING, Initiative, ParticipantRole, State
from initiatives.verbs import either, initiator, seat
from townhall.limiter import is_too_many

GONE_AFTER = timedelta(days=90)  # without signing in
MOST = 5  # invitations of one plan, and of one resident, in the days that one works


def signed_in(user, plan):
    """Anybody with an account; whether the invitation is theirs, the verb looks at."""
    return user.is_authenticated


RULES = {
    # verb: (the plan in which states, by whom, event)
    "offer": (LASTS, either, "succession_offered"),
    "withdraw": (LASTS, either, "succession_withdrawn"),
    "accept": (LASTS, signed_in, "succession_accepted"),
    "decline": (LASTS, signed_in, "succession_declined"),
    "step_out": (LASTS, initiator, "carrier_left"),
}
CLOSES = {  # state -> its event
    SuccessionState.DECLINED: "succession_declined",
    SuccessionState.WITHDRAWN: "succession_withdrawn",
    SuccessionState.LAPSED: "succession_lapsed",
}


def has_account(participant):
    """True for who can come in here themselves."""
    return participant.user is not None and participant.user.is_active


def is_gone(participant, now=None):
    """True of a carrier without an account that works, or who did not sign in for a long time."""
    if not has_account(participant):
        return True
    seen = participant.user.last_login or participant.since
    return seen < (now or timezone.now()) - GONE_AFTER


def carriers(plan, user):
    """The participants for whom this person may ask a successor now: oneself, or for officers who is gone."""
    if plan.state not in LASTS or not user.is_authenticated:
        return []
    everybody = list(plan.initiators())
    mine = [one for one in everybody if one.user_id == user.pk]
    if mine or not user.is_officer:
        return [] if is_unread(plan) else mine
    return [one for one in everybody if is_gone(one)]


def is_unread(plan):
    """True while nobody of town hall took the plan up; what it says may be anything."""
    state = plan.previous_state if plan.state == State.PAUSED else plan.state
    return state == State.SUBMITTED


def releases(succession):
    """True when a yes lets go who stops; who has an account and did not ask this stays until they stop."""
    return not (succession.from_town and succession.leaves and has_account(succession.leaves))


def may_step_out(plan, user):
    """True for a carrier beside whom there are others with an account."""
    states, who, _event_name = RULES["step_out"]
    return plan.state in states and who(user, plan) and _others(plan, user)


def _others(plan, user):
    return any(has_account(one) and one.user_id != user.pk for one in plan.initiators())


# Asking -----------------------------------------------------------------------------------------------------
@transaction.atomic
def offer(initiative, *, by, email, message="", reason="", leaves=None):
    """Somebody is asked by mail to take the place of a carrier; they get a link that works for a month.

    leaves: the participant; left out it is who asks. reason: why an officer asks this.
    """
    plan = Initiative.objects.locked(initiative.pk)
    guard("offer", plan, by, RULES)
    theirs = carriers(plan, by)
    leaving = next((one for one in theirs if leaves is None or one.pk == leaves.pk), None)
    if leaving is None and initiator(by, plan) and is_unread(plan):
        raise ValidationError(_("Dit kan zodra de gemeente met je in gesprek is."), code="conflict")
    if leaving is None:
        raise ValidationError(
            {"leaves": _("Kies iemand die niet te bereiken is. Anders vraagt die het zelf.")}
        )
    from_town = leaving.user_id != by.pk
    _check_offer(plan, email, from_town and not reason.strip())
    _check_number(plan, email, None if from_town else by)
    made = Succession(
        initiative=plan,
        leaves=leaving,
        email=email.strip().lower(),
        message=message.strip(),
        reason=reason.strip() if from_town else "",
        from_town=from_town,
        by=by,
        at=timezone.now(),
        until=timezone.now() + WORKS,
    )
    made.full_clean()
    made.save()
    _tell("offer", made, by, words.offered(made))
    invite(made)
    return made


def _check_offer(plan, email, lacks_reason):
    if lacks_reason:
        raise ValidationError({"reason": _("Schrijf op waarom jij dit vraagt, en niet de initiatiefnemer.")})
    known = {(one.user.email if one.user else one.email).lower() for one in plan.initiators()}
    if email.strip().lower() in known:
        raise ValidationError({"email": _("Deze persoon draagt het plan al. Kies iemand anders.")})


def _check_number(plan, email, resident):
    """Nobody fills mailboxes through us: a limit by plan, by resident and by mailbox."""
    recent = Succession.objects.filter(at__gt=timezone.now() - WORKS)
    if recent.filter(initiative=plan).count() >= MOST:
        full = _("Voor dit plan zijn al %(n)s mensen gevraagd in 30 dagen. Bel je contactpersoon.")
        raise ValidationError(full % {"n": MOST})
    if resident and recent.filter(by=resident).count() >= MOST:
        full = _("Je vroeg al %(n)s mensen in 30 dagen. Bel je contactpersoon.")
        raise ValidationError(full % {"n": MOST})
    if is_too_many("succession", email):
        raise ValidationError({"email": _("Dit adres is al te vaak gevraagd. Bel je contactpersoon.")})


def invite(succession):
    """The mail with the link, to who is asked."""
    plan = succession.initiative
    context = {"succession": succession, "initiative": plan, "base_url": settings.BASE_URL}
    EmailMessage(
        subject=f"{_('Neem je een plan over?')} {notices.one_line(succession.called)}",
        body=render_to_string("agreements/mail/succession.txt", context),
        to=[succession.email],
        reply_to=notices.answers_to(plan.contact),
    ).send()


@transaction.atomic
def withdraw(succession, *, by):
    """The question is taken back; nothing changes."""
    plan = succession.initiative = Initiative.objects.locked(succession.initiative.pk)
    guard("withdraw", plan, by, RULES)
    _close(succession, SuccessionState.WITHDRAWN, by)


# Answering --------------------------------------------------------------------------------------------------
@transaction.atomic
def accept(succession, *, by):
    """Who was asked carries the plan from now on, with its open promises; who stops is let go."""
    plan = _begin("accept", succession, by)
    if plan.contact.user_id == by.pk:
        raise ValidationError(_("Niemand begeleidt een eigen plan. Vraag eerst een andere contactpersoon."))
    leaving = succession.leaves
    if initiator(by, plan):
        raise ValidationError(_("Je draagt dit plan al."), code="conflict")
    if leaving is None or leaving.role not in INITIATING:
        raise ValidationError(_("Dit is niet meer nodig: diegene is al gestopt."), code="conflict")
    comes = seat(plan, by)
    released = releases(succession)
    _write(succession, SuccessionState.ACCEPTED, taken_by=by)
    _tell("accept", succession, by, words.accepted(succession, is_released=released), released and leaving)
    if released:
        _release(leaving, heir=comes)
    return comes


def _release(participant, heir=None):
    """This one carries the plan no more; what they promised goes to the heir, their address is forgotten."""
    if heir is not None:
        participant.commitments.open().update(participant=heir, version=F("version") + 1)
    for name in ("name", "email", "phone", "address"):
        setattr(participant, name, "")
    if participant.user:
        _fold(participant)
    participant.role, participant.shows_name = ParticipantRole.FORMER, False
    participant.save()
    if participant.user:
        notices.seen(participant.user, participant.initiative)


def _fold(participant):
    """Who left once before gets one place among who left; the other is nobody's, and keeps its letters."""
    plan = participant.initiative
    for before in plan.participants.filter(user=participant.user, role=ParticipantRole.FORMER):
        before.commitments.update(participant=participant, version=F("version") + 1)
        before.successions.update(leaves=participant)
        before.user = None
        before.save(update_fields=["user"])


@transaction.atomic
def decline(succession, *, by):
    """No, without a reason; nothing changes."""
    _begin("decline", succession, by)
    _close(succession, SuccessionState.DECLINED, by)


@transaction.atomic
def step_out(initiative, *, by):
    """A carrier stops while others go on; what they promised they finish or hand over first."""
    plan = Initiative.objects.locked(initiative.pk)
    guard("step_out", plan, by, RULES)
    if not _others(plan, by):
        words_ = _("Jij bent de enige die dit plan draagt. Vraag eerst een opvolger, of stop met het plan.")
        raise ValidationError(words_, code="conflict")
    places = list(plan.initiators().filter(user=by))
    if any(place.commitments.open().exists() for place in places):
        words_ = _("Je hebt nog een toezegging open. Rond die eerst af, of vraag een opvolger.")
        raise ValidationError(words_)
    event = plan.add_event("carrier_left", by=by)
    notices.tell(event, plan, by=by, sentence=words.left())
    for succession in plan.successions.open().filter(leaves__in=places):
        succession.initiative = plan
        _close(succession, SuccessionState.WITHDRAWN, by, tells=False)  # that they left says it
    for place in places:
        _release(place)


# By night ---------------------------------------------------------------------------------------------------
def lapse():
    """How many invitations ended because nobody answered, or the plan ended; may run twice."""
    return sum(_lapse_one(pk) for pk in list(Succession.objects.over().values_list("pk", flat=True)))


@transaction.atomic
def _lapse_one(pk):
    succession = Succession.objects.select_related("initiative").get(pk=pk)
    succession.initiative = Initiative.objects.locked(succession.initiative.pk)
    if not Succession.objects.over().filter(pk=pk).exists():
        return False
    _close(succession, SuccessionState.LAPSED, None)
    return True


# The one writer ---------------------------------------------------------------------------------------------
def _begin(verb, succession, by):
    """The plan, locked, where this person was asked, and the question, read again, is still open."""
    plan = succession.initiative = Initiative.objects.locked(succession.initiative.pk)
    guard(verb, plan, by, RULES)
    stored = Succession.objects.select_related("leaves__user").get(pk=succession.pk)
    if stored.state != SuccessionState.OPEN:
        raise _gone(stored)
    if stored.email.lower() != by.email.lower():
        raise PermissionDenied(_("Deze vraag is aan iemand anders gesteld."))
    if stored.until <= timezone.now():
        raise ValidationError(_("Deze vraag is verlopen."), code="conflict")
    succession.leaves, succession.version = stored.leaves, stored.version
    return plan


def _gone(stored):
    words_ = _("Iemand anders was je voor: deze vraag is al %(state)s.")
    return ValidationError(words_ % {"state": stored.get_state_display()}, code="conflict")


def _close(succession, state, by, *, tells=True):
    """The question is over, and people hear so; not where the plan itself is over."""
    _write(succession, state)
    event = succession.initiative.add_event(CLOSES[state], details={"succession": succession.pk}, by=by)
    if tells and succession.initiative.state in LASTS:
        notices.tell(event, succession.initiative, by=by, sentence=str(words.CLOSED[state]))


def _write(succession, state, **values):
    """The question is over, and the address forgotten; refused where somebody was first."""
    values |= {"state": state, "closed_at": timezone.now(), "email": ""}
    found = Succession.objects.open().filter(pk=succession.pk)
    if not found.update(**values, version=F("version") + 1):
        raise _gone(Succession.objects.get(pk=succession.pk))
    succession.refresh_from_db(fields=[*values, "version"])


def _tell(verb, succession, by, sentence, leaves=None):
    plan = succession.initiative
    event = plan.add_event(RULES[verb][2], details={"succession": succession.pk}, by=by)
    notices.tell(event, plan, by=by, sentence=sentence, leaves=leaves)
