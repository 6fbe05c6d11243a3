"""The components of NL Design System as template tags.

Pages write these tags, those of house.py and plain HTML; no page writes a class of the design system. Every
docstring lists the variables of its tag; /stijl/ shows them all. A tag with content has an `end…` tag.

What a page draws many times is written here, with `html`: a template of its own costs ten times as
much, and a list has hundreds. What it draws once is a template in templates/components/.
"""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from contacts.filters import place_words
from initiatiefwijzer import drawing
from initiatiefwijzer.drawing import html, joined
from initiatiefwijzer.icons import ICONS
from townhall import sheets
from townhall.hints import hints

register = template.Library()


def part(component, /, **variables):
    """The component template with these variables, as safe HTML without white space around it."""
    return SafeString(render_to_string(f"components/{component}.html", variables).strip())


def given(pattern, value):
    """The pattern filled with a value; nothing where there is no value."""
    return html(pattern, value) if value else ""


@cache
def drawn(name, size):
    """An icon for the eye only; there are few, so each is made once."""
    return html(SVG, size, SafeString(' aria-hidden="true"'), SafeString(ICONS[name]))


SVG = (
    '<svg class="iw-icon iw-icon--{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round" focusable="false"{}>{}</svg>'
)


# Small things ---------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", size="md"):
    """A line icon.

    name: one of ICONS; label: words for who can't see it (empty: decoration); size: sm, md, lg, xl.
    """
    if not label:
        return drawn(str(name), str(size))
    said = html(' role="img" aria-label="{}"', label)
    return html(SVG, size, said, SafeString(ICONS[name]))


@register.simple_tag
def heading(text, level=2, id="", url="", icon="", look=None):
    """A heading.

    text; level: 1 to 6, its place in the outline; look: the level it looks like (its own when left out);
    id: anchor; url: where the text links to; icon: name in front.
    """
    return html(
        '<h{0} class="nl-heading nl-heading--level-{1} iw-heading"{2}>{3}{4}</h{0}>',
        level,
        look or level,
        given(' id="{}"', id),
        drawn(icon, "lg") if icon else "",
        html('<a class="nl-link iw-heading__link" href="{}">{}</a>', url, text) if url else text,
    )


@register.simple_tag
def badge(text, tone="neutral", icon=""):
    """A word or two on a coloured ground; the words say all, the colour only helps.

    text; tone: neutral, info, success, warning, error, brand, accent; icon: name of an icon in front.
    """
    symbol = drawn(icon, "sm") if icon else ""
    return html('<span class="nl-data-badge iw-badge iw-badge--{}">{}{}</span>', tone, symbol, text)


STATES = {
    "draft": ("neutral", "pencil", _("Concept")),
    "submitted": ("info", "mail", _("Ingediend")),
    "in_dialogue": ("info", "speech", _("In gesprek")),
    "awaiting_decision": ("warning", "clock", _("Wacht op besluit")),
    "in_progress": ("brand", "arrow", _("In uitvoering")),
    "realised": ("success", "check", _("Gerealiseerd")),
    "ongoing": ("success", "leaf", _("Doorlopend")),
    "paused": ("neutral", "clock", _("Gepauzeerd")),
    "stopped": ("neutral", "close", _("Gestopt")),
    "referred": ("neutral", "signpost", _("Doorverwezen")),
}


@register.simple_tag
@cache
def status(state):
    """Where an initiative stands, as a badge.

    state: a code of STATES ("in_dialogue").
    """
    tone, symbol, words = STATES[state]
    return badge(words, tone, symbol)


