"""People without an account: noted with a source and a ground, told, looked at with a reason, forgotten."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.models import Person
from desk.persons import verbs
from desk.relations.verbs import note_moment
from initiatives.models import Interaction
from tests import make
from townhall.models import Event, Look, OutboxMessage

pytestmark = pytest.mark.django_db
TODAY, LAST_WEEK = date(2026, 11, 13), date(2026, 11, 6)
PAGES = "/werkbank/relaties/personen/"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        make.municipality()
        make.front_desk(email="loket@kleindorp.example")
        yield


@pytest.fixture
def piet(carla):
    made = verbs.note_person(by=carla, **about())
    Person.objects.update(noted_at=timezone.now())  # the database has a clock of its own
    return made


def about(**fields):
    return {
        "name": "Piet Bakker",
        "email": "piet@voorbeeld.example",
        "phone": "0612",
        "source": "de website van de club",
        "ground": "task",
    } | fields


def refused(do):
    with pytest.raises(ValidationError) as caught:
        do()
    return caught.value


def mails():
    return [(mail.payload["to"], bytes(mail.body).decode()) for mail in OutboxMessage.objects.all()]


def test_a_telephone_number_can_be_dialled(carla):
    for number in ("bel maar", "06", "0612 (na zes uur)"):
        assert (
            "phone"
            in refused(lambda number=number: verbs.note_person(by=carla, **about(phone=number))).error_dict
        )
    for number in (
        "14 0123",
        "+31 6 12345678",
        "(0123) 45 67 89",
        "0800-1234",
        "0123-456789, toestel 12",
        "",
    ):
        assert verbs.note_person(by=carla, **about(phone=number)).phone == number


# Noting -------------------------------------------------------------------------------------------------
def test_a_person_has_a_source_and_a_ground(carla):
    assert refused(lambda: verbs.note_person(by=carla, **about(source=" "))).message_dict == {
        "source": ["Schrijf op hoe je aan deze gegevens komt."]
    }
    no_day = refused(lambda: verbs.note_person(by=carla, **about(ground="consent")))
    assert no_day.message_dict == {"consented_on": ["Vul in wanneer deze persoon ja zei."]}
    assert "ground" in refused(lambda: verbs.note_person(by=carla, **about(ground=""))).message_dict
    later = about(ground="consent", consented_on=TODAY + timedelta(1))
    assert "consented_on" in refused(lambda: verbs.note_person(by=carla, **later)).message_dict
    for wrong in (
        {"ground": "ja"},
        {"ground": "consent"},
        {"consented_on": TODAY, "withdrawn_on": LAST_WEEK},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(**about(**wrong))


@pytest.mark.parametrize("who", ["amina", "dirk"])
def test_only_officers_come_near(who, request, piet):
    by = request.getfixturevalue(who)
    for do in (
        lambda: verbs.note_person(by=by, **about()),
        lambda: verbs.change_person(piet, by=by, name="X"),
        lambda: verbs.inform(piet, by=by),
        lambda: verbs.told(piet, by=by, on=TODAY),
        lambda: verbs.withdraw(piet, by=by, on=TODAY),
        lambda: verbs.look(piet, by=by, reason="x"),
        lambda: verbs.forget(piet, by=by),
    ):
        with pytest.raises(PermissionDenied):
            do()
    assert not Person.objects.visible_to(by).exists()


def test_events_hold_no_name(carla, piet):
    verbs.change_person(piet, by=carla, name="Piet de Bakker")
    told = (
        Event.objects.filter(subject_kind="person")
        .order_by("pk")
        .values_list("subject_key", "what", "details")
    )
    assert list(told) == [(piet.key, "create", {}), (piet.key, "change", {"fields": ["name"]})]


def test_who_saves_second_is_told(carla, mo, piet):
    verbs.change_person(Person.objects.get(), by=mo, version=1, phone="0613")
    assert refused(lambda: verbs.change_person(piet, by=carla, version=1, phone="0614")).code == "conflict"


# Telling ------------------------------------------------------------------------------------------------
def test_the_letter_says_what_where_why_and_what_one_can_do(carla, piet):
    verbs.inform(piet, by=carla, version=1)
    [(to, body)] = mails()
    assert to == "piet@voorbeeld.example"
    for words in (
        "Beste Piet Bakker",
        "de website van de club",
        "taak van algemeen belang",
        "bezwaar",
        "wissen",
    ):
        assert words in body
    assert "Je toestemming intrekken" not in body
    assert "Reply-To: loket@kleindorp.example" in body
    assert Person.objects.get().informed_on == TODAY
    assert refused(lambda: verbs.inform(Person.objects.get(), by=carla)).code == "conflict"
    assert len(mails()) == 1


def test_told_in_another_way(carla, piet):
    assert "on" in refused(lambda: verbs.told(piet, by=carla, on=TODAY + timedelta(1))).message_dict
    assert verbs.told(piet, by=carla, on=LAST_WEEK).informed_on == LAST_WEEK
    Person.objects.update(email="", informed_on=None)
    assert "per post" in refused(lambda: verbs.inform(Person.objects.get(), by=carla)).messages[0]


def test_who_noted_somebody_is_reminded_once(carla, piet):
    late = timezone.now() + timedelta(days=24)
    assert verbs.remind(timezone.now()) == 0
    assert [verbs.remind(late), verbs.remind(late)] == [1, 0]
    [(to, body)] = mails()
    assert (to, "Piet" in body) == (carla.email, False)
    assert "13 december" in body


def test_one_mail_tells_of_all_and_the_next_ones_get_their_turn(carla, mo, piet):
    for name in ("Els", "Jan"):
        verbs.note_person(by=carla, **about(name=name))
    verbs.note_person(by=mo, **about(name="Mia"))
    gone = verbs.note_person(by=carla, **about(ground="consent", consented_on=LAST_WEEK))
    verbs.withdraw(gone, by=carla, on=TODAY)
    Person.objects.update(noted_at=timezone.now())
    saturday = timezone.now() + timedelta(days=22)
    assert (saturday.weekday(), verbs.remind(saturday)) == (5, 0)
    monday = saturday + timedelta(days=2)
    assert [verbs.remind(monday), verbs.remind(monday)] == [4, 0]
    told = dict(mails())
    assert sorted(told) == sorted([carla.email, mo.email])
    assert len(mails()) == 2
    assert "Vertel mensen dat we gegevens bewaren (3)" in told[carla.email]
    assert "3 mensen" in told[carla.email]
    assert "toon%3Dniet-verteld" in told[carla.email].replace("=\n", "")


def test_the_front_desk_is_reminded_where_nobody_is_left_and_nobody_who_knows(carla, piet):
    other = verbs.note_person(by=carla, **about(name="Els"))
    verbs.told(other, by=carla, on=TODAY)
    Person.objects.update(noted_by=None, noted_at=timezone.now())
    assert verbs.remind(timezone.now() + timedelta(days=24)) == 1
    assert [to for to, _body in mails()] == ["loket@kleindorp.example"]


# Consent ------------------------------------------------------------------------------------------------
def test_a_consent_is_taken_back(carla, mo):
    els = verbs.note_person(by=carla, **about(ground="consent", consented_on=LAST_WEEK))
    too_early = refused(lambda: verbs.withdraw(els, by=carla, on=LAST_WEEK - timedelta(1)))
    assert too_early.message_dict == {"on": ["Toen was de toestemming er nog niet."]}
    now = verbs.withdraw(els, by=carla, on=TODAY)
    assert not now.may_be_used
    assert refused(lambda: verbs.withdraw(now, by=carla, on=TODAY)).code == "conflict"
    assert "ingetrokken" in refused(lambda: verbs.inform(now, by=carla)).messages[0]
    assert list(verbs.to_forget()) == [els]


# Looking ------------------------------------------------------------------------------------------------
def test_how_to_reach_somebody_is_seen_with_a_reason_and_noted(client, mo, piet):
    client.force_login(mo)
    page = f"{PAGES}{piet.pk}/"
    for address in (PAGES, page):
        assert "piet@voorbeeld.example" not in client.get(address).content.decode()
    empty = client.post(f"{page}inkijken/", {"reason": " "})
    assert empty.status_code == 400
    assert "Schrijf waarom je dit wilt zien" in empty.content.decode()
    shown = client.post(f"{page}inkijken/", {"reason": "Bellen over het plein"})
    assert "piet@voorbeeld.example" in shown.content.decode()
    look = Look.objects.get()
    assert (look.by, look.subject_kind, look.subject_key, look.reason) == (
        mo, "person", piet.key, "Bellen over het plein",
    )  # fmt: skip


def test_who_noted_somebody_looks_without_a_reason_and_that_is_noted_too(carla, piet):
    verbs.look(piet, by=carla)
    assert Look.objects.get().by == carla


# Forgetting ---------------------------------------------------------------------------------------------
def test_two_years_without_contact(carla, piet):
    spoken = verbs.note_person(by=carla, **about(name="Els"))
    Person.objects.update(noted_at=timezone.now())
    late = TODAY + verbs.KEPT + timedelta(days=1)
    Interaction.objects.create(on=TODAY + timedelta(5), how="Gebeld", note="x").persons.add(spoken)
    assert list(verbs.to_forget(TODAY)) == []
    assert list(verbs.to_forget(late)) == [piet]


def test_forgetting_takes_the_talks_with_only_them(carla, mo, piet):
    els, club = verbs.note_person(by=mo, **about(name="Els")), make.organisation()
    talk = {"how": "Gebeld", "note": "Over thuis.", "on": TODAY, "by": carla}
    note_moment(**talk, persons=[piet])
    kept = {
        note_moment(**talk, persons=[piet, els]),
        note_moment(**talk, persons=[piet], organisations=[club]),
    }
    with pytest.raises(PermissionDenied):
        verbs.forget(els, by=carla)
    verbs.forget(piet, by=carla, version=1)
    assert (set(Interaction.objects.all()), list(Person.objects.all())) == (kept, [els])
    assert Event.objects.filter(what="forget").values_list("details", flat=True).get() == {"moments": 1}
    assert refused(lambda: verbs.forget(piet, by=carla)).code == "conflict"


# Doors ----------------------------------------------------------------------------------------------------
def test_the_pages_from_noting_to_forgetting(client, carla):
    club = make.organisation("Tuinclub")
    client.force_login(carla)
    sent = {"token": str(uuid.uuid4()), **about(organisation="tuinclub")}
    for _click in range(2):
        answer = client.post(f"{PAGES}nieuw/", sent)
    page = answer["Location"]
    piet = Person.objects.get()
    assert (page, piet.organisation, piet.noted_by) == (f"{PAGES}{piet.pk}/", club, carla)
    assert "Beste Piet Bakker" in client.get(page).content.decode()
    moment = {
        "token": str(uuid.uuid4()),
        "how": "telefoon",
        "on": "2026-11-13",
        "note": "Hoi",
        "persons": [piet.pk],
    }
    assert client.post(f"{page}contactmoment/", moment)["Location"] == page
    assert "Hoi" in client.get(page).content.decode()
    assert client.post(f"{page}brief/", {"version": 1})["Location"] == page
    stale = client.post(f"{page}veranderen/", about(version=1, name="Piet B.", organisation=""))
    assert stale.status_code == 409
    assert 'value="Piet B."' in stale.content.decode()
    again = stale.context["acts"]
    form = next(one["form"] for one in again if one["name"] == "veranderen")
    assert client.post(f"{page}veranderen/", dict(form.data.items()))["Location"] == page
    assert (Person.objects.get().name, Person.objects.get().organisation) == ("Piet B.", None)
    assert client.get(f"{PAGES}?zoek=piet").context["page_obj"].paginator.count == 1
    assert client.post(f"{page}wissen/", {"version": 3})["Location"] == PAGES
    assert client.get(page).status_code == 404


def test_what_is_wrong_is_said_and_stays(client, carla):
    client.force_login(carla)
    sent = {"token": str(uuid.uuid4()), **about(organisation="Tuinklub", email="geen adres", source="")}
    page = client.post(f"{PAGES}nieuw/", sent)
    assert page.status_code == 400
    for words in ("“Tuinklub” kennen we niet.", "Dit is geen e-mailadres.", 'value="geen adres"'):
        assert words in page.content.decode()


def test_the_list_costs_the_same_for_many(client, carla, django_assert_max_num_queries):
    for number in range(30):
        verbs.note_person(by=carla, **about(name=f"Iemand {number}", organisation=make.organisation()))
    client.force_login(carla)
    with django_assert_max_num_queries(10):
        client.get(f"{PAGES}?toon=niet-verteld")
    assert client.get(f"{PAGES}?toon=te-wissen").context["page_obj"].paginator.count == 0


def test_the_same_by_the_api(client, carla, mo):
    client.force_login(carla)
    sent = {"naam": "Piet", "email": "piet@voorbeeld.example", "bron": "de markt", "grondslag": "toestemming"}
    sent["toestemmingOp"] = "2026-11-06"
    key = {"Idempotency-Key": str(uuid.uuid4())}
    made = client.post("/api/v1/personen", sent, content_type="application/json", headers=key)
    assert made.status_code == 201, made.json()
    assert "email" not in made.json()
    here = f"/api/v1/personen/{made.json()['kenmerk']}"

    def send(act, **told):
        return client.post(f"{here}/{act}", told, content_type="application/json")

    changed = client.patch(here, {"naam": "Piet B.", "versie": 1}, content_type="application/json")
    assert (changed.status_code, changed.json()["versie"]) == (200, 2)
    assert send("brief", versie=2).json()["verteldOp"] == "2026-11-13"
    assert send("verteld", versie=3, op="2026-11-12").status_code == 409
    assert send("intrekking", versie=3, op="2026-11-12").json()["ingetrokkenOp"] == "2026-11-12"
    client.force_login(mo)
    assert send("inkijken").status_code == 400
    assert send("inkijken", reden="Bellen").json()["email"] == "piet@voorbeeld.example"
    assert send("wissing", versie=4).status_code == 204
    assert client.get(here).status_code == 404
