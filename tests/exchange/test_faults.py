"""A broken folder: every fault is named with file, line, field and reason, and nothing changes."""

import pytest
from django.core.management import CommandError, call_command

from contacts.models import AccountManager, Portfolio
from goals.models import Goal
from initiatiefwijzer.exchange.importing import Import, faults_as_text
from initiatiefwijzer.exchange.reading import MOST_LINE_BYTES, read_folder
from initiatives.models import Initiative
from townhall.models import OutboxMessage

GOALS, CONTACTS, PLANS, TERMS = "goals.jsonl", "contacts.jsonl", "initiatives-dev.jsonl", "terms.jsonl"
HOLDERS = [
    {"id": "H1", "name": "Els", "title": "wethouder"},
    {"id": "H2", "name": "Piet", "title": "wethouder"},
]


def faults(folder):
    return [str(fault) for fault in read_folder(folder.path).faults]


def test_the_folder_itself_has_no_faults(folder):
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"{'id': 'D7'}\n", "hele regel: Dit is geen geldige JSON (bij teken 2)."),
        (b'{"id": "D7",\n', "hele regel: Dit is geen geldige JSON"),
        (b"\x00\n", "hele regel: Dit is geen geldige JSON (bij teken 1)."),
        (b'{"id": "caf\xe9"}\n', "hele regel: Dit is geen UTF-8 (bij byte 12)."),
        (b"[" * 100_000 + b"]" * 100_000 + b"\n", "hele regel: Deze JSON is te diep genest."),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n", "hele regel: Deze JSON is te diep genest."),
        (b'{"title": "' + b"x" * MOST_LINE_BYTES + b'"}\n', "hele regel: Deze regel is te lang"),
        (b"x" * (3 * MOST_LINE_BYTES + 5), "hele regel: Deze regel is te lang"),
        (b'{"id": "D7", "id": "D8"}\n', "hele regel: De sleutel id staat er twee keer."),
        (b'{"id": NaN}\n', "hele regel: NaN is geen getal."),
        (b'{"id": -Infinity}\n', "hele regel: -Infinity is geen getal."),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "hele regel: Een getal heeft hier hoogstens 20 cijfers."),
        (b"[1, 2]\n", "hele regel: "),
        (b'"tekst"\n', "hele regel: "),
        (b"null\n", "hele regel: "),
    ],
)
def test_a_line_that_can_not_be_read(folder, raw, sentence):
    folder.append(GOALS, raw)
    [fault] = faults(folder)
    assert fault.startswith(f"goals.jsonl, regel 7, {sentence}")


def test_one_bad_line_does_not_hide_the_next(folder):
    folder.append(GOALS, b"x" * (2 * MOST_LINE_BYTES) + b"\n" + b"{}\n" + b"\xff\n")
    found = faults(folder)
    assert [fault.split(",")[1] for fault in found if "Dit veld is" not in fault] == [" regel 7", " regel 9"]
    assert all(fault.startswith("goals.jsonl, regel 8, ") for fault in found if "vereist" in fault)


