"""Who never proved an address is forgotten; who did stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.proving import person_at
from accounts.tasks import sweep_strangers
from tests import make


@pytest.mark.django_db
def test_unproven_people_vanish_after_thirty_days():
    old, fresh = person_at("oud@voorbeeld.example"), person_at("nieuw@voorbeeld.example")
    proven, came = make.user("bewezen@voorbeeld.example"), person_at("kwam@voorbeeld.example")
    User.objects.exclude(pk=fresh.pk).update(joined_at=timezone.now() - timedelta(days=31))
    User.objects.filter(pk=came.pk).update(last_login=timezone.now())
    sweep_strangers()
    assert set(User.objects.all()) == {fresh, proven, came}
    assert old not in User.objects.all()


@pytest.mark.django_db
def test_pages_of_who_is_signed_in_are_not_kept_by_the_browser(client, amina):
    client.force_login(amina)
    assert client.get("/doelen/")["Cache-Control"] == "private, no-store"
