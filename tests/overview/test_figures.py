"""The arithmetic of the figures, on towns of a few rows and without a database."""

from datetime import date

import numpy as np
import pytest

from overview import figures
from overview.figures import UNKNOWN, Asked, Contact, Count, month_number

TODAY = date(2026, 11, 20)
NEVER = None


def plan(
    key, on, *, district=1, state=1, public=True, stopped=NEVER, due=NEVER, days=5, paused=False, silent=False
):
    """A row as the database gives it; without a day by which to talk nothing is measured."""
    number = [key, month_number(on), district, state, int(public)]
    promise = [UNKNOWN if day is None else figures.day_number(day) for day in (stopped, due)]
    return [*number, *promise, UNKNOWN if due is None else days, int(paused), int(silent)]


def town(*plans, links=()):
    rows = np.array(plans, dtype=np.int32).reshape(-1, len(figures.PLAN_ROWS)).T
    return figures.tally(rows, np.array(links, dtype=np.int32).reshape(-1, 2).T)


def counted(tally, goals=(), portfolios=None, **asked):
    places = [UNKNOWN] * len(goals) if portfolios is None else portfolios
    return figures.count(
        tally, np.array(goals, dtype=np.int64), np.array(places, dtype=np.int64), Asked(**asked), TODAY
    )


MARCH, MAY = date(2026, 3, 2), date(2026, 5, 4)


@pytest.fixture
def small():
    """Five plans; goals 7, 8 and 9."""
    return town(
        plan(30, MAY, district=2, state=3),
        plan(10, MARCH),
        plan(20, MARCH, public=False, state=3),
        plan(40, date(2025, 3, 3), district=0),
        plan(50, date(2024, 12, 31)),
        links=[(10, 7), (10, 8), (20, 8), (30, 7), (99, 7)],
    )


def test_nothing_is_nothing():
    nothing = counted(town(), [7], [0])
    assert nothing.plans == nothing.without_goal == Count(0, 0)
    assert (nothing.per_goal, nothing.per_portfolio, nothing.periods) == ([Count()], [Count()], [])
    assert nothing.contact == Contact()
    assert nothing.contact.share is None


def test_a_plan_counts_at_each_of_its_goals_and_once_in_a_portfolio(small):
    found = counted(small, [7, 8, 9], [0, 0, 1])
    assert found.plans == Count(5, 4)
    assert found.per_goal == [Count(2, 2), Count(2, 1), Count(0, 0)]
    assert found.per_portfolio == [Count(3, 2), Count(0, 0)]
    assert found.without_goal == Count(2, 2)
    assert found.per_district == {0: Count(1, 1), 1: Count(3, 2), 2: Count(1, 1)}
    assert found.per_state == {1: Count(3, 3), 3: Count(2, 1)}


def test_a_goal_of_no_portfolio_counts_in_none(small):
    assert counted(small, [7, 8], [UNKNOWN, UNKNOWN]).per_portfolio == []
    assert counted(small, [7, 8], [UNKNOWN, 0]).per_portfolio == [Count(2, 1)]


def test_choices_narrow_every_figure(small):
    assert counted(small, state=3).plans == Count(2, 1)
    assert counted(small, districts=(2, 5)).per_district == {2: Count(1, 1)}
    assert counted(small, since=month_number(MARCH), until=month_number(MARCH)).plans == Count(2, 1)
    assert counted(small, [8], only_for_goals=True).plans == Count(2, 1)
    assert counted(small, [], only_for_goals=True).plans == Count()
    assert counted(small, [7], state=3).per_goal == [Count(1, 1)]


def test_what_changed_takes_the_place_of_what_was(small):
    fresh = np.array([plan(20, MARCH), plan(60, MAY)], dtype=np.int32).T
    renewed = figures.renewed(small, [20, 30, 60], fresh, np.array([[60, 9]], dtype=np.int32).T)
    found = counted(renewed, [7, 8, 9])
    assert found.plans == Count(5, 5)
    assert found.per_goal == [Count(1, 1), Count(1, 1), Count(1, 1)]


