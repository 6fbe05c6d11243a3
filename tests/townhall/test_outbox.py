"""The outbox: what is written with a change happens after it, once, whatever the rest of the world does."""

import json
import smtplib
import socket
import threading
import time
from datetime import timedelta

import kombu.exceptions
import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from townhall import mail, outbox, tasks
from townhall.models import OutboxMessage

pytestmark = pytest.mark.django_db
ADDRESS = "amina@voorbeeld.example"


def write(subject="Hallo", to=ADDRESS):
    send_mail(subject, "Dit is de tekst.", "Kleindorp <gemeente@kleindorp.example>", [to])
    return OutboxMessage.objects.order_by("-created_at").first()


def handled_by(settings, handler):
    """Puts a handler of the test in the table."""
    handlers[id(handler)] = handler
    settings.OUTBOX = settings.OUTBOX | {"mail": f"{__name__}.handler_{id(handler)}"}


handlers = {}


def __getattr__(name):
    if name.startswith("handler_"):
        return handlers[int(name.removeprefix("handler_"))]
    raise AttributeError(name)


def raising(trouble):
    def handler(message):
        raise trouble

    return handler


def make_due():
    """As if the time they wait for has passed."""
    OutboxMessage.objects.update(due_at=F("created_at"))


# Writing -----------------------------------------------------------------------------------------------


def test_mail_becomes_a_row_of_its_own_for_every_recipient():
    message = EmailMultiAlternatives(
        "Hallo", "Tekst", "a@b.example", ["een@b.example"], cc=["twee@b.example"], bcc=["drie@b.example"]
    )
    assert message.send() == 1
    rows = OutboxMessage.objects.all()
    assert {row.payload["to"] for row in rows} == {"een@b.example", "twee@b.example", "drie@b.example"}
    assert len({bytes(row.body) for row in rows}) == 1
    assert b"drie@" not in bytes(rows[0].body)


def test_the_message_id_is_the_name_of_the_row():
    row = write()
    assert f"Message-ID: <{row.pk}@kleindorp.example>".encode() in bytes(row.body)


def test_without_recipients_there_is_nothing_to_keep():
    EmailMultiAlternatives("Hallo", "Tekst", "a@b.example", []).send()
    assert not OutboxMessage.objects.exists()


def test_a_line_break_in_a_subject_makes_no_header():
    with pytest.raises(ValueError, match="newlines"):
        write("Hallo\nBcc: dief@voorbeeld.example")
    assert not OutboxMessage.objects.exists()


def test_only_kinds_with_a_handler_are_taken():
    with pytest.raises(LookupError, match="onbekend"):
        outbox.put("onbekend")


def test_every_handler_in_the_table_is_there(settings):
    from django.utils.module_loading import import_string

    assert all(callable(import_string(path)) for path in settings.OUTBOX.values())


def test_rolled_back_means_never_written():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_what_is_for_later_waits():
    outbox.put("mail", after=timedelta(hours=1))
    assert outbox.drain() == 0


# Delivering --------------------------------------------------------------------------------------------


def test_once_sent_neither_address_nor_text_is_left(mail_server):
    row = write()
    outbox.drain()
    row.refresh_from_db()
    assert (row.payload, bytes(row.body), row.error) == ({}, b"", "")
    assert row.done_at
    assert mail_server.subjects == ["Hallo"]
    assert mail_server.mails[0].rcpt_tos == [ADDRESS]
    assert mail_server.mails[0].mail_from == "gemeente@kleindorp.example"


def test_address_and_text_go_in_the_very_update_that_says_done(mail_server, django_assert_num_queries):
    write()
    courier = outbox.Courier()
    with django_assert_num_queries(5) as asked:  # savepoint, claim, mark, savepoint; then one update
        courier.deliver_next()
    last = asked.captured_queries[-1]["sql"]
    assert all(f'"{column}" = ' in last for column in ("done_at", "body", "payload"))


def test_the_database_refuses_a_done_message_with_an_address():
    row = write()
    for leftover in ({"body": b""}, {"payload": {}}, {}):
        with pytest.raises(IntegrityError, match="done_message_is_empty"), transaction.atomic():
            OutboxMessage.objects.filter(pk=row.pk).update(done_at=timezone.now(), **leftover)


def test_mail_is_sent_byte_for_byte(mail_server):
    row = write("Één plán voor de buurt … 😀")
    outbox.drain()
    # The server takes the dots of SMTP away again and adds nothing.
    assert mail_server.mails[0].content.rstrip() == bytes(row.body).rstrip()


