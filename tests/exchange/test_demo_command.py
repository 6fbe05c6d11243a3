"""`manage.py demo`: Merenburg with its six accounts, once, whole, and only in a demo."""

from dataclasses import fields

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from agreements.models import Commitment, CouncilQuestion, PendingDecision
from contacts.models import AccountManager, Organisation
from goals.models import Goal
from initiatiefwijzer.management.commands import demo
from overview import dealings
from tests.accounts.sign_in import is_in, sign_in

pytestmark = pytest.mark.django_db


def test_it_fills_an_empty_database_once(settings, capsys, client):
    settings.DEMO = True
    call_command("demo")
    assert "goals.jsonl: 120" in capsys.readouterr().out
    assert User.objects.count() == 6
    assert AccountManager.objects.get(key="K06").user.email == "carla@merenburg.example"
    assert Organisation.objects.get(key="P12").representatives.get().name == "Petra Kringelaar"
    amina = User.objects.get(email="amina@merenburg.example")
    assert amina.participations.count() == 3
    decisions = PendingDecision.objects.select_related("initiative")
    standings = {one.key: one.standing for one in decisions.filter(key__lt="B007")}
    assert standings == {
        "B001": "waiting",
        "B002": "suspended",
        "B003": "refused",
        "B004": "granted",
        "B005": "late",
        "B006": "partly",
    }
    assert PendingDecision.objects.get(key="B001").days_waiting == 23
    asked = [one.standing for one in CouncilQuestion.objects.select_related("initiative").order_by("key")]
    assert asked == ["asked", "received", "forwarded", "answered", "withdrawn"]
    assert {one.stand for one in Commitment.objects.for_pages()} == {"open", "late", "kept", "dropped"}
    town, *departments = dealings.figures()
    assert None not in [getattr(town, one.name) for one in fields(town) if one.name != "department"]
    assert len([one for one in departments if one.people and one.demands and one.days]) >= 3
    cleaning = Commitment.objects.get(key="T02")
    assert (cleaning.is_late(), cleaning.shifts.count(), cleaning.initiative.contact.key) == (True, 2, "K06")
    sign_in(client, amina)
    assert is_in(client)
    call_command("demo")
    assert "De gemeente is er al." in capsys.readouterr().out
    assert User.objects.count() == 6


def test_it_makes_the_town_and_its_accounts_or_neither(settings, monkeypatch):
    settings.DEMO = True

    def fails(row):
        raise CommandError("stuk")

    monkeypatch.setattr(demo, "make_account", fails)
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Goal.objects.exists()


def test_it_names_its_accounts(settings, capsys):
    settings.DEMO = True
    call_command("demo", "--accounts")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[0].split() == ["initiatiefnemer", "amina@merenburg.example"]
    assert not User.objects.exists()


def test_outside_a_demo_it_does_nothing(settings):
    assert settings.DEMO is False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not Goal.objects.exists()
