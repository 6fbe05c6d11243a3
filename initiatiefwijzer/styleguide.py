"""Every component with its states, for /stijl/: what to see, and what to type in a template.

A case is a piece of template; it may use the names of CONTEXT. A tag that only lives inside another one is
shown there.
"""

import inspect
import re
from datetime import date
from types import SimpleNamespace

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines

from desk.relations.network import lay_out
from initiatiefwijzer.icons import ICONS
from initiatiefwijzer.templatetags import charts, house, nlds


class ExampleForm(forms.Form):
    """One field of every sort."""

    naam = forms.CharField(label="Naam van je plan", max_length=80)
    verhaal = forms.CharField(
        label="Je verhaal",
        help_text="Een paar zinnen is genoeg.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    wijk = forms.ChoiceField(
        label="Wijk", required=False, choices=[("", "Weet ik nog niet"), ("sluiswijk", "Sluiswijk")]
    )
    behoeften = forms.MultipleChoiceField(
        label="Wat heb je nodig?",
        required=False,
        choices=[("geld", "Geld"), ("plek", "Een plek buiten"), ("advies", "Advies")],
        widget=forms.CheckboxSelectMultiple,
    )
    soort = forms.ChoiceField(
        label="Van wie is het plan?",
        choices=[("person", "Van mij"), ("group", "Van een groep")],
        widget=forms.RadioSelect,
    )
    openbaar = forms.BooleanField(label="Mijn plan mag op de site", required=False)


class ExampleFilter(forms.Form):
    """A search box with two filters."""

    zoek = forms.CharField(label="Zoek in de doelen", required=False)
    wijk = forms.ChoiceField(label="Wijk", required=False, choices=[("", "Alle"), ("sluiswijk", "Sluiswijk")])
    thema = forms.ChoiceField(
        label="Thema", required=False, choices=[("", "Alle"), ("groen", "Groen en natuur")]
    )


PERSON = {
    "public_name": "Carla Jansen",
    "function": "Gebiedsregisseur",
    "department": "Afdeling Wijken",
    "phone": "088 123 45 67",
    "email": "wijken@gemeente.example",
    "photo_url": "",
    "get_absolute_url": "#person_card",
}
ROLE = {"public_name": "", "function": "Loket voor initiatieven", "email": "loket@gemeente.example"}
PLAN = SimpleNamespace(
    title="Geveltuintjes in de Dorpsstraat",
    teaser="We halen tegels weg en zetten er planten neer.",
    state="in_dialogue",
    is_shown=False,
    district=SimpleNamespace(name="Sluiswijk"),
    reference="IW-2026-0012",
    visible_links=[SimpleNamespace(goal="Meer groen in de straat")],
    get_absolute_url=lambda: "#plan_card",
)
REASONS = [
    {"sentence": "Jij schrijft ‘bloemen’; het doel gaat over groen in de straat.", "words": ["bloemen"]},
    {"sentence": "Het doel geldt voor jouw wijk.", "words": []},
]


def block(name, west, south, east, north):
    """A district in the shape of a rectangle."""
    outline = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "name": name,
        "outline": outline,
        "centroid": [(west + east) / 2, (south + north) / 2],
        "url": "#district_map",
    }


