"""What people, mistakes and mischief send: families of values, whole bodies, requests out of the ordinary.

BAD_INPUT_CASES in the environment says how many cases a run takes (at night: 100000); they are the same ones,
only more of them: BAD_INPUT_CASES=100000 make test ARGS="tests/house/test_bad_input.py"
"""

import itertools
import json
import os

FEW = 700
CASES = int(os.environ.get("BAD_INPUT_CASES", FEW))
EXAMPLES = max(15, CASES // 100)  # of generated input, for every test that generates

FAMILIES = {
    "blank": ["", " ", "\t", "\n\r", "\u00a0", "\u200b", "\ufeff"],
    "control": ["\x01", "\x7f", "\x1b[31mrood", "a\x00b", "\x00", "\x85", "\u2028"],
    "lines": ["a\r\nX-Evil: 1", "a\nSet-Cookie: evil=1", "a%0d%0aX-Evil:%201"],
    "markup": [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'><svg/onload=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<b>vet</b> <a href='javascript:alert(1)'>klik</a>",
        "{{ 7|add:7 }}{% load static %}",
        "${7*7} #{7*7} <%= 7*7 %>",
    ],
    "sql": [
        "' OR 1=1 --",
        "'; DROP TABLE accounts_user; --",
        "\\",
        "%",
        "_",
        "%(x)s %s",
        "1) UNION SELECT 1",
        "\\'",
    ],
    "search": [
        "a & b | !c",
        "tuin:*",
        "(((",
        "<->",
        '"open',
        "!!",
        "a:b:c",
        "* OR *",
        "tuin <2> boom",
        "'a' | 'b",
    ],
    "orm": ["__", "name__contains", "pk", "id=1", "True", "None", "null", "[]", "{}"],
    "unicode": [
        "🌳🌻",
        "👩‍👩‍👧‍👦" * 20,
        "نريد حديقة",
        "\u202eabc\u202c",
        "e" + "\u0301" * 300,
        "İıſß",
        "\U0010ffff",
        "�",
    ],
    "numbers": [
        "0",
        "-1",
        "1e309",
        "NaN",
        "Infinity",
        "٣",
        "9" * 400,
        "1_000",
        "0x10",
        "1,5",
        "--1",
        "1.5.5",
        "½",
    ],
    "dates": ["2026-02-30", "0000-00-00", "9999-12-31", "2026-13-01T25:61", "vandaag"],
    "paths": [
        "../../etc/passwd",
        "..%2f..%2f",
        "/etc/passwd",
        "C:\\",
        "https://evil.example/",
        "//evil.example",
    ],
    "long": ["a" * 10_000, "é" * 10_000, "a b " * 3000, "tuin" * 2500],
}
VALUES = [value for family in FAMILIES.values() for value in family]
PAGE_NUMBERS = ["0", "-1", "1000000000", "1" * 30, "abc", "1.5", "last", "", "1 ", "²"]
MEGABYTE = "Wij willen een tuin. " * 50_000
PLAN = {"omschrijving": "We willen met de buurt een moestuin maken achter de flat.", "titel": "Moestuin"}
DEEP = 90_000  # levels: as deep as fits in what is read

WRONG_TYPES = [
    None,
    True,
    False,
    0,
    -1,
    3.5,
    10**400,
    "",
    "x",
    [],
    [[]],
    ["x"],
    {},
    {"a": {"b": []}},
    [None],
    "\x00",
]
FIELDS = ("titel", "omschrijving", "wijk", "behoeften", "bedrag")


def bodies():
    """Whole bodies for the API: bytes, mostly no question at all."""
    yield from (
        b"",
        b" ",
        b"null",
        b"true",
        b"0",
        b'""',
        b"[]",
        b"{}",
        b"[{}]",
        b"{",
        b'{"titel"',
        b"{'titel': 1}",
    )
    yield from (b"[" * DEEP, b"[" * DEEP + b"]" * DEEP, b'{"a":' * (DEEP // 5) + b"1" + b"}" * (DEEP // 5))
    yield from (b'{"omschrijving": ' + b"[" * 5000 + b"]" * 5000 + b"}", b'{"bedrag": ' + b"9" * 5000 + b"}")
    yield from (
        b'{"titel": "\xff\xfe"}',
        '{"titel": "é"}'.encode("latin-1"),
        json.dumps(PLAN).encode("utf-16"),
    )
    yield from (b"\xef\xbb\xbf{}", b'{"titel": "\\ud800"}', b'{"omschrijving": "tuin \\udfff\\ud800 buurt"}')
    yield from (
        b'{"bedrag": NaN}',
        b'{"bedrag": Infinity}',
        b'{"bedrag": 1e999}',
        b'{"titel": "a", "titel": "b"}',
    )
    yield from (b'{"omschrijving": "a\\u0000b"}', b'{"wijk": "\\u0000"}', b'{"behoeften": ["\\u0000"]}')
    yield from (
        b'{"%s": 1}' % name for name in (b"onbekend", b"__proto__", b"id", b"TITEL", b"x" * 5000, b"")
    )
    yield json.dumps(PLAN | {"omschrijving": MEGABYTE}).encode()
    yield json.dumps({str(number): number for number in range(5000)}).encode()
    yield json.dumps(PLAN | {"behoeften": ["geld"] * 5000}).encode()
    for field, wrong in itertools.product(FIELDS, WRONG_TYPES):
        yield json.dumps(PLAN | {field: wrong}).encode()
    for field, value in itertools.product(FIELDS, VALUES):
        yield json.dumps(PLAN | {field: value}).encode()


CONTENT_TYPES = [
    "text/plain",
    "text/html",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 500,
    "application/json; charset=bestaat-niet",
    "application/json; charset=rot13",
    "application/json; charset=utf-16",
    "application/jsonx",
    "json",
    "/",
    "",
    'a/b; c="',
    "application/octet-stream",
]
HEADERS = [
    {"HTTP_ACCEPT": "text/html"},
    {"HTTP_ACCEPT": "*/*;q=abc, x"},
    {"HTTP_ACCEPT": "application/json; version=99"},
    {"HTTP_ACCEPT": "," * 500},
    {"HTTP_ACCEPT_LANGUAGE": "xx-" + "y" * 500},
    {"HTTP_ACCEPT_ENCODING": "br;q=2, \x01"},
    {"HTTP_COOKIE": "sessionid=" + "x" * 5000},
    {"HTTP_COOKIE": "sessionid=\x01; csrftoken=';\"\\"},
    {"HTTP_COOKIE": "messages=kapot; sessionid="},
    {"HTTP_AUTHORIZATION": "Basic kapot"},
    {"HTTP_AUTHORIZATION": "Bearer " + "x" * 3000},
    {"HTTP_REFERER": "javascript:alert(1)"},
    {"HTTP_IF_MODIFIED_SINCE": "gisteren"},
    {"HTTP_IF_NONE_MATCH": '"'},
    {"HTTP_RANGE": "bytes=5-1"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"HTTP_HX_REQUEST": "true"},
    {"CONTENT_LENGTH": "-1"},
    {"CONTENT_LENGTH": "abc"},
    {"HTTP_CONTENT_ENCODING": "gzip"},
]
STRANGE_METHODS = ["TRACE", "CONNECT", "PROPFIND", "LINK", "get", "X" * 50]


def some(cases, share):
    """The cases of a run: all, or evenly spread ones when there are more than their share of CASES."""
    cases = list(cases)
    most = max(1, int(CASES * share))
    step = max(1, -(-len(cases) // most))
    return cases[::step]
