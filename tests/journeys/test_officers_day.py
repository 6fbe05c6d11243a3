"""The day of an officer: what waits, by keyboard; then one thing for many plans, and back."""

from playwright.sync_api import expect

from tests.journeys.browsing import assert_good_for_everybody


def test_an_officer_works_through_the_day_and_does_one_thing_for_two_plans(browse):
    page = browse(who="carla")
    page.goto("/werkbank/")
    page.get_by_role("link", name="Mijn dag: wat op jou wacht").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn dag")
    rows = page.get_by_role("main").locator("tbody tr")
    page.keyboard.press("j")
    expect(rows.nth(0).get_by_role("link").first).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1).get_by_role("link").first).to_be_focused()
    page.keyboard.press("?")
    off = page.get_by_role("button", name="Sneltoetsen aan")
    expect(off).to_be_visible()
    assert_good_for_everybody(page)
    off.press("Enter")
    expect(off).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("j")
    expect(rows.nth(0).get_by_role("link").first).not_to_be_focused()

    page.goto("/werkbank/?lijst=alles&staat=in-gesprek")
    boxes = page.get_by_role("main").locator("tbody").get_by_role("checkbox")
    for which in (0, 1):
        boxes.nth(which).check()
    page.get_by_role("button", name="Koppel aan een doel").click()
    expect(page.get_by_role("main")).to_contain_text("Er is nog niets veranderd.")
    assert_good_for_everybody(page)
    page.get_by_label("Doel", exact=True).select_option(index=3)
    page.get_by_role("button", name="Koppel aan een doel").click()
    expect(page.get_by_role("main")).to_contain_text("Gedaan: ")
    assert_good_for_everybody(page)
    page.get_by_role("button", name="Draai alles terug").click()
    expect(page.get_by_role("main")).to_contain_text("teruggedraaid")
