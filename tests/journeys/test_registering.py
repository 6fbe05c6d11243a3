"""The resident's journey: from the first words on the home page to the first talk with the municipality."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PLAN, plan_box
from tests.journeys.hands import WAYS, Hand, hand
from tests.journeys.post import code_in, mail_to, mails_to

TITLE = "Een groen pleintje achter de flat"
ASKED, ANSWERED = "Wanneer kun je langskomen om erover te praten?", "Woensdagmiddag kan ik langskomen."


def named(page, name):
    return page.get_by_role("button", name=name, exact=True)


def from_words_to_concept(hand, town, address):
    """The home page, the wegwijzer, three things, and the code: the concept is there."""
    page = hand.page
    page.goto("/")
    hand.write(plan_box(page), PLAN)
    hand.press(named(page, "Wijs me de weg"))
    hand.press(named(page, "Meld dit plan").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Meld je plan")
    expect(page.get_by_label("Wat wil je doen?")).to_have_value(PLAN)
    hand.look()
    hand.write(page.get_by_label("Hoe heet je plan?"), TITLE)
    hand.write(page.get_by_label("Je e-mailadres"), address)
    hand.press(named(page, "Ga verder"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul je code in")
    hand.look()
    hand.write(page.get_by_label("Code uit de mail"), code_in(mail_to(town, address)))
    hand.press(named(page, "Verder"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lees je plan nog eens na")
    expect(page.get_by_label("Wat wil je doen?")).to_have_value(PLAN)


def reference_on(page):
    return re.search(r"IW-\d{4}-\d{4}", page.get_by_role("main").inner_text())[0]


def officer_writes(browse, reference):
    """Somebody at the desk writes to the initiator."""
    desk = Hand(browse(who="carla"))
    desk.page.goto(f"/werkbank/{reference}/")
    desk.press(desk.page.get_by_text("Schrijf een bericht"))
    desk.write(desk.page.get_by_label("Je bericht"), ASKED)
    desk.press(named(desk.page, "Verstuur bericht"))
    expect(desk.page.get_by_role("main")).to_contain_text("Verstuurd.")
    return desk.page


def to_my_plans(hand):
    """By the menu, from any page."""
    page = hand.page
    page.goto("/")
    menu = page.get_by_text("Menu", exact=True)
    if menu.is_visible():  # a phone
        hand.press(menu)
    hand.press(page.get_by_role("link", name="Mijn plannen").locator("visible=true"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn plannen")


@pytest.mark.parametrize("way", WAYS)
def test_from_the_first_words_to_the_first_talk(browse, town, way):
    address = f"bewoner-{way}@voorbeeld.example"
    mine = hand(browse, way)
    page = mine.page
    from_words_to_concept(mine, town, address)
    mine.look()
    mine.press(named(page, "Verstuur mijn plan"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Je plan is ontvangen")
    reference = reference_on(page)
    assert reference in mail_to(town, address)
    mine.look()
    mine.press(page.get_by_role("main").get_by_role("link", name="Bekijk je plan"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    mine.look()

    officer_writes(browse, reference)
    assert ASKED in mail_to(town, address)
    to_my_plans(mine)
    mine.look()
    mine.press(page.get_by_role("main").get_by_role("link", name=TITLE).first)
    expect(page.locator("#gesprek")).to_contain_text(ASKED)
    mine.write(page.get_by_label("Je bericht"), ANSWERED)
    mine.press(named(page, "Verstuur bericht"))
    expect(page.locator("#gesprek")).to_contain_text(ANSWERED)
    expect(page.get_by_label("Je bericht")).to_have_value("")
    mine.look()
    assert len(mails_to(town, address)) == 3  # the code, the receipt, the message
