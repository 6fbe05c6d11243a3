"""A link in a document leads to a file that is there, and a picture is not too heavy to load."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("demo/**/*.md")])
HEAVIEST = 150_000  # bytes


def links(paper):
    """The files a document links to, without other sites and places in the document itself."""
    found = re.findall(r"\]\(([^)\s]+)\)|^\[\w+\]: (\S+)$", paper.read_text("utf-8"), re.MULTILINE)
    for target in (inline or named for inline, named in found):
        if not re.match(r"[a-z]+:|#", target):
            yield paper.parent / unquote(target.partition("#")[0])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_links_lead_somewhere(paper):
    assert [str(target) for target in links(paper) if not target.exists()] == []


def test_pictures_are_light_and_shown():
    pictures = set((ROOT / "docs" / "pictures").glob("*.png"))
    shown = {target.resolve() for paper in PAPERS for target in links(paper)}
    assert {picture.name for picture in pictures if picture.stat().st_size > HEAVIEST} == set()
    assert {picture.name for picture in pictures - shown} == set()
