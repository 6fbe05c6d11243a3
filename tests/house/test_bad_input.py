"""Bad input gets a clear answer: never a 500, no live markup, a Dutch sentence or a problem+json."""

import itertools
import re
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatiefwijzer import urls
from initiatiefwijzer.api import RESOURCES
from initiatiefwijzer.wsgi import in_plain_letters
from tests.house import access, bad, town
from tests.house.test_doors import LISTS

WHAT_MAY_BE = {200, 302, 400, 403, 404, 405, 406, 409, 413, 415, 429}
INSIDES = re.compile(
    rb"Traceback|psycopg|django\.(?:db|core|http)|site-packages|Exception at|/work/|Server Error"
)
API = "/api/v1/wegwijzer"


def fault(answer, sent=""):
    """What is wrong with an answer to bad input, or nothing."""
    if answer.status_code not in WHAT_MAY_BE:
        return f"status {answer.status_code}"
    if answer.streaming:  # a file, which nobody reads as a page; reading it closes it
        return None if answer.getvalue() else "is empty"
    if INSIDES.search(answer.content):
        return "shows its insides"
    if "X-Evil" in answer.headers or "evil" in answer.cookies:
        return "a header was smuggled in"
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        return html_fault(answer, sent)
    if answer.status_code >= 400 and not (kind == "application/problem+json" and is_problem(answer)):
        return f"is no problem+json but {kind}"
    return None


def html_fault(answer, sent):
    page = answer.content.decode()
    if "<" in sent and sent in page:
        return "live markup"
    if "<script>alert(1)" in page or re.search(r"<(?:img|svg)[^>]*\son\w+=", page):
        return "live markup"
    if (
        answer.status_code >= 400
        and answer.content
        and not re.search(r'<html[^>]* lang="nl".*<h1', page, re.DOTALL)
    ):
        return "is no page"
    return None


def is_problem(answer):
    body = answer.json()
    wrong = body.get("invalidParams", [])
    return (
        body["status"] == answer.status_code
        and body["title"]
        and body["detail"]
        and all(one["reason"] and isinstance(one["name"], str) for one in wrong)
    )


@pytest.fixture
def them(people, db, settings):
    settings.ACCOUNT_RATE_LIMITS = False  # what is refused for its number says nothing about the rest
    settings.LIMITS = settings.LIMITS | dict.fromkeys(("wegwijzer", "upload", "dossier"), (10**6, 60))
    return people


@pytest.fixture
def visitor(them):
    return Client(raise_request_exception=False)


def faults(cases):
    """[(what was asked, what is wrong)] for (description, value, answer) of every case."""
    return [(what, found) for what, sent, answer in cases if (found := fault(answer, sent))]


# Reading --------------------------------------------------------------------------------------------
def parameters(resource):
    """The names a list knows, one it doesn't, and those of pages."""
    known = getattr(RESOURCES[resource], "filterset_class", None)
    return [*(known.base_filters if known else ()), "pagina", "perPagina", "onbekend"]


def queries(resource):
    """Every value for all parameters at once, then for each alone, and twice."""
    names = parameters(resource)
    yield from (dict.fromkeys(names, value) for value in bad.VALUES)
    yield from ({name: number} for name in ("pagina", "perPagina") for number in bad.PAGE_NUMBERS)
    yield from ({name: [value, "tuin"]} for name in names for value in bad.VALUES[::7])
    yield from ({name: value} for name in names for value in bad.VALUES)


@pytest.mark.parametrize("resource", RESOURCES)
def test_lists_bear_every_question(resource, visitor):
    addresses = [reverse(f"api:{resource}-list")]
    addresses += [reverse(LISTS[resource])] if resource in LISTS else []
    cases = bad.some(itertools.product(addresses, queries(resource)), 0.06)
    asked = (((address, query), longest(query), visitor.get(address, query)) for address, query in cases)
    assert faults(asked) == []


