"""Everything that can be done to a promise: make it, shift it, keep it, drop it, correct it, show or hide it.

As in initiatives/verbs.py: a verb guards itself, writes only if nobody was first, and leaves its event and
its notices in the same transaction; it raises PermissionDenied or ValidationError (code "conflict" when
somebody was first). Events are about the plan, so that they stand in its timeline.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.attachments.verbs import check_room
from agreements.commitments.models import ENDED, PROMISERS, Commitment, CommitmentState, PromisedTo, Shift
from contacts.models import AccountManager
from initiatives import notices
from initiatives.models import Initiative, ParticipantRole
from initiatives.verbs import SENT, initiator, officer
from townhall import history, uploads
from townhall.calendar import working_day_before
from townhall.days import check_day
from townhall.models import Event
from townhall.verbs import next_key

MAKES_IN = SENT - ENDED  # what is realised can still be looked after
YEARS = 10  # from today; further on nobody can know
MOST_OPEN, MOST_SHIFTS = 50, 20  # of a plan at a time, and of one promise: each is a mail
PROOFS = {"jpg", "webp", "pdf"}  # what can show that a promise was kept
WARN = 5  # working days before the day on which the promiser is reminded
INITIATORS = (ParticipantRole.INITIATOR, ParticipantRole.CO_INITIATOR)


def speaks(user, commitment, is_officer):
    """True for who promised it: an initiator their own, officers what town hall and partners promised.

    For an initiator who is there no more an officer speaks. is_officer: one who may handle this plan.
    """
    participant = commitment.participant
    if participant and participant.user_id and participant.role in INITIATORS:
        return participant.user_id == user.pk
    return is_officer


def or_officer(user, commitment, is_officer):
    """The same, and officers: what stands in public is the municipality's to take away."""
    return is_officer or speaks(user, commitment, is_officer)


def an_officer(user, commitment, is_officer):
    """Officers alone: what comes on the site is the municipality's to answer for."""
    return is_officer


def hiders(plan):
    """{key of a promise of this plan that was ever hidden: number of the account that hid it last}."""
    events = Event.objects.filter(
        subject_kind="initiative", subject_key=str(plan.public_id), what="promise_hidden"
    )
    return dict(events.order_by("pk").values_list("details__commitment", "by"))


def held_back(commitment, hidden_by):
    """True of an initiator's promise that an officer took away: officers alone bring it back."""
    participant, key = commitment.participant, commitment.key
    return bool(participant) and key in hidden_by and hidden_by[key] != participant.user_id


RULES = {
    # verb: (from which states, by whom, event)
    "keep": ({CommitmentState.OPEN}, speaks, "promise_kept"),
    "shift": ({CommitmentState.OPEN}, speaks, "promise_shifted"),
    "drop": ({CommitmentState.OPEN}, speaks, "promise_dropped"),
    "correct": ({CommitmentState.OPEN}, speaks, "promise_corrected"),
    "publish": (set(CommitmentState), speaks, "promise_published"),
    "hide": (set(CommitmentState), or_officer, "promise_hidden"),
    "release_proof": ({CommitmentState.KEPT}, an_officer, "promise_proof_released"),
    "remove_proof": ({CommitmentState.KEPT}, or_officer, "promise_proof_removed"),
}
IN_PUBLIC = {"promise_made", "promise_shifted", "promise_kept", "promise_dropped"}


def allowed(commitment, user, *, is_officer, hidden_by):
    """The verbs this person may use now, in the order of the table; hidden_by: what `hiders` gives."""
    found = [
        verb
        for verb, (states, _who, _event) in RULES.items()
        if commitment.state in states and _may(verb, user, commitment, is_officer, hidden_by)
    ]
    pointless = {"publish" if commitment.is_public else "hide"}
    pointless |= set() if commitment.proof_id else {"remove_proof"}
    pointless |= {"release_proof"} if commitment.proof_released or not commitment.proof_id else set()
    return [verb for verb in found if verb not in pointless]


def _may(verb, user, commitment, is_officer, hidden_by):
    if verb == "publish" and held_back(commitment, hidden_by):
        return is_officer
    return RULES[verb][1](user, commitment, is_officer)


# Days ---------------------------------------------------------------------------------------------------
def reminder(due_on, first):
    """The day to remind of a promise: some working days before, but not before the day after `first`."""
    return min(due_on, max(working_day_before(due_on, WARN), first + timedelta(days=1)))


