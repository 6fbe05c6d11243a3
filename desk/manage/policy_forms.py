"""What managers fill in about goals and notes; everything else is up to the verbs."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, District, Portfolio
from desk.manage.fields import (
    UNKNOWN,
    ActionForm,
    Day,
    EndForm,
    Kept,
    OneOf,
    SomeOf,
    WebAddress,
    lines,
    whole_number,
)
from goals.models import ADOPTERS, Goal, PolicyField, PolicyNote

MEASURE = {"name": "measure", "unit": "unit", "baseline": "baseline", "target": "target", "year": "year"}

IV3 = _("Landelijke indeling (Iv3)")
MEASURED = _("Hoe je ziet of het dichterbij komt")


def with_word(data):
    """What was filled in, with one search word more."""
    data = data.copy()
    words = [one.strip() for one in data.get("search_words", "").split(",") if one.strip()]
    if data["word"].casefold() not in map(str.casefold, words):
        words.append(data["word"])
    data["search_words"] = ", ".join(words)
    return data


class GoalForm(Kept):
    portfolio = OneOf(
        Portfolio.objects.all(),
        label=_("Portefeuille"),
        help_text=_("Het onderwerp van de wethouder of burgemeester die over dit doel gaat."),
        required=False,
    )
    since = Day(
        label=_("Bij deze portefeuille vanaf"),
        help_text=_("Alleen van belang als je de portefeuille verandert. Wat ervoor was, blijft bewaard."),
        required=False,
    )
    note = OneOf(
        PolicyNote.objects.order_by("title"),
        label=_("Nota"),
        help_text=_(
            "Het stuk van de raad of het college waar dit doel in staat. Zonder nota blijft het een concept."
        ),
        required=False,
        empty_label=_("Nog geen nota"),
    )
    owner = OneOf(
        AccountManager.objects.none(),
        label=_("Contactpersoon"),
        help_text=_("Met wie inwoners over dit doel kunnen praten."),
        required=False,
    )
    districts = SomeOf(
        District.objects.defer("outline"),
        label=_("Wijken en dorpen"),
        help_text=_("Kies niets als het doel in de hele gemeente geldt."),
    )
    policy_fields = SomeOf(
        PolicyField.objects.filter(until_year=None),
        label=_("Beleidsvelden"),
        help_text=_("De vaste indeling van alle gemeenten (Iv3). Meestal is één genoeg."),
    )
    measure = forms.CharField(
        label=_("Wat meten we?"),
        help_text=_("Bijvoorbeeld: inwoners die zich eenzaam voelen."),
        required=False,
        max_length=200,
    )
    unit = forms.CharField(
        label=_("Eenheid"), help_text=_("Bijvoorbeeld procent of aantal."), required=False, max_length=40
    )
    baseline = forms.FloatField(label=_("Stand aan het begin"), required=False, localize=True)
    target = forms.FloatField(label=_("Waar we naartoe willen"), required=False, localize=True)
    year = whole_number(_("In welk jaar"), max_value=2200)
    groups = [
        (_("In gewone woorden"), ["plain_title", "plain_description", "search_words"]),
        (_("Wat er in de nota staat"), ["note", "page", "title", "description"]),
        (_("Wie erover gaat"), ["portfolio", "since", "owner"]),
        (_("Waar het over gaat"), ["themes", "districts"]),
        (IV3, ["policy_fields"]),
        (MEASURED, ["measure", "unit", "baseline", "target", "year"]),
    ]
    folded = (IV3, MEASURED)

    class Meta:
        model = Goal
        fields = [
            "plain_title",
            "plain_description",
            "search_words",
            "note",
            "page",
            "title",
            "description",
            "owner",
            "themes",
            "districts",
            "policy_fields",
        ]
        labels = {
            "plain_title": _("Titel in gewone woorden"),
            "plain_description": _("Uitleg in gewone woorden"),
            "search_words": _("Zoekwoorden"),
            "page": _("Bladzijde of paragraaf"),
            "title": _("Titel zoals die in de nota staat"),
            "description": _("Tekst zoals die in de nota staat"),
            "themes": _("Thema's"),
        }
        help_texts = {
            "plain_title": _("Dit lezen inwoners als eerste. Bijvoorbeeld: Meer groen in de straat."),
            "plain_description": _("Twee of drie korte zinnen. Wat merkt een inwoner ervan?"),
            "search_words": _("Woorden waarmee inwoners dit zouden zoeken, met een komma ertussen."),
            "page": _("Zodat iedereen het kan nalezen. Bijvoorbeeld: p. 14."),
            "themes": _("Onder welke gewone onderwerpen vinden inwoners dit doel?"),
        }
        widgets = {
            "plain_description": lines(4),
            "search_words": lines(2),
            "description": lines(6),
            "themes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, data=None, *args, **kwargs):
        if data and data.get("word"):
            data, self.is_halfway = with_word(data), True
        super().__init__(data, *args, **kwargs)
        employed = AccountManager.objects.employed() | AccountManager.objects.filter(goals=self.instance.pk)
        self.fields["owner"].queryset = employed.distinct()
        measure = self.instance.indicator or {}
        self.initial |= {field: measure.get(key) for key, field in MEASURE.items()}
        self.initial |= {"portfolio": self.instance.portfolio if self.instance.pk else None}
        self.initial |= {"since": timezone.localdate()}

    def clean(self):
        cleaned = super().clean()
        rest = [cleaned.get(name) for name in ("unit", "baseline", "target", "year")]
        if not cleaned.get("measure") and any(value not in (None, "") for value in rest):
            self.add_error("measure", _("Vul in wat je meet, of laat de hele meetlat leeg."))
        return cleaned

    def values(self):
        values = super().values()
        measure = {key: values.pop(field) for key, field in MEASURE.items()}
        return values | {"indicator": measure if measure["name"] else None}


class NoteForm(Kept):
    adopted_by = forms.ChoiceField(
        label=_("Vastgesteld door"),
        choices=[("", _("Weet ik niet")), *ADOPTERS.items()],
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
    adopted_on = Day(label=_("Vastgesteld op"), required=False)
    valid_from = Day(label=_("Geldt vanaf"), required=False)
    valid_until = Day(
        label=_("Geldt tot en met"),
        help_text=_(
            "Leeg als er geen einddatum is. Na deze dag vragen we wat er met de doelen moet gebeuren."
        ),
        required=False,
    )

    url = WebAddress(label=_("Waar is de nota te lezen?"))

    class Meta:
        model = PolicyNote
        fields = ["title", "adopted_by", "adopted_on", "valid_from", "valid_until", "url", "cvdr"]
        labels = {"title": _("Titel"), "cvdr": _("CVDR-nummer")}
        help_texts = {
            "cvdr": _("Het nummer in de landelijke lijst met regels van gemeenten."),
        }


class EndNoteForm(EndForm):
    with_goals = forms.BooleanField(
        label=_("Beëindig ook de doelen uit deze nota"),
        help_text=_("Ze blijven op de site staan als afgelopen, met de plannen die erbij horen."),
        required=False,
    )


class WordForm(ActionForm):
    word = forms.RegexField(
        r"^[^,\n]+$",
        label=_("Zoekwoord"),
        help_text=_("Een woord dat inwoners gebruiken. Geen namen van mensen."),
        max_length=60,
        error_messages={
            "required": _("Schrijf een woord."),
            "invalid": _("Schrijf één zoekwoord, zonder komma."),
            "max_length": _("Dit is te lang. Een zoekwoord heeft hoogstens 60 tekens."),
        },
    )
