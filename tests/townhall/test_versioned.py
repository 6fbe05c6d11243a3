"""Two people edit one thing: the slower one is told, and nothing is lost."""

import threading

import pytest
from django.db import connection, transaction

from initiatives.models import Initiative
from tests import make
from tests.racing import race


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    plan = make.initiative("Tuin")
    for _round in range(10):
        version = Initiative.objects.get(pk=plan.pk).version

        def edit(title, version=version):
            mine = Initiative.objects.get(pk=plan.pk)
            mine.title = title
            return title, mine.save_if_unchanged(fields=["title"], version=version)

        outcomes = race(lambda: edit("Moestuin"), lambda: edit("Speeltuin"))
        assert sorted(saved for _title, saved in outcomes) == [False, True]
        stored = Initiative.objects.get(pk=plan.pk)
        assert [stored.title] == [title for title, saved in outcomes if saved]
        assert stored.version == version + 1


def test_the_loser_writes_nothing_and_keeps_what_they_typed(db):
    plan = make.initiative("Tuin")
    first, second = Initiative.objects.get(), Initiative.objects.get()
    first.title, second.title, second.story = "Moestuin", "Speeltuin", "Anders"
    assert first.save_if_unchanged(fields=["title"], version=1)
    assert not second.save_if_unchanged(fields=["title", "story"], version=1)
    assert (second.title, second.story, second.version) == ("Speeltuin", "Anders", 1)
    plan.refresh_from_db()
    assert (plan.title, plan.story, plan.version) == (
        "Moestuin",
        "Met de buurt willen we iets moois maken.",
        2,
    )
    assert first.version == 2
    first.title = "Kas"
    assert first.save_if_unchanged(fields=["title"], version=first.version)


def test_only_the_named_fields_are_written(db):
    make.initiative("Tuin")
    plan = Initiative.objects.get()
    plan.title, plan.story = "Moestuin", "Per ongeluk veranderd"
    plan.save_if_unchanged(fields=["title"], version=1)
    assert Initiative.objects.get().story == "Met de buurt willen we iets moois maken."


def test_what_is_found_follows_what_is_saved(db):
    make.initiative("Tuin")
    plan = Initiative.objects.get()
    plan.title = "Zwembaden"
    plan.save_if_unchanged(fields=["title"], version=1)
    assert Initiative.objects.search("zwembad").exists()
    assert not Initiative.objects.search("tuin").exists()


def test_save_with_update_fields_keeps_the_terms_right(db):
    plan = make.initiative("Tuin")
    plan.title = "Zwembaden"
    plan.save(update_fields=["title"])
    assert Initiative.objects.search("zwembad").exists()


@pytest.mark.django_db(transaction=True)
def test_somebody_in_a_long_transaction_is_waited_for_and_then_told():
    plan = make.initiative("Tuin")
    mine = Initiative.objects.get(pk=plan.pk)
    mine.title = "Speeltuin"
    outcome = []

    def late():
        try:
            outcome.append(mine.save_if_unchanged(fields=["title"], version=1))
        finally:
            connection.close()

    thread = threading.Thread(target=late)
    with transaction.atomic():
        plan.title = "Moestuin"
        assert plan.save_if_unchanged(fields=["title"], version=1)
        thread.start()
        thread.join(0.3)
        assert outcome == []
    thread.join()
    assert outcome == [False]
    assert Initiative.objects.get().title == "Moestuin"
