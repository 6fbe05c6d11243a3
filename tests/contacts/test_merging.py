"""Two records of one organisation become one: nothing is lost, and one of many who try does it."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from agreements.models import Referral
from contacts import merging
from contacts.models import Apart, Organisation, Person, Place
from desk.letters.models import Letter, LetterKind
from initiatives.models import Initiative, Interaction, Introduction, Need, PartnerLink
from matching.models import Suggestion
from tests import make
from tests.racing import refusals
from townhall.models import Event

MOVE = {  # every relation that moves; a new one is looked at first, then written here or in NOT_MOVED
    "agreements.commitment.organisation",
    "agreements.commitment.to_organisation",
    "agreements.referral.organisation",
    "contacts.organisation.merged_into",
    "contacts.organisation_representatives.organisation",
    "contacts.person.organisation",
    "contacts.place.organisation",
    "desk.lettercopy.organisation",
    "funding.scheme.provider",
    "initiatives.initiative.organisation",
    "initiatives.interaction_organisations.organisation",
    "initiatives.introduction.organisation",
    "initiatives.need.met_by",
    "initiatives.partnerlink.organisation",
    "matching.suggestion.organisation",
}


@pytest.fixture
def club(db):
    return make.organisation("Tuinclub De Schoffel", key="P01", website="https://www.schoffel.example/")


@pytest.fixture
def double(db):
    return make.organisation("Tuinclub de schoffel", key="P02", email="info@schoffel.example", offers="Zaad")


def refusal(do):
    with pytest.raises(ValidationError) as caught:
        do()
    return caught.value.code, " ".join(caught.value.messages)


def test_every_relation_moves_or_says_why_not():
    known = merging.relations()
    assert set(known) == MOVE | set(merging.NOT_MOVED)
    assert MOVE.isdisjoint(merging.NOT_MOVED)


def fill(organisation, by):
    """One of everything that can point at an organisation."""
    plan, others = make.initiative("Moestuin", organisation=organisation), make.organisation("Iemand")
    PartnerLink.objects.create(initiative=plan, organisation=organisation)
    Introduction.objects.create(initiative=plan, organisation=organisation, text="Dag!")
    Need.objects.create(initiative=plan, kind="geld", met_by=organisation)
    make.suggestion(plan, organisation=organisation)
    make.commitment(plan, organisation=organisation)
    make.commitment(plan, organisation=others, promised_to="organisation", to_organisation=organisation)
    moment = Interaction.objects.create(how="Gebeld", note="Over zaad", on="2026-01-02", by=by)
    moment.organisations.add(organisation)
    Person.objects.create(name="Piet", organisation=organisation, source="markt", ground="task")
    Place.objects.create(name="Schuur", kind="room", organisation=organisation)
    make.scheme(provider=organisation)
    organisation.representatives.add(by)
    Referral.objects.create(initiative=plan, organisation=organisation, why="Groen.", expect="Een brief.")
    letter = Letter.objects.create(kind=LetterKind.PARTNERS, subject="Dag", text="Kom je?", by=by)
    letter.copies.create(organisation=organisation)
    make.organisation("Nog een", merged_into=organisation)


def test_everything_moves_and_history_stays(carla, club, double):
    fill(double, carla)
    now = merging.merge(club, double, by=carla, version=1, other_version=1, taken=["offers", "email"])
    assert (now.offers, now.email, now.name) == ("Zaad", "info@schoffel.example", "Tuinclub De Schoffel")
    for name, (model, field) in merging.relations().items():
        if name in MOVE - {"contacts.organisation.merged_into"}:
            assert model._base_manager.filter(**{field: double}).count() == 0, name
            assert model._base_manager.filter(**{field: club}).count() == 1, name
    assert set(club.merged.values_list("name", flat=True)) == {"Nog een", double.name}
    double.refresh_from_db()
    assert (double.merged_into, double.offers, double.history.count()) == (club, "Zaad", 1)
    told = Event.objects.get(what="merge")
    assert (told.subject_key, told.by, told.details["from"]) == ("P01", carla, "P02")
    assert set(told.details["moved"]) == MOVE


def test_what_both_had_is_there_once(carla, club, double):
    plan = make.initiative()
    for one in (club, double):
        PartnerLink.objects.create(initiative=plan, organisation=one)
        make.suggestion(plan, organisation=one)
        one.representatives.add(carla)
    merging.merge(club, double, by=carla)
    assert [link.organisation for link in PartnerLink.objects.all()] == [club]
    assert [one.organisation for one in Suggestion.objects.all()] == [club]
    assert list(club.representatives.all()) == [carla]


def test_what_one_promised_the_other_is_not_promised_to_itself(carla, club, double):
    plan = make.initiative()
    make.commitment(plan, organisation=club, promised_to="organisation", to_organisation=double)
    assert "heeft iets afgesproken" in refusal(lambda: merging.merge(club, double, by=carla))[1]
    double.refresh_from_db()
    assert double.merged_into is None


def test_where_they_work_is_chosen_at_once(carla, club, double):
    part = make.district("Noord")
    double.works_everywhere = False
    double.save()
    double.districts.add(part)
    now = merging.merge(club, double, by=carla, taken=["where"])
    assert (now.works_everywhere, list(now.districts.all())) == (False, [part])


@pytest.mark.parametrize("who", ["amina", "dirk"])
def test_only_officers_merge(who, request, club, double):
    by = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        merging.merge(club, double, by=by)
    with pytest.raises(PermissionDenied):
        merging.tell_apart(club, double, by=by)


def test_an_older_page_and_a_second_time_are_told(carla, club, double):
    assert refusal(lambda: merging.merge(club, club, by=carla))[1] == "Kies twee verschillende organisaties."
    code, words = refusal(lambda: merging.merge(club, double, by=carla, version=9, other_version=1))
    assert (code, words.partition(".")[0]) == ("conflict", f"Iemand anders heeft {club} net veranderd")
    merging.merge(club, double, by=carla)
    code, words = refusal(lambda: merging.merge(club, double, by=carla))
    assert (code, words) == ("conflict", f"Iemand anders was je voor: {double} is al samengevoegd.")


def test_what_came_too_late_moves_at_night(carla, club, double):
    merging.merge(club, double, by=carla)
    PartnerLink.objects.create(initiative=make.initiative(), organisation=double)
    assert [merging.sweep(), merging.sweep()] == [1, 0]
    assert PartnerLink.objects.get().organisation == club


# Proposals ------------------------------------------------------------------------------------------------
def pairs():
    return [(double.one.key, double.other.key, double.reasons) for double in merging.doubles()]


def test_names_websites_and_mail_tell_who_may_be_one(db):
    make.organisation("Speeltuin Noord", key="A", email="info@speeltuin.example")
    make.organisation("Speeltuin-Noord", key="B", email="els@gmail.com")
    make.organisation("Iets heel anders", key="C", email="bestuur@speeltuin.example")
    make.organisation("Koor", key="D", website="https://www.koor.example/wij", email="koor@gmail.com")
    make.organisation("Zangers", key="E", website="http://koor.example")
    make.organisation("Bakker", key="F", website="https://facebook.com/bakker")
    make.organisation("Slager", key="G", website="https://facebook.com/slager")
    assert pairs()[0] == ("A", "B", ["De namen lijken op elkaar."])
    assert sorted(pairs()[1:]) == [
        ("A", "C", ["Hun e-mailadressen eindigen hetzelfde."]),
        ("D", "E", ["Ze hebben dezelfde website."]),
    ]


def test_who_are_two_or_one_already_are_not_proposed(carla, club, double):
    assert [pair[:2] for pair in pairs()] == [("P01", "P02")]
    third = make.organisation("Tuinclub De Schoffel!", key="P03")
    merging.merge(club, third, by=carla)
    merging.tell_apart(double, club, by=carla)
    merging.tell_apart(club, double, by=carla)
    assert pairs() == []
    assert Apart.objects.count() == 1


def test_proposals_are_bounded_and_cost_the_same(db, django_assert_num_queries):
    for _ in range(15):
        make.organisation("Voetbalclub Oost")
    with django_assert_num_queries(5):  # two of them of the transaction
        assert len(merging.doubles(most=20)) == 20


# Doors ----------------------------------------------------------------------------------------------------
def test_the_page_merges_and_old_addresses_lead_on(client, carla, club, double):
    client.force_login(carla)
    address = "/werkbank/relaties/dubbel/P01/P02/"
    page = client.get(address).content.decode()
    assert "P02: Zaad" in page
    sent = {"version": 1, "other_version": 1} | dict.fromkeys(("name", "offers", "website", "email"), "weg")
    assert client.post(address, sent)["Location"] == "/werkbank/relaties/P01/"
    assert Organisation.objects.get(key="P01").name == double.name
    assert client.get("/partners/P02/")["Location"] == "/partners/P01/"
    assert client.get("/werkbank/relaties/P02/")["Location"] == "/werkbank/relaties/P01/"
    assert client.get("/partners/niets/").status_code == 404
    assert client.get(address)["Location"] == "/werkbank/relaties/P01/"
    assert [one["kenmerk"] for one in client.get("/api/v1/partners").json()["resultaten"]] == ["P01"]


def test_what_was_chosen_stays_after_a_conflict(client, carla, club, double):
    client.force_login(carla)
    sent = {"version": 1, "other_version": 7} | dict.fromkeys(("name", "offers", "website", "email"), "weg")
    answer = client.post("/werkbank/relaties/dubbel/P01/P02/", sent)
    assert answer.status_code == 409
    assert "net veranderd" in answer.content.decode()
    assert answer.context["form"]["offers"].value() == "weg"


def test_the_same_by_the_api(client, carla, club, double):
    client.force_login(carla)
    found = client.get("/api/v1/dubbele-relaties").json()
    assert [(one["een"]["kenmerk"], one["ander"]["kenmerk"]) for one in found] == [("P01", "P02")]
    sent = {"versie": 1, "dubbele": "P02", "versieVanDubbele": 1, "vanDubbele": ["aanbod"]}
    address = "/api/v1/relaties/P01/samenvoeging"
    answer = client.post(address, sent, content_type="application/json")
    assert (answer.status_code, answer.json()["aanbod"]) == (200, "Zaad")
    assert client.post(address, sent, content_type="application/json").status_code == 409


# Together -------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_who_links_a_partner_meanwhile_is_not_kept_waiting(club, double):
    plan, found = make.initiative(), []

    def link():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                found.append(PartnerLink.objects.create(initiative=plan, organisation=double).pk)
        finally:
            connection.close()

    with transaction.atomic():
        merging._locked((club, None), (double, None))
        other = threading.Thread(target=link)
        other.start()
        other.join(30)
    assert found == [PartnerLink.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_one_merges_also_crosswise(carla, club, double):
    plan = make.initiative()
    PartnerLink.objects.create(initiative=plan, organisation=double)
    one_way, other_way = (
        (lambda: merging.merge(club, double, by=carla)),
        (lambda: merging.merge(double, club, by=carla)),
    )
    found = [one and one.code for one in refusals(*[one_way, other_way] * 25)]
    assert (found.count(None), set(found)) == (1, {None, "conflict"})
    stands = Organisation.objects.unmerged().get()
    assert {club, double} - {stands} == set(stands.merged.all())
    assert PartnerLink.objects.get().organisation == stands
    assert Event.objects.filter(what="merge").count() == 1
    assert Initiative.objects.count() == 1
