"""Django's PostgreSQL backend, with a pool that gets over a restart of the database at once.

psycopg's pool tests a connection before it hands it out, and waits longer and longer after each broken one.
After a restart all of them are broken, and a request that meets five in a row waits in vain. Here the first
broken one empties the pool, so that the next connection is a fresh one.
"""

import psycopg
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool


def check(connection):
    """Raises when a connection of the pool is broken, and then all that lie ready are thrown away."""
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        connection._pool.drain()
        raise


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def pool(self):
        pool = super().pool
        if pool is not None:
            pool._check = check  # Django gives its own, and no setting for another
        return pool
