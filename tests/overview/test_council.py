"""The council's page: who comes in, figures counted by hand, and links that keep what the numbers promise."""

import re
import threading
from datetime import datetime
from random import Random
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goals.models import Goal, GoalPortfolio
from initiatiefwijzer.exchange.importing import Import
from initiatives import verbs
from initiatives.models import Clock, GoalLink, Initiative, State
from initiatives.views import InitiativeList
from overview import tally
from overview.council import Overview
from overview.models import PlanChange
from overview.tasks import sweep_changes
from tests import databases, make
from tests.exchange.conftest import KLEINDORP
from tests.house import town

pytestmark = pytest.mark.django_db
PAGE, TWIN = "/raad/", "/api/v1/statistieken"
STAFF = ("officer", "council", "manager")


def at(year, month, day=15):
    return timezone.make_aware(datetime(year, month, day, 12))


@pytest.fixture
def small():
    """Two districts in one, two portfolios, four goals and seven plans; whoever changes it counts again."""
    make.municipality()
    whole, care, green = make.district("Noord"), make.portfolio("Zorg"), make.portfolio("Groen")
    part, south = make.district("Noordeinde", parent=whole), make.district("Zuid")
    theme = make.theme("Samen", slug="samen")
    goals = {
        "lonely": make.goal("Minder eenzaamheid", slug="eenzaam", portfolio=care, themes=[theme]),
        "meet": make.goal("Meer ontmoeting tegen eenzaamheid", slug="ontmoeten", portfolio=care),
        "trees": make.goal("Meer bomen", slug="bomen", portfolio=green),
        "quiet": make.goal("Eenzame ouderen", slug="ouderen", portfolio=care),
        "old": make.goal("Oud plan", slug="oud", portfolio=green, state=Goal.State.ENDED),
        "draft": make.goal("Geheim doel", slug="geheim", state=Goal.State.DRAFT),
    }
    rows = [  # district, goals, public, state, month
        (part, "lonely meet", True, State.IN_DIALOGUE, at(2026, 3)),
        (part, "lonely", False, State.IN_DIALOGUE, at(2026, 3)),
        (whole, "trees", True, State.REALISED, at(2026, 5)),
        (south, "trees lonely", True, State.STOPPED, at(2025, 12, 31)),
        (south, "", True, State.SUBMITTED, at(2026, 5)),
        (None, "", False, State.SUBMITTED, at(2026, 6)),
        (None, "old", True, State.ONGOING, at(2024, 1)),
    ]
    for where, names, public, state, when in rows:
        linked = [goals[name] for name in names.split()]
        make.initiative(district=where, goals=linked, public=public, state=state, submitted_at=when)
    make.initiative("Een concept", state=State.DRAFT, goals=[goals["lonely"]])
    return goals


def look(user, query=""):
    request = RequestFactory().get(PAGE + query)
    request.user = user
    return Overview(request)


def numbers(rows):
    return {row.name: (row.count.all, row.count.public) for row in rows}


# Who comes in -------------------------------------------------------------------------------------------
def test_residents_are_refused_visitors_sign_in_and_staff_come_in(cast):
    for role, user in cast.items():
        client = town.walker(user)
        page, twin = client.get(PAGE), client.get(TWIN)
        expected = (200, 200) if role in STAFF else (403, 403) if user else (302, 403)
        assert (page.status_code, twin.status_code) == expected, role
    assert "Dit mag je hier niet doen" in town.walker(cast["resident"]).get(PAGE).content.decode()


def test_only_staff_find_it_in_the_menu(cast):
    for role, user in cast.items():
        menu = f'href="{PAGE}"' in town.walker(user).get("/doelen/").content.decode()
        assert menu == (role in STAFF), role


def test_no_title_of_a_plan_is_shown(dirk, small):
    hidden = make.initiative("Zwemsteiger in de plas", public=False, goals=[small["lonely"]])
    client = town.walker(dirk)
    for address in (PAGE, TWIN, f"{PAGE}?toon=met"):
        answer = client.get(address).content.decode()
        assert hidden.title not in answer
        assert hidden.reference not in answer


