"""The library of usual demands, as managers keep it up to date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import StandardRequirement
from agreements.requirements import verbs
from agreements.requirements.models import Basis
from desk.manage.fields import UNKNOWN, Kept, WebAddress, lines
from desk.manage.table import Mark, Noun, on_site
from funding.models import NeedKind

BASES = {Basis.LAW: _("de wet"), Basis.POLICY: _("beleid"), Basis.NONE: _("hoeft niet")}


class StandardRequirementForm(Kept):
    """A usual demand; without help it is none."""

    needs = forms.MultipleChoiceField(
        label=_("Komt vaak voor bij wie dit vraagt"),
        help_text=_("Ambtenaren zien de eis dan meteen bij zo’n plan."),
        choices=NeedKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
    )
    url = WebAddress(label=_("Meer lezen"))
    groups = [
        (_("De eis"), ["title", "text", "why", "is_hard"]),
        (_("Waar de eis op steunt"), ["basis", "basis_text", "url"]),
        (_("Hulp"), ["help"]),
        (_("Wanneer"), ["needs", "is_used"]),
    ]

    class Meta:
        model = StandardRequirement
        fields = [
            "title",
            "text",
            "why",
            "is_hard",
            "basis",
            "basis_text",
            "url",
            "help",
            "needs",
            "is_used",
        ]
        widgets = {"text": lines(3), "why": lines(4), "help": lines(4)}
        help_texts = {
            "text": _("Aan de initiatiefnemer, in één of twee zinnen."),
            "why": _("Wat gaat er mis als dit er niet is?"),
            "is_hard": _("Alleen als de wet of het beleid dit vraagt."),
            "basis_text": _("De naam van de wet of de nota. Leeg als er geen is."),
            "help": _("Een eis zonder hulp of andere weg bestaat hier niet."),
            "is_used": _("Zonder vinkje staat de eis niet meer in de bibliotheek."),
        }


def used(standard):
    """Whether it is in the library, as a mark."""
    return Mark(_("ja"), "success") if standard.is_used else Mark(_("nee"))


DEMANDS = {
    "eisen": Noun(
        many=_("Eisen die vaak voorkomen"),
        one=_("eis"),
        intro=_(
            "De bibliotheek waar collega’s uit kiezen. Bij elke eis staat wat de gemeente doet om te helpen."
        ),
        counted=(_("eis"), _("eisen")),
        new=_("Nieuwe eis"),
        first=_("Eis"),
        icon="check",
        model=StandardRequirement,
        form=StandardRequirementForm,
        records=lambda: StandardRequirement.objects.order_by("title", "key"),
        columns=[
            (_("Steunt op"), lambda standard: BASES[standard.basis]),
            (_("Harde eis"), lambda standard: _("ja") if standard.is_hard else _("nee")),
            (_("In gebruik"), used),
        ],
        search=("key", "title"),
        shows={"weg": (_("Niet in gebruik"), lambda standards: standards.filter(is_used=False))},
        create=verbs.create_standard,
        change=verbs.change_standard,
        beside=lambda standard: [on_site(standard)] if standard.is_used else [],
        stays=_("Er kunnen eisen bij plannen op steunen. Haal het vinkje bij “In gebruik” weg."),
    ),
}
