"""What somebody tells the wegwijzer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import District
from funding.asked import MOST_EUROS
from funding.models import NeedKind
from matching.shapes import Question

MOST_TEXT = 10_000


class WegwijzerForm(forms.Form):
    """A few plain sentences, and what narrows the answer down."""

    omschrijving = forms.CharField(
        label=_("Wat wil je doen in je buurt?"),
        help_text=_("Een paar zinnen is genoeg. Schrijf geen namen of adressen van anderen op."),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Vertel in een paar zinnen wat je wilt doen."),
            "max_length": _("Dit zijn %(show_value)s tekens. Kort het in tot %(limit_value)s tekens."),
        },
    )
    titel = forms.CharField(
        label=_("Heeft je plan al een naam?"),
        required=False,
        max_length=150,
        error_messages={"max_length": _("Houd de naam korter dan %(limit_value)s tekens.")},
    )
    wijk = forms.ModelChoiceField(
        label=_("In welke wijk of welk dorp?"),
        queryset=District.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Weet ik nog niet, of overal"),
        error_messages={"invalid_choice": _("Deze wijk kennen we niet. Kies een wijk uit de lijst.")},
    )
    behoeften = forms.MultipleChoiceField(
        label=_("Wat heb je nodig?"),
        choices=NeedKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” kennen we niet. Kies uit de lijst.")},
    )
    bedrag = forms.DecimalField(
        label=_("Hoeveel geld heb je nog nodig?"),
        help_text=_("In hele euro’s. Weet je het niet? Laat het leeg."),
        required=False,
        min_value=0,
        max_value=MOST_EUROS,
        max_digits=11,
        decimal_places=2,
        localize=True,
        error_messages={
            "invalid": _("Schrijf een bedrag in cijfers, bijvoorbeeld 1500."),
            "min_value": _("Een bedrag is nul of meer."),
            "max_value": _("Dit bedrag is te hoog om mee te rekenen."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wijk"].queryset = District.objects.all()

    @property
    def tells_more(self):
        """True when something was filled in, or is wrong, that is folded away."""
        return any(self[name].errors or self[name].value() for name in ("behoeften", "bedrag", "titel"))

    def question(self):
        """The cleaned form as a question to the matcher."""
        cleaned = self.cleaned_data
        return Question(
            title=cleaned["titel"],
            text=cleaned["omschrijving"],
            district=cleaned["wijk"].name if cleaned["wijk"] else "",
            needs=tuple(cleaned["behoeften"]) or None,
            amount=cleaned["bedrag"],
        )
