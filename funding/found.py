"""What was read in a plan, to offer to who wrote it. It is never filled in for them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst

from funding.advice import in_euros
from funding.models import NeedKind


@dataclass(frozen=True, slots=True)
class Offer:
    """A need or an amount to take over with one tick, and the words it was read in."""

    need: str
    words: str
    amount: Decimal | None = None

    @property
    def title(self):
        kind = capfirst(NeedKind(self.need).label)
        return kind if self.amount is None else f"{kind}: {in_euros(self.amount)}"


def offers(needs, amount, words):
    """An offer for each need; that of money names the amount, if one was read.

    words: {need or "amount": the words it was read in}.
    """
    found = [Offer(need, words[need]) for need in needs if need != NeedKind.MONEY or amount is None]
    return found if amount is None else [Offer(NeedKind.MONEY, words["amount"], amount), *found]


def untold(found, needs, amount):
    """The offers that add something to what somebody ticked and typed."""
    told = {*needs, NeedKind.MONEY} if amount else {*needs}
    return [one for one in found if one.need not in told or (one.amount is not None and not amount)]
