"""What is said about a plan that goes to somebody else."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agreements.referrals.models import Answer


def referred(referral):
    """To whom, why, what to expect, and how to reach them."""
    told = {"whom": referral.whom, "why": referral.why, "expect": referral.expect}
    parts = [
        _("Dit plan past beter bij: %(whom)s."),
        _("Waarom: %(why)s"),
        _("Wat je mag verwachten: %(expect)s"),
    ]
    said = [part % told for part in parts]
    if referral.reach:
        said.append(_("Zo bereik je ze: %(reach)s.") % {"reach": referral.reach})
    if referral.mailbox:
        said.append(_("Wij kunnen je plan doorsturen. Dat doen we alleen als jij ja zegt, bij je plan."))
    return "\n\n".join(said)


def consent(referral):
    """What somebody says yes to."""
    return _("De gemeente stuurt de tekst van mijn plan en mijn naam en e-mailadres aan %(whom)s.") % {
        "whom": referral.whom
    }


def sent(referral):
    told = {"whom": referral.whom, "day": date_format(referral.due_on, "j F Y")}
    return _("Het plan is doorgestuurd aan %(whom)s. We verwachten een antwoord voor %(day)s.") % told


def taken_back(referral):
    told = {"whom": referral.whom}
    return _("De initiatiefnemer trok het ja in. %(whom)s kan het plan niet meer lezen via onze link.") % told


ANSWERED = {
    Answer.RECEIVED: lazy("%(whom)s heeft je plan ontvangen en bekijkt het."),
    Answer.TAKES_ON: lazy("%(whom)s pakt je plan op. Zij nemen contact met je op."),
    Answer.DECLINES: lazy("%(whom)s zegt: dit past niet bij ons. Je contactpersoon zoekt met je verder."),
}


def answered(referral):
    """What the receiver says, with their own words."""
    said = ANSWERED[referral.answer] % {"whom": referral.whom}
    return f"{said}\n\n{_('Zij schrijven:')} {referral.note}" if referral.note else said


def silent(referral):
    told = {"whom": referral.whom, "day": date_format(referral.due_on, "j F Y")}
    return (
        _(
            "%(whom)s zou voor %(day)s antwoorden, en deed dat niet. Bel ze even. Lukt het niet? Open het "
            "plan dan weer, en help de initiatiefnemer zelf verder."
        )
        % told
    )


def ready_text(referral, town):
    """What the initiator can send themselves: {subject, paragraphs}."""
    plan = referral.initiative
    paragraphs = [
        _("Hallo,"),
        _("De gemeente %(town)s wees mij naar jullie. Ik heb een plan: %(title)s.")
        % {"town": town, "title": plan.title},
        plan.summary or plan.story[:600],
        _("Kunnen jullie hierbij helpen? Laat je het mij weten?"),
        _("Het kenmerk bij de gemeente is %(reference)s. Contact daar: %(contact)s.")
        % {"reference": plan.reference, "contact": plan.contact.function},
        _("Groeten,"),
    ]
    return {"subject": _("Een plan: %(title)s") % {"title": plan.title}, "paragraphs": paragraphs}
