"""What is filled in about a hand-over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall.filters import number_in

NOBODY = "niemand"
MOST = 500
MOST_TICKED = 100  # a page holds fewer
GONE = _("Deze collega kun je niet meer kiezen. Kies iemand anders.")


class LetterForm(forms.Form):
    """The sentence to the initiators, of the hand-over as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    sentence = forms.CharField(
        label=_("Zin aan de initiatiefnemers"),
        help_text=_(
            "Zeg waarom. Dit vullen we in: [vertrekt], [contactpersoon], [telefoon], [plan] en [kenmerk]."
        ),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Leg de initiatiefnemers in één zin uit waarom."),
            "max_length": _("De zin heeft %(show_value)s tekens. Kort hem in tot %(limit_value)s."),
        },
    )


class AskForm(forms.Form):
    """Which of the plans are asked for: those that would go to one colleague, or to nobody yet."""

    naar = forms.ChoiceField(label=_("Gaat naar"), required=False)

    def __init__(self, *args, groups, **kwargs):
        """groups: those of the hand-over, see views.groups_of."""
        super().__init__(*args, **kwargs)
        self.fields["naar"].choices = [("", _("iedereen")), *((one["key"], one["words"]) for one in groups)]


class ChooseForm(forms.Form):
    """Another colleague: for some plans, or for all that are shown."""

    contact = forms.ChoiceField(
        label=_("Geef ze aan"), error_messages={"required": _("Kies een collega."), "invalid_choice": GONE}
    )
    everything = forms.BooleanField(required=False)

    def __init__(self, *args, managers, **kwargs):
        """managers: [(key, words), …]."""
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [("", _("Kies een collega")), *managers]

    def ticked(self):
        """The numbers of the cases that were ticked."""
        sent = {number_in(one) for one in self.data.getlist("case")[:MOST_TICKED]}
        return sorted(sent - {None})

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("everything") and not self.ticked():
            raise forms.ValidationError(_("Vink eerst aan welke plannen je bedoelt."))
        return cleaned
