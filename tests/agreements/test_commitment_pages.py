"""Promises at both doors: the pages of a plan, the public list and its feed, the forms, and the API."""

import uuid
from datetime import date
from html import unescape
from xml.etree import ElementTree as ET

import pytest
import time_machine

from agreements.commitments import verbs
from agreements.models import Commitment, Shift
from initiatives import verbs as plans
from tests import make
from townhall.models import Event

pytestmark = pytest.mark.django_db
TODAY, DUE, LATER = date(2026, 11, 13), date(2026, 12, 1), date(2027, 1, 12)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        make.municipality()
        yield


@pytest.fixture
def plan(amina, carla):
    department = make.department("Buitenruimte", key="buiten")
    contact = make.manager(
        "Adviseur groen", user=carla, email="groen@kleindorp.example", department=department
    )
    return make.initiative("Het plein groen", by=amina, contact=contact, district=make.district("Noord"))


@pytest.fixture
def cleaning(plan, carla):
    """Promised last spring, moved once, and late."""
    with time_machine.travel("2026-03-02 10:00+01:00", tick=False):
        made = verbs.promise(
            plan, by=carla, text="We maken het plein schoon", due_on=date(2026, 4, 1), manager=plan.contact,
            quantity=40, unit_name="zakken",
        )  # fmt: skip
        verbs.shift(made, by=carla, to_day=date(2026, 5, 1), reason="De veegploeg was ziek")
    return Commitment.objects.get(pk=made.pk)


def words(page):
    """What stands on a page, without marks, on one line."""
    return " ".join(unescape(page.content.decode()).split())


def desk(plan):
    return f"/werkbank/{plan.reference}/"


# The pages of a plan --------------------------------------------------------------------------------------
def test_everybody_reads_that_it_is_late_why_it_moved_and_what_the_municipality_brings(
    client, cleaning, plan, amina, carla
):
    for who, address in (
        (None, f"/initiatieven/{plan.reference}/"),
        (amina, f"/mijn/{plan.public_id}/"),
        (carla, desk(plan)),
    ):
        client.logout()
        if who:
            client.force_login(who)
        page = words(client.get(address))
        assert "had op 1 mei 2026 gemoeten" in page
        assert "Van 1 april 2026 naar 1 mei 2026. De veegploeg was ziek" in page
        assert "Bijdrage van de gemeente: 40 zakken" in page
        assert "De gemeente (Buitenruimte), aan de initiatiefnemer" in page


def test_both_sides_read_what_it_said_before_and_nobody_else(client, cleaning, plan, amina, carla):
    verbs.correct(cleaning, by=carla, text="We vegen het plein")
    for who, address in ((amina, f"/mijn/{plan.public_id}/"), (carla, desk(plan))):
        client.force_login(who)
        page = words(client.get(address))
        assert "Wat er eerst stond" in page
        assert ": We maken het plein schoon</p>" in page
    client.logout()
    page = words(client.get(f"/initiatieven/{plan.reference}/"))
    assert "We vegen het plein" in page
    assert "We maken het plein schoon" not in page


def test_the_public_page_offers_nothing_to_do(client, cleaning, plan):
    page = words(client.get(f"/initiatieven/{plan.reference}/"))
    assert "/toezeggingen/T01/" not in page
    assert "Er is iets toegezegd" in page


def test_an_officer_promises_from_the_page_of_the_plan_and_a_double_click_makes_one(client, plan, carla):
    client.force_login(carla)
    form = client.get(desk(plan)).context["commitment_form"]
    sent = {
        "token": str(form["token"].value()),
        "promiser": f"manager:{plan.contact.key}",
        "to": "initiators",
        "text": "We planten 40 struiken",
        "due_on": "2026-12-01",
        "promised_on": "13-11-2026",
        "quantity": "40",
        "unit_name": "struiken",
        "value": "120,50",
        "is_public": "on",
    }
    for _ in range(2):
        answer = client.post(f"/toezeggingen/nieuw/{plan.reference}/", sent)
        assert answer.url == f"{desk(plan)}#toezeggingen"
    made = Commitment.objects.get()
    assert (made.contribution, str(made.value), made.is_public) == ("40 struiken", "120.50", True)
    assert made.manager == plan.contact


