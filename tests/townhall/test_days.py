"""Days that people fill in, on Friday 13 November 2026."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from townhall.days import check_day


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 12), "Deze dag is al voorbij. Kies een dag die nog komt."),
        (date(1, 1, 1), "Deze dag is al voorbij. Kies een dag die nog komt."),
        (date(2028, 11, 15), "Kies een dag binnen 2 jaar."),
        (date(9999, 12, 31), "Kies een dag binnen 2 jaar."),
        (
            date(2026, 11, 15),
            "15 november 2026 is een zondag. Kies een werkdag, zoals maandag 16 november 2026.",
        ),
        (
            date(2026, 12, 25),
            "25 december 2026 is een vrije dag (Eerste kerstdag)."
            " Kies een werkdag, zoals maandag 28 december 2026.",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(day, said):
    with pytest.raises(ValidationError) as caught:
        check_day("due_on", day, 2)
    assert caught.value.message_dict == {"due_on": [said]}


@pytest.mark.parametrize("day", [date(2026, 11, 13), date(2028, 11, 14)])
def test_today_and_the_last_day_within_reach_can_be(day):
    check_day("due_on", day, 2)
