"""Doing one thing to many plans, and taking it back: each plan by its own verb, all in one transaction.

What a verb refuses holds up none of the others: that plan is passed over, with the words of the verb.
Initiators are told as always; a colleague gets one mail of all plans together.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import AccountManager
from contacts.verbs import role_of
from desk import verbs as desk
from desk.batch.models import Batch, BatchRow
from goals.models import Goal
from initiatives import notices, verbs
from initiatives.models import Initiative
from matching import verbs as verdicts

MOST = 100
State, Act = BatchRow.State, Batch.Act


def give(plan, *, by, contact, told="", although=""):
    """Another contact."""
    if plan.contact_id == contact.pk:
        raise ValidationError(_("Deze collega is al de contactpersoon."))
    before = plan.contact.key
    verdicts.add(plan, "manager", contact, by=by, reason=although, told=told)
    return {"from": before, "contact": contact.key}


def take(plan, *, by, told="", although=""):
    """Oneself as the contact."""
    return give(plan, by=by, contact=role_of(by), told=told, although=although)


def ungive(plan, details, *, by):
    """The contact of before, if nobody chose another since."""
    if plan.contact.key != details["contact"]:
        raise ValidationError(_("Het plan heeft intussen een andere contactpersoon."), code="conflict")
    before = AccountManager.objects.employed().filter(key=details["from"]).first()
    if before is None:
        raise ValidationError(_("De vorige contactpersoon werkt hier niet meer."), code="conflict")
    verdicts.undo(plan, "manager", plan.contact, by=by)


def triage(plan, *, by, contact, sentence, although=""):
    """The talk begins, with this contact and this sentence; nothing is linked, nothing goes on the site."""
    desk.triage(
        plan, by=by, version=plan.version, chosen={}, contact=contact, although=although, sentence=sentence
    )
    return {}


def untriage(plan, details, *, by):
    desk.undo_triage(plan, by=by)


def link_goal(plan, *, by, goal):
    """The plan contributes to this goal."""
    if plan.goal_links.filter(goal=goal).exists():
        raise ValidationError(_("Dit plan hoort al bij dit doel."))
    verdicts.add(plan, "goal", goal, by=by)
    return {"goal": goal.key}


def unlink_goal(plan, details, *, by):
    verdicts.undo(plan, "goal", Goal.objects.get(key=details["goal"]), by=by)


def seen(plan, *, by):
    """What there was to tell this officer of the plan is read."""
    notices.seen(by, plan)
    return {}


@dataclass(frozen=True, slots=True)
class Way:
    """How an act is done and taken back; asks: the arguments it cannot do without, may: those it can.

    verb: what of initiatives it comes down to; empty where it changes no plan.
    """

    do: Callable[..., dict]
    undo: Callable[..., Any] | None
    asks: tuple = ()
    may: tuple = ()
    verb: str = ""


WAYS = {
    Act.GIVE: Way(give, ungive, ("contact", "told"), ("although",), "assign"),
    Act.TAKE: Way(take, ungive, ("told",), ("although",), "assign"),
    Act.TRIAGE: Way(triage, untriage, ("contact", "sentence"), ("although",), "begin_dialogue"),
    Act.LINK_GOAL: Way(link_goal, unlink_goal, ("goal",), (), "link_goal"),
    Act.SEEN: Way(seen, None),
}


def out_of_turn(act, plan):
    """Why a plan that stands where it does will be passed over, in words; empty where it will not."""
    verb = WAYS[act].verb
    if not verb or plan.state in verbs.RULES[verb][0]:
        return ""
    return _("Dit kan nu niet: het plan staat op ‘%(state)s’.") % {"state": plan.get_state_display()}


@transaction.atomic
def do(act, plans, *, by, **values):
    """The Batch: this act on each of these plans, as {reference: version}; what was left out is told.

    values: the arguments that the act asks for (WAYS).
    """
    guard(by)
    if not plans:
        raise ValidationError({"plans": _("Vink eerst aan welke plannen je bedoelt.")})
    if len(plans) > MOST:
        raise ValidationError({"plans": _("Kies hoogstens %(n)s plannen tegelijk.") % {"n": MOST}})
    way, made = WAYS[act], Batch.objects.create(act=act, by=by)
    values = {name: value for name, value in values.items() if name in (*way.asks, *way.may)}
    missing = {name: _("Vul dit in.") for name in way.asks if not values.get(name)}
    if missing:
        raise ValidationError(missing)
    with notices.colleagues_later() as news:
        for pk, reference in numbers(by, plans):
            do_one(made, pk, plans[reference], lambda plan: way.do(plan, by=by, **values))
    tell_colleagues(news)
    return made


def guard(by):
    if not (by.is_authenticated and by.is_officer):
        raise PermissionDenied(_("Dit kan alleen een ambtenaar."))


def numbers(user, plans):
    """(number, reference) of those plans this officer may see, in the order in which all take their locks."""
    found = Initiative.objects.visible_to(user).registered().filter(reference__in=plans)
    return list(found.order_by("pk").values_list("pk", "reference"))


def locked(pk):
    plans = Initiative.objects.select_for_update(of=("self",))
    return plans.select_related("contact__department", "contact__deputy").get(pk=pk)


def do_one(batch, pk, version, act):
    """One plan: done, or passed over with the words of the verb that refused."""
    state, why, details = State.DONE, "", {}
    try:
        with transaction.atomic():
            plan = locked(pk)
            if not verbs.officer(batch.by, plan):
                raise PermissionDenied(_("Niemand behandelt een eigen plan."))
            if plan.version != version:
                raise desk.somebody_was_first()
            details = act(plan)
    except (ValidationError, PermissionDenied) as refused:
        state, why = State.PASSED, in_words(refused)
    BatchRow.objects.create(batch=batch, initiative_id=pk, state=state, why=why, details=details)


def in_words(refused):
    return " ".join(getattr(refused, "messages", [str(refused)]))[:300]


@transaction.atomic
def undo(batch, *, by):
    """Everything as before, as far as nothing happened since; how many plans that are."""
    guard(by)
    held = Batch.objects.select_for_update().filter(pk=batch.pk, by=by).first()
    if held is None:
        raise PermissionDenied(_("Alleen wie dit deed, kan het terugdraaien."))
    if not held.may_be_undone:
        raise ValidationError(
            _("Terugdraaien kan niet meer: het is al gedaan, of het is te lang geleden."), code="conflict"
        )
    Batch.objects.filter(pk=held.pk).update(undone_at=Now())
    rows = held.rows.filter(state=State.DONE).order_by("initiative")
    with notices.colleagues_later() as news:
        done = [undo_one(row, WAYS[held.act].undo, by) for row in rows]
    tell_colleagues(news)
    batch.refresh_from_db()
    return sum(done)


def undo_one(row, way, by):
    """True when it was taken back; else the row says why not."""
    row.state, row.why = State.UNDONE, ""
    try:
        with transaction.atomic():
            way(locked(row.initiative_id), row.details, by=by)
    except (ValidationError, PermissionDenied) as refused:
        row.state, row.why = State.DONE, in_words(refused)
    row.save()
    return row.state == State.UNDONE


def sweep():
    """Old ones go; how many rows that were."""
    return Batch.objects.old().delete()[0]


# Mail -------------------------------------------------------------------------------------------------------
SUBJECTS = {  # side of the news -> subject
    "contact": lazy("Je krijgt plannen van een collega"),
    "former": lazy("Een collega neemt plannen van je over"),
}


def tell_colleagues(news):
    """One mail to each who got plans, and to each who gave them up."""
    numbers = Counter((one.address, one.side) for one in news if one.event.what == "assign")
    for (address, side), number in sorted(numbers.items()):
        mail(address, side, number)


def mail(address, side, number):
    mine = urlencode({"next": f"{reverse('desk:inbox')}?lijst=van-mij"})
    here = f"{settings.BASE_URL}{reverse('account_login')}?{mine}"
    EmailMessage(
        subject=f"{SUBJECTS[side]} ({number})",
        body=render_to_string("desk/mail/batch.txt", {"number": number, "here": here, "side": side}),
        to=[address],
    ).send()
