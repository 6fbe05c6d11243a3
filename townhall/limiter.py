"""How often one address may ask: counted in PostgreSQL, so it holds for all processes and without Redis."""

import hashlib
import ipaddress
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.shortcuts import render
from rest_framework.throttling import BaseThrottle

COUNT = """
INSERT INTO townhall_allowance (key, "window", used, until) VALUES (%s, %s, 1, %s)
ON CONFLICT (key, "window") DO UPDATE SET used = townhall_allowance.used + 1
RETURNING used
"""


def address_of(request):
    """The address that asks.

    Behind our proxy (BEHIND_PROXY=1) that is the last one in X-Forwarded-For: the proxy put it there, and
    what stands before it anybody can write. Without a proxy the header is never read.
    """
    said = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return said.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def neighbourhood(address):
    """What counts as one asker: an IPv4 address, or the /64 that one IPv6 household has to itself."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    number = getattr(number, "ipv4_mapped", None) or number
    return str(ipaddress.ip_network((number, 32 if number.version == 4 else 64), strict=False))


def alias(request, salt, account=None):
    """A name for who asks that names nobody: a keyed hash, another one for another salt."""
    return keyed(f"account {account.pk}" if account else neighbourhood(address_of(request)), salt)


def keyed(who, salt):
    """The same for who is named in words, such as an e-mail address."""
    who = f"{who} {salt}".encode()
    return hashlib.blake2b(who, key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()


def seconds_to_wait(request, what, *, account=None, now=None):
    """0 when this request is allowed, else the seconds until the window of `what` (settings.LIMITS) ends.

    account: count for this account, wherever it asks from. The address, or the number of the account, is
    stored as a keyed hash that changes with the window, so the table names nobody.
    """
    return _count(what, lambda window: alias(request, window, account), now)


def is_too_many(what, who):
    """True when there was enough of `what` for this e-mail address; it counts whoever asks."""
    return bool(_count(what, lambda window: keyed(who.strip().lower(), window)))


def _count(what, name, now=None):
    times, length = settings.LIMITS[what]
    now = time.time() if now is None else now
    window = int(now // length)
    end = (window + 1) * length
    until = datetime.fromtimestamp(end, UTC) + timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{what}:{name(window)}", window, until])
        used = cursor.fetchone()[0]
    return 0 if used <= times else max(1, round(end - now))


def too_often(request, what):
    """The page that says to wait, and how many seconds; None when this request is allowed."""
    wait = seconds_to_wait(request, what)
    if not wait:
        return None
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(wait)
    return response


class Throttle(BaseThrottle):
    """The same limit for the API; a view names it in `limit`."""

    def allow_request(self, request, view):
        self.seconds = seconds_to_wait(request, view.limit)
        return not self.seconds

    def wait(self):
        return self.seconds
