"""Mail leaves through the outbox: the backend stores it, the relay sends it."""

import contextlib
import smtplib
import threading
import uuid
from email.message import Message
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from townhall import outbox

MOST_ON_A_LINE = 50  # mails; many servers want a new connection after some


class OutboxBackend(BaseEmailBackend):
    """Django's send_mail, and with it every library that mails, ends up here."""

    def send_messages(self, messages):
        """How many messages were stored.

        Each recipient gets a row of their own, so that one bad address never costs another their mail. The
        Message-ID is the first row's name: the same however often it is tried.
        """
        for message in messages:
            keys = [uuid.uuid4() for _recipient in message.recipients()]
            if keys:
                message.extra_headers.setdefault("Message-ID", message_id(keys[0], message.from_email))
            message.extra_headers.setdefault("Auto-Submitted", "auto-generated")  # no out-of-office answers
            body = message.message().as_bytes(linesep="\r\n")
            for key, recipient in zip(keys, message.recipients(), strict=True):
                payload = {"from": message.from_email, "to": recipient}
                outbox.put("mail", payload=payload, body=body, key=key)
        return len(messages)


def message_id(key, sender):
    """A Message-ID by which a row of the outbox and a line in a mail server's log find each other."""
    return f"<{key}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"


class Written(Message):
    """A message that was written before: sent byte for byte."""

    def __init__(self, content):
        super().__init__()
        self.content = content

    def as_bytes(self, *args, **kwargs):
        return self.content


class StoredMessage(EmailMessage):
    """A row of the outbox as something that every backend of Django can send."""

    def __init__(self, row):
        super().__init__(from_email=row.payload["from"], to=[row.payload["to"]])
        self.written = Written(bytes(row.body))

    def message(self):
        return self.written


class Line(threading.local):
    """The connection to the mail server, kept for the next mail: calling takes longer than sending."""

    connection, used = None, 0

    def open(self):
        if self.used >= MOST_ON_A_LINE:
            self.hang_up()
        if not self.connection:
            connection = get_connection(**settings.RELAY_EMAIL)
            connection.open()
            self.connection, self.used = connection, 0
        self.used += 1
        return self.connection

    def hang_up(self):
        """Who has nothing more to send hangs up; so does who was answered anything but yes."""
        connection, self.connection = self.connection, None
        if connection:
            with contextlib.suppress(OSError):
                connection.close()


line = Line()


def deliver(row):
    """Send one stored message; what the mail server answers becomes what the outbox understands."""
    try:
        line.open().send_messages([StoredMessage(row)])
    except OSError as trouble:
        line.hang_up()
        raise meaning(trouble) from trouble


def meaning(trouble):
    """A server that answers about this one message; all its other answers mean that it is away for now.

    5xx: never (no such mailbox, too big). 4xx: later (greylisting, mailbox full). 421: it is closing down.
    """
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code = next(iter(trouble.recipients.values()))[0]
    elif isinstance(trouble, smtplib.SMTPDataError):
        code = trouble.smtp_code
    else:
        return outbox.Away()
    if code == 421:
        return outbox.Away(code)
    return outbox.Refused(code) if code >= 500 else outbox.Later(code)
