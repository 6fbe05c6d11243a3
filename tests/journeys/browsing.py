"""What the journeys do with a browser, and what no page may ever do."""

import itertools

from axe_playwright_python.base import AXE_SCRIPT

WIDE, PHONE, SMALL = 1280, 390, 320
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}  # off unless asked for
OF_WIDTH = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
OPTIONS = {  # width -> what axe looks for; the markup is the same at every width, and looked at once
    PHONE: RULES,
    WIDE: {"resultTypes": ["violations"], "runOnly": OF_WIDTH},
}
PLAN = (
    "Met een groepje buren willen we het pleintje achter de flat groener maken. Iedereen uit de straat kan "
    "helpen planten en water geven, en we houden elke week koffie-uurtje voor ouderen die alleen zijn. We "
    "zoeken plantjes, gereedschap, € 500 en iemand die meedenkt."
)


def watch(context, origin, faults):
    """Notes in `faults` what the pages of this context do that no page may do."""

    def elsewhere(request):
        if not request.url.startswith((f"{origin}/", "data:")):
            faults.append(f"asked for {request.url}")

    def answered(response):
        if response.status >= 400 and response.request.resource_type != "document":
            faults.append(f"got {response.status} for {response.url}")

    def said(message):
        # An error page that was asked for makes the browser say that it failed to load: see `answered`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"{message.location['url']} said: {message.text}")

    context.on("request", elsewhere)
    context.on("response", answered)
    context.on("console", said)
    context.on("weberror", lambda trouble: faults.append(f"{trouble.page.url} stumbled: {trouble.error}"))


def violations(page, width=PHONE):
    """What axe finds on this page at this width, a line each."""
    if not page.evaluate("() => 'axe' in window"):  # half a megabyte, once a page
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async options => (await axe.run(options)).violations", OPTIONS[width])
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def overflow(page):
    """What makes this page wider than its window, a line each."""
    return page.evaluate(
        """() => {
            const wide = document.scrollingElement.scrollWidth - window.innerWidth;
            if (wide <= 0) return [];
            const out = [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > window.innerWidth + 0.5)
                .map(one => `${wide} px too wide: ${one.outerHTML.slice(0, 120)}`);
            return out.slice(0, 3);
        }"""
    )


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 900})


def shortcomings(page):
    """What is not good for everybody at this page, a line each; nothing is the only right answer."""
    found = []
    for width in (WIDE, PHONE):
        resize(page, width)
        found += [f"{width} px: {line}" for line in violations(page, width)]
    resize(page, SMALL)
    found += overflow(page)
    return found


def assert_good_for_everybody(page):
    """At every width axe finds nothing, and nothing sticks out of a small phone."""
    found = shortcomings(page)
    assert not found, "\n".join([page.url, *found])
    assert page.title().strip()
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() > 0
    assert page.locator("html").get_attribute("lang") == "nl"


def plan_box(page):
    """Where a plan is typed."""
    return page.get_by_role("textbox", name="Wat wil je doen in je buurt?")


def ask(page, text=PLAN):
    """Types a plan on the page of the wegwijzer and looks at the answer."""
    page.goto("/wegwijzer/")
    plan_box(page).fill(text)
    page.get_by_role("button", name="Wijs me de weg").click()


def unfold(page, words):
    """Opens the part of the page with these words on it, unless it is open."""
    part = page.locator("details", has=page.locator("summary", has_text=words)).last
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def tab_to(page, target, most=120):
    """Presses Tab until `target` has the focus; a person with only a keyboard can get there too."""
    for _ in itertools.repeat(None, most):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")
