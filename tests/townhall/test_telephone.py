"""Telephone numbers as people write them."""

import time

import pytest
from django.core.exceptions import ValidationError

from townhall.telephone import only_telephone


@pytest.mark.parametrize(
    "text", ["112", " 14  0123", "+31 (0)20-123.45.67", "0800/1234, toestel 12", "0123 456789 tst. 4"]
)
def test_what_can_be_dialled(text):
    only_telephone(text)


@pytest.mark.parametrize("text", ["bel maar", "12", "0123 toestel", "1" * 61])
def test_what_can_not(text):
    with pytest.raises(ValidationError, match="geen telefoonnummer"):
        only_telephone(text)


def test_an_endless_text_is_refused_at_once():
    start = time.process_time()
    for text in ("1" + " " * 100_000 + "x", "1 " * 50_000):
        with pytest.raises(ValidationError):
            only_telephone(text)
    assert time.process_time() - start < 1