def test_the_search_bears_any_words(visitor):
    cases = bad.some(itertools.product([reverse("overview:search"), reverse("api:zoeken")], bad.VALUES), 0.06)
    asked = ((case, case[1], visitor.get(case[0], {"zoek": case[1]})) for case in cases)
    assert faults(asked) == []


def longest(query):
    value = max(query.values(), key=len, default="")
    return value if isinstance(value, str) else value[0]


def things():
    """Every address with a name in it, with a bad name in its place."""
    for addresses in access.ACCESS.values():
        for address in addresses:
            before, name, after = (
                re.match(r"(.*/)([^/]+)(/?)$", address).groups() if len(address) > 1 else ("", "", "")
            )
            if before.count("/") > 1 and name not in ("code", "openapi.json"):
                yield from ((before, value, after) for value in bad.VALUES if len(value) < 5000)


def test_things_bear_every_name(visitor):
    cases = bad.some(sorted(set(things())), 0.15)
    asked = ((case, case[1], visitor.get(f"{case[0]}{quote(case[1], safe='')}{case[2]}")) for case in cases)
    assert faults(asked) == []


@pytest.mark.parametrize(
    "raw", ["%ff", "%c3%28", "%00", "zoek=%ff%fe", "zoek=%", "&&&", "=", "a" * 8000, "zoek[]=1&zoek.x=2"]
)
def test_addresses_bear_bytes_that_are_no_text(raw, visitor):
    for address in ("/doelen/", "/api/v1/doelen", "/bestaat-niet/"):
        assert fault(visitor.get(f"{address}?{raw}")) is None
        if "=" not in raw:
            assert fault(visitor.get(f"{address.rstrip('/')}/{raw}/")) is None


