"""Migrations: none missing, no forks, back to nothing and forward again; and events that stay.

That they lead from nothing to here every run of the tests shows: see databases.py.
"""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from tests import databases, make
from townhall.models import Event

OWN = [name for name in settings.LADDER if (settings.BASE_DIR / name / "migrations").is_dir()]


@pytest.mark.django_db
def test_none_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_there_are_no_forks():
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    assert {app for app, _name in loader.disk_migrations if app in settings.LADDER} == set(OWN)


BACK_AND_FORTH = """
import json, sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests import make

def fill():
    # What older migrations had no word for: a clerk, and who carried a plan before, also without an account.
    plan, clerk = make.initiative(), make.user(role="clerk")
    for role in ("former", "supporter", "volunteer", "follower"):
        plan.participants.create(role=role)
    plan.participants.create(role="former", user=clerk)

def things():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS"
            " (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
            " UNION SELECT tgname || ' on ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
        )
        return sorted(name for (name,) in cursor.fetchall())

def move(targets=None):
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())

own = sys.argv[1:]
before = things()
fill()
move([(app, None) for app in own])
left = [name for name in things() if name.split("_")[0] in own]
move()
print(json.dumps({"left": left, "same": things() == before, "some": len(before) > 100}))
"""


def test_every_migration_goes_back_and_forth():
    with databases.copied(f"house_{os.getpid()}") as address:
        run = subprocess.run(
            [sys.executable, "-c", BACK_AND_FORTH, *OWN],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "initiatiefwijzer.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == '{"left": [], "same": true, "some": true}'


# Events --------------------------------------------------------------------------------------------
@pytest.fixture
def event(amina):
    return Event.objects.create(subject_kind="initiative", subject_key="x", what="submit", by=amina)


def refused(change):
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        change()
    return True


def test_an_event_cannot_be_changed_or_removed(event):
    events = Event.objects.filter(pk=event.pk)
    for field, value in {
        "what": "assign",
        "subject_key": "y",
        "details": {"a": 1},
        "is_public": True,
    }.items():
        assert refused(lambda field=field, value=value: events.update(**{field: value}))
    assert refused(lambda: events.update(by=make.user()))
    assert refused(lambda: events.update(by=None, what="assign"))
    assert refused(events.delete)
    event.refresh_from_db()
    assert event.what == "submit"


def test_an_event_loses_its_person_when_that_person_is_erased(event, amina):
    amina.delete()
    event.refresh_from_db()
    assert (event.what, event.by) == ("submit", None)
    assert not User.objects.exists()
