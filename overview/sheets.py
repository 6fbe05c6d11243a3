"""The figures of the council as files: one row for the town and one for each department."""

from django.utils.translation import gettext_lazy as _

from contacts.models import Department
from townhall.sheets import Column, Sheet

DEALINGS = Sheet(
    "omgang",
    Department,
    [
        Column(_("Afdeling"), "name"),
        Column(_("Plannen waarover is gesproken (ongeveer)"), "plans"),
        Column(_("Gesproken mensen (middelste)"), "people"),
        Column(_("Eisen (ongeveer)"), "demands"),
        Column(_("Voldaan (ongeveer)"), "met"),
        Column(_("Vervallen (ongeveer)"), "dropped"),
        Column(_("Is dit echt nodig? (ongeveer)"), "questions"),
        Column(_("De eis bleef (ongeveer)"), "stays"),
        Column(_("De eis werd lichter of verviel (ongeveer)"), "eased"),
        Column(_("Besluiten (ongeveer)"), "decided"),
        Column(_("Dagen tot een besluit (middelste, ongeveer)"), "days"),
        Column(_("Wacht nog op een besluit (ongeveer)"), "waiting"),
    ],
    left_out={"key": "the name says it", "lead": "figures are about departments, not about people"},
)