# Sending --------------------------------------------------------------------------------------------
MINE, DESK = f"/mijn/{town.SECRET_ADDRESS}/", "/werkbank/IW-2026-0002/"
FORMS = {  # address -> who sends it, and its fields or the page on which it is drawn
    "/wegwijzer/": ("visitor", ("omschrijving", "titel", "wijk", "behoeften", "bedrag")),
    "/account/inloggen/": ("visitor", ("email", "next")),
    "/account/aanmelden/": ("visitor", ("email", "next")),
    "/account/inloggen/code/": ("visitor", ("code",)),
    "/account/aanmelden/code/": ("visitor", ("code", "email", "action")),
    "/account/inloggen/tweede-stap/": ("visitor", ("code",)),
    "/account/opnieuw/": ("officer", ("code", "next")),
    "/account/tweede-stap/aan/": ("resident", ("code",)),
    "/account/tweede-stap/codes/nieuw/": ("resident", ("bevestig",)),
    "/account/uitloggen/": ("resident", ("next",)),
    "/initiatieven/nieuw/": ("resident", "/initiatieven/nieuw/"),
    "/mijn/mails/": ("resident", "/mijn/mails/"),
    f"{MINE}veranderen/": ("initiator", f"{MINE}veranderen/"),
    f"{MINE}bericht/": ("initiator", MINE),
    f"{MINE}stap/pause/": ("initiator", MINE),
    f"{DESK}besluiten/nieuw/": ("officer", f"{DESK}besluiten/nieuw/"),
    **{
        f"{DESK}besluiten/B002/{act}/": ("officer", f"{DESK}besluiten/B002/")
        for act in ("besluiten", "verplaatsen", "stilzetten", "hervatten", "intrekken")
    },
    **{
        f"{side}later/{act}/": (who, f"{side}later/")
        for side, who in ((MINE, "initiator"), (DESK, "officer"))
        for act in ("schrijf", "terugblik", "opvolger")
    },
    f"{MINE}later/stoppen/": ("initiator", ("token",)),
    f"{MINE}later/intrekken/": ("initiator", ("kenmerk",)),
    f"{MINE}nieuws/": ("initiator", f"{MINE}nieuws/"),
    f"{MINE}nieuws/78/aanpassen/": ("initiator", f"{MINE}nieuws/"),
    f"{DESK}nieuws/78/verbergen/": ("officer", f"{DESK}nieuws/"),
    f"{DESK}besluiten/B002/rechtzetten/": ("manager", f"{DESK}besluiten/B002/"),
    **{
        address: ("officer", address)
        for address in (f"{DESK}eisen/nieuw/", f"{DESK}eisen/E002/veranderen/", f"{DESK}eisen/E002/vervalt/")
    },
    f"{MINE}eisen/E002/vraag/": ("initiator", f"{MINE}eisen/E002/vraag/"),
    f"{MINE}bijlagen/": ("initiator", f"{MINE}bijlagen/"),
    f"{MINE}dossier/": ("initiator", ("token",)),
    f"{DESK}bijlagen/": ("officer", f"{DESK}bijlagen/"),
    f"{DESK}dossier/": ("manager", f"{DESK}dossier/"),
    f"{DESK}afweging/": ("officer", f"{DESK}afweging/"),
    f"{DESK}afweging/afronden/": ("officer", f"{DESK}afweging/"),
    f"{MINE}afweging/": ("initiator", f"{MINE}afweging/"),
    f"{MINE}samengaan/77/": ("initiator", ("antwoord",)),
    f"{MINE}doorverwezen/": ("initiator", ("token",)),
    f"{MINE}taak/": ("initiator", f"{MINE}taak/"),
    f"{MINE}raadsvraag/": ("initiator", f"{MINE}raadsvraag/"),
    **{
        f"{DESK}{what}/": ("officer", f"{DESK}{what}/")
        for what in ("taak", "soort", "raadsvraag", "doorverwijzen", "dubbel/IW-2026-0001")
    },
    f"{DESK}notities/": ("officer", f"{DESK}notities/"),
    "/werkbank/samen/": ("officer", ("doe", "plan", "ga", "contact", "told", "sentence", "goal", "token")),
    f"{MINE}meekijken/": ("initiator", ("whom", "token")),
    "/werkbank/relaties/tuinclub/contactmoment/": ("officer", "/werkbank/relaties/tuinclub/"),
    "/werkbank/relaties/personen/nieuw/": ("officer", "/werkbank/relaties/personen/nieuw/"),
    **{
        f"/werkbank/relaties/personen/77/{act}/": ("officer", fields)
        for act, fields in {
            "inkijken": ("reason",),
            "contactmoment": "/werkbank/relaties/personen/77/",
            "brief": ("version",),
            "verteld": ("version", "on"),
            "intrekken": ("version", "on"),
            "veranderen": ("version", "name", "email", "phone", "organisation", "source", "ground"),
            "wissen": ("version",),
        }.items()
    },
    "/werkbank/relaties/dubbel/tuinclub/oudeclub/": (
        "officer",
        "/werkbank/relaties/dubbel/tuinclub/oudeclub/",
    ),
    "/werkbank/filters/bewaren/": ("officer", "/werkbank/?zoek=bankje"),
    **{
        f"{DESK}{what}/": ("officer", DESK)
        for what in ("verwerken", "terugdraaien", "oordeel/bevestigen", "contact", "stap/start", "openbaar")
    },
    **{f"{DESK}{what}/": ("officer", DESK) for what in ("bericht", "contactmoment", "inkijken", "collegas")},
    "/toezeggingen/nieuw/IW-2026-0002/": ("officer", "/toezeggingen/nieuw/IW-2026-0002/"),
    "/toezeggingen/T23/nakomen/": ("initiator", "/toezeggingen/T23/nakomen/"),
    **{
        address: ("officer", address)
        for address in access.ACCESS["agreements:act"]
        if "T21" in address and "niets" not in address
    },
    **{
        address: ("manager", address)
        for address in ("/beheer/overdrachten/77/", "/beheer/overdrachten/77/plannen/")
    },
    **{address: ("manager", address) for address in ("/beheer/inlezen/", "/beheer/inlezen/77/")},
    **{
        address: ("manager", address)
        for kind in ("plannen", "partners")
        for address in (f"/werkbank/brieven/nieuw/{kind}/", "/werkbank/brieven/77/")
    },
    **{
        address: ("manager", address)
        for name in ("desk:manage-new", "desk:manage-edit", "desk:manage-act", "desk:manage-second-step")
        for address, rows in access.ACCESS[name].items()
        if rows["manager"] == access.KEPT
    },
}


