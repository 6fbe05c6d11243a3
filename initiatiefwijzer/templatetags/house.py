"""The components that are our own, as template tags: people, matches, maps, the front door.

Written and shown like those of nlds.py.
"""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from initiatiefwijzer import drawing
from initiatiefwijzer.templatetags.nlds import part

register = template.Library()


# The shape of a page --------------------------------------------------------------------------------
@register.simple_block_tag
def columns(content, look=""):
    """Two columns on a wide screen, one on a phone.

    look: empty, or even (both are as wide); content: {% main %} and {% side %}, in the order a phone shows
    them.
    """
    extra = f" iw-columns--{look}" if look else ""
    return format_html('<div class="iw-columns{}">{}</div>', extra, content)


@register.simple_block_tag
def main(content):
    """The wide column of {% columns %}.

    content.
    """
    return format_html('<div class="iw-columns__main">{}</div>', content)


@register.simple_block_tag
def side(content, sticky=False):
    """The narrow column of {% columns %}.

    sticky: stays in view on a wide screen; content.
    """
    extra = " iw-columns__side--sticky" if sticky else ""
    return format_html('<div class="iw-columns__side{}">{}</div>', extra, content)


@register.simple_block_tag
def page_part(content, title):
    """What a page found, in one line: a heading of level 2 that opens a new part of the page.

    title; content: a sentence, {% jump_nav %}.
    """
    return part("page_part", content=content, title=title)


@register.simple_block_tag
def anchor(content, id):
    """A place on the page that a link can go to.

    id: the anchor; content.
    """
    return format_html('<div class="iw-anchor iw-flow" id="{}" tabindex="-1">{}</div>', id, content)


@register.simple_block_tag
def jump_nav(content, label=None):
    """Links to the parts of this page.

    label: its name ("Op deze pagina" when left out); content: {% jump %} tags.
    """
    return part("jump_nav", content=content, label=label or _("Op deze pagina"))


@register.simple_tag
def jump(text, id, count="", icon=""):
    """One link of {% jump_nav %}.

    text; id: the anchor without #; count: a number beside it; icon: name.
    """
    return part("jump", text=text, id=id, count=count, icon=icon)


@register.simple_block_tag
def tabs(content, label):
    """Lists of which one is shown; links, so every list has an address of its own.

    label: what they are lists of; content: {% tab %} tags.
    """
    return part("tabs", content=content, label=label)


@register.simple_tag
def tab(text, url, count="", current=False):
    """One list of {% tabs %}.

    text; url; count: how much is in it; current: it is the one that is shown.
    """
    return part("tab", text=text, url=url, count=count, current=current)


@register.simple_tag
def demo_notice():
    """A line above the page that says that this is a demo: nothing here is real."""
    return part("demo_notice")


# Why something fits ---------------------------------------------------------------------------------
STRENGTHS = {
    "sterk": (3, _("Past sterk")),
    "redelijk": (2, _("Past redelijk")),
    "misschien": (1, _("Past misschien")),
}


@register.simple_tag
def strength(value):
    """How well something fits: words, and one to three pointers for the eye.

    value: "sterk", "redelijk" or "misschien".
    """
    filled, words = STRENGTHS[value]
    return part("strength", words=words, pointers=[number < filled for number in range(3)])


@register.simple_tag
def mark(text, words):
    """The text with these whole words marked, everything escaped.

    text; words: list of words as they stand in the text (capitals do not matter).
    """
    return drawing.marked(text, words or ())


@register.simple_tag
def reasons(items, title=None):
    """Why something was proposed: one sentence each, with the words that met marked.

    items: list of {sentence, words}, words may be empty; title: small heading ("Waarom dit past" when left
    out, "" for none).
    """
    return part("reasons", items=items, title=_("Waarom dit past") if title is None else title)


@register.simple_block_tag
def match_list(content):
    """Things that fit with a plan, best first.

    content: {% match %} tags.
    """
    return format_html('<ol class="iw-matches" role="list">{}</ol>', content)


@register.simple_block_tag
def match(content, title, url, strong="", level=3, kicker=""):
    """One thing of {% match_list %} that fits, with how well and why.

    title and url of the thing; strong: value for {% strength %}, or empty; level: of heading; kicker: words
    above; content: {% reasons %} and {% facts %}.
    """
    return part("match", content=content, title=title, url=url, strong=strong, level=level, kicker=kicker)


@register.simple_block_tag
def picks(content, title):
    """Things to tick, each with more about it.

    title: what is ticked, for who can't see it; content: {% pick %} tags.
    """
    return format_html('<ul class="iw-picks" role="list" aria-label="{}">{}</ul>', title, content)


@register.simple_block_tag
def pick(content, text, name="", value="", type="checkbox", form="", checked=False, strong="", url=""):
    """One thing of {% picks %}: a box to tick or a button to choose, and what there is to know about it.

    text: its label; name, value and form: what is sent and with which form (empty name: nothing to tick);
    type: checkbox or radio; checked; strong: value for {% strength %}; url: where more is told; content.
    """
    return part(
        "pick",
        content=content,
        text=text,
        name=name,
        value=value,
        type=type,
        form=form,
        checked=checked,
        strong=strong,
        url=url,
        id=f"{name}-{slugify(value)}",
    )


