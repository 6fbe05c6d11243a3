"""The headers of every answer, also of what went wrong."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from initiatiefwijzer import urls
from townhall.uploads import EXTENSIONS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walk")]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OF_FILES = {"default-src 'none'", "sandbox"}  # of what people handed in
MADE_HERE = "/beheer/inlezen/voorbeeld/"  # files of the same kind that nobody handed in
SWITCHED_OFF = {"camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics"}
FOR_THE_WORLD = "/api/v1/openapi.json"  # may be read by a script of any site: it holds nothing private
TELL_TALES = {"Server", "X-Powered-By"}


def faults(address, headers, shared=False):
    """What is wrong with the headers of one answer; shared: any site may read it."""
    found = [name for name, value in ALWAYS.items() if headers.get(name) != value]
    handed_in = headers.get("Content-Type") in EXTENSIONS and not address.startswith(MADE_HERE)
    policy = OF_FILES if handed_in else POLICY
    if set(headers.get("Content-Security-Policy", "").split("; ")) != policy:
        found.append("Content-Security-Policy")
    if {part.partition("=")[0] for part in headers.get("Permissions-Policy", "").split(", ")} != SWITCHED_OFF:
        found.append("Permissions-Policy")
    if headers.get("Cross-Origin-Resource-Policy") != ("cross-origin" if shared else "same-origin"):
        found.append("Cross-Origin-Resource-Policy")
    if headers.get("Access-Control-Allow-Origin") != ("*" if shared else None):
        found.append("Access-Control-Allow-Origin")
    if address.startswith("/api/") and headers.get("API-Version") != settings.API_VERSION:
        found.append("API-Version")
    return found + sorted(TELL_TALES & set(headers))


def test_every_answer_carries_them(walk):
    answers = [(actor, *one, answer) for actor, all in walk.answers.items() for one, answer in all.items()]
    assert len(answers) > 2000
    wrong = []
    for actor, address, method, answer in answers:
        shared = address == FOR_THE_WORLD and answer.status == 200
        wrong += [(actor, address, method, fault) for fault in faults(address, answer.headers, shared)]
    assert wrong == []


def test_no_cache_keeps_what_is_for_one_person(walk):
    """Either nothing is kept, or what is kept depends on who asks."""
    kept = [
        (actor, address)
        for actor, answers in walk.answers.items()
        for (address, _method), answer in answers.items()
        if actor != "visitor" and answer.status == 200
        if answer.headers["Content-Type"].startswith(("text/html", "application/json"))
        if "no-store" not in answer.headers.get("Cache-Control", "")
        and "Cookie" not in answer.headers.get("Vary", "")
        and not address.endswith(("openapi.json", "/gezond"))
    ]
    assert kept == []


def test_cookies_are_for_the_browser_alone(walk):
    cookies = [
        (name, cookie)
        for answers in walk.answers.values()
        for answer in answers.values()
        for name, cookie in answer.cookies.items()
        if cookie["value"]  # an empty one is being thrown away
    ]
    assert {name for name, _cookie in cookies} <= {"sessionid", "csrftoken", "messages"}
    assert {(bool(cookie["httponly"]), cookie["samesite"]) for _name, cookie in cookies} == {(True, "Lax")}


@pytest.fixture
def careless(db):
    """A visitor for whom a fault in the code becomes an answer."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/bestaat-niet/", "/doelen/%00/", "/api/v1/niets", "/api/v1/doelen/%00"])
def test_what_is_not_there_carries_them_too(address, careless):
    answer = careless.get(address)
    assert answer.status_code in (400, 404)
    assert faults(address, answer.headers) == []


def test_what_goes_wrong_with_us_carries_them_too(careless, monkeypatch):
    def broken(request, **kwargs):
        raise RuntimeError("een geheim van de programmeur")

    monkeypatch.setattr(urls.urlpatterns[0], "callback", broken)
    page = careless.get("/")
    monkeypatch.setattr("townhall.rest.ReadViewSet.list", broken)
    api = careless.get("/api/v1/doelen")
    assert (page.status_code, api.status_code) == (500, 500)
    assert (faults("/", page.headers), faults("/api/v1/doelen", api.headers)) == ([], [])
    assert page["Content-Type"].startswith("text/html")
    assert api["Content-Type"] == "application/problem+json"
    assert b"geheim" not in page.content + api.content
    assert api.json()["title"] == "Er ging iets mis bij ons"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "", "a b"])
def test_another_host_is_refused(host, careless):
    answer = careless.get("/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert faults("/", answer.headers) == []
    assert host == "" or host.encode() not in answer.content


def test_what_a_proxy_says_is_not_believed_unless_there_is_one(careless):
    answer = careless.get("/", HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_FORWARDED_PROTO="https")
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content
    assert not answer.wsgi_request.is_secure()


SECURE = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(SERVER_NAME="www.kleindorp.example")
safe = client.get("/gezond", secure=True)
plain = client.get("/doelen/?zoek=tuin")
print(json.dumps({
    "hsts": safe["Strict-Transport-Security"],
    "plain": [plain.status_code, plain["Location"]],
    "health": client.get("/gezond").status_code,
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
}))
"""


def test_https_is_for_ever_where_there_is_https():
    environment = os.environ | {
        "BASE_URL": "https://www.kleindorp.example",
        "ALLOWED_HOSTS": "www.kleindorp.example",
        "DJANGO_SETTINGS_MODULE": "initiatiefwijzer.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", SECURE],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert json.loads(run.stdout) == {
        "hsts": "max-age=31536000; includeSubDomains",
        "plain": [301, "https://www.kleindorp.example/doelen/?zoek=tuin"],
        "health": 200,
        "cookies": [True, True],
    }


def test_a_wrong_header_is_seen():
    good = ALWAYS | {
        "Content-Security-Policy": "; ".join(POLICY),
        "Permissions-Policy": ", ".join(f"{name}=()" for name in SWITCHED_OFF),
        "Cross-Origin-Resource-Policy": "same-origin",
        "API-Version": settings.API_VERSION,
    }
    assert faults("/api/v1/doelen", good) == []
    weak = good["Content-Security-Policy"].replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert faults("/", good | {"Content-Security-Policy": weak}) == ["Content-Security-Policy"]
    assert faults("/", good | {"Content-Type": "image/jpeg"}) == ["Content-Security-Policy"]
    assert faults("/", good | {"Server": "x"}) == ["Server"]
    for name in good:
        without = {other: value for other, value in good.items() if other != name}
        assert faults("/api/v1/doelen", without) == [name]
