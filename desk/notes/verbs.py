"""What officers do with notes: write one, ask colleagues to look, and say that one looked."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from contacts.models import AccountManager, colleague
from desk.notes.models import Mention, Note
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import SENT, officer
from townhall.models import Event

MOST_ASKED = 5
MENTION = "mention"
RULES = {  # verb -> (from which states of the plan, by whom)
    "write_note": (SENT, officer),
    "read_note": (SENT, officer),
}


def may(verb, initiative, user):
    """True when this person may do this now."""
    states, who = RULES[verb]
    return initiative.state in states and who(user, initiative)


def _guard(verb, initiative, by):
    if not may(verb, initiative, by):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))


@transaction.atomic
def write(initiative, *, by, text, mention=()):
    """A note for colleagues; those it names get a mail, and it waits in their day."""
    _guard("write_note", initiative, by)
    asked = list({one.pk: one for one in mention}.values())
    if len(asked) > MOST_ASKED:
        raise ValidationError({"mention": _("Vraag hoogstens %(n)s collega’s tegelijk.") % {"n": MOST_ASKED}})
    _check(initiative, asked)
    note = Note(initiative=initiative, by=by, text=text.strip())
    note.full_clean()
    note.save()
    Mention.objects.bulk_create(Mention(note=note, manager=one) for one in asked)
    _event("write", note, by, [one.key for one in asked])
    for one in asked:
        if one.email and one.user != by and notices.wants_mail(one.user, MENTION):
            mail(note, one, by)
    return note


def _check(initiative, asked):
    """Refuses colleagues who left, and those whose own plan it is."""
    if len(asked) != AccountManager.objects.employed().filter(pk__in=[one.pk for one in asked]).count():
        raise ValidationError({"mention": _("Deze collega werkt hier niet meer.")})
    users = {one.user_id for one in asked if one.user_id}
    if users and initiative.initiators().filter(user__in=users).exists():
        raise ValidationError({"mention": _("Niemand werkt als ambtenaar aan een eigen plan.")})


@transaction.atomic
def read(mention, *, by):
    """Who was asked has looked, or who stands in for them; it waits no longer."""
    _guard("read_note", mention.note.initiative, by)
    if not AccountManager.objects.of_user(by).filter(pk=mention.manager_id).exists():
        raise PermissionDenied(_("Dit is aan een collega gevraagd."))
    if not Mention.objects.filter(pk=mention.pk, read_at=None).update(read_at=Now()):
        raise ValidationError(_("Dit stond al op gelezen."), code="conflict")
    _event("read", mention.note, by, [mention.manager.key])
    return mention


def _event(what, note, by, keys):
    """About the note, not the plan: its timeline is the initiator's too."""
    return Event.objects.create(
        subject_kind="note", subject_key=str(note.pk), what=what, details={"keys": keys}, by=by
    )


def mail(note, manager, by):
    """That somebody asks them to look; what it says is read on the desk."""
    plan = Initiative.objects.get(pk=note.initiative_id)
    context = {"initiative": plan, "asks": colleague(by), "base_url": settings.BASE_URL}
    subject = _("Een collega vraagt je te kijken")
    EmailMessage(
        subject=notices.subject_of(plan, subject),
        body=render_to_string("desk/mail/mention.txt", context),
        to=[manager.email],
    ).send()
