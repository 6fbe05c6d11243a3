"""What was read in a plan is offered, and only once."""

from decimal import Decimal

import pytest

from funding.asked import NEEDS, read
from funding.found import Offer, offers, untold
from funding.models import NeedKind

READ = read("", "We zoeken een stukje grond en vragen 1.500 euro.")
PLACE, MONEY = Offer("plek", "stukje grond"), Offer("geld", "1.500 euro", Decimal(1500))


def test_what_was_read_is_offered_with_its_words():
    assert offers(READ.needs, READ.amount, READ.quotes) == [MONEY, PLACE]
    assert [one.title for one in (MONEY, PLACE)] == ["Geld: € 1.500", "Een plek buiten"]


def test_money_without_an_amount_is_a_need_like_others():
    asked = read("", "We zoeken subsidie.")
    assert offers(asked.needs, asked.amount, asked.quotes) == [Offer("geld", "subsidie")]


@pytest.mark.parametrize(
    ("needs", "amount", "left"),
    [
        ([], None, [MONEY, PLACE]),
        (["plek"], None, [MONEY]),
        (["geld"], None, [MONEY, PLACE]),
        ([], Decimal(900), [PLACE]),
        (["plek", "geld"], "1.500", []),
    ],
)
def test_what_was_told_is_not_offered_again(needs, amount, left):
    assert untold([MONEY, PLACE], needs, amount) == left


def test_an_amount_that_was_told_speaks_for_money():
    assert untold([Offer("geld", "subsidie")], [], Decimal(900)) == []


def test_the_kinds_are_those_that_are_read():
    assert tuple(NeedKind.values) == NEEDS
