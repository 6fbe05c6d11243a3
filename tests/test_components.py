"""The component tags: what they draw, that nothing hostile gets through, that each is documented."""

import inspect
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from initiatiefwijzer import drawing, styleguide
from initiatiefwijzer.icons import ICONS

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def draw(source, query="", **context):
    """A piece of template as HTML."""
    request = RequestFactory().get(f"/doelen/?{query}")
    return engines["django"].from_string(source).render(context, request)


class Reader(HTMLParser):
    """The start tags of a piece of HTML as (name, attributes), and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def values(self, attribute):
        return [attrs[attribute] for _tag, attrs in self.tags if attribute in attrs]

    def words(self):
        return " ".join(self.text.split())


def examples():
    return styleguide.examples(RequestFactory().get("/stijl/?wijk=sluiswijk"))


def whole_page():
    return Reader("".join(case["html"] for example in examples() for case in example["cases"]))


# Documented and shown --------------------------------------------------------------------------------
@pytest.mark.parametrize("name", styleguide.tags())
def test_every_tag_stands_on_the_page_of_components(name):
    assert name in styleguide.CASES or styleguide.INSIDE[name] in styleguide.CASES


@pytest.mark.parametrize(("name", "function"), styleguide.tags().items())
def test_the_docstring_of_a_tag_names_its_variables(name, function):
    doc = inspect.getdoc(function)
    taken = set(inspect.signature(inspect.unwrap(function)).parameters) - {"context"}
    assert {one for one in taken if not re.search(rf"\b{one}\b", doc)} == set()


def test_the_page_of_components_shows_call_and_source():
    example = next(one for one in examples() if one["name"] == "badge")
    assert example["about"][0]["call"] == "badge(text, tone='neutral', icon='')"
    assert "{% badge 'neutral' %}" in example["cases"][0]["source"]


# Safe ------------------------------------------------------------------------------------------------
HOSTILE_CASES = [
    "{% icon 'leaf' label=x %}",
    "{% heading x url=x id=x %}",
    "{% badge x %}",
    "{% avatar x photo_url=x %}",
    "{% mark x words %}",
    "{% reasons reasons x %}",
    "{% button x name=x value=x %}",
    "{% button_link x x %}",
    "{% more_link x x %}",
    "{% breadcrumbs x x x %}",
    "{% page_intro x x x %}{{ x }}{% endpage_intro %}",
    "{% section x intro=x more_url=x more_text=x %}{{ x }}{% endsection %}",
    "{% section x id=x %}{% endsection %}",
    "{% page_part x %}{{ x }}{% endpage_part %}",
    "{% anchor x %}{{ x }}{% endanchor %}",
    "{% jump_nav x %}{% jump x x x %}{% endjump_nav %}",
    "{% card x tone=x %}{{ x }}{% endcard %}",
    "{% link_card x x kicker=x meta=x %}{{ x }}{% endlink_card %}",
    "{% alert 'info' x %}{{ x }}{% endalert %}",
    "{% message_alert message %}",
    "{% empty_state x %}{{ x }}{% endempty_state %}",
    "{% disclosure x %}{{ x }}{% enddisclosure %}",
    "{% data_list %}{% item x %}{{ x }}{% enditem %}{% enddata_list %}",
    "{% facts %}{% fact %}{{ x }}{% endfact %}{% endfacts %}",
    "{% steps x %}{% step x x %}{{ x }}{% endstep %}{% endsteps %}",
    "{% table x x %}<tr><td>{{ x }}</td></tr>{% endtable %}",
    "{% person_card person x phone=x %}{{ x }}{% endperson_card %}",
    "{% match_list %}{% match x x kicker=x %}{{ x }}{% endmatch %}{% endmatch_list %}",
    "{% district_map districts x x %}",
    "{% post_form x look=x %}{{ x }}{% endpost_form %}",
    "{% hero %}{% hero_box x x field=x question=x %}{% endhero %}",
    "{% route %}{% stop x %}{{ x }}{% endstop %}{% endroute %}",
]
PERSON_FIELDS = ["public_name", "function", "department", "phone", "email", "photo_url", "get_absolute_url"]


@pytest.mark.parametrize("source", HOSTILE_CASES)
def test_hostile_words_stay_words(source):
    html = draw(
        source,
        x=HOSTILE,
        words=[HOSTILE, "script"],
        reasons=[{"sentence": HOSTILE, "words": ["script"]}],
        person=dict.fromkeys(PERSON_FIELDS, HOSTILE),
        districts=[block | {"name": HOSTILE, "url": HOSTILE} for block in styleguide.DISTRICTS],
        message=styleguide.Message(styleguide.constants.INFO, HOSTILE),
    )
    tags = Reader(html).tags
    assert [tag for tag, _attrs in tags if tag == "script"] == []
    assert [attrs for _tag, attrs in tags if "onerror" in attrs or attrs.get("src") == "x"] == []


def test_hostile_filters_stay_words():
    class Filter(forms.Form):
        zoek = forms.CharField()

    query = QueryDict(mutable=True)
    query["zoek"] = HOSTILE
    html = draw("{% search_filters form 0 %}", query=query.urlencode(), form=Filter({"zoek": HOSTILE}))
    assert "<script" not in html


def test_components_draw_no_inline_style_or_script():
    for tag, attrs in whole_page().tags:
        assert tag not in {"script", "style"}
        assert [name for name in attrs if name == "style" or name.startswith("on")] == []


def test_ids_on_the_page_of_components_are_unique():
    ids = whole_page().values("id")
    assert sorted(ids) == sorted(set(ids))


def test_pages_write_no_class_of_the_design_system():
    ours = {"components", "forms", "django", "base.html", "500.html"}
    pages = [path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in ours]
    guilty = [path.name for path in pages if re.search(r"[\"\s](nl|utrecht)-[a-z]", path.read_text())]
    assert (len(pages) > 20, guilty) == (True, [])


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_well_formed(name):
    svg = ElementTree.fromstring(draw("{% icon name %}", name=name))
    assert svg.get("aria-hidden") == "true"


# Words -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Bomen langs de weg", ["bomen"], "[Bomen] langs de weg"),
        ("Boomgaard en boom", ["boom"], "Boomgaard en [boom]"),
        ("een minibos, een bos", ["bos", "minibos"], "een [minibos], een [bos]"),
        ("’s avonds café's", ["café's"], "’s avonds [café's]"),
        ("a.b (c)", ["a.b", "(c)"], "[a.b] [(c)]"),
        ("niets", [], "niets"),
        ("niets", ["", "  "], "niets"),
        ("", ["x"], ""),
    ],
)
def test_mark_marks_whole_words(text, words, marked):
    html = str(drawing.marked(text, words)).replace('<mark class="nl-mark">', "[").replace("</mark>", "]")
    assert html.replace("&#x27;", "'") == marked


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Carla Jansen", "CJ"),
        ("Amina", "A"),
        ("Jan Willem van der Berg", "JB"),
        ("élise", "É"),
        ("", ""),
        ("42 !", ""),
    ],
)
def test_initials(name, letters):
    assert drawing.initials(name) == letters


def test_an_avatar_keeps_its_colour():
    assert draw("{% avatar 'Carla Jansen' %}") == draw("{% avatar 'Carla Jansen' %}")


def test_strength_says_it_in_words():
    assert [
        Reader(draw("{% strength x %}", x=code)).words() for code in ("sterk", "redelijk", "misschien")
    ] == [
        "Past sterk",
        "Past redelijk",
        "Past misschien",
    ]


# People ----------------------------------------------------------------------------------------------
class Official:
    """An official who keeps a name private."""

    name = "GEHEIM Naam"
    public_name = ""
    function = "Adviseur groen"
    phone = "088 - 12 34"


def test_a_private_name_is_not_shown():
    html = draw("{% person_card person %}{% endperson_card %}", person=Official())
    assert ("GEHEIM" in html, "Adviseur groen" in html) == (False, True)


def test_a_card_of_a_person_can_be_called_and_mailed():
    html = draw("{% person_card person %}{% endperson_card %}", person=styleguide.PERSON)
    links = [href for href in Reader(html).values("href") if ":" in href]
    assert links == ["tel:0881234567", "mailto:wijken@gemeente.example"]


def test_the_phone_of_town_hall_stands_in():
    html = draw("{% person_card role phone='14 012' %}{% endperson_card %}", role=styleguide.ROLE)
    assert "tel:14012" in Reader(html).values("href")


# Facts, tables, maps ---------------------------------------------------------------------------------
def test_an_empty_fact_is_not_drawn():
    html = draw(
        "{% data_list %}{% item 'Vol' %}x{% enditem %}{% item 'Leeg' %}  {% enditem %}{% enddata_list %}"
    )
    assert "Vol" in html
    assert "Leeg" not in html


def test_cells_know_their_column():
    html = draw(
        "{% table 'Plannen' 'Plan|Wijk' %}<tr><th scope='row'>Bos</th><td>Noord</td></tr>"
        "<tr><th scope='row'>Tuin</th><td>Zuid</td></tr>{% endtable %}"
    )
    assert Reader(html).values("data-label") == ["Plan", "Wijk", "Plan", "Wijk"]
    assert Reader(html).values("role").count("row") == 3


def test_the_map_fits_and_points_out_one_district():
    html = draw("{% district_map districts 'Sluiswijk' %}", districts=styleguide.DISTRICTS)
    points = [float(n) for points in Reader(html).values("points") for n in re.split("[ ,]", points)]
    assert (min(points) >= 0, max(points[::2]) <= drawing.MAP_WIDTH) == (True, True)
    assert html.count("iw-map__district--current") == 1


def test_no_outlines_no_map():
    assert draw("{% district_map districts %}", districts=[{"name": "Binnenstad", "outline": []}]) == ""


# Finding ---------------------------------------------------------------------------------------------
class Filter(forms.Form):
    zoek = forms.CharField(required=False, label="Zoek")
    wijk = forms.ChoiceField(required=False, label="Wijk", choices=[("", "Alle"), ("slui", "Sluiswijk")])


def test_a_filter_is_switched_off_alone():
    query = QueryDict("zoek=boom&wijk=slui&pagina=3&sorteer=naam")
    assert drawing.active_filters(Filter(query), query) == [
        {"name": "Zoek", "words": "boom", "url": "?wijk=slui&sorteer=naam"},
        {"name": "Wijk", "words": "Sluiswijk", "url": "?zoek=boom&sorteer=naam"},
    ]


@pytest.mark.parametrize(("count", "words"), [(0, "0 doelen"), (1, "1 doel"), (12, "12 doelen")])
def test_the_count_is_said_aloud(count, words):
    html = draw("{% search_filters form count 'doel' 'doelen' %}", form=Filter(), count=count)
    assert words in Reader(html).words()
    assert "status" in Reader(html).values("role")


def test_pages_keep_the_rest_of_the_query():
    page = Paginator(range(50), 10).page(2)
    html = draw("{% pagination page %}", query="zoek=boom&pagina=2", page=page)
    assert "?zoek=boom&pagina=3" in Reader(html).values("href")
    assert Reader(html).values("aria-current") == ["page"]


def test_one_page_has_no_pagination():
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


# Forms -----------------------------------------------------------------------------------------------
def wrong_form():
    return Reader(draw("{{ form }}", form=styleguide.ExampleForm({"naam": ""}, prefix="p")))


def test_an_error_is_linked_to_its_field():
    form = wrong_form()
    targets = [href[1:] for href in form.values("href")]
    assert targets
    assert set(targets) <= set(form.values("id"))


def test_fields_are_described_by_what_is_there():
    form = wrong_form()
    described = {one for value in form.values("aria-describedby") for one in value.split()}
    assert described
    assert described <= set(form.values("id"))


def test_label_description_error_and_input_come_in_that_order():
    html = draw("{{ form.verhaal.as_field_group }}", form=styleguide.ExampleForm({"verhaal": ""}))
    places = [html.index(piece) for piece in ("<label", "_helptext", "_error", "<textarea")]
    # The ids stand in aria-describedby too, but later: on the input itself.
    assert places == sorted(places)


def test_optional_is_said_in_words():
    html = draw("{{ form.wijk.as_field_group }}{{ form.naam.as_field_group }}", form=styleguide.ExampleForm())
    assert html.count("(niet verplicht)") == 1


def test_what_was_typed_is_still_there():
    form = styleguide.ExampleForm({"naam": HOSTILE, "verhaal": HOSTILE})
    reader = Reader(draw("{{ form.naam }}", form=form))
    assert reader.values("value") == [HOSTILE]


# The last page ---------------------------------------------------------------------------------------
def test_the_page_for_our_own_mistakes_needs_nothing():
    assert "Dat ligt aan ons, niet aan jou." in render_to_string("500.html")