# Buttons, links, forms ------------------------------------------------------------------------------
@register.simple_tag
def button(text, kind="primary", type="submit", name="", value="", icon="", form="", action=""):
    """A button in a form.

    text; kind: primary, secondary, subtle; type: submit, button, reset; name and value: what it sends;
    icon: name of an icon in front; form: id of the form it sends, where it stands outside; action: where it
    sends that to, if not to where the form goes.
    """
    return html(
        '<button class="nl-button nl-button--{} iw-button" type="{}"{}{}{}>{}'
        '<span class="nl-button__label">{}</span>'
        "</button>",
        kind,
        type,
        html(' name="{}" value="{}"', name, value) if name else "",
        given(' form="{}"', form),
        given(' formaction="{}"', action),
        given('<span class="nl-button__icon-start">{}</span>', icon and drawn(icon, "md")),
        text,
    )


@register.simple_tag
def button_link(text, url, kind="secondary", icon=""):
    """A link that looks like a button.

    text; url; kind: primary, secondary, subtle; icon: name in front.
    """
    return html(
        '<a class="nl-button nl-button--{} iw-button" href="{}">{}'
        '<span class="nl-button__label">{}</span></a>',
        kind,
        url,
        given('<span class="nl-button__icon-start">{}</span>', icon and drawn(icon, "md")),
        text,
    )


@register.simple_block_tag
def actions(content):
    """A row of buttons and links that wraps on a phone.

    content: the buttons.
    """
    return html('<div class="iw-actions">{}</div>', content)


@register.simple_tag
def link(text, url, new_tab=False):
    """A link in a line of text.

    text; url; new_tab: opens beside this page, where leaving it would lose something; the text says so.
    """
    beside = ' target="_blank" rel="noopener"' if new_tab else ""
    return html(f'<a class="nl-link" href="{{}}"{beside}>{{}}</a>', url, text)


@register.simple_tag
def more_link(text, url):
    """A link with an arrow, under a list or a card: "Alle doelen".

    text; url.
    """
    return html('<a class="nl-link iw-more" href="{}">{}{}</a>', url, text, drawn("arrow", "sm"))


@register.simple_block_tag(takes_context=True)
def post_form(context, content, action, look="", id="", files=False):
    """A form that is sent by POST, with the token against forgery.

    action: where it goes; look: empty, panel (a ground of its own) or inline (one button among others);
    id: for fields elsewhere on the page that belong to it; files: it holds a field for a file;
    content: fields and {% actions %}.
    """
    told = {"content": content, "action": action, "look": look, "id": id, "files": files}
    return part("post_form", csrf_token=context.get("csrf_token", ""), **told)


@register.simple_block_tag
def field_grid(content):
    """Short form fields side by side where there is room.

    content: fields.
    """
    return html('<div class="iw-field-grid">{}</div>', content)


# The frame of a page --------------------------------------------------------------------------------
@register.simple_tag
def breadcrumbs(*items):
    """The way back up.

    items: title, url, title, url, …, title of this page. "Home" is put in front.
    """
    ancestors = [(_("Home"), reverse("home")), *zip(items[:-1:2], items[1::2], strict=False)]
    here = (
        '<li class="utrecht-breadcrumb-nav__item iw-breadcrumbs__current">'
        '<span class="utrecht-breadcrumb-nav__link" aria-current="page">{}</span></li>'
    )
    return html(
        '<nav class="utrecht-breadcrumb-nav iw-breadcrumbs" aria-label="{}">'
        '<ol class="utrecht-breadcrumb-nav__list utrecht-breadcrumb-nav__list--html-ol">{}{}</ol></nav>',
        _("Kruimelpad"),
        joined(
            '<li class="utrecht-breadcrumb-nav__item">'
            '<a class="utrecht-breadcrumb-nav__link nl-link" href="{1}">{0}</a></li>',
            ancestors,
        ),
        given(here, items[-1] if items else ""),
    )


@register.simple_block_tag
def page_intro(content, title, lead="", kicker=""):
    """The head of a page, with its only h1.

    title; lead: one or two sentences under it; kicker: a few words above it ("Doel"); content: badges,
    facts, buttons.
    """
    return html(
        '<div class="iw-intro">{}<h1 class="nl-heading nl-heading--level-1">{}</h1>{}{}</div>',
        given('<p class="iw-kicker">{}</p>', kicker),
        title,
        given('<p class="nl-paragraph nl-paragraph--lead iw-lead">{}</p>', lead),
        content,
    )


