"""The ways to pay as a file."""

from django.utils.translation import gettext_lazy as _

from funding.models import CONSIDERATIONS, FinancingForm
from townhall.sheets import Column, Sheet

FORMS = Sheet(
    "manieren-om-te-betalen",
    FinancingForm,
    [
        Column(_("Kenmerk"), "key"),
        Column(_("Volgorde"), "order"),
        Column(_("Naam"), "name"),
        Column(_("In één zin"), "meaning"),
        Column(_("Uitleg"), "explanation"),
        Column(_("Wat de gemeente doet"), "municipal_role"),
        Column(_("Wat het oplevert"), "effect"),
        Column(_("Voorbeeld"), "example"),
        *(Column(question, f"considerations.{code}") for code, question in CONSIDERATIONS.items()),
    ],
    left_out={"slug": "its name in addresses"},
)
