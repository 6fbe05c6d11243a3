"""A referred plan really goes somewhere: the initiator reads to whom, and only a yes sends it on."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Consent, Notice
from agreements.models import Referral
from agreements.referrals import verbs
from desk.referrals.forms import ReferForm
from initiatives import verbs as plans
from initiatives.models import State
from tests import make
from tests.racing import at_once
from townhall.calendar import add_working_days
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
TO = {"name": "Waterschap", "email": "info@waterschap.example", "phone": "0123"}
TEXTS = {"why": "Zij gaan over de sloot.", "expect": "Zij bellen binnen twee weken."}


@pytest.fixture(autouse=True)
def _then(db):
    with time_machine.travel("2027-03-01 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    contact = make.manager("Adviseur groen", user=carla, email="groen@kleindorp.example")
    return make.initiative("De sloot schoon", by=amina, contact=contact, public=False)


@pytest.fixture
def referral(plan, carla):
    return verbs.refer(plan, by=carla, **TO, **TEXTS)


def sent_to(address):
    """The mail to this address, as it is read."""
    found = OutboxMessage.objects.filter(kind="mail", payload__to=address)
    return "".join(bytes(one.body).decode().replace("=\n", "") for one in found)


def test_the_initiator_reads_to_whom_why_and_what_to_expect(referral, plan, amina):
    plan.refresh_from_db()
    assert (plan.state, plan.state_reason) == (State.REFERRED, "Waterschap")
    letter = sent_to(amina.email)
    for words in ("Waterschap", TEXTS["why"], TEXTS["expect"], "info@waterschap.example, 0123"):
        assert words in letter
    assert sent_to("info@waterschap.example") == ""
    assert not plan.clocks.running().exists()


def test_a_yes_sends_text_and_address_once(referral, plan, amina):
    verbs.send_on(referral, by=amina)
    letter = sent_to("info@waterschap.example")
    for words in ("De sloot schoon", plan.story, amina.email, "/doorverwezen/"):
        assert words in letter
    assert Consent.objects.get().user == amina
    assert Referral.objects.get().due_on == date(2027, 3, 15)
    with pytest.raises(ValidationError, match="al doorgestuurd"):
        verbs.send_on(referral, by=amina)
    assert OutboxMessage.objects.filter(payload__to="info@waterschap.example").count() == 1


def test_who_may_do_what(plan, referral, amina, bram, carla, dirk):
    for user in (bram, carla, dirk):
        with pytest.raises(PermissionDenied):
            verbs.send_on(referral, by=user)
    other = make.initiative(by=carla)
    for user in (amina, bram, dirk, carla):
        with pytest.raises(PermissionDenied):
            verbs.refer(other, by=user, **TO, **TEXTS)
    with pytest.raises(ValidationError, match="het plan staat op ‘doorverwezen’"):
        verbs.refer(plan, by=carla, **TO, **TEXTS)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "", "email": "", "phone": ""}, "Kies een partner, of schrijf op wie erover gaat"),
        ({"email": "", "phone": " "}, "Vul een e-mailadres of een telefoonnummer in"),
        ({"email": "", "phone": "bel maar"}, "Dit is geen telefoonnummer"),
        ({"why": " "}, "Schrijf op waarom zij erover gaan"),
        ({"expect": ""}, "wat de initiatiefnemer mag verwachten"),
    ],
)
def test_what_is_missing_is_said(changed, words, plan, carla):
    with pytest.raises(ValidationError, match=words):
        verbs.refer(plan, by=carla, **TO | TEXTS | changed)
    assert not Referral.objects.exists()


def test_a_partner_without_a_mailbox_cannot_be_sent_to(plan, carla, amina):
    club = make.organisation("Tuinclub", website="https://tuin.example")
    with pytest.raises(ValidationError, match="Niet allebei"):
        verbs.refer(plan, by=carla, organisation=club, **TO, **TEXTS)
    made = verbs.refer(plan, by=carla, organisation=club, **TEXTS)
    assert made.may_be_sent is False
    with pytest.raises(ValidationError, match="geen e-mailadres van Tuinclub"):
        verbs.send_on(made, by=amina)


def test_a_record_that_went_on_in_another_is_not_chosen(client, plan, carla):
    stays = make.organisation("Tuinclub")
    gone = make.organisation("Tuinklub", merged_into=stays)
    form = ReferForm()
    assert [key for key, _name in form.fields["organisation"].choices] == ["", stays.key]
    client.force_login(carla)
    told = {"partner": gone.key, "waarom": "Groen.", "teVerwachten": "Een brief.", "versie": plan.version}
    address = f"/api/v1/initiatieven/{plan.reference}/doorverwijzing"
    answer = client.post(address, told, content_type="application/json")
    assert [one["name"] for one in answer.json()["invalidParams"]] == ["partner"]


def test_the_receiver_answers_by_the_link(client, referral, plan, amina, carla):
    assert client.get(referral.link()).status_code == 404  # not sent on yet
    verbs.send_on(referral, by=amina)
    referral.refresh_from_db()
    page = client.get(referral.link()).content.decode()
    assert plan.story in page
    assert amina.email not in page
    assert "Kies wat jullie doen." in client.post(referral.link(), {"note": "Hoi"}).content.decode()
    for choice in ("received", "takes_on"):
        assert client.post(referral.link(), {"choice": choice, "note": "Wij bellen."}).status_code == 302
        assert client.get(referral.link()).status_code == 200
    referral.refresh_from_db()
    assert (referral.answer, referral.note) == ("takes_on", "Wij bellen.")
    assert Notice.objects.filter(event__what="referral_answered", user=amina).count() == 2
    assert "pakt je plan op" in sent_to(amina.email)
    assert client.post(referral.link(), {"choice": "declines"}).status_code == 409
    with pytest.raises(ValidationError, match="er is al geantwoord"):
        verbs.answer(referral, choice="declines")


def test_the_link_ends(client, referral, plan, amina, carla):
    verbs.send_on(referral, by=amina)
    link = referral.link()
    assert client.get(f"/doorverwezen/{referral.pk}:vervalst/").status_code == 404
    with time_machine.travel("2027-05-03 10:00+02:00", tick=False):
        assert client.get(link).status_code == 404
    plan.refresh_from_db()
    plans.step("reopen", plan, by=carla)
    assert client.get(link).status_code == 404
    with pytest.raises(ValidationError, match="het plan is terug"):
        verbs.answer(referral, choice="received")
    second = verbs.refer(plan, by=carla, **TO | {"name": "Provincie"}, **TEXTS)
    assert list(plan.referrals.current()) == [second]


def test_a_yes_can_be_taken_back(client, referral, plan, amina, bram, carla):
    verbs.send_on(referral, by=amina)
    verbs.answer(referral, choice="takes_on")
    referral.refresh_from_db()
    for user in (bram, carla):
        with pytest.raises(PermissionDenied):
            verbs.take_back(referral, by=user)
    verbs.take_back(referral, by=amina)
    assert client.get(referral.link()).status_code == 404
    assert Consent.objects.get().withdrawn_at is not None
    assert "De link werkt niet meer." in sent_to("info@waterschap.example")
    assert Notice.objects.get(event__what="referral_taken_back").user == carla
    Referral.objects.update(answer="", answered_at=None)
    assert verbs.remind(date(2027, 4, 1)) == 0  # nobody waits for an answer
    assert not Referral.objects.late(date(2027, 4, 1)).exists()
    with pytest.raises(ValidationError, match="Dit kan niet meer") as refused:
        verbs.take_back(referral, by=amina)
    assert refused.value.code == "conflict"


def test_after_a_no_the_plan_is_not_read_any_more(client, referral, amina):
    verbs.send_on(referral, by=amina)
    said = client.post(referral.link(), {"choice": "declines"}, follow=True)
    assert "De initiatiefnemer en de gemeente horen het." in said.text
    assert client.get(referral.link()).status_code == 404


def test_silence_is_told_to_the_contact_once_and_again_after_received(referral, amina, carla):
    verbs.send_on(referral, by=amina)
    days = [date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 17), date(2027, 3, 20)]
    assert [verbs.remind(day) for day in days] == [0, 1, 0, 0]
    assert Notice.objects.get(event__what="referral_silent").user == carla
    with time_machine.travel("2027-03-17 10:00+01:00", tick=False):
        verbs.answer(referral, choice="received")
    due = Referral.objects.get().due_on
    assert [verbs.remind(day) for day in (due, add_working_days(due, 1))] == [0, 1]


def test_the_pages(client, plan, amina, carla, bram):
    client.force_login(carla)
    address = f"/werkbank/{plan.reference}/doorverwijzen/"
    sent = {"token": uuid.uuid4(), "version": plan.version} | TO | TEXTS
    wrong = client.post(address, sent | {"email": "geen adres"})
    assert wrong.status_code == 400
    assert TEXTS["why"] in wrong.content.decode()
    stale = client.post(address, sent | {"version": 7})
    assert (stale.status_code, TEXTS["why"] in stale.content.decode()) == (409, True)
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    assert "Waterschap" in client.get(address).content.decode()
    client.force_login(amina)
    mine = f"/mijn/{plan.public_id}/doorverwezen/"
    page = client.get(mine).content.decode()
    assert "Of stuur het zelf" in page
    assert client.post(mine).status_code == 302
    assert client.post(mine).status_code == 409
    assert "Trek mijn ja in" in client.get(mine).text
    assert client.post(mine, {"trek-in": "ja"}).status_code == 302
    assert client.post(mine, {"trek-in": "ja"}).status_code == 409
    page = client.get(mine).text
    assert ("Niet meer bij hen te lezen" in page, "Trek mijn ja in" in page) == (True, False)
    client.force_login(bram)
    assert client.get(mine).status_code == 404


def test_the_same_by_the_api(client, plan, amina, carla):
    client.force_login(carla)
    address = f"/api/v1/initiatieven/{plan.reference}/doorverwijzing"
    told = {"naam": "Waterschap", "email": TO["email"], "waarom": TEXTS["why"], "teVerwachten": "Een brief."}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for _again in range(2):
        made = client.post(
            address, told | {"versie": plan.version}, content_type="application/json", headers=key
        )
        assert (made.status_code, made.json()["aan"]) == (201, "Waterschap")
    client.force_login(amina)
    assert client.post(f"{address}/toestemming", {}, content_type="application/json").json()["doorgestuurdOp"]
    assert client.post(f"{address}/toestemming", {}, content_type="application/json").status_code == 409
    back = f"{address}/intrekking"
    assert client.post(back, {}, content_type="application/json").status_code == 200
    assert client.post(back, {}, content_type="application/json").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_once_keep_one(referral, amina):
    verbs.send_on(referral, by=amina)
    told = []

    def answer(which):
        try:
            verbs.answer(referral, choice=("takes_on", "declines")[which % 2])
        except ValidationError as refused:
            told.append(refused.messages[0])

    at_once(50, answer)
    assert len(told) == 49
    assert Event.objects.filter(what="referral_answered").count() == 1
