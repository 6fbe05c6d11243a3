"""What an initiator says about a plan that is under way."""

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall.submission import SentOnce


class MessageForm(SentOnce):
    """A message to the contact."""

    text = forms.CharField(
        label=_("Je bericht"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Schrijf eerst je bericht."),
            "max_length": _("Je bericht heeft %(show_value)s tekens. Kort het in tot %(limit_value)s."),
        },
    )


class StepForm(forms.Form):
    """Why the plan pauses, stops or goes on."""

    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Eén zin is genoeg. Je contactpersoon leest dit."),
        max_length=300,
        error_messages={"required": _("Schrijf in één zin waarom.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, needs_reason, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
