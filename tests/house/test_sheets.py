"""Every list as a file: there is one, nothing is forgotten in it, and it holds no more than its page."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from openpyxl import load_workbook

from agreements import sheets as agreements
from contacts import sheets as contacts
from desk import sheets as desk
from desk.manage.nouns import NOUNS
from funding import sheets as funding
from goals import sheets as goals
from initiatives import sheets as initiatives
from overview import sheets as overview
from tests.house import secrets, town
from townhall.pages import ListPage
from townhall.sheets import OURS, Sheet

TEMPLATES = settings.BASE_DIR / "templates"
PAGED_ONLY = {  # template with a paged list -> why it is no file
    "overview/_council_goals.html": "figures; the page tells them all, and so does its twin",
    "overview/mine.html": "a few plans of one's own, each with a page",
    "agreements/choose.html": "the library again, to choose from; its file is at the library",
    "desk/add.html": "search results to choose one from",
    "desk/hand_over_plans.html": "a form: who gets which plan",
    "desk/day.html": "what waits for one person at this moment",
    "desk/notes.html": "a talk about one plan; the dossier holds it",
    "desk/coverage.html": "goals by districts, made up at this moment; its twin tells all of it",
    "desk/_hand_over_result.html": "what became of one hand-over, on its own page",
}
MODULES = (agreements, contacts, desk, funding, goals, initiatives, overview)
SHEETS = [one for module in MODULES for one in vars(module).values() if isinstance(one, Sheet)]
SHEETS += [one for one in desk.MANAGED.values() if one not in SHEETS]
LISTS = {
    name: view.sheet
    for name, view in town.views().items()
    if isinstance(view, type) and issubclass(view, ListPage)
}
pytestmark = pytest.mark.django_db


def columns_of(model):
    """The names of the columns of a model, and of what it is linked to in tables of their own."""
    return {one.name for one in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}


def forgotten(sheet):
    """The fields that are neither in the file nor left out with a reason, and names of no field."""
    told = {name for column in sheet.columns for name in column.fields}
    known = {one.name for one in sheet.model._meta.get_fields()} | columns_of(sheet.model)
    missing = columns_of(sheet.model) - told - set(sheet.left_out) - set(OURS)
    return sorted(missing), sorted(set(sheet.left_out) - known | set(sheet.left_out) & told)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet.name}-{sheet.audience}")
def test_every_field_is_in_the_file_or_left_out_with_a_reason(sheet):
    assert forgotten(sheet) == ([], [])
    assert all(sheet.left_out.values())
    assert len(set(sheet.titles)) == len(sheet.titles)
    assert re.fullmatch(r"[a-z-]{3,31}", sheet.name)


def test_a_new_field_is_seen():
    fewer = Sheet("doelen", goals.GOALS.model, goals.GOAL_COLUMNS[1:], left_out=goals.GOALS.left_out)
    assert forgotten(fewer) == (["key"], [])


def test_every_list_is_a_file():
    assert [name for name, sheet in LISTS.items() if sheet not in SHEETS] == []
    assert set(desk.MANAGED) == {slug for slug, noun in NOUNS.items() if noun.is_list}
    paged = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in TEMPLATES.rglob("*.html")
        if "{% pagination " in path.read_text("utf-8")
    }
    assert {name for name, text in paged.items() if "{% sheet_links %}" not in text} == set(PAGED_ONLY)


def read(response, kind):
    """The rows of a file, the titles first."""
    content = response.getvalue()
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    page = load_workbook(io.BytesIO(content)).active
    return [["" if one is None else one for one in row] for row in page.iter_rows(values_only=True)]


def addresses():
    """Every list that is a file, with its sheet."""
    yield from ((reverse(name), sheet) for name, sheet in LISTS.items())
    yield from ((reverse("desk:manage-list", args=[slug]), one) for slug, one in desk.MANAGED.items())


@override_settings(LIMITS=settings.LIMITS | {"sheet": (1000, 60)})
def test_a_file_holds_what_the_page_shows_and_no_secret():
    """For everybody: as many rows as the page counts; who may not see the page gets no file either."""
    them = town.build()
    planted = secrets.plant()
    for actor in ("visitor", "resident", "council", "clerk", "officer", "manager"):
        client = town.walker(them[actor])
        kept = [one for one in planted if one.is_kept_from(actor, them[actor])]
        for address, sheet in addresses():
            page = client.get(address)
            answers = {kind: client.get(address, {"formaat": kind}) for kind in ("csv", "xlsx")}
            for kind, file in answers.items():
                assert file.status_code == page.status_code, (actor, address, kind)
                if page.status_code != 200:
                    continue
                assert file["Content-Disposition"].startswith(f'attachment; filename="{sheet.name}-')
                head, *rows = read(file, kind)
                assert head == sheet.titles
                assert len(rows) == page.context["page_obj"].paginator.count, (actor, address)
                text = str(rows)
                assert [one.place for one in kept if one.word in text] == [], (actor, address, kind)
