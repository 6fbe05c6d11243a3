"""Steps of signing in, for the tests."""

import email
import email.policy
import re

from townhall.models import OutboxMessage

LOGIN, CODE, SECOND = "/account/inloggen/", "/account/inloggen/code/", "/account/inloggen/tweede-stap/"
SIGNUP, SIGNUP_CODE = "/account/aanmelden/", "/account/aanmelden/code/"


def mails():
    """All mails that were written, oldest first, as (to, subject, text)."""
    rows = OutboxMessage.objects.filter(kind="mail").order_by("created_at", "due_at")
    read = [(row, email.message_from_bytes(bytes(row.body), policy=email.policy.default)) for row in rows]
    return [
        (row.payload["to"], mail["Subject"], mail.get_content().replace("\r\n", "\n")) for row, mail in read
    ]


def last_code():
    """The code in the newest mail."""
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", mails()[-1][2], re.MULTILINE)[0]


def ask_code(client, address, **more):
    """The code that was mailed for this address."""
    answer = client.post(LOGIN, {"email": address, **more})
    assert answer.status_code == 302, answer.text
    return last_code()


def is_in(client):
    return "_auth_user_id" in client.session


def sign_in(client, user):
    """Signs in by mail; who has a second factor is then asked for it."""
    return client.post(CODE, {"code": ask_code(client, user.email)})
