"""The components that are our own, as template tags: people, matches, maps, the front door.

Written and shown like those of nlds.py.
"""

import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from initiatiefwijzer import drawing
from initiatiefwijzer.drawing import html, joined
from initiatiefwijzer.templatetags.nlds import badge, drawn, given, heading, link_card, part, status

register = template.Library()


# What the municipality says itself ------------------------------------------------------------------
@register.simple_block_tag(takes_context=True)
def own_text(context, content, key):
    """A text of the municipality in the place it is for, with the content where it wrote none.

    An address in it becomes a link.
    key: the place (desk.manage.town.TEXTS); content: what stands there otherwise.
    """
    written = (drawing.fact(context.get("municipality"), "texts") or {}).get(key)
    return linebreaks_filter(urlize(written, autoescape=True), autoescape=False) if written else content


# The shape of a page --------------------------------------------------------------------------------
@register.simple_block_tag
def columns(content, look=""):
    """Two columns on a wide screen, one on a phone.

    look: empty, or even (both are as wide); content: {% main %} and {% side %}, in the order a phone shows
    them; what comes after them in {% main %} below=True stands below the first on a wide screen.
    """
    extra = f" iw-columns--{look}" if look else ""
    return html('<div class="iw-columns{}">{}</div>', extra, content)


@register.simple_block_tag
def main(content, below=False):
    """The wide column of {% columns %}.

    below: the second one, under the first; content.
    """
    extra = " iw-columns__main--below" if below else ""
    return html('<div class="iw-columns__main{}">{}</div>', extra, content)


@register.simple_block_tag
def side(content, sticky=False):
    """The narrow column of {% columns %}.

    sticky: stays in view on a wide screen; content.
    """
    extra = " iw-columns__side--sticky" if sticky else ""
    return html('<div class="iw-columns__side{}">{}</div>', extra, content)


@register.simple_block_tag
def page_part(content, title):
    """What a page found, in one line: a heading of level 2 that opens a new part of the page.

    title; content: a sentence, {% jump_nav %}.
    """
    return html(
        '<div class="iw-part"><h2 class="nl-heading nl-heading--level-2 iw-part__title">{}</h2>{}</div>',
        title,
        content,
    )


@register.simple_block_tag
def anchor(content, id, label=""):
    """A place on the page that a link can go to.

    id: the anchor; label: its name, where it is a part of the page of its own; content.
    """
    named = given(' role="region" aria-label="{}"', label)
    return html('<div class="iw-anchor iw-flow" id="{}" tabindex="-1"{}>{}</div>', id, named, content)


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
def tab(text, url, count="", current=False, live=""):
    """One list of {% tabs %}.

    text; url; count: how much is in it; current: it is the one that is shown; live: its name among the
    numbers that {% live_counts %} keeps up to date.
    """
    return part("tab", text=text, url=url, count=count, current=current, live=live)


@register.simple_tag
def live_counts(url):
    """Keeps the counts of {% tab %} up to date while the page is open, and says when something came in.

    url: address in the API that gives the numbers; without JavaScript nothing happens.
    """
    return part("live_counts", url=url)


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

POINTERS = ["M1 1h8l5 7-5 7H1l4-7z", "M15 1h8l5 7-5 7h-8l4-7z", "M29 1h6l6 7-6 7h-6l4-7z"]


@register.simple_tag
def strength(value):
    """How well something fits: words, and one to three pointers for the eye.

    value: "sterk", "redelijk" or "misschien".
    """
    filled, words = STRENGTHS[value]
    pointer = '<path class="iw-strength__pointer{}" d="{}" />'
    shapes = enumerate(POINTERS)
    return html(
        '<span class="iw-strength"><svg class="iw-strength__pointers" viewBox="0 0 42 16" aria-hidden="true" '
        'focusable="false">{}</svg>{}</span>',
        joined(pointer, ((" iw-strength__pointer--on" * (n < filled), d) for n, d in shapes)),
        words,
    )


BOTH = ("words", "their_words")  # what a reason quotes of the resident, and of what fits


@register.simple_tag
def mark(text, words):
    """The text with these whole words marked, everything escaped.

    text; words: list of words as they stand in the text (capitals do not matter).
    """
    return drawing.marked(text, words or ())


