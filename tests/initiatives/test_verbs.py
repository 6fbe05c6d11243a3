"""What can be done to an initiative, by whom, who is told, and that nobody overwrites anybody."""

import email
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice
from contacts.models import Absence
from initiatives import notices, tasks, verbs
from initiatives.models import Clock, ClockKind, Initiative, Message, State
from tests import make
from tests.racing import at_once
from townhall.models import Event, OutboxMessage


@pytest.fixture
def concept(amina):
    make.front_desk(email="loket@kleindorp.example")
    return make.initiative("Een bankje", by=amina, state=State.DRAFT)


@pytest.fixture
def plan(amina):
    """A plan in dialogue with a contact who has an account."""
    user = make.user("k@voorbeeld.example", role="officer")
    contact = make.manager("Adviseur groen", email="groen@kleindorp.example", user=user)
    return make.initiative("Een bankje", by=amina, contact=contact)


def mails():
    return OutboxMessage.objects.filter(kind="mail")


# From text to initiative ---------------------------------------------------------------------------------
def test_register_keeps_a_concept_that_only_its_maker_sees(amina, carla):
    plan = verbs.register(
        by=amina, title="Bankje", story="Een bankje voor iedereen", needs=["geld"], amount=200
    )
    assert (plan.state, plan.reference, plan.contact) == (State.DRAFT, None, None)
    assert [(need.kind, need.amount) for need in plan.needs.all()] == [("geld", 200)]
    assert Event.objects.get().what == "register"
    seen_by = {user: Initiative.objects.visible_to(user).exists() for user in (amina, carla, AnonymousUser())}
    assert seen_by == {amina: True, carla: False, AnonymousUser(): False}


def test_concepts_of_who_never_came_vanish_after_thirty_days(amina):
    stranger = make.user("nooit@voorbeeld.example")
    amina.last_login = timezone.now()
    amina.save()
    old = verbs.register(by=stranger, title="Oud", story="Oud plan")
    kept = verbs.register(by=amina, title="Mijn", story="Mijn plan")
    fresh = verbs.register(by=stranger, title="Nieuw", story="Nieuw plan")
    Initiative.objects.filter(pk__in=[old.pk, kept.pk]).update(created_at=timezone.now() - timedelta(days=31))
    tasks.sweep_concepts()
    assert set(Initiative.objects.all()) == {kept, fresh}


def test_submit_gives_reference_front_desk_clocks_event_receipt_and_work_for_the_matcher(concept, amina):
    with time_machine.travel("2026-11-20 10:00+01:00", tick=False):  # a Friday
        verbs.submit(concept, by=amina)
    concept.refresh_from_db()
    assert (concept.state, concept.previous_state, concept.version) == (State.SUBMITTED, State.DRAFT, 2)
    assert concept.reference == "IW-2026-0001"
    assert concept.contact.is_front_desk
    assert {clock.kind: clock.due_on for clock in concept.clocks.all()} == {
        "receipt": date(2026, 11, 20),
        "contact": date(2026, 11, 27),
        "first_view": date(2026, 12, 4),
        "decision": date(2027, 1, 19),
    }
    assert concept.clocks.get(kind="receipt").stopped_on == date(2026, 11, 20)
    event = Event.objects.get()
    assert (event.what, event.by, event.subject_key) == ("submit", amina, str(concept.public_id))
    assert OutboxMessage.objects.get(kind="match").payload == {"initiative": concept.pk}
    assert sorted(mail.payload["to"] for mail in mails()) == [amina.email, "loket@kleindorp.example"]


def test_the_receipt_says_what_happens_when(concept, amina):
    with time_machine.travel("2026-11-20 10:00+01:00", tick=False):
        verbs.submit(concept, by=amina)
    mail = email.message_from_bytes(bytes(mails().get(payload__to=amina.email).body))
    body = mail.get_payload(decode=True).decode()
    assert [line for line in body.splitlines() if line.startswith("- ")] == [
        "- Eerste gesprek: uiterlijk 27 november 2026",
        "- Eerste reactie op het plan: uiterlijk 4 december 2026",
        "- Duidelijkheid: uiterlijk 19 januari 2027",
    ]


def test_a_failed_verb_leaves_nothing_behind(concept, bram):
    with pytest.raises(PermissionDenied):
        verbs.submit(concept, by=bram)
    concept.refresh_from_db()
    assert concept.state == State.DRAFT
    assert not Event.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_submitting_twice_is_told_in_words(concept, amina):
    verbs.submit(concept, by=amina)
    with pytest.raises(ValidationError, match="ingediend"):
        verbs.submit(concept, by=amina)