# Counted by hand ----------------------------------------------------------------------------------------
def test_the_figures_of_a_small_town(dirk, small):
    found = look(dirk)
    assert (found.plans.count.all, found.plans.count.public) == (7, 5)
    assert numbers([found.without_goal]) == {"Plannen zonder doel": (2, 1)}
    assert numbers(found.first_with) == {
        "Minder eenzaamheid": (3, 2),
        "Meer bomen": (2, 2),
        "Meer ontmoeting tegen eenzaamheid": (1, 1),
        "Oud plan": (1, 1),
    }
    assert [row.name for row in found.first_without] == ["Eenzame ouderen"]
    assert numbers(found.per_portfolio) == {"Zorg": (3, 2), "Groen": (3, 3)}
    assert numbers(found.per_district) == {"Noord": (3, 2), "Noordeinde": (3, 2), "Zuid": (2, 2)}
    assert (found.town_wide.all, found.running_goals) == (2, 4)
    assert numbers(found.per_state) == {
        "Ingediend": (2, 1),
        "In gesprek": (2, 1),
        "Gerealiseerd": (1, 1),
        "Doorlopend": (1, 1),
        "Gestopt": (1, 1),
    }
    assert [row.short for row in found.per_period][:2] == ["K1 24", "K2 24"]
    assert sum(row.count.all for row in found.per_period) == 7
    assert found.summary == (
        "7 plannen, waarvan 5 openbaar. 1 van de 4 lopende doelen heeft geen plan."
        " 2 plannen horen bij geen doel."
    )


def test_which_goals_about_a_word_have_plans_and_which_have_none(dirk, small):
    found = look(dirk, "?zoek=eenzaam")
    assert numbers(found.first_with) == {
        "Minder eenzaamheid": (3, 2),
        "Meer ontmoeting tegen eenzaamheid": (1, 1),
    }
    assert [row.name for row in found.first_without] == ["Eenzame ouderen"]
    assert (found.plans.count.all, found.without_goal) == (3, None)
    html = town.walker(dirk).get(f"{PAGE}?zoek=eenzaam").content.decode()
    assert "1 van de 3 lopende doelen heeft geen plan." in html


def test_the_first_talk(dirk, small):
    plans = list(Initiative.objects.registered().order_by("submitted_at"))
    days = [("2026-03-16", "2026-03-18", "2026-03-23"), ("2026-03-16", "2026-03-27", "2026-03-23")]
    for plan, (begun, stopped, due) in zip(plans, days, strict=False):
        Clock.objects.create(
            initiative=plan,
            kind="contact",
            days=5,
            started_on=begun,
            warn_on=begun,
            due_on=due,
            stopped_on=stopped,
        )
    contact = look(dirk).contact
    assert (contact.measured, contact.on_time, contact.median, contact.share) == (2, 1, 5.5, 50)


@pytest.mark.parametrize(
    ("query", "plans"),
    [
        ("?wijk=noordeinde", 3),
        ("?staat=in-gesprek", 2),
        ("?van=2026-05", 3),
        ("?van=2025-12&tot=2026-03", 3),
        ("?tot=2025-12", 2),
        ("?thema=samen", 3),
        ("?zoek=bomen&wijk=zuid", 1),
        ("?zoek=bomen&staat=gepauzeerd", 0),
    ],
)
def test_questions_narrow_what_is_counted(dirk, small, query, plans):
    found = look(dirk, query)
    assert found.plans.count.all == plans
    assert sum(row.count.all for row in found.per_state) == plans
    assert sum(row.count.all for row in found.per_period) == plans


# The way down -------------------------------------------------------------------------------------------
def every_row(found):
    goals = found.rows_of(found.with_plans)
    alone = [found.plans, *([found.without_goal] if found.without_goal else [])]
    return [*alone, *goals, *found.per_portfolio, *found.per_district, *found.per_state, *found.per_period]


def listed(user, url):
    """How many plans the list at this address shows, after seeing that it understood everything asked."""
    request = RequestFactory().get(url)
    request.user = user
    view = InitiativeList()
    view.setup(request)
    found = view.get_queryset().count()
    assert not view.filterset.errors
    assert set(parse_qs(urlsplit(url).query)) <= set(view.filterset.filters)
    return found


QUESTIONS = [
    "",
    "?zoek=eenzaam",
    "?zoek=eenzaam&thema=samen",
    "?thema=samen&wijk=noord",
    "?wijk=noordeinde&van=2026-01",
    "?staat=in-gesprek&tot=2026-04&van=2026-02",
    "?zoek=bomen&staat=gestopt",
]


@pytest.mark.parametrize("query", [*QUESTIONS, "portfolio"])
def test_a_number_is_the_number_of_the_list_it_leads_to(cast, small, query):
    if query == "portfolio":
        query = f"?portefeuille={GoalPortfolio.objects.get(goal=small['trees']).portfolio.key}&wijk=zuid"
    for role in STAFF:
        found = look(cast[role], query)
        for row in every_row(found):
            assert listed(cast[role], row.public_url) == row.count.public, (role, row)
            assert bool(row.all_url) == (role != "council")
            if row.all_url:
                assert listed(cast[role], row.all_url) == row.count.all, (role, row)


