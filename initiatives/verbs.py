"""Everything that can be done to an initiative: one table, one writer of state.

verb -> from which states, by whom, to which state (None: it stays where it is). A verb guards itself, writes
only if nobody was first, and leaves its event, its notices and its outbox rows in the same transaction. It
raises PermissionDenied or ValidationError (code "conflict" when somebody was first); the doors turn those
into a page or a problem+json. docs/states.md shows the table to people.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Follow
from contacts.models import AccountManager
from funding.models import NeedKind
from goals.models import Goal
from initiatives import clocks, notices
from initiatives.models import (
    CLOSED,
    Clock,
    ClockKind,
    GoalLink,
    Initiative,
    Interaction,
    Message,
    MessageKind,
    Need,
    Participant,
    ParticipantRole,
    PartnerLink,
    SimilarLink,
    State,
)
from townhall import history, outbox
from townhall.models import Event, Municipality

SENT = set(State) - {State.DRAFT}
OPEN = SENT - CLOSED
BEFORE = "the state before the pause"
OWN_FIELDS = {"title", "summary", "story", "existing", "offered", "asked", "district", "place"}
OWN_FIELDS |= {"submitted_by", "wants_public"}
SEARCHED = {"title", "summary", "story", "place"}


def initiator(user, initiative):
    """Somebody whose plan it is."""
    if not user.is_authenticated:
        return False
    if hasattr(initiative, "known_initiators"):
        return any(one.user_id == user.pk for one in initiative.known_initiators)
    return initiative.initiators().filter(user=user).exists()


def officer(user, initiative):
    """An officer, but never the one whose own plan it is."""
    return user.is_authenticated and user.is_officer and not initiator(user, initiative)


def assigns(user, initiative):
    """An officer; or nobody: by night the site itself passes on what was left behind."""
    return user is None or officer(user, initiative)


def either(user, initiative):
    """The initiator, or an officer."""
    return user.is_authenticated and (user.is_officer or initiator(user, initiative))


def joining(user, initiative):
    """Somebody whose plan it is, or the plan in which it goes on; nobody while it goes on in none."""
    into = initiative.merged_into
    return into is not None and (initiator(user, initiative) or initiator(user, into))


RULES = {
    # verb: (from which states, by whom, to which state)
    "edit": (OPEN | {State.DRAFT}, initiator, None),
    "discard": ({State.DRAFT}, initiator, None),
    "submit": ({State.DRAFT}, initiator, State.SUBMITTED),
    "assign": (OPEN, assigns, None),
    "set_kind": (OPEN, officer, None),
    "begin_dialogue": ({State.SUBMITTED}, officer, State.IN_DIALOGUE),
    "take_back": ({State.IN_DIALOGUE}, officer, State.SUBMITTED),
    "await_decision": ({State.IN_DIALOGUE, State.IN_PROGRESS}, officer, State.AWAITING_DECISION),
    "start": ({State.IN_DIALOGUE, State.AWAITING_DECISION}, officer, State.IN_PROGRESS),
    "reconsider": ({State.AWAITING_DECISION, State.IN_PROGRESS}, officer, State.IN_DIALOGUE),
    "realise": ({State.IN_PROGRESS, State.ONGOING}, either, State.REALISED),
    "keep_going": ({State.IN_PROGRESS, State.REALISED}, either, State.ONGOING),
    "pause": (OPEN - {State.PAUSED}, either, State.PAUSED),
    "resume": ({State.PAUSED}, either, BEFORE),
    "withdraw": (OPEN, initiator, State.STOPPED),
    "stop": (OPEN, officer, State.STOPPED),
    "refer": ({State.SUBMITTED, State.IN_DIALOGUE}, officer, State.REFERRED),
    "merge": (OPEN, joining, State.STOPPED),
    "reopen": (CLOSED, officer, State.IN_DIALOGUE),
    "release": (SENT, officer, None),
    "hide": (SENT, officer, None),
    "link_goal": (SENT, officer, None),
    "unlink_goal": (SENT, officer, None),
    "link_partner": (SENT, officer, None),
    "unlink_partner": (SENT, officer, None),
    "link_similar": (SENT, officer, None),
    "unlink_similar": (SENT, officer, None),
    "judge": (SENT, officer, None),
    "write": (SENT, either, None),
    "record_contact": (SENT, officer, None),
}
STEPS = [  # the verbs that are no more than a step to the next state, with a sentence
    verb for verb, (_from, _who, to) in RULES.items() if to and verb not in ("submit", "merge")
]
NEEDS_REASON = {"pause", "withdraw", "stop", "refer"}
PUBLIC = {
    "submit",
    "begin_dialogue",
    "await_decision",
    "start",
    "reconsider",
    "realise",
    "keep_going",
    "pause",
}
PUBLIC |= {"resume", "withdraw", "stop", "merge", "take_in", "reopen", "release", "link_goal", "link_partner"}
AGREED_TO = ("granted", "partly")  # the outcomes of a decision after which work can begin
KEEPS = {  # which clocks a verb of the municipality keeps
    "submit": {ClockKind.RECEIPT},
    "begin_dialogue": {ClockKind.FIRST_VIEW},  # a form that was sent is no talk: see the next two
    "record_contact": {ClockKind.CONTACT},
    "write": {ClockKind.CONTACT},
    "await_decision": {ClockKind.FIRST_VIEW},
    "start": set(ClockKind),
    "realise": set(ClockKind),
    "keep_going": set(ClockKind),
    "stop": set(ClockKind),
    "withdraw": set(ClockKind),
    "refer": set(ClockKind),
    "merge": set(ClockKind),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb left: the event, and what it changed."""

    event: Event
    initiative: Initiative


