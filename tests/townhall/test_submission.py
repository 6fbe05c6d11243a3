"""One intent, one record, however often and by however many it is sent."""

import threading
import uuid

import pytest
from django import forms
from django.db import connection, transaction
from django.test import RequestFactory
from rest_framework.exceptions import ValidationError

from tests import make
from tests.racing import race
from townhall import submission
from townhall.models import SubmissionToken, Text
from townhall.submission import Refused, once, token_of


class PlanForm(submission.SentOnce):
    titel = forms.CharField()


def making(key="IW-2026-0001"):
    """Makes something of which there must be one a call."""

    def make_it():
        Text.objects.create(key=f"k{Text.objects.count()}-{threading.get_ident()}", body="x")
        return key

    return make_it


def test_twice_the_same_token_makes_one_thing_and_gives_it_twice(db):
    token = uuid.uuid4()
    first = once(token, "plan", making())
    again = once(token, "plan", making("iets anders"))
    assert (first.result, first.is_first) == ("IW-2026-0001", True)
    assert (again.result, again.is_first) == ("IW-2026-0001", False)
    assert Text.objects.count() == 1


def test_two_tokens_make_two_things(db):
    assert once(uuid.uuid4(), "plan", making()).is_first
    assert once(uuid.uuid4(), "plan", making()).is_first
    assert Text.objects.count() == 2


def test_a_token_of_another_purpose_is_refused(db):
    token = uuid.uuid4()
    once(token, "plan", making())
    with pytest.raises(Refused, match="al voor iets anders gebruikt"):
        once(token, "bericht", making())
    assert Text.objects.count() == 1


def test_a_token_of_another_person_shows_nothing_of_theirs(amina, bram):
    token = uuid.uuid4()
    once(token, "plan", making(), by=amina)
    for stranger in (bram, None):
        with pytest.raises(Refused):
            once(token, "plan", making(), by=stranger)
    assert not once(token, "plan", making(), by=amina).is_first
    assert Text.objects.count() == 1


def test_a_visitor_who_logs_in_meanwhile_still_gets_their_first_result(amina):
    token = uuid.uuid4()
    once(token, "plan", making())
    assert once(token, "plan", making(), by=amina).result == "IW-2026-0001"


def test_what_fails_leaves_the_token_free(db):
    token = uuid.uuid4()

    def fails():
        Text.objects.create(key="half", body="x")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(token, "plan", fails)
    assert not SubmissionToken.objects.exists()
    assert not Text.objects.exists()
    assert once(token, "plan", making()).is_first


@pytest.mark.django_db(transaction=True)
def test_five_clicks_at_once_make_one_thing():
    for _round in range(6):
        Text.objects.all().delete()
        token = uuid.uuid4()
        outcomes = race(*[lambda token=token: once(token, "plan", making())] * 5)
        assert [outcome.result for outcome in outcomes] == ["IW-2026-0001"] * 5
        assert sum(outcome.is_first for outcome in outcomes) == 1
        assert Text.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_first_of_many_fails_the_next_one_makes_it():
    token, tries = uuid.uuid4(), []

    def fails_the_first_time():
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError
        return making()()

    outcomes = race(*[lambda: once(token, "plan", fails_the_first_time)] * 4, losers=RuntimeError)
    assert sum(isinstance(outcome, RuntimeError) for outcome in outcomes) == 1
    assert sum(outcome.is_first for outcome in outcomes if not isinstance(outcome, RuntimeError)) == 1
    assert len(tries) == 2
    assert Text.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_the_first_is_told_to_wait():
    token = uuid.uuid4()

    def impatient():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 200")
            return once(token, "plan", making())

    with transaction.atomic():
        once(token, "plan", making())  # not certain yet
        [outcome] = race(impatient, losers=Refused)
        assert isinstance(outcome, Refused)
        assert "nog bezig" in str(outcome)
    assert not once(token, "plan", making()).is_first


# Where the token comes from ----------------------------------------------------------------------------


def test_a_form_carries_a_token_of_its_own():
    one, other = PlanForm(), PlanForm()
    assert uuid.UUID(str(one["token"].value())) != uuid.UUID(str(other["token"].value()))
    assert one["token"].value() == one["token"].value()
    assert 'type="hidden"' in str(one["token"])


def test_a_form_that_is_drawn_again_keeps_its_token():
    token = str(uuid.uuid4())
    form = PlanForm({"token": token, "titel": ""})
    assert not form.is_valid()
    assert str(form["token"].value()) == token
    sent = PlanForm({"token": token, "titel": "Tuin"})
    assert sent.is_valid()
    assert sent.cleaned_data["token"] == uuid.UUID(token)


@pytest.mark.parametrize("broken", [None, "", "x", "1234", "\x00", "é" * 36, "0" * 10_000])
def test_a_form_without_a_good_token_asks_to_send_again_and_loses_nothing(broken):
    form = PlanForm({"titel": "Tuin"} | ({} if broken is None else {"token": broken}))
    assert not form.is_valid()
    assert form.non_field_errors() == ["Verstuur het formulier nog een keer."]
    assert form["titel"].value() == "Tuin"
    again = PlanForm({"titel": "Tuin", "token": str(form["token"].value())})
    assert again.is_valid()


def test_the_api_takes_the_token_from_its_header():
    token = uuid.uuid4()
    request = RequestFactory().post("/", headers={"Idempotency-Key": str(token)})
    assert token_of(request) == token


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}, {"Idempotency-Key": "mijn-sleutel"}])
def test_the_api_asks_for_a_token(headers):
    with pytest.raises(ValidationError) as refused:
        token_of(RequestFactory().post("/", headers=headers))
    assert list(refused.value.detail) == ["Idempotency-Key"]


def test_who_is_erased_takes_their_tokens_along(amina):
    once(uuid.uuid4(), "plan", making(), by=amina)
    amina.delete()
    assert not SubmissionToken.objects.exists()


def test_a_user_of_the_makers_can_send(db):
    assert once(uuid.uuid4(), "plan", making(), by=make.user()).is_first
