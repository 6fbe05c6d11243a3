"""Takes the pictures in docs/pictures: the real pages with Merenburg, on a desk and on a phone.

`make pictures` runs it with a database of its own.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from local import browser, site
from local.places import AS_ROOT, ROOT, Stop
from local.steps import note, step

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 250_000  # bytes
DESK, PHONE = 1280, 390
PLAN = (
    "Met een groepje buren willen we het pleintje achter de flat groener maken. Iedereen uit de straat kan "
    "helpen planten en water geven. We zoeken plantjes, gereedschap en iemand die meedenkt."
)
PAGES = {  # name of the picture: (address, height on a desk, height on a phone)
    "home": ("/", 980, 844),
    "doelen": ("/doelen/", 1200, 1000),
    "wie-is-wie": ("/wie-is-wie/", 1000, 844),
    "geld-en-hulp": ("/financiering/", 1000, 844),
}
SETTLE = """async at => {
    await document.fonts.ready;
    if (at) document.querySelector(at).scrollIntoView(); else window.scrollTo(0, 0);
    await Promise.all([...document.images]
        .filter(one => one.getBoundingClientRect().top < window.innerHeight && !one.complete)
        .map(one => new Promise(done => { one.onload = one.onerror = done; })));
}"""


def window(chromium, address, width):
    """A page of that width, that looks the same on every machine."""
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
    )
    return context.new_page()


def take(page, name, height, at=None):
    """Keeps `height` pixels of the page as a picture, from its top or from the element `at`."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.wait_for_load_state()
    page.evaluate(SETTLE, at)
    path = FOLDER / f"{name}{'-telefoon' if page.viewport_size['width'] == PHONE else ''}.png"
    page.screenshot(path=path, animations="disabled")
    size = path.stat().st_size
    note(f"{path.relative_to(ROOT)}  {size // 1000} kB{'  (too large)' if size > LARGEST else ''}")


def walk(page, desk):
    """All pictures at the width of this window."""
    for name, (address, tall, short) in PAGES.items():
        status = page.goto(address).status
        if status != 200:
            raise Stop(f"{address} answers {status}: no picture is better than that one.")
        take(page, name, tall if desk else short)
    page.goto("/wegwijzer/")
    page.get_by_role("textbox", name="Wat wil je doen in je buurt?").fill(PLAN)
    page.get_by_role("button", name="Wijs me de weg").click()
    take(page, "wegwijzer", 1600 if desk else 1300, at=None if desk else "#antwoord")
    page.locator("#doelen h3 a").first.click()
    take(page, "doel", 1300 if desk else 1000)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-sandbox"] if AS_ROOT else []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with step("Starting the site with Merenburg"):
            address, _ = stack.enter_context(site.running(os.environ["DATABASE_URL"], folder))
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser.ensure(), args=options)
        for width in (DESK, PHONE):
            walk(window(chromium, address, width), width == DESK)
        chromium.close()


if __name__ == "__main__":
    main()