def test_without_a_front_desk_submitting_waits_and_says_so(amina):
    plan = make.initiative(by=amina, state=State.DRAFT)
    with pytest.raises(ValidationError, match="nog geen loket"):
        verbs.submit(plan, by=amina)


def test_discarding_a_concept_takes_everything_with_it(concept, amina):
    verbs.discard(concept, by=amina)
    assert not Initiative.objects.exists()


# Editing -------------------------------------------------------------------------------------------------
def test_an_edit_is_found_by_its_new_words(plan, amina):
    verbs.edit(plan, by=amina, version=plan.version, story="We bouwen een moestuin", needs=["plek"])
    assert list(Initiative.objects.search("moestuinen")) == [plan]
    assert [need.kind for need in plan.needs.all()] == ["plek"]


def test_an_edit_of_an_old_version_is_refused_with_a_code(plan, amina):
    verbs.edit(plan, by=amina, version=1, title="Een tafel")
    old = Initiative.objects.get(pk=plan.pk)
    with pytest.raises(ValidationError) as refused:
        verbs.edit(old, by=amina, version=1, title="Een stoel")
    assert refused.value.code == "conflict"
    assert Initiative.objects.get(pk=plan.pk).title == "Een tafel"


def test_who_no_longer_wants_it_in_public_is_off_the_site_at_once(plan, amina):
    verbs.edit(plan, by=amina, version=plan.version, wants_public=False)
    plan.refresh_from_db()
    assert plan.released_at is None
    assert not Initiative.objects.visible_to(AnonymousUser()).exists()


def test_a_step_taken_back_lets_the_clocks_run_again_but_a_real_word_still_counts(concept, amina, carla):
    verbs.submit(concept, by=amina)
    verbs.step("begin_dialogue", concept, by=carla, sentence="Welkom")
    verbs.step("take_back", concept, by=carla)
    ticking = {clock.kind for clock in concept.clocks.filter(stopped_on=None)}
    assert (concept.state, ticking) == (State.SUBMITTED, {"contact", "first_view", "decision"})
    verbs.step("begin_dialogue", concept, by=carla)
    verbs.write(concept, by=carla, text="Ik bel je morgen.")
    verbs.step("take_back", concept, by=carla)
    assert {clock.kind for clock in concept.clocks.filter(stopped_on=None)} == {"first_view", "decision"}


# Links ---------------------------------------------------------------------------------------------------
def test_linking_twice_is_one_link_and_one_event(plan, carla):
    goal = make.goal()
    first = verbs.link("goal", plan, goal, by=carla, why="Past goed", was_suggested=True, strength=1)
    assert verbs.link("goal", plan, goal, by=carla) == first
    assert (first.strength, first.why, first.was_suggested) == (1, "Past goed", True)
    assert Event.objects.filter(what="link_goal").count() == 1
    assert verbs.unlink("goal", plan, goal, by=carla)
    assert not verbs.unlink("goal", plan, goal, by=carla)


# Clocks --------------------------------------------------------------------------------------------------
def test_the_first_words_of_the_town_keep_the_promise_of_contact(concept, amina, carla):
    verbs.submit(concept, by=amina)
    verbs.write(concept, by=amina, text="Hoe gaat het ermee?")
    assert concept.clocks.get(kind="contact").stopped_on is None
    verbs.write(concept, by=carla, text="Ik bel je morgen.")
    assert concept.clocks.get(kind="contact").stopped_on == timezone.localdate()


def test_a_pause_moves_the_days_by_as_many_working_days(concept, amina):
    with time_machine.travel("2026-11-16 10:00+01:00", tick=False):
        verbs.submit(concept, by=amina)
    with time_machine.travel("2026-11-18 10:00+01:00", tick=False):
        verbs.step("pause", concept, by=amina, reason="Even druk")
    assert not Clock.objects.overdue(date(2027, 6, 1)).exists()
    with time_machine.travel("2026-11-25 10:00+01:00", tick=False):
        verbs.step("resume", concept, by=amina)
    assert concept.clocks.get(kind="contact").due_on == date(2026, 11, 30)
    concept.refresh_from_db()
    assert concept.state == State.SUBMITTED


