"""What officers fill in about somebody without an account."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Ground, Organisation
from desk.manage.fields import Day
from desk.relations.forms import one_organisation
from townhall.submission import SentOnce

GROUNDS = [
    (Ground.TASK, _("Het is nodig voor ons werk voor de stad. Bijvoorbeeld: je belt iemand over een plein.")),
    (Ground.CONSENT, _("Deze persoon zei er ja op. Die mag dat altijd intrekken.")),
    (Ground.CONTRACT, _("We hebben een afspraak met deze persoon, en kunnen die anders niet nakomen.")),
]
TOO_LONG = {"max_length": _("Dit heeft %(show_value)s tekens. Kort het in tot %(limit_value)s.")}


class About(forms.Form):
    """Who somebody is, how to reach them, where that comes from and why it may be kept."""

    name = forms.CharField(
        label=_("Naam"), max_length=100, error_messages=TOO_LONG | {"required": _("Vul een naam in.")}
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages=TOO_LONG
        | {"invalid": _("Dit is geen e-mailadres. Schrijf bijvoorbeeld els@voorbeeld.nl.")},
    )
    phone = forms.CharField(label=_("Telefoon"), max_length=30, required=False, error_messages=TOO_LONG)
    organisation = forms.CharField(
        label=_("Bij welke organisatie?"),
        help_text=_("De naam of het kenmerk. Leeg als het er geen is."),
        max_length=150,
        required=False,
        error_messages=TOO_LONG,
    )
    source = forms.CharField(
        label=_("Hoe kom je aan deze gegevens?"),
        help_text=_("Bijvoorbeeld: van de website van de club. De persoon leest dit."),
        max_length=200,
        error_messages=TOO_LONG | {"required": _("Schrijf op hoe je aan deze gegevens komt.")},
    )
    ground = forms.ChoiceField(
        label=_("Waarom mogen we dit bewaren?"),
        choices=GROUNDS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Kies waarom we deze gegevens mogen bewaren.")
        ),
    )
    consented_on = Day(
        label=_("Wanneer zei deze persoon ja?"), help_text=_("Alleen bij toestemming."), required=False
    )

    def clean_organisation(self):
        text = self.cleaned_data["organisation"].strip()
        return one_organisation(text) if text else None

    def values(self):
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in About.base_fields}


class NewForm(About, SentOnce):
    """Somebody new."""


class VersionForm(forms.Form):
    """An act that asks nothing but the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def values(self):
        return dict(self.cleaned_data)


class ChangeForm(About, VersionForm):
    """Other data for somebody."""

    def values(self):
        return super().values() | {"version": self.cleaned_data["version"]}


class DayForm(VersionForm):
    """An act on a day."""

    on = Day(label=_("Wanneer?"), initial=timezone.localdate)


class LookForm(forms.Form):
    """Why somebody wants to see how to reach a person."""

    reason = forms.CharField(
        label=_("Waarom wil je dit zien?"),
        help_text=_("We bewaren dat jij keek, en waarom. Schreef je deze persoon zelf op? Dan mag dit leeg."),
        max_length=300,
        required=False,
        error_messages=TOO_LONG,
    )


def initial_of(person):
    """What the form of a person begins with."""
    known = {name: getattr(person, name) for name in About.base_fields}
    organisation = person.organisation
    return known | {"organisation": name_of(organisation) if organisation else "", "version": person.version}


def name_of(organisation):
    """What finds this organisation again: its name, or its key where two have that name."""
    same = Organisation.objects.unmerged().filter(name__iexact=organisation.name)
    return organisation.name if same.count() == 1 else organisation.key