# Making -------------------------------------------------------------------------------------------------
@transaction.atomic
def promise(initiative, *, by, text, due_on, promised_to="", promised_on=None, **fields):
    """A new promise. An officer names who promises (manager, department or organisation); an initiator is it.

    fields: to_organisation, occasion, quantity, unit_name, value, need, is_public.
    """
    plan = Initiative.objects.locked(initiative.pk)
    fields = {name: value for name, value in fields.items() if value is not None}
    fields |= _promiser(plan, by, {name: fields[name] for name in PROMISERS if fields.get(name)})
    if plan.state not in MAKES_IN:
        words = _("Dit kan niet meer: het plan staat op ‘%(state)s’.") % {"state": plan.get_state_display()}
        raise ValidationError(words, code="conflict")
    for name in ("organisation", "to_organisation"):
        if fields.get(name) and not plan.partner_links.filter(organisation=fields[name]).exists():
            raise ValidationError({name: _("Deze partner werkt niet mee aan dit plan.")})
    if plan.commitments.open().count() >= MOST_OPEN:
        raise ValidationError(
            _("Bij dit plan lopen al %(n)s toezeggingen. Rond er eerst een af.") % {"n": MOST_OPEN}
        )
    today = timezone.localdate()
    check_day("due_on", due_on, YEARS)
    promised_on = promised_on or today
    if not today - timedelta(days=366 * YEARS) <= promised_on <= today:
        raise ValidationError({"promised_on": _("Kies vandaag of een dag die al is geweest.")})
    usual = PromisedTo.MUNICIPALITY if "participant" in fields else PromisedTo.INITIATORS
    made = Commitment(
        key=next_key(Commitment, "T"),
        initiative=plan,
        text=text.strip(),
        promised_to=promised_to or usual,
        promised_on=promised_on,
        due_on=due_on,
        first_due_on=due_on,
        remind_on=reminder(due_on, today),
        **fields,
    )
    made.full_clean(exclude=["terms", "terms_version"])
    made.save()
    words = _("%(who)s belooft: “%(what)s”. Uiterlijk %(day)s.")
    _tell("promise_made", made, by, words, who=made.promiser, day=made.due_on)
    return made


def _promiser(plan, by, named):
    """Who promises, as fields: whom an officer named, or the initiator who does it."""
    if not named and initiator(by, plan):
        return {"participant": plan.initiators().filter(user=by).first()}
    if not officer(by, plan) or "participant" in named:
        raise PermissionDenied(_("Dit mag je niet beloven bij dit plan."))
    if not named:
        raise ValidationError({"manager": _("Kies wie dit belooft.")})
    manager = named.get("manager")
    if manager and not AccountManager.objects.employed().filter(pk=manager.pk).exists():
        raise ValidationError({"manager": _("Deze contactpersoon werkt hier niet meer.")})
    return named


# Changing -----------------------------------------------------------------------------------------------
@transaction.atomic
def shift(commitment, *, by, to_day, reason, version=None):
    """The promise moves to another day, with a reason that everybody who sees the promise can read."""
    guard("shift", commitment, by)
    today = timezone.localdate()
    if to_day <= today:
        raise ValidationError({"to_day": _("Kies een dag na vandaag.")})
    check_day("to_day", to_day, YEARS)
    if commitment.shifts.count() >= MOST_SHIFTS:
        raise ValidationError(
            _("Deze toezegging is al %(n)s keer verschoven. Maak een nieuwe.") % {"n": MOST_SHIFTS}
        )
    moved = Shift(
        commitment=commitment, from_day=commitment.due_on, to_day=to_day, reason=reason.strip(), by=by
    )
    _clean(moved, "reason", _("Schrijf op waarom de dag verschuift."), {"__all__": "to_day"})
    _change("shift", commitment, by, version, due_on=to_day, remind_on=reminder(to_day, today))
    moved.save()
    words = _("“%(what)s” verschuift naar %(day)s. De reden: %(why)s")
    details = {"to": to_day.isoformat()}
    return _tell("promise_shifted", commitment, by, words, details, day=to_day, why=moved.reason)


@transaction.atomic
def keep(commitment, *, by, on, evidence, version=None, upload=None, words=""):
    """The promise was kept on this day; evidence: how anybody can see that.

    upload: a picture or PDF that shows it; words: what is in the picture. It is as public as the promise is,
    but what an initiator hands in only after the yes of an officer.
    """
    guard("keep", commitment, by)
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag moet nog komen.")})
    if on < commitment.promised_on:
        raise ValidationError({"on": _("Deze dag ligt voor de dag waarop het is beloofd.")})
    if not evidence.strip():
        raise ValidationError({"evidence": _("Schrijf op waaraan je ziet dat het is gedaan.")})
    values = {"state": CommitmentState.KEPT, "kept_on": on, "evidence": evidence.strip()}
    if upload:
        values["proof"] = _proof(commitment, by, upload, words)
        values["proof_released"] = officer(by, commitment.initiative)
    _change("keep", commitment, by, version, **values)
    words = _("“%(what)s” is nagekomen op %(day)s. %(why)s")
    return _tell("promise_kept", commitment, by, words, day=on, why=commitment.evidence)


def _proof(commitment, by, upload, words):
    """The stored picture or PDF; it counts with the other files of the plan."""
    clean = uploads.look(upload, words, PROOFS)
    plan = Initiative.objects.locked(commitment.initiative_id)
    check_room(plan, clean)
    return uploads.keep(clean, by=by, from_town=commitment.side != "initiator", words=words)


@transaction.atomic
def release_proof(commitment, *, by, version=None):
    """Whoever sees the promise sees the picture or PDF too from now on; None when they did already."""
    guard("release_proof", commitment, by)
    if commitment.proof_released or not commitment.proof_id:
        return None
    _change("release_proof", commitment, by, version, proof_released=True)
    return _event("promise_proof_released", commitment, by)


