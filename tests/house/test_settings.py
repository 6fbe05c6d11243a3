"""The settings come from the environment, and say in one sentence what is missing.

That docs/operations.md names them all is tested in tests/local/test_operations.py.
"""

import ast
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.house import ladder

ROOT = settings.BASE_DIR
ENOUGH = {"SECRET_KEY": "x", "DATABASE_URL": "postgres://user:password@host/name"}
SHOW = """
import json
from initiatiefwijzer import settings as s
print(json.dumps([s.DEBUG, s.DEMO, s.HTTPS, s.SECRET_KEY, s.DATABASES["default"]["NAME"]]))
"""


def start(show=SHOW, **environment):
    """What happens when the settings are read with only this in the environment."""
    environment |= {"PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", show]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_production_is_the_default():
    assert json.loads(start(**ENOUGH).stdout) == [False, False, False, "x", "name"]


@pytest.mark.parametrize("name", ENOUGH)
def test_a_missing_name_stops_the_start_with_one_sentence(name):
    run = start(**{other: value for other, value in ENOUGH.items() if other != name})
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.strip() == f"{name} ontbreekt: zet deze omgevingsvariabele (zie docs/operations.md)."


def test_every_name_may_be_given_as_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file")
    run = start(SECRET_KEY_FILE=str(tmp_path / "key"), DATABASE_URL=ENOUGH["DATABASE_URL"])
    assert json.loads(run.stdout)[3] == "from a file"


def test_a_broken_mail_address_stops_the_start_with_one_sentence():
    run = start(**ENOUGH, EMAIL_URL="carrier-pigeon://roof")
    assert run.returncode == 1
    assert run.stderr.startswith("EMAIL_URL")
    assert len(run.stderr.strip().splitlines()) == 1


def test_nobody_else_reads_the_environment():
    readers = {
        module
        for module, tree in ladder.sources(ROOT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        if isinstance(node.value, ast.Name) and node.value.id == "os"
    }
    assert readers <= {"initiatiefwijzer.celery", "initiatiefwijzer.wsgi"}  # where the settings are


def test_the_rules_that_must_not_be_weakened():
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"  # Redis is for Celery alone
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.REST_FRAMEWORK["DEFAULT_RENDERER_CLASSES"] == ["rest_framework.renderers.JSONRenderer"]
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert settings.AUTHENTICATION_BACKENDS == ["accounts.backend.Backend"]  # nobody has a password