def test_clocks_warn_in_the_last_quarter(concept, amina):
    with time_machine.travel("2026-11-16 10:00+01:00", tick=False):
        verbs.submit(concept, by=amina)
    clock = concept.clocks.get(kind=ClockKind.CONTACT)
    moods = {day: (clock.is_warning(day), clock.is_overdue(day)) for day in days(date(2026, 11, 18), 7)}
    assert moods == {
        date(2026, 11, 18): (False, False),
        date(2026, 11, 19): (False, False),
        date(2026, 11, 20): (True, False),
        date(2026, 11, 21): (True, False),
        date(2026, 11, 22): (True, False),
        date(2026, 11, 23): (True, False),
        date(2026, 11, 24): (False, True),
    }


def days(start, number):
    return [start + timedelta(days=n) for n in range(number)]


# Who is told ---------------------------------------------------------------------------------------------
ARGUMENTS = {
    "edit": {"title": "Anders"},
    "write": {"text": "Hallo"},
    "set_kind": {"kind": "challenge"},
    "record_contact": {"how": "telefoon", "note": "Gesproken", "on": date(2026, 1, 5)},
}


def do(verb, plan, by):
    """Any verb of the table with sensible arguments."""
    if verb in verbs.STEPS:
        return verbs.step(verb, plan, by=by, sentence="Dit is waarom.", reason="Daarom")
    if verb.startswith("link_"):
        kind = verb.removeprefix("link_")
        return verbs.link(kind, plan, other_side(kind), by=by)
    if verb.startswith("unlink_"):
        return verbs.unlink(
            verb.removeprefix("unlink_"), plan, other_side(verb.removeprefix("unlink_")), by=by
        )
    if verb == "assign":
        return verbs.assign(plan, by=by, contact=make.manager("Nieuw", email="nieuw@kleindorp.example"))
    if verb == "edit":
        return verbs.edit(plan, by=by, version=plan.version, title="Anders")
    if verb == "merge":
        return verbs.merge(plan, make.initiative("Het andere plan"), by=by)
    return getattr(verbs, verb)(plan, by=by, **ARGUMENTS.get(verb, {}))


def other_side(kind):
    return {"goal": make.goal, "partner": make.organisation, "similar": make.initiative}[kind]()


WHEN = {verb: sorted(states)[0] for verb, (states, _who, _to) in verbs.RULES.items()}
DOERS = {verbs.initiator: "amina", verbs.officer: "carla", verbs.either: "amina", verbs.joining: "amina"}
DOERS[verbs.assigns] = "carla"


@pytest.mark.parametrize("verb", sorted(set(verbs.RULES) - {"discard", "merge"}))  # that tells of two plans
def test_every_verb_leaves_one_event_and_tells_each_once(verb, amina, carla):
    """The contract of the table: one event; one notice a person; one mail a side; never the doer."""
    make.front_desk(email="loket@kleindorp.example")
    official = make.user("official@voorbeeld.example", role="officer")
    contact = make.manager("Adviseur", email="adviseur@kleindorp.example", user=official)
    state = State(WHEN[verb])
    plan = make.initiative(
        by=amina,
        state=state,
        **({} if state == State.DRAFT else {"contact": contact, "previous_state": "in_dialogue"}),
    )
    doer = {"amina": amina, "carla": carla}[DOERS[verbs.RULES[verb][1]]]
    kind = verb.removeprefix("unlink_")
    if verb.startswith("unlink_"):
        other = other_side(kind)
        verbs.link(kind, plan, other, by=carla)
        Event.objects.filter(what=f"link_{kind}")
        before = Event.objects.count()
        verbs.unlink(kind, plan, other, by=carla)
        assert Event.objects.count() == before + 1
        return
    do(verb, plan, doer)
    event = Event.objects.get(what=verb, subject_key=str(plan.public_id))
    assert event.is_public == (verb in verbs.PUBLIC)
    to_initiator, to_contact = (bool(subject) for subject in notices.TOLD.get(verb, ("", "")))
    told = set(Notice.objects.filter(event=event).values_list("user__email", flat=True))
    expected = set()
    if to_initiator and (doer != amina or verb in notices.ALWAYS):
        expected.add(amina.email)
    if to_contact and verb != "submit":  # the front desk and the new contact have no account here
        expected.add(official.email)  # for "assign" as who was the contact until now
    assert told == expected
    assert mails().count() == len(expected) + (to_contact and verb in ("submit", "assign"))


def test_the_deputy_is_told_while_the_contact_is_away(plan, amina):
    deputy = make.manager("Vervanger", email="vervanger@kleindorp.example")
    Absence.objects.create(manager=plan.contact, since=timezone.localdate(), deputy=deputy)
    verbs.write(plan, by=amina, text="Hallo")
    assert {mail.payload["to"] for mail in mails()} == {plan.contact.email, deputy.email}


