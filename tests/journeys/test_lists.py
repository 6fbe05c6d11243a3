"""Lists: search, filter, leaf, and a way on where nothing is found."""

import re

from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, SMALL, assert_good_for_everybody, overflow, unfold


def found(page):
    """How many things the list says that it found."""
    return int(re.search(r"\d+", page.get_by_role("status").inner_text())[0])


def search(page, words):
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Zoek", exact=True).click()


def test_search_then_filter_then_undo(page):
    page.goto("/doelen/")
    everything = found(page)
    search(page, "groen")
    searched = found(page)
    assert 0 < searched < everything

    unfold(page, "Filters")
    page.get_by_label("Thema").select_option("Groen en natuur")
    page.get_by_role("button", name="Toon resultaten").click()
    assert 0 < found(page) <= searched
    expect(page.get_by_role("searchbox")).to_have_value("groen")
    expect(page.get_by_label("Thema")).to_have_value(re.compile("groen"))
    assert "zoek=groen" in page.url

    page.get_by_role("list", name="Gekozen filters").get_by_role(
        "link", name=re.compile("Groen en natuur")
    ).click()
    assert found(page) == searched
    page.get_by_role("link", name="Wis alle filters").click()
    assert found(page) == everything


def test_search_understands_word_forms(page):
    """Who types one form of a word finds the other."""
    page.goto("/doelen/?zoek=bomen")
    many = found(page)
    page.goto("/doelen/?zoek=boom")
    assert found(page) == many > 0


def test_next_page_keeps_the_question(page):
    page.goto("/doelen/?staat=lopend")
    first = page.locator("main h3").first.inner_text()
    page.get_by_role("link", name="Volgende").click()
    assert "staat=lopend" in page.url
    assert "pagina=2" in page.url
    expect(page.get_by_role("navigation", name="Bladeren").locator("[aria-current=page]")).to_contain_text(
        "2"
    )
    assert page.locator("main h3").first.inner_text() != first
    page.go_back()
    expect(page.locator("main h3").first).to_have_text(first)


def test_the_twin_of_a_page_gives_the_same(page):
    """The head of a list links to the API, with the same question."""
    page.goto("/doelen/?zoek=groen&staat=lopend")
    twin = page.locator("link[rel=alternate][type='application/json']").get_attribute("href")
    assert page.request.get(twin).json()["aantal"] == found(page)


def test_a_wrong_filter_is_said_and_kept(page):
    page.goto("/doelen/?wijk=atlantis&zoek=groen")
    expect(page.get_by_text("Deze wijk kennen we niet")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("groen")
    assert_good_for_everybody(page)


def test_nothing_found_leads_on(page):
    page.goto("/doelen/?zoek=xylofoonorkest")
    assert found(page) == 0
    expect(page.locator("main")).to_contain_text("We vinden geen doel dat hierbij past")
    page.get_by_role("link", name="Laat alle doelen zien").click()
    assert found(page) > 0


def test_a_page_that_is_not_there_leads_back(page):
    for number in ("0", "-1", "1000000000", "abc"):
        assert page.goto(f"/doelen/?pagina={number}").status == 404
    assert page.get_by_role("main").get_by_role("link").count() > 0
    assert_good_for_everybody(page)


def test_lists_on_a_phone_and_without_javascript(browse):
    for width in (PHONE, SMALL):
        page = browse(width, javascript=False)
        page.goto("/partners/")
        everything = found(page)
        search(page, "muziek")
        assert 0 < found(page) < everything
        assert overflow(page) == []