def may(verb, initiative, user):
    """True when this person may do this now."""
    states, who, _to = RULES[verb]
    return initiative.state in states and who(user, initiative) and not hurdle(verb, initiative)


def hurdle(verb, initiative):
    """Why this can't be done to a plan like this one, in words; empty when nothing is in the way."""
    if verb == "reopen" and initiative.merged_into_id:
        return _("Dit plan ging verder in een ander plan. Daar kun je verder.")
    if verb == "start" and _lacks_decision(initiative):
        return _("Een taak overnemen kan pas beginnen na een besluit. Zet eerst dat besluit erbij.")
    return ""


def _lacks_decision(initiative):
    """True of a challenge that nobody said yes to; decisions hang on the plan from above."""
    is_challenge = initiative.kind == Initiative.Kind.CHALLENGE
    return is_challenge and not initiative.decisions.filter(outcome__in=AGREED_TO).exists()


def allowed(initiative, user):
    """The verbs this person may use now, in the order of the table; pages draw their buttons from it."""
    is_one = {who: who(user, initiative) for who in {rule[1] for rule in RULES.values()}}
    ready = [verb for verb, (states, who, _to) in RULES.items() if initiative.state in states and is_one[who]]
    return [verb for verb in ready if not hurdle(verb, initiative)]


# From text to initiative -------------------------------------------------------------------------------
@transaction.atomic
def register(*, by, needs=(), amount=None, **fields):
    """A concept at an unguessable address, seen by nobody but `by`; fields: of OWN_FIELDS.

    `by` may be somebody who still has to prove their e-mail address: they come in no further than the code.
    """
    if set(fields) - OWN_FIELDS:
        raise ValidationError(_("Dit kun je niet veranderen."))
    plan = Initiative(**fields)
    plan.full_clean(exclude=["terms", "terms_version"])
    plan.save()
    Participant.objects.create(initiative=plan, user=by, role=ParticipantRole.INITIATOR)
    set_needs(plan, needs, amount)
    _event("register", plan, by)
    return plan