DISTRICTS = [
    block("Binnenstad", 5.00, 52.00, 5.02, 52.01),
    block("Sluiswijk", 5.00, 52.01, 5.04, 52.02),
    block("Oosterpoort", 5.02, 52.00, 5.04, 52.01),
]
CLOCKS = [
    {"get_kind_display": what, "left": left, "why": why, "mood": mood, "due_on": date(2026, 12, 4)}
    for what, left, why, mood in [
        ("eerste gesprek", "3 werkdagen te laat", "5 werkdagen na 20 november", "late"),
        ("eerste reactie op het plan", "nog 2 werkdagen", "10 werkdagen na 20 november", "warning"),
        ("duidelijkheid", "nog 30 werkdagen", "40 werkdagen na 20 november; kerst telt niet mee", "fine"),
        ("bevestiging", "gedaan", "0 werkdagen na 20 november", "done"),
        ("duidelijkheid", "staat stil", "40 werkdagen na 20 november", "paused"),
    ]
]
QR = '<svg viewBox="0 0 4 4"><path d="M0 0h1v1H0zM2 0h1v1H2zM1 1h1v1H1zM3 2h1v2H3zM0 3h2v1H0z"/></svg>'
FIGURES = [
    {
        "name": name,
        "url": "#figure_table",
        "count": {"all": number, "public": public},
        "note": note,
        "widths": (number * 4, public * 4),
        "public_url": "#figure_table",
    }
    for name, number, public, note in [
        ("Sluiswijk", 25, 19, "Sluiswijk-Noord en Sluiswijk-Zuid"),
        ("Binnenstad", 12, 12, ""),
        ("Oosterpoort", 0, 0, ""),
    ]
]
AREAS = [
    {
        "name": one["name"],
        "url": "#choice_map",
        "current": place == 1,
        "number": place * 4,
        "outline": tuple(map(tuple, one["outline"])),
        "centroid": tuple(one["centroid"]),
    }
    for place, one in enumerate(DISTRICTS)
]
QUARTERS = [
    {"label": f"K{place % 4 + 1} {25 + place // 4}", "value": value, "part": part}
    for place, (value, part) in enumerate([(3, 3), (8, 6), (5, 5), (0, 0), (12, 7), (21, 18)])
]
DRAWING = lay_out(
    [("P01", "Welzijn in de buurt"), ("P02", "Tuinclub met een naam die langer is dan er past")],
    [("IW-2026-0001", "Moestuin achter de flat"), ("IW-2026-0002", "Eetclub op maandag")],
    [("P01", "IW-2026-0002"), ("P02", "IW-2026-0001"), ("P01", "IW-2026-0001")],
)
CONTEXT = {
    "drawing": DRAWING,
    "areas": AREAS,
    "figures": FIGURES,
    "shares": [50, 20, 20, 10],
    "quarters": QUARTERS,
    "person": PERSON,
    "role": ROLE,
    "plan": PLAN,
    "town": {"texts": {"promise": "Je krijgt één vast contact.\n\nDat beloven we."}},
    "why": REASONS,
    "districts": DISTRICTS,
    "clocks": CLOCKS,
    "qr": QR,
    "icons": list(ICONS),
    "states": list(nlds.STATES),
    "changed": [
        ("skipped", "… "),
        ("same", "Met de buurt maken we een "),
        ("gone", "tuin"),
        ("new", "moestuin"),
        ("same", " achter de flat."),
    ],
    "hostile": "<script>alert(1)</script>",
    "long": "Een-heel-lang-woord-zonder-spaties-dat-nergens-op-past-" * 3,
}