@register.simple_tag
def reasons(items, title=None):
    """Why something was proposed: one sentence each, with the words of both sides that met marked.

    items: list of {sentence, words, their_words}, words may be empty; title: small heading ("Waarom dit
    past" when left out, "" for none).
    """
    if not items:
        return ""
    title = _("Waarom dit past") if title is None else title
    return html(
        '<div class="iw-reasons">{}<ul class="iw-reasons__list">{}</ul></div>',
        given('<p class="iw-reasons__title">{}</p>', title),
        joined(
            '<li class="iw-reasons__item">{}</li>',
            (
                [
                    drawing.marked(
                        drawing.fact(one, "sentence"),
                        [word for side in BOTH for word in drawing.fact(one, side)],
                    )
                ]
                for one in items
            ),
        ),
    )


@register.simple_block_tag
def match_list(content):
    """Things that fit with a plan, best first.

    content: {% match %} tags.
    """
    return html('<ol class="iw-matches" role="list">{}</ol>', content)


@register.simple_block_tag
def match(content, title, url, strong="", level=3, kicker=""):
    """One thing of {% match_list %} that fits, with how well and why.

    title and url of the thing; strong: value for {% strength %}, or empty; level: of heading; kicker: words
    above; content: {% reasons %} and {% facts %}.
    """
    return html(
        '<li class="iw-match">{}<div class="iw-match__head">{}{}</div>{}</li>',
        given('<p class="iw-match__kicker">{}</p>', kicker),
        heading(title, level, url=url, look=4),
        strength(strong) if strong else "",
        content,
    )


@register.simple_block_tag
def picks(content, title):
    """Things to tick, each with more about it.

    title: what is ticked, for who can't see it; content: {% pick %} tags.
    """
    return html('<ul class="iw-picks" role="list" aria-label="{}">{}</ul>', title, content)


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
KEYS = [  # as static/js/keys.js knows them, and what they do
    ("j", _("naar de volgende regel")),
    ("k", _("naar de vorige regel")),
    ("o", _("open wat er staat")),
    ("a", _("druk op de knop van de regel")),
    ("x", _("vink de regel aan of uit")),
    ("?", _("laat deze uitleg zien")),
]


@register.simple_tag
def shortcuts():
    """The keys that work in a list of the desk, with the switch that turns them off."""
    return part("shortcuts", keys=KEYS)


@register.simple_tag
def tick(text, name, value, form=""):
    """A box to tick in the row of a table; its label is only read aloud.

    text: its label; name, value and form: what is sent and with which form.
    """
    return part("tick", text=text, name=name, value=value, form=form)


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
    photo = given('<img src="{}" alt="" loading="lazy" width="96" height="96">', photo_url)
    return html(
        '<span class="iw-avatar iw-avatar--{} iw-avatar--tone-{}" aria-hidden="true">{}</span>',
        size,
        tone,
        photo or letters or drawn("person", "md"),
    )


@register.simple_block_tag
def person_card(content, person, kicker="", level=3, tone="", phone="", prefix=""):
    """Somebody one can go to.

    person: object or dict with any of public_name (or name_or_empty, or name), function, title, department,
    phone, email, photo_url, get_absolute_url; kicker: words above ("Jouw contactpersoon"); level: of heading;
    tone: empty or brand (stands out); phone: number of town hall, for who shows none; prefix: words before
    the name, read aloud only; content: reasons or buttons.
    """
    name = drawing.public_name(person)
    role = drawing.fact(person, "function") or drawing.fact(person, "title")
    said = html("{}{}", given('<span class="iw-hidden">{}: </span>', prefix), name or role)
    return html(
        '<div class="iw-person{}">{}<div class="iw-person__head">{}<div>{}{}{}</div></div>{}{}</div>',
        given(" iw-person--{}", tone),
        given('<p class="iw-person__kicker">{}</p>', kicker),
        avatar(name, drawing.fact(person, "photo_url"), "lg"),
        heading(said, level, url=drawing.fact(person, "get_absolute_url"), look=4),
        given('<p class="iw-person__role">{}</p>', role if name else ""),
        given('<p class="iw-person__department">{}</p>', drawing.fact(person, "department")),
        ways_to_reach(drawing.fact(person, "phone") or phone, drawing.fact(person, "email")),
        given('<div class="iw-person__body iw-flow">{}</div>', content.strip() and content),
    )


