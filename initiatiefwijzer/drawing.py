"""The pure half of the component tags: words, letters and coordinates, without templates."""

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import count
from typing import Any

from django.utils.safestring import SafeString

Point = tuple[float, float]


def shown(value: Any) -> str:
    """A value as HTML: what is HTML already stays, all else is escaped."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def html(pattern: str, *values: Any) -> SafeString:
    """Django's `format_html` for the thousands on a page: the pattern is ours, the values are escaped."""
    return SafeString(pattern.format(*map(shown, values)))


def joined(pattern: str, rows: Iterable[Iterable[Any]]) -> SafeString:
    """The pattern once for every row, filled with its values."""
    return SafeString("".join(pattern.format(*map(shown, row)) for row in rows))


def shortened(text: str, most: int) -> str:
    """The text, or as many whole words of it as fit in `most` characters with a sign that it goes on."""
    if len(text) <= most:
        return text
    begin, space, _word = text[:most].rpartition(" ")
    return f"{begin if space else text[: most - 1]}…"


def fact(thing: Any, name: str) -> Any:
    """Attribute or key `name` of an object or dict, called if callable; "" where it has none."""
    value = thing.get(name, "") if isinstance(thing, dict) else getattr(thing, name, "")
    return (value() if callable(value) else value) or ""


NAMES = ["public_name", "name_or_empty", "name"]


def public_name(person: Any) -> Any:
    """The name that may be shown: the first of NAMES that the person has, even when that one is empty."""
    has = person.__contains__ if isinstance(person, dict) else lambda name: hasattr(person, name)
    return next((fact(person, name) for name in NAMES if has(name)), "")


# People without a picture ---------------------------------------------------------------------------
TONES = 6


def initials(name: str) -> str:
    """At most two letters: the first of the first and of the last word."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isalpha()]
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


def tone_of(name: str) -> int:
    """A number from 1 to TONES that stays the same for the same name."""
    return zlib.crc32(name.encode()) % TONES + 1


def breakable(address: str) -> SafeString:
    """An e-mail address that may break after @ and full stops, and nowhere else."""
    return SafeString("<wbr>".join(shown(piece) for piece in re.split(r"(?<=[@.])", address)))


# Marked words ---------------------------------------------------------------------------------------
def marked(text: object, words: Iterable[object]) -> SafeString:
    """The text, escaped, with these whole words (capitals do not matter) inside <mark>."""
    wanted = sorted({str(word).strip() for word in words} - {""}, key=len, reverse=True)
    if not wanted:
        return html("{}", text)
    either = "|".join(map(re.escape, wanted))
    pieces = re.split(rf"(?<!\w)({either})(?!\w)", str(text), flags=re.IGNORECASE)
    return joined("{}", ([piece_of(piece, odd % 2 == 1)] for odd, piece in enumerate(pieces)))


def piece_of(text: str, met: bool) -> SafeString:
    return html('<mark class="nl-mark">{}</mark>', text) if met else html("{}", text)


# Tables ---------------------------------------------------------------------------------------------
ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(td|th)\b([^>]*)>")
ROLES = {"td": "cell", "th": "rowheader"}


def labelled(rows: str, titles: Sequence[str]) -> SafeString:
    """Table rows in which every cell carries the title of its column (shown on a phone) and its role.

    The roles are there because a table drawn as blocks is no table any more to a screen reader.
    """

    def row(match: re.Match[str]) -> str:
        number = count()

        def cell(match: re.Match[str]) -> str:
            tag, rest = match.groups()
            title = titles[min(next(number), len(titles) - 1)]
            extra = html(' class="utrecht-table__cell" role="{}" data-label="{}"', ROLES[tag], title)
            return f"<{tag}{rest}{extra}>"

        cells = CELL.sub(cell, match[0])
        return cells.replace("<tr", '<tr class="utrecht-table__row" role="row"', 1)

    return SafeString(ROW.sub(row, rows))  # the rows come rendered from a template


# Maps -----------------------------------------------------------------------------------------------
MAP_WIDTH, MAP_HEIGHT, MAP_MARGIN = 640, 440, 12
NARROWING = 0.61  # a degree of longitude against one of latitude, at 52° north


def projection(points: Sequence[Point]) -> Callable[[Point], Point]:
    """(lon, lat) → (x, y) in a drawing of MAP_WIDTH x MAP_HEIGHT that holds all points in proportion."""
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    west, north = min(lons), max(lats)
    wide, high = (max(lons) - west) * NARROWING, north - min(lats)
    scale = min((MAP_WIDTH - 2 * MAP_MARGIN) / (wide or 1), (MAP_HEIGHT - 2 * MAP_MARGIN) / (high or 1))
    left, top = (MAP_WIDTH - wide * scale) / 2, (MAP_HEIGHT - high * scale) / 2

    def place(point: Point) -> Point:
        x, y = left + (point[0] - west) * NARROWING * scale, top + (north - point[1]) * scale
        return round(x, 1), round(y, 1)

    return place


def shapes(districts: Iterable[Any], current: Sequence[str]) -> list[dict[str, Any]]:
    """The districts that have an outline, ready to draw: name, url, current, points, x and y of the name."""
    drawn = [district for district in districts if fact(district, "outline")]
    if not drawn:
        return []
    place = projection([point for district in drawn for point in fact(district, "outline")])
    return [shape(district, current, place) for district in drawn]


def shape(district: Any, current: Sequence[str], place: Callable[[Point], Point]) -> dict[str, Any]:
    outline = fact(district, "outline")
    x, y = place(fact(district, "centroid") or outline[0])
    name = str(fact(district, "name"))
    return {
        "name": name,
        "url": fact(district, "url"),
        "current": name in current,
        "points": " ".join("{},{}".format(*place(point)) for point in outline),
        "x": str(x),
        "y": str(y),
    }


# Filters --------------------------------------------------------------------------------------------
def without(query: Any, name: str, value: str) -> str:
    """The query string "?…" of a QueryDict without this one value, and without the page number."""
    query = query.copy()
    kept = [other for other in query.getlist(name) if other != value]
    query.pop("pagina", None)
    query.setlist(name, kept)
    return f"?{query.urlencode()}"


def spoken(bound_field: Any, value: str) -> str:
    """What a person calls this value: what its field says, the words of the choice, else the value itself."""
    if hasattr(bound_field.field, "said"):
        return str(bound_field.field.said(value))
    choices = dict(flat(getattr(bound_field.field, "choices", [])))
    return choices.get(value, value)


def flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """Choices without their groups, value and words as text."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from flat(words)
        else:
            yield str(value), str(words)


def leading(hints: Any, query: Any, search: str) -> dict[str, list[tuple[str, str]]] | None:
    """What else to look for, each with the url that does so: the other filters stay."""
    if not (hints.meant or hints.also):
        return None
    return {
        "meant": [(text, instead(query, search, text)) for text in (hints.meant,) if text],
        "also": [(text, instead(query, search, text)) for text in hints.also],
    }


def instead(query: Any, name: str, value: str) -> str:
    """The url with another value for this name, on its first page."""
    asked = query.copy()
    asked[name] = value
    asked.pop("pagina", None)
    return f"?{asked.urlencode()}"


def active_filters(form: Any, query: Any) -> list[dict[str, str]]:
    """What people switched on: name, words, and the url that switches it off; of what a link brought too."""
    return [
        {"name": field.label, "words": spoken(field, value), "url": without(query, field.html_name, value)}
        for field in form
        if not getattr(field.field.widget, "is_silent", False)
        for value in query.getlist(field.html_name)
        if value
    ]
