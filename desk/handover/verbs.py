"""What happens when somebody leaves: proposals, choices, and then every plan to its new contact.

The plans go one by one, each in a transaction of its own and through the verb `assign`. So what stops halfway
goes on where it was, and what runs twice does nothing twice.
"""

import uuid
from copy import copy

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Count, F
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contacts.models import AccountManager
from desk.handover.models import HandOver, HandOverCase
from desk.handover.proposing import Colleagues, initiators_of, proposals
from desk.models import BLANK
from initiatives import notices, verbs
from initiatives.models import Initiative
from townhall import outbox
from townhall import verbs as town
from townhall.models import Event

KIND = "hand_over"
AT_ONCE = 1_000  # plans for which proposals are made together
NOT_THEIRS = uuid.UUID(int=0)  # in a preview: the address of a plan is for its initiator alone
SLICE = 200  # plans that go over before the next message of the outbox gets its turn
State, Rule, Why = HandOver.State, HandOverCase.Rule, HandOverCase.Why

BLANKS = {  # what stands between square brackets -> how it is filled, from (plan, who leaves, who takes over)
    "vertrekt": lambda plan, leaves, takes_over: leaves.called,
    "contactpersoon": lambda plan, leaves, takes_over: takes_over.called,
    "telefoon": lambda plan, leaves, takes_over: takes_over.phone,
    "plan": lambda plan, leaves, takes_over: plan.title,
    "kenmerk": lambda plan, leaves, takes_over: plan.reference,
}


def may_hand_over(user, manager):
    """True for managers, and for who leads the department of the one who leaves."""
    if not (user.is_authenticated and user.is_officer):
        return False
    lead = manager.department.lead if manager.department else None
    return user.is_manager or bool(lead and lead.user_id == user.pk)


def guard(by, manager):
    if not may_hand_over(by, manager):
        raise PermissionDenied(_("Dit kan alleen de beheerder of de leidinggevende van de afdeling."))


# Making ready -----------------------------------------------------------------------------------------------
def first_sentence():
    """What the letter says unless somebody words it otherwise."""
    return _(
        "[vertrekt] gaat iets anders doen. [contactpersoon] neemt je plan over en kent je verhaal. "
        "Je hoeft niets opnieuw te vertellen."
    )


def front_desk_sentence():
    """What the letter says when the front desk takes over: it is nobody's fixed contact."""
    return _(
        "[vertrekt] begeleidt je plan niet meer. Het loket zoekt een nieuwe vaste contactpersoon voor je."
    )


@transaction.atomic
def prepare(manager, *, by):
    """The hand-over of somebody's open plans, a proposal for each; the same one while it is unfinished."""
    guard(by, manager)
    known = HandOver.objects.unfinished().filter(manager=manager).first()
    if known:
        return known
    if manager.is_front_desk:
        raise ValidationError(_("Dit is het loket. Draag eerst het loket over aan een collega."))
    plans = list(open_plans(manager).values_list("pk", flat=True))
    if not plans:
        raise ValidationError(_("Deze collega heeft geen open plannen meer. Er is niets over te dragen."))
    try:
        with transaction.atomic():
            made = HandOver.objects.create(manager=manager, by=by, sentence=first_sentence())
    except IntegrityError:  # a colleague pressed at the same moment
        return HandOver.objects.unfinished().get(manager=manager)
    colleagues = Colleagues(manager)
    for first in range(0, len(plans), AT_ONCE):
        rows = proposals(plans[first : first + AT_ONCE], colleagues).items()
        HandOverCase.objects.bulk_create(
            HandOverCase(hand_over=made, initiative_id=pk, contact=contact, rule=rule, reason=reason)
            for pk, (contact, rule, reason) in rows
        )
    town.note("prepare_hand_over", manager, by, {"hand_over": made.pk, "number": len(plans)})
    return made


def open_plans(manager):
    """What has to go over, the oldest first."""
    return Initiative.objects.filter(contact=manager, state__in=verbs.OPEN).order_by("pk")


def reword(hand_over, *, by, sentence, version=None):
    """Another sentence to the initiators."""
    guard(by, hand_over.manager)
    unknown = sorted(set(BLANK.findall(sentence.lower())) - set(BLANKS))
    if unknown:
        words = _("Dit kunnen we niet invullen: %(names)s.") % {"names": ", ".join(unknown)}
        raise ValidationError({"sentence": words})
    hand_over.sentence = " ".join(sentence.split())
    hand_over.full_clean(exclude=["manager", "by"], validate_constraints=False)
    _write(hand_over, version, sentence=hand_over.sentence)
    return hand_over


