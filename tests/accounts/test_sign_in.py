"""Signing in by a code from a mail."""

import time

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from tests import make
from tests.accounts.sign_in import (
    CODE,
    LOGIN,
    SIGNUP,
    SIGNUP_CODE,
    ask_code,
    is_in,
    last_code,
    mails,
    sign_in,
)
from townhall.models import OutboxMessage

pytestmark = pytest.mark.django_db


def test_a_resident_signs_in_by_mail(client, amina):
    code = ask_code(client, amina.email)
    answer = client.post(CODE, {"code": code}, follow=True)
    assert is_in(client)
    assert answer.redirect_chain[-1][0] == "/"
    assert "Je bent ingelogd." in answer.text


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_capitals_and_dashes_in_a_code_do_not_matter(client, amina, typed):
    code = ask_code(client, amina.email)
    client.post(CODE, {"code": typed(code)})
    assert is_in(client)


def test_capitals_in_an_address_do_not_matter(client, amina):
    code = ask_code(client, "Amina@Voorbeeld.EXAMPLE")
    client.post(CODE, {"code": code})
    assert is_in(client)


def test_the_session_gets_a_new_key(client, amina):
    code = ask_code(client, amina.email)
    before = client.session.session_key
    client.post(CODE, {"code": code})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_residents_stay_in_for_weeks_and_staff_for_a_day(client, amina, settings):
    sign_in(client, amina)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    officer = make.user(role="officer", factor=False)
    other = Client()
    sign_in(other, officer)
    assert is_in(other)
    assert other.session.get_expiry_age() == settings.STAFF_SESSION_AGE


# No enumeration ----------------------------------------------------------------------------------------


def page(client, address, first, second):
    """What somebody sees who types an address, with the address itself left out."""
    answer = client.post(first, {"email": address})
    assert answer.status_code == 302
    shown = client.get(second)
    assert shown.status_code == 200
    again = client.post(second, {"code": "BCDF-GHJK"})
    csrf = {shown.context["csrf_token"], again.context["csrf_token"]}
    texts = [answer["Location"], shown.text, again.text]
    for secret in (*map(str, csrf), address):
        texts = [text.replace(secret, "*") for text in texts]
    return texts


def without_tokens(texts):
    import re

    return [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text) for text in texts]


@pytest.mark.parametrize(("first", "second"), [(LOGIN, CODE), (SIGNUP, SIGNUP_CODE)])
def test_nobody_can_tell_whether_an_address_is_known(amina, first, second):
    known = page(Client(), amina.email, first, second)
    unknown = page(Client(), "onbekend@voorbeeld.example", first, second)
    assert without_tokens(known) == without_tokens(unknown)


def test_a_new_code_for_an_unknown_address_looks_the_same_and_mails_nothing(client, amina):
    for address in (amina.email, "onbekend@voorbeeld.example"):
        other = Client()
        other.post(LOGIN, {"email": address})
        before = len(mails())
        answer = other.post(CODE, {"action": "resend"})
        assert (answer.status_code, answer["Location"]) == (302, CODE)
        assert len(mails()) - before == (1 if address == amina.email else 0)


def test_an_unknown_address_is_told_how_to_get_an_account(client, settings):
    make.municipality(name="Kleindorp")
    settings.BASE_URL = "https://initiatieven.kleindorp.example"
    client.post(LOGIN, {"email": "onbekend@voorbeeld.example"}, headers={"host": "localhost"})
    [(to, subject, text)] = mails()
    assert to == "onbekend@voorbeeld.example"
    assert subject == "Je hebt nog geen account"
    assert "https://initiatieven.kleindorp.example/account/aanmelden/\n" in text
    assert "Gemeente Kleindorp" in text
    assert "localhost" not in text


def test_a_known_address_that_signs_up_is_told_to_sign_in(client, amina):
    client.post(SIGNUP, {"email": amina.email})
    [(to, subject, text)] = mails()
    assert (to, subject) == (amina.email, "Je hebt al een account")
    assert "/account/inloggen/" in text
    assert User.objects.count() == 1


def test_the_mail_with_a_code_is_plain_and_asks_for_no_answer(client, amina):
    ask_code(client, amina.email)
    [(to, subject, text)] = mails()
    assert (to, subject) == (amina.email, "Je code om in te loggen")
    assert "10 minuten" in text
    assert "Geef deze code aan niemand" in text
    assert b"Auto-Submitted: auto-generated" in bytes(OutboxMessage.objects.get().body)


# Codes that don't work ---------------------------------------------------------------------------------


def test_a_wrong_code_is_refused_and_can_be_mended(client, amina):
    code = ask_code(client, amina.email)
    answer = client.post(CODE, {"code": "BCDF-GHJK"})
    assert "Deze code klopt niet." in answer.text
    assert not is_in(client)
    client.post(CODE, {"code": code})
    assert is_in(client)


