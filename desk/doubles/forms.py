"""What is filled in to propose that two plans go on together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

THIS, OTHER = "dit", "ander"


class MergeForm(SentOnce):
    """Which plan goes on, and why that is better for both."""

    goes_on = forms.ChoiceField(
        label=_("Welk plan gaat door?"),
        help_text=_("Het andere plan eindigt. De contactpersoon van dit plan blijft de contactpersoon."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies welk plan doorgaat."),
            "invalid_choice": _("Kies een van beide plannen."),
        },
    )
    why = forms.CharField(
        label=_("Waarom is samen beter?"),
        help_text=_(
            "Beide initiatiefnemers lezen dit. Noem geen namen, en vertel niets wat niet openbaar is."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf in één zin waarom ze beter samen verder kunnen."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args, plan, other, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goes_on"].choices = [
            (THIS, f"{plan.title} ({plan.reference})"),
            (OTHER, f"{other.title} ({other.reference})"),
        ]
