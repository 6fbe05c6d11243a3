"""Every account page for everybody: no address leads to something that is not there."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.urls import urlpatterns
from tests import make
from tests.accounts.sign_in import CODE, LOGIN, SECOND, SIGNUP, SIGNUP_CODE, ask_code, sign_in

OF_A_FACTOR = {
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
NAMES = sorted({pattern.name for pattern in urlpatterns})


def arrive(client, address):
    """Where a visitor to an address ends up, after all redirects."""
    answer = client.get(address, follow=True)
    assert len(answer.redirect_chain) < 5, (address, answer.redirect_chain)
    return answer


@pytest.mark.parametrize("who", ["visitor", "resident", "officer", "council", "manager", "fresh"])
def test_every_page_answers_everybody(cast, who):
    client, targets = Client(), set()
    user = {**cast, "fresh": make.user(role="officer", factor=False)}[who]
    for name in NAMES:
        if user:
            client.force_login(user)
        answer = arrive(client, reverse(name))
        # Refused: about a second factor that somebody has not got.
        assert answer.status_code == 200 or (answer.status_code in (403, 404) and name in OF_A_FACTOR), name
        targets |= set(re.findall(r'(?:href|action)="(/account/[^"?#]*)', answer.text))
        assert client.post(reverse(name), {}).status_code in (200, 302, 403, 404, 405), name
    for target in targets:
        assert client.get(target).status_code in (200, 302, 404), target


def test_every_page_answers_somebody_half_way(client, carla, amina):
    """Waiting for a code, for a code at signing up, and for the second step."""
    for steps in (
        lambda one: one.post(LOGIN, {"email": amina.email}),
        lambda one: one.post(SIGNUP, {"email": "nieuw@voorbeeld.example"}),
        lambda one: one.post(SIGNUP, {"email": amina.email}),
        lambda one: one.post(CODE, {"code": ask_code(one, carla.email)}),
    ):
        one = Client()
        steps(one)
        for name in NAMES:
            assert arrive(one, reverse(name)).status_code in (200, 404), name


def test_who_waits_for_the_second_step_can_stop(client, carla):
    sign_in(client, carla)
    assert client.get(SECOND).status_code == 200
    assert client.post("/account/uitloggen/", {"next": LOGIN})["Location"] == LOGIN
    assert client.get(SECOND)["Location"] == LOGIN


def test_there_are_no_pages_about_passwords():
    for name in ("account_reset_password", "account_change_password", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize("where", [LOGIN, SIGNUP, CODE, SIGNUP_CODE, SECOND])
def test_pages_of_signing_in_are_never_kept(client, carla, where):
    if where == SECOND:
        sign_in(client, carla)
    elif where == CODE:
        client.post(LOGIN, {"email": carla.email})
    elif where == SIGNUP_CODE:
        client.post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    answer = client.get(where)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_the_pages_are_dutch(client, amina, carla):
    """Every label and every sentence: no English word of a library shines through."""
    english = re.compile(
        r"\b(sign|email|please|your|enter|the|authenticator|recovery|invalid)\b", re.IGNORECASE
    )
    seen = []
    seen.append(client.get(LOGIN))
    seen.append(client.get(SIGNUP))
    client.post(LOGIN, {"email": amina.email})
    seen.append(client.get(CODE))
    seen.append(client.post(CODE, {"code": "x"}))
    staff = Client()
    sign_in(staff, carla)
    seen.append(staff.get(SECOND))
    seen.append(staff.post(SECOND, {"code": "x"}))
    staff.force_login(carla)
    seen.append(staff.get("/account/tweede-stap/"))
    resident = Client()
    resident.force_login(amina)
    seen.append(resident.get("/account/tweede-stap/aan/"))
    for answer in seen:
        assert answer.status_code == 200
        text = re.sub(r"<[^>]+>", " ", re.search(r"<main.*?</main>", answer.text, re.DOTALL)[0])
        assert not english.search(text), (answer.request["PATH_INFO"], english.search(text))
