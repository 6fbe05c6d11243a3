"""Clocks in words: how long there is, and why."""

from datetime import date

import pytest

from initiatives import clocks

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        (date(2026, 11, 24), FRIDAY, "nog 2 werkdagen"),
        (date(2026, 11, 23), FRIDAY, "nog 1 werkdag"),
        (FRIDAY, FRIDAY, "vandaag"),
        (FRIDAY, date(2026, 11, 21), "1 werkdag te laat"),  # a Saturday: late all the same
        (FRIDAY, date(2026, 11, 23), "1 werkdag te laat"),
        (FRIDAY, date(2026, 11, 25), "3 werkdagen te laat"),
    ],
)
def test_how_long_there_is(due, today, words):
    assert clocks.left(due, today) == words


@pytest.mark.parametrize(
    ("start", "days", "due", "words"),
    [
        (FRIDAY, 10, date(2026, 12, 4), "10 werkdagen na 20 november"),
        (date(2026, 12, 18), 10, date(2027, 1, 5),
            "10 werkdagen na 18 december; kerst en nieuwjaarsdag tellen niet mee"),
        (date(2026, 12, 24), 1, date(2026, 12, 28), "1 werkdag na 24 december; kerst telt niet mee"),
        (date(2026, 4, 2), 30, date(2026, 5, 21),
            "30 werkdagen na 2 april; Goede Vrijdag, Pasen, Koningsdag, Bevrijdingsdag en Hemelvaartsdag "
            "tellen niet mee"),
        (FRIDAY, 5, date(2026, 12, 2), "5 werkdagen na 20 november; het plan stond 3 werkdagen stil"),
        (FRIDAY, 0, FRIDAY, "0 werkdagen na 20 november"),
    ],
)  # fmt: skip
def test_why_that_day(start, days, due, words):
    assert clocks.why(start, days, due) == words
