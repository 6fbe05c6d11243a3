"""What can happen to a question to the council: ask, receive, forward, answer, take back, be silent.

Every verb first locks the row of the plan, and writes only what nobody changed meanwhile. The clerks read the
question and what was written with it; of the plan itself no more than everybody does.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import User
from agreements.council import words
from agreements.council.models import BACK_EVENT, ENDED_EVENT, UNDER_WAY, CouncilQuestion, QuestionState
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import OPEN, either, initiator
from townhall import verbs as town
from townhall.calendar import add_working_days, is_working_day
from townhall.days import check_day
from townhall.models import Municipality

YEARS = 2  # how far away a meeting may be
MOST_ASKED, WITHIN = 5, timedelta(days=30)  # questions about one plan; each is a mail to all clerks


def clerk(user, plan):
    """A clerk of the council, but never the one whose own plan it is."""
    return user.is_authenticated and user.is_clerk and not initiator(user, plan)


RULES = {
    # verb: (by whom, in which states of the question; None: of no question yet, to which state, event)
    "ask": (either, None, QuestionState.ASKED, "council_asked"),
    "receive": (clerk, {QuestionState.ASKED}, QuestionState.RECEIVED, "council_received"),
    "forward": (
        clerk,
        {QuestionState.RECEIVED, QuestionState.FORWARDED},
        QuestionState.FORWARDED,
        "council_forwarded",
    ),
    "answer": (
        clerk,
        {QuestionState.RECEIVED, QuestionState.FORWARDED},
        QuestionState.ANSWERED,
        "council_answered",
    ),
    "take_back": (either, UNDER_WAY, QuestionState.WITHDRAWN, "council_withdrawn"),
}
NEEDED = {  # state -> what it cannot do without, and the sentence where that is missing
    QuestionState.ASKED: {
        "question": lazy("Schrijf de vraag op in één zin."),
        "background": lazy("Schrijf op wat de raad weten moet."),
    },
    QuestionState.ANSWERED: {
        "answer": lazy("Schrijf op wat het antwoord is."),
        "next_step": lazy("Schrijf op wat de initiatiefnemer nu kan doen."),
    },
}
LATE = "council_late"
SUBJECTS = {  # event -> subject of the mail to the clerks
    "council_asked": lazy("Een vraag aan de gemeenteraad"),
    "council_withdrawn": lazy("Een vraag aan de gemeenteraad is teruggenomen"),
    LATE: lazy("Een vraag aan de gemeenteraad wacht te lang"),
    ENDED_EVENT: lazy("Een vraag aan de gemeenteraad vervalt"),
    BACK_EVENT: lazy("Een vraag aan de gemeenteraad gaat toch door"),
}


def allowed(question, user):
    """The verbs this person may use on this question now, in the order of the table."""
    plan = question.initiative
    if plan.state not in OPEN:
        return []
    return [
        verb
        for verb, (who, states, _to, _event) in RULES.items()
        if states and question.state in states and who(user, plan)
    ]


def may_ask(plan, user):
    """True when this person may ask the council something about this plan now."""
    return plan.state in OPEN and either(user, plan) and not plan.council_questions.open().exists()


@transaction.atomic
def ask(initiative, *, by, question, background):
    """A question about this plan goes to the clerks, one at a time; everybody concerned is told."""
    plan = Initiative.objects.locked(initiative.pk)
    _guard("ask", plan, by)
    if plan.council_questions.open().exists():
        words_ = _("Er ligt al een vraag over dit plan bij de griffie. Kijk eerst wat er nu staat.")
        raise ValidationError(words_, code="conflict")
    today = timezone.localdate()
    if plan.council_questions.filter(asked_on__gt=today - WITHIN).count() >= MOST_ASKED:
        words_ = _("Over dit plan zijn in %(days)s dagen al %(most)s vragen gesteld. Stel je vraag later.")
        raise ValidationError(words_ % {"days": WITHIN.days, "most": MOST_ASKED})
    made = CouncilQuestion(
        initiative=plan,
        question=question.strip(),
        background=background.strip(),
        from_town=not initiator(by, plan),
        by=by,
        asked_on=today,
        due_on=add_working_days(today, _days()),
    )
    _check(made)
    made.full_clean(exclude=["key"])
    made.key = town.next_key(CouncilQuestion, "R")
    made.save()
    _tell("ask", made, by, words.asked(made))
    return made


@transaction.atomic
def receive(question, *, by, version=None):
    """A clerk has it, and says so."""
    today = timezone.localdate()
    values = {"received_on": today, "due_on": add_working_days(today, _days())}
    return _do("receive", question, by, version, words.received, **values)


@transaction.atomic
def forward(question, *, by, to, meets_on, version=None):
    """It goes to a committee or to members of the council, who discuss it on a day; again if that moves."""
    check_day("meets_on", meets_on, YEARS)
    values = {
        "forwarded_to": to.strip(),
        "forwarded_on": timezone.localdate(),
        "meets_on": meets_on,
        "due_on": add_working_days(meets_on, _days()),
    }
    if not values["forwarded_to"]:
        raise ValidationError({"to": _("Schrijf op naar wie de vraag gaat.")})
    return _do("forward", question, by, version, words.forwarded, **values)


@transaction.atomic
def answer(question, *, by, answer, next_step, version=None):
    """What the council says, and what the initiator can do now."""
    values = {"answer": answer.strip(), "next_step": next_step.strip(), "closed_on": timezone.localdate()}
    return _do("answer", question, by, version, words.answered, **values)


@transaction.atomic
def take_back(question, *, by, reason, version=None):
    """The question is not needed any more, and why; the clerks are told."""
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom de vraag niet meer nodig is.")})
    values = {"closing_reason": reason.strip(), "closed_on": timezone.localdate()}
    return _do("take_back", question, by, version, words.withdrawn, **values)


def remind(today):
    """Of how many late questions the contact and the clerks were told; none while town hall is closed."""
    if not is_working_day(today):
        return 0
    found = list(CouncilQuestion.objects.silent(today).values_list("pk", flat=True))
    return sum(_remind_one(pk, today) for pk in found)


@transaction.atomic
def _remind_one(pk, today):
    """True when this one was told of now; a second run finds it told."""
    if not CouncilQuestion.objects.silent(today).filter(pk=pk).update(reminded_on=today):
        return False
    question = CouncilQuestion.objects.select_related("initiative__contact__user").get(pk=pk)
    _note(LATE, question, None, words.late(question))
    return True


def lapse(today):
    """Of how many questions clerks were told that the plan ended, or goes on after all; may run twice."""
    if not is_working_day(today):
        return 0
    every = CouncilQuestion.objects
    return sum(
        _tell_once(what, pk, waiting)
        for what, waiting in ((ENDED_EVENT, every.lapsed), (BACK_EVENT, every.back))
        for pk in list(waiting().values_list("pk", flat=True))
    )


@transaction.atomic
def _tell_once(what, pk, waiting):
    """True when clerks were told of this one now; whose plan goes on gets a new day for its next step."""
    question = CouncilQuestion.objects.get(pk=pk)
    question.initiative = Initiative.objects.locked(question.initiative_id)
    if not waiting().filter(pk=pk).exists():
        return False
    if what == BACK_EVENT:
        soonest = add_working_days(timezone.localdate(), _days())
        question.due_on, question.reminded_on = max(question.due_on, soonest), None
        question.save(update_fields=["due_on", "reminded_on"])
    _note(what, question, None, "")
    return True


# What they have in common ---------------------------------------------------------------------------------
def _days():
    """Working days within which the clerks take the next step."""
    return (Municipality.objects.current() or Municipality()).days_for("council")


def _guard(verb, plan, by):
    if not RULES[verb][0](by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij deze vraag."))
    if plan.state not in OPEN:
        gone = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(gone % {"state": plan.get_state_display()}, code="conflict")


def _check(question):
    """Names what is missing at its field, in the words that go with it."""
    needed = NEEDED.get(question.state, {})
    if errors := {name: words_ for name, words_ in needed.items() if not getattr(question, name)}:
        raise ValidationError(errors)


def _do(verb, question, by, version, sentence, **values):
    """One step of a question, if nobody was first."""
    _who, states, to, _event = RULES[verb]
    plan = question.initiative = Initiative.objects.locked(question.initiative.pk)
    _guard(verb, plan, by)
    rows = CouncilQuestion.objects.filter(pk=question.pk, state__in=states)
    unchanged = rows.filter(version=version or question.version)
    if not unchanged.exists():
        raise _somebody_was_first()
    for name, value in (values | {"state": to}).items():
        setattr(question, name, value)
    _check(question)
    question.full_clean(exclude=["key"], validate_unique=False)
    if not unchanged.update(**values, state=to, reminded_on=None, version=F("version") + 1):
        raise _somebody_was_first()
    question.refresh_from_db()
    question.initiative = plan
    _tell(verb, question, by, sentence(question))
    return question


def _somebody_was_first():
    words_ = _("Iemand anders was je voor: er is net iets met deze vraag gedaan. Kijk eerst wat er nu staat.")
    return ValidationError(words_, code="conflict")


def _tell(verb, question, by, sentence):
    _note(RULES[verb][3], question, by, sentence)


def _note(what, question, by, sentence):
    """What happened, in the timeline of the plan, and to whom it concerns; also the clerks where they act."""
    plan = question.initiative
    event = plan.add_event(what, details={"question": question.key}, by=by)
    notices.tell(event, plan, by=by, sentence=sentence)
    if what in SUBJECTS:
        _mail_clerks(what, question)


def _mail_clerks(what, question):
    """A mail to each clerk, which is their work and no news; to town hall where nobody else can act.

    A clerk whose own plan it is gets none: who asks does not handle the question.
    """
    here = Municipality.objects.current()
    clerks = [one.email for one in User.objects.clerks() if not initiator(one, question.initiative)]
    addresses = clerks or ([here.email] if here and here.email else [])
    context = {"question": question, "initiative": question.initiative, "what": what, "has_clerk": clerks}
    body = render_to_string("agreements/mail/council_question.txt", context | {"base_url": settings.BASE_URL})
    subject = f"{SUBJECTS[what]}: {notices.one_line(question.question)} ({question.key})"
    for address in addresses:
        EmailMessage(
            subject=subject,
            body=body,
            to=[address],
            reply_to=notices.answers_to(question.initiative.contact),
        ).send()
