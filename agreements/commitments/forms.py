"""What people fill in about a promise."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.commitments.models import Commitment, PromisedTo
from contacts.models import AccountManager, Department, Organisation
from funding.models import NeedKind
from townhall import uploads
from townhall.posting import TOO_LONG, put_on
from townhall.submission import SentOnce

MODELS = {"manager": AccountManager, "department": Department, "organisation": Organisation}


class Day(forms.DateField):
    """A day, as browsers send it or as people write it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": _("Dit is geen datum. Schrijf bijvoorbeeld 31-12-2026."),
        "required": _("Vul een dag in."),
    }


class Words(forms.CharField):
    """A few sentences; the most a column holds."""

    def __init__(self, *, like="", rows=3, required="", **kwargs):
        """like: the column of a promise it is for; required: what is said when it is empty."""
        most = kwargs.pop("max_length", None) or Commitment._meta.get_field(like).max_length
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        kwargs["error_messages"] = {"required": required, "max_length": TOO_LONG}
        super().__init__(max_length=most, required=bool(required), **kwargs)


def amount(label, **kwargs):
    """A number with at most two decimals."""
    errors = {
        "invalid": _("Schrijf een getal, zoals 40 of 12,5."),
        "min_value": _("Dit is nul of meer."),
        "max_digits": _("Dit getal is te groot."),
        "max_decimal_places": _("Schrijf hoogstens twee cijfers achter de komma."),
        "max_whole_digits": _("Dit getal is te groot."),
    }
    return forms.DecimalField(
        label=label, min_value=0, decimal_places=2, required=False, localize=True,
        error_messages=errors, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs,
    )  # fmt: skip


class PromiseForm(SentOnce):
    """A new promise. Who promises is asked of officers; an initiator promises for themselves."""

    promiser = forms.ChoiceField(
        label=_("Wie belooft het?"),
        help_text=_("Belooft een partner iets die hier niet staat? Koppel die eerst aan het plan."),
        error_messages={
            "required": _("Kies wie dit belooft."),
            "invalid_choice": _("Deze keuze kan niet meer. Kies opnieuw."),
        },
    )
    text = Words(
        label=_("Wat is er beloofd?"),
        help_text=_(
            "In één gewone zin, zoals: we planten 40 struiken op het plein. Noem geen namen van mensen."
        ),
        like="text",
        rows=2,
        required=_("Schrijf op wat er is beloofd."),
    )
    due_on = Day(label=_("Uiterlijk wanneer?"), help_text=_("Een werkdag, zodat iemand het kan nakijken."))
    to = forms.ChoiceField(
        label=_("Aan wie?"), error_messages={"invalid_choice": _("Deze keuze kan niet meer. Kies opnieuw.")}
    )
    occasion = Words(
        label=_("Waar is dit beloofd? (mag leeg)"),
        help_text=_("Zoals: in een gesprek, op de buurtavond, in de raad."),
        like="occasion",
        rows=1,
    )
    promised_on = Day(label=_("Wanneer is dit beloofd?"), initial=timezone.localdate)
    quantity = amount(_("Hoeveel?"), help_text=_("Zoals 40."), max_digits=10)
    unit_name = Words(label=_("Waarvan?"), help_text=_("Zoals planten of uren."), like="unit_name", rows=1)
    value = amount(_("Wat is dat waard in euro? (mag leeg)"), max_digits=12)
    need = forms.ChoiceField(
        label=_("Welke vraag van het plan helpt dit?"),
        choices=[("", _("Geen vraag in het bijzonder")), *NeedKind.choices],
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("Iedereen mag deze toezegging zien"),
        help_text=_(
            "De toezegging staat bij het plan zodra dat op de site staat. Ook als de dag voorbij is."
        ),
        initial=True,
        required=False,
    )
    WHAT = ("promiser", "text", "due_on", "to")
    MORE = ("occasion", "promised_on")
    CONTRIBUTION = ("quantity", "unit_name", "value", "need")

    def __init__(self, *args, plan, is_officer, partners, departments, **kwargs):
        super().__init__(*args, auto_id="promise-%s", **kwargs)
        others = [(f"organisation:{one.key}", one.name) for one in partners]
        receivers = [(to.value, to.label.capitalize()) for to in RECEIVERS[is_officer]]
        self.fields["to"].choices = [*receivers, *others]
        if not is_officer:
            del self.fields["promiser"]
            return
        contact = (f"manager:{plan.contact.key}", _("Het contact: %(who)s") % {"who": plan.contact.function})
        units = [
            (f"department:{one.key}", _("Afdeling %(name)s") % {"name": one.name}) for one in departments
        ]
        named = [(value, _("Partner: %(name)s") % {"name": name}) for value, name in others]
        self.fields["promiser"].choices = [contact, *units, *named]

    def part(self, names):
        """These fields, as the page draws them."""
        return [self[name] for name in names if name in self.fields]

    @property
    def what(self):
        return self.part(self.WHAT)

    @property
    def more(self):
        return self.part(self.MORE)

    @property
    def contribution(self):
        return self.part(self.CONTRIBUTION)

    @property
    def is_more_open(self):
        """True when something went wrong, or stands, in what is folded away."""
        return any(self.errors.get(name) or self.data.get(name) for name in (*self.MORE, *self.CONTRIBUTION))

    def promised(self):
        """The promise as the verb takes it."""
        told = self.cleaned_data
        kept = ("text", "due_on", "occasion", "promised_on", "quantity", "unit_name", "value", "need")
        fields = {name: told[name] for name in (*kept, "is_public")}
        to, _colon, key = told["to"].partition(":")
        fields |= {"promised_to": to}
        if key:
            fields["to_organisation"] = Organisation.objects.get(key=key)
        if "promiser" in told:
            kind, _colon, key = told["promiser"].partition(":")
            fields[kind] = MODELS[kind].objects.get(key=key)
        return fields


