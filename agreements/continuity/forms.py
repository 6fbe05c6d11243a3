"""What people fill in about how a plan stays alive."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.continuity.models import TEXTS, ContinuityPlan, ReviewOutcome
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

ASKS = {  # name of a text -> (question, what to think of)
    "people": (
        _("Wie blijft het doen?"),
        _("Hoeveel mensen zijn er nodig, en wie neemt het over als iemand stopt? Schrijf geen namen op."),
    ),
    "money": (_("Waarvan wordt het betaald?"), _("Wat kost het per jaar, en waar komt dat geld vandaan?")),
    "upkeep": (
        _("Wie onderhoudt wat?"),
        _("Bijvoorbeeld: de buurt geeft water, de gemeente haalt het afval op."),
    ),
    "ending": (
        _("Wat gebeurt er als het stopt?"),
        _("Wie ruimt op, en waar gaan spullen en geld heen? Stoppen mag."),
    ),
}


class VersionField(forms.IntegerField):
    """The version of the plan for later that was on the page; 0 while there was none."""

    widget = forms.HiddenInput

    def __init__(self):
        again = _("Kijk nog eens of alles klopt en verstuur opnieuw.")
        super().__init__(
            min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), again)
        )


def day(label, *, help_text="", required=""):
    """A day, picked or typed; required: the sentence where it is missing."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": _("Schrijf de dag zo: 21-11-2026.")},
    )


def words(name):
    label, hint = ASKS[name]
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=ContinuityPlan._meta.get_field(name).max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class LaterForm(forms.Form):
    """The four texts, and the day on which people look back."""

    use_required_attribute = False
    people, money, upkeep, ending = map(words, TEXTS)
    review_on = day(
        _("Wanneer kijken jullie terug?"),
        help_text=_("Samen met de contactpersoon. Bijvoorbeeld over een half jaar. Kies een werkdag."),
    )
    version = VersionField()


class ReviewForm(SentOnce):
    """How it goes, and when people look back again."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("Hoe gaat het verder?"),
        choices=[(code, ReviewOutcome(code).label.capitalize()) for code in ReviewOutcome],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies hoe het verder gaat.")),
    )
    sentence = forms.CharField(
        label=_("Hoe gaat het?"),
        help_text=_("In een paar zinnen. Wat gaat goed, en wat moet anders? Schrijf geen namen op."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf in een paar woorden hoe het gaat."),
            "max_length": TOO_LONG,
        },
    )
    next_on = day(
        _("Wanneer kijken jullie weer terug?"),
        help_text=_("Een werkdag. Stopt het? Dan mag dit leeg blijven."),
        required=_("Kies wanneer jullie weer terugkijken."),
    )
    next_on.required, next_on.validate = True, lambda value: None  # when it may stay empty, the verb says
    version = VersionField()


class SuccessionForm(SentOnce):
    """Who is asked to take over, and for whom."""

    use_required_attribute = False
    leaves = forms.ChoiceField(
        label=_("Wie is niet te bereiken?"),
        help_text=_("Alleen wie hier geen account heeft, of al 90 dagen niet inlogde."),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies wie niet te bereiken is.")),
    )
    reason = forms.CharField(
        label=_("Waarom vraag jij dit, en niet de initiatiefnemer?"),
        help_text=_("Alle initiatiefnemers lezen dit."),
        max_length=300,
        error_messages={
            "required": _("Schrijf op waarom jij dit vraagt, en niet de initiatiefnemer."),
            "max_length": TOO_LONG,
        },
    )
    email = forms.EmailField(
        label=_("E-mailadres van wie het overneemt"),
        help_text=_("Vraag het eerst zelf. Diegene krijgt een mail met een link, en kiest zelf."),
        max_length=254,
        error_messages={
            "required": _("Vul een e-mailadres in."),
            "invalid": _("Dit is geen e-mailadres. Een goed adres is bijvoorbeeld: naam@voorbeeld.nl."),
        },
    )
    message = forms.CharField(
        label=_("Wat wil je erbij zeggen?"),
        help_text=_("Alleen diegene leest dit, op de pagina achter de link. Mag leeg."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args, carriers=(), is_officer=False, **kwargs):
        """carriers: [(number, words), …] of those an officer may choose from."""
        super().__init__(*args, **kwargs)
        if is_officer:
            self.fields["leaves"].choices = carriers
        else:
            del self.fields["leaves"], self.fields["reason"]
