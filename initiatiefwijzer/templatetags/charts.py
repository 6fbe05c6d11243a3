"""The components that show figures: numbers, bars in a table, columns over time.

Written and shown like those of nlds.py. The table is the truth; a drawing is its picture.
"""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatiefwijzer import charting
from initiatiefwijzer.drawing import MAP_HEIGHT, MAP_WIDTH, fact, html, joined
from initiatiefwijzer.templatetags.nlds import drawn, given
from overview.council import thousands

register = template.Library()


def written(number):
    """A number as people write it: 1.200."""
    return number if number < 1000 else thousands(number)


# Numbers ------------------------------------------------------------------------------------------------
@register.simple_block_tag
def key_figures(content):
    """The few numbers that say most, side by side.

    content: {% key_figure %} tags.
    """
    return html('<ul class="iw-keys" role="list">{}</ul>', content)


@register.simple_block_tag
def key_figure(content, number, words, icon="", tone=""):
    """One number of {% key_figures %}.

    number: as people read it; words: what it counts; icon: name; tone: empty or accent (asks attention);
    content: a line below, with a link.
    """
    return html(
        '<li class="iw-key{}">{}<p class="iw-key__line"><strong class="iw-key__number">{}</strong> '
        '<span class="iw-key__words">{}</span></p>{}</li>',
        given(" iw-key--{}", tone),
        given('<span class="iw-key__icon">{}</span>', icon and drawn(icon, "lg")),
        written(number) if isinstance(number, int) else number,
        words,
        given('<p class="iw-key__more">{}</p>', content.strip() and content),
    )


# Who works with whom ------------------------------------------------------------------------------------
@register.simple_tag
def network(drawing):
    """Two rows of names with lines between them; for the eye, beside a list that says the same.

    drawing: a Drawing of desk/relations/network.py.
    """
    middle = (drawing.left + drawing.right) // 2
    ends = (drawing.left + 10, middle, drawing.right - 10)
    return html(
        '<svg class="iw-network" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">'
        "{}{}{}</svg>",
        drawing.width,
        drawing.height,
        _("Links organisaties, rechts plannen, met lijnen ertussen. De lijst zegt hetzelfde."),
        joined(
            '<path class="iw-network__line" d="M{0} {3}C{1} {3} {1} {4} {2} {4}" />',
            ([*ends, *line] for line in drawing.lines),
        ),
        joined(
            '<circle class="iw-network__dot" cx="{}" cy="{}" r="4" />'
            '<text class="iw-network__name iw-network__name--end" x="{}" y="{}">{}</text>',
            ([ends[0], one.y, drawing.left, one.y + 5, one.name] for one in drawing.organisations),
        ),
        joined(
            '<circle class="iw-network__dot iw-network__dot--plan" cx="{}" cy="{}" r="4" />'
            '<text class="iw-network__name" x="{}" y="{}">{}</text>',
            ([ends[2], one.y, drawing.right, one.y + 5, one.name] for one in drawing.plans),
        ),
    )


# A table with bars --------------------------------------------------------------------------------------
BAR = (
    '<svg class="iw-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    '<rect class="iw-bar__ground" width="100" height="8" /><rect class="iw-bar__all" width="{}" height="8" />'
    '<rect class="iw-bar__public" width="{}" height="8" /></svg>'
)
HEAD = '<th class="iw-figures__head" role="columnheader" scope="col">{}</th>'


@register.simple_tag
def figure_table(rows, caption, name, bars=True):
    """A table of things with how many plans they have, a bar for the eye, and the way down to the plans.

    rows: objects or dicts with name, count (all, public), url, note, all_url, public_url and widths; caption:
    what it holds, read aloud; name: title of the first column; bars: with bars.
    """
    words = {number: ngettext("plan", "plannen", number) for number in (1, 2)}, _("openbaar")
    heads = [[name], *([[_("Verhouding")]] if bars else []), [_("Plannen")], [_("Waarvan openbaar")]]
    return html(
        '<table class="iw-figures" role="table"><caption class="iw-hidden">{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table>',
        caption,
        joined(HEAD, heads),
        joined("{}", ([figure_row(row, bars, *words)] for row in rows)),
    )


