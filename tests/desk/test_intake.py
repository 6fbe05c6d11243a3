"""Contacts from a file: read whatever Excel makes of it, looked over, and stored whole or not at all."""

import io
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from contacts.models import Organisation, Person
from desk import tasks
from desk.intake import verbs
from desk.intake.columns import KINDS
from desk.intake.models import Intake
from desk.intake.plan import Line, Names, letters, plan_of
from desk.intake.table import table
from tests import make
from tests.racing import at_once
from townhall import outbox
from townhall.models import Event, OutboxMessage

pytestmark = pytest.mark.django_db
HEADER = "Naam;Soort;E-mail\n"
IS_HEADER = KINDS["partners"].is_header


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def received(mo, content, kind="partners"):
    content = content if isinstance(content, bytes) else content.encode()
    return verbs.receive(by=mo, kind=kind, name="lijst.csv", content=content)


def faults(mo, content, kind="partners"):
    return [(one.line, one.column, one.words) for one in plan_of(received(mo, content, kind)).faults]


def say_yes(intake, mo, **options):
    told = {"version": intake.version, "fingerprint": plan_of(intake).fingerprint} | options
    verbs.start(intake, by=mo, **told)
    intake.refresh_from_db()


# Reading --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        "Naam;Soort\nCafé;club\n".encode("cp1252"),
        "\ufeffNaam;Soort\r\nCafé;club\r\n;;\r\n".encode(),
        "NAAM:,soort \nCafé,club\n".encode(),
        "Naam\tSoort\nCafé\tclub\n".encode(),
        "Onze lijst van 2026;\n\nNaam;Soort\nCafé;club\n".encode(),
        workbook(["Onze lijst"], [], ["Naam", "Soort"], [], ["Café", "club"], [None, None]),
    ],
    ids=["windows", "utf-8 with a mark", "commas", "tabs", "words above it", "workbook"],
)
def test_every_way_to_write_a_list_is_read(content):
    titles, [(_line, cells)] = table(content, IS_HEADER)
    assert [KINDS["partners"].column_of(one).name for one in titles] == ["name", "kind"]
    assert cells[:2] == ["Café", "club"]


