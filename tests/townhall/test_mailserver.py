"""EMAIL_URL: what may stand in it, and what is said when it is wrong."""

import os
import subprocess
import sys

import pytest
from django.core.mail import get_connection

from townhall.mailserver import read


def picked(address):
    found = read(address)
    return {name: found[name] for name in ("host", "port", "use_tls", "use_ssl")}


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.nl", 25, False, False),
        ("smtp://mail.example.nl:2525", 2525, False, False),
        ("smtp+tls://mail.example.nl", 587, True, False),
        ("smtp+tls://mail.example.nl:25", 25, True, False),
        ("smtp+ssl://mail.example.nl", 465, False, True),
        ("smtps://mail.example.nl", 465, False, True),
    ],
)
def test_how_safe_and_at_which_port(address, port, tls, ssl):
    assert picked(address) == {"host": "mail.example.nl", "port": port, "use_tls": tls, "use_ssl": ssl}
    connection = get_connection(**read(address))
    assert (connection.port, connection.use_tls, connection.use_ssl) == (port, tls, ssl)
    assert connection.timeout == 20


def test_names_and_passwords_may_hold_any_sign():
    found = read("smtp+tls://post%40example.nl:p%40ss%2Fw%3Ard%25@mail.example.nl")
    assert (found["username"], found["password"]) == ("post@example.nl", "p@ss/w:rd%")
    assert read("smtp://mail.example.nl")["username"] == ""


def test_other_ways_out(tmp_path):
    assert read("consolemail://")["backend"] == "django.core.mail.backends.console.EmailBackend"
    assert read("dummymail://")["backend"] == "django.core.mail.backends.dummy.EmailBackend"
    found = read(f"filemail://{tmp_path}/mijn%20post")
    assert found["file_path"] == f"{tmp_path}/mijn post"
    with get_connection(**found):
        assert list(tmp_path.glob("mijn post/*"))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("imap://mail.example.nl", "begint niet met een van smtp://"),
        ("mail.example.nl:25", "begint niet met"),
        ("", "begint niet met"),
        ("smtp://", "noemt geen mailserver"),
        ("smtp://mail.example.nl:poort", "heeft een poort"),
        ("smtp://mail.example.nl:99999", "heeft een poort"),
        ("filemail://", "noemt geen map"),
    ],
)
def test_a_wrong_address_is_explained(address, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(address)


def test_a_wrong_address_stops_the_start_with_one_sentence():
    done = subprocess.run(
        [sys.executable, "-c", "import initiatiefwijzer.settings"],
        env={**os.environ, "EMAIL_URL": "imap://geheim:wachtwoord@mail.example.nl"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    [sentence] = done.stderr.strip().splitlines()
    assert sentence.startswith("EMAIL_URL begint niet met")
    assert "wachtwoord" not in sentence
