"""What can be done with a file of a plan: add it, take it away, say that it may be on the site or not.

As in initiatives/verbs.py: a verb guards itself, writes only if nobody was first, and leaves its event in the
same transaction. Nobody gets a mail: ten pictures would be ten. The other side finds it in the news. What
stays among officers leaves its event beside the timeline of the plan, which initiators read.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from accounts.models import Notice
from agreements.attachments.models import MOST, MOST_TOTAL, Attachment
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import SENT, either, initiator, officer
from townhall import uploads
from townhall.models import Event, File


def of_side(user, attachment):
    """Somebody of the side that handed it in."""
    side = officer if attachment.file.from_town else initiator
    return side(user, attachment.initiative)


def of_either(user, attachment):
    """Somebody of either side; what stays inside has one side only."""
    return (officer if attachment.is_internal else either)(user, attachment.initiative)


RULES = {  # verb: (by whom, event)
    "remove": (of_side, "attachment_removed"),
    "show": (of_either, "attachment_shown"),
    "hide": (of_either, "attachment_hidden"),
}


def agreement(user, plan):
    """The name of the yes that this person can say: of the municipality, or of the initiators."""
    return "town_agrees" if officer(user, plan) else "initiators_agree"


def allowed(attachment, user):
    """The verbs this person may use now, in the order of the table."""
    found = [verb for verb, (who, _event) in RULES.items() if who(user, attachment)]
    said = getattr(attachment, agreement(user, attachment.initiative))
    pointless = {"show", "hide"} if attachment.is_internal else {"show" if said else "hide"}
    return [verb for verb in found if verb not in pointless]


def may_add(plan, user):
    """True for who may hand in a file about this plan."""
    return plan.state in SENT and either(user, plan)


@transaction.atomic
def add(initiative, *, by, upload, words="", is_internal=False, agrees=False):
    """A new file about a plan; agrees: as far as this side is concerned it may be on the site.

    Raises ValidationError at `upload`, `words` or `is_internal`.
    """
    if not either(by, initiative):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    clean = uploads.look(upload, words)
    plan = Initiative.objects.locked(initiative.pk)
    if not either(by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if plan.state not in SENT:
        raise ValidationError(_("Verstuur eerst je plan. Daarna kun je er bestanden bij doen."))
    from_town = officer(by, plan)
    if is_internal and not from_town:
        raise ValidationError({"is_internal": _("Dit kan alleen een ambtenaar.")})
    if plan.attachments.count() >= MOST:
        full = _("Bij dit plan staan al %(n)s bestanden. Haal er eerst een weg.")
        raise ValidationError({"upload": full % {"n": MOST}})
    check_room(plan, clean)
    file = uploads.keep(clean, by=by, from_town=from_town, words=words)
    said = {agreement(by, plan): agrees and not is_internal}
    made = Attachment.objects.create(initiative=plan, file=file, is_internal=is_internal, **said)
    tell(_event("attachment_added", made, by), made, by)
    return made


def check_room(plan, clean):
    """Refuses at `upload` what is too much for this plan, with what shows that its promises were kept.

    Call it with the row of the plan locked.
    """
    proofs = plan.commitments.exclude(proof=None).values("proof")
    files = File.objects.filter(Q(attachment__initiative=plan) | Q(pk__in=proofs))
    used = files.aggregate(bytes=Sum("size"))["bytes"] or 0
    if used + len(clean.data) > MOST_TOTAL:
        words = _("Samen zijn de bestanden bij dit plan te groot. Haal er eerst een weg.")
        raise ValidationError({"upload": words})


@transaction.atomic
def remove(attachment, *, by, version=None):
    """The file is taken away, from the page and from the disk."""
    guard("remove", attachment, by)
    gone, _counts = _as_seen(attachment, version).delete()
    if not gone:
        raise _somebody_was_first()
    uploads.discard(attachment.file)
    return _event("attachment_removed", attachment, by)


@transaction.atomic
def show(attachment, *, by, version=None):
    """This side says yes to the site; None when it did. It is there when the other side says yes too."""
    return _say(attachment, by, version, "show", agrees=True)


@transaction.atomic
def hide(attachment, *, by, version=None):
    """This side says no: it is not on the site from this moment on; None when it did."""
    return _say(attachment, by, version, "hide", agrees=False)


def _say(attachment, by, version, verb, *, agrees):
    guard(verb, attachment, by)
    side = agreement(by, attachment.initiative)
    if getattr(attachment, side) == agrees:
        return None
    if attachment.is_internal:
        raise ValidationError(_("Een bijlage voor ambtenaren kan niet op de site."))
    if not _as_seen(attachment, version).update(**{side: agrees}, version=F("version") + 1):
        raise _somebody_was_first()
    attachment.refresh_from_db()
    return _event(RULES[verb][1], attachment, by)


def guard(verb, attachment, by):
    """Refuses who may not do this."""
    if not (by.is_authenticated and RULES[verb][0](by, attachment)):
        raise PermissionDenied(_("Dit mag je niet doen met deze bijlage."))


def _as_seen(attachment, version):
    return Attachment.objects.filter(pk=attachment.pk, version=version or attachment.version)


def _somebody_was_first():
    words = _("Iemand anders was je voor bij deze bijlage. Kijk eerst hoe het nu is.")
    return ValidationError(words, code="conflict")


def _event(what, attachment, by):
    """What happened, in codes and ids; in the timeline of the plan unless it stays among officers."""
    inside = attachment.is_internal
    return Event.objects.create(
        subject_kind="attachment" if inside else "initiative",
        subject_key=attachment.key if inside else str(attachment.initiative.public_id),
        what=what,
        details={"attachment": attachment.key},
        by=by,
    )


def tell(event, attachment, by):
    """The other side finds a new file in the news."""
    if attachment.is_internal:
        return
    plan, anybody = attachment.initiative, "x"
    people = [*notices.initiators(plan, anybody), *notices.town(plan, anybody)]
    for user in {user for user, *_rest in people if user and user != by}:
        Notice.objects.get_or_create(user=user, event=event)
