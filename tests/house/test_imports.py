"""The ladder: an app imports only from those left of it. And a proof that a breach is found."""

import ast
import re
import sys

import pytest
from django.conf import settings

from tests.house import ladder

ROOT = settings.BASE_DIR


def test_nobody_reaches_up():
    assert ladder.breaches(ROOT) == []


def test_every_app_has_a_rung():
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "local"}
    assert apps == {app for app in ladder.RUNGS if (ROOT / app).is_dir()}


def test_the_settings_follow_the_ladder():
    there = [app for app in ladder.RUNGS if (ROOT / app / "apps.py").exists()]
    assert there == settings.LADDER
    assert settings.INSTALLED_APPS[: len(there) + 1] == [*there, "initiatiefwijzer"]


def test_the_drawn_ladder_is_the_real_one():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = re.search(r"^ +(dutch → .*)$", text, re.M)[1].split(" → ")
    assert drawn == [app for app in ladder.RUNGS if (ROOT / app).is_dir()]


def test_the_launcher_stands_on_python_alone():
    """It runs before anything is installed; only the pictures are taken with what it installed."""
    foreign = {
        path.name: name.partition(".")[0]
        for path in (ROOT / "local").glob("*.py")
        for _, name in ladder.imports(ast.parse(path.read_text("utf-8")))
        if name.partition(".")[0] not in {*sys.stdlib_module_names, "local"}
    }
    assert foreign == {"pictures.py": "playwright"}


PLANTED = {  # file -> (what is written in it, what must be said about it)
    "goals/models.py": (
        "from initiatives.models import Initiative",
        "goals.models:1 reaches up to initiatives",
    ),
    "goals/views.py": ("import initiatives.models as plans", "goals.views:1 reaches up to initiatives"),
    "townhall/models.py": (
        "by = ForeignKey('contacts.Person')",
        "townhall.models:1 reaches up to contacts.Person",
    ),
    "funding/api.py": ("from ..matching import service", "funding.api:1 reaches up to .. (relative)"),
    "contacts/verbs.py": ("apps.get_model('goals', 'Goal')", "contacts.verbs:1 reaches up to goals"),
    "accounts/migrations/0002_x.py": (
        "class Migration:\n    dependencies = [('goals', '0001_first')]",
        "accounts.migrations.0002_x:2 reaches up to goals",
    ),
    "initiatives/verbs.py": (
        "def submit():\n    from townhall import outbox",
        "initiatives.verbs:2 hides an import in a function",
    ),
    "matching/ranking.py": (
        "from django.db import models",
        "matching.ranking:1 thinks with django.db.models",
    ),
    "matching/index.py": ("from goals.models import Goal", "matching.index:1 thinks with goals.models.Goal"),
    "dutch/fold.py": ("from django.utils.text import slugify", "dutch.fold:1 thinks with django.utils"),
    "goals/api.py": ("template = 'initiatives/list.html'", "goals.api:1 draws with initiatives/list.html"),
    "templates/goals/list.html": (
        '{% extends "initiatives/list.html" %}',
        "goals/list.html: extends initiatives",
    ),
    "templates/goals/one.html": (
        '{% include "initiatives/list.html" %}',
        "goals/one.html: include initiatives",
    ),
}
INNOCENT = {
    "initiatives/models.py": "from goals.models import Goal\nowner = ForeignKey('townhall.File')",
    "goals/urls.py": "def address():\n    return reverse('initiatives:detail')",
    "matching/ranking.py": "import numpy as np\nfrom matching.shapes import Question\nfrom dutch import fold",
    "matching/corpus.py": "from django.db import models",
    "initiatiefwijzer/views.py": "from matching.forms import WegwijzerForm",
    "templates/goals/detail.html": '{% extends "base.html" %}{% include "initiatives/_card.html" %}',
}


def plant(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


@pytest.mark.parametrize("path", PLANTED)
def test_a_planted_breach_is_found(path, tmp_path):
    text, said = PLANTED[path]
    plant(tmp_path, path, text)
    found = ladder.breaches(tmp_path)
    assert found
    assert found[0].startswith(said)


def test_good_neighbours_are_left_alone(tmp_path):
    for path, text in INNOCENT.items():
        plant(tmp_path, path, text)
    assert ladder.breaches(tmp_path) == []
