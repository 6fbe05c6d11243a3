"""The clocks of an initiative: what the municipality promised to do, and by which day. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from townhall.calendar import add_working_days, working_days_between

WARN_AT = 0.75
"""The part of a term after which it warns."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One clock as it starts: its term in working days, and the days it warns and rings."""

    kind: str
    days: int
    started_on: date
    warn_on: date
    due_on: date


def plan(started_on: date, service_days: Mapping[str, int]) -> list[Plan]:
    """A clock for each term the municipality promises, in the order of its table."""
    return [
        Plan(
            kind,
            days,
            started_on,
            add_working_days(started_on, math.ceil(days * WARN_AT)),
            add_working_days(started_on, days),
        )
        for kind, days in service_days.items()
    ]


def moved(day: date, paused_on: date, resumed_on: date) -> date:
    """The same day after a pause: as many working days later as the pause took."""
    return add_working_days(day, max(0, working_days_between(paused_on, resumed_on)))
