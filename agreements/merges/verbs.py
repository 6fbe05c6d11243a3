"""What can happen to a proposal to merge two plans: one table, one writer.

Every verb first locks the rows of both plans, in the order of their numbers, so that whatever happens to them
at the same moment happens one after the other. Only the second yes merges them.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agreements.merges import words
from agreements.merges.models import Merge, MergeState
from agreements.requirements.models import RequirementQuestion
from initiatives import notices
from initiatives import verbs as plans
from initiatives.models import Initiative
from initiatives.verbs import OPEN, SENT, initiator, officer

RULES = {
    # verb: (both plans in which states, by whom, event)
    "propose": (OPEN, officer, "merge_proposed"),
    "withdraw": (SENT, officer, "merge_withdrawn"),
    "agree": (OPEN, initiator, "merge_agreed"),
    "decline": (SENT, initiator, "merge_declined"),
}
ENOUGH_OF_ONE = {"agree", "decline"}  # for these it is enough that one of both plans is theirs
LASTS = timedelta(days=30)
QUIET = timedelta(days=90)  # after a no the same is not asked again for so long
MOST_OPEN = 5  # proposals about one plan at the same time
UNFINISHED = {  # what nobody would be reminded of once the plan has ended -> what there is of it
    lazy("toezeggingen"): lambda plan: plan.commitments.open(),
    lazy("werk van collega’s"): lambda plan: plan.cohandlers.open(),
    lazy("vragen over eisen"): lambda plan: RequirementQuestion.objects.open().filter(
        requirement__initiative=plan
    ),
    lazy("besluiten"): lambda plan: plan.decisions.waiting(),
}


def may_propose(plan, user):
    """True when this person may propose to merge this plan with another."""
    states, who, _event_name = RULES["propose"]
    return plan.state in states and who(user, plan)


def hurdles(leaves, stays):
    """Why `leaves` cannot go on in `stays` today, in sentences for colleagues; empty where it can."""
    found = []
    if left := [str(what) for what, of in UNFINISHED.items() if of(leaves).exists()]:
        first = _("%(plan)s kan nog niet eindigen. Rond daar eerst af wat nog loopt: %(what)s.")
        found.append(first % {"plan": leaves.reference, "what": ", ".join(left)})
    handler = stays.contact.user_id
    if handler and leaves.initiators().filter(user=handler).exists():
        found.append(_("Geef %(plan)s eerst een andere contactpersoon.") % {"plan": stays.reference})
    return found


@transaction.atomic
def propose(leaves, stays, *, by, why):
    """The initiators of both plans are asked whether `leaves` may go on in `stays`."""
    leaves, stays = _locked(leaves, stays)
    _guard("propose", (leaves, stays), by)
    _check_pair(leaves, stays)
    if trouble := hurdles(leaves, stays):
        raise ValidationError(trouble)
    if not why.strip():
        raise ValidationError({"why": _("Schrijf in één zin waarom ze beter samen verder kunnen.")})
    made = Merge(
        leaves=leaves, stays=stays, why=" ".join(why.split()), until=timezone.localdate() + LASTS, by=by
    )
    made.full_clean()
    made.save()
    _tell("propose", made, by, words.proposed)
    return made


def _check_pair(leaves, stays):
    if leaves.pk == stays.pk:
        raise ValidationError(_("Een plan kan niet samengaan met zichzelf."))
    for plan in (leaves, stays):
        if not plan.initiators().filter(user__isnull=False).exists():
            names = _("Bij %(plan)s kan niemand ja zeggen: de initiatiefnemer heeft hier geen account.")
            raise ValidationError(names % {"plan": plan.reference})
        if Merge.objects.about(plan).open().count() >= MOST_OPEN:
            full = _("Bij %(plan)s lopen al %(n)s voorstellen. Wacht op een antwoord.")
            raise ValidationError(full % {"plan": plan.reference, "n": MOST_OPEN})
    said_no = Merge.objects.about(leaves).filter(state=MergeState.DECLINED)
    recent = said_no.filter(closed_at__gt=timezone.now() - QUIET)
    if any(stays.pk in (one.leaves_id, one.stays_id) for one in recent):
        raise ValidationError(_("Een van beide zei kort geleden nee. Vraag het nu niet opnieuw."))


@transaction.atomic
def agree(merge, *, by):
    """Yes of the side this person is on, or of both; the second yes merges the plans.

    True when they merged, False when the other side still has to answer.
    """
    leaves, stays = _begin("agree", merge, by)
    now = timezone.now()
    said = {
        name: now
        for name, plan in (("leaves_agreed_at", leaves), ("stays_agreed_at", stays))
        if initiator(by, plan) and getattr(merge, name) is None
    }
    if not said:
        raise ValidationError(_("Je zei al ja. We wachten op het andere plan."), code="conflict")
    is_last = len(said) == 2 or merge.leaves_agreed_at or merge.stays_agreed_at
    if is_last and hurdles(leaves, stays):
        raise ValidationError(words.not_yet(), code="conflict")
    _write(merge, **said)
    if not (merge.leaves_agreed_at and merge.stays_agreed_at):
        _tell("agree", merge, by, lambda one, plan: words.half())
        return False
    _write(merge, state=MergeState.DONE, closed_at=now)
    told = {"sentence": words.done(merge, leaves), "welcome": words.done(merge, stays)}
    plans.merge(leaves, stays, by=by, **told)
    _let_others_go(leaves)
    return True


def _let_others_go(plan):
    """What else was proposed about a plan that has ended is over."""
    for other in Merge.objects.about(plan).open().with_plans():
        _close(other, MergeState.LAPSED, None)


@transaction.atomic
def decline(merge, *, by):
    """No, without a reason: each plan goes its own way."""
    _begin("decline", merge, by)
    _close(merge, MergeState.DECLINED, by)


@transaction.atomic
def withdraw(merge, *, by):
    """The proposal is taken back before both have answered."""
    _begin("withdraw", merge, by)
    _close(merge, MergeState.WITHDRAWN, by)


def _close(merge, state, by):
    _write(merge, state=state, closed_at=timezone.now())
    verb = {MergeState.DECLINED: "decline", MergeState.WITHDRAWN: "withdraw"}.get(state, "lapse")
    _tell(verb, merge, by, words.apart)


def lapse(today):
    """How many proposals ended today because not both answered, or a plan ended; may run twice."""
    return sum(_lapse_one(pk, today) for pk in list(Merge.objects.over(today).values_list("pk", flat=True)))


@transaction.atomic
def _lapse_one(pk, today):
    merge = Merge.objects.with_plans().get(pk=pk)
    _locked(merge.leaves, merge.stays)
    merge = Merge.objects.over(today).with_plans().filter(pk=pk).first()
    if merge is None:
        return False
    _close(merge, MergeState.LAPSED, None)
    return True


# The one writer -----------------------------------------------------------------------------------------
def _locked(leaves, stays):
    """Both plans as they are now, locked until the transaction ends."""
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("contact", "merged_into")
    found = {plan.pk: plan for plan in rows.filter(pk__in=[leaves.pk, stays.pk]).order_by("pk")}
    return found[leaves.pk], found[stays.pk]


def _guard(verb, pair, by):
    states, who, _event_name = RULES[verb]
    theirs = [who(by, plan) for plan in pair]
    if not (any(theirs) if verb in ENOUGH_OF_ONE else all(theirs)):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    for plan in pair:
        if plan.state not in states:
            ended = _("Dit kan niet meer: %(plan)s is %(state)s.")
            told = {"plan": plan.reference, "state": plan.get_state_display()}
            raise ValidationError(ended % told, code="conflict")


def _begin(verb, merge, by):
    """Both plans, locked, where this verb is allowed and the proposal, read again, still waits."""
    merge.leaves, merge.stays = pair = _locked(merge.leaves, merge.stays)
    _guard(verb, pair, by)
    stored = Merge.objects.get(pk=merge.pk)
    if stored.state != MergeState.OPEN:
        gone = _("Iemand anders was je voor: dit voorstel is al %(state)s.")
        raise ValidationError(gone % {"state": stored.get_state_display()}, code="conflict")
    if stored.until < timezone.localdate():
        raise ValidationError(_("Dit voorstel is verlopen. Je plan gaat gewoon door."), code="conflict")
    for name in ("leaves_agreed_at", "stays_agreed_at", "version"):
        setattr(merge, name, getattr(stored, name))
    return pair


def _write(merge, **changes):
    """The values, if nobody was first."""
    seen = merge.version
    for name, value in changes.items():
        setattr(merge, name, value)
    merge.full_clean(validate_unique=False)
    found = Merge.objects.filter(pk=merge.pk, state=MergeState.OPEN, version=seen)
    if not found.update(**changes, version=F("version") + 1):
        words_ = _("Iemand anders was je voor: er is net iets veranderd. Kijk eerst wat er nu staat.")
        raise ValidationError(words_, code="conflict")
    merge.version = seen + 1


def _tell(verb, merge, by, say):
    """What happened, in the timeline of both plans, and to everybody it concerns."""
    what = RULES[verb][2] if verb in RULES else "merge_lapsed"
    for plan in (merge.leaves, merge.stays):
        event = plan.add_event(what, details={"merge": merge.pk}, by=by)
        notices.tell(event, plan, by=by, sentence=say(merge, plan))
