"""The harness: the cast, a town to walk in, and no way out of the machine."""

import socket

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.dispatch import receiver
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as generated

from accounts.models import Role
from matching import corpus
from matching.corpus import keeper
from overview.tally import keeper as tally_keeper
from tests import databases, make

REAL_CONNECT = socket.socket.connect


@receiver(user_logged_in)
def _forced_in_means_by_both_codes(request, user, **_):
    """`client.force_login` is signing in to the end; only its request has no method."""
    if request.method is None and is_mfa_enabled(user):
        record_authentication(request, user, method="mfa")


# A busy machine is no fault of ours: nothing here is judged by the clock.
generated.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
generated.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The database of a worker is a copy of the one that was migrated; Django finds nothing left to do."""
    connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="session", autouse=True)
def _only_what_was_written_is_emptied():
    """After a test that commits; Django empties all tables, which takes ten times as long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databases.empty(connection))
        yield


def pytest_unconfigure(config):
    """When all workers are done, nobody needs the database that theirs were copies of."""
    if not hasattr(config, "workerinput"):
        databases.drop_migrated()


@pytest.fixture(scope="session", autouse=True)
def _static_files_by_their_own_names():
    """Hashed names need `collectstatic` first; the browser tests run the real site, with them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_of_their_own(tmp_path_factory):
    """What tests hand in stays out of the checkout."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch):
    """Tests may reach this machine only."""

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"A test wants to reach {address}")
        return REAL_CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _mail_leaves_through_the_outbox(settings):
    """pytest-django puts mail in a list; ours goes where it goes in town."""
    settings.EMAIL_BACKEND = "townhall.mail.OutboxBackend"


@pytest.fixture(autouse=True)
def _fresh_matcher(monkeypatch):
    """Every test has a town of its own, so the matcher and the tally of the process start afresh.

    However slow the machine, the matcher does not look again by the clock: a thread sees nothing of what a
    test has not committed.
    """
    monkeypatch.setattr(corpus, "LOOK_AGAIN", 60.0)
    for one in (keeper, tally_keeper):
        one.forget()
    yield
    for one in (keeper, tally_keeper):
        one.forget()


@pytest.fixture
def amina(db):
    """A resident with a plan."""
    return make.user("amina@voorbeeld.example", name="Amina")


@pytest.fixture
def bram(db):
    """Another resident."""
    return make.user("bram@voorbeeld.example", name="Bram")


@pytest.fixture
def carla(db):
    """An officer."""
    return make.user("carla@voorbeeld.example", name="Carla", role=Role.OFFICER)


@pytest.fixture
def dirk(db):
    """A council member."""
    return make.user("dirk@voorbeeld.example", name="Dirk", role=Role.COUNCIL)


@pytest.fixture
def mo(db):
    """A manager."""
    return make.user("mo@voorbeeld.example", name="Mo", role=Role.MANAGER)


@pytest.fixture
def cast(amina, bram, carla, dirk, mo):
    """Everybody who may come in, by role; None is a visitor."""
    return {"visitor": None, "resident": bram, "officer": carla, "council": dirk, "manager": mo}
