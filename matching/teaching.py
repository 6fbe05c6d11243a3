"""Verdicts into lessons: read from the database, learned (see learning.py), and stored in a row a goal.

What officers said stays stored, so all can be learned anew at any time, with the same result. A link without
a verdict was made by hand: that is what an import does.
"""

from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Now

from goals.models import Goal
from initiatives.models import INITIATING, GoalLink, Initiative, Participant, ParticipantRole
from matching import learning
from matching.corpus import keeper
from matching.models import Learned, Suggestion, Verdict
from townhall import outbox, verbs
from townhall.models import Municipality

INITIATORS = Participant.objects.filter(
    initiative=OuterRef("initiative"), role__in=[*INITIATING, ParticipantRole.FORMER], user__isnull=False
)
READ = {  # what is read of a verdict
    "of": F("goal__key"),
    "when": F("on"),
    "plan": F("initiative"),
    "title": F("initiative__title"),
    "story": F("initiative__story"),
    "is_public": Exists(Initiative.objects.public().filter(pk=OuterRef("initiative"))),
    "who": Coalesce(
        Subquery(INITIATORS.order_by("since", "pk").values("user")[:1]), 0, output_field=BigIntegerField()
    ),
}
MOST_PLANS = 200  # verdicts about a goal that count, the newest
STORED = ("towards", "against", "added", "confirmed", "rejected", "version")
REMEMBERED = 2_000  # plans of which the terms are kept in mind while learning: most are linked to some goals


def verdicts(goals=None):
    """What was said of plans and goals, by goal, the newest first: rows of READ with their kind."""
    judged, by_hand = told(), imported()
    if goals is not None:
        judged, by_hand = judged.filter(goal__in=goals), by_hand.filter(goal__in=goals)
    rows = judged.values(**READ, kind=F("verdict"))
    linked = by_hand.values(**READ, kind=Value(Verdict.ADDED.value))
    return rows.order_by().union(linked.order_by(), all=True).order_by("of", "-when", "plan")


def told():
    """What officers said of suggested goals, and the goals they added."""
    return Suggestion.objects.filter(goal__isnull=False).exclude(verdict="")


def imported():
    """Links to goals of which nobody here said anything."""
    said = told().filter(initiative=OuterRef("initiative"), goal=OuterRef("goal"))
    return GoalLink.objects.filter(~Exists(said), was_suggested=False)


def newest(rows):
    """Of each goal the verdicts that count; the others are passed by unread."""
    for _goal, some in groupby(rows, itemgetter("of")):
        yield from islice(some, MOST_PLANS)


@transaction.atomic
def learn(goals=None):
    """Learns all verdicts anew, or those about these goals; how many goals have a lesson because of it.

    A municipality that switched learning off learns nothing, and forgets what is still there.
    """
    one_at_a_time()
    if not Municipality.objects.filter(learns=True).exists():
        forget()
        return 0
    terms = lru_cache(REMEMBERED)(keeper.current().matcher.terms)
    lessons = learning.learn(
        learning.Judged(
            goal=row["of"],
            kind=row["kind"],
            terms=terms(row["title"], row["story"], row["is_public"]),
            is_public=row["is_public"],
            who=row["who"],
        )
        for row in newest(verdicts(goals).iterator())
    )
    store(lessons, Goal.objects.all() if goals is None else Goal.objects.filter(pk__in=goals))
    return len(lessons)


def one_at_a_time():
    """Who learns or forgets waits for who is learning, so that the last to read is the last to write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('matching_learned'))")


def store(lessons, goals):
    """Keeps what was learned about these goals and forgets what was learned before; writes what differs."""
    numbers = dict(goals.values_list("key", "pk"))
    new = {numbers[one.goal]: values_of(one) for one in lessons}
    stored = {row.pop("pk"): row for row in Learned.objects.filter(goal__in=goals).values("pk", *STORED)}
    if gone := stored.keys() - new.keys():
        Learned.objects.filter(pk__in=gone).delete()
    differing = [Learned(pk=pk, at=Now(), **values) for pk, values in new.items() if stored.get(pk) != values]
    if differing:
        Learned.objects.bulk_create(
            differing, update_conflicts=True, unique_fields=["goal"], update_fields=[*STORED, "at"]
        )


def values_of(lesson):
    """The columns of a lesson, as they are read back."""
    values = {"towards": dict(lesson.towards), "against": [dict(bag) for bag in lesson.against]}
    counts = {name: getattr(lesson, name) for name in ("added", "confirmed", "rejected")}
    return values | counts | {"version": learning.VERSION}


def follow(town):
    """What the switch means: all is forgotten, or learned anew from what officers said.

    Call it in the transaction of the switch: who learns next reads it.
    """
    if town.learns:
        outbox.put("learn")
    else:
        one_at_a_time()
        forget()


def forget():
    """All that was learned is gone. Where nothing was, no change is noted, and no matcher made anew."""
    if Learned.objects.exists():
        Learned.objects.all().delete()


@transaction.atomic
def switch(on):
    """Learning on or off, by who keeps the machine; True when that was a change."""
    town = Municipality.objects.select_for_update().filter(learns=not on).first()
    if town is None:
        return False
    town.learns, town.version = on, town.version + 1
    town.save(update_fields=["learns", "version"])
    verbs.note("change", town, None, {"fields": ["learns"]})
    follow(town)
    return True
