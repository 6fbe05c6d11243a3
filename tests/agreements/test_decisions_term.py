"""The days of formal decisions, counted by hand on a calendar."""

from datetime import date

import pytest

from agreements.decisions import term


@pytest.mark.parametrize(
    ("received", "weeks", "due"),
    [
        (date(2026, 11, 2), 8, date(2026, 12, 28)),  # a Monday, 56 days later a Monday
        (date(2026, 11, 5), 8, date(2026, 12, 31)),
        (date(2026, 11, 6), 8, date(2027, 1, 4)),  # ends on New Year's Day, a Friday: Monday
        (date(2026, 2, 6), 8, date(2026, 4, 7)),  # ends on Good Friday; then the weekend and Easter Monday
        (date(2026, 3, 19), 8, date(2026, 5, 15)),  # ends on Ascension Day, a Thursday
        (date(2026, 2, 9), 8, date(2026, 4, 7)),  # summer time began; ends on Easter Monday
        (date(2026, 9, 7), 8, date(2026, 11, 2)),  # and ended on 25 October: still 56 days
        (date(2028, 1, 4), 8, date(2028, 2, 29)),  # ends on a leap day
        (date(2028, 2, 29), 1, date(2028, 3, 7)),  # begins on one
        (date(2028, 2, 28), 8, date(2028, 4, 24)),  # runs over one
        (date(2026, 11, 7), 1, date(2026, 11, 16)),  # received on a Saturday, ends on one: Monday
        (date(2026, 11, 1), 12, date(2027, 1, 25)),  # a Sunday, twelve weeks: runs on
        (date(2026, 11, 1), 13, date(2027, 1, 31)),  # a Sunday, thirteen weeks: does not
        (date(2026, 1, 1), 52, date(2026, 12, 31)),
    ],
)
def test_the_last_day(received, weeks, due):
    assert term.due_on(received, weeks, []) == due


@pytest.mark.parametrize(
    ("still", "due"),
    [
        ([(date(2026, 11, 17), date(2026, 11, 30))], date(2027, 1, 11)),  # 14 days after 28 December
        ([(date(2026, 11, 17), date(2026, 11, 17))], date(2026, 12, 29)),  # one day
        ([(date(2026, 11, 17), date(2026, 11, 20))], date(2027, 1, 4)),  # New Year's Day: the Monday after
        ([(date(2026, 11, 17), None)], date(2026, 12, 28)),  # nobody knows yet for how long
        (
            [(date(2026, 11, 10), date(2026, 11, 12)), (date(2026, 12, 1), date(2026, 12, 4))],
            date(2027, 1, 4),
        ),
    ],
)
def test_the_last_day_after_standing_still(still, due):
    """Of an application of 2 November 2026; the days are added before a closed day makes it run on."""
    assert term.due_on(date(2026, 11, 2), 8, still) == due


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 2), 0),
        (date(2026, 11, 3), 1),
        (date(2026, 11, 16), 14),
        (date(2026, 11, 17), 14),  # stands still
        (date(2026, 11, 30), 14),
        (date(2026, 12, 1), 15),
        (date(2026, 12, 26), 40),
    ],
)
def test_the_day_of_the_term(today, day):
    still = [(date(2026, 11, 17), date(2026, 11, 30))]
    assert term.day_of_term(date(2026, 11, 2), still, today) == day


def test_a_term_that_still_stands_still_gets_no_further():
    still = [(date(2026, 11, 17), None)]
    assert [term.day_of_term(date(2026, 11, 2), still, date(2026, month, 20)) for month in (11, 12)] == [
        14,
        14,
    ]


def test_asking_for_more_counts_from_the_next_day_and_the_day_it_comes_counts_again():
    """Asked on Monday 16 November, complete on Monday 30 November: 13 days stood still (Awb 4:15)."""
    since = term.first_still_day(date(2026, 11, 16), from_the_next_day=True)
    until = term.last_still_day(date(2026, 11, 30))
    assert (since, until) == (date(2026, 11, 17), date(2026, 11, 29))
    assert term.days_still([(since, until)], date(2027, 1, 1)) == 13
    assert term.first_still_day(date(2026, 11, 16), from_the_next_day=False) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("decided", "until"),
    [
        (date(2026, 6, 1), date(2026, 7, 13)),
        (date(2026, 11, 20), date(2027, 1, 4)),  # ends on New Year's Day, a Friday
        (date(2028, 1, 18), date(2028, 2, 29)),
    ],
)
def test_the_last_day_to_object(decided, until):
    assert term.objection_until(decided) == until
