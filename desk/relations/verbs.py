"""What officers write down about organisations and people: a contact moment, and its next step taken."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import Organisation
from initiatives import verbs as plans
from initiatives.models import Interaction
from townhall.days import check_day
from townhall.models import Event

MOST = 20  # organisations, and people, that one moment is with
YEARS = 2  # from today; a next step further away is no next step


def guard(by):
    """Refuses who is no officer."""
    if not (by.is_authenticated and by.is_officer):
        raise PermissionDenied(_("Dit kan alleen een ambtenaar."))


@transaction.atomic
def note_moment(
    *, by, how, note, on, initiative=None, organisations=(), persons=(), next_step="", next_on=None
):
    """One contact moment with all of these; about a plan it counts as contact with its initiator too.

    next_step and next_on: what the officer who wrote this does next, and by when. Raises PermissionDenied
    (also for one's own plan) or ValidationError.
    """
    guard(by)
    _check(on, initiative, organisations, persons)
    step = _step(next_step.strip(), next_on)
    if initiative:
        moment = plans.record_contact(initiative, by=by, how=how, note=note, on=on, **step)
    else:
        moment = Interaction(by=by, how=how, note=note, on=on, **step)
        moment.full_clean()
        moment.save()
    moment.organisations.set(organisations)
    moment.persons.set(persons)
    Event.objects.bulk_create(_event(one, moment, by) for one in [*organisations, *persons])
    return moment


def _check(on, initiative, organisations, persons):
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag moet nog komen.")})
    if not (initiative or organisations or persons):
        words = _("Kies met wie je contact had, of over welk plan het ging.")
        raise ValidationError({"organisations": words})
    for name, found in (("organisations", organisations), ("persons", persons)):
        if len(found) > MOST:
            raise ValidationError({name: _("Kies er hoogstens %(most)s.") % {"most": MOST}})
    held = Organisation.objects.select_for_update(no_key=True).order_by("pk")  # until the moment is stored
    gone = [one for one in held.filter(pk__in=[one.pk for one in organisations]) if one.merged_into_id]
    if gone:
        words = _("%(name)s is net samengevoegd met een andere organisatie. Kies die.")
        raise ValidationError(words % {"name": gone[0].name}, code="conflict")
    if any(not one.may_be_used for one in persons):
        words = _("Deze persoon trok de toestemming in. Gebruik de gegevens niet meer.")
        raise ValidationError({"persons": words})


def _step(words, day):
    """The next step as columns; both or neither."""
    if words and not day:
        raise ValidationError({"next_on": _("Vul in wanneer je dit uiterlijk doet.")})
    if day and not words:
        raise ValidationError({"next_step": _("Schrijf op wat je dan doet.")})
    if day:
        check_day("next_on", day, YEARS)
    return {"next_step": words, "next_on": day}


def _event(thing, moment, by):
    return Event(
        subject_kind=thing._meta.model_name,
        subject_key=thing.key,
        what="record_contact",
        details={"interaction": moment.pk},
        by=by,
    )


@transaction.atomic
def take_step(moment, *, by):
    """The next step is taken, today; only by the officer whose step it is."""
    guard(by)
    if moment.by_id != by.pk:
        raise PermissionDenied(_("Dit is de volgende stap van een collega."))
    to_do = Interaction.objects.to_do(by).filter(pk=moment.pk)
    if not to_do.order_by().update(next_done_on=timezone.localdate()):
        raise ValidationError(_("Deze stap was al gedaan."), code="conflict")
    moment.refresh_from_db()
    return moment
