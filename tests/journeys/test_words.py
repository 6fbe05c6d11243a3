"""Whatever somebody types, the answer is friendly and what was typed is still there."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PLAN, ask, assert_good_for_everybody, plan_box

UNCLEAR = {
    "too-short": "tuin",
    "nonsense": "asdf qwer zxcv blorp fnuk",
    "stop-words-only": "de het een en van er wel of niet maar toch",
    "only-signs": "?!?! ... --- ;;; ***",
    "emoji": "🌳🌻🥕🏡❤️",
    "right-to-left": "نريد حديقة في الحي",
}
ODD = {
    "html": f"<script>alert(1)</script><b>{PLAN}</b> & “aanhalingstekens” \\ ' \"",
    "emoji-between": f"🌳 {PLAN} 🌻",
    "one-long-word": f"{PLAN} {'tuin' * 400}",
    "many-lines": PLAN.replace(". ", ".\n\n\n"),
}


def is_kept(page, text):
    assert plan_box(page).input_value().replace("\r\n", "\n") == text


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR)
def test_what_says_too_little_gets_a_friendly_way_on(page, text):
    ask(page, text)
    expect(page.locator("#antwoord")).to_contain_text("Twee of drie")
    expect(page.locator("#contact")).to_be_visible()
    expect(page.locator("#doelen")).to_have_count(0)
    is_kept(page, text)


def test_somebody_in_need_sees_first_whom_to_call(page):
    ask(page, "Ik wil niet meer leven")
    answer = page.locator("#antwoord")
    expect(answer.get_by_role("heading").first).to_have_text("Heb je nu hulp nodig?")
    expect(answer.get_by_role("link", name="0800-0113")).to_have_attribute("href", "tel:08000113")
    expect(answer.get_by_role("link", name="0800-0113")).to_be_in_viewport()
    is_kept(page, "Ik wil niet meer leven")
    assert_good_for_everybody(page)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_is_answered_and_kept(page, text):
    ask(page, text)
    expect(page.locator("#doelen")).to_be_visible()
    is_kept(page, text)
    assert_good_for_everybody(page)


@pytest.mark.parametrize("start", ["/", "/wegwijzer/"])
def test_nothing_typed_is_said_at_the_box(page, start):
    page.goto(start)
    page.get_by_role("button", name="Wijs me de weg").click()
    box = plan_box(page)
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile("Vertel in een paar zinnen wat je wilt doen"))
    summary = page.get_by_role("alert")
    summary.get_by_role("link").click()
    expect(box).to_be_focused()
    assert_good_for_everybody(page)


@pytest.mark.parametrize("start", ["/", "/wegwijzer/"])
def test_far_too_much_is_not_cut_off(page, start):
    """As long as somebody pastes it; a box that cuts off silently loses what was typed."""
    text = (PLAN + " ") * 50
    page.goto(start)
    plan_box(page).focus()
    page.keyboard.insert_text(text)
    page.get_by_role("button", name="Wijs me de weg").click()
    expect(page.get_by_role("alert")).to_contain_text("Kort het in tot 10000 tekens")
    is_kept(page, text)


def test_a_wrong_amount_keeps_everything(page):
    page.goto("/wegwijzer/")
    plan_box(page).fill(PLAN)
    page.get_by_text("Zeg meer over wat je nodig hebt").click()
    page.get_by_label("advies").check()
    amount = page.get_by_label(re.compile("Hoeveel geld"))
    amount.fill("heel veel")
    page.get_by_role("button", name="Wijs me de weg").click()
    expect(amount).to_be_visible()
    expect(amount).to_have_value("heel veel")
    expect(page.get_by_label("advies")).to_be_checked()
    is_kept(page, PLAN)
    assert_good_for_everybody(page)


def test_who_comes_for_something_else_is_asked_whether_it_is_a_plan(page):
    text = "Ik wil mijn kapotte wasmachine verkopen aan een neef in een andere stad."
    ask(page, text)
    expect(page.locator("#antwoord")).to_contain_text("Is dit een plan voor je buurt?")
    expect(page.locator("#contact")).to_be_visible()
    is_kept(page, text)
    assert_good_for_everybody(page)


def test_a_plan_that_fits_no_goal_is_welcome(page):
    text = "Wij willen samen met vrienden een raket bouwen en naar de maan vliegen."
    ask(page, text)
    expect(page.locator("#antwoord")).to_contain_text("Je plan is welkom")
    expect(page.locator("#contact")).to_be_visible()
    is_kept(page, text)
    assert_good_for_everybody(page)


def test_asking_too_often_says_how_long_to_wait(page, town):
    ask(page)
    try:
        for _ in range(2):  # a minute can end between the two, but not twice in a row
            town.rows("UPDATE townhall_allowance SET used = 1000000 RETURNING key")
            page.get_by_role("button", name="Kijk opnieuw").click()
            page.wait_for_load_state()
            if page.get_by_role("alert").count():
                break
        expect(page.get_by_role("alert")).to_contain_text("seconden")
        is_kept(page, PLAN)
        assert_good_for_everybody(page)
    finally:
        town.rows("DELETE FROM townhall_allowance RETURNING key")
