"""What an officer makes of a suggestion, and that the matcher leaves it alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contacts.models import Absence
from initiatives import verbs as plans
from initiatives.models import GoalLink, Initiative, State
from matching import service, verbs
from matching.models import Suggestion, Verdict
from tests import make
from townhall.models import Event

LINKED = {"goal": "goal_links", "organisation": "partner_links", "similar": "similar_links"}
MAKERS = {
    "goal": make.goal,
    "organisation": make.organisation,
    "similar": make.initiative,
    "form": make.form,
    "manager": make.manager,
}


@pytest.fixture
def plan(amina):
    return make.initiative(by=amina, state=State.SUBMITTED)


@pytest.fixture
def derk(db):
    """Another officer, with a role at town hall."""
    user = make.user("derk@voorbeeld.example", name="Geheime Derk", role="officer")
    make.manager("Adviseur water", user=user)
    return user


def verdicts(plan):
    return {one.thing: one.verdict for one in plan.suggestions.all()}


def whats():
    return list(Event.objects.order_by("id").values_list("what", flat=True))


@pytest.mark.parametrize("target", LINKED)
def test_a_yes_links_the_thing_with_its_reason(target, plan, carla):
    thing = MAKERS[target]()
    make.suggestion(plan, sentence="Je noemt ‘bomen’.", **{target: thing})
    found = verbs.confirm(plan, target, thing, by=carla)
    assert (found.verdict, found.by, found.on.date()) == (Verdict.CONFIRMED, carla, timezone.now().date())
    link = getattr(plan, LINKED[target]).get()
    assert (link.by, link.why, link.was_suggested) == (carla, "Je noemt ‘bomen’.", True)
    assert len(whats()) == 1


@pytest.mark.parametrize("target", LINKED)
def test_what_was_added_by_hand_says_so(target, plan, carla):
    thing = MAKERS[target]()
    found = verbs.add(plan, target, thing, by=carla, reason="Ze werken er al.")
    assert (found.verdict, found.verdict_reason) == (Verdict.ADDED, "Ze werken er al.")
    link = getattr(plan, LINKED[target]).get()
    assert (link.why, link.was_suggested) == ("Ze werken er al.", False)


def test_adding_what_was_suggested_is_a_yes(plan, carla):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    assert verbs.add(plan, "goal", goal, by=carla).verdict == Verdict.CONFIRMED
    assert plan.goal_links.get().was_suggested


def test_a_no_needs_a_reason_and_links_nothing(plan, carla):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    with pytest.raises(ValidationError, match="waarom"):
        verbs.reject(plan, "goal", goal, by=carla, reason="  ")
    found = verbs.reject(plan, "goal", goal, by=carla, reason="Gaat over iets anders.")
    assert (found.verdict, found.verdict_reason) == (Verdict.REJECTED, "Gaat over iets anders.")
    verbs.reject(plan, "goal", goal, by=carla, reason="Loopt al.")
    assert plan.suggestions.get().verdict_reason == "Loopt al."
    assert not GoalLink.objects.exists()
    verbs.reject(plan, "goal", goal, by=carla, reason="Loopt al.")  # says nothing new
    assert whats() == ["judge", "judge"]  # one for each reason
    for event in Event.objects.all():
        assert event.details == {"verdict": "rejected", "target": "goal", "key": goal.key}


def test_a_way_to_pay_is_judged_without_a_link(plan, carla):
    form = make.form()
    make.suggestion(plan, form=form)
    verbs.confirm(plan, "form", form, by=carla)
    assert verdicts(plan) == {form: Verdict.CONFIRMED}
    verbs.undo(plan, "form", form, by=carla)
    assert verdicts(plan) == {form: ""}


# Undo --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("target", LINKED)
def test_undo_takes_the_link_and_the_verdict_away(target, plan, carla):
    suggested, by_hand, rejected = (MAKERS[target]() for _ in range(3))
    for thing in (suggested, rejected):
        make.suggestion(plan, **{target: thing})
    verbs.confirm(plan, target, suggested, by=carla)
    verbs.add(plan, target, by_hand, by=carla)
    verbs.reject(plan, target, rejected, by=carla, reason="Nee")
    for thing in (suggested, by_hand, rejected):
        verbs.undo(plan, target, thing, by=carla)
    assert verdicts(plan) == {suggested: "", rejected: ""}
    assert not getattr(plan, LINKED[target]).exists()


def test_a_link_nobody_suggested_can_be_undone_too(plan, carla):
    goal = make.goal()
    GoalLink.objects.create(initiative=plan, goal=goal)
    verbs.undo(plan, "goal", goal, by=carla)
    assert not GoalLink.objects.exists()


def test_undoing_nothing_is_told(plan, carla):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    with pytest.raises(ValidationError, match="niets om ongedaan") as refused:
        verbs.undo(plan, "goal", goal, by=carla)
    assert refused.value.code == "conflict"


# The contact -------------------------------------------------------------------------------------------
def test_a_yes_to_a_contact_assigns_and_undo_gives_the_plan_back(plan, carla):
    desk, adviser = plan.contact, make.manager("Adviseur groen")
    make.suggestion(plan, manager=adviser)
    verbs.confirm(plan, "manager", adviser, by=carla)
    assert Initiative.objects.get(pk=plan.pk).contact == adviser
    verbs.undo(plan, "manager", adviser, by=carla)
    assert Initiative.objects.get(pk=plan.pk).contact == desk
    assert verdicts(plan) == {adviser: ""}


def test_another_contact_needs_no_undo_and_the_first_can_come_back(plan, carla):
    first, second = make.manager(), make.manager()
    make.suggestion(plan, manager=first)
    verbs.confirm(plan, "manager", first, by=carla)
    verbs.add(plan, "manager", second, by=carla)
    verbs.confirm(plan, "manager", first, by=carla)
    assert plan.contact == first
    assert verdicts(plan) == {first: Verdict.CONFIRMED, second: Verdict.ADDED}


def test_the_reason_for_who_is_away_is_kept_for_colleagues_alone(plan, carla):
    away = make.manager()
    Absence.objects.create(manager=away, since=make.LONG_AGO)
    with pytest.raises(ValidationError, match="afwezig"):
        verbs.add(plan, "manager", away, by=carla)
    assert not plan.suggestions.exists()
    found = verbs.add(plan, "manager", away, by=carla, reason="Is morgen terug.")
    assert found.verdict_reason == "Is morgen terug."


def test_where_who_was_contact_before_has_left_the_front_desk_takes_over(plan, carla):
    desk, first, second = plan.contact, make.manager(), make.manager()
    verbs.add(plan, "manager", first, by=carla)
    verbs.add(plan, "manager", second, by=carla)
    first.available_until = make.LONG_AGO
    first.save()
    verbs.undo(plan, "manager", second, by=carla)
    assert plan.contact == desk


# Twice, too late, not allowed --------------------------------------------------------------------------
def test_the_same_verdict_twice_is_one(plan, carla):
    goal, other = make.goal(), make.goal()
    for thing in (goal, other):
        make.suggestion(plan, goal=thing)
    for _ in range(2):
        verbs.confirm(plan, "goal", goal, by=carla)
        verbs.reject(plan, "goal", other, by=carla, reason="Nee")
    assert whats() == ["link_goal", "judge"]


def test_who_is_second_hears_what_a_colleague_did(plan, carla, derk):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    verbs.confirm(plan, "goal", goal, by=derk)
    with pytest.raises(ValidationError, match="Al beoordeeld door Adviseur water: bevestigd") as refused:
        verbs.confirm(plan, "goal", goal, by=carla)
    assert refused.value.code == "conflict"
    with pytest.raises(ValidationError, match="Adviseur water"):
        verbs.reject(plan, "goal", goal, by=carla, reason="Nee")


def test_one_does_not_change_sides_without_undo(plan, carla):
    goal = make.goal()
    make.suggestion(plan, goal=goal)
    verbs.reject(plan, "goal", goal, by=carla, reason="Nee")
    with pytest.raises(ValidationError, match="ongedaan"):
        verbs.confirm(plan, "goal", goal, by=carla)
    assert not GoalLink.objects.exists()


@pytest.mark.parametrize("verb", [verbs.confirm, verbs.reject])
def test_a_suggestion_that_is_gone_is_told(verb, plan, carla):
    goal = make.goal()
    extra = {"reason": "Nee"} if verb is verbs.reject else {}
    with pytest.raises(ValidationError, match="niet meer") as refused:
        verb(plan, "goal", goal, by=carla, **extra)
    assert refused.value.code == "conflict"


@pytest.mark.parametrize("who", ["amina", "bram", "dirk"])
def test_only_officers_judge(who, plan, request):
    goal, form = make.goal(), make.form()
    for extra in ({"goal": goal}, {"form": form}):
        make.suggestion(plan, **extra)
    user = request.getfixturevalue(who)
    for judge in (
        lambda: verbs.confirm(plan, "goal", goal, by=user),
        lambda: verbs.confirm(plan, "form", form, by=user),
        lambda: verbs.reject(plan, "goal", goal, by=user, reason="Nee"),
        lambda: verbs.add(plan, "organisation", make.organisation(), by=user),
        lambda: verbs.undo(plan, "goal", goal, by=user),
    ):
        with pytest.raises((PermissionDenied, ValidationError)):
            judge()
    assert not Event.objects.exists()
    assert set(verdicts(plan).values()) == {""}


def test_nobody_judges_their_own_plan(carla):
    plan, goal = make.initiative(by=carla), make.goal()
    make.suggestion(plan, goal=goal)
    with pytest.raises(PermissionDenied):
        verbs.confirm(plan, "goal", goal, by=carla)
    assert verdicts(plan) == {goal: ""}


def test_a_concept_is_not_judged(amina, carla):
    plan, goal = make.initiative(by=amina, state=State.DRAFT), make.goal()
    with pytest.raises(ValidationError, match="concept"):
        plans.link("goal", plan, goal, by=carla)


# The matcher looks again -------------------------------------------------------------------------------
def test_what_was_judged_survives_when_the_matcher_looks_again(amina, carla):
    make.municipality()
    goals = [
        make.goal(title, description="Bomen en planten in de straat.")
        for title in ("Meer bomen in de straat", "Bomen planten met buren", "Groene straten met bomen")
    ]
    make.manager("Adviseur bomen", expertise="Bomen planten in de straat.")
    plan = make.initiative(
        "Bomen in de straat", by=amina, story="We willen bomen planten in onze straat, met alle buren."
    )
    service.suggest(plan)
    assert {one.goal for one in plan.suggestions.exclude(goal=None)} == set(goals)
    before = {one.pk for one in plan.suggestions.all()}
    verbs.confirm(plan, "goal", goals[0], by=carla)
    verbs.reject(plan, "goal", goals[1], by=carla, reason="Nee")
    by_hand = verbs.add(plan, "organisation", make.organisation(), by=carla).organisation
    service.suggest(plan)
    after = verdicts(plan)
    assert (after[goals[0]], after[goals[1]], after[goals[2]]) == ("confirmed", "rejected", "")
    assert after[by_hand] == "added"
    kept = {one.goal for one in Suggestion.objects.filter(pk__in=before)}
    assert kept == {goals[0], goals[1]}


def test_what_was_judged_and_is_found_again_has_the_score_of_now(amina, carla):
    make.municipality()
    first, second, third = (
        make.goal(title, description="Bomen en planten in de straat.")
        for title in ("Meer bomen in de straat", "Bomen planten met buren", "Groene straten met bomen")
    )
    elsewhere = make.goal("Veilig varen", description="Boten op het kanaal.")
    plan = make.initiative(
        "Bomen in de straat", by=amina, story="We willen bomen planten in onze straat, met alle buren."
    )
    said = {"verdict": "rejected", "on": timezone.now(), "by": carla, "verdict_reason": "Nee"}
    for goal in (first, elsewhere):
        make.suggestion(plan, goal=goal, score=0.01, rank=9, **said)
    verbs.add(plan, "goal", second, by=carla)
    assert service.suggest(plan) == len(plan.suggestions.filter(verdict=""))
    answer = service.advise(service.question_of(plan))
    now = {
        one.record: (one.score, rank, answer.version, [reason.sentence for reason in one.reasons])
        for rank, one in enumerate(answer.goals, start=1)
    }
    assert set(now) == {first, second, third}
    stored = {one.goal: one for one in plan.suggestions.exclude(goal=None)}
    for goal in now:
        one = stored[goal]
        assert (one.score, one.rank, one.version, [why["sentence"] for why in one.reasons]) == now[goal]
    assert [stored[goal].verdict for goal in (first, second, third)] == ["rejected", "added", ""]
    assert (stored[first].verdict_reason, stored[first].by) == ("Nee", carla)
    assert (stored[elsewhere].score, stored[elsewhere].rank) == (0.01, 9)


def test_the_next_best_contacts_are_kept_with_a_reason(amina):
    make.municipality()
    make.goal("Meer bomen in de straat", description="Bomen planten in de straat.")
    make.front_desk()
    for number in range(3):
        make.manager(f"Adviseur bomen {number}", expertise="Bomen planten in de straat met buren.")
    plan = make.initiative(
        "Bomen in de straat", by=amina, story="We willen bomen planten in onze straat, met alle buren."
    )
    service.suggest(plan)
    proposed = list(plan.suggestions.exclude(manager=None))
    assert [one.rank for one in proposed] == [1, 2, 3]
    assert all(one.reasons[0]["sentence"] for one in proposed)
    assert [one.score for one in proposed] == sorted((one.score for one in proposed), reverse=True)