@transaction.atomic
def choose(hand_over, *, by, contact, cases):
    """These plans (numbers of cases) go to this colleague, if they wait; how many did, and how many can't.

    Nobody chooses the contact of a plan of their own.
    """
    guard(by, hand_over.manager)
    _check_contact(hand_over, contact)
    HandOver.objects.select_for_update().get(pk=hand_over.pk)  # nobody begins it meanwhile
    waiting = hand_over.cases.waiting().filter(pk__in=cases)
    found = list(waiting.values_list("initiative", flat=True))
    own = [plan for plan, users in initiators_of(found).items() if {contact.user_id, by.pk} & set(users)]
    moved = waiting.exclude(initiative__in=own).filter(hand_over__state=State.READY)
    number = moved.update(contact=contact, rule=Rule.CHOSEN, reason="")
    if not number and not own and found:
        raise _too_late()
    return number, len(own)


def _check_contact(hand_over, contact):
    if contact.pk == hand_over.manager_id:
        raise ValidationError({"contact": _("Deze collega gaat juist weg. Kies iemand anders.")})
    if not AccountManager.objects.employed().filter(pk=contact.pk).exists():
        raise ValidationError({"contact": _("Deze collega werkt hier niet meer. Kies iemand anders.")})


def start(hand_over, *, by, version=None):
    """From now on the plans go over, in the background."""
    guard(by, hand_over.manager)
    with transaction.atomic():
        _write(hand_over, version, state=State.RUNNING, started_at=Now(), by=by)
        outbox.put(KIND, payload={"hand_over": hand_over.pk})
        town.note("start_hand_over", hand_over.manager, by, {"hand_over": hand_over.pk})
    return hand_over


def cancel(hand_over, *, by, version=None):
    """It goes no further: what is done stays done, and who was not told yet never will be."""
    guard(by, hand_over.manager)
    with transaction.atomic():
        _write(hand_over, version, HandOver.UNFINISHED, state=State.CANCELLED, finished_at=Now())
        number = tell_colleagues(hand_over)
        town.note("cancel_hand_over", hand_over.manager, by, {"hand_over": hand_over.pk, "number": number})
    return hand_over


def _write(hand_over, version, states=(State.READY,), **changes):
    """Written only in these states, and only if nobody was first."""
    stored = HandOver.objects.filter(pk=hand_over.pk, state__in=states)
    if version is not None:
        stored = stored.filter(version=version)
    if not stored.update(**changes, version=F("version") + 1):
        raise _too_late()
    hand_over.refresh_from_db()


def _too_late():
    return ValidationError(
        _("Iemand anders was je voor: deze overdracht is net veranderd of begonnen."), code="conflict"
    )


# Going over -------------------------------------------------------------------------------------------------
def go_on(number):
    """Some plans go over; True while there are more. Whatever stopped halfway goes on here; may run twice."""
    hand_over = (
        HandOver.objects.filter(pk=number, state=State.RUNNING).select_related("manager", "by").first()
    )
    if hand_over is None:
        return False
    colleagues = Colleagues(hand_over.manager)
    for _number in range(SLICE):
        if not next_case(hand_over, colleagues):
            break
    if hand_over.cases.waiting().exists():
        return True
    finish(hand_over)
    return False


@transaction.atomic
def next_case(hand_over, colleagues):
    """The next plan that waits goes over or is passed over; False when there is none left for us."""
    running = HandOver.objects.select_for_update(no_key=True).filter(pk=hand_over.pk, state=State.RUNNING)
    if not running.first():  # stopped meanwhile
        return False
    waiting = hand_over.cases.waiting().select_for_update(of=("self",), skip_locked=True)
    case = waiting.order_by("pk").first()
    if case is None:
        return False
    plans = Initiative.objects.select_for_update(of=("self",)).select_related(
        "contact__department", "district"
    )
    plan = plans.get(pk=case.initiative_id)
    case.why = passed_over(hand_over, plan) or try_to_give(hand_over, case, plan, colleagues)
    case.state = HandOverCase.State.PASSED if case.why else HandOverCase.State.DONE
    HandOverCase.objects.filter(pk=case.pk).update(
        state=case.state, why=case.why, contact=case.contact, rule=case.rule, reason=case.reason, at=Now()
    )
    return True


def passed_over(hand_over, plan):
    """Why a plan does not go over; empty when it does."""
    if plan.contact_id != hand_over.manager_id:
        return Why.MOVED
    if plan.state not in verbs.OPEN:
        return Why.CLOSED
    return "" if verbs.assigns(hand_over.by, plan) else Why.BY


