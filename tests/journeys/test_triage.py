"""The officer's journey: a new plan confirmed in a few clicks, and taken back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import WAYS, hand
from tests.journeys.post import mails_to

MOST_PRESSES = 10


def told(town, reference):
    """What the initiator heard about a plan: (number of mails, what the notices are about)."""
    who = town.rows(
        "SELECT u.id, u.email, i.public_id FROM initiatives_initiative i "
        "JOIN initiatives_participant p ON p.initiative_id = i.id JOIN accounts_user u ON u.id = p.user_id "
        "WHERE i.reference = %s ORDER BY p.id LIMIT 1",
        reference,
    )[0]
    notices = town.rows(
        "SELECT e.what FROM accounts_notice n JOIN townhall_event e ON e.id = n.event_id "
        "WHERE n.user_id = %s AND e.subject_key = %s ORDER BY n.id",
        who["id"],
        str(who["public_id"]),
    )
    return mails_to(town, who["email"]), [one["what"] for one in notices]


def new_plan(page, town):
    """The link on the desk to a plan that nobody has looked at, and its reference."""
    reference = town.keys["ordinary_plan"]
    row = page.get_by_role("row").filter(has_text=reference)
    return row.get_by_role("link").first, reference


@pytest.mark.parametrize("way", WAYS)
def test_an_ordinary_plan_takes_at_most_ten_clicks_and_no_typing(browse, town, way):
    officer = hand(browse, way, who="carla")
    page = officer.page
    page.goto("/werkbank/")
    officer.look()
    link, reference = new_plan(page, town)
    mails, notices = told(town, reference)

    officer.press(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Plantjes voor het pleintje")
    officer.look()
    goals = page.locator("#goal").get_by_role("checkbox")
    officer.tick(goals.locator("visible=true").and_(page.locator(":not(:checked)")).first)
    confirmed = page.locator("#goal input:checked").count()
    officer.tick(page.locator("#contact input[name=contact]:not([value=anders])").last)
    officer.press(page.get_by_role("button", name="Bevestig alles wat is aangevinkt"))
    expect(page.get_by_role("main")).to_contain_text("Net verwerkt")
    assert officer.presses <= MOST_PRESSES
    assert officer.written == 0
    expect(page.locator("#goal").get_by_text("Bevestigd")).to_have_count(confirmed)
    officer.look()
    mails_now, notices_now = told(town, reference)
    assert len(mails_now) == len(mails) + 1
    assert sorted(notices_now[len(notices) :]) == ["assign", "begin_dialogue", "release"]

    officer.press(page.get_by_role("button", name="Draai alles terug"))
    expect(page.get_by_role("button", name="Bevestig alles wat is aangevinkt")).to_be_visible()
    expect(page.get_by_text("Bevestigd")).to_have_count(0)
    assert len(told(town, reference)[0]) == len(mails) + 2
