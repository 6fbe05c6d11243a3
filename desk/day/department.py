"""What waits in a department, for who leads it: numbers, and only where there are enough plans to count."""

from django.db.models import Count, Q

from contacts.models import Department
from desk import queues
from initiatives.models import CLOSED, Clock, Initiative

FEWEST = 5  # plans; below that a number could tell of one plan or one colleague


def numbers(user):
    """Of each department that somebody leads: name, open plans, late ones, ones with a message that waits.

    late and waiting are None where there are fewer than FEWEST open plans. Two queries.
    """
    led = list(Department.objects.filter(lead__user=user))
    if not led:
        return []
    open_plans = Initiative.objects.registered().exclude(state__in=CLOSED).filter(contact__department__in=led)
    late = Clock.objects.overdue().values("initiative")
    counted = open_plans.order_by().values("contact__department")
    counted = counted.annotate(
        plans=Count("pk"),
        late=Count("pk", filter=Q(pk__in=late)),
        waiting=Count("pk", filter=Q(pk__in=queues.unanswered())),
    )
    known = {row["contact__department"]: row for row in counted}
    return [shown(one.name, known.get(one.pk, {"plans": 0, "late": 0, "waiting": 0})) for one in led]


def shown(name, row):
    """What may be said of one department."""
    is_enough = row["plans"] >= FEWEST
    return {
        "name": name,
        "plans": row["plans"] if is_enough else None,
        "late": row["late"] if is_enough else None,
        "waiting": row["waiting"] if is_enough else None,
    }
