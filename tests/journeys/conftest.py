"""The journeys walk through the real site with a real browser.

The site is gunicorn, static files under their hashed names, and a PostgreSQL database of its own with
Merenburg in it; the browser is the Chromium that CHROMIUM names. Both start once and leave other tests alone.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

from local import browser as chromium
from local import site
from tests import databases
from tests.journeys.browsing import WIDE, resize, watch

HERE = Path(__file__).parent


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """One after the other, on one worker, first: the browser's event loop and Django's ORM don't mix.

    They take longest: while one worker walks, the other does the rest. The browser is closed before anything
    else is done here.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journeys"))
    yield
    items.sort(key=lambda item: HERE not in item.path.parents)


@dataclass
class Site:
    """The running site: its address, its environment, a way into its database, and what is there to visit."""

    address: str
    env: dict
    database: psycopg.Connection
    cookies: dict
    """Session of everybody with an account, by first name; signing in is a journey of its own."""
    keys: dict
    """Examples to fill addresses with: see inside.py."""
    drawn: dict
    """Error pages that no address leads to, by the name of what draws them."""

    def rows(self, query, *values):
        return self.database.execute(query, values).fetchall()


@pytest.fixture(scope="package")
def town(tmp_path_factory):
    """The site with Merenburg; it starts once for all journeys."""
    name = f"journeys_{os.getpid()}"
    with (
        databases.copied(name) as url,
        site.running(url, tmp_path_factory.mktemp("site")) as (address, env),
        databases.connect(name) as database,
    ):
        told = json.loads(site.printed(env, "from tests.journeys import inside; inside.tell()"))
        yield Site(address, env, database, **told)


@pytest.fixture(scope="package")
def browser():
    """A Chromium without a window."""
    expect.set_options(timeout=10_000)
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.ensure(), args=options)
        yield started
        started.close()


def opened(browser, town, faults, width=WIDE, *, javascript=True, who=None):
    """A window; what its pages do that no page may do is noted in `faults`."""
    context = browser.new_context(
        base_url=town.address,
        viewport={"width": width, "height": 900},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        java_script_enabled=javascript,
    )
    context.set_default_timeout(10_000)
    if who:
        context.add_cookies([{"name": "sessionid", "value": town.cookies[who], "url": town.address}])
    watch(context, town.address, faults)
    return context.new_page()


@pytest.fixture
def browse(town, browser):
    """A function that opens a window; when the test is over, no page may have done what no page may do."""
    pages, faults = [], []

    def open_window(width=WIDE, **options):
        pages.append(opened(browser, town, faults, width, **options))
        return pages[-1]

    yield open_window
    for one in pages:
        one.context.close()
    assert faults == []


@pytest.fixture
def page(browse):
    """A window on a desk."""
    return browse()


@pytest.fixture(scope="package")
def kept(browser):
    """The windows of who only read, by first name, and what their pages did wrong in this test."""
    windows, faults = {}, []
    yield windows, faults
    for one in windows.values():
        one.context.close()


@pytest.fixture
def reading(town, browser, kept):
    """A function that gives a window in which somebody only reads: the next page is one in the same window.

    It knows the stylesheets already, and takes half a second less than a new one.
    """
    windows, faults = kept

    def window(who=None):
        if who not in windows:
            windows[who] = opened(browser, town, faults, who=who)
        resize(windows[who], WIDE)
        return windows[who]

    yield window
    noted = faults[:]
    faults.clear()
    assert noted == []
