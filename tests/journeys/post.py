"""What waits in the outbox of the site, and the codes in it."""

import email
import email.policy
import re


def mails_to(town, address):
    """The mails to somebody that wait in the outbox, oldest first: [EmailMessage, …]."""
    rows = town.rows(
        "SELECT body FROM townhall_outboxmessage WHERE kind = 'mail' AND payload->'to' ? %s "
        "ORDER BY created_at",
        address,
    )
    return [email.message_from_bytes(row["body"], policy=email.policy.default) for row in rows]


def mail_to(town, address):
    """The text of the newest mail to somebody that waits in the outbox."""
    return mails_to(town, address)[-1].get_content()


def code_in(text):
    """The code stands on a line of its own."""
    return next(line for line in text.splitlines() if re.fullmatch(r"[A-Z0-9-]{6,9}", line.strip())).strip()