def test_empty_lines_and_a_byte_order_mark_are_no_faults(folder):
    path = folder.path / GOALS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        (GOALS, {"kleur": "groen"}, "kleur"),
        (GOALS, {"title": 7.5}, None),
        (GOALS, {"title": ["a"]}, "title"),
        (GOALS, {"title": None}, "title"),
        (GOALS, {"title": ""}, "title"),
        (GOALS, {"title": "x" * 251}, "title"),
        (GOALS, {"title": "a\x00b"}, "title"),
        (GOALS, {"title": "\ud800"}, "title"),
        (GOALS, {"id": ""}, "id"),
        (GOALS, {"id": "../x"}, "id"),
        (GOALS, {"portfolio": "Q"}, "portfolio"),
        (GOALS, {"policy_field": "5.7"}, "policy_field"),
        (GOALS, {"policy_field": "x" * 30 + " naam"}, "policy_field"),
        (GOALS, {"search_words": {"a": 1}}, "search_words"),
        (GOALS, {"search_words": ["a", 7, None]}, "search_words.2"),
        (GOALS, {"search_words": ["x" * 190] * 9}, "search_words"),
        (GOALS, {"verified_on": "21-11-2026"}, "verified_on"),
        (GOALS, {"verified_on": "2026-02-30"}, "verified_on"),
        (GOALS, {"owner": "C9"}, "owner"),
        (GOALS, {"indicator": {"name": "Bomen"}}, "indicator.unit"),
        (GOALS, {"indicator": {"name": "B", "unit": "st", "year": 10**12}}, "indicator.year"),
        (GOALS, {"state": "draft"}, "state"),
        (CONTACTS, {"portfolios": ["A", "Q"]}, "portfolios"),
        (CONTACTS, {"deputy": "C1"}, "deputy"),
        (CONTACTS, {"deputy": "C9"}, "deputy"),
        (CONTACTS, {"room": -1}, "room"),
        (CONTACTS, {"room": "veel"}, "room"),
        (CONTACTS, {"email": "geen adres"}, "email"),
        (CONTACTS, {"name_public": "misschien"}, "name_public"),
        (CONTACTS, {"districts": "alle"}, "districts"),
        (CONTACTS, {"available_from": "2026-02-01", "available_until": "2026-01-01"}, "available_until"),
        (PLANS, {"state": "rejected"}, "state"),
        (PLANS, {"kind": "iets"}, "kind"),
        (PLANS, {"reference": "IW-26-1"}, "reference"),
        (PLANS, {"point": [1]}, "point"),
        (PLANS, {"point": [181, 2]}, "point.0"),
        (PLANS, {"needs": ["rust"]}, "needs.0"),
        (PLANS, {"labels": {"needs": ["rust"]}}, "labels.needs.0"),
        (PLANS, {"labels": {"goals": {"D1": 3}}}, "labels.goals.D1"),
        (PLANS, {"labels": {"goals": {"D99": 2}}}, "labels.goals"),
        (PLANS, {"labels": {"partners": ["O9"]}}, "labels.partners"),
        (PLANS, {"labels": {"contact": {"best": "C9"}}}, "labels.contact.best"),
        (PLANS, {"labels": {"contact": {"best": "C1", "acceptable": ["C9"]}}}, "labels.contact.acceptable"),
        (PLANS, {"labels": {"amount": -1}}, "labels.amount"),
        (PLANS, {"labels": []}, "labels"),
        (PLANS, {"contact": "C9"}, "contact"),
        (PLANS, {"organisation": "O9"}, "organisation"),
        (PLANS, {"links": ["javascript:alert(1)"]}, "links.0"),
        (PLANS, {"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "ends_on"),
        ("partners.jsonl", {"website": "javascript:alert(1)"}, "website"),
        ("partners.jsonl", {"open": 7}, "open"),
        ("funding-forms.jsonl", {"considerations": {"Zeg\x00": "x"}}, "considerations.Zeg\x00"),
        ("funding-forms.jsonl", {"order": 10**6}, "order"),
    ],
)
def test_a_wrong_value_is_named_with_its_field(folder, name, values, field):
    folder.change(name, 1, **values)
    found = faults(folder)
    if field is None:  # a number is read as its text
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(f"{name}, regel 1, {field}: "), found
        assert len(found[0]) > len(f"{name}, regel 1, {field}: ") + 5


def test_a_number_that_is_too_large_to_be_one(folder):
    row = folder.path / PLANS
    row.write_text(
        row.read_text("utf-8").replace('"district"', '"point": [1e999, 2], "district"', 1), "utf-8"
    )
    [fault] = faults(folder)
    assert fault.startswith("initiatives-dev.jsonl, regel 1, point.0: ")


def test_every_missing_key_is_named(folder):
    folder.add(GOALS, {"id": "D7"})
    fields = {fault.split(", ")[2].split(":")[0] for fault in faults(folder)}
    assert fields == {"title", "description", "note", "policy_field", "portfolio"}


def test_an_id_stands_once(folder):
    folder.add(GOALS, folder.rows(GOALS)[1])
    assert faults(folder) == ["goals.jsonl, regel 7, id: Dit staat ook al in goals.jsonl op regel 2."]


def test_an_id_stands_once_in_all_files_of_a_kind(folder):
    folder.write("initiatives-meer.jsonl", folder.rows(PLANS)[:1])
    [fault] = faults(folder)
    assert (
        fault == "initiatives-meer.jsonl, regel 1, id: Dit staat ook al in initiatives-dev.jsonl op regel 1."
    )


