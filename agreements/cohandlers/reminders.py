"""Reminding colleagues of what they were asked: the working day before, and once when the day has passed.

The event is the memory, so it may run twice; mail goes out on working days only, through the outbox.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice
from agreements.cohandlers.models import CoHandler
from initiatives import notices
from initiatives.models import CLOSED
from townhall.calendar import add_working_days, is_working_day
from townhall.models import Event

SOON, LATE = "colleague_due_soon", "colleague_overdue"
KINDS = {  # event -> subject of the mail
    SOON: _("Bijna: iets moet klaar zijn voor een plan"),
    LATE: _("Iets voor een plan is te laat"),
}


def remind(today):
    """How many colleagues were told of something today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(
        tell(what, pk, today)
        for what in KINDS
        for pk in list(untold(what, today).values_list("pk", flat=True))
    )


def untold(what, today):
    """What still has to be done for plans that go on, is due soon or late, and was not told of."""
    found = CoHandler.objects.open().exclude(initiative__state__in=CLOSED)
    if what == LATE:
        found = found.filter(due_on__lt=today)
    else:
        found = found.filter(due_on__gte=today, due_on__lte=add_working_days(today, 1))
    events = Event.objects.filter(
        subject_kind="initiative",
        subject_key=Cast(OuterRef("initiative__public_id"), CharField()),
        what=what,
    )
    told = events.annotate(which=KeyTextTransform("cohandler", "details"))
    return found.filter(~Exists(told.filter(which=Cast(OuterRef("pk"), CharField())))).order_by("pk")


@transaction.atomic
def tell(what, pk, today):
    """True when this colleague was told of now: one event, one notice and one mail."""
    held = CoHandler.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    cohandler = held.select_related("initiative__contact", "manager").first()
    if cohandler is None or not untold(what, today).filter(pk=pk).exists():
        return False
    initiative, manager = cohandler.initiative, cohandler.manager
    event = Event.objects.create(
        subject_kind="initiative",
        subject_key=str(initiative.public_id),
        what=what,
        details={"cohandler": pk, "key": manager.key},
    )
    if manager.user:
        Notice.objects.create(user=manager.user, event=event)
    if manager.email and notices.wants_mail(manager.user, what):
        context = {"cohandler": cohandler, "initiative": initiative, "is_late": what == LATE}
        EmailMessage(
            subject=f"{KINDS[what]}: {notices.one_line(initiative.title)} ({initiative.reference})",
            body=render_to_string(
                "agreements/mail/colleague_reminder.txt", context | {"base_url": settings.BASE_URL}
            ),
            to=[manager.email],
            reply_to=notices.answers_to(initiative.contact),
        ).send()
    return True
