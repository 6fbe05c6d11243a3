"""What can be done to news about a plan: tell, correct or take it back; town hall hides or shows it.

As in initiatives/verbs.py: one table, a guard, a conditional update, the event in the same transaction. News
stands on the site where the plan does. Nobody gets a mail of news itself; of what town hall hides the
initiators read why.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Notice
from initiatives import notices
from initiatives.models import Initiative, State, Update
from initiatives.verbs import SENT, initiator, officer
from townhall import uploads
from townhall.comparing import as_kept
from townhall.models import Event

TELLS_IN = SENT - {State.REFERRED}  # what ended may still tell how it went
PICTURES = {"jpg", "webp"}
MOST, MOST_A_DAY = 200, 5  # of one plan
RULES = {
    # verb: (by whom, event)
    "tell": (initiator, "update_told"),
    "correct": (initiator, "update_corrected"),
    "remove": (initiator, "update_removed"),
    "hide": (officer, "update_hidden"),
    "show": (officer, "update_shown"),
}


def may_tell(plan, user):
    """True when this person may tell news about this plan now."""
    return plan.state in TELLS_IN and initiator(user, plan)


def allowed(update, user):
    """The verbs this person may use now, in the order of the table."""
    is_one = {who: who(user, update.initiative) for who in (initiator, officer)}
    pointless = {"tell", "show" if update.is_public else "hide"}
    return [verb for verb, (who, _event_name) in RULES.items() if is_one[who] and verb not in pointless]


@transaction.atomic
def tell(initiative, *, by, text, upload=None, words=""):
    """A piece of news; upload: a picture, words: what is in it."""
    plan = Initiative.objects.locked(initiative.pk)
    _guard("tell", plan, by)
    if plan.state not in TELLS_IN:
        gone = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(gone % {"state": plan.get_state_display()}, code="conflict")
    _check_number(plan)
    made = Update(initiative=plan, text=as_kept(text), by=by, at=timezone.now())
    made.full_clean(exclude=["picture"])
    if upload:
        made.picture = uploads.keep(
            uploads.look(upload, words, PICTURES), by=by, from_town=False, words=words
        )
    made.save()
    _notify(_event("tell", made, by), plan, by)
    return made


def _notify(event, plan, by):
    """Who else carries the plan, and the contact, find it in the news."""
    anybody = "x"
    people = [*notices.initiators(plan, anybody), *notices.town(plan, anybody)]
    for user in {user for user, *_rest in people if user and user != by}:
        Notice.objects.get_or_create(user=user, event=event)


def _check_number(plan):
    if plan.updates.count() >= MOST:
        raise ValidationError(
            _("Bij dit plan staan al %(n)s berichten. Haal er eerst een weg.") % {"n": MOST}
        )
    told = Event.objects.about("initiative", str(plan.public_id)).filter(what=RULES["tell"][1])
    if told.filter(at__gt=Now() - timedelta(days=1)).count() >= MOST_A_DAY:  # also what was taken back
        words_ = _("Je schreef vandaag al %(n)s keer nieuws. Morgen kan het weer.")
        raise ValidationError(words_ % {"n": MOST_A_DAY})


@transaction.atomic
def correct(update, *, by, text, version=None):
    """Other words; readers see that they were changed, and when. None when nothing differs."""
    _guard("correct", update.initiative, by)
    if as_kept(text) == update.text:
        return None
    _write(update, version, text=as_kept(text), changed_at=timezone.now())
    return _event("correct", update, by)


@transaction.atomic
def remove(update, *, by, version=None):
    """The news and its picture are gone."""
    _guard("remove", update.initiative, by)
    picture = update.picture
    gone, _counts = Update.objects.filter(pk=update.pk, version=version or update.version).delete()
    if not gone:
        raise _somebody_was_first()
    if picture:
        uploads.discard(picture)
    return _event("remove", update, by)


@transaction.atomic
def hide(update, *, by, reason, version=None):
    """Town hall takes the news off the site, and says why; the initiators still read it. None when it was."""
    _guard("hide", update.initiative, by)
    if not update.is_public:
        return None
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom dit van de site gaat.")})
    _write(update, version, is_public=False, hidden_why=reason.strip())
    event = _event("hide", update, by)
    sentence = _("Je nieuws is van de site gehaald. De reden: %(why)s") % {"why": update.hidden_why}
    notices.tell(event, update.initiative, by=by, sentence=sentence)
    return event


@transaction.atomic
def show(update, *, by, version=None):
    """The news stands on the site again, where the plan does; None when it did."""
    _guard("show", update.initiative, by)
    if update.is_public:
        return None
    _write(update, version, is_public=True, hidden_why="")
    event = _event("show", update, by)
    notices.tell(event, update.initiative, by=by)
    return event


# The one writer -----------------------------------------------------------------------------------------
def _guard(verb, plan, by):
    if not (by.is_authenticated and RULES[verb][0](by, plan)):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))


def _write(update, version, **values):
    seen = {"pk": update.pk, "version": version or update.version}
    for name, value in values.items():
        setattr(update, name, value)
    update.full_clean(exclude=["picture"])
    if not Update.objects.filter(**seen).update(**values, version=F("version") + 1):
        raise _somebody_was_first()
    update.version = seen["version"] + 1


def _somebody_was_first():
    words = _("Iemand anders was je voor bij dit nieuws. Kijk eerst hoe het nu is.")
    return ValidationError(words, code="conflict")


def _event(verb, update, by):
    """What happened, in codes and ids; that there is news is for everybody, the rest is not."""
    return update.initiative.add_event(
        RULES[verb][1], details={"update": update.pk}, is_public=verb == "tell", by=by
    )
