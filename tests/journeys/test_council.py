"""The council's journey: which goals about loneliness have plans, which have none; then the plans."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import BARE_PHONE, hand


def number_in(text):
    return int(re.search(r"\d+", text)[0])


def goals_about(town, words):
    """How many goals about this have plans that count, and how many running ones have none."""
    rows = town.rows(
        "SELECT EXISTS (SELECT 1 FROM initiatives_goallink l"
        " JOIN initiatives_initiative i ON i.id = l.initiative_id"
        " WHERE l.goal_id = g.id AND i.state != 'draft') AS planned"
        " FROM goals_goal g WHERE g.state = 'running'"
        " AND g.title || ' ' || g.plain_title || ' ' || g.search_words ~* %s",
        words,
    )
    return sum(row["planned"] for row in rows), sum(not row["planned"] for row in rows)


@pytest.mark.parametrize("way", ["mouse", BARE_PHONE])
def test_which_goals_about_loneliness_have_plans(browse, town, way):
    me = hand(browse, way, who="dirk")
    page = me.page
    page.goto("/")
    if way == BARE_PHONE:
        me.press(page.get_by_text("Menu", exact=True))
    me.press(page.get_by_role("banner").get_by_role("link", name="Raad"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("samenleving"))
    me.look()

    me.write(page.get_by_label("Zoek doelen op woorden"), "eenzaamheid")
    me.press(page.get_by_role("main").get_by_role("button", name="Zoek"))
    expect(page).to_have_url(re.compile("zoek=eenzaamheid"))
    planned = page.get_by_role("heading", name=re.compile(r"^Doelen met plannen"))
    bare = page.get_by_role("heading", name=re.compile(r"^Doelen zonder plannen"))
    assert (number_in(planned.inner_text()), number_in(bare.inner_text())) == goals_about(town, "eenzaam")
    me.look()

    way_down = page.locator("#met-plannen").get_by_role("link", name=re.compile("openbaar")).first
    told = number_in(way_down.inner_text())
    me.press(way_down)
    expect(page).to_have_url(re.compile("/initiatieven/"))
    assert (
        number_in(page.get_by_role("main").get_by_text(re.compile(r"^\d+ initiatie")).first.inner_text())
        == told
    )
    me.look()


def test_a_resident_has_no_way_in(browse):
    page = browse(who="amina")
    page.goto("/")
    expect(page.get_by_role("banner").get_by_role("link", name="Raad")).to_have_count(0)
    assert page.goto("/raad/").status == 403