RECEIVERS = {  # is it an officer who fills it in -> to whom the promise can be
    True: [PromisedTo.INITIATORS, PromisedTo.COUNCIL, PromisedTo.MUNICIPALITY],
    False: [PromisedTo.MUNICIPALITY, PromisedTo.COUNCIL],
}
WRONG = {  # name in a refusal of the verb -> field of the form
    "manager": "promiser",
    "department": "promiser",
    "organisation": "promiser",
    "to_organisation": "to",
    "promised_to": "to",
}


class ActForm(forms.Form):
    """Something about a promise as it was shown."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), _("Kijk nog eens of alles klopt en verstuur opnieuw.")
        ),
    )

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = commitment.version

    def put_on(self, commitment):
        """What was typed is now to be sent on top of the promise as it is stored."""
        put_on(self, commitment.version)
        uploads.ask_again(self)


class KeepForm(uploads.WithFile, ActForm):
    """It was kept; a picture or PDF may show it."""

    on = Day(label=_("Wanneer is het gedaan?"), initial=timezone.localdate)
    evidence = Words(
        label=_("Waaraan zie je dat?"),
        help_text=_("Zoals: de 40 struiken staan er, de hovenier plantte ze. Noem geen namen van mensen."),
        like="evidence",
        required=_("Schrijf op waaraan je ziet dat het is gedaan."),
    )
    upload = uploads.FileField(
        label=_("Foto of PDF"),
        help_text=_(
            "Wie de toezegging ziet, ziet ook dit bestand. Vraag eerst toestemming aan wie erop staat. "
            "Hoogstens 10 MB."
        ),
        required=False,
        accept=uploads.PICTURES_AND_PDF,
    )
    words = uploads.WordsField()

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, commitment=commitment, **kwargs)
        if commitment.side == "initiator":
            self.fields["upload"].help_text = _(
                "Jij en de gemeente zien dit bestand. Op de site komt het als de gemeente het goed vindt. "
                "Vraag eerst toestemming aan wie erop staat. Hoogstens 10 MB."
            )


class ShiftForm(ActForm):
    """It will be later."""

    to_day = Day(label=_("Wanneer dan wel?"))
    reason = Words(
        label=_("Waarom verschuift het?"),
        help_text=_("Iedereen die de toezegging ziet, leest dit. Noem geen namen van mensen."),
        max_length=300,
        required=_("Schrijf op waarom de dag verschuift."),
    )


class DropForm(ActForm):
    """It will not be."""

    reason = Words(
        label=_("Waarom vervalt het?"),
        help_text=_("Iedereen die de toezegging ziet, leest dit. Zeg ook wat wel kan."),
        like="closing_reason",
        required=_("Schrijf op waarom dit vervalt."),
    )


class CorrectForm(ActForm):
    """Other words, the same promise."""

    text = Words(
        label=_("Wat is er beloofd?"),
        help_text=_("Noem geen namen van mensen. De ander hoort dit, en kan lezen wat er eerst stond."),
        like="text",
        rows=2,
        required=_("Schrijf op wat er is beloofd."),
    )
    occasion = Words(label=_("Waar is dit beloofd? (mag leeg)"), like="occasion", rows=1)

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, commitment=commitment, **kwargs)
        for name in ("text", "occasion"):
            self.fields[name].initial = getattr(commitment, name)