def set_needs(initiative, needs, amount=None):
    """The plan asks for exactly these things."""
    wanted = _wanted(needs, amount)
    initiative.needs.exclude(kind__in=wanted).delete()
    for kind, asked in wanted.items():
        Need.objects.update_or_create(initiative=initiative, kind=kind, defaults={"amount": asked})


def _wanted(needs, amount):
    """{kind: amount}: only money comes in an amount, and who names an amount asks for money."""
    return dict.fromkeys(needs) | ({} if amount is None else {NeedKind.MONEY: amount})


def _asks_for(initiative):
    return dict(initiative.needs.values_list("kind", "amount"))


@transaction.atomic
def edit(initiative, *, by, version, needs=None, amount=None, **fields):
    """The initiator's own words, changed; `version` is the one that was in the form.

    None when nothing differs from what is stored: then nothing happened.
    """
    if set(fields) - OWN_FIELDS:
        raise ValidationError(_("Dit kun je niet veranderen."))
    _guard("edit", initiative, by)
    fields = {name: value for name, value in fields.items() if getattr(initiative, name) != value}
    if not fields and (needs is None or _asks_for(initiative) == _wanted(needs, amount)):
        return None
    details = {"fields": sorted(fields)}
    if fields.get("wants_public") is False:  # whoever no longer wants it in public is off the site at once
        fields |= {"released_at": None, "released_by": None}
    with history.written(by, "edit"):
        done = _do("edit", initiative, by, version=version, details=details, **fields)
    if needs is not None:
        set_needs(initiative, needs, amount)
    outbox.put("match", payload={"initiative": initiative.pk})
    return done


@transaction.atomic
def submit(initiative, *, by):
    """The concept becomes a plan with a reference, at the front desk, and the clocks start."""
    now, desk = timezone.now(), AccountManager.objects.front_desk()
    if desk is None:
        _guard("submit", initiative, by)
        raise ValidationError(
            _("Versturen kan nog niet: de gemeente heeft nog geen loket. Je concept blijft staan.")
        )
    with notices.one_mail():  # written at the end: it tells of the clocks
        done = _do(
            "submit",
            initiative,
            by,
            reference=Initiative.objects.next_reference(timezone.localdate(now).year),
            submitted_at=now,
            contact=desk,
        )
        start_clocks(initiative, timezone.localdate(now))
        keep_clocks("submit", initiative)
    outbox.put("match", payload={"initiative": initiative.pk})
    return done


@transaction.atomic
def discard(initiative, *, by):
    """The concept is gone, with everything in it; never one that was sent meanwhile."""
    initiative = Initiative.objects.select_for_update(of=("self",)).filter(pk=initiative.pk).first()
    if initiative is None:
        raise ValidationError(_("Dit concept is al weg."), code="conflict")
    _guard("discard", initiative, by)
    event = _event("discard", initiative, by)
    initiative.delete()
    return event


# The steps ------------------------------------------------------------------------------------------------
@transaction.atomic
def step(verb, initiative, *, by, sentence="", reason="", version=None):
    """One of STEPS: the next state, with a sentence that the other side reads in thread and mail."""
    if verb not in STEPS:
        raise ValidationError(_("Deze stap kennen we niet."))
    if verb in NEEDS_REASON and not (reason or sentence).strip():
        raise ValidationError({"reason": _("Schrijf in één zin waarom.")})
    done = _do(
        verb, initiative, by, version=version, sentence=sentence, state_reason=(reason or sentence)[:300]
    )
    if verb == "pause":
        Clock.objects.running().filter(initiative=initiative).update(paused_on=timezone.localdate())
    if verb in ("resume", "reopen"):
        resume_clocks(initiative)
    if verb == "take_back":
        restart_clocks(initiative)
    if sentence.strip():
        _message(initiative, by, sentence, MessageKind.STEP)
    return done


