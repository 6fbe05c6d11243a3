"""The demo municipality goes in, comes out, and goes in again."""

import filecmp
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from agreements.models import ContinuityPlan
from contacts.models import AccountManager, Organisation, Portfolio
from goals.models import Goal
from initiatiefwijzer.exchange.exporting import WRITERS, Export
from initiatiefwijzer.exchange.importing import Import
from initiatives.models import Initiative, Message, Participant, State
from tests import make
from tests.exchange.conftest import MERENBURG
from townhall.models import Municipality, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _portraits(merenburg, settings):
    settings.MEDIA_ROOT = merenburg.media.parent


def test_everything_is_in():
    assert Municipality.objects.current().name == "Merenburg"
    assert Goal.objects.running().count() == 120
    assert Organisation.objects.count() == 80
    assert Initiative.objects.count() == 80
    assert set(Initiative.objects.values_list("state", flat=True)) == set(State.values)
    assert AccountManager.objects.front_desk().key == "K41"
    assert all(portfolio.holder for portfolio in Portfolio.objects.all())


def test_every_plan_that_was_sent_in_waits_for_the_matcher():
    sent = set(Initiative.objects.registered().values_list("pk", flat=True))
    rows = OutboxMessage.objects.filter(kind="match")
    assert {row.payload["initiative"] for row in rows} == sent


def test_every_portrait_that_is_named_is_there(merenburg):
    names = {*AccountManager.objects.values_list("photo", flat=True)} - {""}
    assert names <= {path.name for path in merenburg.media.iterdir()}


def test_what_is_in_can_be_found():
    assert Goal.objects.search("meepraten").exists()
    assert AccountManager.objects.search("leefbaarheid").exists()


def test_the_second_time_nothing_changes(django_assert_max_num_queries):
    run = Import(MERENBURG)
    with django_assert_max_num_queries(60):
        assert run.run()
    assert {outcome for _file, outcome in run.counts} == {"same"}


def same(one, other):
    """Whether two folders hold the same files, byte for byte."""
    names = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(other)) for path in other.rglob("*") if path.is_file())
    return filecmp.cmpfiles(one, other, names, shallow=False)[1:] == ([], [])


