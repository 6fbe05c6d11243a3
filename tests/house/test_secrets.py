"""No private field in any answer to an outsider. And a proof that a leak is seen."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template
from rest_framework import serializers

from contacts.api import AccountManagerSerializer, AccountManagerViewSet
from contacts.models import AccountManager
from initiatiefwijzer import urls
from initiatives.models import Initiative
from tests.house import secrets, town
from tests.house.conftest import ask
from townhall.models import Searchable

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walk")]


@pytest.mark.parametrize("actor", secrets.CODES)
def test_nobody_sees_what_is_not_for_them(actor, walk):
    assert secrets.leaks(walk.answers[actor], walk.secrets, actor, walk.people[actor]) == []


def test_there_is_a_secret_in_every_private_field(walk):
    planted = {secret.place for secret in walk.secrets}
    wanted = {f"{row.model}.{field.name}" for _model, field, row in secrets.places()}
    assert wanted <= planted


SEARCHABLE = [model for model in apps.get_models() if issubclass(model, Searchable)]


def found_by_searching(hidden):
    """The places of secrets for which a visitor would get a result: that tells they are there."""
    return {
        one.place
        for one in hidden
        if one.is_kept_from("visitor", None)
        for model in SEARCHABLE
        if model.objects.visible_to(AnonymousUser()).search(one.word).exists()
    }


def test_searching_for_a_secret_finds_nothing(hidden):
    assert len(SEARCHABLE) > 5
    assert found_by_searching(hidden) == set()


def test_a_secret_that_can_be_searched_for_is_seen(hidden, monkeypatch):
    monkeypatch.setattr(AccountManager, "search_text", lambda self: f"{self.function} {self.phone}")
    for manager in AccountManager.objects.all():
        manager.save()
    theirs = [one for one in hidden if one.place.startswith("contacts.accountmanager.")]
    assert found_by_searching(theirs) == {"contacts.accountmanager.phone"}


# Proofs that a leak is seen --------------------------------------------------------------------------
@pytest.fixture
def hidden(db):
    town.build()
    return secrets.plant()


def look(address, hidden, actor="visitor"):
    answers = {(address, "get"): ask(town.walker(None), "get", address)}
    return {place for _address, _method, place in secrets.leaks(answers, hidden, actor, None)}


def test_a_leaky_serializer_is_seen(hidden, monkeypatch):
    class Leaky(AccountManagerSerializer):
        telefoon = serializers.CharField(source="phone")
        to_representation = serializers.Serializer.to_representation  # past the guard of RecordSerializer

    monkeypatch.setattr(AccountManagerViewSet, "serializer_class", Leaky)
    assert look("/api/v1/accounthouders", hidden) == {"contacts.accountmanager.phone"}


def test_a_forgotten_visible_to_is_seen(hidden, monkeypatch):
    monkeypatch.setattr(type(Initiative.objects.all()), "visible_to", lambda self, user: self)
    assert {"initiatives.initiative.story", "the name of a plan that is not public"} <= look(
        "/api/v1/initiatieven", hidden
    )


def test_a_leaky_template_is_seen(hidden, monkeypatch):
    page = Template("{% for one in managers %}<p title='{{ one.phone }}'></p>{% endfor %}")
    body = page.render(Context({"managers": AccountManager.objects.all()}))
    monkeypatch.setattr(urls.urlpatterns[0], "callback", lambda request: HttpResponse(body))
    assert look("/", hidden) == {"contacts.accountmanager.phone"}


def test_a_leaky_header_and_cookie_are_seen(hidden, monkeypatch):
    plan = Initiative.objects.get(reference="IW-2026-0002")

    def leaky(request):
        response = HttpResponse("", headers={"X-Plan": plan.story})
        response.set_cookie("plan", plan.title)
        return response

    monkeypatch.setattr(urls.urlpatterns[0], "callback", leaky)
    assert look("/", hidden) == {"initiatives.initiative.story", "initiatives.initiative.title"}
