"""What is counted, and how: pure arithmetic on columns of numbers, tested without a database.

A plan counts once in every figure it belongs to: a plan with two goals of one portfolio is one plan there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from townhall.calendar import free_days

Numbers = npt.NDArray[np.integer[Any]]
Marks = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1)
UNKNOWN = -1  # a day that did not come yet, a goal without a portfolio
LONGEST_WAIT = 400  # working days; nothing is shown more precisely than that
FEW_MONTHS, FEW_QUARTERS = 18, 24  # as many columns as can be told apart on a phone
PLAN_ROWS = ("id", "month", "district", "state", "public", "stopped", "due", "days", "paused", "silent")
"""What is known of a plan, in numbers; silent: it ended before anybody had talked; the others: see Tally."""


def month_number(day: date) -> int:
    """The months since the year 0."""
    return day.year * 12 + day.month - 1


def day_number(day: date) -> int:
    """The days since 1970."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True)
class Tally:
    """All plans that were sent in: a row of numbers for each thing that is counted, in order of id.

    month: since the year 0; district: id, 0 for the whole town; state: place in the table of states; stopped,
    due: days of the promise of a first talk; waited: what `waited` says; in_time: the promise was kept;
    ticks: it still runs; is_linked: to any goal.
    link_plan: where in these rows the plan of a link stands; link_goal: the id of its goal.
    """

    plans: Numbers  # PLAN_ROWS x plans
    links: Numbers  # ids of plan and goal x links
    public: Marks
    waited: Numbers
    in_time: Marks
    ticks: Marks
    is_linked: Marks
    link_plan: Numbers
    link_goal: Numbers

    def __len__(self) -> int:
        return int(self.plans.shape[1])

    def row(self, name: str) -> Numbers:
        """One of PLAN_ROWS."""
        found: Numbers = self.plans[PLAN_ROWS.index(name)]
        return found


def tally(plans: Numbers, links: Numbers) -> Tally:
    """From what is known of all plans (PLAN_ROWS) and of all links (id of the plan, id of the goal)."""
    plans = plans[:, np.argsort(plans[0], kind="stable")]
    row = dict(zip(PLAN_ROWS, plans, strict=True))
    took = waited(row, (row["days"] >= 0) & (row["silent"] == 0))
    places = np.searchsorted(row["id"], links[0])
    known = places < plans.shape[1]
    known[known] = row["id"][places[known]] == links[0, known]
    return Tally(
        plans=plans,
        links=links,
        public=row["public"] > 0,
        waited=took,
        in_time=(took != UNKNOWN) & (row["stopped"] <= row["due"]),
        ticks=(row["days"] >= 0) & (row["stopped"] == UNKNOWN) & (row["paused"] == 0) & (row["silent"] == 0),
        is_linked=in_any(plans.shape[1], places[known]),
        link_plan=places[known],
        link_goal=links[1, known],
    )


def renewed(old: Tally, changed: list[int], plans: Numbers, links: Numbers) -> Tally:
    """The tally with what is now known of the plans that changed in place of what was."""
    kept_plans = old.plans[:, ~np.isin(old.plans[0], changed)]
    kept_links = old.links[:, ~np.isin(old.links[0], changed)]
    return tally(np.hstack([kept_plans, plans]), np.hstack([kept_links, links]))


def waited(row: Mapping[str, Numbers], measured: Marks) -> Numbers:
    """Working days until the first talk, without the time the plan stood still; UNKNOWN if not measured.

    The promise moves along when a plan stands still, so what was left of it says how long it really took.
    """
    took = np.full(len(measured), UNKNOWN, dtype=np.int32)
    done = measured & (row["stopped"] != UNKNOWN)
    if done.any():
        left = working_days_until(row["due"][done]) - working_days_until(row["stopped"][done])
        took[done] = np.clip(row["days"][done] - left, 0, LONGEST_WAIT)
    return took


def working_days_until(days: Numbers) -> Numbers:
    """How many working days lie from 1970 up to and including each of these days."""
    first, last = (int(day) for day in (days.min(), days.max()))
    years = range((EPOCH + timedelta(days=first)).year, (EPOCH + timedelta(days=last)).year + 1)
    ends = days.astype("datetime64[D]") + np.timedelta64(1, "D")
    return np.busday_count(np.datetime64("1970-01-01"), ends, holidays=holidays(years))


