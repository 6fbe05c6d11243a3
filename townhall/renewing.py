"""Stored terms made anew after a change of the analyser, while the site goes on."""

import time

from django.apps import apps

from townhall.models import Searchable

AT_ONCE = 200  # rows in one transaction: a second or so


def searchable_models():
    return [model for model in apps.get_models() if issubclass(model, Searchable)]


def renew_terms(*, within=None):
    """Renew stale terms, kind by kind, until there are none left or the time given is over.

    Yields (model, how many rows) after every batch. What is done is done: stopped at any moment, the next
    run goes on from there. Two at once do no harm.
    """
    end = time.monotonic() + within.total_seconds() if within is not None else None
    for model in searchable_models():
        while renewed := model.objects.renew_terms(AT_ONCE):
            yield model, renewed
            if end is not None and time.monotonic() > end:
                return
