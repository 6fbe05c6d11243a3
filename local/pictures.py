"""Takes the pictures in docs/pictures: the real pages with Merenburg, on a desk and on a phone.

`make pictures` runs it with a database of its own. Another picture is another row of PICTURES.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from local import browser, site
from local.places import AS_ROOT, ROOT, Stop
from local.steps import note, step

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 150_000  # bytes
DESK, PHONE = 1280, 390
MARGIN = 24  # pixels around an element that is kept alone
PLAN = (
    "Met een groepje buren willen we het pleintje achter de flat groener maken. Iedereen uit de straat kan "
    "helpen planten en water geven. We zoeken plantjes, gereedschap en iemand die meedenkt."
)
NEW = "Van steen naar sportveldje"  # a plan of Merenburg that nobody at town hall has read
BUSY = "Boerderij waar je er mag zijn"
PROMISED = "Groenstrook wordt van ons"  # Carla is its contact, and promised something
SETTLE = """async at => {
    await document.fonts.ready;
    if (at) document.querySelector(at).scrollIntoView(); else window.scrollTo(0, 0);
    await Promise.all([...document.images]
        .filter(one => one.getBoundingClientRect().top < window.innerHeight && !one.complete)
        .map(one => new Promise(done => { one.onload = one.onerror = done; })));
}"""
INSIDE = """
from initiatives.models import Initiative
from matching import service
from tests.journeys import inside
for plan in Initiative.objects.registered().filter(suggestions=None):
    service.suggest(plan)
inside.tell()
"""  # no worker runs, so what the wegwijzer makes of a plan for the desk is made here


# What is done before a picture is taken -----------------------------------------------------------------
def stay(page):
    """Nothing: the page as it opens."""


def press(page, *names):
    """Presses these buttons and links, one after the other."""
    for name in names:
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def unfold(page, *names):
    """Opens the folded parts with these words on them."""
    for name in names:
        page.locator("summary", has_text=name).first.click()


def ask(page):
    """Types the plan and looks at the answer."""
    page.get_by_role("textbox", name="Wat wil je doen in je buurt?").fill(PLAN)
    press(page, "Wijs me de weg")


def look_at_goal(page):
    ask(page)
    page.locator("#doelen h3 a").first.click()


def name_plan(page):
    ask(page)
    page.get_by_role("button", name="Meld dit plan").first.click()
    page.get_by_label("Hoe heet je plan?").fill("Een groen pleintje achter de flat")
    page.get_by_label("Je e-mailadres").fill("noor@merenburg.example")


def wait_for_code(page):
    name_plan(page)
    press(page, "Ga verder")


def open_concept(page):
    press(page, "Mama's in de knoop")


def send_concept(page):
    open_concept(page)
    press(page, "Verstuur mijn plan")


def open_sent(page):
    press(page, "Mama's in de knoop")
    unfold(page, "Waarom")


def open_new(page):
    press(page, NEW)


def doubt(page):
    """Opens the first suggestion, to say that it does not fit."""
    open_new(page)
    unfold(page, "Meer, of alleen dit beoordelen")


def explain(page):
    """Opens the promise that is late."""
    page.locator(".iw-promise summary").first.click()


def open_busy(page):
    press(page, BUSY)
    unfold(page, "Laat beginnen")


def look_in(page):
    press(page, BUSY)
    unfold(page, "Laat gesprek en contactgegevens zien")


def keep_filter(page):
    unfold(page, "Mijn filters")


def choose_many(page):
    """Ticks the first plans of the list, to give them to a colleague."""
    for box in page.locator("main table input[type=checkbox]").all()[:3]:
        box.check()
    press(page, "Geef aan een collega")


def at(plan, *names):
    """Opens this plan, and presses these buttons and links."""

    def steps(page):
        press(page, plan, *names)

    return steps


def replace(page):
    press(page, "Klimaat, energie en grondstoffen", "Vervang deze bestuurder")


def open_manager(page):
    press(page, "Adviseur cultuur")


def verify(page):
    """Looks a goal over and says that it is still good."""
    page.locator("main table th a").first.click()
    press(page, "Nog steeds goed")


# The pictures -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name without ending, the page, and how many pixels of it are kept.

    width: of the window; who: is signed in; first: what is done on the page before; at: the element at the
    top of the picture; only: the element that is kept instead, whatever the height.
    """

    name: str
    address: str
    height: int = 900
    width: int = DESK
    who: str = ""
    first: Callable = stay
    at: str | None = None
    only: str | None = None