@pytest.mark.parametrize("typed", ["", " ", "-", "é", "0" * 41, "x" * 5000, "\x00", "<script>", "’; DROP"])
def test_nonsense_for_a_code_is_refused_and_never_an_error(client, amina, typed):
    ask_code(client, amina.email)
    assert client.post(CODE, {"code": typed}).status_code == 200
    assert not is_in(client)


def test_after_five_wrong_codes_it_starts_over(client, amina):
    code = ask_code(client, amina.email)
    for _number in range(4):
        assert client.post(CODE, {"code": "BCDF-GHJK"}).status_code == 200
    answer = client.post(CODE, {"code": "BCDF-GHJK"}, follow=True)
    assert answer.redirect_chain[-1][0] == LOGIN
    assert "te vaak" in answer.text
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_a_code_works_ten_minutes(client, amina):
    code = ask_code(client, amina.email)
    with time_machine.travel(time.time() + 599):
        client.post(CODE, {"code": code})
        assert is_in(client)


def test_an_expired_code_is_explained(client, amina):
    code = ask_code(client, amina.email)
    with time_machine.travel(time.time() + 601):
        answer = client.post(CODE, {"code": code}, follow=True)
    assert not is_in(client)
    assert answer.redirect_chain[-1][0] == LOGIN
    assert "Je code is verlopen." in answer.text


def test_a_code_works_once(client, amina):
    code = ask_code(client, amina.email)
    cookies = client.cookies.output()
    client.post(CODE, {"code": code})
    client.post("/account/uitloggen/")
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))  # somebody kept the cookie of before
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_a_code_works_in_the_browser_that_asked_for_it_only(amina):
    thief, victim = Client(), Client()
    code = ask_code(victim, amina.email)
    assert thief.post(CODE, {"code": code})["Location"] == LOGIN
    ask_code(thief, "dief@voorbeeld.example") if False else thief.post(
        LOGIN, {"email": "dief@voorbeeld.example"}
    )
    thief.post(CODE, {"code": code})
    assert not is_in(thief)


def test_a_new_code_makes_the_old_one_worthless(client, amina):
    old = ask_code(client, amina.email)
    client.post(CODE, {"action": "resend"})
    new = last_code()
    assert old != new
    client.post(CODE, {"code": old})
    assert not is_in(client)
    client.post(CODE, {"code": new})
    assert is_in(client)


def test_who_typed_a_wrong_address_can_begin_again(client, amina):
    client.post(LOGIN, {"email": "amiina@voorbeeld.example"})
    assert client.get(LOGIN).status_code == 200  # and not the page that waits for a code
    code = ask_code(client, amina.email)
    client.post(CODE, {"code": code})
    assert is_in(client)


def test_three_codes_a_minute_for_an_address_is_enough(client, amina):
    for _number in range(3):
        ask_code(client, amina.email)
    answer = client.post(LOGIN, {"email": amina.email})
    assert answer.status_code == 200
    assert "te vaak" in answer.text
    assert amina.email in answer.text  # what was typed stays
    assert len(mails()) == 3


def test_somebody_else_cannot_use_up_the_codes_of_a_person(client, amina):
    stranger = Client(REMOTE_ADDR="192.0.2.7")
    for _number in range(4):
        stranger.post(LOGIN, {"email": amina.email})
    assert len(mails()) == 3
    sign_in(client, amina)
    assert is_in(client)


def test_a_mailbox_is_not_filled_from_everywhere(amina):
    for number in range(12):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"email": amina.email})
    assert len(mails()) == 10


@pytest.mark.parametrize(
    "typed", ["", "amina", "a@", "\x00@voorbeeld.example", "x" * 250 + "@voorbeeld.example"]
)
def test_what_is_no_address_is_explained(client, db, typed):
    for where in (LOGIN, SIGNUP):
        answer = client.post(where, {"email": typed})
        assert answer.status_code == 200
        assert "email" in answer.context["form"].errors
    assert mails() == []


def test_who_is_closed_out_is_treated_as_unknown(client, amina):
    amina.is_active = False
    amina.save()
    client.post(LOGIN, {"email": amina.email})
    assert mails()[0][1] == "Je hebt nog geen account"


def test_who_is_closed_out_is_out_at_once(client, amina):
    sign_in(client, amina)
    User.objects.update(is_active=False)
    assert client.get("/account/tweede-stap/").status_code == 302


