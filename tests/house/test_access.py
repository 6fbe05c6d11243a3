"""The access matrix: every route, every method, everybody."""

import pytest
from django.urls import resolve

from tests.house import access, town

ACTORS = [*access.EVERYBODY.split(), access.BARE]


@pytest.fixture
def portrait(settings, tmp_path):
    """A media folder with one portrait."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "portraits").mkdir()
    (tmp_path / "portraits" / "loes.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")


@pytest.fixture
def them(db, portrait):
    return town.build()


def answer(client, method, address):
    """The status, or the name of the page an answer leads to."""
    response = getattr(client, method)(address)
    response.getvalue()  # a file is closed once it is read
    if response.status_code == 302:
        return resolve(response["Location"].partition("?")[0]).view_name
    return str(response.status_code)


def test_every_route_is_in_the_matrix():
    assert set(access.ACCESS) == set(town.routes())


def test_every_address_is_of_its_route():
    for name, addresses in access.ACCESS.items():
        for address in addresses:
            assert resolve(address).view_name == name, address


@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_what_the_matrix_says(actor, them):
    client = town.walker(them[actor], raise_request_exception=False)
    found = {}
    for address, method in access.expected(actor):
        found[address, method] = answer(client, method, address)
        if (address, method) == ("/account/uitloggen/", "post") and them[actor]:
            client.force_login(them[actor])
    assert found == access.expected(actor)


@pytest.mark.parametrize("role", town.BARE)
def test_no_staff_comes_in_without_a_second_factor(role, them):
    client = town.walker(them[role])
    assert answer(client, "get", "/doelen/") == "mfa_activate_totp"
    refusal = client.get("/api/v1/doelen")
    assert refusal.status_code == 403
    assert refusal["Content-Type"] == "application/problem+json"
    assert refusal.json()["detail"] == "Zet eerst je tweede stap aan op de site."
    assert refusal["API-Version"]


@pytest.mark.parametrize("actor", ["visitor", "officer"])
def test_what_changes_something_asks_for_the_token_of_a_form(actor, them):
    """Without it nothing is accepted, except where nothing is stored."""
    client = town.walker(them[actor], enforce_csrf_checks=True)
    accepted = set()
    for name, addresses in access.ACCESS.items():
        for address in addresses:
            sent = {"data": "{}", "content_type": "application/json"} if "api" in name else {"data": {}}
            if client.post(address, **sent).status_code not in (302, 403, 404, 405):
                accepted.add(name)
    assert accepted == access.STORES_NOTHING


def test_the_api_says_in_dutch_that_the_token_is_missing(them):
    client = town.walker(them["officer"], enforce_csrf_checks=True)
    refusal = client.post("/api/v1/doelen", "{}", content_type="application/json")
    assert refusal.status_code == 403
    assert refusal.json()["detail"] == "Laad de bladzijde opnieuw en probeer het nog eens."