def test_a_plan_that_went_on_in_another_is_counted_no_more(carla, small):
    gone, stays = Initiative.objects.get(state=State.STOPPED), Initiative.objects.get(state=State.ONGOING)
    before = look(carla).plans.count.all
    Initiative.objects.filter(pk=gone.pk).update(merged_into=stays)
    found = look(carla)
    assert found.plans.count.all == before - 1
    for row in every_row(found):
        assert listed(carla, row.all_url) == row.count.all, row
    assert_right()


def test_a_goal_has_to_meet_all_that_is_asked_of_it_at_once(carla, small):
    """The plan has a goal of the theme, and another of the portfolio; but none that is both."""
    green = GoalPortfolio.objects.get(goal=small["trees"]).portfolio.key
    assert listed(carla, f"/initiatieven/?thema=samen&portefeuille={green}") == 0
    assert look(carla, f"?thema=samen&portefeuille={green}").plans.count.all == 0


def test_what_a_link_brought_is_shown_at_the_list_and_can_be_taken_away(client, small):
    html = client.get(
        "/initiatieven/?doelwoorden=eenzaam&van=2026-03&gekoppeld=ja&openbaar=ja"
    ).content.decode()
    for words in ("Doel over “eenzaam”", "vanaf maart 2026", "Hoort bij een doel", "Openbaar"):
        assert re.search(rf"Wis filter [^<]*</span>{words}<", html), words


def test_page_and_twin_say_the_same(dirk, small):
    client = town.walker(dirk)
    for query in ("", "?zoek=eenzaam", "?toon=met", "?toon=zonder", "?wijk=noord"):
        page, twin = client.get(PAGE + query).context["overview"], client.get(TWIN + query).json()
        assert twin["plannen"] == {"plannen": page.plans.count.all, "openbaar": page.plans.count.public}
        assert [row["naam"] for row in twin["doelenMetPlannen"]] == [row.name for row in page.some_with]
        assert [row["naam"] for row in twin["doelenZonderPlannen"]] == [row.name for row in page.some_without]
        assert [row["plannen"] for row in twin["wijken"]] == [row.count.all for row in page.per_district]
        assert [row["lijst"] for row in twin["periodes"]] == [row.public_url for row in page.per_period]


# Bad input, and towns that are empty or absurd ----------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?wijk=atlantis", "Deze wijk kennen we niet."),
        ("?portefeuille=x", "Deze portefeuille kennen we niet."),
        ("?thema=x", "Dit thema kennen we niet."),
        ("?staat=klaar", "Deze staat kennen we niet."),
        ("?van=gisteren", "Schrijf een maand als 2026-03."),
        ("?tot=2026-13", "Schrijf een maand als 2026-03."),
        ("?van=0000-01", "Schrijf een maand als 2026-03."),
        ("?van=٢٠٢٦-03", "Schrijf een maand als 2026-03."),
        ("?toon=alles", "Kies met of zonder."),
        (f"?zoek={'x' * 300}", "We zoeken met hoogstens 200 tekens."),
    ],
)
def test_a_wrong_question_gets_a_plain_sentence(dirk, small, query, sentence):
    client = town.walker(dirk)
    page, twin = client.get(PAGE + query), client.get(TWIN + query)
    assert (page.status_code, twin.status_code) == (200, 400)
    assert sentence in page.content.decode()
    assert sentence in [problem["reason"] for problem in twin.json()["invalidParams"]]


def test_the_api_knows_no_other_questions(dirk):
    problems = town.walker(dirk).get(f"{TWIN}?kleur=rood").json()["invalidParams"]
    assert problems == [{"name": "kleur", "reason": "Deze parameter kennen we niet."}]


@pytest.mark.parametrize(
    "query", ["?van=2026-09&tot=2026-01", "?van=2099-01", "?tot=1901-01", "?zoek=xylofoon", "?pagina=9"]
)
def test_a_question_that_finds_nothing_is_answered(dirk, small, query):
    assert town.walker(dirk).get(PAGE + query).status_code == 200
    assert town.walker(dirk).get(TWIN + query).status_code == 200


def test_an_empty_town(dirk):
    html = town.walker(dirk).get(PAGE).content.decode()
    assert "Er zijn nog geen plannen." in html
    assert "Er zijn geen lopende doelen die hierbij passen." in html
    assert town.walker(dirk).get(TWIN).json()["periodes"] == []


