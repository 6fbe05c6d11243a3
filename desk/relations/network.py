"""Who works with whom: organisations on the left, public plans on the right, a line for each that meet.

Pure and the same every time: who has the same neighbours stands close together, so that few lines cross.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, ROW, MARGIN = 720, 26, 16  # of the drawing
LEFT, RIGHT = 250, 470  # where the names end and begin
LETTERS = 30  # of a name in the drawing; the list beside it has them whole
TURNS = 4  # how often both sides are put in order again; more changes nothing to the eye


@dataclass(frozen=True, slots=True)
class Node:
    """A name at a height."""

    key: str
    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything to draw; lines: (y on the left, y on the right)."""

    width: int
    height: int
    left: int
    right: int
    organisations: list[Node]
    plans: list[Node]
    lines: list[tuple[int, int]]


Named = Sequence[tuple[str, str]]  # [(key, name), …]


def lay_out(organisations: Named, plans: Named, links: Iterable[tuple[str, str]]) -> Drawing:
    """The drawing of these names and of the links between them: (key of organisation, key of plan)."""
    pairs = sorted(set(links))
    names = [dict(organisations), dict(plans)]
    rows = [sorted(side, key=lambda key, side=side: (side[key].casefold(), key)) for side in names]
    for turn in range(TURNS):
        here = turn % 2
        rows[here] = in_order(
            rows[here], rows[1 - here], [pair if here == 0 else pair[::-1] for pair in pairs]
        )
    longest = max(len(rows[0]), len(rows[1]), 1)
    drawn = [placed(row, side, longest) for row, side in zip(rows, names, strict=True)]
    heights = [{node.key: node.y for node in side} for side in drawn]
    lines = [(heights[0][one], heights[1][other]) for one, other in pairs]
    return Drawing(WIDTH, longest * ROW + 2 * MARGIN, LEFT, RIGHT, *drawn, lines)


def in_order(row: list[str], others: list[str], pairs: list[tuple[str, str]]) -> list[str]:
    """The row with each at the middle of what it is linked to on the other side."""
    place = {key: number for number, key in enumerate(others)}
    linked: dict[str, list[int]] = {key: [] for key in row}
    for one, other in pairs:
        linked[one].append(place[other])
    middle = {key: sum(found) / len(found) if found else len(others) for key, found in linked.items()}
    return sorted(row, key=lambda key: (middle[key], row.index(key)))


def placed(row: list[str], names: dict[str, str], longest: int) -> list[Node]:
    """The row from top to bottom; the shorter side is spread over the same height."""
    step = longest * ROW / max(len(row), 1)
    return [
        Node(key, shortened(names[key]), round(MARGIN + step * (number + 0.5)))
        for number, key in enumerate(row)
    ]


def shortened(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