# Periods ------------------------------------------------------------------------------------------------
def spans(tally, **asked):
    return [(one.since, one.until, one.plans.all) for one in counted(tally, **asked).periods]


def test_months_quarters_and_years_without_a_gap(small):
    march, may = month_number(MARCH), month_number(MAY)
    assert spans(small, since=march) == [(march, march, 2), (march + 1, march + 1, 0), (may, may, 1)]
    quarter = month_number(date(2024, 10, 1))
    everything = spans(town(plan(1, date(2024, 12, 1)), plan(2, date(2026, 11, 1))))
    assert everything[0] == (quarter, quarter + 2, 1)
    assert [number for _since, _until, number in everything] == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    years = spans(town(plan(1, date(2001, 5, 1)), plan(2, date(2026, 1, 1))))
    assert (len(years), years[0]) == (26, (2001 * 12, 2001 * 12 + 11, 1))


def test_a_period_does_not_reach_beyond_what_was_asked():
    old = town(*(plan(number, date(2024 + number // 12, number % 12 + 1, 1)) for number in range(24)))
    begin, end = month_number(date(2024, 2, 1)), month_number(date(2025, 11, 1))
    periods = spans(old, since=begin, until=end)
    assert periods[0] == (begin, begin + 1, 2)
    assert periods[-1] == (end - 1, end, 2)
    assert sum(number for *_span, number in periods) == 22


# The first talk -----------------------------------------------------------------------------------------
FRIDAY = date(2026, 11, 13)


def talk(stopped, due=FRIDAY, **values):
    return town(plan(1, date(2026, 11, 6), stopped=stopped, due=due, **values))


@pytest.mark.parametrize(
    ("stopped", "days"),
    [
        (date(2026, 11, 6), 0),
        (date(2026, 11, 9), 1),
        (FRIDAY, 5),
        (date(2026, 11, 15), 5),  # a Sunday
        (date(2026, 11, 16), 6),
        (date(2025, 12, 25), 0),  # before it began: never less than nothing
    ],
)
def test_days_are_working_days(stopped, days):
    assert counted(talk(stopped)).contact.median == days


def test_holidays_do_not_count():
    assert counted(talk(date(2026, 12, 28), due=date(2026, 12, 24), days=3)).contact.median == 4


def test_the_time_a_plan_stood_still_does_not_count():
    """Stopped two working days before a promise of five that moved along: three days."""
    assert counted(talk(date(2027, 1, 4), due=date(2027, 1, 6))).contact.median == 3


def test_in_time_is_not_later_than_promised():
    assert counted(talk(FRIDAY)).contact == Contact(measured=1, on_time=1, median=5)
    assert counted(talk(date(2026, 11, 16))).contact == Contact(measured=1, on_time=0, median=6)


def test_late_without_a_talk_is_late_and_not_yet_late_is_not_measured():
    assert counted(talk(NEVER, due=date(2026, 11, 19))).contact == Contact(measured=1, on_time=0, median=None)
    assert counted(talk(NEVER, due=TODAY)).contact == Contact()
    assert counted(talk(NEVER, due=FRIDAY, paused=True)).contact == Contact()


def test_what_ended_before_anybody_talked_is_left_out():
    assert counted(talk(FRIDAY, silent=True)).contact == Contact()
    assert counted(talk(NEVER, due=None)).contact == Contact()


@pytest.mark.parametrize(
    ("waits", "middle"), [([3], 3), ([1, 4], 2.5), ([0, 0, 9], 0), ([0, 2, 4, 400], 3), ([5] * 7, 5)]
)
def test_the_median_is_the_middle(waits, middle):
    assert figures.median(np.bincount(waits, minlength=figures.LONGEST_WAIT + 1)) == middle


def test_not_all_is_never_a_hundred_per_cent():
    assert Contact(measured=200, on_time=199).share == 99
    assert Contact(measured=200, on_time=200).share == 100
