"""How plans last in the demo: one that thought of everything, one that nobody looked back on, one that is
handed over; news, and texts that were different before. Days are counted from today, so they never grow old.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from agreements.attachments.demo import keep, square
from agreements.continuity.models import (
    WORKS,
    ContinuityPlan,
    ContinuityReview,
    ReviewOutcome,
    Succession,
)
from agreements.decisions.models import DecisionCorrection, PendingDecision
from initiatives.models import Initiative, State, Update
from townhall import history
from townhall.calendar import first_working_day, working_day_before

THOUGHTFUL, GREEN, HANDED_OVER = "I137", "I199", "I073"  # import keys of plans of people with an account
HALF = {"people": "Twee vaste vrijwilligers en een groep die soms helpt."}
LOOKED_BACK = "Elke week zijn er tien ritjes. In de winter rijden we minder, dat is goed zo."
ASKS = "Ik ga verhuizen. Jij kent de winkel, en de mensen van de naai-afdeling kennen jou. Neem jij het over?"
DRAWN = "Drie houten bakken vol struiken en bloemen op het plein"
NEWS = [  # import key of a plan, how many days ago, what it tells, with a drawing or without
    (GREEN, 3, "De eerste geredde planten staan in bakken op het plein. Kom je kijken?", True),
    (GREEN, 40, "We haalden in één week dertig planten op. De bakfiets was steeds vol.", False),
    (THOUGHTFUL, 12, "Vandaag reden we het honderdste ritje! Er was taart in De Wende.", False),
]
EARLIER = {  # import key of a plan -> what its story said at the end before
    THOUGHTFUL: " En we willen ook in de winter rijden.",
    GREEN: " Wie heeft er nog een oude kas staan?",
}
WRONG, WHY = "Wacht de gemeente met de verkoop van het oude gemaal?", "Er stond niet bij hoe lang."


def lay_out():
    """Every way in which plans last, news, and what was put right."""
    plans = Initiative.objects.in_bulk([THOUGHTFUL, GREEN, HANDED_OVER], field_name="import_key")
    today = timezone.localdate()
    think_of_all(plans[THOUGHTFUL], today)
    hand_over(plans[HANDED_OVER])
    goes_on = Initiative.objects.filter(state__in=[State.IN_PROGRESS, State.ONGOING], contact__key="K06")
    for plan in goes_on.order_by("reference")[:1]:
        forget(plan, today)
    for key, days, text, is_drawn in NEWS:
        tell_news(plans[key], days, text, is_drawn)
    for key, words in EARLIER.items():
        change_text(plans[key], words)
    put_right()


def think_of_all(plan, today):
    """All was written down (initiatives-dev.jsonl), looked back on once, the next time in half a year."""
    by, was = carrier(plan), working_day_before(today, 15)
    later = first_working_day(today + timedelta(days=180))
    ContinuityPlan.objects.filter(initiative=plan).update(
        review_on=later, remind_on=working_day_before(later, 10), version=2
    )
    ContinuityReview.objects.create(
        initiative=plan, outcome=ReviewOutcome.GOES_ON, sentence=LOOKED_BACK, on=was, was_due_on=was,
        next_on=later, by=by,
    )  # fmt: skip
    plan.add_event("continuity_written", by=by)
    plan.add_event("continuity_reviewed", by=by)


def forget(plan, today):
    """A day that has passed, and nobody looked back."""
    was = working_day_before(today, 8)
    ContinuityPlan.objects.create(initiative=plan, review_on=was, remind_on=was, **HALF)
    plan.add_event("continuity_written")


def hand_over(plan):
    """Somebody was asked to take it over, and has not answered yet."""
    by = carrier(plan)
    now = timezone.now()
    Succession.objects.create(
        initiative=plan, leaves=plan.participants.get(user=by, role="initiator"), by=by, message=ASKS,
        email="opvolger@voorbeeld.example", at=now - timedelta(days=4), until=now - timedelta(days=4) + WORKS,
    )  # fmt: skip
    plan.add_event("succession_offered", by=by)


def tell_news(plan, days, text, is_drawn):
    """A piece of news so many days ago."""
    by, at = carrier(plan), timezone.now() - timedelta(days=days)
    picture = None
    if is_drawn:
        picture = keep(square(planted=True), "planten-in-bakken.png", by, DRAWN, from_town=False)
    made = Update.objects.create(initiative=plan, text=text, by=by, at=at, picture=picture)
    plan.add_event("update_told", details={"update": made.pk}, by=by, is_public=True, at=at)


def change_text(plan, words):
    """The story said a little more some days ago, so that its history has something to show."""
    by, story, at = carrier(plan), plan.story, timezone.now() - timedelta(days=9)
    Initiative.objects.filter(pk=plan.pk).update(story=story + words)
    plan.history.all().delete()  # that it was put there for a moment is no change
    with history.written(by, "edit"):
        Initiative.objects.filter(pk=plan.pk).update(story=story, version=F("version") + 1)
    plan.history.update(pgh_created_at=at)
    plan.add_event("edit", details={"fields": ["story"]}, by=by, at=at)


def put_right():
    """A decision of which something was put right."""
    for decision in PendingDecision.objects.filter(key="B001"):
        DecisionCorrection.objects.create(decision=decision, field="question", was=WRONG, reason=WHY)
        decision.initiative.add_event(
            "decision_corrected", details={"decision": decision.key}, is_public=True
        )


def carrier(plan):
    """The account of who carries the plan."""
    return plan.initiators().exclude(user=None).first().user
