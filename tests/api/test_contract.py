"""The manners of the whole API: headers, problems, parameters, pages and the description."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
from django.core.cache import cache
from django.urls.resolvers import RegexPattern
from drf_spectacular.generators import SchemaGenerator

from initiatiefwijzer import api, schema
from initiatiefwijzer.api import RESOURCES
from tests import make

pytestmark = pytest.mark.django_db
LISTS = [f"/api/v1/{name}" for name in RESOURCES]
WEGWIJZER = "/api/v1/wegwijzer"
PROBLEM = "application/problem+json"
JSON = "application/json"


def ask(client, body, content_type=JSON, **headers):
    """A POST to the wegwijzer with exactly this body."""
    return client.generic("POST", WEGWIJZER, body, content_type=content_type, **headers)


def assert_problem(response, code, **more):
    """The answer is a problem in full, with nothing of a traceback in it."""
    assert (response.status_code, response["Content-Type"]) == (code, PROBLEM)
    assert response["API-Version"] == settings.API_VERSION
    body = response.json()
    assert {"type": body["type"], "status": body["status"]} == {"type": "about:blank", "status": code}
    assert all(isinstance(body[name], str) and body[name] for name in ("title", "detail"))
    assert {name: body.get(name) for name in more} == more
    return body


# Headers and shape -------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_the_same_shape(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, JSON)
    assert response["API-Version"] == settings.API_VERSION == "1.0.0"
    assert response.json() == {
        "aantal": 0,
        "pagina": 1,
        "paginas": 1,
        "volgende": None,
        "vorige": None,
        "resultaten": [],
    }


def test_pages_link_to_each_other_with_the_same_question(client):
    for _ in range(5):
        make.goal("Bomen")
    address = "http://testserver/api/v1/doelen"
    second = client.get("/api/v1/doelen?zoek=boom&perPagina=2&pagina=2").json()
    assert [second[name] for name in ("aantal", "pagina", "paginas")] == [5, 2, 3]
    assert second["volgende"] == f"{address}?pagina=3&perPagina=2&zoek=boom"
    assert second["vorige"] == f"{address}?perPagina=2&zoek=boom"
    keys = [
        goal["kenmerk"]
        for number in (1, 2, 3)
        for goal in client.get(f"/api/v1/doelen?perPagina=2&pagina={number}").json()["resultaten"]
    ]
    assert len({*keys}) == 5


def test_head_is_a_get_without_a_body(client):
    response = client.head("/api/v1/doelen")
    assert (response.status_code, response.content) == (200, b"")


def test_names_are_lower_camel_case_and_dutch_dates_are_iso(client):
    make.goal(key="G1")
    answer = client.get("/api/v1/doelen/G1").json()
    assert all(name[0].islower() and name.isalnum() and name.isascii() for name in answer)
    assert answer["beleidsnota"]["vastgesteldOp"] == "2020-01-01"


# 400 ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", LISTS)
def test_every_unknown_parameter_is_named_at_once(client, path):
    body = assert_problem(client.get(path, {"foo": "1", "zoek ": "2", "format": "xml"}), 400)
    assert body["invalidParams"] == [
        {"name": name, "reason": "Deze parameter kennen we niet."} for name in ("foo", "zoek ", "format")
    ]


def test_wrong_values_and_unknown_parameters_come_together(client):
    body = assert_problem(client.get("/api/v1/doelen?wijk=xyz&staat=weg&thema=x&portefeuille=&foo=1"), 400)
    assert {problem["name"]: problem["reason"] for problem in body["invalidParams"]} == {
        "foo": "Deze parameter kennen we niet.",
        "wijk": "Deze wijk kennen we niet.",
        "staat": "Kies lopend of afgelopen.",
        "thema": "Dit thema kennen we niet.",
    }


@pytest.mark.parametrize("size", ["0", "-1", "101", "000001999", "9" * 5000, "abc", "", "1.5", "٣"])
def test_a_size_of_page_that_cannot_be(client, size):
    body = assert_problem(client.get("/api/v1/doelen", {"perPagina": size}), 400)
    assert body["invalidParams"] == [{"name": "perPagina", "reason": "Kies een getal van 1 tot en met 100."}]


def test_a_search_that_is_too_long(client):
    body = assert_problem(client.get("/api/v1/doelen", {"zoek": "x" * 201}), 400)
    assert [problem["name"] for problem in body["invalidParams"]] == ["zoek"]


def test_one_thing_takes_no_parameters(client):
    make.goal(key="G1")
    body = assert_problem(client.get("/api/v1/doelen/G1?zoek=x&pagina=1"), 400)
    assert {problem["name"] for problem in body["invalidParams"]} == {"zoek", "pagina"}


@pytest.mark.parametrize("path", ["/api/v1/doelen?zoek=%00", "/api/v1/doelen/%00", "/api/v1/%00"])
def test_a_null_byte_in_an_address(client, path):
    assert_problem(client.get(path), 400)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"tekst"',
        b"null",
        b"12",
        b'{"omschrijving": NaN}',
        b'{"omschrijving": ' + b"1" * 5_000 + b"}",
        b"\xff\xfe{\x00}\x00",
        b'{"omschrijving": "\xff"}',
        b'{"omschrijving": "\\ud800"}',
        b'{"\\ud800": "x"}',
        b'{"omschrijving": "nul \\u0000"}',
        b'{"omschrijving": {"a": 1}}',
        b'{"omschrijving": ["a"]}',
        b'{"omschrijving": true}',
        b'{"omschrijving": "   "}',
    ],
)
def test_a_body_that_is_no_question(client, body):
    assert_problem(ask(client, body), 400)


@pytest.mark.parametrize("depth", [50, 900, 5_000, 90_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deeply_nested_json(client, depth, opening):
    closing = {"[": "]", '{"a":': "1}"}[opening]
    if opening != "[":
        depth = min(depth, 30_000)
    body = opening * depth + ("1}" if opening != "[" else "]") + closing[-1] * (depth - 1)
    assert_problem(ask(client, f'{{"omschrijving": {body}}}'), 400)
    assert_problem(ask(client, body), 400)


def test_every_wrong_field_is_named_at_once(client):
    body = ask(
        client,
        json.dumps(
            {
                "titel": "x" * 151,
                "omschrijving": "",
                "wijk": "Nergens",
                "behoeften": ["geld", "goud"],
                "bedrag": "veel",
                "onbekend": 1,
            }
        ),
    )
    problems = assert_problem(body, 400)["invalidParams"]
    assert {problem["name"] for problem in problems} >= {"titel", "wijk", "behoeften.1", "bedrag", "onbekend"}


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "rot13", "base64", "hex", "zlib", "idna", "onzin"])
def test_whatever_charset_is_named_json_is_utf_8(client, charset):
    response = ask(client, b'{"omschrijving": ""}', content_type=f"application/json; charset={charset}")
    assert_problem(response, 400)


# 404 ---------------------------------------------------------------------------------------------------
def test_there_is_nothing_below_or_behind_a_list(client):
    for path in LISTS:
        assert_problem(client.get(f"{path}/onbekend"), 404)
        assert_problem(client.get(f"{path}/"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/wegwijzer/",
        "/api/v1/onbekend",
        "/api/v1/doelen/a/b",
        "/api/v1/doelen/" + "x" * 101,
        "/api/v1/doelen/%F0%9F%8E%89",
        "/api/v1/doelen/%FF",
        "/api/v1/doelen.json",
        "/api/v1/openapi.yaml",
        "/api/v1/",
        "/api/v1",
        "/api/v2/doelen",
        "/api/",
    ],
)
def test_what_is_not_there(client, path):
    assert_problem(client.get(path), 404)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_what_is_not_there_is_not_there_for_any_method(client, method):
    assert_problem(getattr(client, method)("/api/v1/onbekend"), 404)


@pytest.mark.parametrize("path", LISTS)
def test_a_page_that_is_not_there(client, path):
    for number in ("0", "-1", "2", "1000000000", "abc", "9" * 5_000):
        assert_problem(client.get(path, {"pagina": number}), 404, detail="Deze bladzijde bestaat niet.")


def test_debug_changes_no_answer(client, settings):
    settings.DEBUG = True
    assert_problem(client.get("/api/v1/onbekend"), 404)


# 405, 406, 413, 415, 429 -------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [*LISTS, "/api/v1/openapi.json"])
def test_reading_is_all_one_may_do(client, path):
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        response = getattr(client, method)(path)
        assert_problem(response, 405)
        assert response["Allow"] == "GET, HEAD"


def test_the_wegwijzer_only_takes_questions(client):
    for method in ("get", "put", "patch", "delete", "options"):
        response = getattr(client, method)(WEGWIJZER)
        assert_problem(response, 405)
        assert response["Allow"] == "POST"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_another_form_cannot_be_given(client, accept):
    assert_problem(client.get("/api/v1/doelen", headers={"accept": accept}), 406)
    assert_problem(ask(client, b"{}", headers={"accept": accept}), 406)


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json", "text/html, */*;q=0.1"])
def test_json_is_given_to_who_can_take_it(client, accept):
    assert client.get("/api/v1/doelen", headers={"accept": accept}).status_code == 200


def test_a_megabyte_is_too_much(client):
    body = json.dumps({"omschrijving": "x" * 1_000_000})
    assert_problem(ask(client, body), 413)
    assert_problem(ask(client, body, CONTENT_LENGTH=str(len(body))), 413)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "image/png", "🎉"]
)
def test_another_form_cannot_be_read(client, content_type):
    assert_problem(ask(client, b"omschrijving=bomen", content_type=content_type), 415)


def test_who_asks_too_much_is_asked_to_wait(client, settings):
    settings.LIMITS = settings.LIMITS | {"wegwijzer": (2, 60)}
    codes = [ask(client, b"{}").status_code for _ in range(3)]
    assert codes == [400, 400, 429]
    response = ask(client, b"{}")
    assert_problem(response, 429)
    assert 1 <= int(response["Retry-After"]) <= 60


# The description ---------------------------------------------------------------------------------------
def test_the_description_is_up_to_date():
    """Else: see docs/api.md, "Renewing the description"."""
    made = SchemaGenerator().get_schema(request=None, public=True)
    assert json.loads(json.dumps(made, default=str)) == json.loads(schema.FILE.read_text())


def test_the_description_is_served_to_every_site(client):
    response = client.get("/api/v1/openapi.json")
    assert (response.status_code, response["Content-Type"]) == (200, JSON)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.json() == json.loads(schema.FILE.read_text())
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/doelen")


def test_the_description_names_the_municipality_that_serves_it(client):
    make.municipality(name="Kleindorp", email="info@kleindorp.example", website="https://kleindorp.example")
    cache.clear()
    served, kept = client.get("/api/v1/openapi.json").json(), json.loads(schema.FILE.read_text())
    contact = served["info"].pop("contact")
    kept["info"].pop("contact")
    assert contact == {
        "name": "Gemeente Kleindorp",
        "email": "info@kleindorp.example",
        "url": "https://kleindorp.example",
    }
    assert served == kept


def described():
    """(path, method, operation) of everything in the description."""
    paths = json.loads(schema.FILE.read_text())["paths"]
    return [(path, method, paths[path][method]) for path in paths for method in paths[path]]


def addresses():
    """Every address of the API, as the description writes it: /doelen/{kenmerk}."""
    for route in api.urlpatterns:
        text = str(route.pattern)
        text = simplify_regex(text) if isinstance(route.pattern, RegexPattern) else text
        yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text).strip("/")


def test_everything_is_described_and_nothing_else():
    assert {path for path, _method, _operation in described()} == {*addresses()} - {"/openapi.json", "/"}


ASKED = {
    "get": {"400", "406"},
    "post": {"400", "406", "413", "415"},
    "patch": {"409", "413"},
    "delete": {"409"},
}


@pytest.mark.parametrize(("path", "method", "operation"), described())
def test_every_operation_is_told_in_words_and_names_its_problems(path, method, operation):
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"] == [path.split("/")[1]]
    codes = set(operation["responses"])
    assert len(codes & {"200", "201", "204"}) == 1
    assert codes >= ASKED[method]
    if "security" not in operation:  # what everybody may ask is told to the letter
        assert codes == {"200", "400", "406"} | ({"404"} if method == "get" else {"413", "415", "429"})
    assert ("403" in codes) == ("security" in operation)
    assert all(parameter["description"] for parameter in operation.get("parameters", []))


def test_what_a_visitor_may_not_do_asks_for_a_session_and_nothing_else_does():
    """As the matrix of access says it: tests/house/access.py."""
    free = {(path, method) for path, method, operation in described() if "security" not in operation}
    lists = {f"/{name}" for name in RESOURCES}
    reading = {(path, "get") for path in lists | {f"{path}/{{kenmerk}}" for path in lists}}
    assert free == reading | {("/wegwijzer", "post"), ("/zoeken", "get")}


def test_every_operation_has_a_name_of_its_own():
    names = [operation["operationId"] for _path, _method, operation in described()]
    assert len(names) == len(set(names))
    assert not [name for name in names if name[-1].isdigit()]  # a collision, numbered by drf-spectacular


def test_every_schema_has_a_dutch_name():
    names = set(json.loads(schema.FILE.read_text())["components"]["schemas"]) - {"Probleem"}
    assert {bare(name) for name in names} == {bare(name) for name in schema.NAMES.values()}


def bare(name):
    return re.sub(r"(Lijst|Invoer|Wijziging)$", "", name)
