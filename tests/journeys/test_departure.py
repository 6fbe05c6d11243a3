"""A colleague with forty plans leaves: proposals, another choice, one letter each, and nobody left alone."""

import json

from playwright.sync_api import expect

from local import site
from tests.journeys.hands import hand
from tests.journeys.post import mails_to

NUMBER = 40
PETRA = "petra@merenburg.example"


def inside(town, code):
    return site.printed(town.env, f"from tests.journeys import inside; inside.{code}")


def test_forty_plans_of_who_leaves_go_to_others(browse, town):
    leaves = json.loads(inside(town, f"leave({NUMBER})"))
    letters = len(mails_to(town, PETRA))
    manager = hand(browse, "mouse", who="mo")
    page = manager.page
    page.goto(f"/beheer/accounthouders/{leaves['key']}/")
    manager.press(page.get_by_role("link", name="Draag alle plannen over"))
    expect(page.get_by_role("main")).to_contain_text("Het gaat om 40 open plannen.")
    manager.look()
    manager.press(page.get_by_role("button", name="Maak de voorstellen"))
    expect(page.get_by_role("main")).to_contain_text("Er zijn 40 plannen.")
    manager.look()

    manager.press(page.locator("#wie th a").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie krijgt welk plan?")
    manager.look()
    manager.tick(page.get_by_role("checkbox").first)
    manager.tick(page.get_by_role("checkbox").nth(1))
    choice = page.get_by_label("Geef ze aan")
    choice.select_option(
        label=next(one for one in choice.locator("option").all_inner_texts() if leaves["other"] in one)
    )
    manager.press(page.get_by_role("button", name="Geef de aangevinkte plannen"))
    expect(page.get_by_role("main")).to_contain_text("2 plannen gaan naar")

    manager.write(page.get_by_label("Zin aan de initiatiefnemers"), "[vertrekt] gaat met pensioen.")
    manager.press(page.get_by_role("button", name="Bewaar de zin en bekijk de brief"))
    expect(page.locator("#brief")).to_contain_text("Jan gaat met pensioen.")
    manager.look()
    manager.press(page.get_by_role("button", name="Draag 40 plannen over"))
    expect(page.get_by_role("main")).to_contain_text("0 van de 40 plannen zijn klaar")
    manager.look()
    inside(town, "go_over()")
    manager.press(page.get_by_role("link", name="Kijk hoe ver het nu is"))
    expect(page.get_by_role("main")).to_contain_text("40 van de 40 plannen zijn klaar")
    manager.look()

    got = mails_to(town, PETRA)[letters:]
    assert len(got) == NUMBER
    told = [mail.get_content() for mail in got]
    assert sum("Jan gaat met pensioen." in one for one in told) >= 2
    assert all("Jan gaat met pensioen." in one or "Het loket zoekt een nieuwe" in one for one in told)
    left = town.rows("SELECT count(*) FROM initiatives_initiative i JOIN contacts_accountmanager m "
                     "ON m.id = i.contact_id WHERE m.key = %s", leaves["key"])  # fmt: skip
    assert left == [{"count": 0}]
