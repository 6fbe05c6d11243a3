"""What the tests of durability share."""

import shutil
import tempfile

import pytest

from tests.townhall.servers import Broker, MailServer
from townhall import mail


@pytest.fixture(autouse=True)
def _nobody_stays_on_the_line():
    yield
    mail.line.hang_up()


@pytest.fixture
def mail_server(settings):
    """A running SMTP server, to which this process sends too."""
    server = MailServer()
    server.start()
    settings.RELAY_EMAIL = settings.RELAY_EMAIL | {"host": "127.0.0.1", "port": server.port, "timeout": 5}
    yield server
    server.stop()


@pytest.fixture
def broker():
    """A Valkey that is not running yet."""
    folder = tempfile.mkdtemp(prefix="valkey-", dir="/tmp")  # a socket's path must be short
    server = Broker(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