def figure_row(row, bars, plans, public):
    count, name = fact(row, "count"), fact(row, "name")
    everything, shown = fact(count, "all") or 0, fact(count, "public") or 0
    widths = fact(row, "widths") if bars else ""
    return html(
        '<tr class="iw-figures__row" role="row">'
        '<th class="iw-figures__name" role="rowheader" scope="row">{}{}</th>{}'
        '<td class="iw-figures__all" role="cell">{}</td>'
        '<td class="iw-figures__public" role="cell">{}</td></tr>',
        linked(name, fact(row, "url")),
        given('<span class="iw-figures__note">{}</span>', fact(row, "note")),
        given('<td class="iw-figures__bar" role="cell">{}</td>', widths and html(BAR, *widths)),
        number_of(everything, plans[1 if everything == 1 else 2], fact(row, "all_url"), name),
        number_of(shown, public, fact(row, "public_url"), name),
    )


def linked(text, url):
    return html('<a class="nl-link" href="{}">{}</a>', url, text) if url else html("{}", text)


SPREAD = '<rect class="iw-spread__{}" x="{}" width="{}" height="8" />'


@register.simple_tag
def spread_bar(shares):
    """Several parts of one whole, side by side; the numbers stand in the table beside it.

    shares: at most four per cents of the whole, in the order of {% spread_legend %}.
    """
    begins = [round(sum(shares[:place]), 1) for place in range(len(shares))]
    parts = enumerate(zip(begins, shares, strict=True), 1)
    return html(
        '<svg class="iw-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="iw-bar__ground" width="100" height="8" />{}</svg>',
        joined(SPREAD, ([number, begin, share] for number, (begin, share) in parts if share)),
    )


@register.simple_tag
def spread_legend(*words):
    """What the parts of a {% spread_bar %} mean.

    words: in the order of the parts.
    """
    mark = '<span class="iw-legend__mark iw-legend__mark--{}"></span>{}'
    return html('<p class="iw-legend">{}</p>', joined(mark, enumerate(words, 1)))


@register.simple_tag
def name_list(rows, title):
    """Things by their name alone, where there is nothing to count.

    rows: objects or dicts with name, url and note; title: what they are, read aloud.
    """
    return html(
        '<ul class="iw-names" role="list" aria-label="{}">{}</ul>',
        title,
        joined(
            '<li class="iw-names__one">{}{}</li>',
            (
                [
                    linked(fact(row, "name"), fact(row, "url")),
                    given('<span class="iw-figures__note">{}</span>', fact(row, "note")),
                ]
                for row in rows
            ),
        ),
    )


def number_of(number, words, url, name):
    """What was counted, as a link to the plans themselves; whoever hears it hears of what."""
    if not number or not url:
        return html("{} {}", written(number), words)
    way = '<a class="nl-link" href="{}">{} {}<span class="iw-hidden">: {}</span></a>'
    return html(way, url, written(number), words, name)


@register.simple_tag
def bar_legend():
    """What the two tones of a bar mean.

    Takes no variables.
    """
    return html(
        '<p class="iw-legend"><span class="iw-legend__mark iw-legend__mark--public"></span>{}'
        '<span class="iw-legend__mark iw-legend__mark--all"></span>{}</p>',
        _("openbaar"),
        _("nog niet openbaar"),
    )


# A map to choose from -----------------------------------------------------------------------------------
AREA = (
    '<a class="iw-choice__link" href="{}" aria-label="{}"{}>'
    '<title>{}</title><polygon class="iw-choice__area iw-choice__area--{}" points="{}" /></a>'
)
WORDS = '<text class="iw-choice__{}" x="{}" y="{}" text-anchor="middle">{}</text>'
TICK = '<path class="iw-choice__tick" d="M{} {}l7 7 13-15" />'