def test_a_mail_that_was_switched_off_stays_away_but_the_notice_comes(plan, amina, carla):
    amina.notification_preferences.create(kind="write", by_mail=False)
    verbs.write(plan, by=carla, text="Hallo")
    assert not mails().filter(payload__to=amina.email).exists()
    assert Notice.objects.get(user=amina).event.what == "write"


def test_answers_to_the_initiator_go_to_the_mailbox_of_the_contact(plan, carla, amina):
    verbs.write(plan, by=carla, text="Kom je langs?")
    body = bytes(mails().get(payload__to=amina.email).body).decode()
    assert f"Reply-To: {plan.contact.email}" in body
    assert "Kom je langs?" in body


# Who may ------------------------------------------------------------------------
def test_nobody_handles_their_own_plan(carla):
    plan = make.initiative(by=carla)
    with pytest.raises(PermissionDenied):
        verbs.assign(plan, by=carla, contact=make.manager())


def test_the_contact_is_never_the_initiator(amina, carla):
    plan = make.initiative(by=amina)
    with pytest.raises(ValidationError, match="eigen plan"):
        verbs.assign(plan, by=carla, contact=make.manager(user=amina))


def test_a_contact_who_left_is_refused(carla):
    gone = make.manager(available_until=make.LONG_AGO)
    with pytest.raises(ValidationError, match="werkt hier niet meer"):
        verbs.assign(make.initiative(), by=carla, contact=gone)


def full():
    """A contact with as many plans as fit."""
    contact = make.manager("Adviseur water", room=1)
    make.initiative(contact=contact)
    make.initiative(contact=contact, state=State.STOPPED)
    return contact


def away():
    """A contact who is away without a deputy."""
    contact = make.manager("Adviseur water")
    Absence.objects.create(manager=contact, since=timezone.localdate())
    return contact


@pytest.mark.parametrize(
    ("who", "words"), [(full, "heeft al 1 plannen en ruimte voor 1"), (away, "is afwezig")]
)
def test_who_has_no_room_or_is_away_is_chosen_only_with_a_reason(who, words, plan, carla):
    contact = who()
    with pytest.raises(ValidationError, match=words) as refused:
        verbs.assign(plan, by=carla, contact=contact)
    assert list(refused.value.message_dict) == ["contact"]
    verbs.assign(plan, by=carla, contact=contact, although="Kent de straat.")
    assert plan.contact == contact
    assert not any("Kent de straat" in bytes(mail.body).decode() for mail in mails())


def test_who_hands_a_plan_over_and_who_gets_it_are_both_told(plan, carla):
    before, after = plan.contact, make.manager("Adviseur water", email="water@kleindorp.example")
    verbs.assign(plan, by=carla, contact=after, reason="Zij weet meer van water.")
    assert "Je bent niet meer de contactpersoon" in letter(before.email)
    assert "Je bent nu de contactpersoon" in letter(after.email)
    assert "Zij weet meer van water." in letter(plan.initiators().get().user.email)
    assert Notice.objects.filter(user=before.user).count() == 1


def letter(address):
    return bytes(mails().get(payload__to=address).body).decode()


def test_what_happens_at_one_click_is_one_mail_and_a_notice_for_each_event(plan, carla, amina):
    plan.released_at = None
    plan.save()
    with notices.one_mail():
        verbs.assign(plan, by=carla, contact=make.manager("Adviseur water"))
        verbs.step("start", plan, by=carla, sentence="Ja, en we helpen je beginnen.")
        verbs.release(plan, by=carla)
    mail = letter(amina.email)
    assert "Subject: Je plan gaat beginnen: Een bankje" in mail
    for words in ["vaste contactpersoon", "Adviseur water", "we helpen je beginnen", "staat nu op de site"]:
        assert words in mail
    assert Notice.objects.filter(user=amina).count() == 3


def test_one_mail_of_a_click_that_failed_is_no_mail(plan, carla):
    def start_twice():
        with notices.one_mail(), transaction.atomic():
            verbs.step("start", plan, by=carla)
            verbs.step("start", plan, by=carla)

    with pytest.raises(ValidationError):
        start_twice()
    assert not mails().exists()
    verbs.write(plan, by=carla, text="Hallo")
    assert mails().exists()


def test_a_no_always_has_a_reason(plan, carla):
    with pytest.raises(ValidationError, match="waarom"):
        verbs.step("stop", plan, by=carla)


