"""After a missed promise somebody may look along: once, for a month, at one plan, without its people."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.models import Onlooker
from agreements.onlookers import verbs
from contacts.models import PortfolioHolder
from initiatives import verbs as plans
from initiatives.models import Initiative, Message, Participant, State
from tests import make
from tests.racing import at_once
from townhall.models import Event, Municipality, OutboxMessage

pytestmark = pytest.mark.django_db
LATE = "2026-12-01 10:00+01:00"


@pytest.fixture(autouse=True)
def _then(_town):
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def _town(db):
    make.municipality(email="gemeente@kleindorp.example")


@pytest.fixture
def els():
    return make.holder(email="els@kleindorp.example", title="wethouder")


@pytest.fixture
def plan(amina, carla, els):
    """A plan that should have had its first talk in November."""
    goal = make.goal(portfolio=make.portfolio("Groen", holder=els))
    contact = make.manager("Adviseur groen", name="Petra", user=carla, email="groen@kleindorp.example")
    made = make.initiative("Een bankje", by=amina, contact=contact, goals=[goal], public=False)
    plans.start_clocks(made, date(2026, 11, 2))
    return made


def mail_to(address):
    return bytes(OutboxMessage.objects.get(payload__to=address).body).decode()


def test_the_office_gets_one_link_and_the_contact_is_told(plan, amina, els, client):
    made = verbs.ask(plan, by=amina, holder=els)
    letter = mail_to("els@kleindorp.example")
    assert "Deze mail is voor het bureau van wethouder Els." in letter
    assert made.link() in letter.replace("=\r\n", "")
    assert "vroeg iemand om mee te kijken" in mail_to("groen@kleindorp.example")
    assert Event.objects.get(what="ask_onlooker").details == {"onlooker": made.pk, "kind": "office"}
    client.force_login(amina)
    assert "vroeg iemand om mee te kijken" in client.get(f"/mijn/{plan.public_id}/").content.decode()


def test_the_clerks_are_reached_through_town_hall(plan, amina):
    verbs.ask(plan, by=amina)
    assert "Deze mail is voor de griffie." in mail_to("gemeente@kleindorp.example")


def test_without_any_address_nothing_is_sent_and_nothing_said_to_be(plan, amina, els, client):
    PortfolioHolder.objects.update(email="")
    Municipality.objects.update(email="")
    client.force_login(amina)
    sent = {"token": uuid.uuid4(), "whom": els.key}
    page = client.post(f"/mijn/{plan.public_id}/meekijken/", sent).content.decode()
    assert "We hebben geen mailadres van het bureau van wethouder Els. Bel de gemeente." in page
    assert not Onlooker.objects.exists()
    assert not Event.objects.filter(what="ask_onlooker").exists()


def test_the_link_shows_the_plan_and_nothing_of_its_people(plan, amina, els, client):
    Participant.objects.create(initiative=plan, name="Geert", phone="0612345678", role="co_initiator")
    Message.objects.create(initiative=plan, by=amina, text="Ons gesprek is van ons.")
    made = verbs.ask(plan, by=amina, holder=els)
    page = client.get(made.link()).content.decode()
    for words in ("Een bankje", "Met de buurt willen we iets moois maken.", "Adviseur groen"):
        assert words in page
    for secret in ("Amina", "Geert", "0612345678", "Ons gesprek", amina.email, str(plan.public_id), "Petra"):
        assert secret not in page
    made.refresh_from_db()
    assert made.seen_at


def test_the_link_tells_only_what_anybody_may_know(plan, amina, carla, els, client):
    plans.write(plan, by=carla, text="Ons gesprek.")
    made = verbs.ask(plan, by=amina, holder=els)
    assert not {"write", "ask_onlooker"} & {one.what for one in client.get(made.link()).context["entries"]}


def test_the_link_ends_with_the_plan_and_with_the_office(plan, amina, els, client):
    made = verbs.ask(plan, by=amina, holder=els)
    assert client.get(made.link()).status_code == 200
    els.terms.update(until=date(2026, 11, 30))
    assert client.get(made.link()).status_code == 404
    els.terms.update(until=None)
    plans.step("withdraw", plan, by=amina, reason="Geen tijd meer.")
    assert client.get(made.link()).status_code == 404


def test_the_link_ends_by_itself_and_when_it_is_taken_back(plan, amina, els, client):
    made = verbs.ask(plan, by=amina, holder=els)
    with time_machine.travel("2026-12-31 09:00+01:00", tick=False):
        assert client.get(made.link()).status_code == 200
    with time_machine.travel("2026-12-31 11:00+01:00", tick=False):
        assert client.get(made.link()).status_code == 404
    verbs.revoke(made, by=amina)
    assert client.get(made.link()).status_code == 404
    with pytest.raises(ValidationError, match="werkte al niet meer"):
        verbs.revoke(made, by=amina)
    assert client.get(f"/meekijken/{made.pk}:vervalst/").status_code == 404


def test_only_the_initiator_and_only_when_we_are_late(plan, amina, bram, carla, els):
    for user in (bram, carla):
        with pytest.raises(PermissionDenied):
            verbs.ask(plan, by=user, holder=els)
    made = verbs.ask(plan, by=amina, holder=els)
    with pytest.raises(PermissionDenied):
        verbs.revoke(made, by=carla)
    plan.clocks.update(stopped_on=date(2026, 12, 1))
    with pytest.raises(ValidationError, match="Nu zijn we nog op tijd"):
        verbs.ask(plan, by=amina)
    plan.clocks.update(stopped_on=None)
    Initiative.objects.filter(pk=plan.pk).update(state=State.STOPPED)
    with pytest.raises(ValidationError, match="Dit kan niet meer: het plan staat op ‘gestopt’"):
        verbs.ask(plan, by=amina)


def test_the_same_is_asked_once_a_month_also_after_taking_it_back(plan, amina, els):
    made = verbs.ask(plan, by=amina, holder=els)
    verbs.revoke(made, by=amina)
    with pytest.raises(ValidationError, match="Deze vraag stelde je al"):
        verbs.ask(plan, by=amina, holder=els)
    with time_machine.travel("2027-01-04 10:00+01:00", tick=False):
        assert verbs.ask(plan, by=amina, holder=els)


def test_who_has_nothing_to_do_with_it_cannot_be_chosen(plan, amina):
    other = make.holder("Jan")
    make.portfolio("Verkeer", holder=other)
    with pytest.raises(ValidationError, match="gaat hier niet over"):
        verbs.ask(plan, by=amina, holder=other)
    plan.goal_links.all().delete()
    assert verbs.ask(plan, by=amina, holder=other)


def test_the_page_asks_once_and_takes_back(plan, amina, els, client):
    client.force_login(amina)
    address = f"/mijn/{plan.public_id}/meekijken/"
    assert address in client.get(f"/mijn/{plan.public_id}/").content.decode()
    assert "Kies wie je wilt vragen" in client.post(address, {"token": uuid.uuid4()}).content.decode()
    sent = {"token": uuid.uuid4(), "whom": els.key}
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    made = Onlooker.objects.get()
    assert "Het bureau van wethouder Els" in client.get(address).content.decode()
    client.post(f"{address}{made.pk}/weg/")
    assert "werkt niet meer" in client.get(address).content.decode()


def test_the_same_by_the_api(plan, amina, els, client):
    client.force_login(amina)
    address = f"/api/v1/initiatieven/{plan.reference}/meekijkers"
    key = {"Idempotency-Key": str(uuid.uuid4())}
    sent = {"portefeuillehouder": els.key}
    for _again in range(2):
        answer = client.post(address, sent, content_type="application/json", headers=key)
        assert [one["wie"] for one in answer.json()] == ["bureau"]
    assert client.delete(address).status_code == 204
    assert client.get(address).json()[0]["ingetrokkenOp"]


@pytest.mark.django_db(transaction=True)
def test_asking_at_once_makes_one(plan, amina, els):
    told = []

    def ask(_which):
        try:
            verbs.ask(plan, by=amina, holder=els)
        except ValidationError as refused:
            told.append(refused.messages[0])

    at_once(10, ask)
    assert Onlooker.objects.count() == Event.objects.filter(what="ask_onlooker").count() == 1
    assert told == ["Deze vraag stelde je al. Dat kan één keer in de 30 dagen."] * 9
