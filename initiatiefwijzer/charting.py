"""Where the parts of a chart stand: numbers in, coordinates out. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from initiatiefwijzer.drawing import Point, projection

WIDTH, HEIGHT = 640, 240
LEFT, TOP, BOTTOM = 44, 14, 34  # room for the scale, for the highest number and for the labels
MOST_LABELS = 8
ROOMY = 76  # the width in which a label fits, also in the large letters of a phone
GAP = 0.24  # the part of a column that stays empty


@dataclass(frozen=True, slots=True)
class Drawing:
    """Coordinates, ready to be written down; nothing where there is nothing to draw."""

    bars: list[tuple[float, ...]]
    """x, y, width and height of the whole; y and height of the part."""
    grid: list[tuple[Any, ...]]
    labels: list[tuple[Any, ...]]
    line: tuple[float, float, float, float] | None


def top_of(highest: float) -> int:
    """A round number that is not lower, and of which the half is whole: 7 → 8, 34 → 40, 1.203 → 1.400."""
    if highest <= 4:
        return 4 if highest > 2 else 2
    size = 10 ** int(math.log10(highest))
    steps = (size // 5 or 1) * 2 if size >= 10 else 2
    return math.ceil(highest / steps) * steps


def columns(values: Sequence[dict[str, Any]], line: float | None = None) -> Drawing:
    """Columns for values with label, value and part; line: a value to draw a line at."""
    highest = max([float(one.get("value") or 0) for one in values] + [line or 0.0])
    if not values or not highest:
        return Drawing([], [], [], None)
    top = top_of(highest)
    step = (WIDTH - LEFT) / len(values)
    wide = min(step * (1 - GAP), 64)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP), 1)

    def bar(place: int, one: dict[str, Any]) -> tuple[float, ...]:
        whole = float(one.get("value") or 0)
        part = float(one.get("part", whole) or 0)
        x = round(LEFT + step * place + (step - wide) / 2, 1)
        return (x, y(whole), round(wide, 1), round(y(0) - y(whole), 1), y(part), round(y(0) - y(part), 1))

    return Drawing(
        bars=[bar(place, one) for place, one in enumerate(values)],
        grid=[(LEFT, WIDTH, y(at), y(at), LEFT - 8, y(at) + 5, at) for at in (0, top // 2, top)],
        labels=labels([str(one["label"]) for one in values], step),
        line=(LEFT, WIDTH, y(line), y(line)) if line else None,
    )


def labels(words: Sequence[str], step: float) -> list[tuple[Any, ...]]:
    """As many as fit; the first and the last are there on a phone too."""
    every = math.ceil(len(words) / MOST_LABELS)
    last = len(words) - 1
    found = []
    for place, word in enumerate(words):
        is_end = place in (0, last)
        if is_end or (place % every == 0 and last - place >= every):
            look = "" if is_end else " iw-chart__label--more"
            anchor = "middle" if step >= ROOMY else {0: "start", last: "end"}.get(place, "middle")
            x = LEFT + step * place + {"start": 2, "middle": step / 2, "end": step}[anchor]
            found.append((look, round(x, 1), HEIGHT - 10, anchor, word))
    return found


# A map --------------------------------------------------------------------------------------------------
SHADES = 3
Outline = tuple[Point, ...]


LETTER = 10.5  # how wide a letter of a name is, about


@dataclass(frozen=True, slots=True)
class Place:
    """Where a district is drawn: its outline as SVG writes it, and the room for its name."""

    points: str
    x: float
    y: float
    wide: float


@lru_cache(maxsize=8)
def places(outlines: tuple[tuple[Outline, Point | None], ...]) -> list[Place]:
    """Districts, by outline and middle, in one drawing. The same town is worked out once."""
    place = projection([point for outline, _middle in outlines for point in outline])
    return [
        placed([place(point) for point in outline], place(middle or outline[0]))
        for outline, middle in outlines
    ]


def placed(outline: Sequence[Point], middle: Point) -> Place:
    beside = [abs(x - middle[0]) for x, _y in outline]
    left = max((away for away, (x, _y) in zip(beside, outline, strict=True) if x < middle[0]), default=0.0)
    right = max((away for away, (x, _y) in zip(beside, outline, strict=True) if x >= middle[0]), default=0.0)
    return Place(" ".join("{},{}".format(*point) for point in outline), *middle, 2 * min(left, right))


def fits(name: str, place: Place) -> bool:
    """True when a name can be written in its district."""
    return len(name) * LETTER <= place.wide


def shade(number: int | None, most: int) -> int:
    """How dark: 0 for nothing or not known, up to SHADES for the most."""
    return math.ceil(number / most * SHADES) if number and most else 0
