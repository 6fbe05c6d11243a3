"""What an officer fills in to refer a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation
from desk.forms import Versioned, rows
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

MOST = 300  # partners to choose from; who is further on is named by hand


def words(label, required, rows_=3, **kwargs):
    """A few sentences that cannot be missed."""
    errors = {"required": required, "max_length": TOO_LONG}
    return forms.CharField(label=label, max_length=1000, widget=rows(rows_), error_messages=errors, **kwargs)


class ReferForm(SentOnce, Versioned):
    """To whom, why, and what the initiator may expect."""

    organisation = forms.ChoiceField(
        label=_("Naar welke partner?"),
        required=False,
        error_messages={"invalid_choice": _("Deze partner kun je niet meer kiezen. Kies een andere.")},
    )
    name = forms.CharField(
        label=_("Of naar wie anders?"),
        help_text=_("De naam van een organisatie of loket, niet van een mens."),
        max_length=150,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Een adres dat iedereen mag weten. De initiatiefnemer krijgt het."),
        required=False,
        error_messages={"invalid": _("Dit is geen e-mailadres. Kijk het nog eens na.")},
    )
    phone = forms.CharField(
        label=_("Telefoon"), max_length=30, required=False, error_messages={"max_length": TOO_LONG}
    )
    why = words(_("Waarom zij?"), _("Schrijf op waarom zij erover gaan."))
    expect = words(
        _("Wat mag de initiatiefnemer verwachten?"),
        _("Schrijf op wat de initiatiefnemer mag verwachten."),
        help_text=_("Bijvoorbeeld: hoe lang het duurt, en wat ze zullen vragen."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = Organisation.objects.unmerged().order_by("name", "key").values_list("key", "name")[:MOST]
        self.fields["organisation"].choices = [("", _("Geen van deze")), *known]

    def values(self):
        """What the verb takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("token", "seen")}
        known = Organisation.objects.unmerged()
        told["organisation"] = known.filter(key=told["organisation"] or None).first()
        return told