def test_nothing_typed_is_lost_when_the_day_is_a_sunday(client, plan, carla):
    client.force_login(carla)
    sent = {
        "token": str(uuid.uuid4()),
        "promiser": "department:buiten",
        "to": "council",
        "text": "We planten 40 struiken",
        "due_on": "2026-11-15",
        "promised_on": "2026-11-13",
        "occasion": "Op de markt",
    }
    answer = client.post(f"/toezeggingen/nieuw/{plan.reference}/", sent)
    assert answer.status_code == 400
    page = words(answer)
    assert "15 november 2026 is een zondag. Kies een werkdag, zoals maandag 16 november 2026." in page
    assert "We planten 40 struiken" in page
    assert 'value="Op de markt"' in page
    assert not Commitment.objects.exists()


def test_an_initiator_promises_and_keeps_their_own(client, plan, amina):
    client.force_login(amina)
    form = client.get(f"/mijn/{plan.public_id}/").context["commitment_form"]
    assert "promiser" not in form.fields
    sent = {
        "token": str(form["token"].value()),
        "to": "municipality",
        "text": "Wij geven water",
        "due_on": "2026-12-01",
        "promised_on": "2026-11-13",
        "is_public": "on",
    }
    answer = client.post(f"/toezeggingen/nieuw/{plan.reference}/", sent)
    assert answer.url == f"/mijn/{plan.public_id}/#toezeggingen"
    kept = {"version": 1, "on": "2026-11-13", "evidence": "De planten staan er fris bij"}
    assert client.post("/toezeggingen/T01/nakomen/", kept).url == f"/mijn/{plan.public_id}/#toezeggingen"
    assert Commitment.objects.get().state == "kept"


def test_who_comes_second_is_told_and_keeps_what_was_typed(client, cleaning, carla):
    client.force_login(carla)
    seen = cleaning.version
    verbs.shift(cleaning, by=carla, to_day=LATER, reason="Een collega was eerder")
    sent = {"version": seen, "to_day": "2027-02-01", "reason": "Ik was later"}
    answer = client.post("/toezeggingen/T01/verschuiven/", sent)
    page = words(answer)
    assert answer.status_code == 409
    assert "Iemand anders was je voor bij deze toezegging." in page
    assert "Een collega was eerder" in page
    assert "Ik was later" in page
    again = {name: answer.context["act"].form[name].value() for name in ("version", "to_day", "reason")}
    assert client.post("/toezeggingen/T01/verschuiven/", again).status_code == 302
    assert Shift.objects.count() == 3


def test_what_is_kept_already_says_so(client, cleaning, carla):
    verbs.keep(cleaning, by=carla, on=TODAY, evidence="Schoon")
    client.force_login(carla)
    for answer in (
        client.get("/toezeggingen/T01/verschuiven/"),
        client.post("/toezeggingen/T01/verschuiven/", {"version": 2, "to_day": "2027-02-01", "reason": "x"}),
    ):
        assert answer.status_code == 409
        assert "Dit kan niet meer: de toezegging is nagekomen." in words(answer)


def test_a_promise_of_somebody_else_does_not_exist(client, cleaning, plan, amina, bram):
    for who in (amina, bram):
        client.force_login(who)
        assert client.get("/toezeggingen/T01/nakomen/").status_code == 404
        assert client.post("/toezeggingen/T01/nakomen/", {"version": 2}).status_code == 404
    assert client.get(f"/toezeggingen/nieuw/{plan.reference}/").status_code == 404