@pytest.mark.parametrize(
    ("backend", "more"), [("console", {}), ("filebased", {"file_path": True}), ("dummy", {}), ("locmem", {})]
)
def test_every_backend_of_django_can_take_a_stored_message(settings, tmp_path, capsys, backend, more):
    settings.RELAY_EMAIL = {
        "backend": f"django.core.mail.backends.{backend}.EmailBackend",
        **({"file_path": tmp_path} if more else {}),
    }
    EmailBackend()  # locmem wants its list to be there
    row = write()
    outbox.drain()
    row.refresh_from_db()
    assert row.done_at
    if backend == "console":
        assert "Dit is de tekst." in capsys.readouterr().out
    if more:
        assert "Dit is de tekst." in next(tmp_path.iterdir()).read_text()


def test_many_mails_share_a_connection_and_no_trouble_of_one_is_anothers(mail_server):
    for number in range(5):
        write(f"Nummer {number}")
        OutboxMessage.objects.update(due_at=F("due_at") - timedelta(minutes=1))
    courier = outbox.Courier()
    courier.deliver_next()
    courier.deliver_next()
    mail_server.answer = "552 5.3.4 te groot"
    courier.deliver_next()
    mail_server.answer = "250 OK"
    courier.deliver_next()
    mail.line.connection.connection.sock.shutdown(socket.SHUT_RDWR)  # the server hung up meanwhile
    courier.deliver_next()
    assert mail_server.subjects == ["Nummer 0", "Nummer 1", "Nummer 3"]
    assert len(mail_server.peers) == 2
    assert OutboxMessage.objects.get(error__startswith="SMTPServerDisconnected").parked_at is None
    courier.resting.clear()
    make_due()
    courier.deliver_next()
    assert mail_server.subjects[-1] == "Nummer 4"


def test_a_connection_is_not_used_for_ever(mail_server, monkeypatch):
    monkeypatch.setattr(mail, "MOST_ON_A_LINE", 2)
    for number in range(5):
        write(f"Nummer {number}")
    assert outbox.drain() == 5
    assert len(mail_server.peers) == 3


def test_oldest_first(mail_server):
    for number in range(3):
        write(f"Nummer {number}")
        OutboxMessage.objects.update(due_at=F("due_at") - timedelta(minutes=1))
    outbox.drain()
    assert mail_server.subjects == ["Nummer 0", "Nummer 1", "Nummer 2"]


def test_a_kind_of_a_newer_version_waits_for_a_newer_relay():
    OutboxMessage.objects.create(kind="toekomst")
    assert outbox.drain() == 0
    assert OutboxMessage.objects.get().parked_at is None


def test_a_message_of_a_relay_that_died_is_taken_over_after_its_claim(mail_server):
    write()
    assert outbox.claim(["mail"])
    assert outbox.drain() == 0  # somebody holds it
    OutboxMessage.objects.update(claimed_at=F("claimed_at") - outbox.CLAIM)
    assert outbox.drain() == 1
    assert len(mail_server.mails) == 1


def test_who_slept_too_long_changes_nothing_any_more(settings):
    row = write()

    def sleeper(message):
        OutboxMessage.objects.update(claimed_at=F("claimed_at") - outbox.CLAIM)
        assert outbox.claim(["mail"]).pk == row.pk  # another relay has it now
        raise outbox.Later

    handled_by(settings, sleeper)
    outbox.Courier().deliver_next()
    row.refresh_from_db()
    assert row.claimed_at
    assert row.attempts == 2
    assert row.error == ""


# Troubles ----------------------------------------------------------------------------------------------


def test_a_server_that_is_away_lets_the_kind_rest_and_the_others_go_on(settings, monkeypatch):
    done = []
    handled_by(settings, raising(ConnectionRefusedError(111, "geheim@voorbeeld.example")))
    monkeypatch.setattr("matching.tasks.hand_over", lambda message: done.append(message))
    for _number in range(3):
        write()
    outbox.put("match", payload={"initiative": 1})
    assert outbox.drain() == 2  # one mail was tried, the task was done
    assert len(done) == 1
    tried = OutboxMessage.objects.get(kind="mail", attempts=1)
    assert tried.error == "ConnectionRefusedError 111"  # and never the address in its text
    assert not tried.parked_at
    assert not tried.claimed_at


