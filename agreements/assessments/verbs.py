"""What can be done with an assessment: one table, one writer.

Every verb first locks the row of the plan, so that what happens to its assessment happens one after the
other, also at the start; then it writes only if nobody was first. Nothing is closed before the initiator was
heard, or had the time for it; what is changed after sharing gives them that time again.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agreements.assessments.models import Assessment, AssessmentAnswer, AssessmentFramework, AssessmentState
from initiatives import notices
from initiatives.models import Initiative
from initiatives.verbs import OPEN, SENT, initiator, officer
from townhall import history
from townhall.calendar import add_working_days, working_days_between

DRAFT, SHARED, FINAL = AssessmentState.DRAFT, AssessmentState.SHARED, AssessmentState.FINAL
RULES = {
    # verb: (by whom, from which states of the assessment; None: there is none yet, the plan in which states)
    "assess": (officer, {None, DRAFT, SHARED}, OPEN),
    "share_assessment": (officer, {DRAFT}, OPEN),
    "react_to_assessment": (initiator, {SHARED}, SENT),
    "close_assessment": (officer, {SHARED}, SENT),  # of a plan that ended too: a refusal has to stand as well
}
REACTION_DAYS = 10  # working days in which the initiator can answer
SOMEBODY_WAS_FIRST = lazy(
    "Iemand anders was je voor: de afweging is net veranderd. Kijk eerst hoe het nu staat."
)


def allowed(plan, assessment, user):
    """The verbs this person may use now; assessment: of this plan, or None."""
    side = next((who for who in (officer, initiator) if who(user, plan)), None)
    state = assessment.state if assessment else None
    return [
        verb
        for verb, (who, states, of_plan) in RULES.items()
        if who is side and state in states and plan.state in of_plan
    ]


@transaction.atomic
def assess(plan, *, by, answers, version=0):
    """The assessment of a plan with these answers: {criterion: (answer, reason)}; the first makes it.

    version: the one that was read, 0 where there was none. In a draft what is left out is gone; what was
    shared keeps all its answers, and the initiator is told what is said now.
    """
    plan, assessment = _held("assess", plan, by, version)
    if assessment is None:
        assessment = _begun(plan, by)
    known = {one.criterion_id: one for one in assessment.answers.all()}
    allowed_here = set(assessment.framework.criteria.values_list("pk", flat=True))
    if any(criterion.pk not in allowed_here for criterion in answers):
        raise ValidationError(_("Deze vraag hoort niet bij het afwegingskader van dit plan."))
    changed = [
        criterion.key
        for criterion, said in answers.items()
        if _write(assessment, known.get(criterion.pk), criterion, *said, by=by)
    ]
    if assessment.is_draft:
        gone = set(known) - {criterion.pk for criterion in answers}
        changed += ["-"] * assessment.answers.filter(criterion__in=gone).delete()[0]
        return _save(assessment) if changed or not version else assessment
    if not changed:
        return assessment
    found = _save(assessment, react_until=_last_day(), reacted_on=None)
    _tell("change_assessment", plan, by, {"criteria": changed}, _time_to_react(found))
    return found


@transaction.atomic
def share_assessment(plan, *, by, version):
    """The initiator reads it from now on, and can answer to it."""
    plan, assessment = _held("share_assessment", plan, by, version)
    answered = assessment.answers.values("criterion")
    missing = assessment.framework.criteria.exclude(pk__in=answered).values_list("name", flat=True)
    if missing:
        words = _("Er is nog geen antwoord bij: %(names)s. Weet je het niet? Kies dan “weten we nog niet”.")
        raise ValidationError(words % {"names": ", ".join(missing)})
    for answer in assessment.answers.all():
        answer.history.all().delete()  # what a draft said before is nobody's
    today = timezone.localdate()
    days = working_days_between(timezone.localdate(plan.submitted_at), today)
    shared = {"state": SHARED, "shared_on": today, "days": days, "react_until": _last_day()}
    found = _save(assessment, **shared)
    _tell("share_assessment", plan, by, {}, _time_to_react(found))
    return found


@transaction.atomic
def react_to_assessment(plan, *, by, version, reaction="", reactions=None):
    """What the initiator says to it, as a whole and per criterion: {criterion: words}; both may be empty.

    Said again it takes the place of what was said before.
    """
    plan, assessment = _held("react_to_assessment", plan, by, version)
    said = {criterion.pk: words.strip() for criterion, words in (reactions or {}).items()}
    for answer in assessment.answers.all():
        words = said.get(answer.criterion_id, "")
        if words != answer.reaction:
            answer.reaction = words
            answer.full_clean(validate_unique=False)
            answer.save(update_fields=["reaction"])
    found = _save(assessment, reaction=reaction.strip(), reacted_on=timezone.localdate())
    number = sum(1 for words in said.values() if words)
    _tell("react_to_assessment", plan, by, {"criteria": number}, found.reaction)
    return found


@transaction.atomic
def close_assessment(plan, *, by, version, reply=""):
    """It stands: nothing in it changes any more, and what the initiator said has a reply beside it."""
    plan, assessment = _held("close_assessment", plan, by, version)
    if not assessment.may_close_now:
        words = _("De initiatiefnemer kan nog reageren, tot en met %(day)s. Wacht daarop.")
        raise ValidationError(words % {"day": date_format(assessment.react_until, "j F Y")})
    if assessment.has_reaction and not reply.strip():
        raise ValidationError({"reply": _("Schrijf wat je met de reactie deed.")})
    closed = {"state": FINAL, "reply": reply.strip(), "closed_on": timezone.localdate()}
    found = _save(assessment, **closed)
    _tell("close_assessment", plan, by, {}, found.reply)
    return found


# The one writer -----------------------------------------------------------------------------------------
def _held(verb, plan, by, version):
    """The plan and its assessment as they are stored, held until the end; refuses what may not be."""
    plan = Initiative.objects.locked(plan.pk)
    who, states, of_plan = RULES[verb]
    if not who(by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if plan.state not in of_plan:
        words = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(words % {"state": plan.get_state_display()}, code="conflict")
    assessment = Assessment.objects.select_related("framework").filter(initiative=plan).first()
    if (assessment.version if assessment else 0) != version:
        raise ValidationError(SOMEBODY_WAS_FIRST, code="conflict")
    if (assessment.state if assessment else None) not in states:
        words = _("De afweging is nog niet gedeeld.")
        if assessment and assessment.is_closed:
            words = _("De afweging is afgerond en verandert niet meer.")
        elif assessment and assessment.is_shared:
            words = _("De afweging is al gedeeld.")
        raise ValidationError(words, code="conflict")
    return plan, assessment


def _begun(plan, by):
    """A new one, by the framework that held on the day the plan was sent."""
    framework = AssessmentFramework.objects.of_plan(plan).first()
    if framework is None:
        raise ValidationError(_("Toen dit plan werd verstuurd, was er nog geen afwegingskader."))
    return Assessment.objects.create(initiative=plan, framework=framework, by=by, version=0)


def _write(assessment, stored, criterion, answer, reason, *, by):
    """True when this says something else than what is stored."""
    reason = reason.strip()
    if stored and (stored.answer, stored.reason) == (answer, reason):
        return False
    row = stored or AssessmentAnswer(assessment=assessment, criterion=criterion)
    row.answer, row.reason = answer, reason
    if not reason:
        words = _("Schrijf bij “%(name)s” waarom.")
        raise ValidationError(words % {"name": criterion.name})
    row.full_clean()
    with history.written(by, "assess"):
        row.save()
    return True


def _save(assessment, **changes):
    """The assessment as it is stored with these values, a version further."""
    for name, value in changes.items():
        setattr(assessment, name, value)
    assessment.full_clean(exclude=["initiative", "framework", "by"])
    rows = Assessment.objects.filter(pk=assessment.pk, version=assessment.version)
    if not rows.update(**changes, version=F("version") + 1):
        raise ValidationError(SOMEBODY_WAS_FIRST, code="conflict")
    return Assessment.objects.whole().get(pk=assessment.pk)


def _last_day():
    """Until when the initiator can answer to what is shared today."""
    return add_working_days(timezone.localdate(), REACTION_DAYS)


def _time_to_react(assessment):
    words = _("Klopt er iets niet, of wil je iets toevoegen? Reageren kan tot en met %(day)s.")
    return words % {"day": date_format(assessment.react_until, "j F Y")}


def _tell(verb, plan, by, details, sentence):
    """What happened, in codes and ids only, never in public; and who should know."""
    event = plan.add_event(verb, details=details, by=by)
    notices.tell(event, plan, by=by, sentence=sentence)
