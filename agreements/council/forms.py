"""What is filled in about a question to the council."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.commitments.forms import Day
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

READ_BY = _("De griffie en de raad lezen dit. Schrijf geen namen en adressen op.")


def words(label, most, required, *, rows=3, **kwargs):
    """A text that cannot be missed, of at most so many characters."""
    errors = {"required": required, "max_length": TOO_LONG}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, error_messages=errors, **kwargs)


class AskForm(SentOnce):
    """A question, and what the council must know to answer it."""

    question = words(
        _("Wat is de vraag aan de gemeenteraad?"),
        300,
        _("Schrijf de vraag op in één zin."),
        rows=2,
        help_text=_("Eén vraag, in één of twee zinnen."),
    )
    background = words(
        _("Wat moet de raad weten om te antwoorden?"),
        2000,
        _("Schrijf op wat de raad weten moet."),
        rows=6,
        help_text=READ_BY,
    )


class StepForm(forms.Form):
    """A step of a question as it was read."""

    use_required_attribute = False
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Kijk nog eens of alles klopt en verstuur opnieuw."),
        ),
    )


class ForwardForm(StepForm):
    """To whom it goes, and when they talk about it."""

    to = forms.CharField(
        label=_("Naar wie gaat de vraag?"),
        help_text=_(
            "Bijvoorbeeld: de commissie Ruimte. Of de naam van een of meer raadsleden. De initiatiefnemer "
            "leest dit."
        ),
        max_length=150,
        error_messages={"required": _("Schrijf op naar wie de vraag gaat."), "max_length": TOO_LONG},
    )
    meets_on = Day(label=_("Wanneer bespreken zij de vraag?"))


class AnswerForm(StepForm):
    """What the council says, and how to go on."""

    answer = words(
        _("Wat is het antwoord?"),
        4000,
        _("Schrijf op wat het antwoord is."),
        rows=6,
        help_text=_("In gewone woorden, met de reden. De initiatiefnemer leest dit."),
    )
    next_step = words(
        _("Wat kan de initiatiefnemer nu doen?"),
        2000,
        _("Schrijf op wat de initiatiefnemer nu kan doen."),
        help_text=_("Ook na een nee is er een volgende stap."),
    )


class TakeBackForm(StepForm):
    """Why it is not needed any more."""

    reason = words(
        _("Waarom is de vraag niet meer nodig?"),
        1000,
        _("Schrijf op waarom de vraag niet meer nodig is."),
        help_text=_("De ander en de griffie lezen dit."),
    )
