"""What people fill in about a file of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall import uploads
from townhall.submission import SentOnce

ON_SITE = {  # is it an officer who fills it in -> what the yes is called
    True: _("Dit mag op de site, als de initiatiefnemer het ook goed vindt"),
    False: _("Dit mag op de site, als de gemeente het ook goed vindt"),
}


class AttachmentForm(uploads.WithFile, SentOnce):
    """A new file about a plan."""

    upload = uploads.FileField(
        label=_("Welk bestand?"),
        help_text=_("Een foto, PDF, Word, Excel of ODT. Hoogstens 10 MB."),
    )
    words = uploads.WordsField()
    is_internal = forms.BooleanField(label=_("Alleen voor ambtenaren"), required=False)
    agrees = forms.BooleanField(
        help_text=_("Vraag eerst toestemming aan wie op de foto staat."), required=False
    )

    def __init__(self, *args, is_officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = ON_SITE[is_officer]
        if not is_officer:
            del self.fields["is_internal"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_internal") and cleaned.get("agrees"):
            self.add_error("agrees", _("Kies: alleen voor ambtenaren, of op de site."))
            uploads.ask_again(self)
        return cleaned

    def told(self):
        """What the verb `add` asks for."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}
