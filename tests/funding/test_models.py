"""What the database keeps about funds with rules of their own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from funding.models import CONSIDERATIONS, Scheme
from tests import make

pytestmark = pytest.mark.django_db


def scheme(**fields):
    return Scheme(key="S1", form=make.form(), name="Regeling", **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"own_share": -1},
        {"own_share": 101},
        {"least_per_application": 500, "most_per_application": 499},
        {"least_per_application": -1},
        {"most_per_application": 0},
        {"needs": ["goud"]},
        {"opens_on": date(2026, 2, 1), "closes_on": date(2026, 1, 31)},
    ],
)
def test_what_cannot_be_is_refused(fields):
    wrong = scheme(**fields)
    with pytest.raises(ValidationError):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"own_share": 0},
        {"own_share": 100},
        {"least_per_application": 500, "most_per_application": 500},
        {"needs": ["geld", "materiaal"]},
        {"opens_on": date(2026, 2, 1), "closes_on": date(2026, 2, 1)},
    ],
)
def test_what_can_be_is_kept(fields):
    right = scheme(**fields)
    right.full_clean()
    right.save()
    assert list(Scheme.objects.search("regelingen")) == [right]


@pytest.mark.parametrize("url", ["ftp://a.example/regeling", "ftps://a.example/", "javascript:alert(1)"])
def test_an_address_opens_in_a_browser(url):
    with pytest.raises(ValidationError) as wrong:
        scheme(url=url).full_clean()
    assert wrong.value.message_dict.keys() == {"url"}


@pytest.mark.parametrize("url", ["", "http://a.example/", "https://a.example/regeling?a=1"])
def test_an_address_of_the_web_is_kept(url):
    scheme(url=url).full_clean()


def test_answers_follow_the_order_of_the_questions():
    form = make.form(considerations={"symboolwerking": "Veel", "risico": "Weinig"})
    assert [(one["code"], one["answer"]) for one in form.answers] == [
        (code, {"symboolwerking": "Veel", "risico": "Weinig"}.get(code, "")) for code in CONSIDERATIONS
    ]
