"""What a guide prints in bold stands on a page in the same words, unless it begins a paragraph."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
GUIDES = sorted((ROOT / "docs" / "handleiding").glob("*.md"))


def one_line(text):
    return " ".join(text.split()).casefold()


@pytest.fixture(scope="module")
def said():
    """Everything the site can say, on one line; sentences that code wraps are whole."""
    code = [path for app in settings.LADDER for path in (ROOT / app).rglob("*.py")]
    texts = [*code, *(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    together = "\n".join(path.read_text("utf-8") for path in texts)
    return one_line(re.sub(r'"\s*\n\s*"', "", together))


def bold(guide):
    """The words in bold that do not begin a paragraph; "…" stands for what differs."""
    for found in re.finditer(r"\*\*(.+?)\*\*", guide.read_text("utf-8"), re.DOTALL):
        if not found.string[: found.start()].endswith("\n\n"):
            yield from filter(None, map(one_line, found[1].split("…")))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_says_what_the_page_says(guide, said):
    assert [words for words in bold(guide) if words.rstrip(".:") not in said] == []
