"""Who is told what when something happens to an initiative: one event, one notice a person, one mail.

The table names the verbs people are told about; what nobody needs to know of by mail is not in it. The doer
is never told what they did themselves, except that their plan was received.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice
from contacts.models import Absence, running
from initiatives.models import Message, MessageKind

TOLD = {
    # verb: (subject for the initiator, subject for the contact); empty: this side is not told
    "submit": (_("We hebben je plan ontvangen"), _("Een nieuw plan")),
    "assign": (_("Je vaste contactpersoon"), _("Je bent nu de contactpersoon")),
    "begin_dialogue": (_("We gaan met je in gesprek"), ""),
    "await_decision": (_("Je plan wacht op een besluit"), ""),
    "start": (_("Je plan gaat beginnen"), ""),
    "reconsider": (_("We praten verder over je plan"), ""),
    "realise": (_("Je plan is gerealiseerd"), _("Een plan is gerealiseerd")),
    "keep_going": (_("Je plan loopt door"), _("Een plan loopt door")),
    "pause": (_("Je plan staat even stil"), _("Een plan staat even stil")),
    "resume": (_("Je plan gaat weer verder"), _("Een plan gaat weer verder")),
    "withdraw": ("", _("Een plan is gestopt")),
    "stop": (_("Je plan is gestopt"), ""),
    "refer": (_("Je plan gaat naar iemand anders"), ""),
    "reopen": (_("Je plan gaat weer verder"), _("Een plan gaat weer verder")),
    "release": (_("Je plan staat op de site"), ""),
    "hide": (_("Je plan staat niet meer op de site"), ""),
    "edit": ("", _("Een plan is veranderd")),
    "write": (_("Een bericht over je plan"), _("Een bericht over een plan")),
}
ALWAYS = {"submit"}  # the receipt also goes to who did it


def tell(event, initiative, *, by, sentence=""):
    """Notices and mails about an event, in the transaction of the event; how many people were told."""
    subjects = TOLD.get(event.what)
    if not subjects:
        return 0
    people = [*initiators(initiative, subjects[0]), *town(initiative, subjects[1])]
    told = 0
    for user, address, subject, side in people:
        if user is not None and user == by and not (event.what in ALWAYS and side == "initiator"):
            continue
        if user is not None:
            Notice.objects.get_or_create(user=user, event=event)
        if address and wants_mail(user, event.what):
            mail(event, initiative, address, subject, side, sentence)
        told += 1
    return told


def initiators(initiative, subject):
    """(user, address, subject, side) of those whose plan it is."""
    if not subject:
        return
    for one in initiative.initiators():
        yield one.user, one.user.email if one.user else one.email, subject, "initiator"


def town(initiative, subject):
    """The same for the contact, and for the deputy while the contact is away."""
    if not subject or not initiative.contact:
        return
    contact = initiative.contact
    yield contact.user, contact.email, subject, "contact"
    away = Absence.objects.filter(running(), manager=contact).select_related("deputy__user").first()
    deputy = away and (away.deputy or contact.deputy)
    if deputy:
        yield deputy.user, deputy.email, subject, "contact"


def wants_mail(user, what):
    """True unless the person switched this mail off; the receipt can't be switched off."""
    if user is None or what in ALWAYS:
        return True
    return not user.notification_preferences.filter(kind=what, by_mail=False).exists()


def mail(event, initiative, address, subject, side, sentence):
    """One mail through the outbox; answers go to the contact's work mailbox."""
    context = {
        "initiative": initiative,
        "what": event.what,
        "sentence": sentence,
        "message": last_message(initiative) if event.what == "write" else None,
        "clocks": initiative.clocks.filter(stopped_on=None) if event.what == "submit" else [],
        "base_url": settings.BASE_URL,
        "subject": subject,
    }
    body = render_to_string(f"initiatives/mail/{side}.txt", context)
    contact = initiative.contact
    EmailMessage(
        subject=f"{subject}: {one_line(initiative.title)} ({initiative.reference})",
        body=body,
        to=[address],
        reply_to=[contact.email] if contact and contact.email and side == "initiator" else [],
    ).send()


def last_message(initiative):
    return Message.objects.filter(initiative=initiative, kind=MessageKind.TALK).last()


def one_line(text):
    """A title as it may stand in a subject: no line breaks, no endless length."""
    return " ".join(text.split())[:80]
