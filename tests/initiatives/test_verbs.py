"""What can be done to an initiative, by whom, and that nobody overwrites anybody."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from initiatives import verbs
from initiatives.models import Initiative, State
from tests import make
from townhall.models import Event, OutboxMessage


@pytest.fixture
def concept(amina):
    make.front_desk()
    return make.initiative("Een bankje", by=amina, state=State.DRAFT)


def test_submit_gives_reference_front_desk_event_and_work_for_the_matcher(concept, amina):
    verbs.submit(concept, by=amina)
    concept.refresh_from_db()
    assert concept.state == State.SUBMITTED
    assert concept.previous_state == State.DRAFT
    assert concept.reference == f"IW-{timezone.localdate().year}-0001"
    assert concept.contact.is_front_desk
    assert concept.version == 2
    event = Event.objects.get()
    assert (event.what, event.by, event.subject_key) == ("submit", amina, str(concept.public_id))
    assert OutboxMessage.objects.get().payload == {"initiative": concept.pk}


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


def test_an_old_copy_can_not_overwrite_a_new_one(concept, amina, carla):
    verbs.submit(concept, by=amina)
    old = Initiative.objects.get(pk=concept.pk)
    first, second = make.manager("Eerste"), make.manager("Tweede")
    verbs.assign(concept, by=carla, contact=first)
    with pytest.raises(ValidationError, match="Iemand anders"):
        verbs.assign(old, by=carla, contact=second)
    assert Initiative.objects.get(pk=concept.pk).contact == first


def test_nobody_handles_their_own_plan(carla):
    plan = make.initiative(by=carla)
    with pytest.raises(PermissionDenied):
        verbs.assign(plan, by=carla, contact=make.manager())


def test_a_contact_who_left_is_refused(carla):
    gone = make.manager(available_until=make.LONG_AGO)
    with pytest.raises(ValidationError, match="werkt hier niet meer"):
        verbs.assign(make.initiative(), by=carla, contact=gone)


@pytest.mark.parametrize("state", list(State))
def test_allowed_says_what_the_guards_do(state, cast, amina):
    """For every state and role: a verb is allowed exactly when it does not refuse."""
    users = {name: user or AnonymousUser() for name, user in cast.items()} | {"initiator": amina}
    make.front_desk()
    contact = make.manager()
    arguments = {"submit": {}, "assign": {"contact": contact}}
    for user in users.values():
        for verb, extra in arguments.items():
            plan = make.initiative(by=amina, state=state)
            said = verb in verbs.allowed(plan, user)
            with transaction.atomic():
                done = attempt(getattr(verbs, verb), plan, user, extra)
                transaction.set_rollback(True)
            assert done == said, (verb, state, user)


def attempt(verb, plan, user, extra):
    try:
        verb(plan, by=user, **extra)
    except (PermissionDenied, ValidationError):
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_winner(carla, amina):
    plan = make.initiative(by=amina)
    contacts = [make.manager() for _ in range(8)]
    start, outcomes = threading.Barrier(8), []

    def assign(contact):
        copy = Initiative.objects.get(pk=plan.pk)
        start.wait()
        try:
            verbs.assign(copy, by=carla, contact=contact)
            outcomes.append(contact)
        except ValidationError:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=assign, args=[contact]) for contact in contacts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [one for one in outcomes if one]
    assert len(outcomes) == 8
    assert len(winners) == 1
    assert Initiative.objects.get(pk=plan.pk).contact == winners[0]
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_references_of_a_year_are_never_given_twice(amina):
    make.front_desk()
    plans = [make.initiative(by=amina, state=State.DRAFT) for _ in range(8)]
    start = threading.Barrier(8)

    def submit(plan):
        start.wait()
        try:
            verbs.submit(plan, by=amina)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[plan]) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    references = sorted(Initiative.objects.values_list("reference", flat=True))
    year = timezone.localdate().year
    assert references == [f"IW-{year}-{number:04d}" for number in range(1, 9)]


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


def test_without_a_front_desk_submitting_waits_and_says_so(amina):
    plan = make.initiative(by=amina, state=State.DRAFT)
    with pytest.raises(ValidationError, match="contactpersoon"):
        verbs.submit(plan, by=amina)
