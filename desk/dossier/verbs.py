"""Making a dossier: who may, and what is remembered of it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desk.access import is_near
from desk.dossier.package import packed
from initiatives.verbs import initiator, officer
from townhall.models import Look, Municipality


def handles(user, plan):
    """The contact, the deputy while the contact is away, or a manager; nobody of their own plan."""
    return officer(user, plan) and (user.is_manager or (plan.contact is not None and is_near(user, plan)))


RULES = {"whole": handles, "public": handles, "own": initiator}  # kind of a dossier: by whom


def may_make(kind, plan, user):
    """True when this person may have this kind of dossier of a plan."""
    return user.is_authenticated and RULES[kind](user, plan)


def make(plan, *, by, kind, reason=""):
    """A temporary file with the dossier; it is made now and kept nowhere.

    An officer says why: whose plan it is reads that, and finds it in the timeline. That is remembered before
    the packing, which takes long and holds no transaction.
    """
    if not may_make(kind, plan, by):
        raise PermissionDenied(_("Alleen de contactpersoon, de vervanger en de beheerder maken een dossier."))
    reason = " ".join(reason.split())
    if kind != "own":
        if not reason:
            raise ValidationError(
                {"reason": _("Schrijf waarom je dit nodig hebt. De initiatiefnemer leest dit.")}
            )
        remember(plan, by, kind, reason)
    return packed(plan, kind, Municipality.objects.current() or Municipality(), by=by)


@transaction.atomic
def remember(plan, by, kind, reason):
    """Who looked at the people of this plan, and why; and an event."""
    people = dict.fromkeys(plan.participants.values_list("user", flat=True))
    Look.objects.bulk_create(
        Look(
            by=by,
            of_id=number,
            subject_kind="initiative",
            subject_key=str(plan.public_id),
            reason=reason[:300],
        )
        for number in people
    )
    plan.add_event("dossier", details={"kind": kind}, by=by)
