"""The days of a formal decision: until when it may take, and how far it is. Pure.

Sources: Algemene wet bestuursrecht (Awb) 4:13 (a decision comes within a reasonable term, at most eight weeks
after the application unless another law says so), 4:15 (when that term stands still), 6:7 and 6:8 (six weeks
to object, from the day after the decision was made known); Algemene termijnenwet 1 and 4 (closed days). All
are calendar days: no weekend, holiday, leap day or summer time makes one longer or shorter.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from townhall.calendar import formal_term_end

USUAL_WEEKS = 8
"""The longest a decision may take where no other law says so (Awb 4:13, second paragraph)."""
OBJECTION_WEEKS = 6
"""How long one can object (Awb 6:7)."""

Still = tuple[date, date | None]
"""The first and the last day on which a term stands still; without a last day it still does."""


def first_still_day(told_on: date, from_the_next_day: bool) -> date:
    """The first day that does not count.

    Where the body asks the applicant or a foreign authority for something, the term stands still from the day
    after it wrote so (Awb 4:15, first paragraph); in the other cases from the day itself.
    """
    return told_on + timedelta(days=1) if from_the_next_day else told_on


def last_still_day(goes_on: date) -> date:
    """The last day that does not count, when the term goes on from this day.

    The day on which the missing information comes counts again (Awb 4:15: "tot de dag waarop").
    """
    return goes_on - timedelta(days=1)


def days_still(still: Sequence[Still], until: date) -> int:
    """How many days up to and including `until` do not count."""
    ends = ((since, min(last or until, until)) for since, last in still)
    return sum(max(0, (last - since).days + 1) for since, last in ends)


def due_on(received_on: date, weeks: int, still: Sequence[Still]) -> date:
    """The last day for the decision, with every time that it stood still and of which the end is known."""
    known = sum((last - since).days + 1 for since, last in still if last)
    return formal_term_end(received_on, weeks, known)


def day_of_term(received_on: date, still: Sequence[Still], today: date) -> int:
    """How many days of the term were used; the day the application came in is day 0."""
    return (today - received_on).days - days_still(still, today)


def objection_until(decided_on: date) -> date:
    """The last day to object to a decision that was made known on a day."""
    return formal_term_end(decided_on, OBJECTION_WEEKS)