def test_one_plan(dirk):
    make.initiative(goals=[make.goal("Bomen")])
    assert look(dirk).summary == "1 plan, waarvan 1 openbaar. Het ene lopende doel heeft een plan."


def test_long_lists_are_cut_and_can_be_read_in_pages(dirk):
    for number in range(60):
        make.goal(f"Doel {number:02}")
    client = town.walker(dirk)
    assert "Toon alle 60 doelen zonder plannen" in client.get(PAGE).content.decode()
    pages = [client.get(f"{PAGE}?toon=zonder&pagina={number}") for number in (1, 2, 3)]
    names = [row.name for page in pages for row in page.context["overview"].goals_list.object_list]
    assert names == [f"Doel {number:02}" for number in range(60)]


def test_hostile_and_endless_words_are_only_words(dirk):
    goal = make.goal("<script>alert(1)</script>" + "x" * 200)
    make.initiative(goals=[goal])
    html = town.walker(dirk).get(PAGE).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_hundred_plans_cost_what_three_cost(dirk, small):
    client = town.walker(dirk)
    addresses = [PAGE, f"{PAGE}?zoek=eenzaam&wijk=noord", f"{PAGE}?toon=met", TWIN]

    def cost(address):
        client.get(address)  # reads what stands, which has changed
        tally.keeper.forget()  # and counts anew: what is kept costs less
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = [cost(address) for address in addresses]
    for number in range(40):
        portfolio = make.portfolio()
        make.initiative(goals=[make.goal(portfolio=portfolio)], district=make.district(), state=State.ONGOING)
        make.goal(f"Eenzaam {number}", portfolio=portfolio)
    assert [cost(address) for address in addresses] == few
    assert max(few) <= 20


@pytest.mark.django_db(transaction=True)  # only what is committed is kept
def test_what_is_kept_of_a_question_follows_every_change_and_is_of_one_role(dirk, carla, small):
    council, officer = town.walker(dirk), town.walker(carla)
    everything = 'href="/initiatieven/?doel=eenzaam"'
    for _twice in range(2):
        assert everything in officer.get(PAGE).text
        assert everything not in council.get(PAGE).text
    new = make.goal("Nieuw doel", slug="nieuw")
    make.initiative(goals=[new])
    assert "Nieuw doel" in council.get(PAGE).text
    Goal.objects.filter(pk=new.pk).update(title="Beter doel", plain_title="")
    assert "Beter doel" in council.get(PAGE).text
    assert "Beter doel" in {row["naam"] for row in council.get(TWIN).json()["doelenMetPlannen"]}
    first, later = (council.get(TWIN).json()["geteldOp"] for _twice in range(2))
    assert later > first


# The tally keeps up -------------------------------------------------------------------------------------
def shape(one):
    """What a tally knows, in an order of its own."""
    links = one.links[:, np.lexsort(one.links)]
    return one.plans.tolist(), links.tolist()


def assert_right():
    """What the process keeps is what it would read now, and what Django counts."""
    kept = tally.keeper.current()
    assert shape(kept) == shape(tally.whole())
    plans = Initiative.objects.registered().on_their_own()
    assert (len(kept), int(kept.public.sum())) == (plans.count(), plans.public().count())
    assert kept.links.shape[1] == GoalLink.objects.count()


class Walk:
    """Everything that happens to plans, a little of each, in any order."""

    often = ["begin", "begin", "begin", "step", "step", "show", "show", "link", "link", "link"]
    seldom = ["move", "remove", "change_many", "regret"]

    def __init__(self, seed):
        self.dice = Random(seed)
        self.officer, self.initiator = make.user(role="officer"), make.user()
        self.goals = [make.goal() for _ in range(4)]

    def go(self):
        getattr(self, self.dice.choice(self.often + self.seldom))()

    def some(self, states=verbs.SENT):
        found = Initiative.objects.filter(state__in=states).order_by("pk")
        return self.dice.choice(found) if found else self.begin()

    def begin(self):
        plan = verbs.register(by=self.initiator, title="Plan", story="Een plan.")
        verbs.edit(plan, by=self.initiator, version=plan.version, wants_public=self.dice.random() < 0.8)
        plan.refresh_from_db()
        if self.dice.random() < 0.8:
            verbs.submit(plan, by=self.initiator)
        return plan

    def step(self):
        plan = self.some()
        asked = [verb for verb in verbs.allowed(plan, self.officer) if verb in verbs.STEPS]
        if asked:
            verbs.step(self.dice.choice(asked), plan, by=self.officer, sentence="Omdat het kan.")

    def show(self):
        plan = self.some()
        if plan.wants_public and plan.state != State.DRAFT:
            (verbs.release if self.dice.random() < 0.7 else verbs.hide)(plan, by=self.officer)

    def link(self):
        plan, goal = self.some(), self.dice.choice(self.goals)
        if plan.state != State.DRAFT:
            (verbs.link if self.dice.random() < 0.7 else verbs.unlink)("goal", plan, goal, by=self.officer)

    def move(self):
        sent = at(self.dice.randrange(2020, 2027), self.dice.randrange(1, 13))
        Initiative.objects.filter(pk=self.some().pk).update(district=make.district(), submitted_at=sent)

    def remove(self):
        self.some(State).delete()

    def change_many(self):
        Initiative.objects.filter(state=State.PAUSED).update(state=State.ONGOING, previous_state="paused")
        GoalLink.objects.filter(goal=self.dice.choice(self.goals)).delete()

    def regret(self):
        with transaction.atomic():
            self.step()
            self.begin()
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_after_a_random_walk_the_figures_are_those_of_the_records(seed):
    make.front_desk()
    walk = Walk(seed)
    assert_right()
    for _ in range(60):
        for _ in range(walk.dice.randrange(1, 4)):
            walk.go()
        assert_right()
    assert len(tally.keeper.current()) > 5


