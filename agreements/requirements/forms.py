"""What officers write down as a demand and answer about one, and what initiators ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.requirements.models import WORDING, Outcome, Requirement
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce, TokenField

AGAIN = _("Kijk nog eens of alles klopt en verstuur opnieuw.")


def rows(number):
    return forms.Textarea(attrs={"rows": number})


class VersionField(forms.IntegerField):
    """The version of the demand that was on the page."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(
            min_value=1, error_messages=dict.fromkeys(("required", "invalid", "min_value"), AGAIN)
        )


class WordingForm(forms.ModelForm):
    """A demand in an officer's own words; new with a token, else with the version that was shown."""

    class Meta:
        model = Requirement
        fields = ["text", "why", "basis", "basis_text", "is_hard", "help"]
        widgets = {"text": rows(3), "why": rows(4), "basis": forms.RadioSelect, "help": rows(4)}
        help_texts = {
            "text": _("Schrijf aan de initiatiefnemer, in één of twee zinnen. Noem geen namen van mensen."),
            "why": _("Wat gaat er mis als dit er niet is?"),
            "basis_text": _("Bijvoorbeeld: Omgevingswet, of een nota van de raad. Leeg als er geen is."),
            "is_hard": _("Alleen als de wet of het beleid dit vraagt."),
            "help": _("Een eis zonder hulp of andere weg bestaat hier niet."),
        }
        error_messages = {
            "text": {"required": _("Schrijf wat je vraagt."), "max_length": TOO_LONG},
            "why": {"required": _("Schrijf waarom dit nodig is."), "max_length": TOO_LONG},
            "basis": {"required": _("Kies waar de eis op steunt.")},
            "basis_text": {"max_length": TOO_LONG},
            "help": {
                "required": _("Schrijf wat de gemeente doet om te helpen, of wat er ook kan."),
                "max_length": TOO_LONG,
            },
        }

    def __init__(self, data=None, *, requirement=None, initial=None):
        """requirement: the one that is corrected; initial: what a new one begins with."""
        if requirement:
            initial = {name: getattr(requirement, name) for name in WORDING}
            initial["version"] = requirement.version
        super().__init__(data, initial=initial)
        self.fields["basis"].choices = self.fields["basis"].choices[-3:]  # without the empty one
        if requirement:
            self.fields["version"] = VersionField()
        else:
            self.fields["token"] = TokenField()

    def clean(self):
        cleaned = super().clean()
        if "token" in self.fields and not self.cleaned_data.get("token"):
            raise forms.ValidationError(_("Verstuur het formulier nog een keer."))
        return cleaned

    def values(self):
        """What the verb takes, without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class ActForm(forms.Form):
    """What is asked before something is done with a demand."""

    version = VersionField()

    def __init__(self, data=None, *, requirement):
        super().__init__(data, initial={"version": requirement.version})

    def values(self):
        """What the verb takes."""
        return self.cleaned_data


class DropForm(ActForm):
    """Why a demand is no longer made."""

    reason = forms.CharField(
        label=_("Waarom vervalt de eis?"),
        help_text=_("De initiatiefnemer leest dit."),
        widget=rows(3),
        max_length=1500,
        error_messages={
            "required": _("Schrijf in één zin waarom de eis vervalt."),
            "max_length": TOO_LONG,
        },
    )


class AnswerForm(ActForm):
    """The answer to “Is dit echt nodig?”, and what it means for the demand."""

    outcome = forms.ChoiceField(
        label=_("Wat is de uitkomst?"),
        choices=[(one.value, one.label.capitalize()) for one in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat de uitkomst is.")},
    )
    answer = forms.CharField(
        label=_("Leg je antwoord uit"),
        help_text=_("De initiatiefnemer leest dit. Blijft de eis? Zeg dan wat er gebeurt zonder."),
        widget=rows(5),
        max_length=1500,
        error_messages={"required": _("Leg je antwoord uit."), "max_length": TOO_LONG},
    )
    text = forms.CharField(
        label=_("Hoe luidt de eis nu?"),
        help_text=_("Alleen nodig als de eis lichter wordt."),
        widget=rows(3),
        max_length=1000,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    is_hard = forms.BooleanField(label=_("Het blijft een harde eis"), required=False)

    def __init__(self, data=None, *, requirement):
        super().__init__(data, requirement=requirement)
        self.initial |= {"text": requirement.text, "is_hard": requirement.is_hard}
        if not requirement.is_hard:
            del self.fields["is_hard"]

    def values(self):
        told = dict(self.cleaned_data)
        if told["outcome"] != Outcome.SOFTENED:
            told |= {"text": "", "is_hard": None}
        return told


class QuestionForm(SentOnce):
    """“Is dit echt nodig?”"""

    version = VersionField()
    text = forms.CharField(
        label=_("Waarom vraag je dit?"),
        help_text=_("Bijvoorbeeld: het is te duur, of je denkt dat het ook anders kan."),
        widget=rows(3),
        max_length=1000,
        error_messages={"required": _("Schrijf waarom je dit vraagt."), "max_length": TOO_LONG},
    )

    def __init__(self, data=None, *, requirement):
        super().__init__(data, initial={"version": requirement.version}, auto_id=f"{requirement.key}-%s")

    def values(self):
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in ("text", "version")}
