"""A demand from the library, questioned by the initiator, made lighter by the officer."""

from playwright.sync_api import expect

from tests.journeys.hands import Hand

WHY = "We staan er maar één middag. Kan het ook zonder?"
ANSWER = "Je hebt gelijk: voor één middag is dit te zwaar."
LIGHTER = "Bel ons een week van tevoren."


def test_is_it_really_needed(browse, town):
    officer, initiator = Hand(browse(who="carla"), thorough=True), Hand(browse(who="amina"), thorough=True)
    desk, mine = officer.page, initiator.page
    title = "Een evenement melden"

    desk.goto(f"/werkbank/{town.keys['demanded_plan']}/")
    officer.press(desk.get_by_role("link", name="Kies uit de bibliotheek"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Kies een eis")
    officer.press(desk.get_by_role("button", name=f"Zet erbij: {title}"))
    expect(desk.locator("#eisen")).to_contain_text(title)

    mine.goto(f"/mijn/{town.keys['own_open_plan_id']}/")
    card = mine.locator("#eisen .iw-card", has=mine.get_by_role("heading", name=title))
    expect(card).to_contain_text("Voor een klein feest is een melding genoeg")
    initiator.press(card.locator("summary", has_text="Is dit echt nodig?"))
    initiator.write(card.get_by_label("Waarom vraag je dit?"), WHY)
    initiator.press(card.get_by_role("button", name="Stel je vraag"))
    expect(card).to_contain_text("nog 10 werkdagen")
    initiator.look()

    desk.reload()
    card = desk.locator("#eisen .iw-card", has=desk.get_by_role("heading", name=title))
    officer.press(card.get_by_role("link", name="Beantwoord de vraag"))
    officer.press(desk.get_by_role("button", name="Verstuur het antwoord"))  # nothing filled in
    expect(desk.get_by_role("alert")).to_contain_text("Leg je antwoord uit")
    officer.look()
    officer.tick(desk.get_by_label("De eis wordt lichter"))
    officer.write(desk.get_by_label("Leg je antwoord uit"), ANSWER)
    officer.write(desk.get_by_label("Hoe luidt de eis nu?"), LIGHTER)
    desk.get_by_label("Het blijft een harde eis").uncheck()
    officer.press(desk.get_by_role("button", name="Verstuur het antwoord"))
    expect(desk.locator("#eisen")).to_contain_text(LIGHTER)

    mine.reload()
    card = mine.locator("#eisen .iw-card", has=mine.get_by_role("heading", name=title))
    expect(card).to_contain_text("de eis wordt lichter")
    expect(card).to_contain_text(ANSWER)
    expect(card).to_contain_text(LIGHTER)
    expect(card).to_contain_text("Geen harde eis")
