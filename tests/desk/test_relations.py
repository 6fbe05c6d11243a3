"""Organisations as officers know them: contact moments, what happened, next steps, and plans in silence."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Follow
from contacts.models import Person
from desk.relations import network, timeline, verbs
from initiatives.models import Clock, Interaction, Introduction, Message, Participant, PartnerLink, Update
from initiatives.verbs import start_clocks
from tests import make
from townhall.models import Event

pytestmark = pytest.mark.django_db
TODAY, LAST_WEEK, NEXT_WEEK = date(2026, 11, 13), date(2026, 11, 6), date(2026, 11, 20)
CLUB = "/werkbank/relaties/P01/"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def club(db):
    return make.organisation("Tuinclub", key="P01", offers="Zaad en handen")


@pytest.fixture
def school(db):
    return make.organisation("De Regenboog", key="P02")


@pytest.fixture
def piet(club):
    return Person.objects.create(name="Piet", organisation=club, source="markt", ground="task")


def said(**fields):
    return {"how": "Gebeld", "note": "Over zaad.", "on": TODAY} | fields


def refused(do):
    with pytest.raises(ValidationError) as caught:
        do()
    return {name: words[0] for name, words in getattr(caught.value, "message_dict", {}).items()}


# A contact moment -----------------------------------------------------------------------------------------
def test_one_moment_with_several_about_a_plan(amina, carla, club, school, piet):
    plan = make.initiative(by=amina)
    start_clocks(plan, LAST_WEEK)
    made = verbs.note_moment(
        by=carla, **said(), initiative=plan, organisations=[club, school], persons=[piet]
    )
    assert [set(one.interactions.all()) for one in (plan, club, school, piet)] == [{made}] * 4
    told = Event.objects.filter(what="record_contact").values_list("subject_kind", "subject_key", "by")
    assert set(told) == {
        ("initiative", str(plan.public_id), carla.pk),
        ("organisation", "P01", carla.pk),
        ("organisation", "P02", carla.pk),
        ("person", str(piet.pk), carla.pk),
    }
    assert Clock.objects.get(kind="contact").stopped_on == TODAY


def test_what_cannot_be(carla, club, piet):
    def note(**fields):
        return refused(lambda: verbs.note_moment(by=carla, **said(**({"organisations": [club]} | fields))))

    assert note(on=TODAY + timedelta(1)) == {"on": "Deze dag moet nog komen."}
    assert note(organisations=[]) == {
        "organisations": "Kies met wie je contact had, of over welk plan het ging."
    }
    assert note(next_step="Bellen") == {"next_on": "Vul in wanneer je dit uiterlijk doet."}
    assert note(next_on=NEXT_WEEK) == {"next_step": "Schrijf op wat je dan doet."}
    assert note(next_step="Bellen", next_on=LAST_WEEK) == {
        "next_on": "Deze dag is al voorbij. Kies een dag die nog komt."
    }
    assert "zaterdag" in note(next_step="Bellen", next_on=date(2026, 11, 21))["next_on"]
    Person.objects.update(ground="consent", consented_on=LAST_WEEK, withdrawn_on=TODAY)
    piet.refresh_from_db()
    assert "trok de toestemming in" in note(persons=[piet])["persons"]
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("who", ["amina", "dirk"])
def test_only_officers_write_down(who, request, club):
    with pytest.raises(PermissionDenied):
        verbs.note_moment(by=request.getfixturevalue(who), **said(), organisations=[club])


def test_nobody_writes_about_their_own_plan(carla, club):
    plan = make.initiative(by=carla)
    with pytest.raises(PermissionDenied):
        verbs.note_moment(by=carla, **said(), initiative=plan, organisations=[club])


def test_a_merged_organisation_is_told(carla, club, school):
    school.merged_into = club
    school.save()
    with pytest.raises(ValidationError) as caught:
        verbs.note_moment(by=carla, **said(), organisations=[school])
    assert caught.value.code == "conflict"


# The next step --------------------------------------------------------------------------------------------
def test_a_next_step_is_to_do_until_it_is_taken(client, carla, mo, club):
    made = verbs.note_moment(
        by=carla, **said(next_step="Zaad halen", next_on=NEXT_WEEK), organisations=[club]
    )
    client.force_login(carla)
    assert "Zaad halen" in client.get("/werkbank/relaties/").content.decode()
    with pytest.raises(PermissionDenied):
        verbs.take_step(made, by=mo)
    assert client.post(f"/werkbank/relaties/stap/{made.pk}/")["Location"] == "/werkbank/relaties/"
    made.refresh_from_db()
    assert made.next_done_on == TODAY
    assert "Zaad halen" not in client.get("/werkbank/relaties/").content.decode()
    with pytest.raises(ValidationError):
        verbs.take_step(made, by=carla)
    client.force_login(mo)
    assert client.post(f"/werkbank/relaties/stap/{made.pk}/").status_code == 404


# The pages ------------------------------------------------------------------------------------------------
def typed(**fields):
    sent = {"token": str(uuid.uuid4()), "how": "telefoon", "on": "2026-11-13", "note": "Over zaad."}
    return sent | {"organisations": "tuinclub"} | fields


def test_the_form_notes_once_and_knows_names(client, carla, club, school, piet):
    plan = make.initiative(reference="IW-2026-0900")
    client.force_login(carla)
    sent = typed(organisations="tuinclub\nP02", persons=[piet.pk], initiative="iw-2026-0900")
    for _click in range(2):
        assert client.post(f"{CLUB}contactmoment/", sent)["Location"] == CLUB
    made = Interaction.objects.get()
    assert (made.how, made.initiative, set(made.organisations.all())) == ("Gebeld", plan, {club, school})
    assert list(made.persons.all()) == [piet]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"organisations": "Tuinklub"}, "“Tuinklub” kennen we niet. Bedoel je Tuinclub?"),
        ({"initiative": "IW-2026-9999"}, "Dit plan kennen we niet."),
        ({"on": "2026-11-14"}, "Deze dag moet nog komen."),
        ({"on": "morgen"}, "Schrijf de dag zo"),
        ({"note": ""}, "Schrijf kort op waar het over ging."),
        ({"next_step": "Bellen"}, "Vul in wanneer je dit uiterlijk doet."),
        ({"persons": ["0"]}, "Deze keuze is er niet meer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(wrong, words, client, carla, club, piet):
    client.force_login(carla)
    answer = client.post(f"{CLUB}contactmoment/", typed(next_step="Zaad halen", next_on="") | wrong)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert (wrong.get("next_step") or "Zaad halen") in page
    assert not Interaction.objects.exists()


def test_the_timeline_tells_everything_and_keeps_the_talk_of_a_plan(client, amina, carla, mo, club):
    contact = make.manager("Adviseur groen", user=mo)
    plan = make.initiative("Moestuin", by=amina, contact=contact, organisation=club)
    Introduction.objects.create(initiative=plan, organisation=club, text="Geheim")
    PartnerLink.objects.create(initiative=plan, organisation=club)
    make.commitment(plan, "We geven zaad", organisation=club)
    verbs.note_moment(by=mo, **said(note="Tussen ons"), initiative=plan, organisations=[club])
    verbs.note_moment(by=mo, **said(note="Voor allemaal", on=LAST_WEEK), organisations=[club])
    make.initiative("Nog geheim", state="draft", organisation=club)
    client.force_login(carla)
    page = client.get(CLUB).content.decode()
    for words in (
        "Gebeld",
        "Voor allemaal",
        "Voorgesteld aan een plan",
        "Doet mee met een plan",
        "We geven zaad",
    ):
        assert words in page
    for words in ("Tussen ons", "Geheim", "Nog geheim"):
        assert words not in page
    assert "Het verslag leest alleen wie contactpersoon is." in page
    assert {entry.kind for entry in timeline.of(club, carla)} == {
        "contactmoment", "kennismaking", "partner", "plan", "toezegging",
    }  # fmt: skip
    client.force_login(mo)
    assert "Tussen ons" in client.get(CLUB).content.decode()


def test_an_officer_does_not_read_the_talk_about_their_own_plan(carla, mo, club):
    plan = make.initiative(by=carla, contact=make.manager("Adviseur", user=mo))
    verbs.note_moment(by=mo, **said(), initiative=plan, organisations=[club])
    assert list(Interaction.objects.visible_to(carla)) == []
    assert Interaction.objects.visible_to(mo).count() == 1


def test_the_list_says_when_and_who_was_never_asked(
    client, carla, club, school, django_assert_max_num_queries
):
    verbs.note_moment(by=carla, **said(on=date(2025, 1, 6)), organisations=[club])
    client.force_login(carla)
    assert "6 januari 2025" in client.get("/werkbank/relaties/").content.decode()

    def asked(value):
        page = client.get(f"/werkbank/relaties/?gesproken={value}")
        return [one.key for one in page.context["page_obj"]]

    assert (asked("nooit-gevraagd"), asked("lang-geleden")) == (["P02"], ["P01"])
    for number in range(30):
        verbs.note_moment(by=carla, **said(), organisations=[make.organisation(f"Club {number}")])
    with django_assert_max_num_queries(13):
        client.get("/werkbank/relaties/")
    with django_assert_max_num_queries(22):
        client.get(CLUB)


# Plans in silence -----------------------------------------------------------------------------------------
SIGNS = {
    "moment": lambda plan, day: Interaction.objects.create(initiative=plan, on=day, how="Gebeld", note="x"),
    "message": lambda plan, day: Message.objects.create(initiative=plan, text="x", at=day),
    "volunteer": lambda plan, day: Participant.objects.create(
        initiative=plan, name="Geert", role="volunteer", email="g@voorbeeld.example", since=day
    ),
    "partner": lambda plan, day: PartnerLink.objects.create(
        initiative=plan, organisation=make.organisation(), on=day
    ),
    "introduction": lambda plan, day: Introduction.objects.create(
        initiative=plan, organisation=make.organisation(), text="x", at=day
    ),
    "update": lambda plan, day: Update.objects.create(initiative=plan, text="x", at=day),
    "follower": lambda plan, day: Follow.objects.create(
        user=make.user(), kind="initiative", key=str(plan.public_id), since=day
    ),
}


def ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_life_breaks_the_silence(sign, client, carla):
    quiet = make.initiative("Stil", submitted_at=ago(200))
    alive = make.initiative("Levend", submitted_at=ago(200))
    SIGNS[sign](quiet, ago(80))
    SIGNS[sign](alive, ago(10))
    client.force_login(carla)
    found = client.get("/werkbank/relaties/stil/").context["page_obj"].object_list
    assert [(plan.title, plan.last_sign) for plan in found] == [("Stil", ago(80).date())]
    assert list(client.get("/werkbank/relaties/stil/?dagen=90").context["page_obj"]) == []
    assert client.get("/api/v1/stille-initiatieven?dagen=30").json()["aantal"] == 1


def test_only_public_plans_that_run_are_silent(client, carla):
    old = {"submitted_at": ago(200)}
    part = make.district("Noord")
    make.initiative("Stil", **old, district=part)
    make.initiative("Pas", submitted_at=ago(10))
    make.initiative("Binnen", public=False, **old)
    for state in ("paused", "stopped", "realised", "referred"):
        make.initiative(state, state=state, **old)
    client.force_login(carla)

    def asked(query=""):
        return [plan.title for plan in client.get(f"/werkbank/relaties/stil/{query}").context["page_obj"]]

    assert (asked(), asked("?wijk=noord"), asked("?dagen=x")) == (["Stil"], ["Stil"], asked("?dagen=x"))
    assert client.get("/api/v1/stille-initiatieven?dagen=x").status_code == 400


# The API --------------------------------------------------------------------------------------------------
def test_the_same_by_the_api(client, carla, mo, club, piet):
    client.force_login(carla)

    def send(**fields):
        sent = {"op": "2026-11-13", "hoe": "telefoon", "verslag": "Over zaad.", "organisaties": ["P01"]}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        return client.post(
            "/api/v1/contactmomenten", sent | fields, content_type="application/json", headers=key
        )

    made = send(personen=[piet.pk], volgendeStap="Bellen", volgendeStapOp="2026-11-20")
    assert made.status_code == 201, made.json()
    assert (made.json()["personen"], made.json()["hoe"]) == ([piet.pk], "Gebeld")
    wrong = (
        send(organisaties=["P99"]),
        send(personen=[10**14]),
        send(initiatief="niets"),
        send(op="2030-01-01"),
    )
    assert [[one["name"] for one in answer.json()["invalidParams"]] for answer in wrong] == [
        ["organisaties"], ["personen"], ["initiatief"], ["op"],
    ]  # fmt: skip
    address = f"/api/v1/contactmomenten/{made.json()['kenmerk']}/volgende-stap"
    assert client.post(address).json()["gedaanOp"] == "2026-11-13"
    assert client.post(address).status_code == 409
    told = client.get("/api/v1/relaties/P01/tijdlijn").json()
    assert [(one["soort"], one["verslag"]) for one in told] == [("contactmoment", "Over zaad.")]
    assert client.get("/api/v1/relaties/P01").json()["laatsteContact"] == "2026-11-13"
    client.force_login(mo)
    assert client.get("/api/v1/contactmomenten").json()["aantal"] == 1
    assert client.post(address).status_code == 404


# Who works with whom --------------------------------------------------------------------------------------
def test_the_picture_has_organisations_and_public_plans_and_the_list_the_same(
    client, amina, carla, club, school
):
    garden = make.initiative("Moestuin", by=amina, organisation=club, district=make.district("Noord"))
    PartnerLink.objects.create(initiative=garden, organisation=school)
    hidden = make.initiative("Nog binnen", public=False)
    PartnerLink.objects.create(initiative=hidden, organisation=school)
    make.initiative("Zonder iemand")
    client.force_login(carla)
    page = client.get("/werkbank/relaties/netwerk/")
    shown = page.content.decode()
    assert [(one.key, [plan.title for plan in plans]) for one, plans in page.context["rows"]] == [
        ("P02", ["Moestuin"]), ("P01", ["Moestuin"]),
    ]  # fmt: skip
    assert shown.count("iw-network__line") == 2
    for words in ("Nog binnen", "Zonder iemand", "Amina"):
        assert words not in shown
    lines = {"organisatie": "P01", "initiatief": garden.reference}
    told = client.get("/api/v1/netwerk?partner=P02").json()
    assert (lines in told["lijnen"], [one["kenmerk"] for one in told["initiatieven"]]) == (
        True, [garden.reference],
    )  # fmt: skip
    assert client.get("/api/v1/netwerk?wijk=atlantis&x=1").status_code == 400
    assert client.get("/werkbank/relaties/netwerk/?wijk=atlantis").status_code == 200


def test_the_picture_is_bounded_and_costs_the_same(client, carla, django_assert_max_num_queries):
    for number in range(40):
        make.initiative(f"Plan {number}", organisation=make.organisation())
    client.force_login(carla)
    with django_assert_max_num_queries(13):
        page = client.get("/werkbank/relaties/netwerk/")
    assert len(page.context["drawing"].plans) == 25
    assert "de 25 nieuwste plannen" in page.content.decode()


def test_a_partner_works_together_with_who_shares_a_public_plan(client, club, school):
    garden = make.initiative(organisation=club)
    PartnerLink.objects.create(initiative=garden, organisation=school)
    hidden = make.initiative(organisation=club, public=False)
    PartnerLink.objects.create(initiative=hidden, organisation=make.organisation("Stille club"))
    page = client.get("/partners/P01/")
    assert [one.key for one in page.context["company"]] == ["P02"]


def test_the_drawing_is_the_same_every_time_and_few_lines_cross():
    left, right = [("a", "A"), ("b", "B" * 60), ("c", "C")], [("x", "X"), ("y", "Y"), ("z", "Z")]
    links = [("a", "z"), ("b", "y"), ("c", "x")]
    drawn = network.lay_out(left, right, links)
    assert drawn == network.lay_out(left[::-1], right[::-1], links[::-1])
    assert all(one == other for one, other in drawn.lines)
    assert {len(node.name) for node in drawn.organisations} == {1, network.LETTERS}
    assert network.lay_out([], [], []).lines == []
