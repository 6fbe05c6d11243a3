"""Promises: who may make, shift, keep and drop them, what the database refuses, and who was first."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Notice
from agreements.commitments import verbs
from agreements.commitments.models import Commitment, CommitmentState, Shift
from initiatives import verbs as plans
from tests import make
from tests.racing import at_once
from townhall.calendar import add_working_days
from townhall.models import Event, OutboxMessage

FRIDAY, MONDAY, KINGS_DAY = date(2026, 11, 13), date(2026, 11, 16), date(2027, 4, 27)
DUE, LATER = date(2026, 12, 1), date(2027, 1, 12)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel("2026-11-13 10:00+01:00", tick=False):
        yield


@pytest.fixture
def plan(amina, carla):
    department = make.department("Buitenruimte")
    contact = make.manager(
        "Adviseur groen", user=carla, email="groen@kleindorp.example", department=department
    )
    return make.initiative("Het plein groen", by=amina, contact=contact)


@pytest.fixture
def planting(plan, carla):
    return verbs.promise(plan, by=carla, text="We planten 40 struiken", due_on=DUE, manager=plan.contact)


def refused(do, *fields):
    """The refusal of a verb is about these fields; its words, on one line."""
    with pytest.raises(ValidationError) as caught:
        do()
    assert set(getattr(caught.value, "message_dict", {})) == set(fields)
    return " ".join(caught.value.messages)


def is_conflict(do):
    with pytest.raises(ValidationError) as caught:
        do()
    return caught.value.code == "conflict"


def told():
    """(address, who it was for) of every mail."""
    return sorted(mail.payload["to"] for mail in OutboxMessage.objects.filter(kind="mail"))


# Making ------------------------------------------------------------------------------------------------
def test_an_officer_promises_for_town_hall_and_the_initiator_hears_it(planting, plan, amina, carla):
    assert (planting.key, planting.state, planting.promised_to) == ("T01", "open", "initiators")
    assert (planting.due_on, planting.first_due_on) == (DUE, DUE)
    assert planting.remind_on == date(2026, 11, 24)
    assert planting.promiser == "De gemeente (Buitenruimte)"
    event = Event.objects.get()
    assert (event.what, event.details, event.is_public) == ("promise_made", {"commitment": "T01"}, True)
    assert [notice.user for notice in Notice.objects.all()] == [amina]
    body = bytes(OutboxMessage.objects.get().body).decode()
    assert told() == [amina.email]
    assert "We planten 40 struiken" in body
    assert plan.commitments.get() == planting


def test_an_initiator_promises_for_themselves_and_nobody_else(plan, amina, bram):
    made = verbs.promise(plan, by=amina, text="Wij geven water", due_on=DUE)
    assert (made.participant.user, made.promised_to, made.side) == (amina, "municipality", "initiator")
    assert told() == ["groen@kleindorp.example"]
    for who, named in ((amina, {"manager": plan.contact}), (bram, {}), (bram, {"manager": plan.contact})):
        with pytest.raises(PermissionDenied):
            verbs.promise(plan, by=who, text="x", due_on=DUE, **named)


def test_an_officer_does_not_handle_their_own_plan(carla):
    own = make.initiative(by=carla)
    with pytest.raises(PermissionDenied):
        verbs.promise(own, by=carla, text="x", due_on=DUE, manager=own.contact)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"due_on": FRIDAY - timedelta(1)}, "due_on"),
        ({"due_on": date(1, 1, 1)}, "due_on"),
        ({"due_on": date(9999, 12, 31)}, "due_on"),
        ({"due_on": date(2026, 11, 14)}, "due_on"),
        ({"due_on": KINGS_DAY}, "due_on"),
        ({"promised_on": FRIDAY + timedelta(1)}, "promised_on"),
        ({"promised_on": date(1, 1, 1)}, "promised_on"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 10_000}, "text"),
        ({"manager": None}, "manager"),
        ({"quantity": 40}, "__all__"),
        ({"unit_name": "planten"}, "__all__"),
        ({"value": 200}, "__all__"),
        ({"quantity": -1, "unit_name": "planten"}, "quantity"),
        ({"promised_to": "organisation"}, "__all__"),
        ({"promised_to": "municipality"}, "__all__"),
        ({"need": "goud"}, "need"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(plan, carla, fields, wrong):
    good = {"text": "We planten", "due_on": DUE, "manager": plan.contact}
    assert refused(lambda: verbs.promise(plan, by=carla, **(good | fields)), wrong)
    assert not Commitment.objects.exists()


def test_a_day_on_which_town_hall_is_closed_is_answered_with_the_next_one(plan, carla):
    def on(day):
        return refused(
            lambda: verbs.promise(plan, by=carla, text="x", due_on=day, manager=plan.contact), "due_on"
        )

    assert on(date(2026, 11, 15)) == (
        "15 november 2026 is een zondag. Kies een werkdag, zoals maandag 16 november 2026."
    )
    assert "is een vrije dag (Koningsdag). Kies een werkdag, zoals woensdag 28 april 2027" in on(KINGS_DAY)


def test_a_leap_day_is_a_day(plan, carla):
    leap = date(2028, 2, 29)
    made = verbs.promise(plan, by=carla, text="x", due_on=leap, manager=plan.contact)
    assert (made.due_on, made.remind_on) == (leap, date(2028, 2, 22))


def test_two_who_promise_together_are_refused(plan, carla):
    club = make.organisation()
    plan.partner_links.create(organisation=club)
    words = refused(
        lambda: verbs.promise(plan, by=carla, text="x", due_on=DUE, manager=plan.contact, organisation=club),
        "__all__",
    )
    assert "precies één partij" in words


def test_only_who_works_along_is_named_in_a_promise(plan, amina, carla):
    club = make.organisation()
    to_club = {"promised_to": "organisation", "to_organisation": club}
    asked = {"text": "x", "due_on": DUE}
    assert refused(lambda: verbs.promise(plan, by=carla, organisation=club, **asked), "organisation")
    assert refused(lambda: verbs.promise(plan, by=amina, **to_club, **asked), "to_organisation")


def test_a_promise_does_not_move_for_ever(planting, carla):
    day = DUE
    for _time in range(verbs.MOST_SHIFTS):
        day = add_working_days(day, 1)
        verbs.shift(planting, by=carla, to_day=day, reason="Weer later")
        planting.refresh_from_db()
    assert "al 20 keer verschoven" in refused(
        lambda: verbs.shift(planting, by=carla, to_day=add_working_days(day, 1), reason="x")
    )


def test_who_left_promises_nothing_any_more(plan, carla):
    gone = make.manager(available_until=FRIDAY - timedelta(1))
    assert refused(lambda: verbs.promise(plan, by=carla, text="x", due_on=DUE, manager=gone), "manager")


def test_a_plan_that_stopped_meanwhile_gets_no_promises(plan, carla, amina):
    read_before = type(plan).objects.get(pk=plan.pk)
    plans.step("withdraw", plan, by=amina, reason="Toch niet")
    assert is_conflict(
        lambda: verbs.promise(read_before, by=carla, text="x", due_on=DUE, manager=plan.contact)
    )


# Shifting, keeping, dropping ------------------------------------------------------------------------------
def test_shifting_keeps_the_first_day_and_the_reason(planting, carla, amina):
    verbs.shift(planting, by=carla, to_day=LATER, reason="Het vriest")
    verbs.shift(planting, by=carla, to_day=LATER + timedelta(7), reason="De planten zijn er nog niet")
    planting.refresh_from_db()
    assert (planting.first_due_on, planting.due_on) == (DUE, LATER + timedelta(7))
    assert planting.remind_on == date(2027, 1, 12)
    assert [(one.from_day, one.to_day, one.reason, one.by) for one in planting.shifts.all()] == [
        (DUE, LATER, "Het vriest", carla),
        (LATER, LATER + timedelta(7), "De planten zijn er nog niet", carla),
    ]
    event = Event.objects.filter(what="promise_shifted").first()
    assert event.details == {"commitment": "T01", "to": "2027-01-12"}
    assert "Het vriest" in bytes(OutboxMessage.objects.filter(payload__to=amina.email)[1].body).decode()


@pytest.mark.parametrize(
    ("to_day", "reason", "wrong"),
    [
        (FRIDAY, "Druk", "to_day"),
        (DUE, "Druk", "to_day"),
        (date(2026, 12, 25), "Druk", "to_day"),
        (date(9999, 1, 1), "Druk", "to_day"),
        (LATER, " ", "reason"),
        (LATER, "x" * 10_000, "reason"),
    ],
)
def test_a_shift_that_makes_no_sense_is_refused(planting, carla, to_day, reason, wrong):
    assert refused(lambda: verbs.shift(planting, by=carla, to_day=to_day, reason=reason), wrong)
    assert not Shift.objects.exists()


def test_today_is_no_later_day(planting, carla):
    words = refused(lambda: verbs.shift(planting, by=carla, to_day=FRIDAY, reason="Druk"), "to_day")
    assert words == "Kies een dag na vandaag."


def test_keeping_asks_for_evidence(planting, carla):
    for on, evidence, wrong in (
        (FRIDAY, " ", "evidence"),
        (FRIDAY, "x" * 10_000, "evidence"),
        (FRIDAY + timedelta(1), "Ze staan er", "on"),
        (FRIDAY - timedelta(1), "Ze staan er", "on"),
    ):
        assert refused(lambda on=on, e=evidence: verbs.keep(planting, by=carla, on=on, evidence=e), wrong)
        planting.refresh_from_db()
    verbs.keep(planting, by=carla, on=FRIDAY, evidence="De struiken staan er")
    planting.refresh_from_db()
    assert (planting.state, planting.kept_on, planting.evidence) == ("kept", FRIDAY, "De struiken staan er")
    assert is_conflict(lambda: verbs.shift(planting, by=carla, to_day=LATER, reason="Toch later"))
    assert is_conflict(lambda: verbs.correct(planting, by=carla, text="We planten er 400"))


def test_dropping_asks_for_a_reason(planting, carla):
    assert refused(lambda: verbs.drop(planting, by=carla, reason=""), "reason")
    verbs.drop(planting, by=carla, reason="Er ligt een kabel. We zoeken een andere plek.")
    planting.refresh_from_db()
    assert planting.state == CommitmentState.DROPPED


def test_correcting_keeps_what_it_said_and_tells_the_other_side(planting, carla, amina):
    verbs.correct(planting, by=carla, text="We planten 40 heesters", version=1)
    assert [row.text for row in planting.history.all()] == ["We planten 40 struiken"]
    assert Commitment.objects.search("heester").get() == planting
    event = Event.objects.filter(what="promise_corrected").get()
    assert (event.details, event.is_public) == ({"commitment": "T01", "fields": ["text"]}, False)
    said = "Er stond: “We planten 40 struiken”. Er staat nu: “We planten 40 heesters”."
    mail = OutboxMessage.objects.filter(kind="mail").latest("created_at")
    assert (mail.payload["to"], said in bytes(mail.body).decode()) == (amina.email, True)
    assert Notice.objects.filter(event=event).get().user == amina
    assert verbs.correct(planting, by=carla, text="We planten 40 heesters") is None


def test_everybody_keeps_to_their_own_side(planting, plan, amina, carla, bram):
    water = verbs.promise(plan, by=amina, text="Wij geven water", due_on=DUE)
    acts = {verb: verbs.RULES[verb] for verb in ("keep", "shift", "drop", "correct", "publish")}
    may = {
        (who.name, one.key): set(
            verbs.allowed(one, who, is_officer=plans.officer(who, plan), hidden_by=verbs.hiders(plan))
        )
        for who in (amina, carla, bram)
        for one in (planting, water)
    }
    own = (set(acts) - {"publish"}) | {"hide"}
    assert may == {
        ("Amina", "T01"): set(),
        ("Amina", "T02"): own,
        ("Carla", "T01"): own,
        ("Carla", "T02"): {"hide"},
        ("Bram", "T01"): set(),
        ("Bram", "T02"): set(),
    }
    for who, one in ((amina, planting), (carla, water), (bram, water)):
        with pytest.raises(PermissionDenied):
            verbs.keep(one, by=who, on=FRIDAY, evidence="Gedaan")


def test_for_an_initiator_who_is_gone_an_officer_speaks(plan, amina, carla):
    water = verbs.promise(plan, by=amina, text="Wij geven water", due_on=DUE)
    amina.delete()
    verbs.drop(Commitment.objects.get(pk=water.pk), by=carla, reason="De groep is gestopt")


def test_hiding_and_showing(planting, carla, plan):
    verbs.hide(planting, by=carla)
    assert not Commitment.objects.visible_to(AnonymousUser()).exists()
    verbs.shift(planting, by=carla, to_day=LATER, reason="Het vriest")
    verbs.publish(planting, by=carla)
    assert Commitment.objects.visible_to(AnonymousUser()).get() == planting
    public = dict(Event.objects.values_list("what", "is_public"))
    assert public == {
        "promise_made": True,
        "promise_hidden": False,
        "promise_shifted": False,
        "promise_published": False,
    }


def test_what_an_officer_hides_an_officer_brings_back(plan, amina, carla):
    water = verbs.promise(plan, by=amina, text="Wij geven water", due_on=DUE)
    verbs.hide(water, by=amina)
    verbs.publish(water, by=amina)
    verbs.hide(water, by=carla)
    event = Event.objects.filter(what="promise_hidden").latest("pk")
    assert [notice.user for notice in Notice.objects.filter(event=event)] == [amina]
    mail = OutboxMessage.objects.filter(kind="mail").latest("created_at")
    assert mail.payload["to"] == amina.email
    assert "“Wij geven water” is niet meer openbaar." in bytes(mail.body).decode()
    assert verbs.hide(water, by=amina) is None  # it was hidden; that does not make it theirs
    with pytest.raises(PermissionDenied, match="De gemeente haalde deze toezegging van de site"):
        verbs.publish(water, by=amina)
    hidden_by = verbs.hiders(plan)
    assert "publish" not in verbs.allowed(water, amina, is_officer=False, hidden_by=hidden_by)
    assert "publish" in verbs.allowed(water, carla, is_officer=True, hidden_by=hidden_by)
    verbs.publish(water, by=carla)
    assert Commitment.objects.visible_to(AnonymousUser()).get() == water


def test_who_sees_a_promise(planting, plan, amina, bram, carla, dirk):
    everybody = {"visitor": AnonymousUser(), "amina": amina, "bram": bram, "carla": carla, "dirk": dirk}

    def seen_by():
        return {name for name, user in everybody.items() if Commitment.objects.visible_to(user).exists()}

    assert seen_by() == set(everybody)
    verbs.hide(planting, by=carla)
    assert seen_by() == {"amina", "carla"}
    verbs.publish(planting, by=carla)
    plans.hide(plan, by=carla)
    assert seen_by() == {"amina", "carla"}


# The database ---------------------------------------------------------------------------------------------
def broken(do, kind=IntegrityError):
    with pytest.raises(kind), transaction.atomic():
        do()
    return True


def test_the_database_keeps_the_promise_too(planting, plan, amina):
    row = Commitment.objects.filter(pk=planting.pk)
    participant = plan.participants.get()
    assert broken(lambda: row.update(participant=participant))
    assert broken(lambda: row.update(manager=None))
    assert broken(lambda: row.update(state="kept", kept_on=FRIDAY))
    assert broken(lambda: row.update(state="kept", evidence="Klaar"))
    assert broken(lambda: row.update(state="dropped"))
    assert broken(lambda: row.update(unit_name="planten"))
    assert broken(lambda: row.update(value=5))
    assert broken(lambda: row.update(due_on=FRIDAY - timedelta(1)))
    assert broken(lambda: row.update(first_due_on=LATER), DatabaseError)


def test_a_shift_is_never_changed_or_removed(planting, carla):
    verbs.shift(planting, by=carla, to_day=LATER, reason="Het vriest")
    row = Shift.objects.filter(commitment=planting)
    assert broken(lambda: row.update(to_day=DUE + timedelta(1)), DatabaseError)
    assert broken(lambda: row.update(from_day=FRIDAY), DatabaseError)

    def take_away():
        row.delete()
        connection.check_constraints()

    assert broken(take_away, DatabaseError)
    row.update(by=None)  # whoever did it can be erased


# All at once ----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_fifty_shifts_and_keeps_at_once_have_one_winner_and_everybody_knows(amina, carla):
    plan = make.initiative(by=amina)
    made = verbs.promise(plan, by=carla, text="We planten", due_on=DUE, manager=plan.contact)
    copies = [Commitment.objects.select_related("initiative").get(pk=made.pk) for _ in range(50)]
    outcomes = []

    def do(which):
        copy = copies[which]
        try:
            if which % 2:
                verbs.keep(copy, by=carla, on=FRIDAY, evidence="Het is klaar")
            else:
                verbs.shift(copy, by=carla, to_day=LATER + timedelta(7 * which), reason="Druk")
            outcomes.append("won")
        except ValidationError as refusal:
            outcomes.append(refusal.code)

    at_once(50, do)
    assert sorted(outcomes) == ["conflict"] * 49 + ["won"]
    made.refresh_from_db()
    assert made.version == 2
    happened = list(Event.objects.exclude(what="promise_made").values_list("what", flat=True))
    assert happened == ["promise_kept" if made.state == "kept" else "promise_shifted"]
    assert Shift.objects.count() == (made.state == "open")
    assert Notice.objects.count() == 2  # of the promise, and of the one thing that happened to it


@pytest.mark.django_db(transaction=True)
def test_promises_made_at_once_each_get_their_own_key(amina, carla):
    plan = make.initiative(by=amina)

    def do(which):
        verbs.promise(plan, by=carla, text=f"Nummer {which}", due_on=DUE, manager=plan.contact)

    at_once(10, do)
    assert sorted(Commitment.objects.values_list("key", flat=True)) == [f"T{n:02d}" for n in range(1, 11)]