@lru_cache(maxsize=32)
def holidays(years: range) -> Any:
    return np.array(sorted(day for year in years for day in free_days(year)), dtype="datetime64[D]")


# What is asked, and what is answered --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """Which plans: from and until a month (both included), of districts, in a state, for the goals given."""

    since: int | None = None
    until: int | None = None
    districts: tuple[int, ...] | None = None
    state: int | None = None
    only_for_goals: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many plans, and how many of them everybody may see."""

    all: int = 0
    public: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.all + other.all, self.public + other.public)


@dataclass(frozen=True, slots=True)
class Contact:
    """The first talk. measured: plans of which it is known whether it was in time.

    median: working days, over the plans with which somebody has talked; on_time: how many of the measured.
    """

    measured: int = 0
    on_time: int = 0
    median: float | None = None

    @property
    def share(self) -> int | None:
        """In whole per cents, rounded down: not all is never a hundred."""
        return self.on_time * 100 // self.measured if self.measured else None


@dataclass(frozen=True, slots=True)
class Period:
    """Months on end, both included, with what was sent in then."""

    since: int
    until: int
    plans: Count
    contact: Contact


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted. per_goal and per_portfolio go along with the goals and portfolios asked."""

    plans: Count
    without_goal: Count
    contact: Contact
    per_goal: list[Count]
    per_portfolio: list[Count]
    per_district: dict[int, Count]
    per_state: dict[int, Count]
    periods: list[Period]


def count(plans: Tally, goals: Numbers, portfolios: Numbers, asked: Asked, today: date) -> Figures:
    """The figures of the plans that were asked.

    goals: the ids of those that count; portfolios: for each the place of its portfolio, or UNKNOWN.
    """
    here = place_of(plans.link_goal, goals)
    counts = here != UNKNOWN
    chosen = choose(plans, asked)
    if asked.only_for_goals:
        chosen &= in_any(len(plans), plans.link_plan[counts])
    links = chosen[plans.link_plan] & counts
    periods, contact = per_period(plans, chosen, asked, today)
    return Figures(
        plans=one(plans, chosen),
        without_goal=one(plans, chosen & ~plans.is_linked),
        contact=contact,
        per_goal=per_goal(plans, links, here, len(goals)),
        per_portfolio=per_portfolio(plans, links, here, portfolios),
        per_district=per_value(plans, chosen, plans.row("district")),
        per_state=per_value(plans, chosen, plans.row("state")),
        periods=periods,
    )


def choose(plans: Tally, asked: Asked) -> Marks:
    chosen = np.ones(len(plans), dtype=bool)
    if asked.since is not None:
        chosen &= plans.row("month") >= asked.since
    if asked.until is not None:
        chosen &= plans.row("month") <= asked.until
    if asked.districts is not None:
        chosen &= np.isin(plans.row("district"), np.array(asked.districts, dtype=np.int64))
    if asked.state is not None:
        chosen &= plans.row("state") == asked.state
    return chosen


def in_any(size: int, places: Numbers) -> Marks:
    """True at these places, of so many."""
    marks = np.zeros(size, dtype=bool)
    marks[places] = True
    return marks


def place_of(values: Numbers, known: Numbers) -> Numbers:
    """For each value its place in `known`, or UNKNOWN."""
    highest = max(int(values.max(initial=0)), int(known.max(initial=0)))
    places = np.full(highest + 1, UNKNOWN, dtype=np.int64)
    places[known] = np.arange(len(known))
    return places[values]


def one(plans: Tally, chosen: Marks) -> Count:
    return Count(int(np.count_nonzero(chosen)), int(np.count_nonzero(chosen & plans.public)))


def counted(groups: Numbers, public: Marks, size: int) -> list[Count]:
    """How many there are in each of the groups 0 to `size`."""
    everything, shown = np.bincount(groups, minlength=size), np.bincount(groups[public], minlength=size)
    return [Count(*both) for both in zip(everything.tolist(), shown.tolist(), strict=True)]