def empty_the_town():
    tables = [
        "townhall_municipality", "townhall_text", "townhall_event", "townhall_outboxmessage",
        "contacts_district", "contacts_department", "contacts_portfolio", "contacts_portfolioholder",
        "contacts_organisation", "goals_policyfield", "goals_theme", "goals_policynote", "goals_goal",
        "funding_financingform", "initiatives_initiative",
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def test_out_and_in_and_out_again_is_the_same_byte_for_byte(tmp_path, settings):
    first, second = tmp_path / "een", tmp_path / "twee"
    counts = Export(first).run()
    assert counts["goals.jsonl"] == 120
    assert counts["initiatives.jsonl"] == 80
    assert len(list((first / "photos").iterdir())) == 37
    empty_the_town()
    assert not Goal.objects.exists()
    settings.MEDIA_ROOT = tmp_path / "media"
    run = Import(first)
    assert run.run(), [str(fault) for fault in run.faults]
    Export(second).run()
    assert same(first, second)


def test_what_came_out_goes_in_again_and_changes_nothing(tmp_path):
    Export(tmp_path / "uit").run()
    run = Import(tmp_path / "uit")
    assert run.run(), [str(fault) for fault in run.faults]
    assert {outcome for _file, outcome in run.counts} == {"same"}


def test_a_plan_that_came_in_on_the_site_goes_out_and_in_without_doubling(tmp_path):
    plan = make.initiative("Zwemmen in de plas", reference="IW-2026-9999", submitted_at=timezone.now())
    Export(tmp_path / "uit").run()
    run = Import(tmp_path / "uit")
    assert run.run(), [str(fault) for fault in run.faults]
    assert run.counts["initiatives.jsonl", "same"] == 81
    assert Initiative.objects.get(reference="IW-2026-9999") == plan


def test_how_a_plan_goes_on_goes_along(tmp_path):
    plan = Initiative.objects.get(import_key="I137")
    ContinuityPlan.objects.filter(initiative=plan).update(
        money="De pot van de buurt", review_on="2030-01-31", remind_on="2030-01-17"
    )
    Export(tmp_path / "uit").run()
    plan.continuity_plan.delete()
    assert Import(tmp_path / "uit").run()
    later = ContinuityPlan.objects.get(initiative=plan)
    assert (later.money, str(later.review_on), str(later.remind_on)) == (
        "De pot van de buurt",
        "2030-01-31",
        "2030-01-17",
    )
    version = later.version
    ContinuityPlan.objects.filter(pk=later.pk).update(money="Nog niets", people="Wij tweeën")
    run = Import(tmp_path / "uit")
    assert run.run()
    assert (run.counts["initiatives.jsonl", "changed"], run.counts["initiatives.jsonl", "same"]) == (1, 79)
    later.refresh_from_db()
    assert (later.money, later.version) == ("De pot van de buurt", version + 1)


@pytest.mark.parametrize(
    ("said", "upkeep", "day"),
    [
        ("De buurt doet het.", "De buurt doet het.", "2030-01-31"),  # as files were before
        ({"upkeep": "Wij."}, "Wij.", "2030-01-31"),
        ({"upkeep": "Wij.", "review_on": "2019-01-31"}, "Wij.", "2030-01-31"),  # the day has passed
        ({}, "De fietsenmaker kijkt elk half jaar alles na. Wij poetsen en laden op.", "2030-01-31"),
    ],
)
def test_what_a_row_does_not_say_of_how_a_plan_goes_on_stays(tmp_path, said, upkeep, day):
    plan = Initiative.objects.get(import_key="I137")
    ContinuityPlan.objects.filter(initiative=plan).update(review_on=day, remind_on="2030-01-17")
    row = {"id": "I137", "title": plan.title, "text": plan.story, "district": plan.district.name}
    (tmp_path / "initiatives.jsonl").write_text(json.dumps(row | {"continuity": said}), "utf-8")
    run = Import(tmp_path)
    assert run.run(), [str(fault) for fault in run.faults]
    later = ContinuityPlan.objects.get(initiative=plan)
    assert (later.upkeep, str(later.review_on)) == (upkeep, day)
    assert later.people


def test_a_day_too_far_ahead_is_a_fault_of_its_row(tmp_path):
    row = {"id": "X1", "title": "Ver", "text": "Weg.", "district": None}
    row["continuity"] = {"review_on": "2190-01-01"}
    (tmp_path / "initiatives.jsonl").write_text(json.dumps(row), "utf-8")
    run = Import(tmp_path)
    assert not run.run()
    assert "continuity" in str(run.faults[0])


def test_nothing_private_of_residents_goes_out(tmp_path):
    secrets = {
        name: f"geheim-{number}"
        for number, name in enumerate(("naam", "mail", "adres", "bericht", "concept"))
    }
    somebody = make.user("geheim-account@voorbeeld.example", name="geheim-account")
    plan = Initiative.objects.registered().first()
    Participant.objects.create(
        initiative=plan,
        name=secrets["naam"],
        email=f"{secrets['mail']}@voorbeeld.example",
        address=secrets["adres"],
        role="supporter",
    )
    Participant.objects.create(initiative=plan, user=somebody, role="initiator")
    Message.objects.create(initiative=plan, text=secrets["bericht"], by=somebody)
    make.initiative(secrets["concept"], state=State.DRAFT, by=somebody)
    Export(tmp_path / "uit").run()
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "uit").rglob("*") if path.is_file())
    assert "geheim" not in written
    assert "@voorbeeld.example" not in written
    assert not (tmp_path / "uit" / "accounts.jsonl").exists()


def test_rows_and_keys_are_in_a_fixed_order(tmp_path):
    Export(tmp_path / "uit").run()
    for name in WRITERS:
        rows = [json.loads(line) for line in (tmp_path / "uit" / name).read_text("utf-8").splitlines()]
        keys = [list(row) for row in rows]
        longest = max(keys, key=len)
        assert all(sorted(some, key=longest.index) == some for some in keys if set(some) <= set(longest)), (
            name
        )
        assert not any(value in (None, "", [], {}) for row in rows for value in row.values()), name


def test_the_folder_is_nobody_elses_and_there_at_once(tmp_path, capsys):
    target = tmp_path / "uit"
    call_command("export_municipality", str(target))
    assert target.stat().st_mode & 0o077 == 0
    assert "goals.jsonl: 120" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("export_municipality", str(target))


def test_a_goal_that_can_not_go_along_is_named(tmp_path, capsys):
    goal = Goal.objects.get(key="G001")
    goal.portfolio_links.all().delete()
    call_command("export_municipality", str(tmp_path / "uit"))
    assert "G001 gaat niet mee: dit doel heeft geen portefeuille." in capsys.readouterr().out
    run = Import(tmp_path / "uit")
    assert run.run(), [str(fault) for fault in run.faults]


def test_a_portrait_that_is_gone_is_named_and_the_rest_goes_along(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "leeg"
    call_command("export_municipality", str(tmp_path / "uit"))
    assert "k01.svg gaat niet mee: dit portret is er niet meer." in capsys.readouterr().out
    run = Import(tmp_path / "uit")
    assert run.run(), [str(fault) for fault in run.faults]


def test_a_folder_that_can_not_be_written_is_explained(tmp_path):
    (tmp_path / "bestand").write_text("")
    with pytest.raises(CommandError, match="Schrijven lukt niet"):
        call_command("export_municipality", str(tmp_path / "bestand" / "uit"))


def test_the_help_says_what_stays_behind():
    from initiatiefwijzer.management.commands.export_municipality import Command

    assert all(word in Command.help for word in ("deelnemers", "berichten", "concepten", "vertrouwelijk"))
