"""The square: planting is promised and comes; cleaning is shifted with a reason, and kept at last."""

from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests import make
from tests.journeys.browsing import assert_good_for_everybody
from tests.journeys.hands import hand
from townhall.calendar import first_working_day

DUE = first_working_day(localdate() + timedelta(days=14))
LATER = first_working_day(localdate() + timedelta(days=40))
PLANTING, CLEANING = "We planten 40 struiken op het plein", "We maken het plein schoon"
WHY = "De veegploeg is nodig na de storm."
ON_IT = "Schone tegels op het plein"
SEEN = "Het puin is weg en de tegels zijn schoon."


def unfold(who, part, words):
    """Opens something on the page, and gives it."""
    line = part.locator("summary").filter(has_text=words).first
    who.press(line)
    return line.locator("xpath=..")


def promised(page, text):
    """What the page shows of a promise."""
    return page.locator("#toezeggingen .iw-card").filter(has_text=text).first


def promise(officer, text):
    """A promise of the contact of the plan, to the initiators."""
    page = officer.page
    form = unfold(officer, page.locator("#toezeggingen"), "Leg een toezegging vast")
    officer.write(form.get_by_label("Wat is er beloofd?"), text)
    officer.pick_day(form.get_by_label("Uiterlijk wanneer?"), DUE)
    officer.press(form.get_by_role("button", name="Leg de toezegging vast"))
    expect(promised(page, text)).to_contain_text("Loopt")


def test_the_square(browse, town):
    reference, public_id = town.keys["own_plan"], town.keys["own_plan_id"]
    officer, initiator, visitor = hand(browse, "mouse", who="carla"), browse(who="amina"), browse()
    page = officer.page
    page.goto(f"/werkbank/{reference}/")
    for text in (PLANTING, CLEANING):
        promise(officer, text)
    officer.look()

    form = unfold(officer, promised(page, CLEANING), "Verschuif de dag")
    officer.pick_day(form.get_by_label("Wanneer dan wel?"), LATER)
    officer.press(form.get_by_role("button", name="Verschuif de dag"))
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom de dag verschuift.")
    officer.look()
    expect(page.get_by_label("Wanneer dan wel?")).to_have_value(LATER.isoformat())
    officer.write(page.get_by_label("Waarom verschuift het?"), WHY)
    officer.press(page.get_by_role("button", name="Verschuif de dag"))
    expect(promised(page, CLEANING)).to_contain_text("Verschoven")

    for window, address in ((initiator, f"/mijn/{public_id}/"), (visitor, f"/initiatieven/{reference}/")):
        window.goto(address)
        shifted = promised(window, CLEANING)
        shifted.locator("summary").filter(has_text="keer verschoven").click()
        expect(shifted).to_contain_text(WHY)
        expect(shifted.get_by_role("button")).to_have_count(0)

    form = unfold(officer, promised(page, CLEANING), "Zet op nagekomen")
    officer.write(form.get_by_label("Waaraan zie je dat?"), SEEN)
    photo = {"name": "plein.jpg", "mimeType": "image/jpeg", "buffer": make.drawing()}
    form.get_by_label("Foto of PDF").set_input_files(photo)
    officer.write(form.get_by_label("Wat staat er op de foto?"), ON_IT)
    officer.press(form.get_by_role("button", name="Zet op nagekomen"))
    expect(promised(page, CLEANING)).to_contain_text("Nagekomen")
    visitor.reload()
    expect(promised(visitor, CLEANING)).to_contain_text(SEEN)
    picture = promised(visitor, CLEANING).get_by_role("img", name=ON_IT)
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 60
    assert_good_for_everybody(visitor)
