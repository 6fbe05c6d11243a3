"""A shelf that was renewed is the shelf that would be built anew, and it is there in time."""

import itertools
import random
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from contacts.models import AccountManager, District, Organisation
from goals.models import Goal, PolicyNote
from initiatives.models import Initiative
from matching import corpus, matcher, shapes, tasks
from matching.matcher import Matcher
from matching.models import CorpusChange
from matching.shapes import Initiative as Plan
from matching.shapes import Question
from tests import make
from tests.matching.village import VILLAGE

WORDS = """
    bloemen struiken bomen moestuin buurttuin speeltuin kinderen jongeren ouderen lezen bibliotheek voorlezen
    fietsen fietspad zebrapad oversteken zwerfafval opruimen repareren energie zonnepanelen isoleren koffie
    eenzaamheid taalcafé koken buurtkamer muziek koor toneel sporten zwembad voetbal dieren bijen vlinders
""".split()  # noqa: SIM905 - a list of words reads worse


@pytest.fixture
def chance():
    return random.Random(20261122)


def some_words(chance, most=8):
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def questions(chance):
    return [Question(some_words(chance, 3), some_words(chance, 25), "Dijkzicht") for _ in range(4)]


def same_answers(renewed, anew, chance):
    asked = questions(chance)
    for question in asked:
        first, second = renewed.answer(question), anew.answer(question)
        assert told(first) == told(second)


def told(answer):
    """What it says, without the last digits of scores: sums were made in another order."""
    lists = (answer.goals, answer.partners, answer.similar, answer.forms)
    found = [[(one.key, round(one.score, 6), one.reasons) for one in kind] for kind in lists]
    return found, answer.contact, answer.fits, answer.unclear


def edited(known, chance):
    """The same things, with one of them gone, changed or new."""
    left = list(known)
    place = chance.randrange(len(left))
    changed = replace(left[place], **{TEXT_OF[type(left[place])]: some_words(chance)})
    match chance.choice(("gone", "changed", "new")):
        case "gone" if len(left) > 1:
            del left[place]
        case "changed":
            left[place] = changed
        case _:
            left.append(replace(changed, key=f"{chance.choice('AZ')}{chance.random()}"))
    return tuple(left)


TEXT_OF = {type(VILLAGE.goals[0]): "title", type(VILLAGE.partners[0]): "offers", Plan: "text"} | {
    type(VILLAGE.contacts[0]): "expertise"
}
KINDS = ("goals", "contacts", "partners", "initiatives")


def test_a_renewed_matcher_answers_as_one_made_anew(chance, monkeypatch):
    monkeypatch.setattr(matcher, "MOST_COUNTED", 4)  # some are counted and some are not
    monkeypatch.setattr(shapes, "AT_A_TIME", 2)
    known = replace(VILLAGE, initiatives=tuple(Plan(f"I{n}", some_words(chance), "") for n in range(7)))
    renewed = Matcher(known)
    for _ in range(40):
        for kind in chance.sample(KINDS, chance.randint(1, 2)):
            known = replace(known, **{kind: edited(getattr(known, kind), chance)})
        renewed = Matcher(known, renewed)
        same_answers(renewed, Matcher(known), chance)


def test_other_places_are_not_passed_over_by_what_was_read_before():
    asked = Question("Bloemenwijk", "Bloemen en struiken in Bloemenwijk planten")
    known = replace(VILLAGE, places=(*VILLAGE.places, "Bloemenwijk"))
    renewed = Matcher(known, Matcher(VILLAGE))
    assert told(renewed.answer(asked)) == told(Matcher(known).answer(asked))


# The process and its database ---------------------------------------------------------------------------
def town(chance):
    green = make.portfolio("Groen", holder=make.holder("Els"))
    dike = make.district("Dijkzicht")
    note = make.note("Nota groen")
    make.manager(
        "Adviseur groen", key="K1", expertise="Bomen en bloemen", portfolios=[green], districts=[dike]
    )
    make.manager("Adviseur jeugd", key="K2", expertise="Jongeren, lezen, sporten")
    make.front_desk(key="K3")
    for number in range(6):
        make.goal(
            some_words(chance), key=f"G{number}", description=some_words(chance), portfolio=green, note=note
        )
        make.organisation(f"Club {number}", key=f"P{number}", offers=some_words(chance))
        make.initiative(some_words(chance), reference=f"IW-2026-000{number}", story=some_words(chance))


