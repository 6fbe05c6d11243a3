"""Signed out, or without a token, while writing: everything comes back, to be sent again."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import handback
from accounts.models import Role
from initiatives import verbs
from initiatives.models import Initiative, State
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Een lang verhaal met “aanhalingstekens”, <b>haken</b> & een\r\nregel eronder."
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def plans(amina):
    """Amina's concept and the plan that she sent."""
    make.front_desk()
    sent = make.initiative("Een bankje", by=amina, state=State.DRAFT)
    verbs.submit(sent, by=amina)
    return {"concept": make.initiative("Een boom", by=amina, state=State.DRAFT), "sent": sent}


def forms(plans):
    """What may be written -> (address, what is sent)."""
    story = {"title": "Nieuw", "story": WORDS, "submitted_by": "person", "needs": ["plek", "geld"]}
    concept, sent = plans["concept"], plans["sent"]
    mine = {"version": sent.version}
    return {
        "concept": (
            reverse("initiatives:concept", args=[concept.public_id]),
            story | {"version": concept.version},
        ),
        "edit": (reverse("overview:edit", args=[sent.public_id]), story | mine),
        "message": (
            reverse("overview:write", args=[sent.public_id]),
            {"text": WORDS, "token": str(uuid.uuid4())},
        ),
        "step": (reverse("overview:step", args=[sent.public_id, "pause"]), mine | {"reason": "Even druk nu"}),
        "triage": (
            reverse("desk:triage", args=[sent.reference]),
            mine | {"sentence": WORDS, "goal": ["a b"]},
        ),
        "manage": ("/beheer/doelen/nieuw/", {"title": "Nieuw", "description": WORDS}),
    }


WRITTEN = ["concept", "edit", "message", "step", "triage", "manage"]


def given_back(page):
    """What the form of a page would send: {name: [value, …]}, without its token."""
    body = re.search(r'<form class="iw-post iw-post--panel.*?</form>', page.content.decode(), re.DOTALL)[0]
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', body):
        if name not in handback.OURS:
            found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def as_sent(data):
    return {name: value if isinstance(value, list) else [str(value)] for name, value in data.items()}


def visible(page):
    return html.unescape(re.sub(r"<input[^>]*>", "", page.content.decode()))


@pytest.mark.parametrize("name", WRITTEN)
def test_who_was_signed_out_while_writing_gets_everything_back(client, plans, name):
    address, sent = forms(plans)[name]
    page = client.post(address, sent)
    assert page.status_code == 403
    assert "Je bent niet meer ingelogd" in visible(page)
    assert given_back(page) == as_sent(sent)
    assert f'action="{address}"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Session.objects.exists()  # what was typed is in the page, and with nobody else
    again = client.post(address, given_back(page))  # still not signed in: nothing is lost the second time
    assert given_back(again) == as_sent(sent)


def test_after_signing_in_it_arrives(client, plans, amina):
    address, sent = forms(plans)["edit"]
    page = client.post(address, sent)
    client.force_login(amina)
    assert client.post(address, given_back(page)).status_code == 302
    plan = Initiative.objects.get(pk=plans["sent"].pk)
    assert plan.story.split() == WORDS.split()
    assert {need.kind for need in plan.needs.all()} == {"plek", "geld"}


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]+)"', page.content.decode())[1]


def send_again(client, page, address, **other):
    """What the button of the page sends, after signing in made its token against forgery an old one."""
    tokens = {name: hidden(page, name) for name in handback.OURS}
    return client.post(address, given_back(page) | tokens | other, **HERE)


@pytest.fixture
def returning(plans, amina):
    """Amina's browser, her message and the page that gave it back; meanwhile she signed in again."""
    client = Client(enforce_csrf_checks=True)
    address, sent = forms(plans)["message"]
    client.get(reverse("account_login"))
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    page = client.post(address, sent | token, **HERE)
    assert "Je bent niet meer ingelogd" in visible(page)
    client.force_login(amina)
    client.cookies["csrftoken"] = "n" * 32  # as signing in does
    return client, page, address


