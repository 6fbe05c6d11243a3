"""What every template is held to: nothing inline, no class of the design system in a page, plain Dutch."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from desk.manage.town import TEXTS
from tests.house import ladder

ROOT = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))
PAGES = [name for name in FILES if name.endswith(".html")]
DRESSED = (
    "components/",
    "forms/",
    "django/forms/",
    "allauth/elements/",
    "base.html",
)  # may use the design system
INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:|<[^>]*\shref=[\"']data:",
    re.IGNORECASE,
)
DESIGN_SYSTEM = re.compile(r"(?<![\w-])(?:utrecht|nl)-[a-z]")
BY_NAME = {
    "400.html",
    "403.html",
    "404.html",
    "413.html",
    "429.html",
    "500.html",
}  # Django and middleware ask for these
ADDRESSES = {"robots.txt", "index.html"}  # look like the name of a template
LONGEST_UNNAMED = 10  # lines


def read(name):
    return (TEMPLATES / name).read_text("utf-8")


# Form -----------------------------------------------------------------------------------------------
def test_nothing_is_inline():
    assert {name: found for name in PAGES if (found := INLINE.findall(read(name)))} == {}


@pytest.mark.django_db
@pytest.mark.xdist_group("walk")
def test_nothing_is_inline_in_what_is_drawn(walk):
    """Also what tags, forms and libraries draw."""
    drawn = {
        address: found
        for answers in walk.answers.values()
        for (address, _method), answer in answers.items()
        if answer.headers["Content-Type"].startswith("text/html")
        if (found := INLINE.findall(re.sub(r"<code>.*?</code>", "", answer.body.decode(), flags=re.DOTALL)))
    }
    assert drawn == {}


def test_only_components_know_the_design_system():
    pages = [name for name in PAGES if not name.startswith(DRESSED)]
    assert {name: found for name in pages if (found := DESIGN_SYSTEM.findall(read(name)))} == {}


def test_only_component_tags_know_the_design_system():
    knowing = {
        module
        for module, tree in ladder.sources(ROOT)
        for text in strings(tree)
        if DESIGN_SYSTEM.search(text)
    }
    assert {module for module in knowing if not module.startswith("initiatiefwijzer.")} == set()


def strings(tree):
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_long_blocks_end_with_their_name():
    unnamed = []
    for name in FILES:
        begun = []
        for number, line in enumerate(read(name).splitlines()):
            for tag, block in re.findall(r"{%\s*(block|endblock)(?:\s+(\w+))?\s*%}", line):
                if tag == "block":
                    begun.append(number)
                elif number - begun.pop() > LONGEST_UNNAMED and not block:
                    unnamed.append(f"{name}:{number + 1}")
    assert unnamed == []


def test_templates_ask_no_questions():
    asking = re.compile(
        r"\.(?:objects|filter|exists|order_by)\b|(?<!forloop)\.(?:first|last)\b|\.all\.count|\|add:\"?-?\d"
    )
    assert {
        name: found for name in FILES if (found := [hit for tag in tags(name) for hit in asking.findall(tag)])
    } == {}


def tags(name):
    """Every {% … %} and {{ … }} of a template."""
    return re.findall(r"{%.*?%}|{{.*?}}", read(name), re.DOTALL)


# Used and there -------------------------------------------------------------------------------------
def asked_for():
    """The names of all templates that somebody asks for; the beginnings of names that are put together."""
    names, beginnings = set(BY_NAME), {"components/"}
    for name in FILES:
        names |= set(re.findall(r'{%\s*(?:extends|include)\s+"([^"]+)"', read(name)))
    for _module, tree in ladder.sources(ROOT):
        names |= {text for text in strings(tree) if re.fullmatch(r"[\w/]+\.(?:html|txt)", text)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
    return names - ADDRESSES, {one for one in beginnings if "/" in one}


def of_libraries():
    """Names of templates that installed packages bring: ours of that name takes the place of theirs."""
    import allauth
    import django

    for package in (allauth, django):
        root = Path(package.__file__).parent
        for folder in (root / "templates", root / "forms" / "templates"):
            yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_no_template_is_unused():
    names, beginnings = asked_for()
    used = names | set(of_libraries())
    assert [name for name in FILES if name not in used and not name.startswith(tuple(beginnings))] == []


def test_every_component_is_drawn():
    drawn = {text for _module, tree in ladder.sources(ROOT) for text in strings(tree)} | asked_for()[0]
    parts = [name for name in PAGES if name.startswith("components/")]
    assert [name for name in parts if Path(name).stem not in drawn and name not in drawn] == []


def test_no_template_is_missing():
    for name in asked_for()[0]:
        get_template(name)


def test_every_text_of_the_municipality_has_its_place():
    """What a manager can word is shown, and what is shown can be worded."""
    whole = "".join(map(read, PAGES))
    shown = set(re.findall(r'{% own_text "(\w+)" %}', whole)) | set(
        re.findall(r"municipality\.texts\.(\w+)", whole)
    )
    assert shown == set(TEXTS)


# Words ----------------------------------------------------------------------------------------------
OFFICIAL = re.compile(
    r"\b(?:tevens|middels|indien|inzake|betreffende|teneinde|derhalve|alsmede|aangaande|omtrent|conform|gelieve"
    r"|heden|hieromtrent|onderhavige?|voornoemde|reeds|thans|krachtens|ingevolge|terstond|nochtans|desgewenst"
    r"|desbetreffende|dientengevolge|dienaangaande|ondergetekende|u|uw|uzelf|(?:dient|dienen) te|ter zake"
    r"|ten (?:behoeve|gevolge) van|met betrekking tot|ten aanzien van|in het kader van|door middel van"
    r"|op grond van|te allen tijde|in verband met)\b",
    re.IGNORECASE,
)
MOST_WORDS = 15  # of a sentence, on average
LONGEST = 30  # words in any sentence
MARKED = re.compile(
    r"{%\s*translate\s+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')[^%]*%}"
    r"|{%\s*blocktranslate[^%]*%}(?P<block>.*?){%\s*endblocktranslate\s*%}",
    re.DOTALL,
)
NAMES = {"Initiatiefwijzer", "Home", "NL Design System"}  # the same in every language
SAMPLES = {"500.html", "style.html"}  # stands on nothing, not even on translation; shows code


def texts(name):
    """The sentences of a template that are marked for translation, without their variables."""
    for found in MARKED.finditer(read(name)):
        text = found["double"] or found["single"] or found["block"] or ""
        for half in re.split(r"{%\s*plural\s*%}", text):
            yield " ".join(re.sub(r"{{.*?}}", "X", re.sub(r"<[^>]+>", "", half)).split())


def sentences(text):
    return [one for one in re.split(r"(?<=[.!?:])\s+", text) if one]


def messages():
    """{where: the words}: every sentence for people in the code: _("…")."""
    for module, tree in ladder.sources(ROOT):
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=text), *_]):
                    yield f"{module}:{node.lineno}", text


@pytest.mark.parametrize("name", FILES)
def test_sentences_are_short(name):
    said = [one for text in texts(name) for one in sentences(text)]
    lengths = [len(one.split()) for one in said]
    if lengths:
        assert sum(lengths) / len(lengths) <= MOST_WORDS
        assert [one for one in said if len(one.split()) > LONGEST] == []


def test_no_official_words_in_templates():
    assert {name: found for name in FILES for text in texts(name) if (found := OFFICIAL.findall(text))} == {}


def test_no_official_words_and_no_long_sentences_in_the_code():
    said = dict(messages())
    assert len(said) > 200
    assert {where: found for where, text in said.items() if (found := OFFICIAL.findall(text))} == {}
    long = {
        where: text for where, text in said.items() for one in sentences(text) if len(one.split()) > LONGEST
    }
    assert long == {}


def test_all_words_are_marked_for_translation():
    unmarked = {}
    for name in FILES:
        text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", read(name), flags=re.DOTALL)
        text = re.sub(
            r"<!--.*?-->|<(?:pre|code)\b.*?</(?:pre|code)>", "", MARKED.sub("", text), flags=re.DOTALL
        )
        text = re.sub(r"{{.*?}}|{%.*?%}|\?next=(?={%)", "", text, flags=re.DOTALL)
        spoken = re.findall(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
        words = [" ".join(part.split()) for part in [*re.split(r"<[^>]*>", text), *spoken]]
        words = [
            part
            for part in words
            if re.search(r"[A-Za-z]{2,}", re.sub(r"&\w+;", "", part)) and part.strip("- ") not in NAMES
        ]
        if words and name not in SAMPLES:
            unmarked[name] = words
    assert unmarked == {}


def test_the_rules_see_what_they_are_for():
    assert INLINE.search('<p style="color: red">')
    assert INLINE.search("<script>alert(1)</script>")
    assert INLINE.search("<img onerror=x>")
    assert not INLINE.search('<script src="/static/x.js" defer></script>')
    assert DESIGN_SYSTEM.search('class="utrecht-button"')
    assert not DESIGN_SYSTEM.search('class="iw-nl-flag" lang="nl"')
    assert OFFICIAL.findall("Indien u dit wenst, dient te worden betaald.") == ["Indien", "u", "dient te"]
    assert sentences("Kort. Ook kort!") == ["Kort.", "Ook kort!"]
