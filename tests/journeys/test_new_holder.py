"""The manager's journey: from some day on somebody else answers for a portfolio, and every page says so."""

import time
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from matching.corpus import QUIET
from tests.journeys.browsing import ask
from tests.journeys.hands import BARE_PHONE, hand

DAY = timedelta(days=1)


def terms(town):
    """Terms that run, each with a goal that its holder answers for."""
    return town.rows(
        "SELECT DISTINCT ON (t.id) t.id, p.name AS portfolio, h.name AS holder, h.title AS role, g.slug, "
        "coalesce(nullif(g.plain_title, ''), g.title) AS title, g.description "
        "FROM contacts_term t "
        "JOIN contacts_portfolio p ON p.id = t.portfolio_id "
        "JOIN contacts_portfolioholder h ON h.id = t.holder_id "
        "JOIN goals_goalportfolio l ON l.portfolio_id = p.id AND l.until IS NULL "
        "JOIN goals_goal g ON g.id = l.goal_id "
        "WHERE t.until IS NULL AND t.id != %s AND g.state = 'running' ORDER BY t.id, g.id",
        town.keys["term"],
    )


def night_falls(town, term):
    """The day of the change is today: both terms move a day."""
    for change in (
        "UPDATE contacts_term SET until = until - 1 WHERE id = %s RETURNING id",
        "UPDATE contacts_term SET since = since - 1 WHERE portfolio_id = "
        "(SELECT portfolio_id FROM contacts_term WHERE id = %s) AND until IS NULL RETURNING id",
    ):
        assert town.rows(change, term)
    time.sleep(QUIET)  # who comes after that waits for what is new


def expect_holder(page, term, name, other):
    """A visitor reads this name everywhere, and no longer or not yet the other."""
    page.goto("/wie-is-wie/")
    card = page.locator("#bestuur .iw-person").filter(has_text=term["portfolio"])
    expect(card).to_contain_text(name)
    page.goto(f"/doelen/{term['slug']}/")
    expect(page.get_by_role("main")).to_contain_text(name)
    expect(page.get_by_role("main")).not_to_contain_text(other)
    ask(page, f"{term['title']}. {term['description']}"[:900])
    found = page.locator("#doelen li").filter(has=page.locator(f"a[href='/doelen/{term['slug']}/']")).first
    expect(found).to_contain_text(name)
    expect(found).not_to_contain_text(other)


WAYS = ["keyboard", BARE_PHONE]


@pytest.mark.parametrize("way", WAYS)
def test_somebody_else_answers_for_a_portfolio_from_some_day_on(browse, town, way):
    term, new = terms(town)[WAYS.index(way)], f"Noor van {way.capitalize()}"
    manager, visitor = hand(browse, way, who="mo", thorough="keyboard"), browse()
    page = manager.page
    page.goto("/beheer/")
    manager.press(page.get_by_role("main").get_by_role("link", name="Ambtstermijnen").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ambtstermijnen")
    manager.press(page.locator(f"main th a[href='/beheer/ambtstermijnen/{term['id']}/']"))
    manager.press(page.get_by_role("link", name="Vervang deze bestuurder"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Vervang deze bestuurder")
    manager.look()
    expect(page.get_by_label("Functie")).to_have_value(term["role"])
    manager.write(page.get_by_label("Naam"), new)
    manager.pick_day(page.get_by_label("Vanaf"), localdate() + DAY)
    manager.press(page.get_by_role("button", name="Vervang deze bestuurder"))
    expect(page.get_by_role("main")).to_contain_text("De nieuwe bestuurder staat erin")
    manager.look()

    expect_holder(visitor, term, term["holder"], new)
    night_falls(town, term["id"])
    expect_holder(visitor, term, new, term["holder"])
