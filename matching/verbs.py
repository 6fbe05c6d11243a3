"""What an officer makes of a suggestion: confirm, reject, add by hand, undo.

A verdict and what follows from it (a link, a contact) are one transaction. A thing is named by its kind and
its record, never by the suggestion's number: the matcher may look again while an officer reads, and then its
new suggestion is the same to people. What was judged stays as it is when the matcher looks again.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import AccountManager, colleague
from initiatives import verbs
from initiatives.models import Initiative
from matching import teaching
from matching.matcher import VERSION
from matching.models import Suggestion, Verdict
from townhall import outbox
from townhall import verbs as manage
from townhall.models import Event, Municipality

LINKS = {"goal": "goal", "organisation": "partner", "similar": "similar"}  # target -> link of initiatives
SOON = timedelta(minutes=1)
YES = {Verdict.CONFIRMED, Verdict.ADDED}
BY_HAND = {"code": "hand", "sentence": "Met de hand toegevoegd.", "words": [], "their_words": []}


@transaction.atomic
def confirm(initiative, target, thing, *, by, reason="", told="", version=None):
    """Yes to a suggestion: the thing is linked, or becomes the contact.

    reason: why, for colleagues; told: what the initiator reads of a new contact.
    """
    found = _found(initiative, target, thing)
    if found is None:
        raise ValidationError(
            _("Dit voorstel is er niet meer: de wegwijzer keek opnieuw. Voeg het zelf toe als het past."),
            code="conflict",
        )
    return _yes(found, thing, by, reason, told, version)


@transaction.atomic
def add(initiative, target, thing, *, by, reason="", told="", version=None):
    """Yes to a thing the matcher did not think of; if it did after all, this confirms that."""
    new = {"initiative": initiative, "reasons": [BY_HAND], "version": VERSION, target: thing}
    found = _found(initiative, target, thing) or Suggestion(**new)
    return _yes(found, thing, by, reason, told, version)


@transaction.atomic
def reject(initiative, target, thing, *, by, reason):
    """No to a suggestion, with the reason the matcher learns from; who said no may give another reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Kies of schrijf waarom dit niet past.")})
    found = _found(initiative, target, thing)
    if found is None:
        raise ValidationError(_("Dit voorstel is er niet meer: de wegwijzer keek opnieuw."), code="conflict")
    is_said = _is_said(found, {Verdict.REJECTED}, by)
    if not is_said or found.verdict_reason != _short(reason):
        verbs.judge(initiative, by=by, verdict="rejected", target=target, key=verbs.key_of(thing))
        _say(found, Verdict.REJECTED, by, reason)
    return found


@transaction.atomic
def undo(initiative, target, thing, *, by):
    """The verdict and what followed from it are gone; a link that nobody suggested too."""
    found = _found(initiative, target, thing)
    said = found.verdict if found else ""
    undone = _unfollow(initiative, target, thing, by)
    if not undone and not said:
        raise ValidationError(_("Hier is niets om ongedaan te maken."), code="conflict")
    if not undone:
        verbs.judge(initiative, by=by, verdict="", target=target, key=verbs.key_of(thing))
    if said == Verdict.ADDED:
        found.delete()
    elif said:
        _say(found, "", None, "")
    if target == "goal" and said in ("", Verdict.ADDED):  # a link without a verdict taught too
        _teach(thing)


def _found(initiative, target, thing):
    """The suggestion of a thing, or None; the plan is locked, so that nobody else judges meanwhile."""
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    return initiative.suggestions.select_related("by__account_manager").filter(**{target: thing}).first()


def _yes(found, thing, by, reason, told, version):
    """The thing is linked or becomes the contact, and the verdict is kept."""
    if _is_said(found, YES, by):
        return found
    initiative, target = found.initiative, found.target
    if target in LINKS:
        why = reason or found.reasons[0]["sentence"]
        is_found = found.pk is not None
        verbs.link(LINKS[target], initiative, thing, by=by, why=why, was_suggested=is_found)
    elif target == "manager" and initiative.contact_id != thing.pk:
        verbs.assign(initiative, by=by, contact=thing, reason=told, although=reason, version=version)
    else:
        verbs.judge(initiative, by=by, verdict="confirmed", target=target, key=thing.key)
    return _say(found, Verdict.CONFIRMED if found.pk else Verdict.ADDED, by, reason)


def _is_said(found, verdicts, by):
    """True when this person said so before; when somebody was first, or said the opposite, that is told.

    Somebody who is no longer the contact can become it again.
    """
    was_contact = found.manager_id and found.manager_id != found.initiative.contact_id
    if not found.verdict or (was_contact and found.verdict in YES):
        return False
    if found.verdict in verdicts and found.by_id == by.pk:
        return True
    raise ValidationError(
        _("Al beoordeeld door %(who)s: %(verdict)s. Maak dat eerst ongedaan als je het anders ziet.")
        % {"who": colleague(found.by), "verdict": found.get_verdict_display()},
        code="conflict",
    )


def _unfollow(initiative, target, thing, by):
    """True when a link was taken away, or the former contact is back."""
    if target in LINKS:
        return verbs.unlink(LINKS[target], initiative, thing, by=by)
    if target == "manager" and initiative.contact_id == thing.pk:
        verbs.assign(initiative, by=by, contact=contact_before(initiative), although=_("Teruggedraaid."))
        return True
    return False


def contact_before(initiative):
    """Who was the contact before this one; the front desk where that is unknown or who it was has left."""
    events = Event.objects.about("initiative", str(initiative.public_id)).filter(what="assign")
    key = next((event.details["from"] for event in events[:1]), "")
    return AccountManager.objects.employed().filter(key=key).first() or AccountManager.objects.front_desk()


def _short(reason):
    return reason.strip()[:300]


def _say(suggestion, verdict, by, reason):
    suggestion.verdict, suggestion.by, suggestion.verdict_reason = verdict, by, _short(reason)
    suggestion.on = timezone.now() if verdict else None
    suggestion.save()
    if suggestion.goal_id:
        _teach(suggestion.goal)
    return suggestion


def _teach(goal):
    """The matcher learns from it soon: once, however many verdicts about a goal follow on each other."""
    outbox.put("learn", payload={"goal": goal.pk}, after=SOON)


@transaction.atomic
def tune(town, *, by, version=None, **values):
    """How the matcher works here: `learns`, and `fits_shift`, added to the score from which a goal fits."""
    before = Municipality.objects.get(pk=town.pk).learns
    tuned = manage.change(town, by=by, version=version, **values)
    if tuned.learns != before:
        teaching.follow(tuned)
    return tuned
