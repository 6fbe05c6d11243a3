"""What can be done with demands: one table, one writer; and with the library of usual demands.

Only an open demand can be changed, met, dropped or questioned, and while a question waits it is answered
first. A demand, its questions and its answers carry one version: whoever comes second is told.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.requirements.models import (
    WORDING,
    Outcome,
    Requirement,
    RequirementQuestion,
    RequirementState,
    StandardRequirement,
)
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import OPEN, SENT, initiator, officer
from townhall import history
from townhall import verbs as town
from townhall.calendar import add_working_days
from townhall.models import Municipality

RULES = {
    # verb: (by whom, in which states of the plan, with a question that waits; None: of no demand yet)
    "set_requirement": (officer, OPEN, None),
    "correct_requirement": (officer, OPEN, False),
    "meet_requirement": (officer, SENT, False),
    "drop_requirement": (officer, SENT, False),
    "question_requirement": (initiator, OPEN, False),
    "answer_requirement": (officer, SENT, True),
}
ANSWER_FIRST = _("Er staat nog een vraag open over deze eis. Beantwoord die eerst.")
ASKED_ALREADY = _("Er staat al een vraag open over deze eis.")
SOMEBODY_WAS_FIRST = _("Iemand anders was je voor: deze eis is net veranderd. Kijk eerst hoe het nu staat.")


def may(initiative, user):
    """The verbs this person may use on some demand of this plan as the plan stands now, in order.

    Nobody is on both sides of a plan, so one question to the database is enough.
    """
    side = next((who for who in (officer, initiator) if who(user, initiative)), None)
    return [verb for verb, (who, states, _q) in RULES.items() if who is side and initiative.state in states]


def ready_for(verbs, requirement):
    """Those of these verbs that this demand can bear now."""
    waits = requirement.open_question is not None
    return [verb for verb in verbs if requirement.is_open and RULES[verb][2] is waits]


def offered(initiative, user, may_use, most):
    """The demands of a plan as this person sees them, each with `.offers`: the verbs they may use now.

    may_use: what `may` gives. As many queries for one as for many; at most so many demands.
    """
    found = list(initiative.requirements.visible_to(user).for_pages()[:most])
    for requirement in found:
        requirement.offers = ready_for(may_use, requirement)
    return found


# The verbs --------------------------------------------------------------------------------------------
@transaction.atomic
def set_requirement(initiative, *, by, standard=None, **wording):
    """A new demand: in the words of a standard one, or in one's own (fields of WORDING).

    The plan is held until the end: one that stops at this moment gets no demand any more.
    """
    plan = Initiative.objects.locked(initiative.pk)
    _guard("set_requirement", plan, by)
    if standard:
        wording = {name: getattr(standard, name) for name in WORDING} | wording
    requirement = Requirement(initiative=plan, standard=standard, **wording)
    requirement.full_clean(exclude=["key"])
    requirement.key = town.next_key(Requirement, "E")
    requirement.save()
    _tell("set_requirement", requirement, by, sentence=requirement.text)
    return requirement


@transaction.atomic
def correct_requirement(requirement, *, by, version=None, **wording):
    """The demand in other words; nothing happens when they are the same."""
    changes = {name: value for name, value in wording.items() if getattr(requirement, name) != value}
    if not changes:
        _guard("correct_requirement", requirement.initiative, by, requirement)
        return requirement
    details, sentence = {"fields": sorted(changes)}, changes.get("text", requirement.text)
    return _do("correct_requirement", requirement, by, version, details, sentence, **changes)


@transaction.atomic
def meet_requirement(requirement, *, by, version=None):
    """What was demanded is there."""
    closed = {"state": RequirementState.MET, "closed_on": timezone.localdate()}
    return _do("meet_requirement", requirement, by, version, sentence=requirement.text, **closed)


@transaction.atomic
def drop_requirement(requirement, *, by, reason, version=None):
    """It is demanded no more; the initiator reads why."""
    _guard("drop_requirement", requirement.initiative, by, requirement)
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf in één zin waarom de eis vervalt.")})
    sentence = _about(requirement, reason)
    return _do("drop_requirement", requirement, by, version, sentence=sentence, **_dropped(reason))


@transaction.atomic
def question_requirement(requirement, *, by, text, version=None):
    """The initiator asks whether it is really needed; from today the answer has a term."""
    today = timezone.localdate()
    due_on = add_working_days(today, _days_for_an_answer())
    question = RequirementQuestion(requirement=requirement, text=text, asked_on=today, due_on=due_on)
    question.clean_fields(exclude=["requirement"])
    details, sentence = {"due": due_on.isoformat()}, _about(requirement, text)
    _do("question_requirement", requirement, by, version, details, sentence, ask=question)
    return question


@transaction.atomic
def answer_requirement(requirement, *, by, outcome, answer, version=None, text="", is_hard=None):
    """The question that waits gets its answer, and the demand becomes what the answer says.

    text and is_hard: of a demand that becomes lighter, what it says from now on; it never becomes hard here.
    """
    _guard("answer_requirement", requirement.initiative, by, requirement)
    if not answer.strip():
        raise ValidationError({"answer": _("Leg je antwoord uit.")})
    question = RequirementQuestion.objects.get(pk=requirement.open_question.pk)
    question.outcome, question.answer, question.answered_on = outcome, answer, timezone.localdate()
    question.full_clean(exclude=["requirement"])
    changes = {}
    if outcome == Outcome.SOFTENED:
        changes = _lighter(requirement, text, is_hard)
    if outcome == Outcome.DROPPED:
        changes = _dropped(answer)
    words = _("Het antwoord: %(outcome)s.") % {"outcome": question.get_outcome_display()}
    details, sentence = {"outcome": outcome}, _about(requirement, f"{words} {answer}")
    if outcome == Outcome.SOFTENED:
        sentence += "\n\n" + _how_it_is_now(changes)
    _do("answer_requirement", requirement, by, version, details, sentence, **changes)
    question.save()
    return question


def _lighter(requirement, text, is_hard):
    """What changes about a demand that becomes lighter: something must, and it never becomes hard."""
    wanted = {"text": text.strip() or requirement.text}
    wanted["is_hard"] = requirement.is_hard and is_hard is not False
    changes = {name: value for name, value in wanted.items() if getattr(requirement, name) != value}
    if not changes:
        raise ValidationError({"text": _("Schrijf hoe de eis nu luidt, of maak er geen harde eis meer van.")})
    return changes


def _how_it_is_now(changes):
    """What a demand that became lighter asks from now on, in a mail."""
    words = []
    if "text" in changes:
        words.append(_("Zo luidt de eis nu: “%(text)s”") % {"text": changes["text"]})
    if "is_hard" in changes:
        words.append(_("Dit is geen harde eis meer."))
    return "\n".join(map(str, words))


def _dropped(reason):
    return {
        "state": RequirementState.DROPPED,
        "closed_on": timezone.localdate(),
        "closing_reason": reason,
    }


def _about(requirement, words):
    """What is said in a mail: the demand as it was, and the words about it."""
    return f"“{requirement.text}”\n\n{words}"


def _days_for_an_answer():
    """Working days within which a question about a demand is answered."""
    here = Municipality.objects.current() or Municipality()
    return here.days_for("question")


# The one writer -----------------------------------------------------------------------------------------
def _guard(verb, initiative, by, requirement=None):
    who, states, asked = RULES[verb]
    if not who(by, initiative):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if initiative.state not in states:
        words = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(words % {"state": initiative.get_state_display()}, code="conflict")
    if requirement is None:
        return
    if not requirement.is_open:
        words = _("Dit kan niet meer: deze eis is %(state)s.")
        raise ValidationError(words % {"state": requirement.get_state_display()}, code="conflict")
    waits = requirement.open_question is not None
    if asked is not waits:
        words = _("Deze vraag is al beantwoord.")
        if waits:
            words = ASKED_ALREADY if verb == "question_requirement" else ANSWER_FIRST
        raise ValidationError(words, code="conflict")


def _do(verb, requirement, by, version=None, details=None, sentence="", *, ask=None, **changes):
    """Guard, conditional update, event, notices; ask: a question that is stored with it."""
    _guard(verb, requirement.initiative, by, requirement)
    seen = version or requirement.version
    for name, value in changes.items():
        setattr(requirement, name, value)
    if changes:
        requirement.full_clean()
    with history.written(by, verb):
        found = Requirement.objects.filter(pk=requirement.pk, version=seen, state=RequirementState.OPEN)
        if not found.update(**changes, version=F("version") + 1):
            raise ValidationError(SOMEBODY_WAS_FIRST, code="conflict")
    requirement.version = seen + 1
    if ask:
        _store(ask)
    _tell(verb, requirement, by, details, sentence)
    return requirement


def _store(question):
    """The question is kept; of two that come at once the second is told."""
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError:
        raise ValidationError(ASKED_ALREADY, code="conflict") from None


def _tell(verb, requirement, by, details=None, sentence=""):
    """What happened, in codes and ids only, never in public; and who should know."""
    plan = requirement.initiative
    event = plan.add_event(verb, details={"requirement": requirement.key} | (details or {}), by=by)
    notices.tell(event, plan, by=by, sentence=sentence)
    return event


# The library ----------------------------------------------------------------------------------------------
change_standard = town.change


@transaction.atomic
def create_standard(*, by, title, **values):
    """A new usual demand, for officers to begin with."""
    town.guard(by)
    key = town.next_key(StandardRequirement, "S")
    slug = town.free_slug(StandardRequirement, title, key)
    return town.create(StandardRequirement(key=key, slug=slug, title=title, **values), by=by)
