"""Who is who as files."""

from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, Organisation
from townhall.sheets import Column, Sheet


def with_portfolios(managers, user):
    """The managers with all that a row tells."""
    found = managers.prefetch_related(None).with_districts().select_related("department", "deputy")
    return found.prefetch_related("portfolios")


MANAGERS = Sheet(
    "ambtenaren",
    AccountManager,
    [
        Column(_("Kenmerk"), "key"),
        Column(_("Functie"), "function"),
        Column(_("Afdeling"), "department.name"),
        Column(_("Naam"), "public_name", "name name_is_public"),
        Column(_("Waar je hiervoor terechtkunt"), "expertise"),
        Column(_("In de hele gemeente"), "works_everywhere"),
        Column(_("Wijken"), "districts.name"),
        Column(_("Portefeuilles"), "portfolios.name"),
        Column(_("Is het loket"), "is_front_desk"),
        Column(_("E-mail"), "email"),
    ],
    left_out={
        "user": "an account is nobody else's business",
        "photo": "a picture is no cell",
        "policy_fields": "codes for the wegwijzer, not to be read",
        "phone": "town hall's own number is for everybody",
        "room": "for who divides the plans",
        "available_from": "who is here is in the list, who is not is not",
        "available_until": "the same",
        "deputy": "who stands in today is on the page of the official",
    },
    fetch=with_portfolios,
)
PARTNER_COLUMNS = [
    Column(_("Kenmerk"), "key"),
    Column(_("Naam"), "name"),
    Column(_("Soort"), "kind"),
    Column(_("Waar ze voor gaan"), "interests"),
    Column(_("Wat ze bieden"), "offers"),
    Column(_("In de hele gemeente"), "works_everywhere"),
    Column(_("Wijken"), "districts.name"),
    Column(_("Staat open voor samenwerking"), "is_open"),
    Column(_("Website"), "website"),
]
PEOPLE_BEHIND = "people; who they are is asked one by one"
ONE_OF_TWO = "one that became part of another is in no list"
PARTNERS = Sheet(
    "partners",
    Organisation,
    PARTNER_COLUMNS,
    left_out={
        "email": "for town hall",
        "is_subsidised": "for town hall",
        "representatives": PEOPLE_BEHIND,
        "merged_into": ONE_OF_TWO,
    },
)
