"""Work in the background: outbox, relay, broker and a real Celery worker, and life without the broker."""

import pytest
from django.core.mail import send_mail
from django.utils import timezone

from matching.models import Suggestion, Verdict
from tests import make
from tests.townhall.servers import MailServer, process, wait_until
from townhall import outbox
from townhall.models import OutboxMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("relay")]


def town():
    """A plan, and goals that it is near to."""
    make.municipality()
    make.front_desk()
    portfolio = make.portfolio("Groen", holder=make.holder())
    make.manager("Beheerder groen", expertise="Bomen, planten en tuinen in de buurt", portfolios=[portfolio])
    make.organisation("Tuinclub", interests="Planten, tuinen en bloemen", offers="Stekjes en kennis")
    green = make.goal("Meer planten en bloemen in de buurt", portfolio=portfolio)
    make.goal("Veilig oversteken bij scholen", portfolio=portfolio)
    story = (
        "Met de buurt willen we planten en bloemen zetten langs de kale straat. We zoeken stekjes en kennis."
    )
    return green, make.initiative("Planten en bloemen in de straat", story=story)


def hand_in(plan):
    return outbox.put("match", payload={"initiative": plan.pk})


def is_done(message):
    return OutboxMessage.objects.filter(pk=message.pk).exclude(done_at=None).exists()


def test_work_waits_for_the_broker_and_is_done_by_a_worker(broker, tmp_path):
    green, plan = town()
    log, server = tmp_path / "log", MailServer()
    server.start()
    mails = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "REDIS_URL": broker.url}
    message = hand_in(plan)
    worker = (
        "-m",
        "celery",
        "-A",
        "initiatiefwijzer",
        "worker",
        "--pool",
        "solo",
        "--without-mingle",
        "-l",
        "WARNING",
    )
    try:
        with process("manage.py", "relay", log=log, **mails):
            wait_until(lambda: OutboxMessage.objects.filter(pk=message.pk, attempts__gt=0).exclude(error=""))
            send_mail("Toch", "Mail gaat door.", "a@b.example", ["amina@voorbeeld.example"])
            wait_until(lambda: server.subjects == ["Toch"])  # only the broker's work waits
            assert not is_done(message)
            broker.start()
            with process(*worker, log=log, **mails):
                wait_until(lambda: is_done(message), 60)
                found = Suggestion.objects.filter(initiative=plan)
                assert found.filter(goal=green).exists()
                assert found.exclude(manager=None).exists()
                # What an officer made of it stays as it is when the matcher looks again.
                found.filter(goal=green).update(
                    verdict=Verdict.REJECTED, on=timezone.now(), verdict_reason="nee"
                )
                judged = found.get(goal=green)
                again = hand_in(plan)
                wait_until(lambda: is_done(again), 60)
                kept = Suggestion.objects.get(initiative=plan, goal=green)
                assert (kept.pk, kept.verdict, kept.verdict_reason) == (judged.pk, Verdict.REJECTED, "nee")
                assert OutboxMessage.objects.get(pk=message.pk).payload == {}
    except AssertionError:
        print(log.read_text())  # noqa: T201
        raise
    finally:
        server.stop()


def test_what_the_broker_forgets_is_handed_over_again(settings, monkeypatch):
    """The broker takes a task and loses it: the row is still there, and is due again later."""
    from matching import tasks

    _green, plan = town()
    taken = []
    monkeypatch.setattr(tasks.suggest, "apply_async", lambda args, **options: taken.append(args))
    message = hand_in(plan)
    outbox.drain()
    assert not is_done(message)
    OutboxMessage.objects.update(due_at=timezone.now())
    outbox.drain()
    assert taken == [[plan.pk, str(message.pk)]] * 2
    for arguments in taken:  # both copies are done in the end: twice is once
        tasks.suggest(*arguments)
    assert is_done(message)


def test_a_plan_that_is_gone_asks_nothing_more():
    from matching import tasks

    message = hand_in(make.initiative())
    tasks.suggest(999_999, str(message.pk))
    assert is_done(message)


def test_no_page_needs_the_broker(client, monkeypatch):
    """Residents notice nothing without Redis: not one of their requests asks it anything."""
    import redis

    def refuse(*args, **kwargs):
        raise AssertionError("A resident's request asks Redis")

    monkeypatch.setattr(redis.connection.AbstractConnection, "connect", refuse)
    green, plan = town()
    pages = ["/", "/wegwijzer/", "/doelen/", "/initiatieven/", "/wie-is-wie/", "/partners/", "/financiering/"]
    for address in [*pages, green.get_absolute_url(), plan.get_absolute_url(), "/gezond", "/api/v1/doelen"]:
        assert client.get(address).status_code == 200, address
    question = {"omschrijving": "We willen planten en bloemen zetten langs de kale straat in de buurt."}
    assert client.post("/wegwijzer/", question).status_code == 200
    answer = client.post("/api/v1/wegwijzer", question, "application/json")
    assert answer.json()["doelen"]
