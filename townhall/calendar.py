"""Working days and formal weeks in the Netherlands. Pure: the moment is always handed in.

Days, not hours: a day is what the calendar in Amsterdam says, also when it has 23 or 25 hours.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

LONGEST_THAT_RUNS_ON = 12  # weeks
SPOKEN = {  # as the library names a day -> as people say it
    "Nieuwjaarsdag": "nieuwjaarsdag",
    "Goede vrijdag": "Goede Vrijdag",
    "Eerste paasdag": "Pasen",
    "Tweede paasdag": "Pasen",
    "Eerste pinksterdag": "Pinksteren",
    "Tweede pinksterdag": "Pinksteren",
    "Eerste kerstdag": "kerst",
    "Tweede kerstdag": "kerst",
}


@lru_cache(maxsize=64)
def feasts(year: int) -> dict[date, str]:
    """The same days with their names: "Koningsdag"."""
    found = holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    return dict(sorted(found.items()))


@lru_cache(maxsize=64)
def free_days(year: int) -> frozenset[date]:
    """The days of a year that the law does not count as working days, Saturdays and Sundays aside.

    Algemene termijnenwet, article 3: New Year, Good Friday, Easter, Ascension, Whitsun, Christmas, King's Day
    and (every year) Liberation Day.
    """
    return frozenset(feasts(year))


def feasts_between(start: date, end: date) -> list[str]:
    """What shortened the working weeks after `start` up to and including `end`, each name once, in order."""
    named = (
        SPOKEN.get(name, name)
        for year in range(start.year, end.year + 1)
        for day, name in feasts(year).items()
        if start < day <= end and day.weekday() < 5
    )
    return list(dict.fromkeys(named))


def is_working_day(day: date) -> bool:
    """True from Monday to Friday, except on a public holiday."""
    return day.weekday() < 5 and day not in free_days(day.year)


def first_working_day(day: date) -> date:
    """The day itself when town hall is open then, else the first day on which it is."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(start: date, days: int) -> date:
    """The day on which a term of `days` working days ends; the day of the start itself does not count."""
    if days < 0:
        raise ValueError("A term has no negative length")
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_day_before(end: date, days: int) -> date:
    """The working day from which there are `days` working days until `end`."""
    if days < 0:
        raise ValueError("A term has no negative length")
    day = end
    while days > 0:
        days -= is_working_day(day)
        day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; negative when the end is before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def formal_term_end(start: date, weeks: int, still: int = 0) -> date:
    """The last day of a term in weeks; one that ends on a closed day runs on to the next working day.

    still: days on which the term stood still.
    Source: Algemene termijnenwet, article 1; by article 4 a term of more than twelve weeks never runs on.
    """
    day = start + timedelta(weeks=weeks, days=still)
    return first_working_day(day) if weeks <= LONGEST_THAT_RUNS_ON else day