def try_to_give(hand_over, case, plan, colleagues):
    """What `give` says; a plan that is refused holds up none of the others, and keeps the words."""
    try:
        with transaction.atomic():
            return give(hand_over, case, plan, colleagues)
    except (ValidationError, PermissionDenied) as refused:
        case.reason = " ".join(getattr(refused, "messages", [str(refused)]))[:300]
        return Why.FAILED


def give(hand_over, case, plan, colleagues):
    """The plan to the colleague of its case, else to the next proposal; why not, or nothing."""
    initiators = initiators_of([plan.pk]).get(plan.pk, ())
    chosen = case.rule == Rule.CHOSEN
    stands = colleagues.is_here if chosen or case.rule == Rule.FRONT_DESK else colleagues.fits
    if stands(case.contact_id, initiators):
        case.contact = colleagues.take(case.contact_id)
    else:
        case.contact, case.rule, case.reason = instead(hand_over, plan, colleagues, initiators)
    if case.contact is None:
        return Why.NOBODY
    verbs.assign(
        plan,
        by=hand_over.by,
        contact=case.contact,
        reason=sentence_for(hand_over, plan, case.contact),
        although=case.get_rule_display(),
        hand_over=hand_over.pk,
    )
    return ""


def instead(hand_over, plan, colleagues, initiators):
    """Who else may take a plan over: by night the deputy or the front desk, else as the matcher thinks."""
    if hand_over.by is None:
        return colleagues.propose((), initiators)
    return proposals([plan.pk], colleagues)[plan.pk]


def finish(hand_over):
    """The end of it: who got plans, and who leaves, each get one mail."""
    with transaction.atomic():
        stored = HandOver.objects.filter(pk=hand_over.pk, state=State.RUNNING)
        if not stored.update(state=State.DONE, finished_at=Now(), version=F("version") + 1):
            return
        numbers = {"hand_over": hand_over.pk, "number": tell_colleagues(hand_over)}
        town.note("finish_hand_over", hand_over.manager, hand_over.by, numbers)


def tell_colleagues(hand_over):
    """One mail to each who got plans, and to who leaves; how many plans went over."""
    done = hand_over.cases.filter(state=HandOverCase.State.DONE).order_by()
    received = dict(done.values_list("contact").annotate(number=Count("pk")))
    for one in AccountManager.objects.filter(pk__in=received).select_related("user"):
        mail(hand_over, one, received[one.pk], "receives")
    number = sum(received.values())
    if number and hand_over.by:  # by night nobody is left to tell
        mail(hand_over, hand_over.manager, number, "leaves")
    return number


# Letters ----------------------------------------------------------------------------------------------------
def sentence_for(hand_over, plan, contact):
    """The sentence with what stands between square brackets filled in; to the front desk goes another one."""

    def fill(blank):
        known = BLANKS.get(blank[1].lower())
        return known(plan, hand_over.manager, contact) if known else blank[0]

    sentence = front_desk_sentence() if contact.is_front_desk else hand_over.sentence
    return BLANK.sub(fill, sentence)


def preview(hand_over):
    """The letter as the first initiator gets it: {subject, body}; None while nobody gets one."""
    case = hand_over.cases.waiting().filter(contact__isnull=False).first()
    if case is None:
        return None
    plan = copy(case.initiative)
    plan.contact = case.contact
    plan.public_id = NOT_THEIRS
    event = Event(what="assign", details={"first": False, "from": hand_over.manager.key})
    sentence = sentence_for(hand_over, plan, case.contact)
    subject = notices.TOLD["assign"][0]
    letter = notices.letter([notices.News(event, plan, "", subject, "initiator", sentence, has_account=True)])
    return {"subject": letter.subject, "body": letter.body}


def mail(hand_over, manager, number, side):
    """One mail to a colleague about all plans together."""
    if not manager.email or not notices.wants_mail(manager.user, "assign"):
        return
    mine = urlencode({"next": f"{reverse('desk:inbox')}?lijst=van-mij"})
    here = f"{settings.BASE_URL}{reverse('account_login')}?{mine}"
    context = {"hand_over": hand_over, "number": number, "side": side, "here": here}
    subjects = {
        "receives": _("Je krijgt plannen van een collega"),
        "leaves": _("Je plannen zijn overgedragen"),
    }
    EmailMessage(
        subject=f"{subjects[side]} ({number})",
        body=render_to_string("desk/mail/handed_over.txt", context),
        to=[manager.email],
    ).send()