CASES = {
    "picture": ["{% picture '/static/img/favicon.svg' 'Het beeldmerk van de site' 96 96 '#picture' %}"],
    "difference": ["{% difference changed %}"],
    "icon": [
        "{% for name in icons %}{% icon name label=name size='lg' %} {% endfor %}",
        "{% icon 'leaf' size='sm' %} {% icon 'leaf' %} {% icon 'leaf' size='lg' %} "
        "{% icon 'leaf' size='xl' %}",
    ],
    "heading": [
        "{% heading 'Kop van niveau 3' level=3 %}",
        "{% heading 'Kop met link en icoon' level=3 url='#heading' icon='book' look=4 id='kop' %}",
    ],
    "badge": [
        "{% badge 'neutral' %} {% badge 'info' 'info' 'info' %} {% badge 'success' 'success' 'check' %} "
        "{% badge 'warning' 'warning' 'warning' %} {% badge 'error' 'error' 'error' %} "
        "{% badge 'brand' 'brand' %} {% badge 'accent' 'accent' %}"
    ],
    "status": ["{% for state in states %}{% status state %} {% endfor %}"],
    "strength": [
        "<p>{% strength 'sterk' %}</p><p>{% strength 'redelijk' %}</p><p>{% strength 'misschien' %}</p>"
    ],
    "avatar": [
        "{% avatar 'Carla Jansen' size='sm' %} {% avatar 'Bram de Boer' %} {% avatar 'Amina' size='lg' %} "
        "{% avatar '' size='lg' %}"
    ],
    "mark": [
        "<p>{% mark 'Bloemen en struiken langs de weg' why.0.words %}</p>"
        "<p>{% mark hostile why.0.words %}</p>"
    ],
    "reasons": ["{% reasons why %}", "{% reasons why '' %}"],
    "button": [
        "{% button 'Verstuur' %} {% button 'Bewaar' 'secondary' icon='check' %}"
        " {% button 'Laat maar' 'subtle' %}"
    ],
    "button_link": [
        "{% button_link 'Naar de wegwijzer' '#button_link' 'primary' 'signpost' %} "
        "{% button_link 'Alle doelen' '#button_link' %}"
    ],
    "actions": [
        "{% actions %}{% button 'Verstuur' %}{% button_link 'Terug' '#actions' 'subtle' %}{% endactions %}"
    ],
    "link": [
        "<p>{% link 'Alle doelen' '#link' %} en "
        "{% link 'het loket (in een nieuw tabblad)' '#link' new_tab=True %}</p>"
    ],
    "more_link": ["{% more_link 'Alle doelen' '#more_link' %}"],
    "post_form": [
        "{% post_form '#post_form' look='panel' %}<p>Hier staan velden.</p>"
        "{% actions %}{% button 'Verstuur' %}{% endactions %}{% endpost_form %}"
    ],
    "field_grid": [
        "{% field_grid %}{{ grid.naam.as_field_group }}{{ grid.wijk.as_field_group }}{% endfield_grid %}"
    ],
    "breadcrumbs": ["{% breadcrumbs 'Doelen' '#breadcrumbs' 'Meer bomen in de straat' %}"],
    "page_intro": [
        "{% page_intro 'Meer bomen in de straat' 'De gemeente wil in elke straat een boom.' 'Doel' %}"
        "{% facts %}{% fact 'leaf' %}Groen{% endfact %}{% endfacts %}{% endpage_intro %}"
    ],
    "section": [
        "{% section 'Partners' id='deel-1' level=3 icon='hands' intro='Met wie je kunt samenwerken.' "
        "more_url='#section' more_text='Alle partners' %}<p>Inhoud.</p>{% endsection %}",
        "{% section 'Op een eigen grond' id='deel-2' level=3 tone='sand' %}<p>Inhoud.</p>{% endsection %}",
    ],
    "page_part": [
        "{% page_part 'Je plan kan helpen bij 3 doelen' %}<p>Een zin eronder.</p>{% endpage_part %}"
    ],
    "anchor": ["{% anchor 'hier' label='Een plek' %}<p>Hier kan een link naartoe.</p>{% endanchor %}"],
    "columns": [
        "{% columns %}{% main %}<p>Brede kolom.</p>{% endmain %}"
        "{% side %}{% card 'Smalle kolom' %}<p>Tekst.</p>{% endcard %}{% endside %}{% endcolumns %}"
    ],
    "tabs": [
        "{% tabs 'Lijsten' %}{% tab 'Nieuw' '#tabs' 4 True %}{% tab 'Te laat' '#tabs' 1 %}"
        "{% tab 'Alles' '#tabs' %}{% endtabs %}"
    ],
    "live_counts": ["{% live_counts '#tabs' %}"],
    "shortcuts": ["{% shortcuts %}"],
    "tick": ["{% tick 'Kies “Moestuin”' 'plan' 'IW-2026-0001:3' %}"],
    "picks": [
        "{% picks 'Doelen' %}{% pick 'Meer bomen in de straat' 'voorbeeld' 'g1' checked=True strong='sterk' "
        "url='#picks' %}{% reasons why '' %}{% endpick %}"
        "{% pick 'Schone straten' 'voorbeeld' 'g2' %}{% endpick %}{% endpicks %}",
        "{% picks 'Contact' %}{% pick 'Adviseur groen' 'wie' 'k1' 'radio' checked=True %}{% endpick %}"
        "{% pick 'Iemand anders' 'wie' 'k2' 'radio' %}{% endpick %}{% endpicks %}",
    ],
    "promise": [
        "{% for clock in clocks %}{% promise clock %}{% endfor %}",
        "{% promise clocks.1 short=True %}",
    ],
    "cards": [
        "{% cards 3 %}{% card 'Eén' %}<p>Tekst.</p>{% endcard %}"
        "{% card 'Twee' %}<p>Tekst.</p>{% endcard %}"
        "{% card 'Drie' %}<p>Tekst.</p>{% endcard %}{% endcards %}"
    ],
    "card": [
        "{% card 'Gewoon' %}<p>Tekst.</p>{% endcard %}",
        "{% card 'Zand' tone='sand' icon='heart' %}<p>Tekst.</p>{% endcard %}",
        "{% card 'Kleur van de gemeente' tone='brand' %}<p>Tekst.</p>{% endcard %}",
        "{% card 'Warm' tone='accent' %}<p>Tekst.</p>{% endcard %}",
    ],
    "link_card": [
        "{% link_card 'Meer bomen in de straat' '#link_card' kicker='Groen' icon='leaf' meta='Bomenplan' %}"
        "De gemeente wil in elke straat een boom. <a href='#link_card'>Een link erin</a>{% endlink_card %}",
        "{% link_card 'Doelen van de gemeente' '#link_card' icon='target' %}"
        "Wat de raad wil bereiken.{% endlink_card %}",
        "{% link_card long '#link_card' %}{% endlink_card %}",
    ],
    "own_text": [
        "{% with municipality=town %}{% own_text 'promise' %}{% endown_text %}{% endwith %}",
        "{% with municipality=town %}{% own_text 'footer' %}<p>Wat er anders staat.</p>"
        "{% endown_text %}{% endwith %}",
    ],
    "plan_card": ["{% plan_card plan %}", "{% plan_card plan hide_goal=True %}"],
    "alert": [
        "{% alert %}<p>Ter informatie.</p>{% endalert %}",
        "{% alert 'success' 'Gelukt' level=3 %}<p>Je plan is verstuurd.</p>{% endalert %}",
        "{% alert 'warning' 'Let op' level=3 %}<p>Dit doel loopt dit jaar af.</p>{% endalert %}",
        "{% alert 'error' 'Dat ging niet goed' level=3 %}<p>Probeer het opnieuw.</p>{% endalert %}",
    ],
    "message_alert": ["{% message_alert message %}"],
    "empty_state": [
        "{% empty_state 'Niets gevonden' level=3 %}<p>Probeer een ander woord.</p>"
        "{% actions %}{% button_link 'Naar de wegwijzer' '#empty_state' %}{% endactions %}"
        "{% endempty_state %}"
    ],
    "disclosure": [
        "{% disclosure 'Nog 4 doelen' %}<p>Hier staan ze.</p>{% enddisclosure %}",
        "{% disclosure 'Staat al open' True %}<p>Inhoud.</p>{% enddisclosure %}",
    ],
    "data_list": [
        "{% data_list %}{% item 'Nota' 'note' %}<a href='#data_list'>Bomenplan</a>, p. 14{% enditem %}"
        "{% item 'Vastgesteld' %}14 maart 2024{% enditem %}{% item 'Leeg' %}{% enditem %}{% enddata_list %}"
    ],
    "facts": [
        "{% facts %}{% fact 'note' %}Bomenplan, p. 14{% endfact %}{% fact 'pin' %}Sluiswijk{% endfact %}"
        "{% fact 'clock' %}{% endfact %}{% endfacts %}"
    ],
    "steps": [
        "{% steps level=3 %}{% step 'Wij lezen je plan' done=True %}<p>Gedaan op 3 maart.</p>{% endstep %}"
        "{% step 'Je contactpersoon belt je' when='binnen 5 werkdagen' %}{% endstep %}"
        "{% step 'Jullie maken een afspraak' %}<p>Samen kiezen jullie een dag.</p>{% endstep %}{% endsteps %}"
    ],
    "table": [
        "{% table 'Initiatieven bij dit doel' 'Initiatief|Wijk|Staat' %}<tr><th scope='row'>Minibos</th>"
        "<td>De Vlieten</td><td>{% status 'in_progress' %}</td></tr><tr><th scope='row'>"
        "Stilte en sterren</th>"
        "<td>Sluiswijk</td><td>{% status 'submitted' %}</td></tr>{% endtable %}"
    ],
    "person_card": [
        "{% person_card person 'Jouw contactpersoon' tone='brand' %}<p>Denkt met je mee.</p>"
        "{% endperson_card %}",
        "{% person_card role phone='14 012' prefix='Met wie je kunt praten' %}{% endperson_card %}",
    ],
    "match_list": [
        "{% match_list %}{% match 'Meer bomen in de straat' '#match_list' 'sterk' %}{% reasons why '' %}"
        "{% endmatch %}"
        "{% match 'Vereniging De Tuin' '#match_list' kicker='vereniging' %}{% reasons why '' %}{% endmatch %}"
        "{% endmatch_list %}"
    ],
    "search_filters": ["{% search_filters filters 12 'doel' 'doelen' %}"],
    "pagination": ["{% pagination page_obj %}"],
    "sheet_links": ["{% sheet_links %}"],
    "district_map": ["{% district_map districts 'Sluiswijk' %}"],
    "key_figures": [
        "{% key_figures %}{% key_figure 312 'plannen' 'leaf' %}<a href='#key_figures'>290 openbaar</a>"
        "{% endkey_figure %}{% key_figure 41 'doelen zonder plan' 'target' 'accent' %}{% endkey_figure %}"
        "{% key_figure '92%' 'op tijd' %}{% endkey_figure %}{% endkey_figures %}"
    ],
    "figure_table": [
        "{% figure_table figures 'Plannen per wijk' 'Wijk' %}",
        "{% figure_table figures 'Wijken' 'Wijk' bars=False %}",
    ],
    "spread_bar": ["{% spread_bar shares %}"],
    "spread_legend": ["{% spread_legend 'ja' 'deels' 'nee' 'weten we nog niet' %}"],
    "network": ["{% network drawing %}"],
    "name_list": ["{% name_list figures 'Wijken zonder plannen' %}"],
    "choice_map": ["{% choice_map areas 'Kaart' 'Kies een wijk op de kaart' 'initiatief' 'initiatieven' %}"],
    "bar_legend": ["{% bar_legend %}"],
    "column_chart": [
        "{% column_chart quarters 'Plannen per kwartaal, van 3 tot 21' %}",
        "{% column_chart quarters 'Werkdagen per kwartaal' 5 'Belofte: 5 werkdagen' %}",
    ],
    "qr_code": ["{% qr_code qr 'Vierkant met de sleutel voor je app' %}"],
    "jump_nav": [
        "{% jump_nav 'Ga naar' %}{% jump 'Doelen' 'icon' 7 'target' %}"
        "{% jump 'Hulp' 'badge' icon='coin' %}{% endjump_nav %}"
    ],
    "demo_notice": ["{% demo_notice %}"],
    "hero": ["{% hero %}{% hero_box '#hero' 'Een zelfoogsttuin' 'Samen eten' %}{% endhero %}"],
    "route": [
        "{% route %}{% stop 'Schrijf je plan op' %}Een paar zinnen.{% endstop %}"
        "{% stop 'Zie waar het bij hoort' %}Met de reden erbij.{% endstop %}"
        "{% stop 'Praat met één persoon' %}Je wordt niet doorgestuurd.{% endstop %}{% endroute %}"
    ],
    "form": ["{{ form }}", "{{ wrong }}"],
}
INSIDE = {
    "item": "data_list",
    "fact": "facts",
    "step": "steps",
    "main": "columns",
    "side": "columns",
    "jump": "jump_nav",
    "match": "match_list",
    "tab": "tabs",
    "pick": "picks",
    "hero_box": "hero",
    "stop": "route",
    "key_figure": "key_figures",
}
"""Tags that only stand inside another one."""