def term(holder, portfolio, since, until=None):
    return {"holder": holder, "portfolio": portfolio, "from": since, "until": until}


def test_a_portfolio_has_one_holder_at_a_time(folder):
    folder.write("holders.jsonl", HOLDERS)
    folder.write(
        TERMS,
        [
            term("H1", "A", "2022-01-01", "2026-06-01"),
            term("H2", "B", "2022-01-01"),
            term("H2", "A", "2026-06-01"),
        ],
    )
    [fault] = faults(folder)
    assert fault == "terms.jsonl, regel 3, from: In deze periode heeft de portefeuille al iemand (regel 1)."


def test_terms_that_follow_each_other_are_right(folder):
    folder.write("holders.jsonl", HOLDERS)
    folder.write(TERMS, [term("H1", "A", "2022-01-01", "2026-06-01"), term("H2", "A", "2026-06-02")])
    assert faults(folder) == []


def test_a_term_does_not_end_before_it_begins(folder):
    folder.write("holders.jsonl", HOLDERS)
    folder.write(TERMS, [term("H1", "A", "2026-06-02", "2026-06-01")])
    assert faults(folder) == ["terms.jsonl, regel 1, until: Het einde ligt voor het begin."]


def test_there_is_one_front_desk(folder):
    folder.change(CONTACTS, 1, front_desk=True).change(CONTACTS, 3, front_desk=True)
    assert faults(folder) == ["contacts.jsonl, regel 3, front_desk: Er is al een loket (regel 1)."]


def test_names_of_districts_and_notes_and_fields_are_those_that_are_listed(folder):
    folder.write("districts.jsonl", [{"id": "WK000001", "name": "Kleindorp-Kern"}])
    folder.write("notes.jsonl", [{"id": "N1", "title": "Verkeersplan Kleindorp"}])
    folder.write("policy-fields.jsonl", [{"id": "5.7", "name": "Groen"}])
    folder.change(CONTACTS, 1, policy_fields=["9.9"])
    found = faults(folder)
    assert "contacts.jsonl, regel 2, districts: Achterveen staat niet in districts.jsonl." in found
    assert "initiatives-dev.jsonl, regel 3, districts: Achterveen staat niet in districts.jsonl." in found
    assert "goals.jsonl, regel 1, note: Groenvisie Kleindorp 2030 staat niet in notes.jsonl." in found
    assert "contacts.jsonl, regel 1, policy_fields: 9.9 staat niet in policy-fields.jsonl." in found
    assert any(fault.startswith("goals.jsonl, regel 1, policy_field: 5.7 Openbaar groen") for fault in found)


def test_a_folder_without_files_we_know(folder, tmp_path):
    empty = tmp_path / "leeg"
    empty.mkdir()
    assert "geen bestanden" in str(read_folder(empty).faults[0])


# Portraits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../../settings.py",
        "/etc/passwd",
        "foto's.svg",
        "k01.png",
        "k01.svg.exe",
        ".svg",
        "photos/k01.svg",
        "k01.svg\n",
        "k01.SVG",
        "..\\k01.svg",
    ],
)
def test_a_portrait_has_a_plain_name(folder, name):
    folder.portrait("k01.svg").change(CONTACTS, 1, photo=name)
    if name == "k01.svg\n":  # white space at the end is never meant
        assert faults(folder) == []
    else:
        assert faults(folder) == [
            "contacts.jsonl, regel 1, photo: Noem een tekening in photos/, zoals k01.svg."
        ]


def test_a_portrait_that_is_not_there_is_a_fault(folder):
    folder.change(CONTACTS, 1, photo="k01.svg")
    assert faults(folder) == ["contacts.jsonl, regel 1, photo: k01.svg staat niet in photos/."]