def test_after_signing_in_pressing_once_is_enough(returning, plans):
    client, page, address = returning
    assert send_again(client, page, address).status_code == 302
    assert plans["sent"].messages.get().text.split() == WORDS.split()


CHANGED = [{"text": "Iets anders"}, {handback.MARK: "x"}, {handback.MARK: ""}]


@pytest.mark.parametrize("other", CHANGED, ids=str)
def test_only_the_very_words_that_were_given_back_pass_without_a_new_token(returning, plans, other):
    client, page, address = returning
    assert "Verstuur het nog een keer" in visible(send_again(client, page, address, **other))
    assert not plans["sent"].messages.exists()


def test_the_mark_is_for_one_address_for_an_hour_and_from_our_own_pages(returning, plans, monkeypatch):
    client, page, address = returning
    elsewhere = address.replace("bericht", "veranderen")
    assert send_again(client, page, elsewhere).status_code == 403
    tokens = {name: hidden(page, name) for name in handback.OURS}
    from_afar = {"HTTP_ORIGIN": "https://elders.example"}
    assert client.post(address, given_back(page) | tokens, **from_afar).status_code == 403
    monkeypatch.setattr(handback, "HOLDS", timedelta(seconds=-1))
    assert send_again(client, page, address).status_code == 403
    assert not plans["sent"].messages.exists()


def test_with_somebody_else_signed_in_it_goes_nowhere(client, plans, bram):
    for name in ("concept", "edit", "message", "step"):
        address, sent = forms(plans)[name]
        given = given_back(client.post(address, sent))
        other = Client()
        other.force_login(bram)
        refused = other.post(address, given)
        assert refused.status_code == 404
        assert "lang verhaal" not in refused.content.decode()


def test_to_look_one_is_led_to_signing_in(client, plans):
    address, _sent = forms(plans)["edit"]
    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


# Registering needs no account: the same page asks for the address -------------------------------------------
def test_registering_after_the_session_ended_asks_for_the_address_and_says_why(client):
    page = client.post(
        reverse("initiatives:new"), {"title": "Bankje", "story": WORDS, "token": str(uuid.uuid4())}
    )
    assert page.status_code == 200
    assert "Je bent niet meer ingelogd." in visible(page)
    assert page.context["form"]["story"].value() == WORDS


# The token against forgery ----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [*WRITTEN, "new"])
def test_a_token_that_is_gone_costs_no_words(plans, amina, name):
    new = (reverse("initiatives:new"), {"title": "Bankje", "story": WORDS, "token": str(uuid.uuid4())})
    address, sent = (forms(plans) | {"new": new})[name]
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    page = client.post(address, sent, **HERE)
    assert page.status_code == 403
    assert "Verstuur het nog een keer" in visible(page)
    assert "Je bent ingelogd als amina@voorbeeld.example" in visible(page)
    assert given_back(page) == as_sent(sent)
    assert "no-store" in page["Cache-Control"]


def test_sent_again_with_the_new_token_it_arrives(plans, amina):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    address, sent = forms(plans)["message"]
    page = client.post(address, sent, **HERE)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    done = client.post(address, given_back(page) | {"csrfmiddlewaretoken": token}, **HERE)
    assert done.status_code == 302
    assert plans["sent"].messages.get().text.split() == WORDS.split()


@pytest.mark.parametrize(
    "origin", [{}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "https://elders.example"}], ids=str
)
def test_another_site_can_not_fill_in_our_pages(plans, amina, origin):
    """Else its words would stand there with a good token, one click away."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    address, sent = forms(plans)["message"]
    page = client.post(address, sent, **origin)
    assert page.status_code == 403
    assert "lang verhaal" not in visible(page)
    assert 'name="text"' not in page.content.decode()


# The second step -------------------------------------------------------------------------------------------
def test_who_still_has_to_give_the_second_code_keeps_every_word(client, plans):
    client.force_login(make.user(role=Role.OFFICER, factor=False))
    address, sent = forms(plans)["triage"]
    page = client.post(address, sent, **HERE)
    assert page.status_code == 403
    assert "Doe eerst je tweede stap" in visible(page)
    assert given_back(page) == as_sent(sent)
    assert client.get("/werkbank/").url == reverse("mfa_activate_totp")
