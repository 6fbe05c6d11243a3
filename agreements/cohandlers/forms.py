"""What is filled in about a co-handler."""

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall.submission import SentOnce


class CancelForm(forms.Form):
    """Why a colleague need not do it any more."""

    reason = forms.CharField(
        label=_("Waarom hoeft het niet meer?"),
        help_text=_("Je collega leest dit."),
        max_length=300,
        error_messages={
            "required": _("Schrijf op waarom het niet meer hoeft."),
            "max_length": _("Dit heeft %(show_value)s tekens. Kort het in tot %(limit_value)s."),
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)


class ColleagueForm(SentOnce):
    """Who does what for this plan, and by when."""

    manager = forms.ChoiceField(
        label=_("Welke collega?"),
        error_messages={
            "required": _("Kies een collega."),
            "invalid_choice": _("Deze collega kun je niet meer kiezen. Kies iemand anders."),
        },
    )
    task = forms.CharField(
        label=_("Wat doet deze collega?"),
        help_text=_("Bijvoorbeeld: kijkt of er leidingen liggen. Schrijf geen namen van inwoners op."),
        max_length=300,
        error_messages={
            "required": _("Schrijf op wat deze collega doet."),
            "max_length": _("Dit heeft %(show_value)s tekens. Kort het in tot %(limit_value)s."),
        },
    )
    due_on = forms.DateField(
        label=_("Uiterlijk wanneer?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Vul de dag in."),
            "invalid": _("Dit is geen datum. Schrijf bijvoorbeeld 31-12-2026."),
        },
    )

    def __init__(self, *args, managers, **kwargs):
        """managers: [(key, words), …]."""
        super().__init__(*args, auto_id="collega-%s", **kwargs)
        self.fields["manager"].choices = [("", _("Kies een collega")), *managers]
