"""Signing in: a code by mail for everybody, a second step for who works at town hall."""

import re
import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth
from playwright.sync_api import expect

from tests.journeys.browsing import assert_good_for_everybody
from tests.journeys.post import code_in, mail_to


def second_code(town, address, later=0):
    """What the app on this person's phone shows now, or so many half minutes later. Each code works once."""
    row = town.rows(
        "SELECT data->>'secret' AS secret FROM mfa_authenticator "
        "JOIN accounts_user ON user_id = accounts_user.id WHERE type = 'totp' AND email = %s",
        address,
    )[0]
    moment = int(time.time()) // app_settings.TOTP_PERIOD + later
    return auth.format_hotp_value(auth.hotp_value(row["secret"], moment))


def ask_for_a_code(page, address):
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul je code in")


def fill_in(page, code):
    page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code)
    page.get_by_role("main").get_by_role("button").first.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_resident_signs_in_and_out(browse, town, javascript):
    address = "amina@merenburg.example"
    page = browse(javascript=javascript)
    ask_for_a_code(page, address)
    assert address in page.get_by_role("main").inner_text()
    fill_in(page, code_in(mail_to(town, address)))
    expect(page.get_by_role("banner")).to_contain_text("Amina")

    page.goto("/account/uitloggen/")
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Inloggen")).to_be_visible()


def test_the_code_is_never_on_the_page(page, town):
    """Outside the demo only the mail knows it."""
    ask_for_a_code(page, "petra@merenburg.example")
    assert code_in(mail_to(town, "petra@merenburg.example")) not in page.content()
    assert_good_for_everybody(page)


def test_a_wrong_code_is_said_and_may_be_mended(page, town):
    address = "petra@merenburg.example"
    ask_for_a_code(page, address)
    code = code_in(mail_to(town, address))
    fill_in(page, "ZZZZZZ")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_for_everybody(page)
    fill_in(page, code)
    expect(page.get_by_role("banner")).to_contain_text("Petra")


def test_no_address_or_a_wrong_one_is_said_at_the_field(page):
    page.goto("/account/inloggen/")
    for words in ("", "geen adres"):
        page.get_by_label("E-mail").fill(words)
        page.get_by_role("button", name="Stuur mij een code").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("E-mail")).to_have_value(words)
    assert_good_for_everybody(page)


def test_asking_for_a_code_too_often_says_so(page):
    for _ in range(3):
        ask_for_a_code(page, "ongeduldig@merenburg.example")
    page.goto("/account/inloggen/")
    page.get_by_label("E-mail").fill("ongeduldig@merenburg.example")
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("alert")).to_contain_text("te vaak")
    expect(page.get_by_label("E-mail")).to_have_value("ongeduldig@merenburg.example")
    assert_good_for_everybody(page)


def test_an_unknown_address_looks_the_same(page, town):
    """Nobody learns who has an account; the mail says it to who owns the address."""
    ask_for_a_code(page, "onbekend@merenburg.example")
    assert "account" in mail_to(town, "onbekend@merenburg.example")


def test_a_new_account_proves_its_address(page, town):
    address = "nieuw@merenburg.example"
    page.goto("/account/inloggen/")
    page.get_by_role("link", name="Maak een account").click()
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul je code in")
    assert_good_for_everybody(page)
    fill_in(page, code_in(mail_to(town, address)))
    expect(page.get_by_role("banner").get_by_role("link", name="Inloggen")).to_have_count(0)


def test_an_officer_needs_the_second_step(page, town):
    address = "carla@merenburg.example"
    ask_for_a_code(page, address)
    fill_in(page, code_in(mail_to(town, address)))
    expect(page.get_by_role("heading", level=1)).to_contain_text("tweede code")
    assert_good_for_everybody(page)

    page.goto("/")
    expect(page.get_by_role("banner")).not_to_contain_text("Carla")  # half signed in is not signed in
    page.goto("/account/inloggen/tweede-stap/")
    fill_in(page, "000000")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_for_everybody(page)

    fill_in(page, second_code(town, address))
    expect(page.get_by_role("banner")).to_contain_text("Carla")


def test_the_second_step_is_asked_again_before_it_is_changed(page, town):
    address = "mo@merenburg.example"
    ask_for_a_code(page, address)
    fill_in(page, code_in(mail_to(town, address)))
    fill_in(page, second_code(town, address))
    expect(page.get_by_role("banner")).to_contain_text("Mo")

    page.goto("/account/tweede-stap/uit/")
    expect(page).to_have_url(re.compile("/account/opnieuw/"))
    fill_in(page, second_code(town, address, later=1))
    expect(page).to_have_url(re.compile("/account/tweede-stap/uit/$"))
    assert_good_for_everybody(page)

    page.goto("/account/tweede-stap/codes/nieuw/")
    assert_good_for_everybody(page)
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto("/account/tweede-stap/codes/")
    assert_good_for_everybody(page)
    codes = page.request.get("/account/tweede-stap/codes/bestand/")
    assert codes.headers["content-type"].startswith("text/plain")
    assert codes.text().strip()
