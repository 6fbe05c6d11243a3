"""A restart of the database is a pause, not an error: also with a pool full of broken connections."""

import threading
import time

import pytest
from django.db import connection, connections

pytestmark = pytest.mark.django_db(transaction=True)


def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def use(number):
    """As many connections at once, all back in the pool afterwards."""
    gate = threading.Barrier(number)

    def work():
        ask()
        gate.wait()
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cut_all_others():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.rowcount


def test_broken_connections_cost_nobody_their_request():
    use(8)
    assert cut_all_others() >= 6
    connection.close()
    began = time.monotonic()
    for _number in range(10):
        assert ask() == 1
        connection.close()
    assert time.monotonic() - began < 5  # five in a row would take the pool ten seconds, and then an error
    use(8)


def test_it_is_the_pool_that_is_used():
    assert connections["default"].__module__ == "townhall.postgresql.base"
    assert connection.pool.max_size == 10
