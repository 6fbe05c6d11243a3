"""Databases of the server that the tests use: one with every table and no row, made once, and copies of it.

Migrating from nothing takes half a minute, a copy a second. Whoever needs the first one makes it, the others
wait for it; the process that began the run drops it (conftest.py).
"""

import contextlib
import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.rows import dict_row

MIGRATED = os.environ.setdefault("MIGRATED_DATABASE", f"migrated_{os.getpid()}")  # the same for all workers
MAKING = 20_261_122  # the key of a lock; any number


def address(name):
    """The DATABASE_URL of a database on the server of the tests."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}").geturl()


def connect(name):
    """A connection to a database on the server of the tests."""
    known = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    given = {key: known[name] for key, name in names.items() if known.get(name)}
    return psycopg.connect(dbname=name, autocommit=True, row_factory=dict_row, **given)


def _tell(server, words, *names):
    server.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def migrated():
    """The name of the database that all others are copies of; made when it is not there."""
    with connect("postgres") as server:
        server.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [MIGRATED]).fetchone():
            unfinished = f"{MIGRATED}_unfinished"
            _tell(server, "DROP DATABASE IF EXISTS {}", unfinished)
            _tell(server, "CREATE DATABASE {}", unfinished)
            migrate = [sys.executable, settings.BASE_DIR / "manage.py", "migrate", "--no-input", "-v0"]
            subprocess.run(migrate, env=os.environ | {"DATABASE_URL": address(unfinished)}, check=True)
            _tell(server, "ALTER DATABASE {} RENAME TO {}", unfinished, MIGRATED)
    return MIGRATED


@contextlib.contextmanager
def copied(name):
    """The address of a copy of this name, while it lasts."""
    with connect("postgres") as server:
        _tell(server, "CREATE DATABASE {} TEMPLATE {}", name, migrated())
        try:
            yield address(name)
        finally:
            _tell(server, "DROP DATABASE {} WITH (FORCE)", name)


def drop_migrated():
    """Nothing where no server ever ran."""
    with contextlib.suppress(psycopg.OperationalError), connect("postgres") as server:
        _tell(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", MIGRATED)


OF_MIGRATING = {"django_migrations", "django_content_type", "auth_permission", "shared_cache"}


def empty(connection):
    """Empties the tables in which something was written, but for what migrating leaves there.

    The same as Django's `flush`, which empties every table there is and fills those of migrating again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0"
            " AND relnamespace = 'public'::regnamespace AND relname != ALL(%s)",
            [list(OF_MIGRATING)],
        )
        written = [name for (name,) in cursor.fetchall()]
        if written:
            cursor.execute(f"TRUNCATE {', '.join(written)} CASCADE")