def ways_to_reach(phone, email):
    """Links to call and to mail; nothing without either."""
    way = (
        '<li><a class="iw-person__way" href="{}:{}">{}<span><span class="iw-hidden">{} </span>{}</span></a>'
        "</li>"
    )
    call = phone and html(
        way, "tel", re.sub(r"[^\d+]", "", str(phone)), drawn("phone", "md"), _("Bel"), phone
    )
    mail = email and html(way, "mailto", email, drawn("mail", "md"), _("Mail"), drawing.breakable(email))
    ways = [[way] for way in (call, mail) if way]
    return given('<ul class="iw-person__ways" role="list">{}</ul>', ways and joined("{}", ways))


# Plans ----------------------------------------------------------------------------------------------
@register.simple_tag
def plan_card(plan, hide_goal=False, level=3):
    """An initiative in a list: where, how far, what it is about and the goal it contributes to.

    plan: an initiative as `for_cards` fetches it; hide_goal: where the page is about the goal; level: of the
    heading.
    """
    teaser = drawing.shortened(plan.teaser, 180)
    hidden = "" if plan.is_shown else html(" {}", badge(_("Niet openbaar"), "warning"))
    goal = plan.visible_links[0].goal if plan.visible_links and not hide_goal else ""
    return link_card(
        html(
            "<p>{}{}</p><p>{}</p>{}", status(plan.state), hidden, teaser, goal and facts(fact(goal, "target"))
        ),
        plan.title,
        plan.get_absolute_url(),
        level=level,
        kicker=plan.district.name if plan.district else _("Hele gemeente"),
        meta=plan.reference,
        icon="pin",
    )


# Small blocks ---------------------------------------------------------------------------------------
@register.simple_block_tag
def facts(content):
    """A line of small facts that wraps.

    content: {% fact %} tags.
    """
    return html('<ul class="iw-facts" role="list">{}</ul>', content)


@register.simple_block_tag
def fact(content, icon=""):
    """One small fact of {% facts %}; nothing is drawn when it is empty.

    icon: name; content: text or a link.
    """
    if not str(content).strip():
        return ""
    symbol = drawn(icon, "sm") if icon else ""
    return html('<li class="iw-facts__item">{}<span>{}</span></li>', symbol, content)


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
def picture(url, words, width, height, large=""):
    """A picture somebody handed in, small; it leads to the large one.

    url; words: what is in it, for who can't see it; width and height in pixels, for its shape; large: where
    it leads to.
    """
    drawing = html(
        '<img class="iw-picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        url,
        words,
        width,
        height,
    )
    return html('<a class="iw-picture-link" href="{}">{}</a>', large, drawing) if large else drawing


MARKS = {  # what became of some words -> (element, what is read aloud before and after)
    "gone": ("del", _("[weg:"), _("]")),
    "new": ("ins", _("[erbij:"), _("]")),
}


@register.simple_tag
def difference(parts):
    """What changed in a text, word for word; also to be read aloud, and without colours.

    parts: [(same, gone, new or skipped, words), …] as history.compared gives them.
    """
    return html('<div class="iw-difference">{}</div>', joined("{}", ([changed(*one)] for one in parts)))


def changed(kind, words):
    """A piece of a text with what became of it; what stayed the same has no mark."""
    if kind in MARKS:
        element, *said = MARKS[kind]
        before, after = (html('<span class="iw-hidden">{} </span>', one) for one in said)
        mark = '<{0} class="iw-difference__{1}">{2}{3}{4}</{0}>'
        return html(mark, element, kind, before, words, after)
    skipped = '<span class="iw-difference__skipped">{}</span>'
    return html(skipped if kind == "skipped" else "{}", words)


@register.simple_tag
def qr_code(svg, label):
    """A QR code in the page itself; as an address (data:) the Content Security Policy would stop it.

    svg: the drawing as our own library made it; label: what it is, for who can't see it.
    """
    return part("qr_code", svg=SafeString(svg[svg.index("<svg") :]), label=label)


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
    return html('<ol class="iw-route" role="list">{}</ol>', content)


@register.simple_block_tag
def stop(content, title):
    """One step of {% route %}.

    title; content: a sentence.
    """
    return html(
        '<li class="iw-route__stop"><strong class="iw-route__title">{}</strong>'
        '<p class="iw-route__text">{}</p></li>',
        title,
        content,
    )
