"""Telling people of a day, once: what the reminders have in common.

The event is the memory, and holds what was told of: a night that stops halfway is finished the next one, and
what moved to another day is told of again. Mail goes out on working days only, through the outbox.
"""

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.models import Notice
from initiatives.notices import wants_mail
from townhall.calendar import is_working_day
from townhall.models import Event


def remind(today, kinds, untold, tell):
    """Of how many things people were told now; none on a day on which town hall is closed.

    kinds: events; untold(what, today): the set of which this event was not told; tell(what, thing): leaves
    the event and tells people, in a transaction that holds the thing.
    """
    if not is_working_day(today):
        return 0
    waiting = {what: untold(what, today) for what in kinds}
    return sum(
        _tell_one(what, found, pk, tell)
        for what, found in waiting.items()
        for pk in list(found.values_list("pk", flat=True))
    )


@transaction.atomic
def _tell_one(what, waiting, pk, tell):
    """True when people were told of it now; False where another run holds it, or was first."""
    held = waiting.model._base_manager.select_for_update(skip_locked=True).filter(pk=pk)
    if not held.values_list("pk", flat=True).first():
        return False
    thing = waiting.filter(pk=pk).first()  # only now that it is held nobody else can tell of it
    if thing is None:
        return False
    tell(what, thing)
    return True


def not_told(found, what, *, plan="initiative", **remembered):
    """Those of the set of which no event of this kind tells.

    plan: the path to their plan; remembered: {key in the details of the event: field of the thing}.
    """
    told = Event.objects.filter(
        subject_kind="initiative", subject_key=Cast(OuterRef(f"{plan}__public_id"), CharField()), what=what
    )
    for key, field in remembered.items():
        told = told.alias(**{f"told_{key}": KeyTextTransform(key, "details")})
        told = told.filter(**{f"told_{key}": Cast(OuterRef(field), CharField())})
    return found.filter(~Exists(told)).order_by("pk")


def tell_people(event, people, mail):
    """A notice for each of these people, who have a user and an email, and `mail(one)` for who wants that."""
    for one in people:
        if one.user:
            Notice.objects.create(user=one.user, event=event)
        if one.email and wants_mail(one.user, event.what):
            mail(one)


def managers_of(plan, *, with_lead):
    """The contact, who stands in for them, and the lead of their department: each once."""
    contact = plan.contact
    lead = contact.department.lead if with_lead and contact.department else None
    return each_once([contact, contact.stand_in, lead])


def each_once(managers):
    """Those that there are, without who is there twice under two functions."""
    found = {one.pk: one for one in managers if one}
    return list({one.user_id or one.email: one for one in found.values()}.values())
