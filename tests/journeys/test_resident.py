"""A resident with a plan: from a few sentences to a goal, a person, a partner, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, PLAN, SMALL, WIDE, ask, overflow, plan_box, tab_to, unfold

WAYS = [
    pytest.param(WIDE, True, id="desk"),
    pytest.param(WIDE, False, id="desk-without-javascript"),
    pytest.param(PHONE, True, id="phone"),
    pytest.param(PHONE, False, id="phone-without-javascript"),
    pytest.param(SMALL, True, id="small"),
]
PARTS = ["contact", "doelen", "partners", "vergelijkbaar", "hulp"]


def expect_answer(page):
    """The page with the whole answer, and the plan still in its box."""
    expect(page).to_have_title(re.compile("Wegwijzer"))
    for part in PARTS:
        expect(page.locator(f"#{part}")).to_be_visible()
    expect(plan_box(page)).to_have_value(PLAN)


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_from_a_plan_to_people_and_back(browse, width, javascript):
    page = browse(width, javascript=javascript)
    page.goto("/")
    plan_box(page).fill(PLAN)
    page.get_by_role("button", name="Wijs me de weg").click()
    expect_answer(page)
    assert overflow(page) == []

    goals = page.locator("#doelen").get_by_role("heading", level=3).get_by_role("link")
    title = goals.first.inner_text()
    goals.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert overflow(page) == []

    holder = page.locator("main a[href^='/wie-is-wie/bestuur/']").first
    name = holder.inner_text()
    holder.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert overflow(page) == []

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect_answer(page)

    partner = page.locator("#partners").get_by_role("heading", level=3).get_by_role("link").first
    name = partner.inner_text()
    partner.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert overflow(page) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_narrow_by_district_and_needs(browse, javascript):
    page = browse(javascript=javascript)
    ask(page)
    page.get_by_label(re.compile("wijk")).select_option("Sluiswijk")
    unfold(page, "Zeg meer over wat je nodig hebt")
    page.get_by_label("vrijwilligers").check()
    page.get_by_role("button", name="Kijk opnieuw").click()
    expect_answer(page)
    expect(page.get_by_label(re.compile("wijk"))).to_have_value("sluiswijk")
    expect(page.get_by_label("vrijwilligers")).to_be_checked()
    expect(page.locator("#hulp")).to_contain_text("Vrijwilligers")


def test_everything_with_the_keyboard(browse):
    page = browse()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, plan_box(page))
    page.keyboard.insert_text(PLAN)
    tab_to(page, page.get_by_role("button", name="Wijs me de weg"))
    page.keyboard.press("Enter")
    expect_answer(page)

    more = page.locator("summary", has_text="Zeg meer over wat je nodig hebt")
    page.locator("body").press("Home")
    page.get_by_role("link", name="Naar de inhoud").focus()
    page.keyboard.press("Enter")
    tab_to(page, more)
    page.keyboard.press("Enter")
    advice = page.get_by_role("checkbox", name="advies", exact=True)
    tab_to(page, advice)
    page.keyboard.press("Space")
    expect(advice).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Kijk opnieuw"))
    page.keyboard.press("Space")
    expect_answer(page)
    expect(page.get_by_label("advies")).to_be_checked()

    goal = page.locator("#doelen").get_by_role("heading", level=3).get_by_role("link").first
    title = goal.inner_text()
    tab_to(page, goal)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_answer_leads_everywhere(page):
    """Every link of the answer is a page that exists."""
    ask(page)
    expect_answer(page)
    links = {one.get_attribute("href") for one in page.locator("main a[href^='/']").all()}
    assert len(links) > 10
    for link in sorted(links):
        assert page.request.get(link).status == 200, link


def test_everything_in_the_answer_says_why(page):
    ask(page)
    expect_answer(page)
    for part in ["doelen", "partners", "vergelijkbaar"]:
        for one in page.locator(f"#{part} li:has(> div h3)").all():
            assert one.locator("ul li").count() > 0, one.inner_text()
    expect(page.locator("#contact")).to_contain_text("Waarom")
