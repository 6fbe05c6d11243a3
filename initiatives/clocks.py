"""The clocks of an initiative: what the municipality promised to do, and by which day. Pure."""

from collections.abc import Mapping
from datetime import date

from townhall.calendar import add_working_days

CLOCKS = ("receipt", "contact", "first_view", "decision")
"""In the order in which they ring; terms in working days are the municipality's own (service_days)."""


def due_days(submitted_on: date, service_days: Mapping[str, int]) -> dict[str, date]:
    """Per clock the last day on which the promise is kept."""
    return {
        clock: add_working_days(submitted_on, service_days[clock])
        for clock in CLOCKS
        if clock in service_days
    }