def test_how_long_a_kind_rests_grows_and_is_bounded(settings, monkeypatch):
    handled_by(settings, raising(outbox.Away()))
    courier, rests = outbox.Courier(), []
    write()
    for _number in range(8):
        make_due()
        courier.resting.clear()
        now = timezone.now()
        assert courier.deliver_next()
        rests.append(round((OutboxMessage.objects.get().due_at - now).total_seconds()))
        assert 0 < courier.pause(60) <= outbox.LONGEST_REST
    assert rests[0] == 2
    assert rests == sorted(rests)
    assert rests[-1] == outbox.LONGEST_REST
    assert courier.pause(0.1) == 0.1


def test_a_server_that_is_back_is_not_made_to_wait(settings, mail_server):
    for number in range(5):
        write(f"Nummer {number}")
    mail_server.stop()
    courier = outbox.Courier()
    assert courier.deliver_next()
    assert not courier.deliver_next()
    mail_server.start()
    courier.resting.clear()  # its rest is over
    while courier.deliver_next():
        pass
    assert len(mail_server.mails) == 4  # all but the one that was tried, and that one within seconds
    assert OutboxMessage.objects.get(done_at=None).due_at - timezone.now() < timedelta(seconds=3)
    assert courier.failures == {}


def test_nothing_is_given_up_while_a_server_is_away(settings):
    handled_by(settings, raising(outbox.Away()))
    write()
    OutboxMessage.objects.update(created_at=F("created_at") - 2 * outbox.GIVE_UP)
    outbox.drain()
    assert OutboxMessage.objects.get().parked_at is None


def test_a_message_the_server_wants_later_waits_longer_each_time_but_not_for_ever(settings):
    handled_by(settings, raising(outbox.Later(451)))
    write()
    waits = []
    for _number in range(12):
        make_due()
        now = timezone.now()
        assert outbox.drain() == 1
        waits.append(round((OutboxMessage.objects.get().due_at - now).total_seconds()))
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == outbox.LONGEST_WAIT
    OutboxMessage.objects.update(created_at=F("created_at") - outbox.GIVE_UP)
    make_due()
    outbox.drain()
    assert OutboxMessage.objects.get().parked_at


def test_a_poison_message_is_parked_and_the_others_go_on(settings, mail_server, capsys):
    poison, good = write("Gif"), write("Goed")
    OutboxMessage.objects.filter(pk=poison.pk).update(payload={}, due_at=F("due_at") - timedelta(hours=1))
    assert outbox.drain() == 2
    poison.refresh_from_db()
    good.refresh_from_db()
    assert poison.parked_at
    assert poison.error == "KeyError"
    assert bytes(poison.body)  # it is not lost
    assert good.done_at
    assert mail_server.subjects == ["Goed"]
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["id"]) == ("outbox_message_parked", "error", str(poison.pk))


def test_the_log_of_a_poison_message_names_nobody(settings, capsys):
    handled_by(settings, raising(ValueError(f"{ADDRESS} is stuk")))
    write()
    outbox.drain()
    said = capsys.readouterr()
    assert "test_outbox.py" in json.loads(said.err)["where"]
    assert ADDRESS not in said.out + said.err
    assert OutboxMessage.objects.get().error == "ValueError"


def test_what_was_parked_can_be_released(settings, mail_server):
    row = write()
    OutboxMessage.objects.update(parked_at=timezone.now(), error="KeyError", attempts=9)
    assert outbox.drain() == 0
    assert outbox.release() == 1
    assert outbox.drain() == 1
    row.refresh_from_db()
    assert row.done_at


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        ("450 4.2.1 vol", "waits"),
        ("451 4.3.0 straks", "waits"),
        ("552 5.3.4 te groot", "parked"),
        ("554 5.7.1 geen post", "parked"),
        ("rcpt 450 4.2.1 greylisting", "waits"),
        ("rcpt 550 5.1.1 bestaat niet", "parked"),
        ("421 4.3.2 we sluiten", "away"),
        ("rcpt 421 4.3.2 we sluiten", "away"),
        ("250 ok", "done"),
    ],
)
def test_what_the_mail_server_says(mail_server, answer, becomes):
    mail_server.answer = answer
    write()
    courier = outbox.Courier()
    courier.deliver_next()
    row = OutboxMessage.objects.get()
    found = "done" if row.done_at else "parked" if row.parked_at else "away" if courier.resting else "waits"
    assert found == becomes
    if becomes != "done":
        code = answer.removeprefix("rcpt ")[:3]
        assert row.error.startswith("SMTP")
        assert ("away" in becomes) or row.error.endswith(code)
        assert bytes(row.body)


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPAuthenticationError(535, b"fout wachtwoord"),
        smtplib.SMTPConnectError(421, b"druk"),
        smtplib.SMTPHeloError(501, b"?"),
        smtplib.SMTPSenderRefused(530, b"eerst aanmelden", "a@b.example"),
        smtplib.SMTPServerDisconnected("weg"),
        smtplib.SMTPNotSupportedError("geen STARTTLS"),
        TimeoutError(),
        ConnectionResetError(104, "weg"),
    ],
)
def test_a_mail_server_that_takes_nothing_is_away(settings, monkeypatch, trouble):
    """Also our own wrong password: once it is mended, all goes out."""
    monkeypatch.setattr(mail.StoredMessage, "message", lambda self: raising(trouble)(self))
    settings.RELAY_EMAIL = {"backend": "django.core.mail.backends.locmem.EmailBackend"}
    write()
    courier = outbox.Courier()
    courier.deliver_next()
    assert courier.resting
    assert OutboxMessage.objects.get().parked_at is None


