"""The components of NL Design System as template tags.

Pages write these tags, those of house.py and plain HTML; no page writes a class of the design system. Every
docstring lists the variables of its tag; /stijl/ shows them all. A tag with content has an `end…` tag.
"""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from initiatiefwijzer import drawing
from initiatiefwijzer.icons import ICONS

register = template.Library()


def part(component, /, **variables):
    """The component template with these variables, as safe HTML without white space around it."""
    return mark_safe(render_to_string(f"components/{component}.html", variables).strip())  # noqa: S308 a template


# Small things ---------------------------------------------------------------------------------------
@register.simple_tag
def icon(name, label="", size="md"):
    """A line icon.

    name: one of ICONS; label: words for who can't see it (empty: decoration); size: sm, md, lg, xl.
    """
    return part("icon", drawing=mark_safe(ICONS[name]), label=label, size=size)  # noqa: S308 our own table


@register.simple_tag
def heading(text, level=2, id="", url="", icon="", look=None):
    """A heading.

    text; level: 1 to 6, its place in the outline; look: the level it looks like (its own when left out);
    id: anchor; url: where the text links to; icon: name in front.
    """
    return part("heading", text=text, level=level, look=look or level, id=id, url=url, icon=icon)


@register.simple_tag
def badge(text, tone="neutral", icon=""):
    """A word or two on a coloured ground; the words say all, the colour only helps.

    text; tone: neutral, info, success, warning, error, brand, accent; icon: name of an icon in front.
    """
    return part("badge", text=text, tone=tone, icon=icon)


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
def status(state):
    """Where an initiative stands, as a badge.

    state: a code of STATES ("in_dialogue").
    """
    tone, symbol, words = STATES[state]
    return badge(words, tone, symbol)


# Buttons, links, forms ------------------------------------------------------------------------------
@register.simple_tag
def button(text, kind="primary", type="submit", name="", value="", icon=""):
    """A button in a form.

    text; kind: primary, secondary, subtle; type: submit, button, reset; name and value: what it sends;
    icon: name of an icon in front.
    """
    return part("button", text=text, kind=kind, type=type, name=name, value=value, icon=icon)


@register.simple_tag
def button_link(text, url, kind="secondary", icon=""):
    """A link that looks like a button.

    text; url; kind: primary, secondary, subtle; icon: name in front.
    """
    return part("button_link", text=text, url=url, kind=kind, icon=icon)


@register.simple_block_tag
def actions(content):
    """A row of buttons and links that wraps on a phone.

    content: the buttons.
    """
    return format_html('<div class="iw-actions">{}</div>', content)


@register.simple_tag
def more_link(text, url):
    """A link with an arrow, under a list or a card: "Alle doelen".

    text; url.
    """
    return part("more_link", text=text, url=url)


@register.simple_block_tag(takes_context=True)
def post_form(context, content, action, look="", id=""):
    """A form that is sent by POST, with the token against forgery.

    action: where it goes; look: empty, panel (a ground of its own) or inline (one button among others);
    id: for fields elsewhere on the page that belong to it; content: fields and {% actions %}.
    """
    csrf_token = context.get("csrf_token", "")
    return part("post_form", content=content, action=action, look=look, id=id, csrf_token=csrf_token)


@register.simple_block_tag
def field_grid(content):
    """Short form fields side by side where there is room.

    content: fields.
    """
    return format_html('<div class="iw-field-grid">{}</div>', content)


# The frame of a page --------------------------------------------------------------------------------
@register.simple_tag
def breadcrumbs(*items):
    """The way back up.

    items: title, url, title, url, …, title of this page. "Home" is put in front.
    """
    ancestors = list(zip(items[:-1:2], items[1::2], strict=False))
    return part("breadcrumbs", home=reverse("home"), ancestors=ancestors, current=items[-1] if items else "")


@register.simple_block_tag
def page_intro(content, title, lead="", kicker=""):
    """The head of a page, with its only h1.

    title; lead: one or two sentences under it; kicker: a few words above it ("Doel"); content: badges,
    facts, buttons.
    """
    return part("page_intro", content=content, title=title, lead=lead, kicker=kicker)


@register.simple_block_tag
def section(content, title, id="", level=2, intro="", icon="", tone="", more_url="", more_text=""):
    """A part of a page under a heading that can be linked to.

    title; id: anchor (made from the title when empty); level: of the heading; intro: one sentence;
    icon: name; tone: empty, sand, brand (a coloured ground); more_url and more_text: a link below; content.
    """
    anchor = id or slugify(title)
    return part(
        "section",
        content=content,
        title=title,
        id=anchor,
        heading_id=f"{anchor}-kop",
        level=level,
        intro=intro,
        icon=icon,
        tone=tone,
        more_url=more_url,
        more_text=more_text,
    )


# Blocks ---------------------------------------------------------------------------------------------
@register.simple_block_tag
def cards(content, columns=2):
    """A grid of cards.

    columns: 1, 2 or 3 on a wide screen, one on a phone; content: cards.
    """
    return format_html('<div class="iw-cards iw-cards--{}">{}</div>', columns, content)


@register.simple_block_tag
def card(content, title="", level=3, tone="", icon=""):
    """A plain block on a ground of its own.

    title and level of its heading; tone: empty, sand, brand, accent; icon: name; content.
    """
    return part("card", content=content, title=title, level=level, tone=tone, icon=icon)


@register.simple_block_tag
def link_card(content, title, url, level=3, kicker="", meta="", icon=""):
    """A card of which the whole surface follows its one link.

    title: the text of the link; url; level: of the heading; kicker: words above, with icon; meta: words
    below; content: a few lines (other links in it stay clickable).
    """
    return part(
        "link_card", content=content, title=title, url=url, level=level, kicker=kicker, meta=meta, icon=icon
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
    return format_html('<dl class="utrecht-data-list iw-data-list">{}</dl>', content)


@register.simple_block_tag
def item(content, term, icon=""):
    """One fact of {% data_list %}; nothing is drawn when its value is empty.

    term: its name; icon: name; content: its value.
    """
    return part("item", content=content, term=term, icon=icon) if content.strip() else ""


@register.simple_block_tag
def table(content, caption, columns, hide_caption=False):
    """A table that becomes a stack of cards on a phone.

    caption: what it holds; columns: titles with | between; content: <tr> rows of plain <td>, and
    <th scope="row"> for the cell that names the row; hide_caption: only read aloud, where a heading says it.
    """
    titles = str(columns).split("|")
    rows = drawing.labelled(content, titles)
    return part("table", content=rows, caption=caption, titles=titles, hide_caption=hide_caption)


# Finding --------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def search_filters(context, form, count, one=None, many=None, search="zoek"):
    """Search box and filters above a list, with what is switched on and how much was found.

    form: the form of the FilterSet (sent by GET); count: number found; one and many: the noun ("doel",
    "doelen"); search: name of the search field.
    """
    request = context["request"]
    others = [field for field in form if field.name != search]
    return part(
        "search_filters",
        box=form[search] if search in form.fields else None,
        others=others,
        is_open=search not in form.fields or any(request.GET.get(field.html_name) for field in others),
        active=drawing.active_filters(form, request.GET),
        count=count,
        noun=(one or _("resultaat")) if count == 1 else (many or _("resultaten")),
        path=request.path,
    )


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
