"""What is filled in for colleagues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager
from desk.forms import rows
from townhall.submission import SentOnce


class NoteForm(SentOnce):
    """A note, and whom it asks to look."""

    text = forms.CharField(
        label=_("Notitie"),
        help_text=_("Alleen ambtenaren lezen dit. Schrijf niets over inwoners dat niet nodig is."),
        max_length=2000,
        widget=rows(4),
        error_messages={
            "required": _("Schrijf eerst je notitie."),
            "max_length": _("Je notitie heeft %(show_value)s tekens. Kort die in tot %(limit_value)s."),
        },
    )
    mention = forms.ModelMultipleChoiceField(
        AccountManager.objects.none(),
        to_field_name="key",
        label=_("Wie moet dit lezen?"),
        help_text=_("Kies hoogstens vijf collega’s. Ze krijgen een mail en zien het bij Mijn dag."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        error_messages={
            "invalid_choice": _("Deze collega kun je niet meer kiezen. Kies iemand anders."),
            "invalid_pk_value": _("Deze collega kun je niet meer kiezen. Kies iemand anders."),
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, auto_id="notitie-%s", **kwargs)
        others = AccountManager.objects.employed().exclude(user=user).order_by("function", "key")
        self.fields["mention"].queryset = others
