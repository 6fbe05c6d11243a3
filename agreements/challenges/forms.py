"""What each side fills in about a task that residents want to take over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.challenges.models import FACTS, INITIATOR, Challenge
from contacts.models import AccountManager
from townhall.posting import TOO_LONG


class VersionField(forms.IntegerField):
    """The version of the facts that were on the page; 0 while there were none."""

    widget = forms.HiddenInput

    def __init__(self):
        again = _("Kijk nog eens of alles klopt en verstuur opnieuw.")
        super().__init__(
            min_value=0, error_messages=dict.fromkeys(("required", "invalid", "min_value"), again)
        )


def words(name, rows):
    """A text of the model, that may stay empty for now."""
    most = Challenge._meta.get_field(name).max_length
    fact = FACTS[name]
    return forms.CharField(
        label=fact.title, help_text=fact.hint, required=False, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"max_length": TOO_LONG},
    )  # fmt: skip


class InitiatorForm(forms.Form):
    """What the initiator knows."""

    task = words("task", 4)
    approach = words("approach", 6)
    result = words("result", 4)
    version = VersionField()

    def values(self):
        """What the verb takes."""
        return dict(self.cleaned_data)


class TownForm(forms.Form):
    """What the municipality knows."""

    budget = forms.DecimalField(
        label=FACTS["budget"].title,
        help_text=_("In euro per jaar. Leeg als het niet bekend is."),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        error_messages={
            "invalid": _("Schrijf een getal, zoals 1250 of 1250,50."),
            "min_value": _("Een bedrag is nul of meer."),
            "max_digits": _("Dit bedrag is te groot. Klopt het?"),
            "max_whole_digits": _("Dit bedrag is te groot. Klopt het?"),
            "max_decimal_places": _("Schrijf hoogstens twee cijfers achter de komma."),
        },
    )
    budget_note = forms.CharField(
        label=_("Uitleg bij het geld"),
        help_text=_("Bijvoorbeeld: waar het bedrag vandaan komt, of waarom het niet bekend is."),
        required=False,
        max_length=300,
        error_messages={"max_length": TOO_LONG},
    )
    manager = forms.ChoiceField(
        label=FACTS["manager"].title,
        help_text=FACTS["manager"].hint,
        required=False,
        error_messages={"invalid_choice": _("Deze collega kun je niet meer kiezen. Kies iemand anders.")},
    )
    version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = AccountManager.objects.employed().filter(is_front_desk=False).order_by("function", "key")
        known = here.values_list("key", "function")
        self.fields["manager"].choices = [("", _("Nog niet bekend")), *known]

    def values(self):
        """What the verb takes."""
        told = dict(self.cleaned_data)
        told["manager"] = AccountManager.objects.filter(key=told["manager"] or None).first()
        return told


def form_of(side, challenge, data=None):
    """The form of one side, with what is stored now."""
    kind = InitiatorForm if side == INITIATOR else TownForm
    stored = {name: getattr(challenge, name) for name in kind.base_fields}
    if challenge.manager_id and "manager" in stored:
        stored["manager"] = challenge.manager.key
    return kind(data, initial=stored)