# Where it leads ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "arrives"),
    [
        ("/doelen/", "/doelen/"),
        ("http://testserver/doelen/", "http://testserver/doelen/"),
        ("https://kwaad.example/", "/"),
        ("//kwaad.example/", "/"),
        ("https:kwaad.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://127.0.0.1/", "/"),
        ("http://testserver@kwaad.example/", "/"),
        ("\\\\kwaad.example", "/"),
    ],
)
def test_after_signing_in_only_our_own_pages(client, amina, target, arrives):
    code = ask_code(client, amina.email, next=target)
    answer = client.post(CODE, {"code": code, "next": target})
    assert answer["Location"] == arrives


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example"])
def test_after_signing_out_only_our_own_pages(client, amina, target):
    client.force_login(amina)
    assert client.post("/account/uitloggen/", {"next": target})["Location"] == "/"


def test_next_travels_along_from_page_to_page(client, amina):
    answer = client.post(LOGIN, {"email": amina.email, "next": "/doelen/"})
    assert answer["Location"] == f"{CODE}?next=%2Fdoelen%2F"
    shown = client.get(answer["Location"])
    assert 'name="next" value="/doelen/"' in shown.text


# Signing out -------------------------------------------------------------------------------------------


def test_signing_out_takes_a_post(client, amina):
    client.force_login(amina)
    assert client.get("/account/uitloggen/").status_code == 200
    assert is_in(client)
    client.post("/account/uitloggen/")
    assert not is_in(client)


def test_signing_out_from_elsewhere_is_refused(amina):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    assert client.post("/account/uitloggen/").status_code == 403
    assert is_in(client)


# Signing up --------------------------------------------------------------------------------------------


def test_a_visitor_signs_up_by_mail(client, db):
    client.post(SIGNUP, {"email": "Nieuw@Voorbeeld.example"})
    user = User.objects.get()
    assert (user.email, user.role, user.has_usable_password()) == (
        "nieuw@voorbeeld.example",
        "resident",
        False,
    )
    [(to, subject, text)] = mails()
    assert (to, subject) == ("nieuw@voorbeeld.example", "Je code om een account te maken")
    assert not is_in(client)
    answer = client.post(SIGNUP_CODE, {"code": last_code()})
    assert answer["Location"] == "/"
    assert is_in(client)
    assert user.emailaddress_set.get().verified


def test_an_address_that_was_never_proved_can_sign_in_later_by_mail(client, db):
    client.post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    other = Client()
    code = ask_code(other, "nieuw@voorbeeld.example")
    other.post(CODE, {"code": code})
    assert is_in(other)
    assert User.objects.get().emailaddress_set.get().verified


def test_five_wrong_codes_at_signing_up(client, db):
    client.post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    for _number in range(4):
        assert client.post(SIGNUP_CODE, {"code": "BCDF-GHJK"}).status_code == 200
    assert client.post(SIGNUP_CODE, {"code": "BCDF-GHJK"})["Location"] == LOGIN
    client.post(SIGNUP_CODE, {"code": last_code()})
    assert not is_in(client)


def test_an_expired_code_at_signing_up(client, db):
    client.post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    with time_machine.travel(time.time() + 601):
        answer = client.post(SIGNUP_CODE, {"code": last_code()}, follow=True)
    assert not is_in(client)
    assert "Je code is verlopen." in answer.text


@pytest.mark.parametrize("where", [SIGNUP, LOGIN])
def test_nobody_gives_themselves_a_role(client, where):
    extra = {"role": "manager", "is_active": "", "is_staff": "1", "is_superuser": "1", "id": "7", "name": "X"}
    client.post(where, {"email": "nieuw@voorbeeld.example", **extra})
    client.post(SIGNUP_CODE, {"code": last_code(), **extra}) if where == SIGNUP else None
    for user in User.objects.all():
        assert (user.role, user.is_active, user.name) == ("resident", True, "")


def test_signing_up_too_soon_again_gets_a_page_and_no_second_mail(client, db):
    client.post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    answer = Client().post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    assert answer.status_code == 429
    assert "Even rustig aan" in answer.text
    assert len(mails()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_up_at_once_with_one_address_are_both_answered(monkeypatch):
    """The second finds the address free, and loses the race to the constraint."""
    from allauth.account.internal.flows import manage_email

    make.user("nieuw@voorbeeld.example")
    monkeypatch.setattr(manage_email, "email_already_exists", lambda email, **more: (email, False))
    answer = Client().post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    assert (answer.status_code, answer["Location"]) == (302, SIGNUP_CODE)
    assert User.objects.count() == 1
    assert mails()[0][1] == "Je hebt al een account"


# Without Redis -----------------------------------------------------------------------------------------


def test_no_step_of_signing_in_needs_redis(client, amina, monkeypatch):
    import redis

    def refuse(*args, **kwargs):
        raise AssertionError("A resident's request asks Redis")

    monkeypatch.setattr(redis.connection.AbstractConnection, "connect", refuse)
    sign_in(client, amina)
    assert is_in(client)
    client.post("/account/uitloggen/")
    client.post(SIGNUP, {"email": "nieuw@voorbeeld.example"})
    client.post(SIGNUP_CODE, {"code": last_code()})
    assert is_in(client)