# Two plans become one ---------------------------------------------------------------------------------------
@transaction.atomic
def merge(initiative, into, *, by, sentence="", welcome=""):
    """The plan ends and goes on in the other: its people come along, what was said stays where it was.

    The initiators of both agreed to it before (agreements/merges). Both rows are locked by the caller.
    sentence: what is told about it at the plan that ends; welcome: at the one that goes on.
    """
    if into.state not in OPEN or into.merged_into_id:
        words = _("Dit kan niet meer: het andere plan staat op ‘%(state)s’.")
        raise ValidationError(words % {"state": into.get_state_display()}, code="conflict")
    initiative.merged_into = into
    done = _do(
        "merge", initiative, by, details={"key": key_of(into)}, sentence=sentence, merged_into=into,
        state_reason="",
    )  # fmt: skip
    notices.tell(_event("take_in", into, by, {"key": key_of(initiative)}), into, by=by, sentence=welcome)
    _bring_along(initiative, into)
    return done


def _bring_along(initiative, into):
    """Initiators become co-initiators of the other plan, and who followed the one follows the other."""
    known = set(into.initiators().values_list("user", flat=True)) - {None}
    for one in initiative.initiators():
        if one.user_id not in known:
            reach = {name: getattr(one, name) for name in ("name", "email", "phone", "address")}
            seat(into, one.user, **reach)
    followers = initiative.participants.filter(role=ParticipantRole.FOLLOWER, user__isnull=False)
    Participant.objects.bulk_create(
        [Participant(initiative=into, user=one.user, role=one.role) for one in followers],
        ignore_conflicts=True,
    )
    follows = Follow.objects.of_initiative(initiative.public_id)
    Follow.objects.bulk_create(
        [Follow(user_id=one.user_id, kind=one.kind, key=str(into.public_id)) for one in follows],
        ignore_conflicts=True,
    )


def seat(plan, user, **reach):
    """The place of who comes to carry a plan: a new one, or the one they had before; reach: name, email, …"""
    values = reach | {"role": ParticipantRole.CO_INITIATOR, "since": timezone.now()}
    before = plan.participants.filter(user=user, role=ParticipantRole.FORMER).first() if user else None
    if before is None:
        return Participant.objects.create(initiative=plan, user=user, **values)
    for name, value in values.items():
        setattr(before, name, value)
    before.save(update_fields=list(values))
    return before


# The municipality's work ----------------------------------------------------------------------------------
def hindrance(contact):
    """Why this account manager had better not get another plan today, in words; empty when all is well."""
    room, cases = contact.room, getattr(contact, "cases", None)
    if room is not None:
        cases = contact.initiatives.filter(state__in=OPEN).count() if cases is None else cases
        if cases >= room:
            return _("heeft al %(cases)s plannen en ruimte voor %(room)s") % {"cases": cases, "room": room}
    return _("is afwezig en heeft geen vervanger") if contact.absence and not contact.stand_in else ""


@transaction.atomic
def assign(initiative, *, by, contact, reason="", although="", version=None, hand_over=None):
    """From now on this account manager is the one contact.

    reason: what the initiator is told about it; although: why it is still this one, who is full or away;
    hand_over: number of the hand-over of many plans that this is part of (colleagues get one mail of it all).
    """
    _guard("assign", initiative, by)
    if not AccountManager.objects.employed().filter(pk=contact.pk).exists():
        raise ValidationError({"contact": _("Deze contactpersoon werkt hier niet meer.")})
    if contact.user_id and initiative.initiators().filter(user=contact.user_id).exists():
        raise ValidationError({"contact": _("Niemand begeleidt een eigen plan.")})
    if not although.strip() and (trouble := hindrance(contact)):
        words = _("%(who)s %(trouble)s. Kies iemand anders, of schrijf waarom het toch deze collega wordt.")
        raise ValidationError({"contact": words % {"who": contact.function, "trouble": trouble}})
    details = {
        "contact": contact.key,
        "from": initiative.contact.key,
        "first": initiative.contact.is_front_desk,
    }
    details |= {} if hand_over is None else {"hand_over": hand_over}
    return _do("assign", initiative, by, version=version, details=details, sentence=reason, contact=contact)


