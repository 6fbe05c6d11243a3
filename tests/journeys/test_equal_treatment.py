"""An officer looks at a plan, its initiator answers, it is closed; the council compares what was found."""

import re

from playwright.sync_api import expect

from tests.journeys.hands import Hand

WHY = "Dat staat in het plan."
REACTION = "De school aan de overkant doet ook mee."
REPLY = "Fijn. We nemen de school mee in het gesprek."


def test_a_plan_is_looked_at_and_the_council_compares(browse, town):
    officer, initiator = Hand(browse(who="carla"), thorough=True), Hand(browse(who="petra"), thorough=True)
    desk, mine = officer.page, initiator.page
    desk.goto(f"/werkbank/{town.keys['challenge']}/")
    officer.press(desk.get_by_role("link", name="Bekijk de afweging"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Zo kijken wij naar dit plan")
    officer.look()
    officer.tick(desk.get_by_role("radio", name="Ja", exact=True).first)
    officer.press(desk.get_by_role("button", name="Bewaar en deel met de initiatiefnemer"))  # no reason
    expect(desk.get_by_role("alert").first).to_contain_text("Schrijf in gewone woorden waarom.")
    for radio in desk.get_by_role("radio", name="Deels", exact=True).all():
        officer.tick(radio)
    for box in desk.get_by_role("textbox", name=re.compile("^Waarom")).all():
        officer.write(box, WHY)
    officer.press(desk.get_by_role("button", name="Bewaar en deel met de initiatiefnemer"))
    expect(desk.get_by_role("main")).to_contain_text("Reageren kan tot en met")

    mine.goto(f"/mijn/{town.keys['challenge_id']}/")
    initiator.press(mine.get_by_role("link", name="Lees het en reageer"))
    expect(mine.get_by_role("main")).to_contain_text(WHY)
    initiator.look()
    initiator.write(mine.get_by_label("Wil je nog iets zeggen over het geheel?"), REACTION)
    initiator.press(mine.get_by_role("button", name="Verstuur je reactie"))
    expect(mine.get_by_role("status").first).to_contain_text("Je contactpersoon leest je reactie")

    desk.reload()
    officer.write(desk.get_by_label("Wat deed je met de reactie?"), REPLY)
    officer.press(desk.get_by_role("button", name="Rond de afweging af"))
    expect(desk.get_by_role("main")).to_contain_text("Afgerond op")
    officer.look()
    mine.goto(f"/mijn/{town.keys['challenge_id']}/afweging/")
    for words in (WHY, REACTION, REPLY):
        expect(mine.get_by_role("main")).to_contain_text(words)
    initiator.look()

    council = Hand(browse(who="dirk"), thorough=True)
    page = council.page
    page.goto("/raad/")
    council.press(page.get_by_role("link", name="Behandelen we plannen gelijk?"))
    expect(page.get_by_role("table").first).to_contain_text("Alle plannen")
    council.look()
    council.press(page.get_by_role("link", name="Per thema"))
    expect(page).to_have_url(re.compile("per=thema"))
    council.look()
