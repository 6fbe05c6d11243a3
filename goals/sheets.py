"""Goals and notes as files."""

from django.utils.translation import gettext_lazy as _

from goals.models import Goal, PolicyNote
from townhall.sheets import Column, Sheet


def whole(goals, user):
    """The goals with all that a row tells."""
    return goals.prefetch_related(None).with_people().prefetch_related("themes", "districts")


GOAL_COLUMNS = [
    Column(_("Kenmerk"), "key"),
    Column(_("Titel"), "heading", "plain_title"),
    Column(_("Uitleg"), "plain_description"),
    Column(_("Titel in de nota"), "title"),
    Column(_("Tekst in de nota"), "description"),
    Column(_("Nota"), "note.title"),
    Column(_("Bladzijde of paragraaf"), "page"),
    Column(_("Portefeuille"), "portfolio.name", "portfolios"),
    Column(_("Wie erover gaat"), "holder.name"),
    Column(_("Contactpersoon"), "contact.function", "owner"),
    Column(_("Beleidsvelden"), "policy_fields.name"),
    Column(_("Thema's"), "themes.name"),
    Column(_("Wijken"), "districts.name"),
    Column(_("Meetlat"), "aim", "indicator"),
    Column(_("Staat"), "state"),
    Column(_("Nagekeken op"), "verified_on"),
]
IN_ADDRESS = "its name in addresses"
GOALS = Sheet(
    "doelen",
    Goal,
    GOAL_COLUMNS,
    left_out={"slug": IN_ADDRESS, "search_words": "for the wegwijzer, not to be read"},
    fetch=whole,
)
NOTE_COLUMNS = [
    Column(_("Kenmerk"), "key"),
    Column(_("Titel"), "title"),
    Column(_("Vastgesteld op"), "adopted_on"),
    Column(_("Vastgesteld door"), "adopter", "adopted_by"),
    Column(_("Geldt vanaf"), "valid_from"),
    Column(_("Geldt tot en met"), "valid_until"),
    Column(_("Waar het te lezen is"), "url"),
    Column(_("CVDR-nummer"), "cvdr"),
]
NOTES = Sheet(
    "notas",
    PolicyNote,
    [*NOTE_COLUMNS, Column(_("Aantal doelen"), "goal_count")],
    left_out={"slug": IN_ADDRESS, "file": "a document is no cell; it is on the page of the note"},
)
