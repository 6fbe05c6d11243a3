"""What was agreed about the plans of the demo: told in days ago, so that it is never old."""

import datetime

from django.utils import timezone

from agreements.models import Requirement, RequirementQuestion, StandardRequirement
from agreements.requirements.models import WORDING, Outcome, RequirementState
from initiatives.models import Initiative
from townhall import verbs as town
from townhall.calendar import add_working_days
from townhall.models import default_service_days


def moment(days_ago):
    """Ten in the morning, so many days ago."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))


def make_requirement(row, *, by):
    """A demand as it stands now, with the questions about it and what happened when; `by` is an officer."""
    plan = Initiative.objects.get(import_key=row["initiative"])
    standard = row["standard"] and StandardRequirement.objects.get(key=row["standard"])
    words = {name: getattr(standard, name) if standard else row[name] for name in WORDING}
    set_at = moment(row["days_ago"])
    requirement = Requirement(
        key=town.next_key(Requirement, "E"),
        initiative=plan,
        standard=standard,
        set_on=timezone.localdate(set_at),
        **words,
    )
    requirement.full_clean()
    requirement.save()
    tell(requirement, "set_requirement", set_at, by)
    for question in row["questions"]:
        ask(requirement, question, by)
    if row["met_days_ago"] is not None:
        close(requirement, RequirementState.MET, moment(row["met_days_ago"]))
        tell(requirement, "meet_requirement", moment(row["met_days_ago"]), by)
    return requirement


def ask(requirement, row, by):
    """A question of the initiator, with its answer where there is one."""
    asked_at = moment(row["days_ago"])
    asked_on = timezone.localdate(asked_at)
    question = RequirementQuestion(
        requirement=requirement,
        text=row["text"],
        asked_on=asked_on,
        due_on=add_working_days(asked_on, default_service_days()["question"]),
    )
    tell(requirement, "question_requirement", asked_at, whose(requirement.initiative))
    if row["outcome"]:
        answered_at = moment(row["answered_days_ago"])
        question.outcome, question.answer = row["outcome"], row["answer"]
        question.answered_on = timezone.localdate(answered_at)
        tell(requirement, "answer_requirement", answered_at, by, outcome=row["outcome"])
        follow(requirement, row, answered_at)
    question.full_clean()
    question.save()


def follow(requirement, row, at):
    """What the answer made of the demand."""
    if row["outcome"] == Outcome.SOFTENED:
        requirement.text, requirement.is_hard = row["text_after"], False
        requirement.save()
        requirement.history.update(pgh_created_at=at)
    if row["outcome"] == Outcome.DROPPED:
        requirement.closing_reason = row["answer"]
        close(requirement, RequirementState.DROPPED, at)


def close(requirement, state, at):
    requirement.state, requirement.closed_on = state, timezone.localdate(at)
    requirement.save()


def tell(requirement, what, at, by, **details):
    """The event, at the moment it happened."""
    requirement.initiative.add_event(what, details={"requirement": requirement.key, **details}, by=by, at=at)


def whose(plan):
    """The account of an initiator, or None."""
    first = plan.initiators().exclude(user=None).first()
    return first and first.user
