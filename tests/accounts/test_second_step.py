"""Staff prove twice who they are."""

import re
import time

import pytest
import time_machine
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.demo import current_code
from tests import make
from tests.accounts.sign_in import CODE, SECOND, is_in, last_code, mails, sign_in

pytestmark = pytest.mark.django_db
ADD, INDEX, CODES = "/account/tweede-stap/aan/", "/account/tweede-stap/", "/account/tweede-stap/codes/"
REMOVE, AGAIN = "/account/tweede-stap/uit/", "/account/opnieuw/"


@pytest.fixture
def fresh_officer(db):
    """An officer on the first day: no second factor yet."""
    return make.user(role="officer", factor=False)


def code_of(secret):
    """What an app shows for a secret."""
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def add_app(client):
    """Couples an app, as the page asks; its secret."""
    secret = client.get(ADD).context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(ADD, {"code": code_of(secret)})
    assert answer.status_code == 302, answer.text
    return secret


@pytest.mark.parametrize("role", ["officer", "council", "manager"])
def test_staff_without_a_second_factor_are_led_to_it(client, role):
    sign_in(client, make.user(role=role, factor=False))
    assert is_in(client)
    for address in ("/", "/doelen/", "/wegwijzer/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, ADD)
    assert client.get(ADD).status_code == 200


def test_the_api_leads_nowhere_and_says_why(client, fresh_officer):
    client.force_login(fresh_officer)
    answer = client.get("/api/v1/doelen")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert "tweede stap" in answer.json()["detail"]


def test_residents_need_no_second_factor_and_may_have_one(client, amina):
    sign_in(client, amina)
    assert client.get("/doelen/").status_code == 200
    add_app(client)
    assert client.get(INDEX).status_code == 200


def test_coupling_an_app_opens_the_site_and_gives_recovery_codes(client, fresh_officer):
    sign_in(client, fresh_officer)
    add_app(client)
    assert client.get("/doelen/").status_code == 200
    shown = client.get(CODES)
    assert len(shown.context["unused_codes"]) == 10
    assert shown.context["unused_codes"][0] in shown.text
    file = client.get(CODES + "bestand/")
    assert "herstelcodes.txt" in file["Content-Disposition"]
    assert file.text.split() == shown.context["unused_codes"]
    assert mails()[-1][1] == "Je logt vanaf nu in met twee codes"


def test_coupling_an_app_opens_no_other_session(fresh_officer):
    """Who came in by the mailbox alone, before there was an app, is asked for its code too."""
    before, own = Client(), Client()
    sign_in(before, fresh_officer)
    sign_in(own, fresh_officer)
    secret = add_app(own)
    assert own.get("/doelen/").status_code == 200
    answer = before.get("/doelen/?zoek=groen")
    assert answer["Location"] == f"{AGAIN}?next=%2Fdoelen%2F%3Fzoek%3Dgroen"
    assert before.get("/api/v1/doelen").status_code == 403
    assert before.get(CODES)["Location"].startswith(AGAIN)
    with time_machine.travel(time.time() + 120):
        opened = before.post(answer["Location"], {"code": code_of(secret)})
        assert opened["Location"] == "/doelen/?zoek=groen"
        assert before.get(opened["Location"]).status_code == 200


def test_who_comes_to_work_here_gives_both_codes(client, amina):
    sign_in(client, amina)
    other = Client()
    sign_in(other, amina)
    add_app(other)
    amina.role = "officer"
    amina.save()
    assert client.get("/doelen/")["Location"].startswith(AGAIN)


def test_a_wrong_code_couples_nothing_and_keeps_the_same_secret(client, fresh_officer):
    sign_in(client, fresh_officer)
    secret = client.get(ADD).context["form"].secret
    answer = client.post(ADD, {"code": "000000" if code_of(secret) != "000000" else "000001"})
    assert "Deze code klopt niet." in answer.text
    assert answer.context["form"].secret == secret
    assert client.get("/doelen/").status_code == 302


def test_who_has_it_is_asked_for_it(client, carla):
    answer = sign_in(client, carla)
    assert answer["Location"] == SECOND
    assert not is_in(client)
    assert client.get("/account/tweede-stap/").status_code == 302
    answer = client.post(SECOND, {"code": current_code(carla)})
    assert answer["Location"] == "/"
    assert is_in(client)


def test_next_survives_the_second_step(client, carla):
    client.post("/account/inloggen/", {"email": carla.email})
    client.post(CODE, {"code": last_code(), "next": "/doelen/"})
    assert client.post(SECOND, {"code": current_code(carla)})["Location"] == "/doelen/"


def test_the_session_gets_a_new_key_at_the_second_step(client, carla):
    sign_in(client, carla)
    before = client.session.session_key
    client.post(SECOND, {"code": current_code(carla)})
    assert client.session.session_key != before


def test_the_second_step_can_not_come_first(client, carla):
    answer = client.post(SECOND, {"code": current_code(carla)})
    assert answer["Location"] == "/account/inloggen/"
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", "abc", "é" * 6, "1" * 60, "\x00"])
def test_nonsense_is_refused(client, carla, typed):
    sign_in(client, carla)
    assert client.post(SECOND, {"code": typed}).status_code == 200
    assert client.post(SECOND, {}).status_code == 200
    assert not is_in(client)


def test_guessing_the_second_code_ends_soon(client, carla):
    sign_in(client, carla)
    right = current_code(carla)
    for number in range(5):
        client.post(SECOND, {"code": f"{(int(right) + 1 + number) % 10**6:06}"})
    answer = client.post(SECOND, {"code": current_code(carla)})
    assert not is_in(client)
    assert "te vaak" in answer.text


@pytest.mark.parametrize(
    ("seconds", "works"), [(-30, True), (0, True), (30, True), (90, False), (-90, False)]
)
def test_a_code_counts_half_a_minute_around_its_own(carla, seconds, works):
    with time_machine.travel(1_800_000_000, tick=False):
        code = current_code(carla)
    with time_machine.travel(1_800_000_000 + seconds, tick=False):
        client = Client()
        sign_in(client, carla)
        client.post(SECOND, {"code": code})
        assert is_in(client) == works


@pytest.mark.parametrize("later", [0, 29, 31, 59])
def test_a_code_counts_once(carla, later):
    with time_machine.travel(1_800_000_000, tick=False):
        code = current_code(carla)
        first = Client()
        sign_in(first, carla)
        first.post(SECOND, {"code": code})
        assert is_in(first)
    with time_machine.travel(1_800_000_000 + later, tick=False):
        second = Client()
        sign_in(second, carla)
        second.post(SECOND, {"code": code})
        assert not is_in(second)


def test_a_recovery_code_opens_once(client, fresh_officer):
    sign_in(client, fresh_officer)
    add_app(client)
    spare = client.get(CODES).context["unused_codes"][0]
    for number, comes_in in enumerate((True, False)):
        other = Client()
        with time_machine.travel(time.time() + 120 * (number + 1)):
            sign_in(other, fresh_officer)
            other.post(SECOND, {"code": spare})
            assert is_in(other) == comes_in


def test_taking_the_app_away_asks_for_a_code_again_and_mails(client, carla):
    sign_in(client, carla)
    with time_machine.travel(time.time() + 60):
        client.post(SECOND, {"code": current_code(carla)})
    with time_machine.travel(time.time() + 1000):  # what was proved a while ago counts no more
        answer = client.post(REMOVE)
        assert answer["Location"].startswith(AGAIN)
        answer = client.post(answer["Location"], {"code": current_code(carla)}, follow=True)
    assert mails()[-1][1] == "Je app hoort niet meer bij je account"
    assert client.get("/doelen/")["Location"] == ADD


def test_new_recovery_codes_mail_their_owner(client, fresh_officer):
    sign_in(client, fresh_officer)
    secret = add_app(client)
    old = client.get(CODES).context["unused_codes"]
    with time_machine.travel(time.time() + 1000):
        answer = client.post(CODES + "nieuw/")
        assert answer["Location"].startswith(AGAIN)
        client.post(answer["Location"], {"code": code_of(secret)})
        with TestCase.captureOnCommitCallbacks(execute=True):
            client.post(CODES + "nieuw/")
        assert client.get(CODES).context["unused_codes"] != old
    assert mails()[-1][1] == "Je hebt nieuwe herstelcodes"


def test_a_warning_names_the_municipality_and_no_machine(client, fresh_officer, settings):
    settings.BASE_URL = "https://initiatieven.kleindorp.example"
    make.municipality(name="Kleindorp", phone="0123 45 67 89")
    sign_in(client, fresh_officer)
    add_app(client)
    text = mails()[-1][2]
    assert "Gemeente Kleindorp" in text
    assert "Bel 0123 45 67 89." in text
    assert "127.0.0.1" not in text
    assert re.search(r"Dit gebeurde op \d+ \w+ \d{4} om \d\d\.\d\d uur\.", text)


def test_the_secret_of_an_app_is_nowhere_else(client, carla):
    sign_in(client, carla)
    client.post(SECOND, {"code": current_code(carla)})
    for name in ("mfa_index", "account_logout"):
        assert carla.authenticator_set.get().data["secret"] not in client.get(reverse(name)).text


def test_asking_after_the_second_factor_costs_no_question_of_its_own(client, carla):
    client.force_login(carla)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/api/v1/bestaat-niet").status_code == 404
    assert [one["sql"].count("mfa_authenticator") > 0 for one in asked.captured_queries] == [False, True]
    carla.authenticator_set.all().delete()
    assert client.get("/doelen/")["Location"] == ADD  # and it is known at once when it is gone
