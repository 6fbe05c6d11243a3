"""The limiter: it counts exactly, forgets in time, and can't be talked round."""

import pytest
from django.test import RequestFactory

from tests import make
from tests.racing import race
from townhall import tasks
from townhall.limiter import address_of, neighbourhood, seconds_to_wait
from townhall.models import Allowance


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.LIMITS = {"wegwijzer": (3, 60), "veel": (40, 600)}


def asking(address="192.0.2.1", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def wait(now=0, what="wegwijzer", **options):
    return seconds_to_wait(asking(**options), what, now=now)


@pytest.mark.django_db(transaction=True)
def test_threads_together_get_exactly_what_is_allowed():
    def ask():
        return sum(not seconds_to_wait(asking(), "veel", now=0) for _number in range(10))

    assert sum(race(*[ask] * 8)) == 40
    assert Allowance.objects.get().used == 80


def test_a_window_passes(db):
    assert [wait(10) for _number in range(4)] == [0, 0, 0, 50]
    assert wait(59.9) == 1
    assert wait(60) == 0


def test_everybody_has_their_own(db):
    for _number in range(4):
        wait()
    assert wait(address="192.0.2.2") == 0
    assert wait(what="veel") == 0


def test_a_household_on_ipv6_is_one(db):
    for number in range(3):
        assert wait(address=f"2001:db8:1:1::{number}") == 0
    assert wait(address="2001:db8:1:1:ffff::9")
    assert wait(address="2001:db8:1:2::1") == 0


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("2001:db8::5", "2001:db8::/64"),
        ("", ""),
        ("onzin", "onzin"),
        ("x" * 500, "x" * 60),
    ],
)
def test_what_counts_as_one_asker(address, counts_as):
    assert neighbourhood(address) == counts_as


def test_without_a_proxy_nobody_is_believed_about_their_address(settings):
    settings.BEHIND_PROXY = False
    assert address_of(asking(**{"X-Forwarded-For": "198.51.100.1"})) == "192.0.2.1"


def test_behind_the_proxy_only_its_own_word_counts(settings):
    settings.BEHIND_PROXY = True
    assert address_of(asking(**{"X-Forwarded-For": "198.51.100.1"})) == "198.51.100.1"
    assert address_of(asking(**{"X-Forwarded-For": "6.6.6.6, 7.7.7.7,198.51.100.1 "})) == "198.51.100.1"
    assert address_of(asking(**{"X-Forwarded-For": " "})) == "192.0.2.1"
    assert address_of(asking()) == "192.0.2.1"


def test_inventing_addresses_wins_nothing(db, settings):
    settings.BEHIND_PROXY = True
    for number in range(3):
        wait(**{"X-Forwarded-For": f"10.0.0.{number}, 198.51.100.1"})
    assert wait(**{"X-Forwarded-For": "10.0.0.99, 198.51.100.1"})


def test_the_table_names_nobody(db):
    wait()
    row = Allowance.objects.get()
    assert "192.0.2.1" not in row.key
    wait(60)
    assert len({row.key for row in Allowance.objects.all()}) == 2  # nobody can be followed


def test_the_sweep_takes_what_has_passed(db):
    wait(0)
    wait(4_000_000_000)
    tasks.sweep()
    assert Allowance.objects.count() == 1


TEXT = "Met de buurt willen we een moestuin maken op het veldje achter de sluis."


def test_who_asks_too_often_gets_their_text_back(client, db):
    make.municipality()
    make.front_desk()
    for _number in range(3):
        assert client.post("/wegwijzer/", {"omschrijving": TEXT}).status_code == 200
    answer = client.post("/wegwijzer/", {"omschrijving": TEXT})
    assert answer.status_code == 429
    assert TEXT in answer.text
    assert "seconden" in answer.text


def test_a_machine_that_asks_too_often_is_told_how_long_to_wait(client, db):
    make.front_desk()
    question = {"omschrijving": TEXT}
    for _number in range(3):
        assert client.post("/api/v1/wegwijzer", question, "application/json").status_code == 200
    answer = client.post("/api/v1/wegwijzer", question, "application/json")
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert 0 < int(answer["Retry-After"]) <= 60
