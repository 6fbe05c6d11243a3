"""What officers do with co-handlers: ask a colleague, and say that it is done."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Notice
from agreements.cohandlers.models import CoHandler
from contacts.models import AccountManager, colleague, current_absence
from initiatives import notices
from initiatives.models import Initiative, Interaction, Message
from initiatives.verbs import OPEN, SENT, officer
from townhall.days import check_day
from townhall.models import Event

YEARS = 2  # from today; what takes longer is no task for a colleague
RULES = {  # verb -> (from which states of the plan, by whom)
    "ask_colleague": (OPEN, officer),
    "colleague_done": (SENT, officer),
    "cancel_colleague": (SENT, officer),
}


def may(verb, initiative, user):
    """True when this person may do this now."""
    states, who = RULES[verb]
    return initiative.state in states and who(user, initiative)


def _guard(verb, initiative, by):
    states, who = RULES[verb]
    if not who(by, initiative):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if initiative.state not in states:
        raise ValidationError(
            _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
            % {"state": initiative.get_state_display()},
            code="conflict",
        )


@transaction.atomic
def ask(initiative, *, by, manager, task, due_on):
    """A colleague has something to do for this plan by a day; they get a mail and see it in their news."""
    plans = Initiative.objects.select_for_update(of=("self",)).select_related("contact")
    initiative = plans.get(pk=initiative.pk)
    _guard("ask_colleague", initiative, by)
    if manager.pk == initiative.contact_id:
        raise ValidationError({"manager": _("Deze collega is al de contactpersoon.")})
    if not AccountManager.objects.employed().filter(pk=manager.pk).exists():
        raise ValidationError({"manager": _("Deze collega werkt hier niet meer.")})
    if manager.user_id and initiative.initiators().filter(user=manager.user_id).exists():
        raise ValidationError({"manager": _("Niemand werkt als ambtenaar aan een eigen plan.")})
    check_day("due_on", due_on, YEARS)
    made = CoHandler(
        initiative=initiative, manager=manager, task=" ".join(task.split()), due_on=due_on, by=by
    )
    made.full_clean()
    made.save()
    event = _event("ask_colleague", made, by)
    if manager.user and manager.user != by:
        Notice.objects.create(user=manager.user, event=event)
    if manager.email and manager.user != by:
        mail(made, by)
    return made


def mail(cohandler, by):
    """What is asked, to the work mailbox of the colleague; answers go to the contact."""
    initiative = cohandler.initiative
    prefetch_related_objects([initiative.contact], current_absence())
    context = {"cohandler": cohandler, "initiative": initiative, "asks": colleague(by)}
    subject = _("Een collega vraagt je hulp bij een plan")
    EmailMessage(
        subject=notices.subject_of(initiative, subject),
        body=render_to_string("agreements/mail/colleague.txt", context | {"base_url": settings.BASE_URL}),
        to=[cohandler.manager.email],
        reply_to=notices.answers_to(initiative.contact),
    ).send()


@transaction.atomic
def done(cohandler, *, by, version=None):
    """It is done, today."""
    _guard("colleague_done", cohandler.initiative, by)
    stored = CoHandler.objects.open().filter(pk=cohandler.pk, version=version or cohandler.version)
    if not stored.update(done_on=timezone.localdate(), version=F("version") + 1):
        raise ValidationError(_("Iemand anders was je voor: dit was al gedaan."), code="conflict")
    cohandler.refresh_from_db()
    _event("colleague_done", cohandler, by)
    return cohandler


@transaction.atomic
def cancel(cohandler, *, by, reason, version=None):
    """It need not be done any more, and why; the colleague is told."""
    _guard("cancel_colleague", cohandler.initiative, by)
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Schrijf op waarom het niet meer hoeft.")})
    stored = CoHandler.objects.open().filter(pk=cohandler.pk, version=version or cohandler.version)
    values = {"cancelled_on": timezone.localdate(), "cancel_reason": reason}
    if not stored.update(**values, version=F("version") + 1):
        words = _("Iemand anders was je voor: dit was al klaar of afgezegd.")
        raise ValidationError(words, code="conflict")
    cohandler.refresh_from_db()
    event = _event("cancel_colleague", cohandler, by)
    manager = cohandler.manager
    if manager.user and manager.user != by:
        Notice.objects.create(user=manager.user, event=event)
    if manager.email and manager.user != by:
        _mail_cancelled(cohandler)
    return cohandler


def _mail_cancelled(cohandler):
    """That it is not needed any more, to the work mailbox of the colleague."""
    initiative = cohandler.initiative
    subject = _("Je hoeft iets niet meer te doen voor een plan")
    EmailMessage(
        subject=notices.subject_of(initiative, subject),
        body=render_to_string(
            "agreements/mail/colleague_cancelled.txt", {"cohandler": cohandler, "initiative": initiative}
        ),
        to=[cohandler.manager.email],
        reply_to=notices.answers_to(initiative.contact),
    ).send()


def _event(what, cohandler, by):
    return cohandler.initiative.add_event(
        what, details={"cohandler": cohandler.pk, "key": cohandler.manager.key}, by=by
    )


def people_spoken(initiative):
    """How many people of the municipality an initiator had to do with, each once.

    Who was the contact, who wrote, who called or came by; the front desk counts when somebody there did.
    """
    assigned = Event.objects.about("initiative", str(initiative.public_id)).filter(what="assign").order_by()
    keys = assigned.annotate(key=KeyTextTransform("contact", "details")).values("key")
    contacts = AccountManager.objects.filter(key__in=keys, is_front_desk=False).order_by()
    written = Message.objects.filter(initiative=initiative, from_town=True, by__isnull=False).order_by()
    called = Interaction.objects.filter(initiative=initiative, by__isnull=False).order_by()
    who = contacts.annotate(who=Coalesce("user_id", -F("pk"))).values_list("who")
    return who.union(written.values_list("by_id"), called.values_list("by_id")).count()
