"""Mail leaves through the outbox: the backend stores it, the relay sends it."""

import email
import email.policy

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from townhall import outbox


class OutboxBackend(BaseEmailBackend):
    """Django's send_mail, and with it every library that mails, ends up here."""

    def send_messages(self, messages):
        """How many messages were stored; each keeps one Message-ID however often it is tried."""
        for message in messages:
            outbox.put(
                "mail",
                payload={"from": message.from_email, "to": message.recipients()},
                body=message.message().as_bytes(linesep="\r\n"),
            )
        return len(messages)


class StoredMessage(EmailMessage):
    """A message that was written before: sent byte for byte, with the Message-ID it already has."""

    def __init__(self, stored):
        super().__init__(from_email=stored.payload["from"], to=stored.payload["to"])
        self.stored = bytes(stored.body)

    def message(self):
        return email.message_from_bytes(self.stored, policy=email.policy.SMTP)


def deliver(message):
    """Send one stored message; raises what the mail server raised."""
    address = settings.RELAY_EMAIL
    connection = get_connection(
        address["EMAIL_BACKEND"],
        host=address.get("EMAIL_HOST"),
        port=address.get("EMAIL_PORT"),
        username=address.get("EMAIL_HOST_USER"),
        password=address.get("EMAIL_HOST_PASSWORD"),
        use_tls=address.get("EMAIL_USE_TLS", False),
        use_ssl=address.get("EMAIL_USE_SSL", False),
        timeout=20,
    )
    connection.send_messages([StoredMessage(message)])
    message.payload = {}
    message.save(update_fields=["payload"])