def test_a_broker_that_is_away_is_a_server_that_is_away(settings):
    settings.OUTBOX = {"match": f"{__name__}.broken_broker"}
    outbox.put("match")
    courier = outbox.Courier()
    courier.deliver_next()
    assert courier.resting


def broken_broker(message):
    raise kombu.exceptions.OperationalError("weg")


# Handing over ------------------------------------------------------------------------------------------


def test_what_is_handed_over_is_done_when_it_is_finished(settings):
    handled_by(settings, lambda message: timedelta(minutes=45))
    row = write()
    outbox.drain()
    row.refresh_from_db()
    assert not row.done_at
    assert timedelta(minutes=44) < row.due_at - timezone.now() < timedelta(minutes=46)
    outbox.finish(row.pk)
    row.refresh_from_db()
    assert row.done_at
    assert (row.payload, bytes(row.body)) == ({}, b"")
    outbox.finish(row.pk)  # twice is once


def test_what_the_broker_forgot_is_handed_over_again_and_in_the_end_parked(settings):
    taken = []
    handled_by(settings, lambda message: taken.append(message.pk) or timedelta(minutes=45))
    write()
    for _number in range(3):
        make_due()
        outbox.drain()
    assert len(taken) == 3
    OutboxMessage.objects.update(created_at=F("created_at") - outbox.GIVE_UP)
    make_due()
    outbox.drain()
    assert OutboxMessage.objects.get().error == "Unfinished"


# Many at once ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_couriers_never_deliver_one_message_twice(settings):
    delivered = []
    handled_by(settings, lambda message: time.sleep(0.001) or delivered.append(message.pk))
    keys = {outbox.put("mail").pk for _number in range(60)}

    def work():
        try:
            outbox.drain()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(delivered) == 60
    assert set(delivered) == keys


@pytest.mark.django_db(transaction=True)
def test_a_claim_passes_by_what_another_holds():
    first, second = outbox.put("mail"), outbox.put("mail")
    OutboxMessage.objects.filter(pk=second.pk).update(due_at=F("due_at") + timedelta(milliseconds=1))
    time.sleep(0.01)
    claimed = []

    def other():
        try:
            claimed.append(outbox.claim(["mail"]).pk)
            claimed.append(outbox.claim(["mail"]))
        finally:
            connection.close()

    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(pk=first.pk)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(3)
        assert claimed == [second.pk, None]  # it neither waited nor took the first


# Sweeping ----------------------------------------------------------------------------------------------


def test_the_sweep_takes_what_has_served_and_nothing_else(settings):
    handled_by(settings, lambda message: None)
    waiting = outbox.put("mail", payload={"wacht": 1}, after=timedelta(days=99))
    OutboxMessage.objects.update(created_at=F("created_at") - timedelta(days=90))
    old, fresh = outbox.put("mail"), outbox.put("mail")
    outbox.drain()
    OutboxMessage.objects.filter(pk=old.pk).update(done_at=F("done_at") - tasks.KEEP_SENT)
    parked = outbox.put("mail", body=b"x")
    OutboxMessage.objects.filter(pk=parked.pk).update(parked_at=timezone.now() - tasks.KEEP_SENT)
    tasks.sweep()
    assert set(OutboxMessage.objects.values_list("pk", flat=True)) == {waiting.pk, fresh.pk}
