"""A challenge up to a no with a next step: what the officer must write, and what the initiator reads."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.browsing import assert_good_for_everybody
from tests.journeys.hands import Hand

QUESTION = "Mag de straat het plantsoen zelf maaien?"
WHY = "Het college kijkt of het contract met de aannemer eerder kan stoppen."
NO = {
    "Waarom?": "Het contract met de aannemer loopt nog een jaar.",
    "Wat zou dit veranderen?": "Als de aannemer instemt, of als het contract afloopt.",
    "Wat is de volgende stap?": "Begin alvast met de perken. Je contactpersoon regelt het gereedschap.",
}


def test_a_challenge_up_to_a_no_with_a_next_step(browse, town):
    officer = Hand(browse(who="carla"), thorough=True)
    page = officer.page
    page.goto(f"/werkbank/{town.keys['challenge']}/")
    officer.press(page.get_by_role("link", name="Schrijf op welk besluit nodig is"))
    officer.look()
    officer.write(page.get_by_label("Waarover moet iemand besluiten?"), QUESTION)
    officer.choose(page.get_by_label("Wie besluit?"), "het college van burgemeester en wethouders")
    officer.write(page.get_by_label("Waarom kost dit tijd?"), WHY)
    officer.tick(page.get_by_label("Het is een formeel besluit"))
    officer.pick_day(page.get_by_label("Wanneer kwam de aanvraag binnen?"), timezone.localdate())
    officer.press(page.get_by_role("button", name="Schrijf op"))
    expect(page.locator("#besluiten")).to_contain_text("Dag 0 van 56.")
    expect(page.get_by_role("main")).to_contain_text("Wacht op besluit")
    assert_good_for_everybody(page)

    officer.press(page.get_by_role("link", name="Werk dit besluit bij"))
    officer.press(page.locator("summary", has_text="Leg het besluit vast"))
    officer.tick(page.get_by_role("radio", name="Nee"))
    officer.write(page.get_by_label("Waarom?", exact=True), NO["Waarom?"])
    officer.press(page.get_by_role("button", name="Leg het besluit vast"))
    expect(page.get_by_role("alert")).to_contain_text("Een nee is nooit het einde.")
    expect(page.get_by_role("radio", name="Nee")).to_be_checked()
    expect(page.get_by_label("Waarom?", exact=True)).to_have_value(NO["Waarom?"])
    officer.look()
    for label, text in NO.items():
        officer.write(page.get_by_label(label, exact=True), text)
    officer.press(page.get_by_role("button", name="Leg het besluit vast"))
    expect(page.locator("#besluiten")).to_contain_text("Besloten: nee")

    initiator = browse(who="petra")
    initiator.goto(f"/mijn/{town.keys['challenge_id']}/")
    for words in (QUESTION, *NO.values(), "Dit is een formeel besluit", "bezwaar maken"):
        expect(initiator.locator("#besluiten")).to_contain_text(words)
    assert_good_for_everybody(initiator)
