"""How town hall keeps its promises: per department, and never about fewer than a few."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q

from agreements.commitments.models import Commitment, CommitmentState, Shift
from contacts.models import Department

FEWEST = 5  # measured promises; of fewer nothing is said, so that no figure is about one person


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises whose first day has passed or that were kept: how many, and how many by that first day.

    shifted: how many of them ever moved; waiting: how many are not kept yet.
    """

    measured: int = 0
    in_time: int = 0
    shifted: int = 0
    waiting: int = 0
    department: Department | None = None

    @property
    def share(self):
        """How many of a hundred were kept by the first day; None of too few."""
        return round(100 * self.in_time / self.measured) if self.measured >= FEWEST else None

    @property
    def later(self):
        """How many were kept after the first day."""
        return self.measured - self.in_time - self.waiting


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole town, the departments of which enough is measured, and how many promises were dropped."""

    town: Kept
    departments: list[Kept]
    dropped: int
    fewest: int = FEWEST

    @property
    def whole(self):
        """The town, where enough is measured; else None."""
        return self.town if self.town.measured >= self.fewest else None


def figures(at):
    """What is known of the promises of town hall on this day, in three queries.

    Hidden ones count too; those of plans that stopped or were referred do not.
    """
    is_kept, moved = Q(state=CommitmentState.KEPT), Exists(Shift.objects.filter(commitment=OuterRef("pk")))
    promises = Commitment.objects.by_town().going_on()
    measured = promises.exclude(state=CommitmentState.DROPPED).filter(is_kept | Q(first_due_on__lt=at))
    rows = (
        measured.annotate(moved=moved)
        .with_unit()
        .order_by()
        .values("unit")
        .annotate(
            number=Count("pk"),
            kept_in_time=Count("pk", filter=is_kept & Q(kept_on__lte=F("first_due_on"))),
            moved_number=Count("pk", filter=Q(moved=True)),
            not_kept=Count("pk", filter=~is_kept),
        )
    )
    names = Department.objects.in_bulk()
    found = [
        Kept(row["number"], row["kept_in_time"], row["moved_number"], row["not_kept"], names.get(row["unit"]))
        for row in rows
    ]
    parts = ("measured", "in_time", "shifted", "waiting")
    enough = [one for one in found if one.department and one.measured >= FEWEST]
    few = sum(one.measured for one in found if one not in enough)
    counted = found if few >= FEWEST else enough  # a few more would be told by the difference
    town = Kept(*(sum(getattr(one, name) for one in counted) for name in parts))
    dropped = promises.filter(state=CommitmentState.DROPPED).count()
    return Figures(town, sorted(enough, key=lambda one: one.department.name), dropped)
