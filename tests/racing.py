"""Some at the same moment: each in a thread of its own, with a connection of its own."""

import threading
from functools import partial

from django.core.exceptions import ValidationError
from django.db import connection


def race(*jobs, losers=()):
    """What each job gave, or what it raised of the exceptions of losers; they begin together."""
    outcomes, start = [None] * len(jobs), threading.Barrier(len(jobs))

    def run(number, job):
        try:
            start.wait(timeout=30)
            outcomes[number] = job()
        except losers as lost:
            outcomes[number] = lost
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def at_once(number, action):
    """The same for action(0) … action(number - 1)."""
    return race(*[partial(action, which) for which in range(number)])


def refusals(*jobs):
    """How each of some jobs was refused; None for what was done."""
    outcomes = race(*jobs, losers=ValidationError)
    return [one if isinstance(one, ValidationError) else None for one in outcomes]