def bomb():
    """A workbook of some kilobytes that is 60 MB unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 60_000_000)
    return file.getvalue()


def with_entity():
    """A workbook whose page wants to read a file of the machine."""
    file = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(workbook(["Naam", "Soort"], ["a", "b"])))
    with zipfile.ZipFile(file, "w") as packed:
        for part in whole.infolist():
            text = whole.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>' + text
            packed.writestr(part.filename, text)
    return file.getvalue()


def damaged(packing):
    """A workbook of which a member is packed like this, and broken."""
    file, mark = io.BytesIO(), b"xl/workbook.xml"
    with zipfile.ZipFile(file, "w", packing) as packed:
        packed.writestr(mark.decode(), b"<workbook/>" * 100)
        packed.writestr("[Content_Types].xml", b"<Types/>" * 100)
    content = bytearray(file.getvalue())
    start = content.index(b"[Content_Types].xml") + len(b"[Content_Types].xml")
    content[start + 4 : start + 14] = b"\xff" * 10
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"\x00\x01\x02", "geen CSV"),
        (b"PK\x03\x04 and no more", "geen Excel-bestand"),
        (bomb(), "uitgepakt te groot"),
        (with_entity(), "geen Excel-bestand"),
        (damaged(zipfile.ZIP_DEFLATED), "geen Excel-bestand"),
        (damaged(zipfile.ZIP_BZIP2), "geen Excel-bestand"),
        (damaged(zipfile.ZIP_LZMA), "geen Excel-bestand"),
        (b"x" * (5 * 1024 * 1024 + 1), "te groot"),
        (b"a;b\nc;d\n", "geen rij met namen"),
        (b"Naam;Soort\n", "geen rijen"),
        (b"Naam;Soort\n" + b"a;b\n" * 5_001, "5.000 rijen"),
        (b"Naam;Soort\n" + b"\n" * 20_001, "te veel regels"),
        (b'Naam;Soort\n"' + b"x" * 140_000, "kunnen we niet lezen"),
    ],
    ids=[
        "empty",
        "bytes",
        "half",
        "bomb",
        "entity",
        "deflate",
        "bzip2",
        "lzma",
        "big",
        "titles",
        "no_rows",
        "rows",
        "lines",
        "cell",
    ],
)
def test_what_is_no_list_is_told_in_a_sentence(content, words):
    with pytest.raises(ValidationError, match=words):
        table(content, IS_HEADER)


# Looking over ---------------------------------------------------------------------------------------------
def test_all_that_is_wrong_is_told_at_once(mo):
    found = faults(
        mo, "Naam;Soort;E-mail;Wijken;Samenwerken;Open\nA;;geen;Nergens;;misschien\n;club;;;;\nB;club;;;;ja\n"
    )
    assert found == [
        (2, "Wijken", "Deze wijk kennen we niet: Nergens."),
        (2, "Staat open voor samenwerking", "Schrijf ja of nee."),
        (3, "Naam", "Dit moet ingevuld zijn."),
    ]
    assert faults(mo, HEADER + "A;club;geen adres\n")[0][:2] == (2, "E-mail")
    assert faults(mo, f"Naam;Soort\n{'x' * 200};club\n")[0][:2] == (2, "Naam")
    assert faults(mo, "Kenmerk;Naam;Soort\nP9;A;club\n")[0][2] == "Dit kenmerk kennen we niet: P9."
    people = "Naam;Bron;Grondslag;Geïnformeerd op\nPiet;markt;taak;31-02-2026\nAn;;;\n"
    assert [one[1] for one in faults(mo, people, "personen")] == ["Geïnformeerd op", "Bron", "Grondslag"]


def test_what_is_often_wrong_is_one_line(mo):
    rows = "".join(f"Club {row};;\n" for row in range(25))
    told = plan_of(received(mo, HEADER + rows)).problems
    assert told == [("Soort", "Dit moet ingevuld zijn.", f"{', '.join(map(str, range(2, 22)))} en nog 5")]


def test_what_is_new_changes_or_looks_like_something(mo):
    make.organisation("Stichting Tuinclub", key="P1", email="tuin@club.example", kind="club")
    make.organisation("Buurthuis De Spil", key="P2", website="https://www.spil.example/", kind="club")
    make.organisation("Speeltuin", key="P3", kind="club")
    plan = plan_of(
        received(
            mo,
            "Kenmerk;Naam;Soort;E-mail;Website;Raar\n"
            "P3;Speeltuin;vereniging;;;x\n"  # another kind, nothing else
            "P2;;club;;;\n"  # nothing new
            ";Anders;club;TUIN@club.example;;\n"
            ";Heel anders;club;;spil.example;\n"
            ";Tuinclubs;club;;;\n"
            ";Zwembad;club;;;\n"
            ";Zwembad;club;;;\n",
        )
    )
    assert [(one.name, one.differences) for one in plan.changed] == [
        ("Speeltuin", [("Soort", "club", "vereniging")])
    ]
    assert [one.name for one in plan.same] == ["Buurthuis De Spil"]
    assert [one.name for one in plan.new] == ["Zwembad"]
    assert [(one.name, one.like) for one in plan.doubles] == [
        ("Anders", "Stichting Tuinclub (P1)"),
        ("Heel anders", "Buurthuis De Spil (P2)"),
        ("Tuinclubs", "Stichting Tuinclub (P1)"),
        ("Zwembad", "rij 7"),
    ]
    assert plan.unread == ["Raar"]
    assert Organisation.objects.count() == 3


def test_what_was_merged_is_told_and_never_changed(mo):
    stays = make.organisation("Tuinclub Noord", key="P2", kind="club")
    make.organisation("Zwembad De Golf", key="P1", kind="club", merged_into=stays)
    rows = "Kenmerk;Naam;Soort\nP1;Zwembad De Golf;fonds\n;Zwembad De Golf;club\n"
    plan = plan_of(received(mo, rows))
    assert [(one.line, one.column, one.words) for one in plan.faults] == [
        (2, "Kenmerk", "P1 is samengevoegd met Tuinclub Noord. Gebruik het kenmerk P2.")
    ]
    assert ([one.name for one in plan.new], plan.doubles, plan.changed) == (["Zwembad De Golf"], [], [])
    people = "Naam;Bron;Grondslag;Organisatie\nPiet;markt;taak;Zwembad De Golf\n"
    [(_line, column, words)] = faults(mo, people, "personen")
    assert (column, words) == ("Organisatie", "Deze organisatie kennen we niet: Zwembad De Golf.")


def test_only_names_that_can_be_alike_are_compared():
    known = [Organisation(name=f"Buurtclub {name}", key=name) for name in ("Zuiderpark", "Westerkade")]
    names = Names(known)
    assert names.near(letters("Buurtclub Zuiderparken")) == [0]
    assert names.like(Line(1, {"name": "Buurtclub Zuiderparken"})) == "Buurtclub Zuiderpark (Zuiderpark)"
    assert names.like(Line(1, {"name": "Buurtclub Oosterdok"})) == ""


# Storing --------------------------------------------------------------------------------------------------
def test_after_a_yes_all_of_it_is_stored(mo):
    district = make.district("Noord")
    old = make.organisation("Oud", key="P1", kind="club", offers="Handen")
    intake = received(
        mo,
        "Kenmerk;Naam;Soort;Wijken;Hele gemeente;Website;Wat ze bieden\n"
        ";Nieuw;fonds;noord;nee;nieuw.example;'=1\nP1;;fonds;;;;\n;Oud;club;;;;\n",
    )
    say_yes(intake, mo)
    made = Organisation.objects.get(name="Nieuw")
    assert (made.kind, made.works_everywhere) == ("fonds", False)
    assert (made.website, made.offers) == ("https://nieuw.example", "=1")
    assert list(made.districts.all()) == [district]
    old.refresh_from_db()
    assert (old.kind, old.offers, old.version) == ("fonds", "Handen", 2)  # an empty cell changes nothing
    assert (intake.state, intake.made, intake.changed, intake.passed) == ("done", 1, 1, 1)
    assert (intake.rows, intake.titles) == ([], [])
    assert Event.objects.filter(subject_key=made.key, what="create", by=mo).exists()
    with pytest.raises(ValidationError, match="was je voor"):
        verbs.cancel(intake, by=mo)


def test_people_come_with_source_and_ground(mo):
    make.organisation("Tuinclub")
    rows = workbook(
        ["Naam", "Telefoon", "Organisatie", "Bron", "Grondslag", "Toestemming", "Geïnformeerd op"],
        ["Piet", "06 1234", "tuinclub", "markt", "Toestemming", "2-5-2026", timezone.datetime(2026, 5, 3)],
    )
    say_yes(received(mo, rows, "personen"), mo)
    piet = Person.objects.get()
    assert (piet.phone, piet.organisation.name, piet.noted_by) == ("06 1234", "Tuinclub", mo)
    assert (piet.ground, str(piet.consented_on)) == ("consent", "2026-05-02")
    assert str(piet.informed_on) == "2026-05-03"


def test_a_ground_is_known_and_a_consent_has_a_day(mo):
    rows = (
        "Naam;Bron;Grondslag;Toestemming gegeven op\nA;markt;zomaar;\nB;markt;toestemming;\nC;markt;TASK;\n"
    )
    assert faults(mo, rows + "D;markt;toestemming;01-01-2999\n", "personen") == [
        (2, "Grondslag", "Schrijf taak, toestemming of overeenkomst."),
        (3, "Toestemming gegeven op", "Vul in wanneer deze persoon ja zei."),
        (5, "Toestemming gegeven op", "Deze dag moet nog komen."),
    ]


def test_what_changed_meanwhile_is_told_and_nothing_is_stored(mo):
    old = make.organisation("Oud", key="P1", kind="club")
    intake = received(mo, "Kenmerk;Naam;Soort\nP1;Oud;fonds\n")
    shown = plan_of(intake).fingerprint
    Organisation.objects.filter(pk=old.pk).update(kind="school", version=2)
    with pytest.raises(ValidationError, match="Intussen") as refused:
        verbs.start(intake, by=mo, version=1, fingerprint=shown)
    assert refused.value.code == "conflict"
    say_yes(intake, mo)
    old.refresh_from_db()
    assert old.kind == "fonds"


def test_a_large_file_goes_to_the_worker_once(mo, monkeypatch):
    monkeypatch.setattr(verbs, "AT_ONCE", 1)
    intake = received(mo, HEADER + "A;club;\nZebra;club;\n")
    say_yes(intake, mo)
    assert (intake.state, Organisation.objects.count()) == ("running", 0)
    message = OutboxMessage.objects.get(kind="intake")
    for _ in range(2):
        tasks.take_in(message.payload.get("intake", intake.pk), str(message.pk))
    intake.refresh_from_db()
    assert (intake.state, Organisation.objects.count()) == ("done", 2)
    assert not outbox.unfinished("intake").exists()


def test_the_worker_gives_back_what_would_do_something_else_by_now(mo, monkeypatch):
    monkeypatch.setattr(verbs, "AT_ONCE", 1)
    intake = received(mo, HEADER + "A;club;\nZebra;club;\n")
    say_yes(intake, mo)
    make.organisation("Zebra")
    verbs.carry_out(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, Organisation.objects.count(), len(intake.rows)) == ("ready", 1, 2)


@pytest.mark.parametrize("at_once", [1, 100], ids=["by the worker", "at once"])
def test_what_is_refused_while_it_is_stored_comes_back_whole(client, mo, monkeypatch, at_once):
    monkeypatch.setattr(verbs, "AT_ONCE", at_once)
    intake = received(mo, HEADER + "A;club;\nZebra;club;\n")
    client.force_login(mo)
    place = intake.get_absolute_url()
    told = client.get(place).context["form"].initial
    with connection.cursor() as cursor:  # a rule of the database that no column of the file knows
        cursor.execute("ALTER TABLE contacts_organisation ADD CHECK (name <> 'Zebra')")
    client.post(place, told)
    verbs.carry_out(intake.pk)
    intake.refresh_from_db()
    assert (intake.state, len(intake.rows), Organisation.objects.count()) == ("ready", 2, 0)
    assert intake.refusal.startswith("Rij 3: ")
    assert intake.refusal in client.get(place).content.decode()
    verbs.cancel(intake, by=mo)
    assert Intake.objects.get().refusal == ""


def test_a_file_that_got_stuck_is_gone_too(mo):
    intake = received(mo, HEADER + "A;club;\n")
    Intake.objects.update(state="running")
    assert verbs.forget_old(timezone.now() + timedelta(hours=47)) == 0
    assert verbs.forget_old(timezone.now() + timedelta(hours=49)) == 1
    intake.refresh_from_db()
    assert (intake.state, intake.rows) == ("cancelled", [])


@pytest.mark.django_db(transaction=True)
def test_two_yeses_at_once_store_it_once(mo):
    intake = received(mo, HEADER + "A;club;\n")
    shown = plan_of(intake).fingerprint

    told = []

    def yes(number):
        try:
            verbs.start(Intake.objects.get(pk=intake.pk), by=mo, version=1, fingerprint=shown)
        except ValidationError as refused:
            told.append(refused.code)

    at_once(4, yes)
    assert told == ["conflict"] * 3
    assert Organisation.objects.count() == 1


def test_a_file_nobody_said_yes_to_is_gone_after_a_day(mo):
    intake = received(mo, HEADER + "A;club;\n")
    assert verbs.forget_old() == 0
    assert verbs.forget_old(timezone.now() + timedelta(days=2)) == 1
    intake.refresh_from_db()
    assert (intake.state, intake.rows) == ("cancelled", [])


@pytest.mark.parametrize("who", ["amina", "carla", "dirk"])
def test_only_managers(who, request, mo):
    user, intake = request.getfixturevalue(who), received(mo, HEADER + "A;club;\n")
    for do in (
        lambda: verbs.receive(by=user, kind="partners", name="x", content=HEADER.encode() + b"A;b;\n"),
        lambda: verbs.start(intake, by=user, version=1, fingerprint=""),
        lambda: verbs.cancel(intake, by=user),
    ):
        with pytest.raises(PermissionDenied):
            do()
    assert not Intake.objects.visible_to(user).exists()


# The pages ------------------------------------------------------------------------------------------------
def hand_in(client, content, token=None, kind="partners"):
    file = SimpleUploadedFile("lijst.csv", content if isinstance(content, bytes) else content.encode())
    return client.post("/beheer/inlezen/", {"kind": kind, "file": file, "token": token or uuid.uuid4()})


def test_from_file_to_partner(client, mo):
    client.force_login(mo)
    token = uuid.uuid4()
    first = hand_in(client, HEADER + "Nieuw;club;n@club.example\n", token)
    assert hand_in(client, HEADER + "Nieuw;club;n@club.example\n", token)["Location"] == first["Location"]
    page = client.get(first["Location"])
    assert "Nieuw: 1" in page.content.decode()
    told = page.context["form"].initial
    done = client.post(first["Location"], told, follow=True)
    assert "Het bestand is ingelezen" in done.content.decode()
    assert Organisation.objects.get().email == "n@club.example"
    again = client.post(first["Location"], told)
    assert again.status_code == 409


def test_a_wrong_file_and_a_wrong_row_are_told(client, mo):
    client.force_login(mo)
    answer = hand_in(client, b"%PDF-1.7\x00")
    assert (answer.status_code, "geen Excel-bestand" in answer.content.decode()) == (400, True)
    assert client.post("/beheer/inlezen/", {}).status_code == 400
    place = hand_in(client, HEADER + ";club;\n" + "<b>Vet</b>;club;\n" + "x" * 60 + ";club;\n")["Location"]
    page = client.get(place).content.decode()
    assert "Er is 1 fout. We bewaren nog niets" in page
    assert "Bewaar dit" not in page
    assert "&lt;b&gt;Vet" in page
    client.post(place, {"version": 1, "fingerprint": "x", "doe": "stop"})
    assert Intake.objects.get().state == "cancelled"


def test_the_example_is_a_list_we_can_read(client, mo):
    client.force_login(mo)
    for kind, about in KINDS.items():
        content = client.get(f"/beheer/inlezen/voorbeeld/{kind}/").getvalue()
        assert load_workbook(io.BytesIO(content)).active.max_row == 2
        place = hand_in(client, content, kind=kind)["Location"]
        page = client.get(place)
        assert page.context["plan"].faults == []
        assert client.post(place, page.context["form"].initial)["Location"] == place
        assert about.model.objects.count() == 1
    assert client.get("/beheer/inlezen/voorbeeld/niets/").status_code == 404


def test_a_long_file_costs_no_more_queries_to_look_over(mo):
    costs, district = [], make.district("Noord")
    for number in (2, 200):
        for row in range(number):
            make.organisation(f"Oud {number} {row}", key=f"O{number}-{row}").districts.add(district)
        old = "".join(f"O{number}-{row};;;Noord\n" for row in range(number))
        new = "".join(f";Club {row};club;Noord\n" for row in range(number))
        intake = received(mo, "Kenmerk;Naam;Soort;Wijken\n" + old + new)
        with CaptureQueriesContext(connection) as queries:
            plan_of(intake)
        costs.append(len(queries))
    assert costs[0] == costs[1]
