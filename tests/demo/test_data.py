"""The demo municipality is whole, honest and plainly fictional; read as files, without a database."""

import datetime
import json
import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

FOLDER = Path(__file__).parents[2] / "demo" / "merenburg"
TODAY = datetime.date(2026, 11, 21).isoformat()  # the day the data was written for
STATES = {
    "draft",
    "submitted",
    "in_dialogue",
    "awaiting_decision",
    "in_progress",
    "realised",
    "ongoing",
    "paused",
    "stopped",
    "referred",
}
CONSIDERATIONS = {"zeggenschap", "eigenaarschap", "risico", "verantwoording", "timing", "symboolwerking"}


def read(name):
    """The rows of one file."""
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def ids(name):
    return {row["id"] for row in read(name)}


# --- every file ---

FILES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_readable_and_its_rows_are_unique(name):
    raw = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    assert raw.endswith("\n")
    assert "\\u" not in raw, "write letters, not escapes"
    rows = read(name)
    if name == "policy-fields":
        keys = [(row["id"], row["name"]) for row in rows]
    elif "id" in rows[0]:
        keys = [row["id"] for row in rows]
    else:
        keys = [json.dumps(row, sort_keys=True) for row in rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", FILES)
def test_no_address_is_a_real_one(name):
    raw = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    hosts = re.findall(r"@([\w.-]+)", raw) + re.findall(r"https?://([\w.-]+)", raw)
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert not re.search(r"\bwww\.(?![\w-]+\.example\b)", raw)


@pytest.mark.parametrize("name", FILES)
def test_every_date_is_one(name):
    for row in read(name):
        for key, value in row.items():
            if key.endswith("_on") or key in {"from", "until"} or key.startswith(("valid_", "available_")):
                assert value is None or datetime.date.fromisoformat(value)


def references():
    """(where it stands, the id that must be known, the ids it must be among)."""
    contacts, goals, partners = ids("contacts"), ids("goals"), ids("partners")
    portfolios, holders, forms = ids("portfolios"), ids("holders"), ids("funding-forms")
    districts = {row["name"] for row in read("districts")} | {"alle"}
    fields = {f"{row['id']} {row['name']}" for row in read("policy-fields")}
    known = {
        ("departments", "lead"): contacts,
        ("terms", "holder"): holders,
        ("terms", "portfolio"): portfolios,
        ("contacts", "department"): ids("departments"),
        ("contacts", "portfolios"): portfolios,
        ("contacts", "districts"): districts,
        ("contacts", "policy_fields"): ids("policy-fields"),
        ("contacts", "deputy"): contacts,
        ("absences", "contact"): contacts,
        ("absences", "deputy"): contacts,
        ("partners", "districts"): districts,
        ("goals", "note"): {row["title"] for row in read("notes")},
        ("goals", "policy_field"): fields,
        ("goals", "portfolio"): portfolios,
        ("goals", "districts"): districts,
        ("goals", "owner"): contacts,
        ("themes", "goals"): goals,
        ("initiatives-dev", "district"): districts,
        ("initiatives-dev", "contact"): contacts,
        ("requirements", "initiative"): ids("initiatives-dev"),
        ("requirements", "standard"): ids("standard-requirements"),
        ("accounts", "contact"): contacts,
        ("accounts", "organisation"): partners,
        ("accounts", "initiatives"): ids("initiatives-dev"),
        ("decisions", "initiative"): ids("initiatives-dev"),
        ("labels", "goals"): goals,
        ("labels", "partners"): partners,
        ("labels", "funding"): forms,
        ("labels", "funding_acceptable"): forms,
        ("labels", "best"): contacts,
        ("labels", "acceptable"): contacts,
    }
    for (name, key), among in known.items():
        for row in answers() if name == "labels" else read(name):
            value = row.get(key)
            for one in [value] if isinstance(value, str) else value or []:
                yield f"{name}.{key}", one, among


def answers():
    """The labels of each plan, those of the contact among them."""
    return [row["labels"] | (row["labels"]["contact"] or {}) for row in read("initiatives-dev")]


def test_every_reference_leads_somewhere():
    assert [(where, one) for where, one, among in references() if one not in among] == []


def test_every_note_holds_a_goal_and_every_goal_has_a_theme():
    goals = read("goals")
    assert {row["title"] for row in read("notes")} == {goal["note"] for goal in goals}
    shelved = [goal for theme in read("themes") for goal in theme["goals"]]
    assert set(shelved) == {goal["id"] for goal in goals}
    assert max(shelved.count(goal) for goal in shelved) <= 3


# --- the map ---

RINGS = {row["name"]: [tuple(point) for point in row["outline"]] for row in read("districts")}


def turn(a, b, c):
    """Twice the signed area of a, b, c: above zero is a turn to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a, b, c, d):
    """True when the inside of a-b meets the inside of c-d."""
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def inside(point, ring):
    """True when a point lies within a closed ring."""
    x, y = point
    crossings = sum(
        (b[1] > y) != (a[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in pairwise(ring)
    )
    return crossings % 2 == 1


@pytest.mark.parametrize("name", RINGS)
def test_an_outline_is_closed_simple_and_holds_its_centroid(name):
    ring = RINGS[name]
    assert ring[0] == ring[-1]
    assert len(ring) == len(set(ring)) + 1
    assert 15 <= len(ring) - 1 <= 45
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0, "counter-clockwise"
    assert not any(cross(*one, *other) for one, other in combinations(pairwise(ring), 2))
    district = next(row for row in read("districts") if row["name"] == name)
    assert inside(district["centroid"], ring)
    assert re.fullmatch(r"WK9901\d\d", district["id"])


def test_districts_share_borders_and_never_overlap():
    neighbours = 0
    for one, other in combinations(RINGS, 2):
        mine, yours = RINGS[one], RINGS[other]
        assert not any(cross(a, b, c, d) for a, b in pairwise(mine) for c, d in pairwise(yours)), (one, other)
        assert not any(inside(point, yours) for point in set(mine) - set(yours)), (one, other)
        assert not any(inside(point, mine) for point in set(yours) - set(mine)), (one, other)
        neighbours += len(set(mine) & set(yours)) >= 2
    assert neighbours == 11


def test_a_point_lies_in_its_district():
    points = [(row["id"], row["point"], row["district"]) for row in read("initiatives-dev") if "point" in row]
    assert len(points) > 60
    assert [key for key, point, district in points if not inside(point, RINGS[district])] == []


# --- who is who ---


def test_a_portfolio_never_has_two_holders_and_has_one_now():
    terms = read("terms")
    for portfolio in ids("portfolios"):
        held = sorted((t["from"], t["until"] or "9999") for t in terms if t["portfolio"] == portfolio)
        assert all(begin <= end for begin, end in held)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(held)), portfolio
        assert held[-1][1] == "9999", f"{portfolio} is vacant"
    now = [term["holder"] for term in terms if not term["until"]]
    assert len(now) == len(set(now)) == 8
    assert {term["holder"] for term in terms} == ids("holders")
    assert any(term["until"] for term in terms)


def test_there_is_one_front_desk_and_it_serves_all():
    desks = [row for row in read("contacts") if row["front_desk"]]
    assert [desk["id"] for desk in desks] == ["K41"]
    assert desks[0]["districts"] == ["alle"]
    assert "deputy" not in desks[0]


def test_deputies_never_go_round_in_a_circle():
    contacts = read("contacts")
    away = [row for row in read("absences") if row["from"] <= TODAY <= (row["until"] or TODAY)]
    assert away
    assert all(row["deputy"] for row in away)
    plain = {row["id"]: row.get("deputy") for row in contacts}
    today = plain | {row["contact"]: row["deputy"] for row in away}
    for deputies in (plain, today):
        for start in deputies:
            seen, one = [], start
            while one:
                assert one not in seen, f"circle: {[*seen, one]}"
                seen, one = [*seen, one], deputies[one]
            assert seen[-1] == "K41"


def test_all_contacts_are_available_and_can_be_reached():
    for row in read("contacts"):
        assert row["available_from"] <= TODAY
        assert row.get("available_until") is None
        assert row["phone"].startswith(("14 0399", "0399 "))
        assert row["email"].endswith("@merenburg.example")
    emails = [row["email"] for row in read("contacts")]
    assert len(emails) == len(set(emails))
    shown = [row for row in read("contacts") if row["name_public"]]
    assert 24 <= len(shown) <= 30
    assert all(row["name"] and row["photo"] for row in shown)
    assert not any("photo" in row for row in read("contacts") if not row["name_public"])


def test_there_is_an_account_for_each_role():
    roles = [row["role"] for row in read("accounts")]
    assert sorted(roles) == ["clerk", "council", "manager", "officer", "partner", "resident"]
    officer = next(row for row in read("accounts") if row["role"] == "officer")
    contact = next(row for row in read("contacts") if row["id"] == officer["contact"])
    assert contact["name"] == officer["name"]


# --- portraits ---

PORTRAITS = sorted(path.name for path in (FOLDER / "photos").iterdir())


def test_every_portrait_is_used_and_there():
    named = {row["photo"] for name in ("holders", "contacts") for row in read(name) if "photo" in row}
    assert named == set(PORTRAITS)


@pytest.mark.parametrize("name", PORTRAITS)
def test_a_portrait_is_small_and_harmless(name):
    path = FOLDER / "photos" / name
    assert path.stat().st_size < 3000
    root = ElementTree.parse(path).getroot()
    assert root.get("viewBox") == "0 0 96 96"
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "rect", "circle", "path"}
        names = set(element.attrib)
        assert not {n for n in names if n in {"style", "class", "href"} or n.startswith(("on", "{"))}


# --- goals, notes, forms ---


def test_a_goal_is_told_in_plain_words():
    for goal in read("goals"):
        assert goal["plain_title"] != goal["title"]
        assert 12 <= len(goal["plain_title"]) <= 80, goal["id"]
        assert 60 <= len(goal["plain_description"]) <= 400, goal["id"]
        assert 4 <= len(goal["search_words"]) <= 10
        assert len(goal["search_words"]) == len(set(goal["search_words"]))
        sentences = [s for s in re.split(r"(?<=[.?!])\s+", goal["plain_description"]) if s]
        assert max(len(s.split()) for s in sentences) <= 20, goal["id"]


def test_some_goals_are_stale_and_some_are_measured():
    goals = read("goals")
    stale = [goal for goal in goals if goal["verified_on"] < "2026-05-21"]
    assert 10 <= len(stale) <= 30
    assert max(goal["verified_on"] for goal in goals) <= TODAY
    measured = [goal["indicator"] for goal in goals if "indicator" in goal]
    assert len(measured) >= 40
    assert all(set(one) == {"name", "unit", "baseline", "target", "year"} for one in measured)
    assert all(one["baseline"] != one["target"] for one in measured)


def test_a_note_agrees_with_the_years_in_its_title():
    over = 0
    for note in read("notes"):
        begin, end = note["valid_from"], note["valid_until"]
        assert note["adopted_on"] <= begin
        weekday = {"college": 1, "gemeenteraad": 3}[note["adopted_by"]]
        assert datetime.date.fromisoformat(note["adopted_on"]).weekday() == weekday
        assert end is None or begin < end
        over += bool(end and end < TODAY)
        if years := re.search(r"(\d{4})-(\d{4})$", note["title"]):
            assert (begin[:4], end[:4]) == years.groups()
    assert 3 <= over <= 8


def test_every_form_answers_the_six_considerations():
    forms = read("funding-forms")
    assert [form["id"] for form in forms] == ["BB", "IF", "BM", "FC", "MA", "LF", "PL", "CF", "CG"]
    assert [form["order"] for form in forms] == list(range(1, 10))
    for form in forms:
        assert set(form["considerations"]) == CONSIDERATIONS
        for key in ("explanation", "municipal_role", "effect", "example"):
            assert len(form[key]) > 50


# --- plans ---


def test_every_state_occurs():
    assert {row["state"] for row in read("initiatives-dev")} == STATES


def test_private_matters_concepts_and_new_plans_are_not_public():
    for row in read("initiatives-dev"):
        is_public = row["wants_public"] and "released_on" in row
        assert "released_on" not in row or row["wants_public"]
        if not row["labels"]["goals"] or row["state"] in {"draft", "submitted"}:
            assert not is_public, row["id"]


def test_a_plan_has_one_contact_and_a_reference_once_it_is_sent():
    rows = read("initiatives-dev")
    for row in rows:
        if row["state"] == "draft":
            assert not {"contact", "reference", "submitted_on", "released_on"} & set(row)
            continue
        submitted = row["submitted_on"]
        assert submitted <= row.get("released_on", submitted) <= row["changed_on"] <= TODAY
        assert row["reference"].startswith(f"IW-{submitted[:4]}-")
        if row["state"] == "submitted" or not row["labels"]["contact"]:
            assert row["contact"] == "K41"
    sent = [row for row in rows if row["state"] != "draft"]
    assert len({row["reference"] for row in sent}) == len(sent)
    by_date = sorted(sent, key=lambda row: row["reference"])
    assert [row["submitted_on"] for row in by_date] == sorted(row["submitted_on"] for row in sent)
    right = [row for row in sent if (row["labels"]["contact"] or {}).get("best") == row["contact"]]
    assert len(right) > 60


def test_what_is_stopped_or_paused_says_why():
    for row in read("initiatives-dev"):
        assert bool(row.get("stopped_reason")) == (row["state"] in {"stopped", "paused"}), row["id"]
        assert row["summary"].endswith((".", "?"))
        assert len(row["summary"].split()) <= 25
