"""Trouble that only a browser can show: double click, back button, a session that ended while writing."""

import uuid

from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, PLAN, assert_good_for_everybody
from tests.journeys.hands import Hand, hand
from tests.journeys.post import code_in, mail_to, mails_to

WORDS = "Dit schreef ik in een half uur.\n\nMet twee alinea's & “aanhalingstekens”."


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def concept_of(page, title):
    """A concept of who is signed in."""
    page.goto("/initiatieven/nieuw/")
    page.get_by_label("Hoe heet je plan?").fill(title)
    page.get_by_label("Wat wil je doen?").fill(PLAN)
    button(page, "Ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lees je plan nog eens na")


def sign_in_beside(page, town, address):
    """Follows the link of the page to sign in, in a tab of its own, and closes that."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in").locator("visible=true").last.click()
    beside = opened.value
    beside.get_by_label("E-mail").fill(address)
    button(beside, "Stuur mij een code").click()
    expect(beside.get_by_role("heading", level=1)).to_have_text("Vul je code in")
    beside.get_by_label("Code uit de mail").fill(code_in(mail_to(town, address)))
    button(beside, "Verder").click()
    expect(beside.get_by_role("banner")).to_contain_text("Uitloggen")
    beside.close()


def test_a_double_click_sends_once_and_back_leads_to_the_receipt(browse, town):
    title, page = f"Dubbel {uuid.uuid4()}", browse(who="petra")
    before = len(mails_to(town, "petra@merenburg.example"))
    concept_of(page, title)
    button(page, "Verstuur mijn plan").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je plan is ontvangen")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je plan is ontvangen")
    found = town.rows("SELECT state FROM initiatives_initiative WHERE title = %s", title)
    assert [one["state"] for one in found] == ["submitted"]
    assert len(mails_to(town, "petra@merenburg.example")) == before + 1


def test_a_session_that_ended_while_writing_costs_not_a_word(browse, town):
    """Nor a second click: a new session brings another token, and our own mark makes up for it."""
    address = "petra@merenburg.example"
    page = browse(PHONE, who="petra")
    mine = Hand(page, thorough=True)
    concept_of(page, "Een half uur schrijven")
    page.get_by_label("Wat wil je doen?").fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    button(page, "Bewaar als concept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent niet meer ingelogd")
    expect(page.get_by_role("main")).to_contain_text("Dit schreef ik in een half uur.")
    mine.look()
    sign_in_beside(page, town, address)
    button(page, "Verstuur opnieuw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lees je plan nog eens na")
    expect(page.get_by_label("Wat wil je doen?")).to_have_value(WORDS)


def test_words_of_a_tab_that_stayed_open_are_kept(browse):
    first = hand(browse, "mouse", who="petra").page
    concept_of(first, "Twee tabbladen")
    second = first.context.new_page()
    second.goto(first.url)
    button(first, "Verstuur mijn plan").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Je plan is ontvangen")
    second.get_by_label("Wat wil je doen?").fill(WORDS)
    button(second, "Verstuur mijn plan").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Je plan is al verstuurd")
    assert_good_for_everybody(second)
    button(second, "Bewaar").click()
    expect(second.get_by_role("main")).to_contain_text("Dit schreef ik in een half uur.")
