"""Asking the owners of goals whether they are still right: one mail a month, and none while nothing waits.

The event of the month is the memory.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from contacts.models import AccountManager
from goals.models import Goal
from initiatives import reminders
from initiatives.notices import wants_mail
from townhall import verbs as town
from townhall.models import Event

TO_VERIFY = "goals_to_verify"


def remind(today):
    """How many owners were asked today; nothing on a day on which town hall is closed."""
    return reminders.remind(today, [TO_VERIFY], unasked, lambda _what, owner: ask(owner, today))


def unasked(what, today):
    """Owners with goals nobody looked at for half a year, who were not asked this month."""
    about = Event.objects.filter(subject_kind="accountmanager", subject_key=OuterRef("key"), what=what)
    asked = about.annotate(month=KeyTextTransform("month", "details")).filter(month=month(today))
    owners = AccountManager.objects.employed(today).filter(user__isnull=False).select_related("user")
    stale = Goal.objects.stale(today).filter(owner=OuterRef("pk"))
    return owners.filter(~Exists(asked), Exists(stale)).order_by("pk")


def month(today):
    return f"{today:%Y-%m}"


def ask(owner, today):
    """One event, and one mail if they want it."""
    number = Goal.objects.stale(today).filter(owner=owner).aggregate(number=Count("pk"))["number"]
    town.note(TO_VERIFY, owner, None, {"month": month(today), "number": number})
    address = owner.email or owner.user.email
    if wants_mail(owner.user, TO_VERIFY):
        mail(address, number)


def mail(address, number):
    mine = urlencode({"next": f"{reverse('desk:day')}?soort=doel"})
    here = f"{settings.BASE_URL}{reverse('account_login')}?{mine}"
    subject = ngettext("Klopt dit doel nog?", "Kloppen deze doelen nog?", number)
    EmailMessage(
        subject=f"{subject} ({number})",
        body=render_to_string("desk/mail/goals.txt", {"number": number, "here": here}),
        to=[address],
    ).send()
