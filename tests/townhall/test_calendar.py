"""Working days and formal terms, by the Dutch calendar and the law about terms (Algemene termijnenwet)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.calendar import (
    LONGEST_THAT_RUNS_ON,
    add_working_days,
    first_working_day,
    formal_term_end,
    free_days,
    is_working_day,
    working_day_before,
    working_days_between,
)

DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
TERMS = st.integers(0, 60)


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",  # New Year
        "2026-04-03",  # Good Friday
        "2026-04-06",  # Easter Monday
        "2026-04-27",  # King's Day
        "2026-05-05",  # Liberation Day, every year
        "2027-05-05",
        "2026-05-14",  # Ascension Day
        "2026-05-25",  # Whit Monday
        "2026-12-25",
        "2028-12-26",  # a Tuesday
        "2026-11-21",  # a Saturday
        "2026-11-22",  # a Sunday
    ],
)
def test_closed(day):
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-05-15", "2026-12-24", "2026-12-31", "2026-11-23", "2028-02-29"])
def test_open(day):
    """The day after Ascension, Christmas Eve and New Year's Eve count, whatever town hall's roster says."""
    assert is_working_day(date.fromisoformat(day))


def test_kings_day_on_a_sunday_is_kept_the_day_before():
    for year in (2014, 2025, 2031):
        assert date(year, 4, 27).weekday() == 6
        assert date(year, 4, 26) in free_days(year)
        assert date(year, 4, 27) not in free_days(year)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday, the weekend and Easter Monday between
        ("2026-04-02", 5, "2026-04-13"),
        ("2026-12-24", 1, "2026-12-28"),  # Christmas on Friday and Saturday
        ("2026-12-31", 1, "2027-01-04"),
        ("2028-02-28", 1, "2028-02-29"),  # leap day
        ("2028-02-28", 2, "2028-03-01"),
        ("2027-02-28", 1, "2027-03-01"),
        ("2026-03-27", 1, "2026-03-30"),  # summer time begins on the 29th
        ("2026-10-23", 1, "2026-10-26"),  # and ends on the 25th
        ("2026-11-21", 5, "2026-11-27"),  # sent in on a Saturday
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-23", 40, "2027-01-20"),
    ],
)
def test_a_term_in_working_days(start, days, end):
    assert add_working_days(date.fromisoformat(start), days) == date.fromisoformat(end)


def test_a_term_can_not_be_negative():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 11, 21), -1)


@pytest.mark.parametrize(
    ("start", "weeks", "end"),
    [
        ("2026-10-01", 8, "2026-11-26"),  # an ordinary Thursday (Awb 4:13)
        ("2026-09-26", 8, "2026-11-23"),  # ends on a Saturday: runs on to Monday
        ("2026-10-30", 8, "2026-12-28"),  # ends on Christmas Day: past the Second Day and the weekend
        ("2026-02-06", 8, "2026-04-07"),  # ends on Good Friday
        ("2026-03-02", 8, "2026-04-28"),  # ends on King's Day
        ("2026-04-09", 5, "2026-05-15"),  # ends on Ascension Day
        ("2026-08-29", 12, "2026-11-23"),  # twelve weeks still run on
        ("2026-08-22", 13, "2026-11-21"),  # thirteen don't: article 4
        ("2028-01-04", 8, "2028-02-29"),
    ],
)
def test_a_formal_term_in_weeks(start, weeks, end):
    assert formal_term_end(date.fromisoformat(start), weeks) == date.fromisoformat(end)


def test_a_day_is_a_day_in_amsterdam_also_when_the_clock_changes():
    """What comes in half an hour into the day of the change belongs to that day, not to the one before."""
    moment = datetime(2026, 3, 29, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert add_working_days(moment.date(), 1) == date(2026, 3, 30)
    assert (moment + timedelta(days=1)).date() == date(2026, 3, 30)


@given(DAYS, TERMS)
def test_a_term_ends_on_a_working_day_and_counts_back(start, days):
    end = add_working_days(start, days)
    assert days == 0 or is_working_day(end)
    assert working_days_between(start, end) == days
    assert working_days_between(end, start) == -days


@given(DAYS, TERMS, TERMS)
def test_terms_add_up(start, one, other):
    assert add_working_days(add_working_days(start, one), other) == add_working_days(start, one + other)


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_periods_add_up(start, one, other):
    middle = start + timedelta(days=one)
    end = middle + timedelta(days=other)
    parts = working_days_between(start, middle) + working_days_between(middle, end)
    assert working_days_between(start, end) == parts


@given(DAYS, st.integers(1, 52))
def test_a_formal_term_never_ends_early_nor_needlessly_late(start, weeks):
    end, plain = formal_term_end(start, weeks), start + timedelta(weeks=weeks)
    assert end >= plain
    if weeks > LONGEST_THAT_RUNS_ON:
        assert end == plain
    else:
        assert is_working_day(end)
        skipped = [plain + timedelta(days=number) for number in range((end - plain).days)]
        assert not any(is_working_day(day) for day in skipped)


@given(st.integers(1990, 2100))
def test_every_year_has_its_eleven_days(year):
    days = free_days(year)
    assert {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)} <= days
    assert len(days) in (10, 11)  # Ascension can fall on the fifth of May
    assert all(day.year == year for day in days)


@pytest.mark.parametrize(
    ("end", "days", "day"),
    [
        ("2026-11-27", 5, "2026-11-20"),  # a Friday, a week before
        ("2026-11-28", 5, "2026-11-20"),  # a Saturday counts for nothing
        ("2027-01-04", 5, "2026-12-24"),  # over Christmas and New Year
        ("2028-02-29", 1, "2028-02-28"),
        ("2026-11-29", 0, "2026-11-27"),
    ],
)
def test_a_working_day_so_many_days_before(end, days, day):
    found = working_day_before(date.fromisoformat(end), days)
    assert found == date.fromisoformat(day)
    assert working_days_between(found, date.fromisoformat(end)) == days


def test_a_number_of_days_before_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        working_day_before(date(2026, 1, 2), -1)


@pytest.mark.parametrize(
    ("day", "found"),
    [("2026-04-03", "2026-04-07"), ("2026-11-21", "2026-11-23"), ("2028-02-29", "2028-02-29")],
)
def test_the_first_working_day(day, found):
    assert first_working_day(date.fromisoformat(day)) == date.fromisoformat(found)
