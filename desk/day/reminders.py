"""Asking the owners of goals whether they are still right: one mail a month, and none while nothing waits.

The event of the month is the memory. Mail goes out on working days only, through the outbox.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from contacts.models import AccountManager
from goals.models import Goal
from initiatives.notices import wants_mail
from townhall import verbs as town
from townhall.calendar import is_working_day
from townhall.models import Event

TO_VERIFY = "goals_to_verify"


def remind(today):
    """How many owners were asked today; nothing on a day on which town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(ask(pk, today) for pk in list(unasked(today).values_list("pk", flat=True)))


def unasked(today):
    """Owners with goals nobody looked at for half a year, who were not asked this month."""
    about = Event.objects.filter(subject_kind="accountmanager", subject_key=OuterRef("key"), what=TO_VERIFY)
    asked = about.annotate(month=KeyTextTransform("month", "details")).filter(month=month(today))
    owners = AccountManager.objects.employed(today).filter(user__isnull=False)
    stale = Goal.objects.stale(today).filter(owner=OuterRef("pk"))
    return owners.filter(~Exists(asked), Exists(stale)).order_by("pk")


def month(today):
    return f"{today:%Y-%m}"


@transaction.atomic
def ask(pk, today):
    """True when this owner was asked now: one event, and one mail if they want it."""
    owner = AccountManager.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if owner is None or not unasked(today).filter(pk=pk).exists():
        return False
    number = Goal.objects.stale(today).filter(owner=owner).aggregate(number=Count("pk"))["number"]
    town.note(TO_VERIFY, owner, None, {"month": month(today), "number": number})
    address = owner.email or owner.user.email
    if wants_mail(owner.user, TO_VERIFY):
        mail(address, number)
    return True


def mail(address, number):
    mine = urlencode({"next": f"{reverse('desk:day')}?soort=doel"})
    here = f"{settings.BASE_URL}{reverse('account_login')}?{mine}"
    subject = ngettext("Klopt dit doel nog?", "Kloppen deze doelen nog?", number)
    EmailMessage(
        subject=f"{subject} ({number})",
        body=render_to_string("desk/mail/goals.txt", {"number": number, "here": here}),
        to=[address],
    ).send()
