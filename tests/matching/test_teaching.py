"""Learning in the background: from stored verdicts, on time, once, and off when the town says so."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import State
from matching import learning, tasks, teaching, verbs
from matching.corpus import build, keeper, stamp
from matching.models import CorpusChange, Learned, Suggestion, Verdict
from matching.shapes import Question
from tests import make
from townhall import outbox
from townhall.models import Event, Municipality, OutboxMessage


@pytest.fixture
def town(db):
    return make.municipality()


@pytest.fixture
def goal(town):
    return make.goal("Versterken van de leefomgeving", key="G1")


@pytest.fixture
def plan(amina, goal):
    return make.initiative(
        "Nestkasten", by=amina, state=State.SUBMITTED, story="We timmeren nestkasten voor gierzwaluwen."
    )


def lessons():
    return {one.goal.key: (one.added, one.confirmed, one.rejected) for one in Learned.objects.all()}


def waiting():
    return list(OutboxMessage.objects.filter(kind="learn").values_list("payload", flat=True))


def stored():
    return list(Learned.objects.order_by("pk").values("goal", *teaching.STORED))


def test_every_verdict_about_a_goal_is_learned_soon(plan, goal, carla):
    verbs.add(plan, "goal", goal, by=carla)
    (message,) = OutboxMessage.objects.filter(kind="learn")
    assert message.payload == {"goal": goal.pk}
    assert message.due_at - message.created_at == verbs.SOON
    tasks.learn(goal.pk, str(message.pk))
    message.refresh_from_db()
    assert message.done_at
    assert lessons() == {"G1": (1, 0, 0)}


def test_what_is_undone_is_unlearned(plan, goal, carla):
    verbs.add(plan, "goal", goal, by=carla)
    teaching.learn([goal.pk])
    verbs.undo(plan, "goal", goal, by=carla)
    assert len(waiting()) == 2
    teaching.learn([goal.pk])
    assert lessons() == {}


def test_a_link_without_a_verdict_is_unlearned_too(goal, carla):
    imported = make.initiative("Mussen", story="Struiken voor mussen.", goals=[goal])
    teaching.learn()
    assert lessons() == {"G1": (1, 0, 0)}
    verbs.undo(imported, "goal", goal, by=carla)
    assert waiting() == [{"goal": goal.pk}]
    tasks.learn(goal.pk)
    assert lessons() == {}


def test_a_plan_that_was_taken_over_stays_that_of_who_began_it(plan, goal, amina, bram, carla):
    plan.participants.filter(user=amina).update(role="former")
    plan.participants.create(user=bram, role="co_initiator", since=timezone.now())
    verbs.add(plan, "goal", goal, by=carla)
    assert [row["who"] for row in teaching.verdicts()] == [amina.pk]


def test_a_verdict_about_a_partner_teaches_nothing(plan, carla):
    partner = make.organisation()
    make.suggestion(plan, organisation=partner)
    verbs.confirm(plan, "organisation", partner, by=carla)
    verbs.undo(plan, "organisation", partner, by=carla)
    assert waiting() == []


def test_of_many_verdicts_about_a_goal_the_last_one_does_the_work(plan, goal, monkeypatch):
    other = make.goal()
    first, elsewhere, last = (
        outbox.put("learn", payload={"goal": pk}) for pk in (goal.pk, other.pk, goal.pk)
    )
    now = timezone.now()
    for minutes, message in enumerate((first, elsewhere, last)):
        message.created_at = now + timedelta(minutes=minutes)
        message.save()
    assert tasks.hand_over_lesson(first) is None
    outbox.finish(last.pk)
    handed = []
    monkeypatch.setattr(tasks.learn, "apply_async", lambda args, **options: handed.append(args))
    assert tasks.hand_over_lesson(first) == tasks.AGAIN
    assert tasks.hand_over_lesson(elsewhere) == tasks.AGAIN
    assert handed == [[goal.pk, str(first.pk)], [other.pk, str(elsewhere.pk)]]


def test_a_goal_learns_while_verdicts_keep_coming(goal, monkeypatch):
    handed = []
    monkeypatch.setattr(tasks.learn, "apply_async", lambda args, **options: handed.append(args))
    waits, newer = (outbox.put("learn", payload={"goal": goal.pk}) for _ in range(2))
    newer.created_at = timezone.now()
    newer.save()
    waits.created_at = newer.created_at - timedelta(minutes=4)
    assert tasks.hand_over_lesson(waits) is None
    waits.created_at = newer.created_at - timedelta(minutes=6)
    assert tasks.hand_over_lesson(waits) == tasks.AGAIN
    assert handed == [[goal.pk, str(waits.pk)]]


def test_all_verdicts_replayed_teach_the_same(plan, goal, carla, amina):
    other = make.goal("Meer groen", key="G2")
    make.suggestion(plan, goal=other)
    verbs.add(plan, "goal", goal, by=carla)
    teaching.learn([goal.pk])
    verbs.reject(plan, "goal", other, by=carla, reason="Gaat niet over groen")
    teaching.learn([other.pk])
    second = make.initiative("Vogels", by=amina, state=State.SUBMITTED, story="Nestkasten voor de kerk.")
    make.suggestion(second, goal=goal)
    verbs.confirm(second, "goal", goal, by=carla)
    teaching.learn([goal.pk])
    one_by_one = stored()
    assert lessons() == {"G1": (1, 1, 0), "G2": (0, 0, 1)}
    Learned.objects.all().delete()
    call_command("learn", "--rebuild")
    assert stored() == one_by_one


def test_a_link_without_a_verdict_was_made_by_hand(plan, goal):
    make.initiative("Mussen", story="Struiken voor mussen.", goals=[goal])
    teaching.learn()
    assert lessons() == {"G1": (1, 0, 0)}


def test_the_newest_verdicts_count(plan, goal, monkeypatch):
    monkeypatch.setattr(teaching, "MOST_PLANS", 1)
    now = timezone.now()
    for day, word in enumerate(("appels", "peren", "pruimen")):
        made = make.initiative(word.capitalize(), state=State.SUBMITTED)
        Suggestion.objects.create(
            initiative=made, goal=goal, verdict=Verdict.ADDED, on=now + timedelta(days=day), version="1"
        )
    teaching.learn()
    (lesson,) = Learned.objects.all()
    assert "pruim" in lesson.towards
    assert "appel" not in lesson.towards


def test_no_more_plans_are_read_than_count(goal, monkeypatch):
    """Of each goal the newest; the matcher is asked nothing about the others."""
    monkeypatch.setattr(teaching, "MOST_PLANS", 2)
    now, read = timezone.now(), []
    for one in (goal, make.goal(key="G2")):
        for day in range(4):
            made = make.initiative(f"{one.key} {day}", state=State.SUBMITTED)
            said = {"verdict": Verdict.ADDED, "on": now + timedelta(days=day), "version": "1"}
            Suggestion.objects.create(initiative=made, goal=one, **said)
    matcher = keeper.current().matcher
    terms = matcher.terms
    monkeypatch.setattr(matcher, "terms", lambda title, *rest: read.append(title) or terms(title, *rest))
    assert teaching.learn() == 2
    assert read == ["G1 3", "G1 2", "G2 3", "G2 2"]
    assert lessons() == {"G1": (2, 0, 0), "G2": (2, 0, 0)}


def test_a_word_is_learned_when_three_people_have_it(goal, amina, bram, carla):
    """Ordinary words only: a name that three private plans share shows nowhere."""
    third = make.user("fenna@voorbeeld.example")
    for who, kept in ((amina, False), (amina, False), (bram, False), (third, True)):
        plan = make.initiative("Nestkasten", by=who, story="Met Okonkwo.", public=False)
        verbs.add(plan, "goal", goal, by=carla)
        teaching.learn()
        assert bool(Learned.objects.get().towards) == kept
    assert not [term for term in Learned.objects.get().towards if "okonkwo" in term]


def test_private_words_are_not_stored(goal, amina, carla):
    plan = make.initiative("Tuin van Geheimerik", by=amina, state=State.SUBMITTED, public=False)
    verbs.add(plan, "goal", goal, by=carla)
    teaching.learn()
    assert list(Learned.objects.values_list("towards", "added")) == [({}, 1)]


def test_what_does_not_differ_is_not_written(plan, goal, carla):
    verbs.add(plan, "goal", goal, by=carla)
    teaching.learn()
    before = CorpusChange.objects.count()
    teaching.learn()
    assert CorpusChange.objects.count() == before


def test_learning_costs_the_same_queries_for_one_goal_as_for_many(
    plan, goal, carla, django_assert_max_num_queries
):
    for one in [goal, *(make.goal() for _ in range(10))]:
        verbs.add(plan, "goal", one, by=carla)
    keeper.current()
    with django_assert_max_num_queries(11):
        teaching.learn()
    assert Learned.objects.count() == 11


def test_the_matcher_takes_it_up(plan, goal, carla):
    empty = make.goal("Iets heel anders", description="Over iets anders.", key="G9")
    verbs.add(plan, "goal", empty, by=carla)
    teaching.learn()
    asked = "Wij hangen nestkasten voor gierzwaluwen op in de straat"
    found = {one.key for one in build(stamp()).matcher.answer(Question(asked)).goals}
    assert "G9" in found


def test_lessons_of_another_version_are_not_used(plan, goal, carla):
    verbs.add(plan, "goal", goal, by=carla)
    teaching.learn()
    assert len(build(stamp()).matcher.corpus.learned) == 1
    Learned.objects.update(version="1999.1")
    assert build(stamp()).matcher.corpus.learned == ()


def test_off_forgets_everything_and_on_learns_it_again(plan, goal, carla, mo):
    verbs.add(plan, "goal", goal, by=carla)
    teaching.learn()
    before = stored()
    town = verbs.tune(Municipality.objects.get(), by=mo, learns=False)
    assert lessons() == {}
    assert teaching.learn() == 0
    assert lessons() == {}
    OutboxMessage.objects.all().delete()
    verbs.tune(town, by=mo, learns=True)
    assert waiting() == [{}]
    tasks.learn()
    assert stored() == before
    assert Event.objects.filter(what="change", subject_kind="municipality").count() == 2


def test_a_lesson_that_came_after_the_switch_is_forgotten(town, goal):
    """Somebody learned while it was switched off."""
    Municipality.objects.update(learns=False)
    Learned.objects.create(goal=goal, version=learning.VERSION, added=1)
    assert teaching.learn([]) == 0
    assert lessons() == {}
    before = CorpusChange.objects.count()
    teaching.learn()
    assert CorpusChange.objects.count() == before


def test_the_switch_waits_for_who_is_learning(town, mo):
    with CaptureQueriesContext(connection) as asked:
        verbs.tune(town, by=mo, learns=False)
    statements = [one["sql"] for one in asked]
    waits = next(n for n, sql in enumerate(statements) if "pg_advisory_xact_lock" in sql)
    assert any('FROM "matching_learned"' in sql for sql in statements[waits:])
    assert not any('FROM "matching_learned"' in sql for sql in statements[:waits])


def test_what_a_goal_learns_is_read_after_waiting(town):
    with CaptureQueriesContext(connection) as asked:
        teaching.learn()
    waits, reads = (
        next(n for n, one in enumerate(asked) if part in one["sql"])
        for part in ("pg_advisory_xact_lock", '"townhall_municipality"."learns"')
    )
    assert waits < reads


def test_only_a_manager_tunes(town, carla):
    with pytest.raises(PermissionDenied):
        verbs.tune(town, by=carla, learns=False)


def test_the_command_switches_rebuilds_and_tells(plan, goal, carla, capsys):
    verbs.add(plan, "goal", goal, by=carla)
    call_command("learn", "--rebuild")
    told = f"Leren staat aan (versie {learning.VERSION}). Doelen met een les: 1."
    assert told in capsys.readouterr().out
    call_command("learn", "--off")
    assert capsys.readouterr().out == "Leren staat uit. De wegwijzer let alleen op de teksten.\n"
    assert lessons() == {}
    call_command("learn", "--off")
    assert Event.objects.filter(subject_kind="municipality").count() == 1
    call_command("learn", "--on")
    assert lessons() == {"G1": (1, 0, 0)}


def test_the_threshold_moves_with_the_town(town, goal, mo):
    before = build(stamp()).matcher.fits_from
    verbs.tune(town, by=mo, fits_shift="0.05")
    assert build(stamp()).matcher.fits_from == pytest.approx(before + 0.05)
