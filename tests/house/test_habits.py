"""Habits of the house that a reader would otherwise have to watch for (CONTRIBUTING.md)."""

import ast
import re

import pytest
from django.conf import settings

from tests.house import ladder

ROOT = settings.BASE_DIR
SOURCES = list(ladder.sources(ROOT))
JUNK_DRAWERS = {
    "utils",
    "util",
    "common",
    "core",
    "helpers",
    "misc",
    "services",
    "selectors",
    "managers",
    "signals",
}
LONGEST = 50  # lines of a function; aim at 8, look again at 25
SIGNALS = re.compile(r"\b(?:receiver|Signal|(?:pre|post)_(?:save|delete|init|migrate)|m2m_changed)\b")
# Where one broken thing may not stop all others, with its reason beside it.
BORDERS = {"townhall.outbox", "matching.corpus"}
EXEMPT = {"matching.views", "initiatiefwijzer.api"}  # need no CSRF token: they store nothing
DRAWING = {
    "initiatiefwijzer.drawing",
    "initiatiefwijzer.templatetags.nlds",
    "initiatiefwijzer.templatetags.house",
}
FICTION = {  # these say where the demo's data are
    "initiatiefwijzer.exchange.rows",
    "initiatiefwijzer.management.commands.demo",
    "initiatiefwijzer.schema",
    "matching.management.commands.evaluate_matcher",
}


def names(tree):
    """Every name that a module uses."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def words(tree):
    """The names a module uses, and those of the modules it imports."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    said = {alias.name for node in imports for alias in node.names}
    said |= {getattr(node, "module", None) or "" for node in imports}
    return names(tree) | {part for one in said for part in one.split(".")}


def users_of(*wanted):
    """The modules that use one of these names."""
    return {module for module, tree in SOURCES if names(tree) & set(wanted)}


def test_no_module_is_named_after_nothing():
    assert [module for module, _tree in SOURCES if set(module.split(".")) & JUNK_DRAWERS] == []


def test_no_function_is_long():
    long = [
        f"{module}.{node.name}"
        for module, tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST
    ]
    assert long == []


def test_there_are_no_signals():
    assert [module for module, tree in SOURCES if any(map(SIGNALS.fullmatch, names(tree)))] == []


def test_nobody_catches_everything():
    catching = {module for module, tree in SOURCES for node in ast.walk(tree) if catches_everything(node)}
    assert catching == BORDERS


def catches_everything(node):
    """A bare except, one that names Exception (also among others), or contextlib.suppress of it."""
    if isinstance(node, ast.ExceptHandler):
        return node.type is None or bool(names(node.type) & {"Exception", "BaseException"})
    suppressing = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "suppress"
    return suppressing and any(names(one) & {"Exception", "BaseException"} for one in node.args)


@pytest.mark.parametrize(
    "source",
    [
        "try: f()\nexcept: pass",
        "try: f()\nexcept Exception: pass",
        "try: f()\nexcept (KeyError, Exception) as e: pass",
        "with contextlib.suppress(BaseException): f()",
    ],
)
def test_catching_everything_is_seen(source):
    assert any(map(catches_everything, ast.walk(ast.parse(source))))
    calm = ast.parse("try: f()\nexcept (KeyError, OSError): pass\nwith suppress(OSError): f()")
    assert not any(map(catches_everything, ast.walk(calm)))


def test_no_sql_is_pasted_together():
    pasted = {
        module
        for module, tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("raw", "extra", "RawSQL")
    }
    assert pasted == set()


def test_html_is_made_safe_in_one_place():
    assert users_of("mark_safe", "SafeString") <= DRAWING
    careless = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", path.read_text("utf-8"))
    ]
    assert careless == []


def test_only_what_stores_nothing_does_without_a_token():
    assert users_of("csrf_exempt") <= EXEMPT


def test_nothing_is_loaded_from_another_site():
    loading = re.compile(
        r"<(?:script|img|link|iframe|source|use)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE
    )
    assert [
        p.name for p in (ROOT / "templates").rglob("*.html") if loading.search(p.read_text("utf-8"))
    ] == []
    imported = [
        p.name
        for p in (ROOT / "static-src").rglob("*.css")
        if re.search(r"url\([\"']?(?:https?:)?//", p.read_text())
    ]
    assert imported == []


def test_no_municipality_is_named_in_the_code():
    naming = {module for module, tree in SOURCES if "merenburg" in ast.unparse(tree).lower()}
    assert naming <= FICTION
    assert [
        p.name for p in (ROOT / "templates").rglob("*.*") if "merenburg" in p.read_text("utf-8").lower()
    ] == []


def test_nothing_is_left_for_later_and_no_test_is_skipped():
    later = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    files = [path for app in ladder.RUNGS for path in (ROOT / app).rglob("*.py")]
    tests = list((ROOT / "tests").rglob("*.py"))
    assert [str(path) for path in files + tests if later.search(path.read_text("utf-8"))] == []
    asides = {"skip", "skipif", "xfail", "importorskip", "skipTest", "SkipTest", "unittest", "mock"}
    found = {path.name: asides & words(ast.parse(path.read_text("utf-8"))) for path in tests}
    assert {name: used for name, used in found.items() if used} == {}
    assert asides & words(ast.parse("from unittest import mock\n@pytest.mark.skipif(True)\ndef f(): pass"))
