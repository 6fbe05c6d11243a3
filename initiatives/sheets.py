"""The public list of initiatives as a file."""

from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from townhall.sheets import Column, Sheet


def whole(plans, user):
    """The plans with all that a row tells: more than a card shows."""
    return plans.prefetch_related(None).defer(None).for_pages(user)


INSIDE = {  # of a plan; in no list of plans
    "public_id": "the secret address of a concept",
    "import_key": "for the import",
    "place": "stands on the page of the plan",
    "point": "stands on the map",
    "submitter": "stands on the page of the plan",
    "previous_state": "for going on after a pause",
    "state_reason": "between the initiator and town hall",
    "links": "stand on the page of the plan",
    "merged_into": "a plan that went on in another is in no list",
    "released_by": "an official",
    "changed_at": "says nothing to a reader",
}
INITIATIVES = Sheet(
    "initiatieven",
    Initiative,
    [
        Column(_("Kenmerk"), "reference"),
        Column(_("Titel"), "title"),
        Column(_("In één zin"), "summary"),
        Column(_("Verhaal"), "story"),
        Column(_("Wat er al is"), "existing"),
        Column(_("Inbreng"), "offered"),
        Column(_("Vraag"), "asked"),
        Column(_("Wijk"), "district.name"),
        Column(_("Soort"), "kind"),
        Column(_("Van wie"), "submitted_by"),
        Column(_("Organisatie"), "organisation.name"),
        Column(_("Staat"), "state"),
        Column(_("Begint op"), "starts_on"),
        Column(_("Eindigt op"), "ends_on"),
        Column(_("Ingediend op"), "submitted_at"),
        Column(_("Doelen"), "visible_links.goal.heading", "goals"),
        Column(_("Partners"), "visible_partners.organisation.name"),
        Column(_("Contactpersoon"), "contact.function"),
        Column(_("Staat op de site"), "is_shown", "wants_public released_at"),
    ],
    left_out=INSIDE | {"created_at": "when typing began"},
    fetch=whole,
)