@pytest.mark.parametrize("state", list(State))
def test_allowed_says_what_the_guards_do(state, cast, amina):
    """For every state, role and verb: it is allowed exactly when it does not refuse."""
    make.front_desk()
    users = {name: user or AnonymousUser() for name, user in cast.items()} | {"initiator": amina}
    before = {"previous_state": "in_dialogue"} if state == "paused" else {}
    made = make.initiative(by=amina, state=state, **before)
    for user in users.values():
        for verb in set(verbs.RULES) - {"discard", "merge"}:  # merging goes by agreements/merges
            plan = Initiative.objects.get(pk=made.pk)  # as it was: what was done is undone below
            said = verb in verbs.allowed(plan, user)
            with transaction.atomic():
                done = attempt(verb, plan, user)
                transaction.set_rollback(True)
            assert done == said, (verb, state, user)


def attempt(verb, plan, user):
    try:
        do(verb, plan, user)
    except (PermissionDenied, ValidationError):
        return False
    return True


# Two at once --------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_make_one_winner_and_the_others_are_told(carla, amina):
    plan = make.initiative(by=amina)
    contacts = [make.manager() for _ in range(50)]
    copies = [Initiative.objects.get(pk=plan.pk) for _ in range(50)]
    winners, losers = [], []

    def assign(which):
        try:
            verbs.assign(copies[which], by=carla, contact=contacts[which])
            winners.append(contacts[which])
        except ValidationError as refused:
            losers.append(refused.messages[0])

    at_once(50, assign)
    assert len(winners) == 1
    assert losers == ["Iemand anders heeft dit plan net veranderd. Kijk eerst wat er is veranderd."] * 49
    assert [Initiative.objects.get(pk=plan.pk).contact] == winners
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_references_of_a_year_are_never_given_twice(amina):
    make.front_desk()
    plans = [make.initiative(by=amina, state=State.DRAFT) for _ in range(8)]
    at_once(8, lambda which: verbs.submit(plans[which], by=amina))
    references = sorted(Initiative.objects.values_list("reference", flat=True))
    year = timezone.localdate().year
    assert references == [f"IW-{year}-{number:04d}" for number in range(1, 9)]


@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_the_officer_assigns_has_one_winner_and_both_know(amina, carla):
    plan = make.initiative(by=amina)
    contact, told = make.manager(), []
    copies = [Initiative.objects.get(pk=plan.pk) for _ in range(2)]
    actions = [
        lambda: verbs.step("withdraw", copies[0], by=amina, reason="Toch niet"),
        lambda: verbs.assign(copies[1], by=carla, contact=contact),
    ]

    def act(which):
        try:
            actions[which]()
        except ValidationError as refused:
            told.append(refused.code)

    at_once(2, act)
    assert told == ["conflict"]
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"contact": None}, "submitted_initiative_has_contact"),
        ({"reference": None}, "submitted_initiative_has_reference"),
        ({"wants_public": False}, "released_initiative_may_be_public"),
        ({"state": "afgewezen"}, "initiative_state_is_known"),
    ],
)
def test_the_database_keeps_the_rules(db, broken, constraint):
    plan = make.initiative()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Initiative.objects.filter(pk=plan.pk).update(**broken)


def test_messages_say_which_side_wrote_them(plan, amina, carla):
    verbs.write(plan, by=amina, text="Vraag")
    verbs.write(plan, by=carla, text="Antwoord")
    assert list(Message.objects.values_list("text", "from_town")) == [("Vraag", False), ("Antwoord", True)]


def test_nothing_happens_when_nothing_differs(amina):
    plan = make.initiative("Bankje", state="submitted", by=amina, story="Bij de vijver.")
    verbs.set_needs(plan, ["geld"], 100)
    before = plan.timeline(amina).count()
    same = {"title": "Bankje", "story": "Bij de vijver."}
    assert verbs.edit(plan, by=amina, version=plan.version, needs=["geld"], amount=100, **same) is None
    assert plan.timeline(amina).count() == before
    assert verbs.edit(plan, by=amina, version=plan.version, needs=["geld"], amount=200, **same)
    assert plan.timeline(amina).count() == before + 1


def test_what_was_sent_from_another_tab_is_not_thrown_away(amina):
    make.front_desk()
    old = make.initiative("Bankje", state="draft", by=amina)
    verbs.submit(Initiative.objects.get(pk=old.pk), by=amina)
    with pytest.raises(ValidationError) as refused:
        verbs.discard(old, by=amina)
    assert refused.value.code == "conflict"
    assert Initiative.objects.get(pk=old.pk).reference
