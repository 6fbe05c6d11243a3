"""The shell's own pages: portraits, what is too large, and titles that are never read as HTML."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db
HUGE = "x" * 2_600_000


@pytest.fixture
def portrait(settings, tmp_path):
    """A drawing on the disk, at an address that can be guessed."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "portraits").mkdir()
    (tmp_path / "portraits" / "k01.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return "/portretten/k01.svg"


def status(client, address):
    """The code of an answer; a file is read to its end, which closes it."""
    answer = client.get(address)
    answer.getvalue()
    return answer.status_code


def test_a_portrait_is_shown_of_who_chose_to_be_seen(client, portrait):
    assert status(client, portrait) == 404
    official = make.manager("Adviseur", photo="k01.svg", name_is_public=False)
    assert status(client, portrait) == 404
    official.name_is_public = True
    official.save()
    assert status(client, portrait) == 200
    official.available_until = date(2020, 1, 1)
    official.save()
    assert status(client, portrait) == 404


def test_a_portrait_of_who_governs_is_everybodys(client, portrait):
    make.holder("Els", photo="k01.svg")
    assert status(client, portrait) == 200


def test_what_is_too_large_is_called_that(client):
    page = client.post("/wegwijzer/", {"omschrijving": HUGE})
    assert page.status_code == 413
    assert "maak je tekst korter" in page.text
    problem = client.post(
        "/api/v1/wegwijzer", json.dumps({"omschrijving": HUGE}), content_type="application/json"
    )
    assert problem.status_code == 413
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["detail"].startswith("Stuur minder tekst")


def test_no_title_is_read_as_html(client, amina, carla):
    plan = make.initiative("<script>alert(1)</script>", state="submitted", by=amina)
    for who, address in ((amina, f"/mijn/{plan.public_id}/"), (carla, f"/werkbank/{plan.reference}/")):
        client.force_login(who)
        answer = client.get(address)
        assert answer.status_code == 200
        assert "&lt;script&gt;alert(1)" in answer.text
        assert "<script>alert" not in answer.text


def test_who_finds_a_weakness_knows_where_to_go(client):
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    make.municipality(email="info@kleindorp.example")
    told = dict(line.split(": ", 1) for line in client.get(address).text.splitlines())
    assert told["Contact"] == "mailto:info@kleindorp.example"
    expires = datetime.fromisoformat(told["Expires"])
    assert timezone.now() + timedelta(days=90) < expires < timezone.now() + timedelta(days=365)


def test_search_engines_stay_out_of_the_desk(client):
    assert "Disallow: /werkbank/\n" in client.get("/robots.txt").text
    assert "Disallow: /initiatieven" not in client.get("/robots.txt").text
