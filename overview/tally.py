"""The tally of this process: all plans in columns of numbers, brought up to date before every answer.

Triggers note which plans changed, in the transaction that changes them (migration 0002). Every note carries
its transaction, and the tally remembers which transactions it has seen; so nothing is missed, whatever order
they end in, and nobody who writes waits for anybody. See docs/decisions/0015.
"""

import threading
import time
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from django.db import connection

from initiatives.models import ClockKind, State
from overview import figures
from overview.figures import Tally

STATES = [state.value for state in State]
START_AFRESH = 6 * 3600  # seconds; notes are kept longer than that (tasks.py)
PLANS = """
COPY (
    SELECT i.id,
        extract(year FROM i.submitted_at AT TIME ZONE %(zone)s)::bigint * 12
            + extract(month FROM i.submitted_at AT TIME ZONE %(zone)s)::bigint - 1,
        coalesce(i.district_id, 0),
        (array_position(%(states)s::text[], i.state::text) - 1)::bigint,
        (i.wants_public AND i.released_at IS NOT NULL)::int::bigint,
        coalesce(c.stopped_on - date '1970-01-01', -1)::bigint,
        coalesce(c.due_on - date '1970-01-01', -1)::bigint,
        coalesce(c.days, -1)::bigint,
        (c.paused_on IS NOT NULL)::int::bigint,
        (i.state = %(stopped)s AND i.previous_state = %(submitted)s)::int::bigint
    FROM initiatives_initiative i
    LEFT JOIN initiatives_clock c ON c.initiative_id = i.id AND c.kind = %(contact)s
    WHERE i.state <> %(draft)s AND i.merged_into_id IS NULL AND (%(all)s OR i.id = ANY(%(plans)s::bigint[]))
) TO STDOUT (FORMAT BINARY)
"""
LINKS = """
COPY (
    SELECT initiative_id, goal_id FROM initiatives_goallink
    WHERE %(all)s OR initiative_id = ANY(%(plans)s::bigint[])
) TO STDOUT (FORMAT BINARY)
"""
MOST_ANSWERS = 100  # questions of which the answer is kept; each takes up to a tenth of a megabyte
NOW = "SELECT pg_current_snapshot()::text"
CHANGES = """
SELECT pg_current_snapshot()::text, ARRAY(
    SELECT DISTINCT plan FROM overview_planchange
    WHERE transaction >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
        AND (
            NOT pg_visible_in_snapshot(transaction::text::xid8, %(seen)s::pg_snapshot)
            OR transaction::text::xid8 = pg_current_xact_id_if_assigned()  -- no snapshot says that it is busy
        )
)
"""
HEAD, TAIL = 19, 2  # bytes around the rows of a binary COPY


def read(query, width, plans=None):
    """The columns that a COPY of `width` bigints gives for these plans (None: all)."""
    values = {
        "zone": settings.TIME_ZONE,
        "states": STATES,
        "draft": State.DRAFT.value,
        "stopped": State.STOPPED.value,
        "submitted": State.SUBMITTED.value,
        "contact": ClockKind.CONTACT.value,
        "all": plans is None,
        "plans": plans or [],
    }
    # The driver's own cursor: Django's, when it counts queries, takes no values with a COPY.
    with connection.cursor() as cursor, cursor.cursor.copy(query, values) as blocks:
        rows = b"".join(bytes(block) for block in blocks)[HEAD:-TAIL]
    column = [("length", ">i4"), ("value", ">i8")]
    table = np.frombuffer(rows, dtype=[("columns", ">i2"), ("cells", column, (width,))])
    return np.ascontiguousarray(table["cells"]["value"].T.astype(np.int32))


def whole():
    return figures.tally(read(PLANS, len(figures.PLAN_ROWS)), read(LINKS, 2))


def renewed(tally, plans):
    found = read(PLANS, len(figures.PLAN_ROWS), plans), read(LINKS, 2, plans)
    return figures.renewed(tally, plans, *found)


def asked(query, **values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()


@dataclass(frozen=True, slots=True)
class Seen:
    """A tally, which transactions it knows of, and when (in seconds) it was made from nothing."""

    tally: Tally
    snapshot: str
    made_at: float


class Keeper:
    """Holds the tally of this process."""

    def __init__(self):
        self.seen = self.answered = None
        self.answers = {}  # of the tally that is `answered`
        self.looking = threading.Lock()

    def current(self):
        """The tally with everything that was committed before this was asked."""
        with self.looking:
            if self.seen is None or time.monotonic() - self.seen.made_at > START_AFRESH:
                return self.begin()
            snapshot, plans = asked(CHANGES, seen=self.seen.snapshot)
            if 0 in plans:
                return self.begin()
            tally = renewed(self.seen.tally, plans) if plans else self.seen.tally
            self.seen = Seen(tally, snapshot, self.seen.made_at)
            return tally

    def count(self, goals, portfolios, asked, today):
        """The figures of now (figures.count)."""
        question = goals.tobytes(), portfolios.tobytes(), asked, today
        return self.answer(question, lambda now: figures.count(now, goals, portfolios, asked, today))

    def per_district(self, goals, asked):
        """How many plans each district has now; goals: ids, or None for plans of any goal or none."""
        question = goals if goals is None else goals.tobytes(), asked
        return self.answer(question, lambda now: figures.per_district(now, goals, asked))

    def answer(self, question, work):
        """What `work` makes of the tally of now; kept for the same question until something changes."""
        tally = self.current()
        with self.looking:
            if self.answered is not tally or len(self.answers) >= MOST_ANSWERS:
                self.answered, self.answers = tally, {}
            answers = self.answers
        if question not in answers:
            answers[question] = work(tally)
        return answers[question]

    def begin(self):
        """From nothing: first what has been seen, then the plans; what comes between is seen again."""
        [snapshot] = asked(NOW)
        self.seen = Seen(whole(), snapshot, time.monotonic())
        return self.seen.tally

    def forget(self):
        """Start afresh; the tests use it, because their databases come and go."""
        self.seen = self.answered = None


keeper = Keeper()
