"""How the wegwijzer works here, as a manager sees and sets it."""

import pytest
from django.utils import timezone

from initiatives.models import State
from matching import verbs
from matching.corpus import build, stamp
from matching.matcher import FITS_FROM, VERSION
from matching.models import Learned
from tests import make
from townhall.models import Event, Municipality, OutboxMessage

pytestmark = pytest.mark.django_db
HERE = "/beheer/wegwijzer/1/"
USUAL = round(100 * FITS_FROM)


@pytest.fixture
def manager(client, mo):
    client.force_login(mo)
    return client


@pytest.fixture
def town():
    return make.municipality()


def read(title, score, **fields):
    """An open plan that the matcher looked at; without a score it found no goal."""
    plan = make.initiative(title, state=State.SUBMITTED, **fields)
    make.suggestion(plan, manager=make.manager())
    if score is not None:
        make.suggestion(plan, goal=make.goal(plain_description=""), score=score)
        make.suggestion(plan, goal=make.goal(plain_description=""), score=score / 2)
    return plan


def test_it_counts_what_fits_and_shows_what_only_just_does(manager, town):
    for title, score in [
        ("Ruim", 0.9),
        ("Net wel", 0.26),
        ("Net niet", 0.24),
        ("Ver weg", 0.1),
        ("Niets", None),
    ]:
        read(title, score)
    read("Niet openbaar", 0.5, public=False)
    make.initiative("Nog niet gelezen", state=State.SUBMITTED)
    read("Klaar", 0.9).__class__.objects.filter(title="Klaar").update(state=State.REALISED)
    page = manager.get(HERE)
    told = page.context
    assert (told["threshold"], told["plans"], told["fit"], told["fit_nothing"]) == (USUAL, 6, 3, 3)
    assert [(one["score"], one["fit"]) for one in told["effects"]] == [
        (USUAL - 10, 4),
        (USUAL - 5, 4),
        (USUAL, 3),
        (USUAL + 5, 2),
        (USUAL + 10, 2),
    ]
    assert [[plan.title for _score, plan in some] for _words, some in told["near"]] == [
        ["Net wel", "Niet openbaar", "Ruim"],
        ["Net niet", "Ver weg"],
    ]
    assert VERSION in page.text


def test_a_town_without_plans_reads_what_will_stand_there(manager, town):
    page = manager.get(HERE)
    assert "Er zijn nog geen open plannen die de wegwijzer las." in page.text
    assert "nog niet" in page.text


def test_the_threshold_is_shifted_and_used(manager, town, mo):
    make.goal()
    before = build(stamp()).matcher.fits_from
    answer = manager.post(HERE, {"version": 1, "fits_shift": "0.05", "learns": "on"})
    assert (answer.status_code, answer.url) == (302, HERE)
    assert build(stamp()).matcher.fits_from == pytest.approx(before + 0.05)
    assert Event.objects.get(subject_kind="municipality").by == mo
    page = manager.get(HERE)
    assert page.context["threshold"] == USUAL + 5
    assert [where for _name, where, _means in page.context["strengths"]] == [
        "Score 60 of meer.",
        f"Score {USUAL + 5} of meer.",
        "Minder dan dat.",
    ]
    assert [one["now"] for one in page.context["effects"]] == [False, False, False, True, False]
    assert "strenger of ruimer" in page.text.lower()


@pytest.mark.parametrize("shift", ["0.11", "-1", "", "veel", "NaN"])
def test_no_other_shift_is_taken(manager, town, shift):
    page = manager.post(HERE, {"version": 1, "fits_shift": shift, "learns": "on"})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert Municipality.objects.get().fits_shift == 0


def test_learning_is_switched_off_and_on(manager, town):
    Learned.objects.create(goal=make.goal(), version="x", added=3)
    assert manager.get(HERE).context["learned"]["goals"] == 1
    manager.post(HERE, {"version": 1, "fits_shift": "0.00"})
    assert not Learned.objects.exists()
    assert "Leren staat uit." in manager.get(HERE).text
    manager.post(HERE, {"version": 2, "fits_shift": "0.00", "learns": "on"})
    assert OutboxMessage.objects.filter(kind="learn", payload={}).count() == 1
    assert "Wordt nu opnieuw geleerd" in manager.get(HERE).text
    OutboxMessage.objects.update(done_at=timezone.now())
    assert "Wordt nu opnieuw geleerd" not in manager.get(HERE).text


def test_what_colleagues_added_is_told_apart_from_what_an_import_linked(manager, town, carla):
    goal = make.goal()
    for _number in range(2):
        make.initiative(goals=[goal])
    verbs.add(make.initiative(state=State.SUBMITTED), "goal", goal, by=carla)
    Learned.objects.create(goal=goal, version="x", added=3)
    told = manager.get(HERE).context
    assert (told["added"], told["imported"]) == (1, 2)


def test_who_saves_second_is_told(manager, town):
    manager.post(HERE, {"version": 1, "fits_shift": "0.05", "learns": "on"})
    page = manager.post(HERE, {"version": 1, "fits_shift": "-0.05", "learns": "on"})
    assert page.status_code == 409
    assert str(Municipality.objects.get().fits_shift) == "0.05"


def test_the_database_keeps_the_bounds(town):
    town.fits_shift = "0.2"
    with pytest.raises(Exception, match="fits_shift_within_bounds"):
        town.save()


def test_the_api_tunes_the_same_way(client, mo, town):
    client.force_login(mo)
    here = "/api/v1/wegwijzer-instellingen"
    assert client.get(here).json() == {"verschuiving": "0.00", "leert": True, "versie": 1}
    asked = {"verschuiving": "-0.05", "versie": 1}
    answer = client.patch(here, asked, content_type="application/json")
    assert answer.json() == {"verschuiving": "-0.05", "leert": True, "versie": 2}
    answer = client.patch(here, {"verschuiving": "0.3", "versie": 2}, content_type="application/json")
    assert answer.status_code == 400
    assert not client.patch(here, {"leert": False, "versie": 2}, content_type="application/json").json()[
        "leert"
    ]
