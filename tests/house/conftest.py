"""One long walk through the town, by everybody, to every address: several tests look at what came back."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import resolve

from matching.corpus import keeper
from tests.house import access, secrets, town


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request, kept for looking at later."""

    status: int
    leads_to: str
    headers: dict[str, str]
    cookies: dict[str, dict]
    body: bytes
    sent: str
    all: str

    @property
    def code(self):
        """As the access matrix writes it: the page it leads to, else the status."""
        return self.leads_to or str(self.status)


@dataclass(frozen=True, slots=True)
class Walk:
    """answers: {actor: {(address, method): Answer}}; secrets: what was hidden in the town."""

    answers: dict
    secrets: list
    people: dict


def ask(client, method, address, **sent):
    """One request and its Answer."""
    response = getattr(client, method)(address, **sent)
    body = response.getvalue()  # reading a file closes it
    leads_to = ""
    if response.status_code == 302:
        leads_to = resolve(response["Location"].partition("?")[0]).view_name
    cookies = {name: {**morsel, "value": morsel.value} for name, morsel in response.cookies.items()}
    headers = dict(response.headers)
    everything = f"{headers}{cookies}{body.decode(errors='replace')}"
    return Answer(response.status_code, leads_to, headers, cookies, body, str(sent), everything)


def look_around(actor, user):
    """Everything one actor can ask, and the wegwijzer with a plan like one that is not public."""
    home = f"127.0.1.{access.ACTORS.index(actor)}"  # everybody has limits of their own
    client = town.walker(user, raise_request_exception=False, REMOTE_ADDR=home)
    found = {}
    for address, method in access.asked(actor):
        found[address, method] = ask(client, method, address)
        if (address, method) == ("/account/uitloggen/", "post") and user:
            client.force_login(user)
    asked = {"omschrijving": town.WISHED.replace("zwemsteiger", "steiger")}
    found["/wegwijzer/", "post"] = ask(client, "post", "/wegwijzer/", data=asked)
    found["/api/v1/wegwijzer", "post with a plan"] = ask(
        client, "post", "/api/v1/wegwijzer", data=asked, content_type="application/json"
    )
    return found


@pytest.fixture(scope="session")
def walk(django_db_setup, django_db_blocker, tmp_path_factory):
    """The walk of everybody through a town full of secrets; the town is gone afterwards."""
    media = tmp_path_factory.mktemp("media")
    (media / "portraits").mkdir()
    (media / "portraits" / "loes.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=media):
        keeper.forget()
        people = town.build()
        hidden = secrets.plant()
        for user in filter(None, people.values()):
            user.refresh_from_db()
        answers = {actor: look_around(actor, people[actor]) for actor in access.ACTORS}
        transaction.set_rollback(True)
    keeper.forget()
    return Walk(answers, hidden, people)


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """Who walks in a town that stands for a whole module; what a test changes there is undone after it."""
    with town.standing(django_db_blocker) as people:
        yield people
