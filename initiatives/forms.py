"""What initiators write."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.models import District
from funding import asked
from funding.found import offers, untold
from funding.models import NeedKind
from initiatives.models import Initiative
from townhall.submission import SentOnce

TITLE = {
    "label": _("Hoe heet je plan?"),
    "max_length": 150,
    "error_messages": {
        "required": _("Geef je plan een naam. Je kunt die later veranderen."),
        "max_length": _("Houd de naam korter dan %(limit_value)s tekens."),
    },
}
STORY = {
    "label": _("Wat wil je doen?"),
    "help_text": _("Een paar zinnen is genoeg. Schrijf geen namen of adressen van anderen op."),
    "max_length": 10_000,
    "error_messages": {
        "required": _("Vertel in een paar zinnen wat je wilt doen."),
        "max_length": _("Je verhaal heeft %(show_value)s tekens. Kort het in tot %(limit_value)s."),
    },
}
DISTRICT = {
    "label": _("In welke wijk of welk dorp?"),
    "to_field_name": "slug",
    "required": False,
    "empty_label": _("Weet ik nog niet, of overal"),
    "error_messages": {"invalid_choice": _("Deze wijk kennen we niet. Kies een wijk uit de lijst.")},
}

SIGNED_OUT = _(
    "Je bent niet meer ingelogd. Vul je e-mailadres in, dan krijg je een code. Wat je schreef, staat er nog."
)


class RegisterForm(SentOnce):
    """Three things: a name, a story, and a way to reach you. What the wegwijzer knows comes along unseen."""

    title = forms.CharField(**TITLE)
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 7}), **STORY)
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_(
            "We sturen je een code. Zo weten we dat dit adres van jou is. Alleen de gemeente ziet je adres."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=254,
        error_messages={
            "required": _("Vul je e-mailadres in. Dan kunnen we je antwoorden."),
            "invalid": _("Dit is geen e-mailadres. Een adres ziet eruit als naam@voorbeeld.nl."),
        },
    )
    district = forms.ModelChoiceField(District.objects.all(), widget=forms.HiddenInput, **DISTRICT)
    needs = forms.MultipleChoiceField(
        choices=NeedKind.choices, required=False, widget=forms.MultipleHiddenInput
    )
    amount = forms.DecimalField(
        required=False, min_value=0, max_digits=11, decimal_places=2, localize=True, widget=forms.HiddenInput
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            del self.fields["email"]
        elif self.is_bound and "email" not in self.data:  # sent from a page of who was signed in
            self.fields["email"].error_messages["required"] = SIGNED_OUT

    def plan(self):
        """What the verb `register` asks for."""
        return {name: self.cleaned_data[name] for name in ("title", "story", "district", "needs", "amount")}


class PlanForm(forms.Form):
    """The initiator's own words; `version` is that of the plan as it was shown."""

    title = forms.CharField(**TITLE)
    summary = forms.CharField(
        label=_("Je plan in één zin"),
        required=False,
        max_length=300,
        help_text=_("Voor wie weinig tijd heeft."),
    )
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 9}), **STORY)
    offered = forms.CharField(
        label=_("Wat kun je zelf inbrengen?"),
        help_text=_("Bijvoorbeeld mensen, tijd, spullen of kennis."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked = forms.CharField(
        label=_("Wat heb je nodig, en wat juist niet?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.MultipleChoiceField(
        label=_("Waar vraag je om?"),
        choices=NeedKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” kennen we niet. Kies uit de lijst.")},
    )
    amount = forms.DecimalField(
        label=_("Hoeveel geld heb je nog nodig?"),
        help_text=_("In euro’s. Weet je het niet? Laat het leeg."),
        required=False,
        min_value=0,
        max_digits=11,
        decimal_places=2,
        localize=True,
        error_messages={"invalid": _("Schrijf een bedrag in cijfers, bijvoorbeeld 1500.")},
    )
    district = forms.ModelChoiceField(District.objects.all(), **DISTRICT)
    place = forms.CharField(label=_("Welke plek?"), required=False, max_length=200)
    submitted_by = forms.ChoiceField(label=_("Van wie is het plan?"), choices=Initiative.By.choices)
    wants_public = forms.BooleanField(
        label=_("Mijn plan mag op de site staan"),
        help_text=_(
            "Alleen je plan, niet je naam. Een ambtenaar kijkt er eerst naar. Je kunt dit later veranderen."
        ),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data=None, **kwargs):
        if data and data.get("found_amount") and not data.get("amount"):  # an offer that was ticked
            data = data.copy()
            data["amount"] = data["found_amount"]
        super().__init__(data, **kwargs)

    @classmethod
    def of(cls, plan):
        """The form as the plan is now."""
        needs = list(plan.needs.all())
        own = (
            "title",
            "summary",
            "story",
            "offered",
            "asked",
            "place",
            "submitted_by",
            "wants_public",
            "version",
        )
        return cls(
            initial={name: getattr(plan, name) for name in own}
            | {
                "district": plan.district.slug if plan.district else "",
                "needs": [need.kind for need in needs],
                "amount": next((need.amount for need in needs if need.amount is not None), None),
            }
        )

    @cached_property
    def found(self):
        """What words without a fault ask for that is not ticked below: offered, never filled in."""
        title, story = ("" if field.errors else field.value() or "" for field in self.needed)
        read = asked.read(title, story)
        found = offers(read.needs, read.amount, read.quotes)
        return untold(found, self["needs"].value() or (), self["amount"].value())

    @property
    def needed(self):
        """What no plan can do without."""
        return [self["title"], self["story"]]

    @property
    def more(self):
        """What may be told, and may be left out."""
        return [
            field for field in self.visible_fields() if field.name not in ("title", "story", "wants_public")
        ]

    @property
    def tells_more(self):
        """True when something of that was filled in, or is wrong."""
        usual = {"submitted_by": Initiative.By.PERSON}
        return any(
            field.errors or field.value() not in (usual.get(field.name), None, "", []) for field in self.more
        )

    def changes(self):
        """What the verb `edit` asks for."""
        return dict(self.cleaned_data)

    def says_else(self, plan):
        """True when other words were sent than the plan has now, or words that can't be kept."""
        own = ("title", "summary", "story", "offered", "asked", "place")
        if not self.is_valid():
            return any(self.data.get(name) for name in own)
        return any(self.cleaned_data[name] != getattr(plan, name) for name in own)
