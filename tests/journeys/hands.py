"""The four ways in which somebody walks a journey: mouse, keyboard, without JavaScript, on a phone.

A journey is written once, with a `Hand`; only how it presses and writes differs. The main journeys, of a
resident who registers and of an officer who answers, go all four ways. The others go two: one with a wide
window and JavaScript, one on a phone without.
"""

import re

import pytest

from tests.journeys.browsing import PHONE, WIDE, assert_good_for_everybody, overflow, tab_to

WAYS = [
    pytest.param("mouse", id="mouse"),
    pytest.param("keyboard", id="keyboard"),
    pytest.param("no-javascript", id="without-javascript"),
    pytest.param("phone", id="phone"),
]
BARE_PHONE = "bare-phone"
PHONES, WITHOUT_JAVASCRIPT = {"phone", BARE_PHONE}, {"no-javascript", BARE_PHONE}


class Hand:
    """A hand on the mouse. It counts its presses and the fields it writes in."""

    def __init__(self, page, *, thorough=False):
        self.page, self.thorough = page, thorough
        self.presses = self.written = 0

    def press(self, target):
        """A button, a link, or the line that opens a part of the page."""
        self.presses += 1
        target.click()

    def write(self, target, text):
        self.written += 1
        target.fill(text)

    def tick(self, target):
        """A box, or one button of a group."""
        self.presses += 1
        target.check()

    def choose(self, target, words):
        """One of a list."""
        self.presses += 1
        target.select_option(label=words)

    def pick_day(self, target, day):
        self.written += 1
        target.fill(day.isoformat())

    def look(self):
        """This state of the page is good: for everybody when the hand is thorough, else it fits at least."""
        if not self.thorough:
            assert overflow(self.page) == []
            return
        size = self.page.viewport_size
        assert_good_for_everybody(self.page)
        self.page.set_viewport_size(size)


class Keys(Hand):
    """The keyboard alone: nothing is clicked, and nothing gets the focus but by Tab."""

    def press(self, target):
        self.presses += 1
        self.to(target)
        self.page.keyboard.press("Enter")

    def write(self, target, text):
        self.written += 1
        self.to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def tick(self, target):
        self.presses += 1
        if target.get_attribute("type") != "radio":
            self.to(target)
            self.page.keyboard.press("Space")
            return
        group = self.page.locator(f"input[name='{target.get_attribute('name')}']")
        chosen = group.and_(self.page.locator(":checked"))
        self.to(chosen if chosen.count() else group.first)
        for _ in range(group.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert target.is_checked()

    def choose(self, target, words):
        self.presses += 1
        self.to(target)
        self.page.keyboard.type(words)
        assert re.sub(r"\s+", " ", target.locator("option:checked").inner_text().strip()) == words

    def pick_day(self, target, day):
        """Typed in the order in which this browser shows a day."""
        self.written += 1
        self.to(target)
        for order in ("%d%m%Y", "%m%d%Y"):
            self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(day.strftime(order))
            if target.input_value() == day.isoformat():
                return
        raise AssertionError(f"{day} can't be typed")

    def to(self, target):
        target.wait_for()
        tab_to(self.page, target, 250)


def hand(browse, way, who=None, *, thorough="mouse"):
    """A hand with a window of its own, for one of the ways; `thorough` is the one that looks thoroughly."""
    page = browse(PHONE if way in PHONES else WIDE, javascript=way not in WITHOUT_JAVASCRIPT, who=who)
    return (Keys if way == "keyboard" else Hand)(page, thorough=way == thorough)
