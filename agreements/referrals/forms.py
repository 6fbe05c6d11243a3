"""What a receiver answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.referrals.models import BEFORE, Answer
from townhall.posting import TOO_LONG

SAYS = {
    Answer.RECEIVED: _("We hebben het ontvangen en kijken ernaar"),
    Answer.TAKES_ON: _("Wij pakken het op"),
    Answer.DECLINES: _("Het past niet bij ons"),
}


class AnswerForm(forms.Form):
    """What the receiver does with the plan, and a word to the initiator."""

    choice = forms.ChoiceField(
        label=_("Wat doen jullie met dit plan?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat jullie doen."),
            "invalid_choice": _("Dit kun je niet meer kiezen. Kies uit de lijst."),
        },
    )
    note = forms.CharField(
        label=_("Wil je er iets bij schrijven?"),
        help_text=_(
            "De initiatiefnemer en de gemeente lezen dit. Bijvoorbeeld: wie er belt, of wie het wel doet."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        ready = [(code, words) for code, words in SAYS.items() if referral.answer in BEFORE[code]]
        self.fields["choice"].choices = ready
