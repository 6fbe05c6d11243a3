"""Decisions for the demo: rows of which the days are counted from today, so that they never grow old."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from agreements.decisions import term
from agreements.decisions.models import DecisionMove, DecisionPause, PendingDecision
from initiatives.models import Initiative
from townhall.calendar import first_working_day

TEXTS = ("question", "body", "body_name", "why", "outcome", "reasons", "what_would_change", "next_step")


def lay_out(rows, today):
    """How many decisions there are now; rows: dictionaries as in decisions.jsonl of the demo."""
    return len([make(row, Days(today)) for row in rows])


class Days:
    """Days by their distance from today."""

    def __init__(self, today):
        self.today = today

    def on(self, distance):
        return None if distance is None else self.today + timedelta(days=distance)

    def working(self, distance):
        return first_working_day(self.on(distance))


def make(row, days):
    """One decision with what happened to it, as it would stand today."""
    plan = Initiative.objects.get(import_key=row["initiative"])
    received, pauses = days.on(row.get("received")), row.get("pauses", [])
    still = [(days.on(one["since"]), days.on(one.get("until"))) for one in pauses]
    due = term.due_on(received, row["weeks"], still) if received else None
    decision = PendingDecision(
        initiative=plan,
        key=row["id"],
        is_formal=row.get("formal", False),
        is_political=row.get("political", False),
        asked_on=received or days.on(row["asked"]),
        planned_on=due or days.working(row["planned"]),
        received_on=received,
        weeks=row.get("weeks"),
        due_on=due,
        decided_on=days.on(row.get("decided")),
        **{name: row.get(name, "") for name in TEXTS},
    )
    decision.full_clean()
    decision.save()
    for one, (since, until) in zip(pauses, still, strict=True):
        DecisionPause.objects.create(decision=decision, ground=one["ground"], since=since, until=until)
    for one in row.get("moves", []):
        moved = {"was": days.working(one["was"]), "to": decision.planned_on, "reason": one["reason"]}
        DecisionMove.objects.create(decision=decision, **moved)
    tell(decision)
    return decision


def tell(decision):
    """What the timeline would say."""
    happened = [("decision_awaited", decision.asked_on), ("decision_made", decision.decided_on)]
    for what, day in happened:
        if day:
            decision.initiative.add_event(
                what,
                details={"decision": decision.key},
                is_public=True,
                at=timezone.make_aware(datetime.combine(day, time(12))),
            )
