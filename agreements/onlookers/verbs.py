"""What an initiator may do after a missed promise: ask somebody to look along, and take that back."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.onlookers.models import STAYS, Onlooker
from contacts.models import PortfolioHolder, Term, running
from goals.models import GoalPortfolio
from initiatives import notices
from initiatives.models import GoalLink, Initiative
from initiatives.verbs import OPEN, initiator
from townhall.models import Municipality

RULES = {  # verb -> (from which states of the plan, by whom)
    "ask_onlooker": (OPEN, initiator),
    "revoke_onlooker": (None, initiator),
}
MOST = 5  # who are asked to look along at one plan in those days


def may_ask(initiative, user):
    """True for an initiator whose plan waits longer than was promised."""
    states, who = RULES["ask_onlooker"]
    return initiative.state in states and who(user, initiative) and is_late(initiative)


def is_late(initiative):
    """True when a promise about this plan is overdue."""
    return initiative.clocks.overdue().exists()


def holders_for(initiative):
    """Who of the executive answers for the goals of this plan; all who govern where it has no goals."""
    goals = GoalLink.objects.filter(initiative=initiative).values("goal")
    theirs = GoalPortfolio.objects.filter(running(), goal__in=goals).values("portfolio")
    terms = Term.objects.filter(running(), holder=OuterRef("pk"))
    found = PortfolioHolder.objects.filter(Exists(terms.filter(portfolio__in=theirs)))
    return (found if found.exists() else PortfolioHolder.objects.in_office()).order_by("name", "key")


def _guard(verb, initiative, by):
    states, who = RULES[verb]
    if not who(by, initiative):
        raise PermissionDenied(_("Dit kan alleen de initiatiefnemer."))
    if states is not None and initiative.state not in states:
        raise ValidationError(
            _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
            % {"state": initiative.get_state_display()},
            code="conflict",
        )


@transaction.atomic
def ask(initiative, *, by, holder=None):
    """Somebody may look along for a month: the office of this holder, or (None) the clerks of the council.

    They get the link by mail; the contact is told, and the timeline keeps it.
    """
    plans = Initiative.objects.select_for_update(of=("self",)).select_related("contact__department")
    initiative = plans.get(pk=initiative.pk)
    _guard("ask_onlooker", initiative, by)
    if not is_late(initiative):
        raise ValidationError(_("Dit kan als een termijn voorbij is. Nu zijn we nog op tijd."))
    if holder and not holders_for(initiative).filter(pk=holder.pk).exists():
        raise ValidationError({"whom": _("Deze bestuurder gaat hier niet over. Kies iemand anders.")})
    asked = initiative.onlookers.filter(at__gt=timezone.now() - STAYS)  # revoked ones too: each got a mail
    if asked.filter(holder=holder).exists():
        raise ValidationError({"whom": _("Deze vraag stelde je al. Dat kan één keer in de 30 dagen.")})
    if asked.count() >= MOST:
        raise ValidationError(_("Je vroeg dit al %(n)s keer in 30 dagen. Bel de gemeente.") % {"n": MOST})
    kind = Onlooker.Kind.OFFICE if holder else Onlooker.Kind.COUNCIL
    made = Onlooker(initiative=initiative, kind=kind, holder=holder, by=by, until=timezone.now() + STAYS)
    address = address_of(made)
    if not address:
        words = _("We hebben geen mailadres van %(who)s. Bel de gemeente.") % {"who": made.words}
        raise ValidationError({"whom": words})
    made.save()
    event = _event("ask_onlooker", made, by)
    words = _("Gevraagd is: %(who)s. Bel de initiatiefnemer, en zeg wanneer het wel lukt.") % {
        "who": made.words
    }
    notices.tell(event, initiative, by=by, sentence=words)
    mail(made, address)
    return made


@transaction.atomic
def revoke(onlooker, *, by):
    """The link works no more, from this moment on."""
    _guard("revoke_onlooker", onlooker.initiative, by)
    if not Onlooker.objects.open().filter(pk=onlooker.pk).update(revoked_at=Now()):
        raise ValidationError(_("Deze link werkte al niet meer."), code="conflict")
    _event("revoke_onlooker", onlooker, by)


def opened(onlooker):
    """Remembers when the link was first used."""
    Onlooker.objects.filter(pk=onlooker.pk, seen_at=None).update(seen_at=Now())


def _event(what, onlooker, by):
    return onlooker.initiative.add_event(
        what, details={"onlooker": onlooker.pk, "kind": onlooker.kind}, by=by
    )


def address_of(onlooker):
    """The office of the holder; town hall for the clerks or an office without one; or nothing."""
    town = Municipality.objects.current()
    return (onlooker.holder and onlooker.holder.email) or (town and town.email)


def mail(onlooker, address):
    """The link, to who looks along."""
    initiative = onlooker.initiative
    context = {"onlooker": onlooker, "initiative": initiative, "base_url": settings.BASE_URL}
    subject = _("Wil je meekijken bij een plan?")
    EmailMessage(
        subject=f"{subject} {notices.one_line(initiative.title)} ({initiative.reference})",
        body=render_to_string("agreements/mail/onlooker.txt", context),
        to=[address],
        reply_to=notices.answers_to(initiative.contact),
    ).send()
