"""Roles given and taken, a second step that was lost, and the first manager of all."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.verbs import reset_second_step, reset_second_step_of
from contacts import verbs
from desk.models import ReplyTemplate
from desk.sentences import BUILT_IN
from tests import make
from tests.accounts.sign_in import mails, sign_in
from townhall.models import Event

pytestmark = pytest.mark.django_db
ROLES = "/beheer/rollen/"


def events(user):
    return list(Event.objects.about("user", str(user.pk)).values_list("what", "details", "by"))


def test_a_resident_becomes_an_officer_and_is_told(bram, mo):
    client = Client()
    client.force_login(bram)
    verbs.appoint(by=mo, address="Bram@voorbeeld.example", role=Role.OFFICER)
    bram.refresh_from_db()
    assert bram.role == Role.OFFICER
    told = {"fields": ["role"], "from": "resident", "to": "officer"}
    assert events(bram) == [("give_role", told, mo.pk)]
    assert bram.history.get().pgh_context["user"] == mo.pk
    assert client.get("/mijn/").status_code == 302  # signed out: who comes in now proves it twice
    to, subject, text = mails()[-1]
    assert (to, subject) == (bram.email, "Je rol bij Initiatiefwijzer is veranderd")
    assert "Je rol is nu: ambtenaar." in text


def test_an_address_without_an_account_gets_one_and_comes_in_by_mail(client, mo):
    made = verbs.appoint(by=mo, address="Nieuw@voorbeeld.example", role=Role.COUNCIL)
    assert (made.email, made.role) == ("nieuw@voorbeeld.example", Role.COUNCIL)
    assert "raadslid" in mails()[-1][2]
    sign_in(client, made)
    assert client.get("/raad/").url == "/account/tweede-stap/aan/"  # staff need a second step


def test_taking_a_role_lets_go_of_the_account_manager(carla, mo):
    manager = make.manager("Adviseur groen", user=carla)
    verbs.give_role(carla, by=mo, role=Role.RESIDENT)
    manager.refresh_from_db()
    assert manager.user is None
    assert "nam je rol" in mails()[-1][2]


def test_there_is_always_a_manager_left_who_came_in_before(carla, mo):
    other = make.user("zoe@voorbeeld.example", role=Role.MANAGER)
    with pytest.raises(ValidationError, match="enige beheerder"):
        verbs.give_role(mo, by=mo, role=Role.OFFICER)
    User.objects.filter(pk=other.pk).update(last_login=timezone.now())
    verbs.give_role(mo, by=mo, role=Role.OFFICER)
    assert User.objects.get(pk=mo.pk).role == Role.OFFICER


@pytest.mark.parametrize("who", ["amina", "carla", "dirk"])
def test_only_managers_give_roles_and_reset_second_steps(who, cast, amina, bram, request):
    by = request.getfixturevalue(who)
    for do in (
        lambda: verbs.appoint(by=by, address=by.email, role=Role.MANAGER),
        lambda: verbs.appoint(by=by, address="nieuw@voorbeeld.example", role=Role.OFFICER),
        lambda: verbs.give_role(by, by=by, role=Role.MANAGER),
        lambda: reset_second_step_of(bram.email, by=by, why="phone"),
    ):
        with pytest.raises(PermissionDenied):
            do()
    assert not mails()


def test_a_role_that_is_none_and_an_account_that_is_closed_are_refused(bram, mo):
    with pytest.raises(ValidationError, match="Deze rol"):
        verbs.give_role(bram, by=mo, role="koning")
    User.objects.filter(pk=bram.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="gesloten"):
        verbs.appoint(by=mo, address=bram.email, role=Role.OFFICER)


def test_a_lost_second_step_is_put_back_and_the_person_is_told(carla, mo):
    client = Client()
    client.force_login(carla)
    reset_second_step(carla, by=mo, why="phone")
    assert not Authenticator.objects.filter(user=carla).exists()
    assert events(carla) == [("reset_second_step", {"why": "phone"}, mo.pk)]
    assert "De telefoon is kwijt of kapot" in mails()[-1][2]
    assert client.get("/werkbank/").status_code == 404  # signed out everywhere
    sign_in(client, carla)
    assert client.get("/werkbank/").url == "/account/tweede-stap/aan/"


def test_a_second_step_is_not_put_back_for_nothing_or_by_oneself(bram, carla, mo):
    with pytest.raises(ValidationError, match="eigen account"):
        reset_second_step(mo, by=mo, why="phone")
    with pytest.raises(ValidationError, match="geen tweede stap"):
        reset_second_step(bram, by=mo, why="phone")
    with pytest.raises(ValidationError, match="waarom"):
        reset_second_step(carla, by=mo, why="zomaar")


# The pages ----------------------------------------------------------------------------------------------
@pytest.fixture
def manager(client, mo):
    client.force_login(mo)
    return client


def test_the_list_shows_who_has_a_role_and_no_resident(manager, amina, carla, dirk):
    page = manager.get(ROLES).text
    assert carla.email in page
    assert dirk.email in page
    assert amina.email not in page
    assert manager.get(f"{ROLES}{amina.pk}/").status_code == 404
    assert "accounts met een rol" in page


def test_the_page_takes_a_role_and_leads_back_to_the_list(manager, carla):
    page = manager.get(f"{ROLES}{carla.pk}/")
    assert page.context["form"]["role"].value() == "officer"
    answer = manager.post(f"{ROLES}{carla.pk}/", {"role": "resident", "version": 1})
    assert answer.url == ROLES
    assert User.objects.get(pk=carla.pk).role == Role.RESIDENT


def test_a_manager_who_steps_down_lands_on_a_page_that_is_there(manager, mo):
    make.user("zoe@voorbeeld.example", role=Role.MANAGER)
    User.objects.exclude(pk=mo.pk).update(last_login=timezone.now())
    sent = {"role": "officer", "version": 1}
    assert manager.post(f"{ROLES}{mo.pk}/", sent, follow=True).status_code == 200
    assert User.objects.get(pk=mo.pk).role == Role.OFFICER


def test_somebody_without_an_account_is_named_on_the_page(manager):
    token = manager.get(f"{ROLES}nieuw/").context["form"]["token"].value()
    sent = {"address": "griffie@voorbeeld.example", "role": "council", "token": token}
    made = [manager.post(f"{ROLES}nieuw/", sent).url for _click in range(2)]
    user = User.objects.get(email="griffie@voorbeeld.example")
    assert made == [f"{ROLES}{user.pk}/"] * 2
    assert len(mails()) == 1


def test_a_resident_gets_the_second_step_back_by_address(manager, amina):
    Authenticator.objects.create(user=amina, type="totp", data={})
    wrong = manager.post("/beheer/tweede-stap/", {"address": "niemand@voorbeeld.example", "why": "phone"})
    assert "Er is geen account met dit adres." in wrong.text
    answer = manager.post("/beheer/tweede-stap/", {"address": amina.email.upper(), "why": "codes"})
    assert answer.url == "/beheer/"
    assert not Authenticator.objects.filter(user=amina).exists()


# From the machine ---------------------------------------------------------------------------------------
def test_the_first_manager_is_named_from_the_machine_and_no_second(capsys):
    call_command("first_manager", "mo@voorbeeld.example")
    assert User.objects.get().is_manager
    assert ReplyTemplate.objects.count() == len(BUILT_IN)
    with pytest.raises(CommandError, match="al een beheerder"):
        call_command("first_manager", "zoe@voorbeeld.example")
    with pytest.raises(CommandError, match="geldig"):
        call_command("first_manager", "geen adres")
