"""The access matrix: every route, every method, everybody."""

import pytest
from django.urls import resolve

from tests.house import access, town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walk")]


REFUSALS = {"403", "404", "405"}


@pytest.fixture
def them(db):
    return town.build()


def test_every_route_is_in_the_matrix():
    assert set(access.ACCESS) == set(town.routes())


def test_every_address_is_of_its_route():
    for name, addresses in access.ACCESS.items():
        for address in addresses:
            assert resolve(address).view_name == name, address


@pytest.mark.parametrize("actor", access.ACTORS)
def test_everybody_gets_what_the_matrix_says(actor, walk):
    expected = access.asked(actor)
    assert {asked: walk.answers[actor][asked].code for asked in expected} == expected


def test_nothing_with_code_behind_it_is_left_to_the_witness():
    for actor in set(access.ACTORS) - {access.WITNESS}:
        expected = access.expected(actor)
        left = {asked: expected[asked] for asked in set(expected) - set(access.asked(actor))}
        done = [one for one in left if one[1] != "head" and left[one].isdigit() and left[one] not in REFUSALS]
        assert done == []
        assert ("/account/tweede-stap/aan/", "put") not in left  # allauth takes it for a POST
        assert ("/api/v1/gemeente", "patch") not in left
        assert ("/api/v1/bewaarde-filters/1", "delete") not in left
        assert ("/werkbank/IW-2026-0002/dubbel/", "post") not in left


@pytest.mark.parametrize("role", town.BARE)
def test_no_staff_comes_in_without_a_second_factor(role, them):
    client = town.walker(them[role])
    assert resolve(client.get("/doelen/")["Location"]).view_name == "mfa_activate_totp"
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