def test_every_form_is_here():
    answers = ("200", "400", "409", "home")
    forms = {
        address
        for addresses in access.ACCESS.values()
        for address, rows in addresses.items()
        if not address.startswith("/api/")
        if any(codes.split()[3] in answers for who, codes in rows.items() if "home home" not in codes)
    }
    assert forms <= set(FORMS)


class Fields(HTMLParser):
    """What the forms of a page would send: {name: value}; of things to choose the first is chosen."""

    def __init__(self, page):
        super().__init__()
        self.values, self.open = {}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name = told.get("name")
        if tag in ("input", "textarea", "select", "button") and name and name != "csrfmiddlewaretoken":
            self.values.setdefault(name, told.get("value", ""))
            self.open = name
        if tag == "option" and self.open and not self.values[self.open]:
            self.values[self.open] = told.get("value", "")

    def handle_data(self, data):
        if self.lasttag == "textarea" and self.open and not self.values[self.open]:
            self.values[self.open] = data.strip()


@pytest.mark.parametrize("address", FORMS)
def test_forms_bear_every_value(address, them):
    who, fields = FORMS[address]
    client = town.walker(them[who], raise_request_exception=False)
    good = bad.PLAN if address == "/wegwijzer/" else {}
    if isinstance(fields, str):
        good = Fields(client.get(fields).content.decode()).values
        fields = tuple(good)
        assert fields
    sent = [dict.fromkeys(fields, value) for value in bad.VALUES]
    sent += [good | {field: value} for field in fields for value in bad.VALUES]
    sent += [good | {field: bad.MEGABYTE} for field in fields]
    cases = bad.some(sent, 0.25 if address == "/wegwijzer/" else 0.02)
    assert faults((form, longest(form), client.post(address, form)) for form in cases) == []


KEPT = ["🌳 tuin", "<b>tuin</b>", "نريد حديقة", "a & b \"c\" 'd'", "x" * 12_000, "regel een\nregel twee"]


@pytest.mark.parametrize("text", KEPT)
def test_nothing_typed_is_lost(text, visitor):
    wrong = {"omschrijving": text, "titel": "Mijn titel", "wijk": "bestaat-niet", "bedrag": "veel"}
    answer = visitor.post("/wegwijzer/", wrong)
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1]
    assert unescape(area).strip("\n").replace("\r\n", "\n") == text
    assert 'value="Mijn titel"' in answer.content.decode()
    assert 'value="veel"' in answer.content.decode()
    assert escape("Deze wijk kennen we niet") in answer.content.decode()


def test_the_api_bears_every_body(visitor):
    cases = bad.some(bad.bodies(), 0.2)
    asked = ((body[:200], "", visitor.post(API, body, content_type="application/json")) for body in cases)
    assert faults(asked) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * bad.DEEP, 400),
        (b"[" * bad.DEEP + b"]" * bad.DEEP, 400),
        (b'{"titel": "\xff\xfe"}', 400),
        (b'{"titel": "\\ud800"}', 400),
        (b'{"titel": "a\\u0000b"}', 400),
        (b'{"omschrijving": ""}', 400),
        (b'{"onbekend": 1}', 400),
        (b'{"omschrijving": "' + b"a" * 10_001 + b'"}', 400),
        (b'{"omschrijving": "' + b"a" * 300_000 + b'"}', 413),
    ],
)
def test_what_the_api_answers_to_the_worst(body, status, visitor):
    answer = visitor.post(API, body, content_type="application/json")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_every_error_is_named_at_once(visitor):
    asked = {"titel": "x" * 151, "wijk": "nergens", "behoeften": ["goud"], "bedrag": -1, "onbekend": 1}
    named = [
        one["name"]
        for one in visitor.post(API, asked, content_type="application/json").json()["invalidParams"]
    ]
    assert sorted(named) == ["bedrag", "behoeften.0", "onbekend", "titel", "wijk"]


