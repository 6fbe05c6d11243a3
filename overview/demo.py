"""With whom initiators spoke in the demo: who was their contact, and who called or came by.

How many people that were follows from the number of the plan: invented, and the same every time.
"""

from datetime import timedelta

from django.utils import timezone

from contacts.models import AccountManager
from initiatives.models import Initiative, Interaction, State
from townhall.calendar import working_day_before

TALKS = [  # how, about what
    ("telefoon", "Gebeld over wat er nog moet gebeuren. We kijken volgende week samen op de plek."),
    ("bezoek", "Op de plek gekeken. De buren kwamen er ook bij en stelden vragen."),
    ("loket", "Samen de eisen doorgenomen. De meeste zijn al klaar."),
]


def lay_out(officer):
    """How many plans have a contact that was chosen for them; officer: who also called or came by."""
    plans = (
        Initiative.objects.registered().filter(contact__is_front_desk=False).exclude(state=State.SUBMITTED)
    )
    colleagues = {}
    for one in AccountManager.objects.employed().filter(is_front_desk=False).order_by("key"):
        colleagues.setdefault(one.department_id, []).append(one)
    desk = AccountManager.objects.front_desk()
    found = plans.select_related("contact").order_by("reference")
    for number, plan in enumerate(found):
        others = [one for one in colleagues[plan.contact.department_id] if one != plan.contact]
        assign(plan, desk, [*others[number % 2 : number % 3], plan.contact])
        if number % 4 > 1:
            talk(plan, officer, *TALKS[number % len(TALKS)], working_day_before(timezone.localdate(), number))
    return len(found)


def assign(plan, desk, chosen):
    """One contact after the other, the first some days after the plan was sent."""
    at = plan.submitted_at
    for before, contact in zip([desk, *chosen], chosen, strict=False):
        at += timedelta(days=2 if before == desk else 30)
        details = {"contact": contact.key, "from": before.key, "first": before == desk}
        plan.add_event("assign", details=details, at=min(at, timezone.now()))


def talk(plan, by, how, about, on):
    made = Interaction.objects.create(initiative=plan, how=how, note=about, on=on, by=by)
    at = timezone.now() - (timezone.localdate() - on)
    plan.add_event("record_contact", details={"interaction": made.pk}, by=by, at=at)