FORM = (
    "A form, or one field of it by {{ form.naam.as_field_group }}: label, help, error, input; errors on top."
)


def tags():
    """Name → compile function of every tag of ours, in the order of their files."""
    return nlds.register.tags | house.register.tags | charts.register.tags


def signature(function):
    """The variables of a tag as they are written in its definition, without what Django hands over."""
    names = inspect.signature(inspect.unwrap(function)).parameters.values()
    return ", ".join(str(one) for one in names if one.name not in {"context", "content"})


def unwrapped(text):
    """Text whose paragraphs are lines."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def described(name):
    """What a tag is and takes: its call and its docstring, those of the tags inside it included."""
    known = tags()
    inner = [tag for tag, outer in INSIDE.items() if outer == name]
    return [
        {"call": f"{tag}({signature(known[tag])})", "doc": unwrapped(inspect.getdoc(known[tag]))}
        for tag in [name, *inner]
        if tag in known
    ] or [{"call": "{{ form }}", "doc": FORM}]


def examples(request):
    """Every component: name, what it is, and its cases as {source, html}."""
    context = CONTEXT | {
        "form": ExampleForm(auto_id="goed_%s"),
        "wrong": ExampleForm({"verhaal": "x" * 2001}, auto_id="fout_%s"),
        "grid": ExampleForm(auto_id="naast_%s"),
        "filters": ExampleFilter(request.GET, auto_id="filter_%s"),
        "page_obj": Paginator(range(200), 10).page(4),
        "message": Message(constants.SUCCESS, "Je plan is bewaard."),
    }
    engine = engines["django"]
    return [
        {
            "name": name,
            "about": described(name),
            "cases": [
                {"source": one, "html": engine.from_string(one).render(context, request)} for one in cases
            ],
        }
        for name, cases in CASES.items()
    ]