# Promises -------------------------------------------------------------------------------------------
@register.simple_tag
def promise(clock, short=False):
    """A promise of the municipality: how long there still is, and why that day (pointed at, or unfolded).

    clock: anything with get_kind_display, left, why, mood (done, paused, late, warning, fine) and due_on;
    short: without what was promised.
    """
    return part("promise", clock=clock, short=short)


# People ---------------------------------------------------------------------------------------------
@register.simple_tag
def avatar(name, photo_url="", size="md"):
    """A round portrait, or initials on a colour that stays the same for the same name. Decoration only.

    name; photo_url: address of the picture, may be empty; size: sm, md, lg.
    """
    letters, tone = drawing.initials(str(name)), drawing.tone_of(str(name))
    return part("avatar", initials=letters, photo_url=photo_url, size=size, tone=tone)


@register.simple_block_tag
def person_card(content, person, kicker="", level=3, tone="", phone=""):
    """Somebody one can go to.

    person: object or dict with any of public_name (or name_or_empty, or name), function, title, department,
    phone, email, photo_url, get_absolute_url; kicker: words above ("Jouw contactpersoon"); level: of heading;
    tone: empty or brand (stands out); phone: number of town hall, for who shows none; content: reasons or
    buttons.
    """
    phone = drawing.fact(person, "phone") or phone
    name = drawing.public_name(person)
    role = drawing.fact(person, "function") or drawing.fact(person, "title")
    return part(
        "person_card",
        content=content,
        kicker=kicker,
        level=level,
        tone=tone,
        name=name,
        heading=name or role,
        role=role if name else "",
        url=drawing.fact(person, "get_absolute_url"),
        phone=phone,
        address=drawing.breakable(drawing.fact(person, "email")),
        tel=re.sub(r"[^\d+]", "", str(phone)),
        **{key: drawing.fact(person, key) for key in ("department", "email", "photo_url")},
    )


# Small blocks ---------------------------------------------------------------------------------------
@register.simple_block_tag
def facts(content):
    """A line of small facts that wraps.

    content: {% fact %} tags.
    """
    return format_html('<ul class="iw-facts" role="list">{}</ul>', content)


@register.simple_block_tag
def fact(content, icon=""):
    """One small fact of {% facts %}; nothing is drawn when it is empty.

    icon: name; content: text or a link.
    """
    return part("fact", content=content, icon=icon) if content.strip() else ""


@register.simple_block_tag
def steps(content, title=None, level=2):
    """What happens next, in order.

    title ("Wat gebeurt er nu?" when left out, "" for none) and level of the heading;
    content: {% step %} tags.
    """
    title = _("Wat gebeurt er nu?") if title is None else title
    return part("steps", content=content, title=title, level=level)


@register.simple_block_tag
def step(content, title, when="", done=False):
    """One step of {% steps %}.

    title; when: words for the time it takes; done: it is behind us; content: a sentence or two.
    """
    return part("step", content=content, title=title, when=when, done=done)


@register.simple_block_tag
def empty_state(content, title, icon="search", level=2):
    """What stands where nothing was found: say so, and give a way on.

    title and level of its heading; icon: name; content: the way on.
    """
    return part("empty_state", content=content, title=title, icon=icon, level=level)


# Pictures -------------------------------------------------------------------------------------------
@register.simple_tag
def district_map(districts, current="", title=None):
    """The districts as a drawing, with the list of their names beside it.

    districts: objects or dicts with name, outline [[lon, lat], …], centroid [lon, lat], url (may be empty);
    current: name of the one to point out, or several; may be empty; title ("De wijken" when left out).
    """
    here = [str(one) for one in ([current] if isinstance(current, str) else current) if one]
    shapes = drawing.shapes(districts, here)
    if not shapes:
        return ""
    size = {"width": drawing.MAP_WIDTH, "height": drawing.MAP_HEIGHT}
    return part("district_map", shapes=shapes, current=", ".join(here), title=title or _("De wijken"), **size)


@register.simple_tag
def qr_code(svg, label):
    """A QR code in the page itself; as an address (data:) the Content Security Policy would stop it.

    svg: the drawing as our own library made it; label: what it is, for who can't see it.
    """
    return part("qr_code", svg=mark_safe(svg[svg.index("<svg") :]), label=label)  # noqa: S308 not from outside


# The front door -------------------------------------------------------------------------------------
@register.simple_block_tag
def hero(content):
    """The wide band with the drawing of the signpost, on top of the home page.

    content: {% hero_box %}.
    """
    return part("hero", content=content)


@register.simple_tag(takes_context=True)
def hero_box(context, action, *examples, field="omschrijving", question=None):
    """The one large question of the home page (its h1), as a form to the wegwijzer.

    action: address of the wegwijzer; examples: short texts that show what one may type; field: name of the
    text parameter; question ("Wat wil je doen in je buurt?" when left out).
    """
    return part(
        "hero_box",
        action=action,
        field=field,
        question=question or _("Wat wil je doen in je buurt?"),
        examples=examples,
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_block_tag
def route(content):
    """A few steps side by side, in short: how it works.

    content: {% stop %} tags.
    """
    return format_html('<ol class="iw-route" role="list">{}</ol>', content)


@register.simple_block_tag
def stop(content, title):
    """One step of {% route %}.

    title; content: a sentence.
    """
    return part("stop", content=content, title=title)
