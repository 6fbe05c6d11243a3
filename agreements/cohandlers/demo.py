"""Who works and looks along in the demo; days are counted from today, so that they never grow old."""

from django.utils import timezone

from agreements.cohandlers.models import CoHandler
from agreements.onlookers.models import STAYS, Onlooker
from contacts.models import AccountManager
from initiatives.models import CLOSED, Initiative, ParticipantRole, State
from townhall.calendar import add_working_days

TASKS = [
    ("Kijkt of er kabels en leidingen in de grond liggen", 8, False),
    ("Zoekt uit of er een vergunning nodig is", 3, True),
]


def lay_out(officer):
    """Colleagues on two plans that run, and somebody who looks along at a plan of an initiator."""
    today, initiator = timezone.localdate(), ParticipantRole.INITIATOR
    running = Initiative.objects.filter(state=State.IN_PROGRESS).order_by("reference")
    for plan in running.select_related("contact")[:2]:
        others = AccountManager.objects.employed().filter(is_front_desk=False).exclude(pk=plan.contact_id)
        apart = others.exclude(department=plan.contact.department).order_by("key")
        for (task, days, is_done), manager in zip(TASKS, apart, strict=False):
            made = CoHandler.objects.create(
                initiative=plan,
                manager=manager,
                task=task,
                due_on=add_working_days(today, days),
                done_on=today if is_done else None,
                by=officer,
            )
            plan.add_event("ask_colleague", details={"cohandler": made.pk, "key": manager.key}, by=officer)
    hers = Initiative.objects.filter(participants__role=initiator, participants__user__isnull=False)
    for plan in hers.exclude(state__in={State.DRAFT, *CLOSED}).order_by("reference")[:1]:
        by = plan.initiators().filter(user__isnull=False).first().user
        made = Onlooker.objects.create(
            initiative=plan, kind=Onlooker.Kind.COUNCIL, by=by, until=timezone.now() + STAYS
        )
        plan.add_event("ask_onlooker", details={"onlooker": made.pk, "kind": made.kind}, by=by)