@transaction.atomic
def remove_proof(commitment, *, by, version=None):
    """The picture or PDF that showed it is gone; None when there was none."""
    guard("remove_proof", commitment, by)
    file = commitment.proof
    if file is None:
        return None
    _change("remove_proof", commitment, by, version, proof=None, proof_released=False)
    uploads.discard(file)
    return _event("promise_proof_removed", commitment, by)


@transaction.atomic
def drop(commitment, *, by, reason, version=None):
    """The promise will not be kept, and this is why."""
    guard("drop", commitment, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom dit vervalt.")})
    _change("drop", commitment, by, version, state=CommitmentState.DROPPED, closing_reason=reason.strip())
    words = _("“%(what)s” vervalt. De reden: %(why)s")
    return _tell("promise_dropped", commitment, by, words, why=commitment.closing_reason)


@transaction.atomic
def correct(commitment, *, by, version=None, **values):
    """Other words for what was promised (text) or where (occasion); None when nothing differs."""
    guard("correct", commitment, by)
    if set(values) - {"text", "occasion"}:
        raise ValidationError(_("Dit kun je niet veranderen."))
    values = {name: value for name, value in values.items() if getattr(commitment, name) != value}
    if not values:
        return None
    before = commitment.text
    with history.written(by, "correct"):
        _change("correct", commitment, by, version, **values)
    words = _("Bij “%(what)s” staat nu anders waar het is beloofd.")
    if "text" in values:
        words = _("Er stond: “%(before)s”. Er staat nu: “%(what)s”.")
    return _tell("promise_corrected", commitment, by, words, {"fields": sorted(values)}, before=before)


@transaction.atomic
def publish(commitment, *, by, version=None):
    """The promise stands on the public page of its plan, and in the public list; None when it did."""
    guard("publish", commitment, by)
    if commitment.is_public:
        return None
    _change("publish", commitment, by, version, is_public=True)
    return _event("promise_published", commitment, by)


@transaction.atomic
def hide(commitment, *, by, version=None):
    """The promise is between the municipality and the initiators alone; None when it was.

    What an officer hides of an initiator, an officer brings back.
    """
    guard("hide", commitment, by)
    if not commitment.is_public:
        return None
    _change("hide", commitment, by, version, is_public=False)
    words = _("“%(what)s” is niet meer openbaar. Alleen de initiatiefnemer en de gemeente zien die nog.")
    return _tell("promise_hidden", commitment, by, words)


# The one writer -----------------------------------------------------------------------------------------
def guard(verb, commitment, by):
    """Refuses who may not do this, and what can't be done any more."""
    plan = commitment.initiative
    hidden_by = hiders(plan) if verb == "publish" else {}
    if not (by.is_authenticated and _may(verb, by, commitment, officer(by, plan), hidden_by)):
        words = _("Dit mag alleen wie het heeft beloofd.")
        if held_back(commitment, hidden_by):
            words = _("De gemeente haalde deze toezegging van de site. Vraag je contactpersoon ernaar.")
        raise PermissionDenied(words)
    if commitment.state not in RULES[verb][0]:
        words = _("Dit kan niet meer: de toezegging is %(state)s.")
        raise ValidationError(words % {"state": commitment.get_state_display()}, code="conflict")


def _change(verb, commitment, by, version, **changes):
    """Guard and conditional update; the promise as it was read is as it is stored, or somebody was first."""
    guard(verb, commitment, by)
    seen = commitment.state, version or commitment.version
    for name, value in changes.items():
        setattr(commitment, name, value)
    commitment.full_clean(exclude=["terms", "terms_version"])
    if "text" in changes:
        changes |= commitment.terms_now()
    found = Commitment.objects.filter(pk=commitment.pk, state=seen[0], version=seen[1])
    if not found.update(**changes, version=F("version") + 1, changed_at=Now()):
        words = _("Iemand anders was je voor bij deze toezegging. Kijk eerst wat er is veranderd.")
        raise ValidationError(words, code="conflict")
    commitment.version = seen[1] + 1


def _clean(thing, field, words, called):
    """Refuses an empty `field` with these words, and what else is wrong at the names of the form."""
    if not getattr(thing, field):
        raise ValidationError({field: words})
    try:
        thing.full_clean(exclude=["commitment", "by"])
    except ValidationError as refused:
        told = {called.get(name, name): said for name, said in refused.message_dict.items()}
        raise ValidationError(told) from None


def _event(what, commitment, by, details=None):
    """What happened, in the timeline of the plan: codes and keys only."""
    return commitment.initiative.add_event(
        what,
        details={"commitment": commitment.key} | (details or {}),
        is_public=what in IN_PUBLIC and commitment.is_public,
        by=by,
    )


def _tell(what, commitment, by, words, details=None, *, day=None, **told):
    """The event, and a sentence about it for the other side."""
    event = _event(what, commitment, by, details)
    told |= {"what": commitment.text, "day": day and date_format(day, "l j F Y")}
    notices.tell(event, commitment.initiative, by=by, sentence=words % told)
    return event
