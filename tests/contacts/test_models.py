"""What the database keeps about who is who, and what can be read from it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.models import Absence, AccountManager, District, Organisation, Portfolio, PortfolioHolder, Term
from tests import make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def refused(record, sentence):
    """Both keepers say no: the model with a sentence for people, the database whatever the way in."""
    with pytest.raises(ValidationError) as told:
        record.full_clean()
    assert sentence in told.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def functions(managers):
    return [manager.function for manager in managers]


# Terms of office --------------------------------------------------------------------------------------
TAKEN = "In deze periode heeft de portefeuille al iemand: Els, vanaf 1 januari 2024."


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2023, 1, 1), date(2024, 1, 1)),
        (date(2024, 12, 31), None),
        (date(2024, 6, 1), date(2024, 6, 1)),
        (date(2023, 1, 1), None),
    ],
)
def test_two_people_never_hold_one_portfolio_on_one_day(since, until):
    green = make.portfolio("Groen")
    Term.objects.create(
        holder=make.holder("Els"), portfolio=green, since=date(2024, 1, 1), until=date(2024, 12, 31)
    )
    refused(Term(holder=make.holder("Farid"), portfolio=green, since=since, until=until), TAKEN)


def test_one_follows_the_other_the_next_day():
    green = make.portfolio("Groen")
    Term.objects.create(
        holder=make.holder("Els"), portfolio=green, since=date(2024, 1, 1), until=date(2024, 12, 31)
    )
    Term(holder=make.holder("Farid"), portfolio=green, since=date(2025, 1, 1)).full_clean()


def test_one_person_may_hold_two_portfolios():
    els = make.holder("Els")
    make.portfolio("Groen", holder=els)
    make.portfolio("Water", holder=els)
    assert [term.portfolio.name for term in PortfolioHolder.objects.with_terms().get().now] == [
        "Groen",
        "Water",
    ]


def test_a_term_ends_after_it_began():
    term = Term(
        holder=make.holder(), portfolio=make.portfolio(), since=date(2024, 1, 2), until=date(2024, 1, 1)
    )
    refused(term, "Het einde ligt voor het begin.")


def test_a_gap_between_terms_is_a_vacancy():
    green, els, farid = make.portfolio("Groen"), make.holder("Els"), make.holder("Farid")
    Term.objects.create(holder=els, portfolio=green, since=date(2024, 1, 1), until=date(2024, 3, 31))
    Term.objects.create(holder=farid, portfolio=green, since=date(2024, 5, 1))
    names = {
        day: green.term(day) and green.term(day).holder.name
        for day in (date(2023, 12, 31), date(2024, 3, 31), date(2024, 4, 15), date(2024, 5, 1))
    }
    assert list(names.values()) == [None, "Els", None, "Farid"]
    for day, name in names.items():
        held = Portfolio.objects.with_holder(day).get().holder
        assert (held and held.name) == name


def test_who_holds_nothing_today_is_not_in_office():
    els, farid = make.holder("Els"), make.holder("Farid")
    make.portfolio("Groen", holder=els)
    Term.objects.create(
        holder=farid, portfolio=make.portfolio("Water"), since=date(2020, 1, 1), until=TODAY - DAY
    )
    assert list(PortfolioHolder.objects.in_office()) == [els]
    assert {one.name: one.is_in_office for one in PortfolioHolder.objects.with_terms()} == {
        "Els": True,
        "Farid": False,
    }
    assert (els.is_in_office, farid.is_in_office) == (True, False)


# Officials --------------------------------------------------------------------------------------------
def test_there_is_one_front_desk():
    desk = make.front_desk()
    refused(
        AccountManager(key="K0", function="Tweede loket", expertise="Alles", is_front_desk=True),
        "Er is al een loket.",
    )
    assert AccountManager.objects.front_desk() == desk


def test_nobody_deputises_themselves():
    manager = make.manager()
    manager.deputy = manager
    refused(manager, "Iemand kan zichzelf niet vervangen.")


def test_nobody_deputises_their_own_absence():
    manager = make.manager()
    refused(Absence(manager=manager, since=TODAY, deputy=manager), "Iemand kan zichzelf niet vervangen.")


def test_an_absence_ends_after_it_began():
    refused(Absence(manager=make.manager(), since=TODAY, until=TODAY - DAY), "Het einde ligt voor het begin.")


def test_an_official_leaves_after_arriving():
    refused(
        AccountManager(
            key="K0", function="F", expertise="E", available_from=TODAY, available_until=TODAY - DAY
        ),
        "Het einde ligt voor het begin.",
    )


def test_who_left_or_has_yet_to_come_does_not_exist():
    make.manager("Blijft")
    make.manager("Laatste dag", available_until=TODAY)
    gone = make.manager("Weg", available_until=TODAY - DAY)
    make.manager("Komt nog", available_from=TODAY + DAY)
    found = AccountManager.objects.visible_to(NOBODY).alphabetical()
    assert functions(found) == ["Blijft", "Laatste dag"]
    assert (gone.is_employed(), gone.is_employed(TODAY - DAY)) == (False, True)


def test_who_is_away_today_is_not_present():
    make.manager("Hier")
    away, back = make.manager("Weg"), make.manager("Terug")
    Absence.objects.create(manager=away, since=TODAY)
    Absence.objects.create(manager=back, since=TODAY - 9 * DAY, until=TODAY - DAY)
    assert functions(AccountManager.objects.present().alphabetical()) == ["Hier", "Terug"]
    found = AccountManager.objects.with_presence().alphabetical()
    assert [(one.function, one.is_present) for one in found] == [
        ("Hier", True),
        ("Terug", True),
        ("Weg", False),
    ]


def test_the_deputy_of_the_absence_goes_before_the_fixed_one():
    fixed, special = make.manager("Vast"), make.manager("Speciaal")
    manager = make.manager(deputy=fixed)
    assert manager.stand_in is None
    absence = Absence.objects.create(manager=manager, since=TODAY)
    assert manager.stand_in == fixed
    absence.deputy = special
    absence.save()
    assert manager.stand_in == special


def test_a_deputy_who_left_takes_nothing_over():
    gone = make.manager(available_until=TODAY - DAY)
    manager = make.manager(deputy=gone)
    Absence.objects.create(manager=manager, since=TODAY, deputy=gone)
    assert manager.stand_in is None


def test_presence_is_read_without_a_query_each(django_assert_num_queries):
    for _number in range(3):
        manager = make.manager(deputy=make.manager())
        Absence.objects.create(manager=manager, since=TODAY)
    with django_assert_num_queries(3):
        assert sum(one.stand_in is not None for one in AccountManager.objects.with_presence()) == 3


def test_a_card_shows_a_name_only_when_its_owner_wants():
    shy = make.manager("Adviseur", name="Geheim", photo="geheim.svg", phone="06 1", email="groen@x.example")
    assert shy.contact_card == {
        "name_or_empty": "",
        "function": "Adviseur",
        "department": None,
        "photo_url": "",
        "get_absolute_url": f"/wie-is-wie/{shy.key}/",
        "email": "groen@x.example",
    }
    shy.name_is_public = True
    assert shy.public_card["name_or_empty"] == "Geheim"
    assert shy.public_card["photo_url"] == "/portretten/geheim.svg"
    assert "email" not in shy.public_card


def test_people_are_ordered_as_one_looks_them_up():
    for function in ("adviseur b", "Adviseur C", "Adviseur a"):
        make.manager(function)
    assert functions(AccountManager.objects.alphabetical()) == ["Adviseur a", "adviseur b", "Adviseur C"]


# Finding ----------------------------------------------------------------------------------------------
def test_officials_are_found_in_every_form_of_a_word():
    make.manager("Adviseur groen", expertise="Bomen en schoolpleinen")
    make.manager("Adviseur sport", expertise="Clubs en velden")
    for text in ("boom", "bomen", "BOMEN", "schoolplein", "adviseurs groene"):
        assert functions(AccountManager.objects.search(text)) == ["Adviseur groen"], text
    assert functions(AccountManager.objects.search("de het een")) == []


def test_a_hidden_name_finds_nobody():
    make.manager("Adviseur groen", name="Zandloper")
    make.manager("Adviseur sport", name="Waterval", name_is_public=True)
    assert functions(AccountManager.objects.search("Zandloper")) == []
    assert functions(AccountManager.objects.search("Waterval")) == ["Adviseur sport"]


def test_a_district_holds_its_parts_and_lies_in_a_whole():
    north = make.district("Noord")
    part = make.district("Noordhoek", parent=north)
    make.district("Noordrand", parent=north)
    make.district("Zuid")

    def names(slug):
        return sorted({district.name for district in District.objects.around(slug)})

    assert names("noord") == ["Noord", "Noordhoek", "Noordrand"]
    assert names(part.slug) == ["Noord", "Noordhoek"]
    assert names("zuid") == ["Zuid"]


def test_who_works_in_the_district_only_comes_first():
    north, south = make.district("Noord"), make.district("Zuid")
    make.manager("Alles")
    make.manager("Noorderling", districts=[north])
    make.manager("Zuiderling", districts=[south])
    make.manager("Beide", districts=[north, south])
    found = AccountManager.objects.working_in("noord")
    assert functions(found) == ["Beide", "Noorderling", "Alles"]


def test_partners_are_found_by_what_they_offer_and_want():
    make.organisation("Imkers", interests="Bijen", offers="Kasten")
    make.organisation("Zangers", interests="Muziek", offers="Een zaal", is_open=False)
    assert [one.name for one in Organisation.objects.search("kast")] == ["Imkers"]
    assert [one.name for one in Organisation.objects.search("zalen")] == ["Zangers"]
    assert [one.name for one in Organisation.objects.open_for_cooperation()] == ["Imkers"]


def test_kinds_are_named_once():
    for kind in ("vereniging", "fonds", "vereniging"):
        make.organisation(kind=kind)
    assert list(Organisation.objects.kinds()) == ["fonds", "vereniging"]