@pytest.mark.django_db(transaction=True)
def test_an_import_is_counted(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert_right()
    assert Import(KLEINDORP).run()
    assert_right()
    assert len(tally.keeper.current()) == 5


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_ends_late_is_not_missed():
    """Another process began to change a plan, then a later change was counted, then the first one ends."""
    first, second = make.initiative(), make.initiative()
    assert_right()
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            Initiative.objects.filter(pk=first.pk).update(state=State.REALISED)
            begun.set()
            go_on.wait(10)
        connection.close()

    other = threading.Thread(target=slow)
    other.start()
    begun.wait(10)
    Initiative.objects.filter(pk=second.pk).update(state=State.ONGOING)  # is not kept waiting
    states = tally.keeper.current().row("state").tolist()
    assert states == [tally.STATES.index(state) for state in (State.IN_DIALOGUE, State.ONGOING)]
    go_on.set()
    other.join()
    states = tally.keeper.current().row("state").tolist()
    assert states == [tally.STATES.index(state) for state in (State.REALISED, State.ONGOING)]


@pytest.mark.django_db(transaction=True)
def test_when_nothing_changed_nothing_is_read_again():
    make.initiative()
    before = tally.keeper.current()
    make.goal()
    make.user()
    assert tally.keeper.current() is before


@pytest.mark.django_db(transaction=True)
def test_very_many_plans_at_once_are_one_note():
    make.initiative(goals=[make.goal()])
    assert_right()
    PlanChange.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO initiatives_goallink (initiative_id, goal_id, strength, why, was_suggested)"
            " SELECT i.id, g.id, 1, '', false FROM initiatives_initiative i, goals_goal g WHERE false"
        )
        assert not PlanChange.objects.exists()
        cursor.execute("SELECT contact_id FROM initiatives_initiative")
        [contact] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO initiatives_initiative"
            " (public_id, version, terms_version, reference, title, summary,"
            " story, existing, offered, asked, place, kind, submitted_by, submitter, wants_public, state,"
            " previous_state, state_reason, links, submitted_at, contact_id)"
            " SELECT gen_random_uuid(),"
            " 1, '', 'T' || n, 'Plan', '', '', '', '', '', '', 'own_plan', 'person',"
            " '', false, 'submitted', '', '', '{}', now(), %s FROM generate_series(1, 5001) n",
            [contact],
        )
    assert list(PlanChange.objects.values_list("plan", flat=True)) == [0]
    assert_right()
    assert len(tally.keeper.current()) == 5002


def test_a_transaction_sees_what_it_changed_itself_while_others_come_and_go(carla, small):
    gone = Initiative.objects.get(state=State.STOPPED)
    with databases.connect(connection.settings_dict["NAME"]) as somebody:
        somebody.execute("SELECT pg_current_xact_id()")
    before = look(carla).plans.count.all
    Initiative.objects.filter(pk=gone.pk).update(merged_into=Initiative.objects.get(state=State.ONGOING))
    assert look(carla).plans.count.all == before - 1


def test_old_notes_are_swept_away():
    make.initiative()
    assert PlanChange.objects.exists()
    sweep_changes()
    assert PlanChange.objects.exists()
    PlanChange.objects.update(at=at(2026, 1))
    sweep_changes()
    assert not PlanChange.objects.exists()
