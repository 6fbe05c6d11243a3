"""What people fill in about news of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall import uploads
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

PICTURES = ".jpg,.jpeg,.png,.webp"


def text_field(**options):
    return forms.CharField(
        label=_("Wat is er te vertellen?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Schrijf eerst je nieuws."), "max_length": TOO_LONG},
        **options,
    )


class TellForm(uploads.WithFile, SentOnce):
    """A piece of news, with a picture or without."""

    use_required_attribute = False
    text = text_field(
        help_text=_("Kort en gewoon. Noem geen namen van anderen zonder dat zij dat goed vinden.")
    )
    upload = uploads.FileField(
        label=_("Een foto erbij"),
        help_text=_("Mag leeg. Een JPG, PNG of WebP van hoogstens 10 MB. Vraag eerst wie erop staat."),
        required=False,
        accept=PICTURES,
    )
    words = uploads.WordsField(
        help_text=_("Eén zin, voor wie de foto niet kan zien. Alleen nodig bij een foto.")
    )

    def told(self):
        """What the verb `tell` asks for."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class Versioned(forms.Form):
    """About news as it was read."""

    use_required_attribute = False
    warning = ""
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), _("Kijk nog eens of alles klopt en verstuur opnieuw.")
        ),
    )


class CorrectForm(Versioned):
    """Other words."""

    text = text_field(help_text=_("Lezers zien dat je het aanpaste, en wanneer."))


class HideForm(Versioned):
    """Why it goes off the site."""

    reason = forms.CharField(
        label=_("Waarom gaat dit van de site?"),
        help_text=_("De initiatiefnemers lezen dit."),
        max_length=300,
        error_messages={"required": _("Schrijf op waarom dit van de site gaat."), "max_length": TOO_LONG},
    )


class ShowForm(Versioned):
    """Nothing is asked."""


class RemoveForm(Versioned):
    """Nothing is asked, but it cannot be taken back."""

    warning = _("Het nieuws is dan echt weg, ook de foto.")