def per_goal(plans: Tally, links: Marks, here: Numbers, goals: int) -> list[Count]:
    return counted(here[links], plans.public[plans.link_plan[links]], goals)


def per_portfolio(plans: Tally, links: Marks, here: Numbers, portfolios: Numbers) -> list[Count]:
    """A plan with more goals of one portfolio counts once in it."""
    met = np.zeros((int(portfolios.max(initial=UNKNOWN)) + 1, len(plans)), dtype=bool)
    of_link, place = portfolios[here[links]], plans.link_plan[links]
    answered = of_link != UNKNOWN
    met[of_link[answered], place[answered]] = True
    everything, shown = np.count_nonzero(met, axis=1), np.count_nonzero(met & plans.public, axis=1)
    return [Count(*both) for both in zip(everything.tolist(), shown.tolist(), strict=True)]


def per_value(plans: Tally, chosen: Marks, values: Numbers) -> dict[int, Count]:
    found = counted(values[chosen], plans.public[chosen], int(values.max(initial=0)) + 1)
    return {value: number for value, number in enumerate(found) if number.all}


def per_district(plans: Tally, goals: Numbers | None, asked: Asked) -> dict[int, Count]:
    """How many plans each district has; goals: the ids of those that count, or None: linked or not."""
    chosen = choose(plans, asked)
    if goals is not None:
        chosen &= in_any(len(plans), plans.link_plan[place_of(plans.link_goal, goals) != UNKNOWN])
    return per_value(plans, chosen, plans.row("district"))


# The first talk -----------------------------------------------------------------------------------------
def contacts(plans: Tally, chosen: Marks, groups: Numbers, size: int, today: date) -> list[Contact]:
    """What is known of the first talk in each of the groups 0 to `size`, and last in all of them together.

    groups: one for every plan.
    """
    talked = chosen & (plans.waited != UNKNOWN)
    late = chosen & plans.ticks & (plans.row("due") < day_number(today))
    cells = groups[talked] * (LONGEST_WAIT + 1) + plans.waited[talked]
    waits = np.bincount(cells, minlength=size * (LONGEST_WAIT + 1)).reshape(size, LONGEST_WAIT + 1)
    kept, missed = (np.bincount(groups[marks], minlength=size) for marks in (chosen & plans.in_time, late))
    columns = [np.append(numbers, numbers.sum()).tolist() for numbers in (waits.sum(axis=1), missed, kept)]
    return [
        Contact(measured=done + behind, on_time=on_time, median=median(wait))
        for done, behind, on_time, wait in zip(*columns, [*waits, waits.sum(axis=0)], strict=True)
    ]


def median(waits: Numbers) -> float | None:
    """The middle one, or halfway the two middle ones; waits[n]: how many took n days."""
    so_far = np.cumsum(waits)
    total = int(so_far[-1])
    if not total:
        return None
    lower, upper = np.searchsorted(so_far, [(total - 1) // 2 + 1, total // 2 + 1])
    return float(lower + upper) / 2


# Periods ------------------------------------------------------------------------------------------------
def months_in(span: int) -> int:
    """How many months a column stands for, so that all of them can be told apart."""
    return 1 if span <= FEW_MONTHS else 3 if span <= FEW_QUARTERS * 3 else 12


def per_period(plans: Tally, chosen: Marks, asked: Asked, today: date) -> tuple[list[Period], Contact]:
    """Months, quarters or years, from the first plan until the last, without a gap; cut to what was asked.

    And the first talks of all of them together.
    """
    months = plans.row("month")
    if not chosen.any():
        return [], Contact()
    first, last = int(months[chosen].min()), int(months[chosen].max())
    size = months_in(last - first + 1)
    begin = first // size * size
    number = (last - begin) // size + 1
    groups = np.clip((months.astype(np.int64) - begin) // size, 0, number - 1)
    plans_in = counted(groups[chosen], plans.public[chosen], number)
    *talks, together = contacts(plans, chosen, groups, number, today)
    lowest, highest = asked.since or 0, asked.until or last + size
    periods = [
        Period(max(start, lowest), min(start + size - 1, highest), both, talk)
        for start, both, talk in zip(range(begin, last + 1, size), plans_in, talks, strict=True)
    ]
    return periods, together