@register.simple_tag
def choice_map(areas, words, title, one="", many="", note=""):
    """The districts as links on a map, with how much there is in each; on a phone folded.

    areas: dicts with name, url, current, number (may be None), outline and centroid (nothing is drawn without
    any); words: the line it unfolds from; title: what one does with it, read aloud; one and many: what is
    counted; note: a line below.
    """
    if not areas:
        return ""
    places = charting.places(tuple((area["outline"], area["centroid"]) for area in areas))
    most = max((area["number"] or 0 for area in areas), default=0)
    drawing = list(zip(areas, places, strict=True))
    return html(
        '<details class="iw-choice"><summary class="iw-choice__summary">{}{}</summary>'
        '<svg class="iw-choice__drawing" viewBox="0 0 {} {}" role="group" aria-label="{}">{}'
        '<g class="iw-choice__words" aria-hidden="true">{}</g></svg>{}</details>',
        drawn("pin", "md"),
        words,
        MAP_WIDTH,
        MAP_HEIGHT,
        title,
        joined("{}", ([choice(area, place, most, one, many)] for area, place in drawing)),
        joined("{}", ([written_on(area, place)] for area, place in drawing)),
        given('<p class="iw-choice__note">{}</p>', note),
    )


def choice(area, place, most, one, many):
    """One district as a link; the words lie over all of them."""
    number, name = area["number"], area["name"]
    said = name if number is None else f"{name}: {number} {one if number == 1 else many}".strip()
    chosen = area["current"]
    return html(
        AREA,
        area["url"],
        f"{said}, {_('gekozen')}" if chosen else said,
        html(' aria-current="true"') if chosen else "",
        name,
        "current" if chosen else charting.shade(number, most),
        place.points,
    )


def written_on(area, place):
    """Name and number of a district, the name only where it fits; a tick says that it was chosen."""
    name = area["name"] if charting.fits(area["name"], place) else ""
    number = "" if area["number"] is None else written(area["number"])
    top = place.y - (12 if name and number else -7)
    return html(
        "{}{}{}",
        html(WORDS, "name", place.x, round(top, 1), name) if name else "",
        html(WORDS, "number", place.x, round(top + (26 if name else 0), 1), number) if number else "",
        html(TICK, round(place.x - 10, 1), round(top - 30, 1)) if area["current"] else "",
    )


# Columns over time --------------------------------------------------------------------------------------
LINE = '<line class="iw-chart__line" x1="{}" x2="{}" y1="{}" y2="{}" />'


@register.simple_tag
def column_chart(columns, title, line=None, line_words=""):
    """Columns over time; the table with the same numbers stands beside it.

    columns: list of {label, value, part}: part is the darker lower part of the value (all of it when left
    out); title: what it shows, for who can't see it; line: a value to hold the columns against; line_words:
    what that is.
    """
    drawing = charting.columns([dict(one) for one in columns], line)
    if not drawing.bars:
        return ""
    return html(
        '<figure class="iw-chart">'
        '<svg class="iw-chart__drawing" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>'
        "{}</figure>",
        charting.WIDTH,
        charting.HEIGHT,
        title,
        joined(
            '<line class="iw-chart__grid" x1="{}" x2="{}" y1="{}" y2="{}" />'
            '<text class="iw-chart__scale" x="{}" y="{}" text-anchor="end">{}</text>',
            drawing.grid,
        ),
        joined(
            '<rect class="iw-chart__all" x="{0}" y="{1}" width="{2}" height="{3}" rx="2" />'
            '<rect class="iw-chart__part" x="{0}" y="{4}" width="{2}" height="{5}" rx="2" />',
            drawing.bars,
        ),
        joined('<text class="iw-chart__label{}" x="{}" y="{}" text-anchor="{}">{}</text>', drawing.labels),
        html(LINE, *drawing.line) if drawing.line else "",
        given(
            '<figcaption class="iw-chart__caption">'
            '<span class="iw-legend__mark iw-legend__mark--line"></span>{}</figcaption>',
            line_words if drawing.line else "",
        ),
    )
