"""What officers fill in."""

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from desk.models import only_known_blanks
from initiatives import verbs
from townhall.submission import SentOnce

SENTENCE = {
    "label": _("Bericht aan de initiatiefnemer"),
    "max_length": 2000,
    "validators": [only_known_blanks],
    "error_messages": {
        "required": _("Schrijf een zin aan de initiatiefnemer."),
        "max_length": _("Je bericht heeft %(show_value)s tekens. Kort het in tot %(limit_value)s."),
    },
}
GONE = _("“%(value)s” is geen voorstel meer: de wegwijzer keek opnieuw. Kijk wat er nu staat.")
JUDGED = _("Al beoordeeld: “%(title)s”. %(words)s.")
OTHER = "anders"
WHY_NOT = {  # code -> the reason as it is kept
    "onderwerp": _("Gaat over iets anders"),
    "plek": _("Geldt hier niet"),
    "rol": _("Past niet bij wat de gemeente hier doet"),
    "al": _("Is al geregeld"),
}


def rows(number):
    return forms.Textarea(attrs={"rows": number})


class Versioned(forms.Form):
    """A form about a plan as it was shown: its version, and the last thing that had happened to it."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), _("Kijk nog eens of alles klopt en verstuur opnieuw.")
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class TriageForm(Versioned):
    """Everything about a new plan at once. Its parts are drawn beside the suggestions they are about."""

    goal = forms.MultipleChoiceField(label=_("Doelen"), required=False)
    organisation = forms.MultipleChoiceField(label=_("Partners"), required=False)
    similar = forms.MultipleChoiceField(label=_("Plannen die erop lijken"), required=False)
    form = forms.MultipleChoiceField(label=_("Manieren om te betalen"), required=False)
    contact = forms.ChoiceField(
        label=_("Contactpersoon"),
        error_messages={
            "required": _("Kies een contactpersoon."),
            "invalid_choice": _("Deze contactpersoon kun je niet meer kiezen. Kies iemand anders."),
        },
    )
    other = forms.ChoiceField(
        label=_("Welke collega?"),
        required=False,
        error_messages={
            "invalid_choice": _("Deze contactpersoon kun je niet meer kiezen. Kies iemand anders.")
        },
    )
    although = forms.CharField(
        label=_("Waarom deze collega?"),
        help_text=_("Alleen nodig als die geen ruimte heeft of afwezig is. Alleen collega’s lezen dit."),
        required=False,
        max_length=300,
    )
    sentence = forms.CharField(
        widget=rows(6),
        help_text=_("[contactpersoon] wordt vanzelf de collega die je kiest."),
        **SENTENCE,
    )
    release = forms.BooleanField(label=_("Zet het plan op de site"), required=False)
    PICKED = ("goal", "organisation", "similar", "form")

    def __init__(self, *args, suggested, proposed, managers, judged=(), **kwargs):
        """suggested: {target: [key, …]}; proposed: keys of contacts; managers: [(key, words), …].

        judged: [Item, …] of what somebody judged already, which an older page still offers.
        """
        super().__init__(*args, auto_id="%s", **kwargs)  # errors lead to the part of the page of that name
        self.judged = {(one.target, one.key): one for one in judged}
        for target in self.PICKED:
            known = [*suggested.get(target, ()), *(key for name, key in self.judged if name == target)]
            self.fields[target].choices = [(key, key) for key in known]
            self.fields[target].error_messages = {"invalid_choice": GONE}
        self.fields["contact"].choices = [*[(key, key) for key in proposed], (OTHER, OTHER)]
        self.fields["other"].choices = [("", _("Kies een collega")), *managers]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("contact") == OTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Kies een collega."))
        for target in self.PICKED:
            self.pass_over_judged(target, cleaned.get(target, ()))
        return cleaned

    def pass_over_judged(self, target, keys):
        """What somebody said yes to needs no second yes; that they said no is told."""
        known = [one for key in keys if (one := self.judged.get((target, key)))]
        self.cleaned_data[target] = [key for key in keys if (target, key) not in self.judged]
        for one in known:
            if not one.is_yes:
                self.add_error(target, JUDGED % {"title": one.title, "words": one.words})

    def passed_over(self):
        """What is wrong with what was ticked, in words: it stands far above what is filled in."""
        return " ".join(words for target in self.PICKED for words in self.errors.get(target, ()))

    @classmethod
    def so_far(cls, data):
        """What was filled in of this form, as the values it begins with; nothing of it is checked."""
        picked = {target: data.getlist(target) for target in cls.PICKED}
        written = {name: data.get(name, "") for name in cls.base_fields if name not in cls.PICKED}
        return picked | written

    def ticked(self):
        """{target: {key, …}} of what is ticked now; None where nobody ticked anything yet."""
        ticked = {target: self[target].value() for target in self.PICKED}
        return None if None in ticked.values() else {target: set(keys) for target, keys in ticked.items()}

    def chosen(self):
        """{target: [key, …]} of what was ticked."""
        return {target: self.cleaned_data[target] for target in self.PICKED}

    def contact_key(self):
        contact = self.cleaned_data["contact"]
        return self.cleaned_data["other"] if contact == OTHER else contact


class AssignForm(Versioned):
    """Another contact for a plan that has one."""

    contact = forms.ChoiceField(
        label=_("Nieuwe contactpersoon"),
        error_messages={
            "required": _("Kies een contactpersoon."),
            "invalid_choice": _("Deze contactpersoon kun je niet meer kiezen. Kies iemand anders."),
        },
    )
    told = forms.CharField(
        label=_("Waarom iemand anders?"),
        help_text=_("De initiatiefnemer leest dit."),
        max_length=300,
        error_messages={"required": _("Leg de initiatiefnemer in één zin uit waarom.")},
    )
    although = forms.CharField(
        label=_("Waarom juist deze collega?"),
        help_text=_("Alleen nodig als die geen ruimte heeft of afwezig is. Alleen collega’s lezen dit."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args, managers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [("", _("Kies een collega")), *managers]


class StepForm(Versioned):
    """The next state of a plan, with a sentence to the initiator."""

    sentence = forms.CharField(widget=rows(5), **SENTENCE)

    def __init__(self, *args, verb, **kwargs):
        super().__init__(*args, auto_id=f"{verb}-%s", **kwargs)
        self.fields["sentence"].required = verb in verbs.NEEDS_REASON


class RejectForm(forms.Form):
    """Why a suggestion does not fit: one of a few reasons, or own words.

    Each has names of its own, so that many of them can stand in the form of a new plan.
    """

    why = forms.ChoiceField(label=_("Waarom past het niet?"), choices=WHY_NOT.items())
    reason = forms.CharField(label=_("Of in je eigen woorden"), max_length=300, required=False)

    def __init__(self, *args, slug, key, form="", **kwargs):
        """slug and key: of what does not fit; form: the one its fields belong to, if they stand in none."""
        super().__init__(*args, prefix=f"nee-{slug}-{slugify(key)}", auto_id="%s", **kwargs)
        for field in self.fields.values() if form else ():
            field.widget.attrs["form"] = form

    def words(self):
        """The reason in words; empty when none was given."""
        if not self.is_valid():
            return ""
        return self.cleaned_data["reason"] or str(WHY_NOT[self.cleaned_data["why"]])


class MessageForm(SentOnce):
    """A message to the initiator."""

    text = forms.CharField(
        label=_("Je bericht"),
        max_length=4000,
        widget=rows(4),
        error_messages={
            "required": _("Schrijf eerst je bericht."),
            "max_length": _("Je bericht heeft %(show_value)s tekens. Kort het in tot %(limit_value)s."),
        },
    )


class MomentForm(SentOnce):
    """A contact outside the site."""

    HOW = [
        ("telefoon", _("Gebeld")),
        ("bezoek", _("Op bezoek geweest")),
        ("loket", _("Gesproken aan het loket")),
        ("mail", _("Gemaild")),
        ("anders", _("Anders")),
    ]

    how = forms.ChoiceField(label=_("Hoe?"), choices=HOW)
    on = forms.DateField(
        label=_("Wanneer?"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Vul de dag in."),
            "invalid": _("Schrijf de dag zo: 21-11-2026."),
        },
    )
    note = forms.CharField(
        label=_("Waar ging het over?"),
        help_text=_("Schrijf alleen op wat nodig is voor het plan."),
        widget=rows(3),
        max_length=2000,
        error_messages={"required": _("Schrijf kort op waar het over ging.")},
    )


class LookForm(forms.Form):
    """Why somebody who is not the contact wants to see who is behind a plan."""

    reason = forms.CharField(
        label=_("Waarom wil je dit zien?"),
        help_text=_("De initiatiefnemer ziet dat jij keek, en waarom."),
        max_length=300,
        required=False,
    )


class SaveFilterForm(forms.Form):
    """A name for what is asked now."""

    name = forms.CharField(
        label=_("Bewaar deze filters als"),
        max_length=60,
        error_messages={"required": _("Geef het filter een naam.")},
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
