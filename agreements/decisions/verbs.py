"""What can happen to a decision that a plan waits for: one table, one writer.

Every verb first locks the row of the plan, so that what happens to the decisions of one plan happens one
after the other, also beside a step of the plan itself; then it writes only if nobody was first.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.decisions import term, words
from agreements.decisions.models import (
    FROM_THE_NEXT_DAY,
    WITH_AN_END,
    DecisionCorrection,
    DecisionMove,
    DecisionPause,
    Outcome,
    PendingDecision,
)
from contacts.models import AccountManager
from initiatives import notices
from initiatives import verbs as plans
from initiatives.models import Initiative
from initiatives.verbs import OPEN, SENT, officer
from townhall.calendar import first_working_day, working_day_before
from townhall.comparing import as_kept
from townhall.days import check_day
from townhall.models import Event
from townhall.verbs import next_key

RULES = {
    # verb: (the plan in which states, by whom, only for formal decisions, event)
    "wait_for": (OPEN, officer, False, "decision_awaited"),
    "plan_again": (OPEN, officer, False, "decision_planned"),
    "suspend": (OPEN, officer, True, "decision_suspended"),
    "resume": (OPEN, officer, True, "decision_resumed"),
    "decide": (SENT, officer, False, "decision_made"),
    "withdraw": (SENT, officer, False, "decision_withdrawn"),
    "correct": (SENT, officer, False, "decision_corrected"),
}
THEN = ("start", "reconsider")  # the steps of a plan that a decision can lead to
MOST_CORRECTIONS = {
    False: 20,
    True: 40,
}  # of a decision; words about a person go also where the first is used up
YEARS = 5  # from today; further away is a slip of the pen
TEXTS = ("question", "body_name", "why", "reasons", "what_would_change", "next_step")


def allowed(decision, user):
    """The verbs this person may use now, in the order of the table."""
    plan = decision.initiative
    if not officer(user, plan):
        return []
    fits = [
        verb
        for verb, (states, _who, formal, _event) in RULES.items()
        if verb != "wait_for" and plan.state in states and (decision.is_formal or not formal)
    ]
    today = timezone.localdate()
    unfit = {"suspend" if decision.pause else "resume"}
    unfit |= {"suspend"} if decision.is_formal and decision.due_on < today else set()
    unfit |= set() if may_correct(decision, user) else {"correct"}
    unfit |= set(RULES) - {"correct"} if decision.outcome else set()
    return [verb for verb in fits if verb not in unfit]


def may_correct(decision, user):
    """True for who wrote down that it is waited for or what came of it, the contact, and managers."""
    plan = decision.initiative
    if not officer(user, plan):
        return False
    if user.is_manager or AccountManager.objects.of_user(user).filter(pk=plan.contact_id).exists():
        return True
    written = Event.objects.filter(subject_kind="initiative", subject_key=str(plan.public_id), by=user)
    about = written.filter(details__decision=decision.key)
    return about.filter(what__in=[RULES[verb][3] for verb in ("wait_for", "decide", "withdraw")]).exists()


def may_wait(plan, user):
    """True when this person may write down that the plan waits for a decision."""
    states, who, _formal, _event = RULES["wait_for"]
    return plan.state in states and who(user, plan)


# Waiting ------------------------------------------------------------------------------------------------
@transaction.atomic
def wait_for(initiative, *, by, planned_on=None, and_await=False, version=None, **fields):
    """From now on the plan waits for this decision; fields: those of the model.

    planned_on may be left out of a formal decision: then it is the last day of its term. and_await: the plan
    itself takes the step to "wacht op besluit" too, at its `version`.
    """
    plan = Initiative.objects.locked(initiative.pk)
    _guard("wait_for", plan, by)
    decision = PendingDecision(initiative=plan, **_stripped(fields))
    _check_term(decision)
    if decision.is_formal:
        decision.asked_on = decision.received_on
        decision.due_on = term.due_on(decision.received_on, decision.weeks, [])
    decision.asked_on = decision.asked_on or timezone.localdate()
    _not_to_come("asked_on", decision.asked_on)
    decision.planned_on = planned_on or _last_chance(decision.due_on)
    _check_planned(decision.planned_on)
    if decision.is_formal and timezone.localdate() <= decision.due_on < decision.planned_on:
        latest = _("Uiterlijk op %(day)s moet er een besluit zijn. Kies die dag, of een eerdere.")
        raise ValidationError({"planned_on": latest % {"day": _spoken(decision.due_on)}})
    decision.key = next_key(PendingDecision, "B")
    decision.full_clean()
    decision.save()
    with notices.one_mail():
        _tell("wait_for", decision, by, sentence=words.awaited(decision))
        if and_await:
            plans.step("await_decision", plan, by=by, version=version)
    return decision


def _last_chance(due):
    """The last day of a term on which town hall is open; None without a term, or when it has passed."""
    return working_day_before(due, 0) if due and due >= timezone.localdate() else None


def _check_term(decision):
    """A formal decision has a day on which it was asked and a number of weeks; others have neither."""
    if not decision.is_formal:
        if decision.received_on:
            ask = _("Je vulde in wanneer de aanvraag binnenkwam. Kruis dan ook aan dat het formeel is.")
            raise ValidationError({"is_formal": ask})
        decision.weeks = None
        return
    errors = {}
    if not decision.received_on:
        errors["received_on"] = _("Vul in wanneer de aanvraag binnenkwam.")
    if not decision.weeks or not 1 <= decision.weeks <= 52:
        errors["weeks"] = _("Vul een aantal weken in, van 1 tot 52.")
    if errors:
        raise ValidationError(errors)
    _not_to_come("received_on", decision.received_on)


@transaction.atomic
def plan_again(decision, *, by, planned_on, reason, version=None):
    """It is expected on another day; the reason and the day it was expected on before are kept.

    Of a formal decision that day may lie after its term: then this is what Awb 4:14 asks for, a day on which
    the decision does come; the last day of the term stays what it is.
    """
    _begin("plan_again", decision, by, version)
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom het een andere dag wordt.")})
    _check_planned(planned_on)
    if planned_on == decision.planned_on:
        raise ValidationError({"planned_on": _("Dit is al de verwachte dag.")})
    was = decision.planned_on
    _write(decision, version, planned_on=planned_on)
    _move(decision, was, reason.strip())
    details = {"was": was.isoformat(), "to": planned_on.isoformat()}
    return _tell("plan_again", decision, by, details, words.planned(decision, was, reason.strip()))


# Standing still -----------------------------------------------------------------------------------------
@transaction.atomic
def suspend(decision, *, by, ground, told_on, until=None, version=None):
    """The term of a formal decision stands still, on a ground of the law (Awb 4:15).

    told_on: the day the applicant was told, or from which it stands still; until: the last day that does not
    count, for INCOMPLETE the last one on which the applicant can complete the application. The expected day
    moves as much as the last day does.
    """
    _begin("suspend", decision, by, version)
    _not_to_come("told_on", told_on)
    since = term.first_still_day(told_on, ground in FROM_THE_NEXT_DAY)
    if not decision.received_on < since <= decision.due_on:
        words_ = _("Dit kan van %(from)s tot en met %(to)s: dan loopt de termijn.")
        told = {"from": _spoken(decision.received_on), "to": _spoken(decision.due_on)}
        raise ValidationError({"told_on": words_ % told})
    if ground in WITH_AN_END and not until:
        raise ValidationError({"until": _("Vul in tot en met welke dag de aanvrager de tijd heeft.")})
    if until:
        _within_reach("until", until)
    pause = DecisionPause(decision=decision, ground=ground, since=since, until=until)
    pause.full_clean()
    pause.save()
    _run_on(decision, version, since, _("De termijn staat stil."))
    details = {"ground": ground, "since": since.isoformat()}
    return _tell("suspend", decision, by, details, words.suspended(decision, pause))


@transaction.atomic
def resume(decision, *, by, on, version=None):
    """The term runs again from a day on: what was missing came in, or waiting longer is not fair.

    A pause of which no day is left is no pause: it goes.
    """
    _begin("resume", decision, by, version)
    _not_to_come("on", on)
    last = term.last_still_day(on)
    pause = decision.pauses.order_by("-since").first()
    if pause is None or (pause.until and pause.until <= last):
        raise ValidationError({"on": _("De termijn loopt dan al.")})
    if on < pause.since - timedelta(days=1):
        since = _("De termijn staat pas stil sinds %(day)s.") % {"day": _spoken(pause.since)}
        raise ValidationError({"on": since})
    _end(pause, last)
    _run_on(decision, version, pause.since, _("De termijn loopt weer."))
    return _tell("resume", decision, by, {"on": on.isoformat()}, words.resumed(decision))


def _end(pause, last):
    """The pause lasted until this day; when that is before it began, it never was."""
    if last < pause.since:
        pause.delete()
        return
    pause.until = last
    pause.full_clean()
    pause.save()


def _run_on(decision, version, since, reason):
    """The last day of the term as its pauses make it; the expected day moves along if it still had to come.

    since: the first day of the pause that changed; what was late before that stays late, and what was
    expected within the term stays within it.
    """
    still = list(decision.pauses.values_list("since", "until"))
    due, was = term.due_on(decision.received_on, decision.weeks, still), decision.planned_on
    moves = due != decision.due_on and was >= since
    planned = first_working_day(was + (due - decision.due_on)) if moves else was
    if moves and was <= decision.due_on:
        planned = min(planned, working_day_before(due, 0))
    _write(decision, version, due_on=due, planned_on=planned)
    if planned != was:
        _move(decision, was, reason)


def _move(decision, was, reason):
    move = DecisionMove(decision=decision, was=was, to=decision.planned_on, reason=reason)
    move.full_clean()
    move.save()


# The outcome --------------------------------------------------------------------------------------------
@transaction.atomic
def decide(decision, *, by, outcome, decided_on, then="", plan_version=None, version=None, **texts):
    """It was decided. A negative outcome says why, what would change it, and how to go on.

    texts: reasons, what_would_change, next_step; then: one of THEN, a step of the plan at its `plan_version`.
    """
    if outcome not in Outcome.values or outcome == Outcome.WITHDRAWN:
        raise ValidationError({"outcome": _("Kies wat er besloten is.")})
    if then and then not in THEN:
        raise ValidationError({"then": _("Deze stap kennen we niet.")})
    plan = _begin("decide", decision, by, version)
    with notices.one_mail():
        _not_to_come("decided_on", decided_on)
        _close(decision, version, outcome, decided_on, texts)
        event = _tell("decide", decision, by, {"outcome": outcome}, words.made(decision))
        if then:
            plans.step(then, plan, by=by, version=plan_version)
        return event


@transaction.atomic
def withdraw(decision, *, by, reasons, version=None):
    """Nobody waits for it any more: the question is gone, and why."""
    _begin("withdraw", decision, by, version)
    _close(decision, version, Outcome.WITHDRAWN, timezone.localdate(), {"reasons": reasons})
    return _tell("withdraw", decision, by, sentence=words.withdrawn(decision))


def _close(decision, version, outcome, day, texts):
    """The outcome and its day; what stood still until now did so until that day."""
    _write(decision, version, outcome=outcome, decided_on=day, **_stripped(texts))
    for pause in decision.pauses.exclude(until__lte=day):
        _end(pause, day)


# Putting right ------------------------------------------------------------------------------------------
@transaction.atomic
def correct(decision, *, by, reason, personal=False, version=None, **values):
    """What was written down wrong is put right; what stood there, and why, stay visible.

    values: of `decision.correctable`. None when nothing differs. The outcome stays what it is, and the day of
    a formal decision only moves to a later one: nobody gets less time to object. personal: the words that
    stood there were about a person; they go, also from earlier corrections of the same field.
    """
    plan = decision.initiative = Initiative.objects.locked(decision.initiative.pk)
    _guard("correct", plan, by)
    if not may_correct(decision, by):
        raise PermissionDenied(_("Rechtzetten mag wie het opschreef, en de contactpersoon."))
    if set(values) - set(decision.correctable):
        raise ValidationError(_("Dit kun je niet rechtzetten. Leg een nieuw besluit vast."))
    stored = _stripped({name: getattr(decision, name) for name in values})
    values = {name: value for name, value in _stripped(values).items() if stored[name] != value}
    _check_correction(decision, values, reason, personal)
    if not values:
        return None
    _check_corrected_day(decision, values.get("decided_on", decision.decided_on))
    stood = {name: getattr(decision, name) for name in values}
    _put_right(decision, version, values)
    _keep(decision, stood, reason.strip(), personal)
    sentence = words.corrected(decision, stood, reason.strip())
    return _tell("correct", decision, by, {"fields": sorted(values)}, sentence)


def _check_correction(decision, values, reason, personal):
    if not values:
        if personal:
            words_ = _("Pas de tekst aan waarin het stond. Wat daar eerder stond, gaat dan ook weg.")
            raise ValidationError({"personal": words_})
        return
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom je dit rechtzet.")})
    most = MOST_CORRECTIONS[bool(personal)]
    if decision.corrections.count() + len(values) > most:
        words_ = _(
            "Bij een besluit kun je %(most)s dingen rechtzetten. Dat is nu op. Leg een nieuw besluit vast."
        )
        raise ValidationError(words_ % {"most": most})


def _keep(decision, stood, reason, personal):
    """What stood there; of words about a person only that they were there, and those before them go too."""
    gone = [name for name in stood if personal and name in TEXTS]
    decision.corrections.filter(field__in=gone).update(was="", personal=True)
    for name, was in stood.items():
        told = {"was": "", "personal": True} if name in gone else {"was": str(was)}
        row = DecisionCorrection(decision=decision, field=name, reason=reason, **told)
        row.full_clean()
        row.save()


def _check_corrected_day(decision, day):
    if day == decision.decided_on:
        return
    if day is None:
        raise ValidationError({"decided_on": _("Vul de dag in.")})
    _not_to_come("decided_on", day)
    if decision.is_formal and day < decision.decided_on:
        words_ = _("Een formeel besluit krijgt geen eerdere dag: dan is er minder tijd voor bezwaar.")
        raise ValidationError({"decided_on": words_})


def _put_right(decision, version, values):
    """The values, whether or not there is an outcome, if nobody was first."""
    seen = {"pk": decision.pk, "version": version or decision.version, "outcome": decision.outcome}
    for name, value in values.items():
        setattr(decision, name, value)
    decision.full_clean()
    if not PendingDecision.objects.filter(**seen).update(**values, version=F("version") + 1):
        raise somebody_was_first()
    decision.version = seen["version"] + 1


# The one writer -----------------------------------------------------------------------------------------
def _guard(verb, plan, by):
    states, who, _formal, _event = RULES[verb]
    if not who(by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if plan.state not in states:
        raise ValidationError(
            _("Dit kan niet meer: het plan staat op ‘%(state)s’.") % {"state": plan.get_state_display()},
            code="conflict",
        )


def _begin(verb, decision, by, version):
    """The plan of a decision, locked, where this verb is allowed and nobody was first."""
    plan = decision.initiative = Initiative.objects.locked(decision.initiative.pk)
    _guard(verb, plan, by)
    if not _unchanged(decision, version).exists():
        raise somebody_was_first()
    if RULES[verb][2] and not decision.is_formal:
        raise ValidationError(_("Alleen de termijn van een formeel besluit kan stilstaan."))
    return plan


def somebody_was_first():
    """The refusal for who had an older page in front of them."""
    words_ = _("Iemand anders was je voor: dit besluit is net veranderd. Kijk eerst wat er nu staat.")
    return ValidationError(words_, code="conflict")


def _unchanged(decision, version):
    """The row of a decision, if it is still as it was read and has no outcome."""
    return PendingDecision.objects.filter(pk=decision.pk, version=version or decision.version, outcome="")


def _write(decision, version, **changes):
    """The values, if nobody was first."""
    unchanged = _unchanged(decision, version)
    for name, value in changes.items():
        setattr(decision, name, value)
    decision.full_clean()
    if not unchanged.update(**changes, version=F("version") + 1):
        raise somebody_was_first()
    decision.version = (version or decision.version) + 1


def _tell(verb, decision, by, details=None, sentence=""):
    """What happened, in the timeline (codes and ids only), and to whom it concerns."""
    plan = decision.initiative
    event = plan.add_event(
        RULES[verb][3],
        details={"decision": decision.key} | (details or {}),
        is_public=True,  # who may see the plan may see that it waits; the sentence tells no more
        by=by,
    )
    notices.tell(event, plan, by=by, sentence=sentence)
    return event


# Words and days that people fill in ----------------------------------------------------------------------
def _stripped(fields):
    """The same with texts as we keep them, without white space around: a reason of spaces is none."""
    return {name: as_kept(value) if name in TEXTS else value for name, value in fields.items()}


def _not_to_come(name, day):
    """Refuses a day that has yet to come, and one too long ago to be meant."""
    if day > timezone.localdate():
        raise ValidationError({name: _("Deze dag moet nog komen.")})
    _within_reach(name, day)


def _within_reach(name, day):
    """Refuses the years 1 and 9999, before anybody counts days from them."""
    if abs(day - timezone.localdate()) > timedelta(days=366 * YEARS):
        raise ValidationError({name: _("Kies een dag binnen %(years)s jaar.") % {"years": YEARS}})


def _check_planned(day):
    """Refuses no day, and one that cannot be."""
    if day is None:
        raise ValidationError({"planned_on": _("Vul in wanneer je het besluit verwacht.")})
    check_day("planned_on", day, YEARS)


def _spoken(day):
    return date_format(day, "l j F Y")