@register.simple_block_tag
def section(content, title, id="", level=2, intro="", icon="", tone="", more_url="", more_text=""):
    """A part of a page under a heading that can be linked to.

    title; id: anchor (made from the title when empty); level: of the heading; intro: one sentence;
    icon: name; tone: empty, sand, brand (a coloured ground); more_url and more_text: a link below; content.
    """
    anchor = id or slugify(title)
    return html(
        '<section class="iw-section{0}" id="{1}" aria-labelledby="{1}-kop">{2}{3}{4}{5}</section>',
        given(" iw-section--{}", tone),
        anchor,
        heading(title, level, id=f"{anchor}-kop", icon=icon),
        given('<p class="nl-paragraph iw-section__intro">{}</p>', intro),
        content,
        given('<p class="iw-section__more">{}</p>', more_url and more_link(more_text, more_url)),
    )


# Blocks ---------------------------------------------------------------------------------------------
@register.simple_block_tag
def cards(content, columns=2):
    """A grid of cards.

    columns: 1, 2 or 3 on a wide screen, one on a phone; content: cards.
    """
    return html('<div class="iw-cards iw-cards--{}">{}</div>', columns, content)


@register.simple_block_tag
def card(content, title="", level=3, tone="", icon=""):
    """A plain block on a ground of its own.

    title and level of its heading; tone: empty, sand, brand, accent; icon: name; content.
    """
    return html(
        '<div class="iw-card{}">{}{}</div>',
        given(" iw-card--{}", tone),
        heading(title, level, icon=icon, look=4) if title else "",
        content,
    )


@register.simple_block_tag
def link_card(content, title, url, level=3, kicker="", meta="", icon=""):
    """A card of which the whole surface follows its one link.

    title: the text of the link; url; level: of the heading; kicker: words above, with icon; meta: words
    below; content: a few lines (other links in it stay clickable).
    """
    beside = icon and not kicker
    symbol = drawn(icon, "lg" if beside else "sm") if icon else ""
    return html(
        '<article class="iw-card iw-card--link{}">{}{}{}{}<span class="iw-card__arrow">{}</span></article>',
        " iw-card--icon" if beside else "",
        html('<span class="iw-card__icon">{}</span>', symbol)
        if beside
        else html('<p class="iw-card__kicker">{}{}</p>', symbol, kicker)
        if kicker
        else "",
        heading(title, level, url=url, look=4),
        given('<div class="iw-card__body">{}</div>', content.strip() and content),
        given('<div class="iw-card__meta">{}</div>', meta),
        drawn("arrow", "md"),
    )


ALERTS = {
    "info": ("info", _("Ter informatie")),
    "success": ("check", _("Gelukt")),
    "warning": ("warning", _("Let op")),
    "error": ("error", _("Dit ging niet goed")),
}


@register.simple_block_tag
def alert(content, kind="info", title="", level=2):
    """A message that asks attention.

    kind: info, success, warning, error; title and level of its heading; content.
    """
    symbol, words = ALERTS[kind]
    return part("alert", content=content, kind=kind, title=title, level=level, symbol=symbol, words=words)


MESSAGES = {"debug": "info"}  # Django's levels are our kinds, but for this one


@register.simple_tag
def message_alert(message):
    """A message of Django's messages framework as an alert.

    message: its level decides the kind.
    """
    kind = MESSAGES.get(message.level_tag, message.level_tag)
    symbol, words = ALERTS[kind]
    return part("alert", content=message, kind=kind, title="", level=2, symbol=symbol, words=words)


@register.simple_block_tag
def disclosure(content, summary, open=False):
    """Something that unfolds.

    summary: the line one sees; open: unfolded at first; content: what unfolds.
    """
    return part("disclosure", content=content, summary=summary, open=open)


@register.simple_block_tag
def data_list(content):
    """Facts as term and value.

    content: {% item %} tags.
    """
    return html('<dl class="utrecht-data-list iw-data-list">{}</dl>', content)