# Out of the ordinary --------------------------------------------------------------------------------
PLACES = ["/", "/wegwijzer/", "/doelen/", API, "/api/v1/doelen", "/api/v1/openapi.json", "/gezond", "/niets/"]


def test_strange_content_types(visitor):
    cases = list(itertools.product(["/wegwijzer/", API, "/account/inloggen/"], bad.CONTENT_TYPES))
    asked = (
        (case, "", visitor.generic("POST", case[0], b'{"titel": "x"}', content_type=case[1]))
        for case in cases
    )
    assert faults(asked) == []


def test_strange_headers(visitor):
    cases = list(itertools.product(PLACES, bad.HEADERS))
    asked = []
    for address, headers in cases:
        visitor.cookies.clear()
        asked.append(((address, headers), "", visitor.get(address, **headers)))
    assert faults(asked) == []


@pytest.mark.parametrize(
    "letters", ["=rot13", "=idna", '="hex"', "*=nergens''x", "*=utf-8''rot13", "=utf-16"]
)
@pytest.mark.parametrize("kind", ["text/html", "multipart/form-data; boundary=x", "application/json"])
def test_letters_that_are_none(kind, letters):
    """Asked at the door that gunicorn uses: Django reads by them before any of its own."""

    def read(environ, _start):
        return WSGIRequest(environ).GET["zoek"]

    environ = RequestFactory().get("/wegwijzer/?zoek=tuin").environ
    environ |= {"CONTENT_TYPE": f"{kind}; charset{letters}"}
    assert in_plain_letters(read)(environ, None) == "tuin"


def test_strange_methods(visitor):
    cases = itertools.product(PLACES, bad.STRANGE_METHODS)
    assert faults((case, "", visitor.generic(case[1], case[0])) for case in cases) == []


# Generated ------------------------------------------------------------------------------------------
CALM = settings(
    max_examples=bad.EXAMPLES,
    deadline=None,
    derandomize=bad.CASES == bad.FEW,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXT = st.text(max_size=300)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@CALM
@given(asked=JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(bad.FIELDS, JSON)))
def test_the_api_bears_any_json(asked, visitor):
    assert fault(visitor.post(API, asked, content_type="application/json")) is None


@CALM
@given(resource=st.sampled_from(sorted(RESOURCES)), data=st.data())
def test_lists_bear_any_question(resource, data, visitor):
    known = st.sampled_from(parameters(resource)) | TEXT
    query = data.draw(st.dictionaries(known, TEXT, max_size=3))
    for address in (
        reverse(f"api:{resource}-list"),
        *([reverse(LISTS[resource])] if resource in LISTS else []),
    ):
        assert fault(visitor.get(address, query), longest(query)) is None


@CALM
@given(form=st.dictionaries(st.sampled_from(FORMS["/wegwijzer/"][1]), TEXT))
def test_the_wegwijzer_bears_any_text(form, visitor):
    assert fault(visitor.post("/wegwijzer/", form), longest(form)) is None


# The proof that faults are seen ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (lambda request: 1 / 0, "status 500"),
        (lambda request: HttpResponse("Traceback (most recent call last)"), "shows its insides"),
        (lambda request: HttpResponse(request.GET["zoek"]), "live markup"),
        (lambda request: HttpResponse("<img src=x onerror=alert(1)>"), "live markup"),
        (lambda request: HttpResponse("Oeps", status=400), "is no page"),
        (
            lambda request: HttpResponse("{}", status=400, content_type="application/json"),
            "is no problem+json",
        ),
        (lambda request: HttpResponse("", headers={"X-Evil": "1"}), "a header was smuggled in"),
    ],
)
def test_a_fault_is_seen(answer, found, visitor, monkeypatch):
    monkeypatch.setattr(urls.urlpatterns[0], "callback", answer)
    markup = "<b>vet</b>"
    assert fault(visitor.get("/", {"zoek": markup}), markup).startswith(found)
