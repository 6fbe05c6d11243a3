"""A tiny municipality with nothing but the bare schema: what is missing is filled in."""

import json
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from contacts.models import AccountManager, District
from goals.models import Goal, PolicyNote
from initiatiefwijzer.exchange.importing import Import
from initiatives.models import Initiative, State
from tests.exchange.conftest import KLEINDORP
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
PLANS, CONTACTS = "initiatives-dev.jsonl", "contacts.jsonl"


def load(folder=KLEINDORP):
    run = Import(getattr(folder, "path", folder))
    assert run.run(), [str(fault) for fault in run.faults]
    return run


def test_it_holds_no_name_of_another_municipality():
    text = "".join(path.read_text("utf-8") for path in KLEINDORP.glob("*.jsonl"))
    assert "merenburg" not in text.lower()
    bare = {"id", "title", "text", "district", "submitter", "labels"}
    plans = (KLEINDORP / PLANS).read_text("utf-8").splitlines()
    assert all(set(json.loads(line)) == bare for line in plans)


def test_it_can_be_imported():
    run = load()
    assert run.report() == [
        "contacts.jsonl: 4 nieuw, 0 veranderd, 0 gelijk",
        "funding-forms.jsonl: 3 nieuw, 0 veranderd, 0 gelijk",
        "goals.jsonl: 6 nieuw, 0 veranderd, 0 gelijk",
        "initiatives-dev.jsonl: 5 nieuw, 0 veranderd, 0 gelijk",
        "partners.jsonl: 5 nieuw, 0 veranderd, 0 gelijk",
        "portfolios.jsonl: 2 nieuw, 0 veranderd, 0 gelijk",
    ]


def test_what_is_missing_is_filled_in():
    load()
    assert set(District.objects.values_list("name", flat=True)) == {"Kleindorp-Kern", "Achterveen"}
    assert PolicyNote.objects.count() == 5
    desk = AccountManager.objects.front_desk()
    assert desk.key == "LOKET"
    assert set(Goal.objects.values_list("state", flat=True)) == {"running"}
    assert Goal.objects.get(key="D1").portfolio.key == "A"
    plan = Initiative.objects.get(import_key="P3")
    assert (plan.state, plan.contact.key) == (State.IN_DIALOGUE, "C1")
    assert {need.kind: need.amount for need in plan.needs.all()} == {"geld": 600, "ruimte": None}
    assert {link.goal.key: link.strength for link in plan.goal_links.all()} == {"D3": 2, "D4": 2}
    unfit = Initiative.objects.get(import_key="P5")
    assert (unfit.state, unfit.contact) == (State.SUBMITTED, desk)
    assert len(set(Initiative.objects.values_list("reference", flat=True))) == 5
    assert not Initiative.objects.public().exists()


def test_the_second_time_nothing_changes_and_nothing_is_asked(django_assert_max_num_queries):
    load()
    asked = OutboxMessage.objects.count(), Event.objects.count()
    before = whole_database()
    with django_assert_max_num_queries(40):
        run = load()
    assert {outcome for _file, outcome in run.counts} == {"same"}
    assert (OutboxMessage.objects.count(), Event.objects.count()) == asked
    assert whole_database() == before


def whole_database():
    """Every row of every table of ours, and the version of each: a row that was written again has another."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.split("_")[0] in {"contacts", "goals", "funding", "initiatives", "matching", "townhall"}:
                cursor.execute(f"SELECT ctid, xmin, * FROM {table} ORDER BY 1")
                found[table] = cursor.fetchall()
    return found


def test_what_people_did_meanwhile_stays(folder):
    load(folder)
    plan = Initiative.objects.get(import_key="P3")
    plan.state, plan.contact = State.REALISED, AccountManager.objects.get(key="C4")
    plan.save()
    plan.needs.create(kind="advies")
    load(folder)
    plan.refresh_from_db()
    assert (plan.state, plan.contact.key) == (State.REALISED, "C4")
    assert plan.needs.filter(kind="advies").exists()


def test_a_change_in_the_folder_is_made_and_told_to_who_is_editing(folder):
    load(folder)
    folder.change(PLANS, 1, title="Bloemen en bijen langs de Kerkstraat")
    run = load(folder)
    assert run.counts["initiatives-dev.jsonl", "changed"] == 1
    plan = Initiative.objects.get(import_key="P1")
    assert plan.title == "Bloemen en bijen langs de Kerkstraat"
    assert plan.version == 2
    assert Initiative.objects.search("bijen").get() == plan


def test_who_answers_for_a_goal_can_change(folder):
    load(folder)
    folder.change("goals.jsonl", 1, portfolio="B")
    load(folder)
    goal = Goal.objects.get(key="D1")
    assert goal.portfolio.key == "B"
    load(folder)
    assert Goal.objects.get(key="D1").portfolio_links.count() == goal.portfolio_links.count()


def test_a_goal_is_found_by_the_new_name_of_its_note(folder):
    folder.write("notes.jsonl", [{"id": f"N{n}", "title": title} for n, title in enumerate(titles(folder))])
    load(folder)
    rename = {"Groenvisie Kleindorp 2030": "Bijenplan"}
    folder.write(
        "notes.jsonl",
        [row | {"title": rename.get(row["title"], row["title"])} for row in folder.rows("notes.jsonl")],
    )
    folder.change("goals.jsonl", 1, note="Bijenplan")
    load(folder)
    assert Goal.objects.search("bijenplan").get().key == "D1"
    assert Goal.objects.get(key="D1").note.key == "N0"


def titles(folder):
    return list(dict.fromkeys(row["note"] for row in folder.rows("goals.jsonl")))


def test_the_front_desk_moves_with_the_folder(folder):
    load(folder)
    folder.change(CONTACTS, 2, front_desk=True)
    load(folder)
    assert AccountManager.objects.front_desk().key == "C2"
    folder.change(CONTACTS, 2, front_desk=False).change(CONTACTS, 1, front_desk=True)
    load(folder)
    assert AccountManager.objects.front_desk().key == "C1"


def test_two_notes_with_nearly_one_name_are_two(folder):
    long = "Uitvoeringsprogramma duurzame en veilige openbare ruimte"
    folder.change("goals.jsonl", 1, note=f"{long} 2026").change("goals.jsonl", 2, note=f"{long} 2027")
    folder.change("goals.jsonl", 3, note="…").change("goals.jsonl", 4, note="!")
    load(folder)
    assert PolicyNote.objects.filter(title__startswith="Uitvoering").count() == 2


def test_portraits_are_copied(folder, settings):
    folder.portrait("c1.svg").portrait("niet-genoemd.svg").change(CONTACTS, 1, photo="c1.svg")
    load(folder)
    copied = settings.MEDIA_ROOT / "portraits"
    assert [path.name for path in copied.iterdir()] == ["c1.svg"]
    folder.portrait("c1.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    load(folder)
    assert b"<g/>" in (copied / "c1.svg").read_bytes()


def test_progress_is_told(folder, capsys):
    call_command("import_municipality", str(folder.path))
    said = capsys.readouterr().out.splitlines()
    assert "goals.jsonl: 6" in said
    assert "goals.jsonl: 6 nieuw, 0 veranderd, 0 gelijk" in said
    assert said.index("goals.jsonl: 6") < said.index("Klaar.")


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_one_too_many():
    refused = []

    def second():
        try:
            call_command("import_municipality", str(KLEINDORP))
        except CommandError as trouble:
            refused.append(str(trouble))
        finally:
            connection.close()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_municipality'))")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refused == ["Er is niets veranderd. Er loopt al een import."]
    assert not Goal.objects.exists()
