"""The clocks of an initiative: what the municipality promised to do, and by which day. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from townhall.calendar import add_working_days, feasts_between, working_days_between

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


# In words ----------------------------------------------------------------------------------------------
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip


def left(due_on: date, today: date) -> str:
    """How long there still is: "nog 2 werkdagen", "vandaag", "3 werkdagen te laat"."""
    days = working_days_between(today, due_on)
    if due_on < today:
        return f"{working(max(1, -days))} te laat"
    return f"nog {working(days)}" if days else "vandaag"


def why(started_on: date, days: int, due_on: date) -> str:
    """How the day came about: "10 werkdagen na 20 november; kerst telt niet mee"."""
    sums = [f"{working(days)} na {spoken(started_on)}"]
    planned = add_working_days(started_on, days)
    if names := feasts_between(started_on, due_on):
        sums.append(f"{listed(names)} {'telt' if len(names) == 1 else 'tellen'} niet mee")
    stood_still = working_days_between(planned, due_on)
    if stood_still > 0:
        sums.append(f"het plan stond {working(stood_still)} stil")
    return "; ".join(sums)


def working(days: int) -> str:
    """ "1 werkdag", "5 werkdagen"."""
    return f"{days} werkdag" if days == 1 else f"{days} werkdagen"


def spoken(day: date) -> str:
    """A day as people say it, without the year: "20 november"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def listed(names: list[str]) -> str:
    """ "kerst", "kerst en nieuwjaarsdag", "Pasen, Koningsdag en Bevrijdingsdag"."""
    *most, last = names
    return f"{', '.join(most)} en {last}" if most else last
