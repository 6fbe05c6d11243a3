"""Who looked at somebody's private data, as that person reads it."""

from django.utils.translation import gettext as _

from townhall.models import Look

MOST_LOOKS = 50


def looks_at(user, plan, most=MOST_LOOKS):
    """Who looked at this person's data with this plan, newest first: [{at, who, reason}, …].

    most: how many; None for all.
    """
    found = Look.objects.filter(of=user, subject_kind="initiative", subject_key=str(plan.public_id))
    found = found.select_related("by__account_manager__department").order_by("-at", "-pk")[:most]
    return [{"at": one.at, "who": official(one.by), "reason": one.reason} for one in found]


def official(user):
    """Who of town hall this is, as residents read it: by function and department, never by their account."""
    manager = getattr(user, "account_manager", None)
    if manager is None:
        return _("Iemand van de gemeente")
    return f"{manager.function} ({manager.department})" if manager.department else manager.function
