"""The manager's lists and forms, where their words could be wrong."""

import uuid

import pytest
from django.utils import timezone

from contacts.models import Absence
from funding.models import Scheme
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, mo):
    client.force_login(mo)
    return client


def test_absences_are_counted_in_words_that_exist(manager):
    for _number in range(3):
        Absence.objects.create(manager=make.manager(), since=timezone.localdate())
    assert "<strong>3</strong> keer afwezig" in manager.get("/beheer/afwezigheid/").text


def test_connecting_begins_with_who_is_connected(manager, carla):
    role = make.manager("Adviseur groen", key="groen", user=carla)
    page = manager.get("/beheer/accounthouders/groen/koppelen/")
    assert page.context["form"]["address"].value() == carla.email
    sent = {"address": page.context["form"]["address"].value(), "version": role.version}
    manager.post("/beheer/accounthouders/groen/koppelen/", sent)
    role.refresh_from_db()
    assert role.user == carla


def test_the_page_says_what_to_do_instead_of_throwing_away(manager):
    make.organisation("Tuinclub", key="tuinclub")
    assert "Haal het vinkje weg bij “Staat open" in manager.get("/beheer/partners/tuinclub/").text


def test_what_to_read_about_a_scheme_opens_in_a_browser(manager):
    form = make.form("Fonds", key="IF")
    new = {"name": "Wijkbudget", "form": form.pk, "token": str(uuid.uuid4())}
    wrong = manager.post("/beheer/regelingen/nieuw/", new | {"url": "ftp://a.example/"})
    assert wrong.context["form"].errors == {
        "url": ["Dit is geen webadres. Schrijf bijvoorbeeld https://voorbeeld.nl."]
    }
    manager.post("/beheer/regelingen/nieuw/", new | {"url": "a.example/regeling"})
    assert Scheme.objects.get().url == "https://a.example/regeling"