@transaction.atomic
def set_kind(initiative, *, by, kind, version=None):
    """The plan is of this kind (Initiative.Kind) from now on; None when it was."""
    _guard("set_kind", initiative, by)
    if kind not in Initiative.Kind.values:
        raise ValidationError({"kind": _("Kies wat voor plan dit is.")})
    if kind == initiative.kind:
        return None
    sentence = _("We zien dit als: %(kind)s.") % {"kind": Initiative.Kind(kind).label}
    details = {"kind": str(kind)}
    return _do("set_kind", initiative, by, version=version, details=details, sentence=sentence, kind=kind)


@transaction.atomic
def release(initiative, *, by, version=None):
    """The plan may be seen by everybody, because the initiator wants that."""
    if not initiative.wants_public:
        raise ValidationError(_("De initiatiefnemer wil dit plan niet op de site."))
    return _do("release", initiative, by, version=version, released_at=timezone.now(), released_by=by)


@transaction.atomic
def hide(initiative, *, by, version=None):
    """The plan is no longer on the site."""
    return _do("hide", initiative, by, version=version, released_at=None, released_by=None)


LINKS = {  # verb: (model, field of the other side)
    "goal": (GoalLink, "goal"),
    "partner": (PartnerLink, "organisation"),
    "similar": (SimilarLink, "other"),
}


@transaction.atomic
def link(kind, initiative, other, *, by, why="", was_suggested=False, **values):
    """The plan is linked to a goal, a partner or another plan; linking again changes nothing."""
    model, field = LINKS[kind]
    _guard(f"link_{kind}", initiative, by)
    if kind == "goal" and other.state == Goal.State.DRAFT:  # the timeline would tell everybody its title
        raise ValidationError(_("Dit doel staat nog niet op de site. Zet het daar eerst op."))
    made, is_new = model.objects.get_or_create(
        initiative=initiative,
        **{field: other},
        defaults={"by": by, "why": why[:300], "was_suggested": was_suggested, **values},
    )
    if is_new:
        _event(f"link_{kind}", initiative, by, {"key": key_of(other)})
    return made


@transaction.atomic
def unlink(kind, initiative, other, *, by):
    """The link is taken away; True when there was one."""
    model, field = LINKS[kind]
    _guard(f"unlink_{kind}", initiative, by)
    gone, _counts = model.objects.filter(initiative=initiative, **{field: other}).delete()
    if gone:
        _event(f"unlink_{kind}", initiative, by, {"key": key_of(other)})
    return bool(gone)


@transaction.atomic
def judge(initiative, *, by, **details):
    """An officer said what they think of a suggestion, without linking anything; details: codes and keys."""
    _guard("judge", initiative, by)
    return _event("judge", initiative, by, details)


def key_of(thing):
    """The key the town knows a thing by; a plan's is its unguessable address."""
    return str(thing.public_id) if isinstance(thing, Initiative) else thing.key


# The conversation -----------------------------------------------------------------------------------------
@transaction.atomic
def write(initiative, *, by, text):
    """A message in the thread between initiator and contact."""
    if not text.strip():
        raise ValidationError({"text": _("Schrijf eerst je bericht.")})
    _guard("write", initiative, by)
    message = _message(initiative, by, text, MessageKind.TALK)
    event = _event("write", initiative, by, {"message": message.pk})
    if message.from_town:
        keep_clocks("write", initiative)
    notices.tell(event, initiative, by=by)
    return message


