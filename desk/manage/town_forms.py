"""What managers fill in about ways to pay, texts and the municipality itself."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import District, Organisation
from desk.manage.fields import UNKNOWN, Day, Kept, OneOf, SomeOf, WebAddress, lines
from funding.models import CONSIDERATIONS, FinancingForm, NeedKind, Scheme
from townhall.models import Municipality, Text
from townhall.telephone import only_telephone
from townhall.theme import LEAST_CONTRAST, OURS, contrast_with_white


class FundingForm(Kept):
    """A way to pay; each consideration is a field of its own."""

    class Meta:
        model = FinancingForm
        fields = ["name", "meaning", "order", "explanation", "municipal_role", "effect", "example"]
        help_texts = {
            "meaning": _("Wat is het, in één zin?"),
            "order": _("1 staat bovenaan: daar doet de gemeente het meest zelf."),
        }
        widgets = {
            "explanation": lines(5),
            "municipal_role": lines(3),
            "effect": lines(3),
            "example": lines(3),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, question in CONSIDERATIONS.items():
            self.fields[code] = forms.CharField(
                label=question,
                required=False,
                max_length=1000,
                widget=lines(2),
                initial=self.instance.considerations.get(code, ""),
            )

    @property
    def groups(self):
        return [
            (_("De vorm"), list(self._meta.fields)),
            (_("De zes afwegingen"), list(CONSIDERATIONS)),
        ]

    def values(self):
        values = super().values()
        answers = {code: values.pop(code) for code in CONSIDERATIONS}
        return values | {"considerations": {code: text for code, text in answers.items() if text}}


class SchemeForm(Kept):
    """A fund with rules of its own."""

    form = OneOf(
        FinancingForm.objects.all(), label=_("Manier om te betalen"), empty_label=_("Kies een manier")
    )
    provider = OneOf(
        Organisation.objects.unmerged(),
        label=_("Van wie"),
        help_text=_("Leeg als de gemeente zelf het geld geeft."),
        empty_label=_("De gemeente"),
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label=_("Wat je ervan betaalt"),
        choices=NeedKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
        help_text=_("Niets aangekruist? Dan mag het voor alles."),
    )
    districts = SomeOf(
        District.objects.defer("outline"),
        label=_("Wijken en dorpen"),
        help_text=_("Niets aangekruist? Dan geldt de regeling overal."),
    )
    opens_on = Day(label=_("Open vanaf"), help_text=_("Leeg als je altijd kunt aanvragen."), required=False)
    closes_on = Day(
        label=_("Open tot en met"),
        help_text=_("Daarna noemt de wegwijzer de regeling niet meer."),
        required=False,
    )
    url = WebAddress(label=_("Waar je aanvraagt"))
    groups = [
        (_("De regeling"), ["name", "form", "provider", "summary", "for_whom", "url"]),
        (_("Hoeveel"), ["least_per_application", "most_per_application", "own_share"]),
        (_("Wanneer"), ["opens_on", "closes_on"]),
        (_("Waarvoor en waar"), ["needs", "districts"]),
    ]

    class Meta:
        model = Scheme
        fields = [
            "name",
            "form",
            "provider",
            "summary",
            "for_whom",
            "url",
            "least_per_application",
            "most_per_application",
            "own_share",
            "opens_on",
            "closes_on",
            "needs",
            "districts",
        ]
        help_texts = {
            "summary": _("In eigen woorden, in één zin."),
            "for_whom": _("Bijvoorbeeld: groepen bewoners en verenigingen."),
            "least_per_application": _("Leeg als er geen ondergrens is."),
            "most_per_application": _("Leeg als er geen bovengrens is."),
            "own_share": _("Wat de aanvrager zelf betaalt. Leeg als dat niets is."),
        }


class TextForm(Kept):
    class Meta:
        model = Text
        fields = ["body"]
        labels = {"body": _("Tekst")}
        help_texts = {"body": _("Korte zinnen, gewone woorden, “je”.")}
        widgets = {"body": lines(6)}


COLOURS = {  # key -> (label, what it is for)
    "brand": (_("Hoofdkleur"), _("Knoppen en links. Wit moet er goed op te lezen zijn.")),
    "brand_dark": (_("Donkere kleur"), _("De balk bovenaan en de voet van de pagina.")),
    "accent": (_("Accentkleur"), _("Kleine versieringen. Er staan geen woorden in deze kleur.")),
}
DAYS = {
    "contact": (_("Eerste gesprek"), _("Zo snel heeft iemand contact met de initiatiefnemer.")),
    "first_view": (_("Eerste reactie"), _("Zo snel zegt de gemeente wat ze van het plan vindt.")),
    "decision": (_("Duidelijkheid"), _("Zo snel weet de initiatiefnemer waar die aan toe is.")),
    "question": (_("Vraag over een eis"), _("Zo snel is er een antwoord op “Is dit echt nodig?”.")),
    "council": (_("Vraag aan de raad"), _("Zo snel doet de griffie steeds de volgende stap.")),
}


class ColourInput(forms.TextInput):
    input_type = "color"


class TownForm(Kept):
    """The municipality itself: how to reach it, its colours and what it promises."""

    website = WebAddress(label=_("Website"))

    class Meta:
        model = Municipality
        fields = ["name", "email", "phone", "address", "office_hours", "website"]
        widgets = {"address": lines(2)}
        help_texts = {"phone": _("Het algemene nummer. Dat zien bezoekers in plaats van een eigen nummer.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(only_telephone)
        for key, (label, words) in COLOURS.items():
            self.fields[key] = forms.RegexField(
                r"^#[0-9a-fA-F]{6}$",
                label=label,
                help_text=words,
                widget=ColourInput,
                initial=self.instance.colours.get(key, OURS[key]),
                error_messages={"invalid": _("Schrijf een kleur als #1d5d7a.")},
            )
        for key, (label, words) in DAYS.items():
            self.fields[f"days_{key}"] = forms.IntegerField(
                label=label,
                help_text=words,
                min_value=1,
                max_value=250,
                initial=self.instance.days_for(key),
                error_messages={"invalid": _("Schrijf een heel getal in cijfers.")},
            )

    @property
    def groups(self):
        return [
            (_("Naam en adres"), list(self._meta.fields)),
            (_("Kleuren"), list(COLOURS)),
            (_("Wat we beloven, in werkdagen"), [f"days_{key}" for key in DAYS]),
        ]

    def clean(self):
        cleaned = super().clean()
        for key, least in LEAST_CONTRAST.items():
            colour = cleaned.get(key)
            if colour and contrast_with_white(colour) < least:
                self.add_error(key, _("Wit is hierop niet goed te lezen. Kies een donkerder kleur."))
        return cleaned

    def values(self):
        values = super().values()
        colours = {key: values.pop(key).lower() for key in COLOURS}
        days = {key: values.pop(f"days_{key}") for key in DAYS}
        if not self.instance.colours and colours == OURS:
            colours = {}
        return values | {"colours": colours, "service_days": self.instance.service_days | days}


SHIFTS = {  # what is added to the score from which a goal fits -> what that means
    "-0.10": _("Veel ruimer: ook als er weinig woorden overeenkomen"),
    "-0.05": _("Iets ruimer"),
    "0.00": _("Gewoon: zo is de wegwijzer gemeten"),
    "0.05": _("Iets strenger"),
    "0.10": _("Veel strenger: alleen als er veel overeenkomt"),
}


class WegwijzerForm(Kept):
    """How the wegwijzer works here."""

    fits_shift = forms.TypedChoiceField(
        label=_("Wanneer past een plan bij een doel?"),
        help_text=_("Hieronder staat hoeveel plannen er dan passen."),
        choices=list(SHIFTS.items()),
        coerce=Decimal,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Municipality
        fields = ["fits_shift", "learns"]
        labels = {"learns": _("De wegwijzer leert van wat jullie kiezen")}
        help_texts = {
            "learns": _(
                "Zet je dit uit, dan vergeet de wegwijzer wat hij leerde. Jullie keuzes blijven bewaard."
            )
        }
