"""What officers fill in about organisations and people."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import Organisation
from desk.forms import MomentForm
from desk.manage.fields import Day, SomeOf
from desk.relations.verbs import MOST
from initiatives.models import Initiative


class Organisations(forms.CharField):
    """Names or keys of organisations, one a line; its value is a list of them."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines()]
        asked = list(dict.fromkeys(filter(None, lines)))
        if len(asked) > MOST:
            raise forms.ValidationError(_("Kies er hoogstens %(most)s.") % {"most": MOST})
        return [one_organisation(text) for text in asked]


def one_organisation(text):
    """The organisation of this key or name; a ValidationError says which one may have been meant."""
    known = Organisation.objects.unmerged()
    if found := known.filter(key=text).first():
        return found
    named = list(known.filter(name__iexact=text)[:2])
    if len(named) == 1:
        return named[0]
    if named:
        words = _("Er is meer dan één organisatie die “%(name)s” heet. Schrijf het kenmerk op.")
        raise forms.ValidationError(words % {"name": text})
    alike = known.looks_like(text[:100]).first()
    words = _("“%(name)s” kennen we niet.") % {"name": text[:100]}
    hint = _(" Bedoel je %(other)s?") % {"other": alike.name} if alike else ""
    raise forms.ValidationError(words + hint)


class Plan(forms.CharField):
    """The reference of a plan; its value is the plan, or None. `user`: who may have to see it."""

    user = None

    def clean(self, value):
        text = super().clean(value).strip().upper()
        if not text:
            return None
        found = Initiative.objects.visible_to(self.user).registered().filter(reference=text).first()
        if found is None:
            raise forms.ValidationError(_("Dit plan kennen we niet. Schrijf een kenmerk als IW-2026-0042."))
        return found


class ContactForm(MomentForm):
    """A contact moment with organisations and people, about a plan or not, and what comes next."""

    organisations = Organisations(
        label=lazy("Met welke organisaties?"),
        help_text=lazy("De naam of het kenmerk. Elke organisatie op een eigen regel."),
        max_length=4000,
        required=False,
    )
    persons = SomeOf(None, label=lazy("Met wie?"))
    initiative = Plan(
        label=lazy("Over welk plan?"),
        help_text=lazy("Alleen als het over een plan ging. Het kenmerk, zoals IW-2026-0042."),
        max_length=20,
        required=False,
    )
    next_step = forms.CharField(
        label=lazy("Wat is je volgende stap?"),
        help_text=lazy("Hoeft niet. Het staat daarna bij jouw volgende stappen."),
        max_length=300,
        required=False,
    )
    next_on = Day(label=lazy("Wanneer doe je dat uiterlijk?"), required=False)
    field_order = ["how", "on", "organisations", "persons", "initiative", "note", "next_step", "next_on"]

    def __init__(self, *args, user, people, **kwargs):
        """people: those that can be chosen."""
        super().__init__(*args, auto_id="moment-%s", **kwargs)
        self.fields["initiative"].user = user
        self.fields["persons"].queryset = people
        self.fields["note"].help_text = _("Schrijf alleen op wat nodig is.")
        if not people:
            del self.fields["persons"]

    def values(self):
        """What the verb takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "token"}
        return told | {"how": str(dict(self.HOW)[told["how"]])}
