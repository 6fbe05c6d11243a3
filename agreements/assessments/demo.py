"""Two versions of the framework and assessments for the demo; days are counted from today.

What is said of a plan here is drawn from a few sentences by its number: invented, and the same every time.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from agreements.assessments.framework import standard_set
from agreements.assessments.models import (
    Answer,
    Assessment,
    AssessmentAnswer,
    AssessmentFramework,
    AssessmentState,
    Criterion,
)
from initiatives.models import CLOSED, Initiative, State
from townhall.calendar import add_working_days, working_days_between

MOST = 100  # plans that are looked at
YES = (
    "Dit staat duidelijk in het plan, en de buurt bevestigt het.",
    "We spraken erover met de initiatiefnemers en zagen het zelf.",
)
PARTLY = (
    "Voor een deel. Over de winter en de vakantie is nog niets afgesproken; daar helpen we bij.",
    "Het begin is er. Een paar mensen in de straat weten er nog niet van.",
)
NO = ("Nu nog niet. Samen zoeken we hoe het wel kan, bijvoorbeeld met een kleinere proef.",)
UNKNOWN = ("We weten nog niet hoe dit uitpakt. We vragen het de initiatiefnemers in het gesprek.",)
SAID = {Answer.YES: YES, Answer.PARTLY: PARTLY, Answer.NO: NO, Answer.UNKNOWN: UNKNOWN}
DRAWN = [Answer.YES] * 7 + [Answer.PARTLY] * 3 + [Answer.NO, Answer.UNKNOWN]
REACTION = "De buren aan de overkant weten het inmiddels wel: we zijn langs de deuren geweest."
REPLY = "Dank je wel. We hebben het opgeschreven en nemen het mee in het volgende gesprek."


def lay_out(officer):
    """How many assessments there are now, of plans that were sent since the first framework."""
    today = timezone.localdate()
    first = framework("A01", "Afwegingskader van de raad", today - timedelta(days=2500), 5)
    framework("A02", "Afwegingskader, tweede versie", today - timedelta(days=20), 7)
    hers = Initiative.objects.filter(participants__role="initiator", participants__user__isnull=False)
    running = hers.exclude(state__in=[State.DRAFT, *CLOSED]).distinct().order_by("reference")
    for plan in running[:1]:
        assess(plan, AssessmentFramework.objects.of_plan(plan).first(), 1, today, officer, is_closed=False)
    sent = Initiative.objects.registered().filter(submitted_at__date__lt=today - timedelta(days=21))
    sent = sent.exclude(state=State.SUBMITTED).filter(assessment=None).order_by("reference")
    for number, plan in enumerate(sent[:MOST]):
        if number % 12 != 3:  # not all were assessed
            assess(plan, first, number, today, officer)
    return Assessment.objects.count()


def framework(key, title, day, number):
    """A version with the first so many questions of the standard set, adopted on this day."""
    made = AssessmentFramework.objects.create(
        key=key,
        title=title,
        intro="Samen met inwoners gemaakt. De raad kijkt elke vier jaar of de vragen nog goed zijn.",
    )
    for order, row in enumerate(standard_set()[:number], 1):
        Criterion.objects.create(
            key=f"C{Criterion.objects.count() + 1:02}", framework=made, order=order, **row
        )
    made.adopted_on, made.valid_from, made.url = day, day + timedelta(days=7), "https://raad.example/besluit"
    made.full_clean()
    made.save()
    return made


def assess(plan, framework, number, today, officer, is_closed=True):
    """One assessment; the third of each three has a reaction."""
    sent_on = timezone.localdate(plan.submitted_at)
    shared_on = min(add_working_days(sent_on, 4 + number * 7 % 23), today) if is_closed else today
    has_reaction = is_closed and number % 3 == 0
    made = Assessment.objects.create(
        initiative=plan,
        framework=framework,
        by=officer,
        state=AssessmentState.SHARED,
        made_on=shared_on,
        shared_on=shared_on,
        days=working_days_between(sent_on, shared_on),
        react_until=add_working_days(shared_on, 10),
    )
    for place, criterion in enumerate(framework.criteria.all()):
        answer = DRAWN[(number * 3 + place * 7 + number // 4) % len(DRAWN)]
        AssessmentAnswer.objects.create(
            assessment=made,
            criterion=criterion,
            answer=answer,
            reason=SAID[answer][number % len(SAID[answer])],
            reaction=REACTION if has_reaction and place == 2 else "",
        )
    note("share_assessment", plan, officer, shared_on)
    if is_closed:
        made.state, made.reacted_on, made.reply = (
            AssessmentState.FINAL,
            shared_on,
            REPLY if has_reaction else "",
        )
        made.closed_on = min(made.react_until, today)
        made.full_clean()
        made.save()
        note("close_assessment", plan, officer, made.closed_on)


def note(what, plan, by, on):
    """What the timeline would say."""
    plan.add_event(what, by=by, at=timezone.make_aware(datetime.combine(on, time(12))))