def edits(chance, number):
    """Something that happens to the town, with its tables as with its verbs."""
    one = chance.randrange(6)
    plan = Initiative.objects.filter(reference=f"IW-2026-000{one}")
    return chance.choice(
        [
            lambda: Goal.objects.filter(key=f"G{one}").update(title=some_words(chance)),
            lambda: Goal.objects.filter(key=f"G{one}").update(state=Goal.State.ENDED),
            lambda: make.goal(some_words(chance), key=f"H{number}"),
            lambda: Organisation.objects.filter(key=f"P{one}").update(offers=some_words(chance)),
            lambda: make.organisation(f"Vereniging {number}", key=f"Q{number}", interests=some_words(chance)),
            lambda: AccountManager.objects.filter(key="K2").update(expertise=some_words(chance)),
            lambda: PolicyNote.objects.filter(title="Nota groen").update(title=f"Nota {some_words(chance)}"),
            lambda: plan.update(story=some_words(chance)),
            lambda: plan.update(title=some_words(chance)),
            lambda: plan.update(released_at=chance.choice((None, timezone.now()))),
            lambda: make.initiative(
                some_words(chance), reference=f"IW-2025-{number:04}", story=some_words(chance)
            ),
            lambda: District.objects.update(name=chance.choice(("Dijkzicht", "Bloemenwijk"))),
        ]
    )


@pytest.mark.django_db
def test_whatever_changes_the_renewed_shelf_is_the_one_built_anew(chance):
    town(chance)
    corpus.keeper.current()
    numbers = itertools.count()
    for _ in range(30):
        for _ in range(chance.randint(1, 3)):
            edits(chance, next(numbers))()
        corpus.keeper.looked_at = 0
        renewed, anew = corpus.keeper.current(), corpus.build(corpus.stamp())
        same_answers(renewed.matcher, anew.matcher, chance)
        assert set(renewed.goals) == set(anew.goals)
        assert set(renewed.organisations) == set(anew.organisations)


@pytest.mark.django_db
def test_of_all_plans_only_the_changed_one_is_fetched(chance, django_assert_num_queries):
    town(chance)
    before = corpus.keeper.current()
    Initiative.objects.filter(reference="IW-2026-0003").update(story="Muziek en toneel in het zwembad")
    corpus.keeper.looked_at = 0
    with django_assert_num_queries(8) as asked:  # the stamp, who is at work (5), marks, what changed
        after = corpus.keeper.current()
    assert "'IW-2026-0003'" in asked[-1]["sql"]
    assert "'IW-2026-0002'" not in asked[-1]["sql"]
    assert after.goals is before.goals


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_new_shelf_and_it_comes(chance, monkeypatch):
    monkeypatch.setattr(corpus, "LOOK_AGAIN", 1.0)
    town(chance)
    before = corpus.keeper.current()
    Goal.objects.filter(key="G0").delete()
    corpus.keeper.looked_at -= corpus.LOOK_AGAIN
    with connection.execute_wrapper(only_the_stamp):
        assert corpus.keeper.current() is before
    for thread in threading.enumerate():
        if thread.name == corpus.RENEWING:
            thread.join()
    assert "G0" not in corpus.keeper.current().goals


def only_the_stamp(execute, sql, *rest):
    assert sql == corpus.STAMP
    return execute(sql, *rest)


@pytest.mark.django_db
def test_who_comes_after_a_quiet_time_is_not_sent_on_with_what_may_be_old(chance):
    town(chance)
    corpus.keeper.current()
    Goal.objects.filter(key="G0").update(state=Goal.State.ENDED)
    corpus.keeper.looked_at -= corpus.LOOK_AGAIN + corpus.QUIET
    assert "G0" not in corpus.keeper.current().goals


@pytest.mark.django_db
def test_old_changes_are_swept_away(chance):
    town(chance)
    tasks.sweep_changes()
    assert CorpusChange.objects.exists()
    CorpusChange.objects.update(at=timezone.now() - tasks.KEEP - timedelta(hours=1))
    tasks.sweep_changes()
    assert not CorpusChange.objects.exists()


@pytest.mark.django_db
def test_a_town_that_cannot_be_read_leaves_the_old_shelf_and_is_not_tried_again_at_once(monkeypatch):
    make.municipality()
    make.front_desk()
    keeper = corpus.Keeper()
    shelf, tried = keeper.current(), []

    def broken(*args):
        tried.append(args)
        raise ZeroDivisionError

    monkeypatch.setattr(corpus, "build", broken)
    make.goal("Meer groen")
    for _ in range(3):
        keeper.looked_at = 0.0
        assert keeper.current() is shelf
    assert len(tried) == 1
    make.goal("Nog meer groen")
    keeper.looked_at = 0.0
    assert keeper.current() is shelf
    assert len(tried) == 2


@pytest.mark.django_db
def test_a_database_that_fails_is_told_and_not_taken_for_a_broken_record(monkeypatch):
    make.municipality()
    make.front_desk()
    keeper = corpus.Keeper()
    keeper.current()

    def away(*args):
        raise OperationalError

    monkeypatch.setattr(corpus, "build", away)
    make.goal("Meer groen")
    keeper.looked_at = 0.0
    with pytest.raises(OperationalError):
        keeper.current()
