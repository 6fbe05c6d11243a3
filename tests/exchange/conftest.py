"""Folders of municipalities, and one Merenburg for a whole module."""

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection, transaction
from django.test import override_settings

from initiatiefwijzer.exchange.importing import Import

MERENBURG = project.BASE_DIR / "demo" / "merenburg"
KLEINDORP = Path(__file__).parents[1] / "kleindorp"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def merenburg(django_db_setup, django_db_blocker, tmp_path_factory):
    """The import of Merenburg, there for all tests of the module; what they change is undone after each."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        run = Import(MERENBURG)
        assert run.run(), run.faults
        run.media = media / "portraits"
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield run
        transaction.set_rollback(True)


class Folder:
    """A municipality's folder of our own, to spoil."""

    def __init__(self, path):
        self.path = path

    def rows(self, name):
        file = self.path / name
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []

    def write(self, name, rows):
        (self.path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return self

    def add(self, name, *rows):
        return self.write(name, self.rows(name) + list(rows))

    def change(self, file, number, **values):
        """Changes the row on line `number`."""
        rows = self.rows(file)
        rows[number - 1] |= values
        return self.write(file, rows)

    def append(self, name, raw):
        with (self.path / name).open("ab") as file:
            file.write(raw)
        return self

    def portrait(self, name, content=b'<svg xmlns="http://www.w3.org/2000/svg"/>'):
        (self.path / "photos").mkdir(exist_ok=True)
        (self.path / "photos" / name).write_bytes(content)
        return self


@pytest.fixture
def folder(tmp_path):
    """A copy of Kleindorp."""
    return Folder(Path(shutil.copytree(KLEINDORP, tmp_path / "kleindorp")))
