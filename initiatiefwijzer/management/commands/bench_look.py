"""What the pages of the large town cost in queries, and a session to look at them with."""

import json

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from initiatiefwijzer.bench.town import PEOPLE
from initiatives.models import Initiative
from townhall.paging import mark_of

FAR = 80_000  # the row of the list after which a far page begins


class Command(BaseCommand):
    help = "Telt de vragen aan de database per adres (JSON). Alleen voor de gemeente van bench_data."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", help="Adressen die met GET worden gevraagd.")
        parser.add_argument(
            "--session", choices=[*PEOPLE], help="Eerst inloggen als deze persoon; noemt de sessie."
        )

        parser.add_argument(
            "--far", action="store_true", help="Noemt de plek van een plan ver in de lijst (`na`)."
        )

    def handle(self, *, paths, session, far, **options):
        if not User.objects.filter(email__in=PEOPLE).exists():
            raise CommandError("Dit is niet de gemeente van bench_data.")
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        key = signed_in(User.objects.get(email=session)) if session else ""
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        counts = {path: count(client, path) for path in paths}
        last = Initiative.objects.public()[FAR] if far else None
        mark = mark_of(last, "submitted_at") if last else ""
        self.stdout.write(json.dumps({"session": key, "queries": counts, "far": mark}))


def count(client, path):
    """How many queries one request makes, the second time it is asked."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def signed_in(user):
    """The key of a session in which this person proved twice who they are."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user)
    record_authentication(request, user, method="mfa", type="totp")
    request.session.save()
    return request.session.session_key
