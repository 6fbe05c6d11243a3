"""What managers keep up to date, by the API: the verbs of the pages, and nothing for anybody else."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import AccountManager
from tests import make
from townhall.models import OutboxMessage, Text

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def manager(mo):
    return come_in(mo)


def come_in(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, resource, **body):
    headers = {"idempotency-key": str(uuid.uuid4())}
    return client.post(f"{API}/{resource}", body, content_type="application/json", headers=headers)


def patch(client, resource, key, **body):
    return client.patch(f"{API}/{resource}/{key}", body, content_type="application/json")


NEW = {  # resource -> (what is sent for a new one, what of it changes)
    "portefeuilles": ({"naam": "Water", "rol": "Wethouder water"}, {"naam": "Water en groen"}),
    "portefeuillehouders": ({"naam": "Noor", "functie": "wethouder"}, {"partij": "Lokaal"}),
    "financieringsvormen": ({"naam": "Lening", "betekenis": "Je leent.", "volgorde": 4}, {"uitleg": "Zo."}),
}


@pytest.mark.django_db
def test_a_scheme_is_made_and_changed(manager):
    make.form("Fonds", key="IF")
    make.district("Noord", key="WK1")
    new = {
        "naam": "Wijkbudget",
        "financieringsvorm": "IF",
        "wijken": ["WK1"],
        "behoeften": ["geld"],
        "hoogsteBedrag": "900.00",
    }
    made = post(manager, "regelingen", **new)
    assert made.status_code == 201, made.json()
    thing = made.json()
    assert (thing["kenmerk"], thing["financieringsvorm"]["kenmerk"], thing["wijken"][0]["kenmerk"]) == (
        "R01",
        "IF",
        "WK1",
    )
    changed = patch(manager, "regelingen", "R01", versie=1, laagsteBedrag="100.00", wijken=[])
    assert (changed.json()["laagsteBedrag"], changed.json()["wijken"], changed.json()["versie"]) == (
        "100.00",
        [],
        2,
    )
    wrong = patch(manager, "regelingen", "R01", versie=2, laagsteBedrag="1000.00")
    assert wrong.status_code == 400
    assert "Het laagste bedrag is hoger dan het hoogste." in str(wrong.json())


def test_what_to_read_about_a_scheme_opens_in_a_browser(manager):
    make.form("Fonds", key="IF")
    new = {"naam": "Wijkbudget", "financieringsvorm": "IF"}
    wrong = post(manager, "regelingen", **new, meerLezen="ftp://a.example/")
    assert (wrong.status_code, [one["name"] for one in wrong.json()["invalidParams"]]) == (400, ["meerLezen"])
    assert post(manager, "regelingen", **new, meerLezen="https://a.example/").status_code == 201
    moved = patch(manager, "regelingen", "R01", versie=1, meerLezen="ftp://a.example/")
    assert moved.status_code == 400


@pytest.mark.parametrize("resource", NEW)
def test_something_is_made_and_changed(manager, resource):
    new, other = NEW[resource]
    made = post(manager, resource, **new)
    assert made.status_code == 201, made.json()
    thing = made.json()
    assert {name: thing[name] for name in new} == new
    changed = patch(manager, resource, thing["kenmerk"], versie=thing["versie"], **other)
    assert changed.status_code == 200
    assert {name: changed.json()[name] for name in other} == other
    again = patch(manager, resource, thing["kenmerk"], versie=thing["versie"], **dict.fromkeys(other, "x"))
    assert again.status_code == 409


def test_a_term_of_office_begins_and_ends(manager):
    portfolio, els = make.portfolio("Groen", key="groen"), make.holder("Els", key="els")
    made = post(manager, "ambtstermijnen", portefeuille="groen", houder="els", vanaf="2026-01-01")
    assert made.status_code == 201, made.json()
    assert made.json()["houder"] == {"kenmerk": els.key, "naam": "Els"}
    twice = post(manager, "ambtstermijnen", portefeuille="groen", houder="els", vanaf="2026-02-01")
    assert twice.status_code == 400
    ended = patch(manager, "ambtstermijnen", made.json()["kenmerk"], versie=1, totEnMet="2026-06-30")
    assert ended.json()["totEnMet"] == "2026-06-30"
    assert portfolio.terms.get().until.isoformat() == "2026-06-30"


def test_a_step_comes_after_the_goal_is_there(manager):
    new = {"titelInNota": "Meer groen", "tekstInNota": "We maken de stad groener."}
    refused = post(manager, "doelen", **new, stap="publiceren")
    assert (refused.status_code, refused.json()["invalidParams"][0]["name"]) == (400, "stap")
    assert post(manager, "doelen", **new).json()["staat"] == "concept"


@pytest.mark.parametrize("number", ["0", "2", "0000000019", "9" * 5000, "x"])
def test_a_page_of_a_list_that_is_not_there(number, manager):
    make.municipality()
    assert manager.get("/beheer/doelen/", {"pagina": number}).status_code == 404


def test_an_absence_has_a_deputy(manager):
    make.manager("Adviseur", key="A1")
    make.manager("Vervanger", key="A2")
    made = post(
        manager, "afwezigheden", accounthouder="A1", vanaf="2026-12-01", totEnMet="2026-12-24", vervanger="A2"
    )
    assert made.status_code == 201, made.json()
    assert made.json()["vervanger"]["kenmerk"] == "A2"
    wrong = patch(manager, "afwezigheden", made.json()["kenmerk"], versie=1, totEnMet="2026-11-01")
    assert wrong.status_code == 400
    assert wrong.json()["invalidParams"]


def test_a_text_is_worded(manager):
    Text.objects.create(key="promise", body="Eerst.")
    assert patch(manager, "teksten", "promise", versie=1, tekst="Nu.").json()["tekst"] == "Nu."
    assert Text.objects.get().body == "Nu."


@pytest.mark.parametrize("resource", ["ambtstermijnen", "afwezigheden", "teksten"])
def test_for_others_it_is_not_there(resource, client, carla, dirk):
    assert client.get(f"{API}/{resource}").status_code == 404
    for who in (carla, dirk):
        assert come_in(who).get(f"{API}/{resource}").status_code == 404


@pytest.mark.parametrize("resource", NEW)
def test_others_read_and_do_not_write(resource, carla):
    officer = come_in(carla)
    assert officer.get(f"{API}/{resource}").status_code == 200
    assert post(officer, resource, **NEW[resource][0]).status_code == 405


def test_a_role_is_given_and_taken(manager, carla, dirk):
    made = post(manager, "rollen", email="griffie@voorbeeld.example", rol="raad")
    assert made.status_code == 201, made.json()
    thing = made.json()
    assert thing == {
        "kenmerk": thing["kenmerk"],
        "email": "griffie@voorbeeld.example",
        "rol": "raad",
        "tweedeStap": False,
        "versie": 1,
    }
    changed = patch(manager, "rollen", thing["kenmerk"], versie=1, rol="ambtenaar")
    assert changed.json()["rol"] == "ambtenaar"
    assert patch(manager, "rollen", thing["kenmerk"], versie=1, rol="raad").status_code == 409
    assert patch(manager, "rollen", thing["kenmerk"], versie=2, rol="inwoner").status_code == 204
    assert patch(manager, "rollen", thing["kenmerk"], versie=3, rol="beheerder").status_code == 404


def test_a_sentence_is_worded(manager):
    new = {"stap": "beginnen", "titel": "Kom", "tekst": "Ja, kom langs.", "volgorde": 3}
    made = post(manager, "antwoordzinnen", **new)
    assert made.status_code == 201, made.json()
    changed = patch(manager, "antwoordzinnen", made.json()["kenmerk"], versie=1, inGebruik=False)
    assert changed.json() == new | {"kenmerk": "Z01", "inGebruik": False, "versie": 2}
    wrong = post(manager, "antwoordzinnen", **(new | {"tekst": "Bel [wethouder]."}))
    assert wrong.json()["invalidParams"][0]["name"] == "tekst"


# What is done to one thing ---------------------------------------------------------------------------------
def act(client, place, **body):
    return client.post(f"{API}/{place}", body, content_type="application/json")


def wrong(response):
    assert response.status_code == 400
    return {one["name"] for one in response.json()["invalidParams"]}


def test_somebody_new_takes_over_with_another_portfolio_along(manager):
    els = make.holder("Els")
    groen, water = make.portfolio("Groen", holder=els), make.portfolio("Water", holder=els)
    term, along = groen.terms.get(), water.terms.get()
    asked = {
        "versie": 1,
        "vanaf": "2026-12-01",
        "naam": "Noor",
        "functie": "wethouder",
        "ook": [str(along.pk)],
    }
    done = act(manager, f"ambtstermijnen/{term.pk}/opvolging", **asked)
    assert (done.status_code, done.json()) == (200, {"kenmerk": str(term.pk), "versie": 2})
    assert {one.terms.latest("since").holder.name for one in (groen, water)} == {"Noor"}
    del asked["ook"]
    assert act(manager, f"ambtstermijnen/{term.pk}/opvolging", **asked).status_code == 409


def test_who_takes_over_is_one_person_and_a_known_term_goes_along(manager):
    els, noor = make.holder("Els"), make.holder("Noor")
    term = make.portfolio(holder=els).terms.get()
    place = f"ambtstermijnen/{term.pk}/opvolging"
    assert wrong(act(manager, place, versie=1, vanaf="2026-12-01")) == {"naam", "functie"}
    both = {"houder": noor.key, "naam": "Noor", "versie": 1, "vanaf": "2026-12-01"}
    assert wrong(act(manager, place, **both)) == {"naam"}
    assert wrong(act(manager, place, versie=1, vanaf="gisteren", houder="x")) == {"vanaf", "houder"}
    assert wrong(act(manager, place, versie=1, vanaf="2026-12-01", houder=noor.key, ook=["x"])) == {"ook"}
    assert wrong(act(manager, place, vanaf="2026-12-01", houder=noor.key)) == {"versie"}
    assert wrong(act(manager, place, versie=1, vanaf="2019-12-01", houder=noor.key)) == {"vanaf"}


def test_terms_notes_and_absences_end(manager):
    term = make.portfolio(holder=make.holder()).terms.get()
    assert act(manager, f"ambtstermijnen/{term.pk}/beeindiging", versie=1, op="2026-12-31").status_code == 200
    goal = make.goal(key="G1")
    ended = act(
        manager, f"beleidsnotas/{goal.note.key}/beeindiging", versie=1, op="2026-11-01", ookDoelen=True
    )
    assert ended.status_code == 200, ended.json()
    goal.refresh_from_db()
    assert goal.state == "ended"
    absence = make.manager().absences.create(since="2999-01-01")
    assert act(manager, f"afwezigheden/{absence.pk}/terugkeer", versie=1).status_code == 204


def test_a_goal_is_put_on_the_site_looked_at_and_ended(manager):
    goal, version = make.goal(key="G1", state="draft"), 1
    for what, state in {"publicatie": "running", "controle": "running", "beeindiging": "ended"}.items():
        done = act(manager, f"doelen/G1/{what}", versie=version)
        assert done.status_code == 200, done.json()
        version = done.json()["versie"]
        goal.refresh_from_db()
        assert goal.state == state


def test_an_account_is_connected_and_the_person_forgotten_also_of_who_left(manager, carla):
    make.manager(key="A1", name="Carla Vos", phone="1", available_until="2020-01-01")
    assert act(manager, "accounthouders/A1/koppeling", versie=1, email=carla.email).status_code == 200
    refused = act(manager, "accounthouders/A1/koppeling", versie=2, email="niemand@x.example")
    assert wrong(refused) == {"email"}
    assert act(manager, "accounthouders/A1/wissing", versie=2).json() == {"kenmerk": "A1", "versie": 3}
    gone = AccountManager.objects.get(key="A1")
    assert (gone.name, gone.phone, gone.user) == ("", "", None)
    back = patch(manager, "accounthouders", "A1", versie=3, inDienstTotEnMet=None)
    assert back.status_code == 200
    assert act(manager, "accounthouders/A1/loket", versie=4).status_code == 200
    assert AccountManager.objects.front_desk().key == "A1"


def test_a_telephone_number_is_one_through_the_api_too(manager):
    make.manager(key="A1")
    refused = patch(manager, "accounthouders", "A1", versie=1, telefoon="bel maar op dinsdag")
    assert wrong(refused) == {"telefoon"}
    assert patch(manager, "accounthouders", "A1", versie=1, telefoon="0123 45 67 89").status_code == 200


def test_what_managers_keep_is_listed_with_its_version_also_what_is_over(manager):
    make.manager("Adviseur weg", key="A1", available_until="2020-01-01")
    rows = manager.get(f"{API}/beheer/accounthouders?toon=weg&zoek=adviseur").json()["resultaten"]
    assert rows == [{"kenmerk": "A1", "naam": "Adviseur weg", "versie": 1}]
    assert wrong(manager.get(f"{API}/beheer/accounthouders?toon=raar&foo=1")) == {"toon", "foo"}
    assert manager.get(f"{API}/beheer/raketten").status_code == 404
    assert manager.get(f"{API}/beheer/gemeente").status_code == 404


# The municipality itself -----------------------------------------------------------------------------------
def test_the_municipality_is_changed_by_the_rules_of_the_page(manager):
    make.municipality(name="Kleindorp")
    change = {"telefoon": "0800 1", "hoofdkleur": "#113355", "werkdagenEersteGesprek": 7, "versie": 1}
    done = manager.patch(f"{API}/gemeente", change, content_type="application/json")
    assert done.status_code == 200, done.json()
    assert {name: done.json()[name] for name in change} == change | {"versie": 2}
    assert (done.json()["naam"], done.json()["werkdagenDuidelijkheid"]) == ("Kleindorp", 40)
    again = manager.patch(f"{API}/gemeente", change, content_type="application/json")
    assert again.status_code == 409
    bad = {"hoofdkleur": "#ffffff", "accentkleur": "rood", "werkdagenDuidelijkheid": 0, "naam": "x" * 200}
    refused = manager.patch(f"{API}/gemeente", bad | {"versie": 2}, content_type="application/json")
    assert wrong(refused) == set(bad)


def test_a_text_of_its_own_is_written_for_a_place_that_has_none(manager):
    assert wrong(post(manager, "teksten", kenmerk="nergens", tekst="x")) == {"kenmerk"}
    made = post(manager, "teksten", kenmerk="footer", tekst="Tot ziens.")
    assert (made.status_code, made.json()["tekst"]) == (201, "Tot ziens.")
    assert wrong(post(manager, "teksten", kenmerk="footer", tekst="Weer.")) == {"kenmerk"}


def test_what_could_not_be_delivered_is_tried_again_and_names_nobody(manager):
    parked = OutboxMessage(kind="mail", payload={"to": "geheim@x.example"}, parked_at=timezone.now())
    parked.save()
    told = manager.get(f"{API}/vastgelopen-berichten")
    assert told.json()["aantal"] == 1
    assert "geheim" not in told.content.decode()
    assert manager.post(f"{API}/vastgelopen-berichten").json() == {"aantal": 0, "resultaten": []}
