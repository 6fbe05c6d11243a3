"""Lists as files: no formulas, types, lengths, limits, and the note of who took it."""

import csv
import datetime
import io

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests import make
from townhall import sheets
from townhall.models import Event

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "+31 6 1234", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1"]


def in_csv(client, address, **asked):
    response = client.get(address, {"formaat": "csv", **asked})
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))


def in_xlsx(client, address, **asked):
    """The cells of the page in a workbook, row by row."""
    response = client.get(address, {"formaat": "xlsx", **asked})
    return list(load_workbook(io.BytesIO(response.getvalue())).active.iter_rows())


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_is_a_formula(client, words):
    make.organisation("Club", interests=words, key="0123")
    _head, row = in_csv(client, "/partners/")
    assert row[3] == f"'{words}"
    _head, cells = in_xlsx(client, "/partners/")
    assert (cells[3].data_type, cells[3].quotePrefix) == ("s", True)
    assert cells[3].value.split() == words.split()
    assert (cells[0].value, cells[0].quotePrefix) == ("0123", False)  # what begins with nought stays so


def test_days_and_money_are_of_their_own_type(client):
    plan = make.initiative()
    given = {"quantity": "2.50", "unit_name": "uur", "value": 12}
    make.commitment(plan, "Planten", due_on=datetime.date(2026, 12, 4), **given)
    head, cells = in_xlsx(client, "/toezeggingen/")
    row = dict(zip([one.value for one in head], cells, strict=True))
    assert (row["Uiterlijk"].value, row["Uiterlijk"].is_date) == (datetime.datetime(2026, 12, 4), True)
    assert (row["Hoeveel"].value, row["Waarde in euro"].value) == (2.5, 12)
    head, cells = in_csv(client, "/toezeggingen/")
    row = dict(zip(head, cells, strict=True))
    assert (row["Uiterlijk"], row["Hoeveel"], row["Openbaar"]) == ("2026-12-04", "2,50", "ja")


def test_absurd_words_arrive_whole(client):
    words = 'Ünïcode; "aanhaling"\nregel 2 \x0b\ufffe 😀 ' + "x" * 900
    make.organisation("Club", interests=words)
    kept = sheets.UNPRINTABLE.sub("", words)
    assert in_csv(client, "/partners/")[1][3] == kept
    assert in_xlsx(client, "/partners/")[1][3].value == kept
    assert len(sheets.plain("y" * 40_000)) == sheets.LONGEST_CELL


def test_the_filters_hold_and_a_wrong_one_shows_the_page(client):
    make.organisation("Tuinclub", kind="vereniging")
    make.organisation("Fonds", kind="fonds")
    assert [row[1] for row in in_csv(client, "/partners/", soort="fonds")[1:]] == ["Fonds"]
    assert in_csv(client, "/partners/", zoek="bestaatniet")[1:] == []
    page = client.get("/partners/", {"formaat": "csv", "soort": "niets"})
    assert page["Content-Type"].startswith("text/html")
    assert client.get("/partners/?formaat=pdf")["Content-Type"].startswith("text/html")


LONG = ["/doelen/", "/initiatieven/", "/toezeggingen/", "/wie-is-wie/", "/partners/"]


@pytest.mark.parametrize("address", LONG)
def test_many_rows_cost_as_many_queries(client, address):
    costs = []
    for number in (2, 12):
        for _ in range(number):
            make.goal(portfolio=make.portfolio(holder=make.holder()), themes=[make.theme()])
            plan = make.initiative(district=make.district(), goals=[make.goal()])
            make.commitment(plan)
            make.organisation(districts=[make.district()])
            make.manager(districts=[make.district()], department=make.department())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(in_csv(client, address)) > number
        costs.append(len(queries))
    assert costs[0] == costs[1] < 15


def test_too_long_a_list_says_so(client, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    make.organisation(kind="fonds")
    make.organisation(kind="fonds")
    answer = client.get("/partners/?soort=fonds&formaat=xlsx", follow=True)
    assert answer.redirect_chain == [("/partners/?soort=fonds", 302)]
    assert "meer dan 1 regels" in answer.content.decode()


def test_who_asks_too_often_waits(client):
    with override_settings(LIMITS=settings.LIMITS | {"sheet": (1, 60)}):
        assert client.get("/partners/?formaat=csv").status_code == 200
        answer = client.get("/partners/?formaat=csv")
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)


def test_it_is_noted_which_list_somebody_took_along(client, carla, amina):
    make.initiative()
    client.force_login(amina)
    in_csv(client, "/initiatieven/")
    assert Event.objects.filter(what="download").count() == 0
    client.force_login(carla)
    in_csv(client, "/werkbank/", lijst="alles")
    note = Event.objects.get(what="download")
    assert (note.subject_key, note.by, note.details) == ("werkbank", carla, {"format": "csv", "rows": 1})
    assert not note.is_public
