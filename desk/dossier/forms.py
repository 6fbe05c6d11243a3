"""What an officer fills in for a dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.dossier.reading import KINDS
from townhall.posting import TOO_LONG


class DossierForm(forms.Form):
    """Which dossier, and why."""

    kind = forms.ChoiceField(
        label=_("Wat moet erin?"),
        choices=[(kind, KINDS[kind]) for kind in ("whole", "public")],
        widget=forms.RadioSelect,
        initial="whole",
        error_messages={
            "required": _("Kies wat erin moet."),
            "invalid_choice": _("Dit kan niet. Kies uit de lijst."),
        },
    )
    reason = forms.CharField(
        label=_("Waarom heb je dit nodig?"),
        help_text=_("De initiatiefnemer leest dit. Bijvoorbeeld: voor het zaaksysteem, of een Woo-verzoek."),
        max_length=300,
        error_messages={
            "required": _("Schrijf waarom je dit nodig hebt. De initiatiefnemer leest dit."),
            "max_length": TOO_LONG,
        },
    )
