"""Numbers in words."""

import pytest

from dutch.numbers import number


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("een", 1),
        ("Twaalf", 12),
        ("tweeëntwintig", 22),
        ("honderd", 100),
        ("honderdenvijf", 105),
        ("vijfhonderd", 500),
        ("vijfentwintighonderd", 2500),
        ("duizend", 1000),
        ("tweeduizendvijfhonderd", 2500),
        ("honderdduizend", 100_000),
        ("veel", None),
        ("honderdjes", None),
        ("bijduizend", None),
        ("", None),
    ],
)
def test_number(word, value):
    assert number(word) == value