def test_a_portrait_is_never_a_way_to_another_file(folder, tmp_path):
    secret = tmp_path / "geheim.svg"
    secret.write_text("<svg>geheim</svg>")
    folder.portrait("k02.svg").change(CONTACTS, 1, photo="k01.svg")
    (folder.path / "photos" / "k01.svg").symlink_to(secret)
    assert faults(folder) == ["contacts.jsonl, regel 1, photo: k01.svg staat niet in photos/."]


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (b"<svg><script>alert(1)</script></svg>", "geen gewone tekening"),
        (b"<svg>< SCRIPT src='x'/></svg>", "geen gewone tekening"),
        (b"<svg onload = 'alert(1)'/>", "geen gewone tekening"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg/>", "geen gewone tekening"),
        (b"<svg><foreignObject/></svg>", "geen gewone tekening"),
        (b"<svg><a href='javascript:x'/></svg>", "geen gewone tekening"),
        (b"\x89PNG", "geen gewone tekening"),
        (b"", "geen gewone tekening"),
        (b"<svg>" + b" " * 200_000 + b"</svg>", "te groot"),
    ],
)
def test_a_portrait_is_a_drawing_and_no_more(folder, drawing, reason):
    folder.portrait("k01.svg", drawing).change(CONTACTS, 1, photo="k01.svg")
    [fault] = faults(folder)
    assert reason in fault


# All or nothing ----------------------------------------------------------------------------------------


def nothing():
    return not any(
        model.objects.exists() for model in (Portfolio, AccountManager, Goal, Initiative, OutboxMessage)
    )


def test_a_broken_folder_changes_nothing(db, folder, settings):
    folder.portrait("k01.svg").change(CONTACTS, 1, photo="k01.svg").change(PLANS, 5, state="rejected")
    run = Import(folder.path)
    assert not run.run()
    assert len(run.faults) == 1
    assert nothing()
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda folder: folder.change(PLANS, 2, reference="IW-2026-0001").change(
                PLANS, 4, reference="IW-2026-0001"
            ),
            "initiatives-dev.jsonl, regel 4, reference: ",
        ),
        (
            lambda folder: folder.change(PLANS, 3, released_on="2026-01-01"),
            "initiatives-dev.jsonl, regel 3, hele regel: Dit plan mag niet op de site.",
        ),
        (
            lambda folder: folder.change("funding-forms.jsonl", 2, name="Dorpsbudget"),
            "funding-forms.jsonl, regel 2, name: Dit lijkt te veel op een andere naam",
        ),
        (
            lambda folder: folder.change("partners.jsonl", 2, website="https://a.example/" + "x" * 300),
            "partners.jsonl, regel 2, website: ",
        ),
        (
            lambda folder: folder.write(
                "schemes.jsonl", [{"id": "R1", "form": "BB", "name": "Potje", "url": "ftp://a.example/"}]
            ),
            "schemes.jsonl, regel 1, url: ",
        ),
        (
            lambda folder: folder.write(
                "departments.jsonl", [{"id": "a", "name": "Zorg"}, {"id": "b", "name": "Zorg"}]
            ),
            "departments.jsonl, regel 2, name: ",
        ),
    ],
)
def test_what_only_the_database_knows_is_named_too_and_changes_nothing(db, folder, spoil, sentence):
    spoil(folder)
    run = Import(folder.path)
    assert not run.run()
    assert [str(fault) for fault in run.faults if str(fault).startswith(sentence)], run.faults
    assert nothing()


def test_a_term_beside_one_that_is_in_the_database_is_named(db, folder):
    folder.write("holders.jsonl", HOLDERS).write(TERMS, [term("H1", "A", "2022-01-01")])
    assert Import(folder.path).run()
    folder.write(TERMS, [term("H2", "A", "2026-06-01")])
    run = Import(folder.path)
    assert not run.run()
    assert [str(fault) for fault in run.faults] == [
        "terms.jsonl, regel 1, since: In deze periode heeft de portefeuille al iemand: "
        "Els, vanaf 1 januari 2022."
    ]


def test_the_command_names_the_faults_and_fails(db, folder):
    folder.change(PLANS, 5, state="rejected")
    with pytest.raises(CommandError) as said:
        call_command("import_municipality", str(folder.path))
    first, second = str(said.value).splitlines()
    assert first == "Er is niets veranderd."
    assert second.startswith("initiatives-dev.jsonl, regel 5, state: ")


def test_the_command_wants_a_folder(db, tmp_path):
    with pytest.raises(CommandError, match="is geen map"):
        call_command("import_municipality", str(tmp_path / "nergens"))


def test_very_many_faults_are_counted(folder):
    folder.write(PLANS, [{"id": f"P{number}"} for number in range(100)])
    lines = faults_as_text(read_folder(folder.path).faults)
    assert len(lines) == 51
    assert lines[-1] == "En nog 150 fouten."
