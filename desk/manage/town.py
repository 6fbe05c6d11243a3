"""Ways to pay, texts and the municipality itself, as managers keep them up to date."""

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from desk.manage import wegwijzer
from desk.manage.table import Noun, Todo, on_site, place
from desk.manage.town_forms import COLOURS, DAYS, FundingForm, SchemeForm, TextForm, TownForm, WegwijzerForm
from funding import verbs as funding
from funding.models import CONSIDERATIONS, FinancingForm, Scheme
from matching import verbs as matching
from townhall import verbs
from townhall.models import Municipality, Text

TEXTS = {  # key -> where the text is read
    "welcome": _("Op de voorpagina, onder de vraag"),
    "promise_title": _("De titel van onze belofte"),
    "promise": _("Onze belofte aan inwoners"),
    "footer": _("Onder aan elke pagina"),
    "privacy_short": _("Kort over privacy"),
    "nothing_fits": _("Als een plan bij geen doel past"),
    "no_plan": _("Als een tekst niet op een plan lijkt"),
    "too_short": _("Als iemand in de wegwijzer te weinig vertelt"),
    "goals_intro": _("Boven de doelen die passen"),
    "contact_intro": _("Bij de contactpersoon"),
    "partners_intro": _("Boven de partners die passen"),
    "similar_intro": _("Boven plannen die erop lijken"),
    "money_intro": _("Boven hulp en geld"),
    "not_public_yet": _("Bij een plan dat nog niet op de site staat"),
    "receipt": _("In de bevestiging van een plan"),
    "objection": _("Bij een formeel besluit: hoe je bezwaar maakt"),
    "council_intro": _("Boven de pagina voor de raad"),
    "about": _("Op “Over Initiatiefwijzer”: waarom de site er is"),
    "privacy_contact": _("Op “Privacy”: wie verantwoordelijk is en bij wie je vragen kunt stellen"),
    "accessibility": _("Op “Toegankelijkheid”: de status uit jullie verklaring"),
}


def where(text):
    """Where a text is read; its key when we do not know."""
    return TEXTS.get(text.key, text.key)


def find_text(key):
    """The text, a new one for a place that has none of its own, or None."""
    return Text.objects.filter(key=key).first() or (Text(key=key) if key in TEXTS else None)


def texts_todo():
    """Places of which the municipality did not write the text."""
    known = set(Text.objects.values_list("key", flat=True))
    items = [(words, place("teksten", Text(key=key)), []) for key, words in TEXTS.items() if key not in known]
    return Todo(_("Hier kun je nog een eigen tekst schrijven:"), items) if items else None


def find_town(key):
    """The one municipality, or None."""
    return Municipality.objects.current() if key == "1" else None


PARTS = {name: words for table in (COLOURS, DAYS) for name, (words, _more) in table.items()}
TOWN = {
    "financieringsvormen": Noun(
        many=_("Manieren om te betalen"),
        one=_("manier om te betalen"),
        intro=_("De vormen van financiering, met wat ze betekenen voor een initiatief."),
        new=_("Nieuwe manier om te betalen"),
        first=_("Naam"),
        icon="coin",
        model=FinancingForm,
        form=FundingForm,
        records=lambda: FinancingForm.objects.order_by("order", "key"),
        columns=[(_("In één zin"), lambda form: form.meaning), (_("Volgorde"), lambda form: form.order)],
        search=("key", "name", "meaning"),
        create=funding.create_form,
        change=funding.change_form,
        beside=lambda form: [on_site(form)],
        parts=CONSIDERATIONS,
    ),
    "regelingen": Noun(
        many=_("Regelingen"),
        one=_("regeling"),
        intro=_("Potjes en fondsen waar je geld kunt aanvragen. De wegwijzer noemt wat nu open is."),
        new=_("Nieuwe regeling"),
        first=_("Naam"),
        icon="coin",
        model=Scheme,
        form=SchemeForm,
        records=lambda: Scheme.objects.select_related("form").order_by("name", "key"),
        columns=[
            (_("Manier om te betalen"), lambda scheme: scheme.form.name),
            (_("Hoeveel en tot wanneer"), lambda scheme: scheme.terms_in_words),
        ],
        search=("key", "name", "summary"),
        shows={"open": (_("Nu open"), lambda schemes: schemes.open_on(timezone.localdate()))},
        create=funding.create_scheme,
        change=funding.change_scheme,
        stays=_("Is een regeling voorbij? Vul in tot wanneer je kon aanvragen."),
    ),
    "teksten": Noun(
        many=_("Teksten"),
        one=_("tekst"),
        intro=_("Zinnen op de site die de gemeente zelf schrijft."),
        first=_("Waar"),
        icon="pencil",
        model=Text,
        form=TextForm,
        records=lambda: Text.objects.order_by("key"),
        name=where,
        columns=[(_("Begin van de tekst"), lambda text: Truncator(text.body).words(14))],
        search=("key", "body"),
        change=verbs.word,
        stays=_("Een tekst kun je wel veranderen. Wat er eerst stond, blijft bewaard."),
        find=find_text,
        todo=texts_todo,
    ),
    "wegwijzer": Noun(
        many=_("De wegwijzer"),
        one=_("instelling"),
        intro=_("Wanneer past een plan bij een doel, en leert de wegwijzer van wat jullie kiezen?"),
        icon="signpost",
        model=Municipality,
        form=WegwijzerForm,
        change=matching.tune,
        find=find_town,
        full=lambda town: _("De wegwijzer"),
        parts=PARTS,
        below=("desk/_manage_wegwijzer.html", wegwijzer.about),
    ),
    "gemeente": Noun(
        many=_("De gemeente zelf"),
        one=_("gemeente"),
        intro=_("Naam en adres, de kleuren van de site, en hoe snel we antwoorden."),
        icon="town",
        model=Municipality,
        form=TownForm,
        change=verbs.change_municipality,
        find=find_town,
        parts=PARTS,
    ),
}