@register.simple_block_tag
def item(content, term, icon=""):
    """One fact of {% data_list %}; nothing is drawn when its value is empty.

    term: its name; icon: name; content: its value.
    """
    if not content.strip():
        return ""
    return html(
        '<div class="utrecht-data-list__item iw-data-list__item">'
        '<dt class="utrecht-data-list__item-key iw-data-list__key">{}{}</dt>'
        '<dd class="utrecht-data-list__item-value utrecht-data-list__item-value--html-dd">{}</dd></div>',
        drawn(icon, "sm") if icon else "",
        term,
        content,
    )


@register.simple_block_tag
def table(content, caption, columns, hide_caption=False):
    """A table that becomes a stack of cards on a phone.

    caption: what it holds; columns: titles with | between; content: <tr> rows of plain <td>, and
    <th scope="row"> for the cell that names the row; hide_caption: only read aloud, where a heading says it.
    """
    titles = str(columns).split("|")
    rows = drawing.labelled(content, titles)
    head = '<th class="utrecht-table__header-cell" role="columnheader" scope="col">{}</th>'
    return html(
        '<table class="utrecht-table iw-table" role="table">'
        '<caption class="utrecht-table__caption{}">{}</caption>'
        '<thead class="utrecht-table__header" role="rowgroup">'
        '<tr class="utrecht-table__row" role="row">{}</tr></thead>'
        '<tbody class="utrecht-table__body" role="rowgroup">{}</tbody></table>',
        " iw-hidden" if hide_caption else "",
        caption,
        joined(head, ([title] for title in titles)),
        rows,
    )


# Finding --------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def search_filters(context, form, count=None, one=None, many=None, search="zoek", found=None):
    """Search box and filters above a list, with what is switched on, how much was found, what else there is.

    form: the form of the FilterSet (sent by GET), or another with `looks` (townhall/hints.py); count: number
    found, or words for it (None where nothing was asked); one and many: the noun ("doel", "doelen"); search:
    name of the search field; found: how many things hold the words, where that is not `count`.
    """
    request = context["request"]
    others = [field for field in form.visible_fields() if field.name != search]
    return part(
        "search_filters",
        box=form[search] if search in form.fields else None,
        hidden=[field for field in form.hidden_fields() if field.value() or field.errors],
        others=others,
        is_open=search not in form.fields or any(request.GET.get(field.html_name) for field in others),
        active=drawing.active_filters(form, request.GET),
        hints=hinted(form, count if found is None else found, search, request),
        count=count,
        noun=(one or _("resultaat")) if count == 1 else (many or _("resultaten")),
        path=request.path,
    )


def hinted(form, found, search, request):
    """What else to look for, with where it leads: {meant, also} of [(words, url), …]; None for nothing."""
    text = "" if search not in form.fields or form[search].errors else form[search].value() or ""
    if not (text and isinstance(found, int)):  # words for a number mean that it is a large one
        return None
    told = hints(text, found, getattr(form, "looks", ()), lambda: place_words(request))
    return drawing.leading(told, request.GET, search)


@register.simple_tag(takes_context=True)
def pagination(context, page_obj):
    """Links to the other pages of a list; keeps the rest of the query string.

    page_obj: the Page of Django's Paginator.
    """
    query = context["request"].GET.copy()
    query.pop("pagina", None)
    pages = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    base = f"?{query.urlencode()}&pagina=" if query else "?pagina="
    return part("pagination", page_obj=page_obj, pages=list(pages), base=base)


@register.simple_tag(takes_context=True)
def sheet_links(context):
    """The whole list as a file, with the filters of this page; stands below each list."""
    query = context["request"].GET.copy()
    for name in ("pagina", sheets.PARAMETER):
        query.pop(name, None)
    base = f"?{query.urlencode()}&{sheets.PARAMETER}=" if query else f"?{sheets.PARAMETER}="
    return part("sheet_links", base=base)
