"""A mail that nobody can receive: the manager sees that it lies there, and not whose it is."""

import pytest
from django.core.mail import send_mail
from django.utils import timezone

from tests.townhall.servers import MailServer
from townhall import mail, outbox
from townhall.models import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
DEAD = "opgezegd@voorbeeld.example"


@pytest.fixture
def refusing(settings):
    server = MailServer()
    server.answer = f"rcpt 550 5.1.1 <{DEAD}> no such mailbox"
    server.start()
    settings.RELAY_EMAIL = settings.RELAY_EMAIL | {"host": "127.0.0.1", "port": server.port, "timeout": 5}
    yield server
    mail.line.hang_up()
    server.stop()


def test_a_dead_address_is_parked_and_the_manager_can_try_again(client, mo, refusing):
    send_mail("Je code", "ABCD-EFGH", "gemeente@kleindorp.example", [DEAD])
    for _ in range(30):
        OutboxMessage.objects.filter(parked_at=None).update(due_at=timezone.now())
        outbox.drain()
    message = OutboxMessage.objects.get()
    assert message.parked_at
    client.force_login(mo)
    assert "/beheer/berichten/" in client.get("/beheer/").content.decode()
    page = client.get("/beheer/berichten/").content.decode()
    assert "550" in page
    assert DEAD not in page
    assert "ABCD-EFGH" not in page
    refusing.answer = "250 OK"
    client.post("/beheer/berichten/")
    outbox.drain()
    assert len(refusing.mails) == 1
    assert "Alles is weg" in client.get("/beheer/berichten/").content.decode()
