"""After a change of the analyser everything that can be found is analysed again, while the site goes on."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from initiatives.models import Initiative
from tests import make
from tests.racing import race
from townhall import renewing, tasks


def outdate(*models):
    """As an older version left them: other terms, another version."""
    for model in models or renewing.searchable_models():
        model.objects.update(terms="oud", terms_version="2025.1")


def found(text):
    return [plan.title for plan in Initiative.objects.search(text).order_by("title")]


def test_everything_searchable_is_renewed_and_nothing_else_changes(db):
    make.municipality()
    make.goal("Meer bomen")
    plan = make.initiative("Schepen kijken")
    make.manager("Havenmeester")
    make.organisation("Roeiclub")
    before = Initiative.objects.values().get()
    outdate()
    rows = sum(model.objects.count() for model in renewing.searchable_models())
    assert found("schip") == []
    out = StringIO()
    call_command("renew_terms", stdout=out)
    assert found("schip") == ["Schepen kijken"]
    assert Initiative.objects.values().get(pk=plan.pk) == before
    assert {model.objects.with_old_terms().count() for model in renewing.searchable_models()} == {0}
    assert out.getvalue().splitlines()[-1] == f"Opnieuw zoekbaar gemaakt: {rows}."


def test_it_goes_on_where_it_was_stopped(db, monkeypatch):
    monkeypatch.setattr(renewing, "AT_ONCE", 2)
    for number in range(5):
        make.initiative(f"Tuin {number}")
    outdate(Initiative)
    model, renewed = next(renewing.renew_terms())
    assert (model, renewed, Initiative.objects.with_old_terms().count()) == (Initiative, 2, 3)
    list(renewing.renew_terms(within=timedelta(0)))
    assert Initiative.objects.with_old_terms().count() == 1
    tasks.renew_terms()
    assert found("tuinen") == [f"Tuin {number}" for number in range(5)]
    assert list(renewing.renew_terms()) == []


def test_a_batch_costs_the_same_for_one_row_as_for_three(db, django_assert_num_queries):
    for number in range(3):
        make.initiative(f"Tuin {number}")
    for most in (1, 3):
        outdate(Initiative)
        with django_assert_num_queries(4):  # savepoint, read and lock, write, release
            assert Initiative.objects.renew_terms(most) == most


@pytest.mark.django_db(transaction=True)
def test_what_somebody_saves_meanwhile_is_left_to_them():
    plan = make.initiative("Tuin")
    outdate(Initiative)

    def edit():
        mine = Initiative.objects.get(pk=plan.pk)
        mine.title = "Zwembad"
        mine.save_if_unchanged(fields=["title"], version=plan.version)

    def renew():
        for _round in range(20):
            Initiative.objects.renew_terms(10)

    race(edit, renew)
    Initiative.objects.renew_terms(10)
    assert (found("zwembaden"), found("tuin")) == (["Zwembad"], [])


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_being_saved_is_passed_over():
    plan = make.initiative("Tuin")
    outdate(Initiative)

    def hold(taken, done):
        with transaction.atomic():
            Initiative.objects.select_for_update().get(pk=plan.pk)
            taken.set()
            done.wait(10)
        connection.close()

    taken, done = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(taken, done))
    holder.start()
    taken.wait(10)
    try:
        assert Initiative.objects.renew_terms(10) == 0
    finally:
        done.set()
        holder.join()
    assert Initiative.objects.renew_terms(10) == 1