# The list ---------------------------------------------------------------------------------------------------
@pytest.fixture
def town(plan, cleaning, amina, carla):
    """One of each: late and shifted, running, kept, dropped, of town hall, a partner and an initiator."""
    club = make.organisation("Tuinclub")
    plan.partner_links.create(organisation=club)
    running = verbs.promise(plan, by=carla, text="Gereedschap lenen", due_on=DUE, organisation=club)
    kept = verbs.promise(plan, by=amina, text="Water geven", due_on=LATER)
    verbs.keep(kept, by=amina, on=TODAY, evidence="Gedaan")
    other = make.initiative("De gevel", by=amina, goals=[make.goal("Groen", slug="groen")])
    dropped = verbs.promise(other, by=carla, text="Een gevel verven", due_on=DUE, manager=other.contact)
    verbs.drop(dropped, by=carla, reason="De muur is nat")
    hidden = verbs.promise(plan, by=carla, text="Geheim", due_on=DUE, manager=plan.contact, is_public=False)
    return {"late": cleaning, "running": running, "kept": kept, "dropped": dropped, "hidden": hidden}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["late", "running", "kept", "dropped"]),
        ("stand=loopt", ["late", "running"]),
        ("stand=te-laat", ["late"]),
        ("stand=nagekomen", ["kept"]),
        ("stand=vervallen", ["dropped"]),
        ("stand=verschoven", ["late"]),
        ("wie=gemeente", ["late", "dropped"]),
        ("wie=partner", ["running"]),
        ("wie=initiatiefnemer", ["kept"]),
        ("afdeling=buiten", ["late"]),
        ("wijk=noord", ["late", "running", "kept"]),
        ("doel=groen", ["dropped"]),
        ("zoek=pleinen", ["late"]),
        ("zoek=geheim", []),
    ],
)
def test_the_list_and_its_twin_answer_what_is_asked(client, town, query, found):
    page = client.get(f"/toezeggingen/?{query}").context["page_obj"]
    twin = client.get(f"/api/v1/toezeggingen?{query}").json()["resultaten"]
    assert [one.key for one in page] == [one["kenmerk"] for one in twin] == [town[name].key for name in found]


def test_what_a_plan_that_stopped_was_promised_is_late_no_more(client, town, plan, amina, dirk):
    plans.step("withdraw", plan, by=amina, reason="Toch niet")
    for stand, found in (("te-laat", []), ("loopt", []), ("plan-gestopt", ["running", "late"])):
        page = client.get(f"/toezeggingen/?stand={stand}")
        assert {one.key for one in page.context["page_obj"]} == {town[name].key for name in found}
    assert "Het plan is gestopt" in words(page)
    assert "had op" not in words(page)
    told = client.get("/api/v1/toezeggingen/T01").json()
    assert (told["stand"], told["teLaat"]) == ("plan-gestopt", False)
    assert "Stand: het plan is gestopt." in words(client.get("/toezeggingen/feed/"))
    client.force_login(dirk)
    assert client.get("/api/v1/statistieken").json()["toezeggingen"]["gemeente"] is None


def test_each_row_leads_to_its_place_on_the_page_of_the_plan(client, town, plan):
    page = words(client.get("/toezeggingen/"))
    assert f'href="/initiatieven/{plan.reference}/#T01"' in page
    assert 'id="T01"' in words(client.get(f"/initiatieven/{plan.reference}/"))
    assert "Geheim" not in page


def test_the_feed_holds_what_is_public_and_names_nobody(client, town):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(client.get("/toezeggingen/feed/").content)
    entries = {one.find(f"{atom}title").text: one for one in feed.findall(f"{atom}entry")}
    assert set(entries) == {
        "We maken het plein schoon",
        "Gereedschap lenen",
        "Water geven",
        "Een gevel verven",
    }
    assert (
        entries["Water geven"].find(f"{atom}summary").text.startswith("De initiatiefnemer belooft dit voor")
    )


# The API ----------------------------------------------------------------------------------------------------
def send(client, address, method="post", **body):
    key = {"HTTP_IDEMPOTENCY_KEY": str(uuid.uuid4())}
    return getattr(client, method)(f"/api/v1/{address}", body, content_type="application/json", **key)


def test_a_machine_can_do_what_a_page_can(client, plan, carla):
    client.force_login(carla)
    asked = {
        "initiatief": plan.reference,
        "wat": "We planten 40 struiken",
        "uiterlijk": "2026-12-01",
        "afdeling": "buiten",
        "hoeveel": 40,
        "waarvan": "struiken",
    }
    made = send(client, "toezeggingen", **asked)
    assert made.status_code == 201
    told = made.json()
    assert (told["kenmerk"], told["wie"], told["afdeling"]["naam"], told["teLaat"]) == (
        "T01",
        "gemeente",
        "Buitenruimte",
        False,
    )
    place, moved = "toezeggingen/T01", {"naar": "2027-01-12", "reden": "Het vriest"}
    assert send(client, place, "patch", wat="We planten 40 heesters", versie=1).json()["versie"] == 2
    assert send(client, f"{place}/verschuiving", versie=1, **moved).status_code == 409
    (shift,) = send(client, f"{place}/verschuiving", versie=2, **moved).json()["verschuivingen"]
    assert (shift["van"], shift["naar"], shift["reden"]) == ("2026-12-01", "2027-01-12", "Het vriest")
    assert send(client, f"{place}/openbaarmaking", versie=3, openbaar=False).json()["openbaar"] is False
    kept = send(client, f"{place}/nakoming", versie=4, op="2026-11-13", bewijs="Ze staan er").json()
    assert (kept["stand"], kept["eerstBeloofdVoor"], kept["bewijs"]) == (
        "nagekomen",
        "2026-12-01",
        "Ze staan er",
    )
    assert send(client, f"{place}/verval", versie=5, reden="Toch niet").status_code == 409


