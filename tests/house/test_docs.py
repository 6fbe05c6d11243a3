"""The documents keep up with the code: decisions whole, glossary complete, commands that exist.

That links lead somewhere is tested in test_links.py.
"""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_has_context_decision_and_consequences(record):
    text = record.read_text("utf-8")
    assert re.match(rf"# {record.name[:4]} \w", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert all(part.strip() for part in re.split(r"^## .+$", text, flags=re.MULTILINE))


def test_decisions_are_numbered_and_listed():
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(numbers) + 1))
    listed = re.findall(
        r"^\| \[\d{4}\]\((\S+)\)", (ROOT / "docs/decisions/README.md").read_text("utf-8"), re.M
    )
    assert listed == [path.name for path in RECORDS]


def test_the_glossary_knows_every_model():
    known = set(re.findall(r"`([A-Z]\w+)`", (ROOT / "docs" / "glossary.md").read_text("utf-8")))
    models = [model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model")]
    own = {model.__name__ for model in models if model._meta.app_label in settings.LADDER}
    assert own - known == set()


def test_the_glossary_is_in_order_and_says_a_thing_once():
    rows = re.findall(
        r"^\| ([^|`-][^|]*?) \|", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE
    )
    words = [row.casefold() for row in rows[1:]]
    assert len(words) > 50
    assert len(words) == len(set(words))


def test_every_model_says_in_one_sentence_what_it_is():
    own = [model for model in apps.get_models() if model._meta.app_label in settings.LADDER]
    automatic = [model.__name__ for model in own if re.match(rf"{model.__name__}\(", model.__doc__)]
    assert automatic == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_in_the_documents_exist(page):
    text = page.read_text("utf-8")
    code = "\n".join(re.findall(r"`[^`\n]+`|^ {4}.*$|^```.*?^```", text, re.MULTILINE | re.DOTALL))
    made = set(re.findall(r"\bmake ([a-z][a-z-]*)", code))
    assert made - TARGETS == set()
    managed = set(re.findall(r"manage\.py ([a-z_]+)", code))
    assert managed - set(get_commands()) == set()
