"""What the forms of managers are made of."""

from functools import partial

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from townhall.filters import SearchField, SearchForm
from townhall.submission import TokenField

UNKNOWN = _("Deze keuze is er niet meer. Kies uit de lijst.")


def lines(number):
    return forms.Textarea(attrs={"rows": number})


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class Day(forms.DateField):
    """A day, as browsers send it or as people write it."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Dit is geen datum. Schrijf bijvoorbeeld 31-12-2026."),
        "required": _("Vul een datum in."),
    }


class WebAddress(forms.URLField):
    default_error_messages = {
        "invalid": _("Dit is geen webadres. Schrijf bijvoorbeeld https://voorbeeld.nl.")
    }

    def __init__(self, **kwargs):
        super().__init__(**({"assume_scheme": "https", "required": False, "max_length": 200} | kwargs))


class OneOf(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": UNKNOWN, "required": _("Maak een keuze.")}

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, **({"empty_label": _("Nog niemand")} | kwargs))


class SomeOf(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": UNKNOWN, "invalid_pk_value": UNKNOWN}

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, required=False, **kwargs)


def whole_number(label, **kwargs):
    invalid = {"invalid": _("Schrijf een heel getal in cijfers.")}
    return forms.IntegerField(label=label, min_value=0, required=False, error_messages=invalid, **kwargs)


class AskForm(SearchForm):
    """What is asked of a list: words, and one of its shows."""

    zoek = SearchField(label=_("Zoek op naam of kenmerk"), required=False)
    toon = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, noun, **kwargs):
        super().__init__(*args, **kwargs)
        self.noun, self.shows = noun, noun.shows
        if noun.sought:
            self.fields["zoek"].label = noun.sought

    @property
    def looks(self):
        return (partial(self.noun.found, show=self.cleaned_data.get("toon", "")),)

    def clean_toon(self):
        show = self.cleaned_data["toon"]
        if show and show not in self.shows:
            raise forms.ValidationError(_("Deze lijst kennen we niet. Je ziet nu alles."))
        return show


class Kept(forms.ModelForm):
    """A form for something that is kept up to date: new with a token, else with the version that was shown.

    groups: [(heading, [fields])] in the order of the page; folded: headings of groups that few people need;
    `values()` is what the verb takes.
    """

    groups = ()
    folded = ()
    is_halfway = False  # something was filled in by a button, and is there to be looked at before it is kept

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["token"] = TokenField()
        else:
            version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=self.instance.version)
            self.fields["version"] = version

    def clean(self):
        cleaned = super().clean()
        if "token" in self.fields and not self.cleaned_data.get("token"):
            raise forms.ValidationError(_("Verstuur het formulier nog een keer."))
        return cleaned

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name not in ("token", "version")}

    def drawn(self):
        """The groups with their fields: [{heading, fields, is_folded, is_open}, …]."""
        groups = self.groups or [("", [field.name for field in self.visible_fields()])]
        return [
            {
                "heading": heading,
                "fields": [self[name] for name in names],
                "is_folded": heading in self.folded,
                "is_open": any(name in self.errors for name in names),
            }
            for heading, names in groups
        ]


class ActionForm(forms.Form):
    """What an action asks beside the version that was shown; `record` is what it is done to."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["version"].initial = record.version

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class EndForm(ActionForm):
    on = Day(label=_("Laatste dag"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
