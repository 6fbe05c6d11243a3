"""What managers fill in about who is who; everything else is up to the verbs."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Absence, AccountManager, District, Organisation, Portfolio, PortfolioHolder, Term
from desk.manage.fields import UNKNOWN, ActionForm, Day, Kept, OneOf, SomeOf, WebAddress, lines, whole_number
from goals.models import PolicyField
from townhall.telephone import only_telephone

IV3 = _("Landelijke indeling (Iv3)")


class TermForm(Kept):
    holder = OneOf(
        PortfolioHolder.objects.all(),
        label=_("Wie"),
        help_text=_("De wethouder of burgemeester."),
        empty_label=_("Kies iemand"),
    )
    portfolio = OneOf(
        Portfolio.objects.all(), label=_("Portefeuille"), empty_label=_("Kies een portefeuille")
    )
    since = Day(label=_("Vanaf"))
    until = Day(label=_("Tot en met"), help_text=_("Leeg zolang het doorloopt."), required=False)

    class Meta:
        model = Term
        fields = ["portfolio", "holder", "since", "until"]


class PortfolioForm(Kept):
    class Meta:
        model = Portfolio
        fields = ["name", "role"]
        labels = {"name": _("Naam van het onderwerp"), "role": _("Wie hierover gaat, als rol")}
        help_texts = {
            "name": _("Bijvoorbeeld: Klimaat, energie en grondstoffen."),
            "role": _("Bijvoorbeeld: Wethouder klimaat, energie en grondstoffen."),
        }


class HolderForm(Kept):
    class Meta:
        model = PortfolioHolder
        fields = ["name", "title", "party", "email"]
        labels = {"title": _("Functie")}
        help_texts = {
            "title": _("Wethouder of burgemeester."),
            "email": _("Een adres dat iedereen mag zien."),
        }


class ManagerForm(Kept):
    policy_fields = forms.MultipleChoiceField(
        label=_("Beleidsvelden"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
    )
    districts = SomeOf(District.objects.defer("outline"), label=_("Wijken en dorpen"))
    portfolios = SomeOf(Portfolio.objects.all(), label=_("Werkt voor deze portefeuilles"))
    available_from = Day(label=_("In dienst vanaf"), required=False)
    available_until = Day(
        label=_("Laatste werkdag"),
        help_text=_("Leeg zolang niemand weggaat. Na deze dag krijgt deze collega geen plannen meer."),
        required=False,
    )
    room = whole_number(
        _("Hoeveel plannen passen erbij?"), help_text=_("Leeg als er geen grens is."), max_value=1000
    )
    deputy = OneOf(
        AccountManager.objects.none(),
        label=_("Vaste vervanger"),
        help_text=_("Wie het overneemt bij afwezigheid of vertrek."),
        required=False,
    )
    groups = [
        (_("De rol"), ["function", "department", "expertise"]),
        (_("Waar en waarover"), ["works_everywhere", "districts", "portfolios"]),
        (IV3, ["policy_fields"]),
        (_("Hoe je deze collega bereikt"), ["email", "phone"]),
        (_("Wie het is"), ["name", "name_is_public"]),
        (_("Plannen en vervanging"), ["room", "deputy", "available_from", "available_until"]),
    ]
    folded = (IV3,)

    class Meta:
        model = AccountManager
        fields = [
            "function",
            "department",
            "expertise",
            "works_everywhere",
            "districts",
            "portfolios",
            "policy_fields",
            "email",
            "phone",
            "name",
            "name_is_public",
            "room",
            "deputy",
            "available_from",
            "available_until",
        ]
        labels = {
            "expertise": _("Waar inwoners hiervoor terechtkunnen"),
            "works_everywhere": _("Werkt in de hele gemeente"),
            "name_is_public": _("Iedereen mag naam en foto zien"),
            "phone": _("Werktelefoon"),
            "email": _("Werkmailbox"),
        }
        help_texts = {
            "function": _("De rol, niet de persoon: plannen blijven bij de rol als iemand weggaat."),
            "expertise": _("Gewone woorden. De wegwijzer leest dit om de goede contactpersoon te vinden."),
            "name": _("Initiatiefnemers die hier hun contactpersoon hebben, zien de naam altijd."),
            "name_is_public": _("Alleen als deze collega dat zelf wil."),
            "phone": _(
                "Alleen te zien voor initiatiefnemers en collega's. Anderen zien het algemene nummer."
            ),
            "email": _("Het adres dat iedereen mag zien. Geen eigen adres van een collega."),
        }
        widgets = {"expertise": lines(4)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(only_telephone)
        others = AccountManager.objects.employed().exclude(pk=self.instance.pk)
        now = AccountManager.objects.filter(pk=self.instance.deputy_id)
        self.fields["deputy"].queryset = others | now
        self.fields["department"].empty_label = _("Geen afdeling")
        fields = PolicyField.objects.each_code_once()
        self.fields["policy_fields"].choices = [(field.code, str(field)) for field in fields]


class AbsenceForm(Kept):
    manager = OneOf(
        AccountManager.objects.none(), label=_("Wie is er weg?"), empty_label=_("Kies een collega")
    )
    since = Day(label=_("Eerste dag"))
    until = Day(label=_("Laatste dag"), help_text=_("Leeg als je het nog niet weet."), required=False)
    deputy = OneOf(
        AccountManager.objects.none(),
        label=_("Wie neemt het over?"),
        help_text=_("Leeg: dan neemt de vaste vervanger het over."),
        required=False,
        empty_label=_("De vaste vervanger"),
    )

    class Meta:
        model = Absence
        fields = ["manager", "since", "until", "deputy"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = AccountManager.objects.filter(pk__in=[self.instance.manager_id, self.instance.deputy_id])
        for name in ("manager", "deputy"):
            self.fields[name].queryset = AccountManager.objects.employed() | known


class PartnerForm(Kept):
    districts = SomeOf(District.objects.defer("outline"), label=_("Wijken en dorpen"))

    website = WebAddress(label=_("Website"))

    class Meta:
        model = Organisation
        fields = [
            "name",
            "kind",
            "interests",
            "offers",
            "works_everywhere",
            "districts",
            "website",
            "email",
            "is_open",
            "is_subsidised",
        ]
        labels = {
            "works_everywhere": _("Werkt in de hele gemeente"),
            "is_open": _("Staat open voor samenwerking"),
            "is_subsidised": _("Krijgt subsidie van de gemeente"),
            "email": _("E-mailadres"),
        }
        help_texts = {
            "kind": _("Bijvoorbeeld: vereniging, stichting, woningcorporatie."),
            "interests": _("Waar gaan ze voor? De wegwijzer leest dit."),
            "offers": _("Wat bieden ze: mensen, kennis, ruimte, geld?"),
            "email": _("Alleen ambtenaren zien dit."),
            "is_open": _(
                "Zet dit uit als een partner stopt of even niet kan. Dan stellen we die niet meer voor."
            ),
        }
        widgets = {"interests": lines(3), "offers": lines(3)}


class ReplaceForm(ActionForm):
    """Who takes over, from when, and which other portfolios go along."""

    holder = OneOf(
        PortfolioHolder.objects.all(),
        label=_("Wie neemt het over?"),
        required=False,
        empty_label=_("Iemand die nog niet in de lijst staat"),
    )
    name = forms.CharField(
        label=_("Naam"),
        help_text=_("Alleen voor iemand die nog niet in de lijst staat."),
        max_length=100,
        required=False,
    )
    title = forms.CharField(label=_("Functie"), max_length=50, required=False)
    party = forms.CharField(label=_("Partij"), max_length=60, required=False)
    since = Day(
        label=_("Vanaf"),
        help_text=_("Vanaf deze dag is het de nieuwe. De oude termijn eindigt de dag ervoor."),
    )
    along = SomeOf(
        Term.objects.none(),
        label=_("Gaan deze portefeuilles mee?"),
        help_text=_("Deze heeft dezelfde bestuurder nu ook."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()
        self.fields["title"].initial = self.record.holder.title
        self.fields["holder"].queryset = PortfolioHolder.objects.exclude(pk=self.record.holder_id)
        others = self.record.holder.terms.exclude(pk=self.record.pk).filter(until=None)
        self.fields["along"].queryset = others.select_related("portfolio", "holder")
        self.fields["along"].label_from_instance = lambda term: term.portfolio.name
        if not others.exists():
            del self.fields["along"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("holder") and "holder" not in self.errors:
            for name, words in {
                "name": _("Kies iemand, of vul een naam in."),
                "title": _("Vul een functie in."),
            }.items():
                if not cleaned.get(name):
                    self.add_error(name, words)
        if cleaned.get("holder") and cleaned.get("name"):
            self.add_error("name", _("Kies iemand uit de lijst óf vul een naam in."))
        return cleaned

    def values(self):
        values = super().values()
        person = {name: values.pop(name) for name in ("name", "title", "party")}
        return values | {"holder": values["holder"] or PortfolioHolder(**person)}


class ConnectForm(ActionForm):
    address = forms.EmailField(
        label=_("E-mailadres waarmee deze collega inlogt"),
        help_text=_("Laat leeg om de koppeling weg te halen."),
        required=False,
        error_messages={"invalid": _("Dit is geen e-mailadres.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].initial = self.record.user.email if self.record.user else ""