@transaction.atomic
def record_contact(initiative, *, by, how, note, on, **step):
    """A call, a visit, a talk at the desk; it counts as the first contact.

    step: next_step and next_on, what the officer does next and by when.
    """
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag moet nog komen.")})
    _guard("record_contact", initiative, by)
    moment = Interaction(initiative=initiative, by=by, how=how, note=note, on=on, **step)
    moment.full_clean()
    moment.save()
    _event("record_contact", initiative, by, {"interaction": moment.pk})
    keep_clocks("record_contact", initiative)
    return moment


def _message(initiative, by, text, kind):
    message = Message(
        initiative=initiative, by=by, text=text, kind=kind, from_town=not initiator(by, initiative)
    )
    message.full_clean()
    message.save()
    return message


# Clocks -----------------------------------------------------------------------------------------------------
def start_clocks(initiative, day):
    """The promises of the municipality begin to count."""
    town = Municipality.objects.current()
    days = town.service_days if town else Municipality._meta.get_field("service_days").get_default()
    known = {kind: days[kind] for kind in ClockKind.values if kind in days}
    Clock.objects.bulk_create(
        Clock(
            initiative=initiative,
            kind=one.kind,
            days=one.days,
            started_on=one.started_on,
            warn_on=one.warn_on,
            due_on=one.due_on,
        )
        for one in clocks.plan(day, known)
    )


def keep_clocks(verb, initiative):
    """The promises this verb fulfils are kept today."""
    kinds = KEEPS.get(verb, ())
    if kinds:
        ticking = initiative.clocks.filter(kind__in=kinds, stopped_on=None)
        ticking.update(stopped_on=timezone.localdate(), paused_on=None)


def restart_clocks(initiative):
    """The promises that beginning the talk kept tick again."""
    initiative.clocks.filter(kind__in=KEEPS["begin_dialogue"]).update(stopped_on=None)


def resume_clocks(initiative):
    """What stood still goes on, as many working days later as it stood still."""
    today = timezone.localdate()
    for clock in initiative.clocks.exclude(paused_on=None):
        clock.warn_on = clocks.moved(clock.warn_on, clock.paused_on, today)
        clock.due_on = clocks.moved(clock.due_on, clock.paused_on, today)
        clock.paused_on = None
        clock.save()


# The one writer ---------------------------------------------------------------------------------------------
def _guard(verb, initiative, by):
    states, who, _to = RULES[verb]
    if not who(by, initiative):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if initiative.state not in states:
        raise ValidationError(
            _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
            % {"state": initiative.get_state_display()},
            code="conflict",
        )
    if words := hurdle(verb, initiative):
        raise ValidationError(words)


def _do(verb, initiative, by, *, version=None, details=None, sentence="", **changes):
    """Guard, conditional update, event, notices: the only writer of an initiative's state."""
    _guard(verb, initiative, by)
    seen = initiative.state, version or initiative.version
    to = initiative.previous_state if RULES[verb][2] == BEFORE else RULES[verb][2]
    if to:
        changes |= {"state": to, "previous_state": initiative.state}
    for name, value in changes.items():
        setattr(initiative, name, value)
    initiative.full_clean(exclude=["terms", "terms_version"])
    if SEARCHED & set(changes):
        changes |= initiative.terms_now()
    written = Initiative.objects.filter(pk=initiative.pk, state=seen[0], version=seen[1]).update(
        **changes, version=F("version") + 1, changed_at=Now()
    )
    if not written:
        raise ValidationError(
            _("Iemand anders heeft dit plan net veranderd. Kijk eerst wat er is veranderd."), code="conflict"
        )
    initiative.version = seen[1] + 1
    event = _event(verb, initiative, by, details)
    if verb != "submit":
        keep_clocks(verb, initiative)
    notices.tell(event, initiative, by=by, sentence=sentence)
    return Done(event, initiative)


def _event(verb, initiative, by, details=None):
    """What happened, in the timeline: codes and ids only."""
    return initiative.add_event(verb, details=details, is_public=verb in PUBLIC, by=by)