PICTURES = [  # in this order: some change what the next ones show
    Picture("home", "/", 980),
    Picture("home-telefoon", "/", 844, PHONE),
    Picture("doelen", "/doelen/", 1100),
    Picture("doelen-telefoon", "/doelen/", 1000, PHONE),
    Picture("wie-is-wie", "/wie-is-wie/", 900),
    Picture("wie-is-wie-telefoon", "/wie-is-wie/", 844, PHONE),
    Picture("geld-en-hulp", "/financiering/", 1000),
    Picture("geld-en-hulp-telefoon", "/financiering/", 844, PHONE),
    Picture("wegwijzer", "/wegwijzer/", 640, first=ask, at="#antwoord"),
    Picture("wegwijzer-telefoon", "/wegwijzer/", 1300, PHONE, first=ask, at="#antwoord"),
    Picture("doel", "/wegwijzer/", 1000, first=look_at_goal),
    Picture("doel-telefoon", "/wegwijzer/", 1000, PHONE, first=look_at_goal),
    # The resident, who mostly has a phone
    Picture("melden-telefoon", "/wegwijzer/", 1000, PHONE, first=name_plan),
    Picture("code-telefoon", "/wegwijzer/", 700, PHONE, first=wait_for_code),
    Picture("concept-telefoon", "/mijn/", 1000, PHONE, "amina", open_concept),
    Picture("ontvangen-telefoon", "/mijn/", 900, PHONE, "amina", send_concept),
    Picture("mijn-plan-telefoon", "/mijn/", 1200, PHONE, "amina", open_sent),
    Picture("mijn-plannen", "/mijn/", 760, DESK, "amina"),
    # The officer
    Picture("werkbank", "/werkbank/", 1000, who="carla", first=explain),
    Picture("werkbank-plan", "/werkbank/?lijst=nieuw", 830, who="carla", first=open_new),
    Picture("werkbank-afwijzen", "/werkbank/?lijst=nieuw", who="carla", first=doubt, only="#goal"),
    Picture("werkbank-contact", "/werkbank/?lijst=nieuw", who="carla", first=open_new, only="#manager"),
    Picture("werkbank-stap", "/werkbank/", who="carla", first=open_busy, only="#stappen"),
    Picture("werkbank-inkijken", "/werkbank/", who="carla", first=look_in, only="#gesprek"),
    Picture("werkbank-filters", "/werkbank/?wijk=sluiswijk", 1130, who="carla", first=keep_filter),
    Picture("werkbank-telefoon", "/werkbank/", 1100, PHONE, "carla"),
    Picture("werkbank-dag", "/werkbank/mijn-dag/", 900, who="carla"),
    Picture("werkbank-samen", "/werkbank/", 1000, who="carla", first=choose_many),
    Picture(
        "werkbank-toezegging",
        "/werkbank/mijn-dag/",
        who="carla",
        first=at(PROMISED),
        only="#toezeggingen .iw-cards > :first-child",
    ),
    Picture(
        "werkbank-dossier", "/werkbank/mijn-dag/", 800, who="carla", first=at(PROMISED, "Maak een dossier")
    ),
    Picture("werkbank-besluit", "/werkbank/", 1100, who="carla", first=at(BUSY, "Schrijf op welk besluit")),
    Picture("werkbank-eisen", "/werkbank/", who="carla", first=at(BUSY), only="#eisen"),
    Picture("werkbank-afweging", "/werkbank/", 1100, who="carla", first=at(BUSY, "Bekijk de afweging")),
    Picture("werkbank-netwerk", "/werkbank/relaties/netwerk/", 1000, who="carla"),
    # The manager
    Picture("beheer", "/beheer/", 1000, who="mo"),
    Picture("beheer-vervangen", "/beheer/ambtstermijnen/?toon=nu", 1150, who="mo", first=replace),
    Picture("beheer-accounthouder", "/beheer/accounthouders/", 800, who="mo", first=open_manager),
    Picture("beheer-doelen", "/beheer/doelen/?toon=nakijken", 1000, who="mo"),
    Picture(
        "beheer-geschiedenis", "/beheer/doelen/?toon=nakijken", who="mo", first=verify, only="#geschiedenis"
    ),
    # The council
    Picture("raad", "/raad/", 1000, who="dirk"),
    Picture("raad-doelen", "/raad/?zoek=eenzaamheid", who="dirk", at="#met-plannen"),
    Picture("raad-telefoon", "/raad/", 1100, PHONE, "dirk"),
]


def window(chromium, address, width, session):
    """A page of that width, that looks the same on every machine; `session` is of who is signed in."""
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context.new_page()


def around(page, element):
    """Where an element stands on the page, with a margin, as far as the page goes."""
    box = page.locator(element).bounding_box()
    left = max(0, box["x"] - MARGIN)
    right = min(page.viewport_size["width"], box["x"] + box["width"] + MARGIN)
    return {
        "x": left,
        "y": box["y"] - MARGIN,
        "width": right - left,
        "height": box["height"] + 2 * MARGIN,
    }


def take(page, picture):
    """Opens the page, does what comes first, and keeps the picture."""
    status = page.goto(picture.address).status
    if status != 200:
        raise Stop(f"{picture.address} answers {status}: no picture is better than that one.")
    picture.first(page)
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.wait_for_load_state()
    page.evaluate(SETTLE, picture.at)
    path = FOLDER / f"{picture.name}.png"
    clip = around(page, picture.only) if picture.only else None
    page.screenshot(path=path, animations="disabled", full_page=bool(clip), clip=clip)
    size = path.stat().st_size
    note(f"{path.relative_to(ROOT)}  {size // 1000} kB{'  (too large)' if size > LARGEST else ''}")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-sandbox"] if AS_ROOT else []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with step("Starting the site with Merenburg"):
            address, env = stack.enter_context(site.running(os.environ["DATABASE_URL"], folder))
            cookies = json.loads(site.printed(env, INSIDE))["cookies"]
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser.ensure(), args=options)
        for picture in PICTURES:
            page = window(chromium, address, picture.width, cookies.get(picture.who))
            take(page, picture)
            page.context.close()
        chromium.close()


if __name__ == "__main__":
    main()