def test_a_machine_is_told_every_error_at_the_name_it_wrote(client, plan, carla, bram):
    client.force_login(carla)
    wrong = send(
        client, "toezeggingen", initiatief="IW-1-1", wat="x", uiterlijk="2026-11-15", afdeling="buiten"
    )
    assert [one["name"] for one in wrong.json()["invalidParams"]] == ["initiatief"]
    right = {"initiatief": plan.reference, "wat": "x", "uiterlijk": "2026-11-15", "afdeling": "buiten"}
    wrong = send(client, "toezeggingen", **right).json()["invalidParams"]
    assert [one["name"] for one in wrong] == ["uiterlijk"]
    assert "is een zondag" in wrong[0]["reason"]
    client.force_login(bram)
    assert send(client, "toezeggingen", **(right | {"uiterlijk": "2026-12-01"})).status_code == 403


def test_a_plan_that_nobody_may_see_shows_no_promises(client, town, plan, carla, dirk):
    plans.hide(plan, by=carla)
    for who in (None, dirk):
        client.logout()
        if who:
            client.force_login(who)
        assert [one.key for one in client.get("/toezeggingen/").context["page_obj"]] == [town["dropped"].key]
        assert client.get("/api/v1/toezeggingen/T01").status_code == 404


# The council ------------------------------------------------------------------------------------------------
def test_the_council_sees_promises_kept_in_time_per_department_of_at_least_five(client, plan, dirk):
    one_more = {"promised_on": date(2026, 1, 5), "state": "kept", "evidence": "Gedaan"}
    for kept_on in (date(2026, 2, 2), date(2026, 2, 1), date(2026, 1, 20), date(2026, 3, 1)):
        make.commitment(plan, due_on=date(2026, 2, 2), kept_on=kept_on, **one_more)
    late = make.commitment(plan, due_on=date(2026, 2, 2), promised_on=date(2026, 1, 5))
    Shift.objects.create(commitment=late, from_day=date(2026, 1, 30), to_day=date(2026, 2, 2), reason="Vorst")
    make.commitment(plan, due_on=DUE)  # its day has not come: not measured
    make.commitment(plan, due_on=date(2026, 2, 2), state="dropped", closing_reason="Kan niet")
    few = make.department("Wonen")
    make.commitment(plan, due_on=date(2026, 2, 2), department=few)
    client.force_login(dirk)
    told = client.get("/api/v1/statistieken").json()["toezeggingen"]
    numbers = {"gemeten": 5, "opTijd": 3, "laterGedaan": 1, "nogNietGedaan": 1, "verschoven": 1}
    assert told["afdelingen"] == [{**numbers, "afdeling": {"kenmerk": "buiten", "naam": "Buitenruimte"}}]
    assert told["gemeente"] == numbers  # one more would be that of a department with too few
    assert told["vervallen"] == 1
    page = words(client.get("/raad/"))
    assert "Van de 5 toezeggingen kwam de gemeente 60% na" in page
    assert "/toezeggingen/?afdeling=buiten" in page
    assert "Wonen" not in page


def test_figures_of_a_few_are_not_told(client, cleaning, dirk):
    client.force_login(dirk)
    assert client.get("/api/v1/statistieken").json()["toezeggingen"]["afdelingen"] == []


def test_events_hold_no_words(town):
    for event in Event.objects.filter(what__startswith="promise_"):
        assert set(event.details) <= {"commitment", "to", "fields"}
