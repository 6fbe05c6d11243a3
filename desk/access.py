"""Who comes to the desk, and who comes near the people behind a plan."""

from functools import wraps

from django.http import Http404

from accounts.handback import signed_out


def officers_only(view):
    """The view for officers; for all others there is nothing at this address.

    Whoever was signed out while typing gets everything back, to send again after signing in.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and user.is_officer:
            return view(request, *args, **kwargs)
        if request.method == "POST" and not user.is_authenticated:
            return signed_out(request)
        raise Http404

    return guarded


def is_near(user, plan):
    """True for the contact, and for the deputy while the contact is away.

    The front desk is the contact while a plan has no other. Only they see the talk and the people of a plan;
    another officer gives a reason first (townhall.models.Look).
    """
    contact = plan.contact
    stand_in = contact.stand_in
    return user.is_authenticated and user.pk in {contact.user_id, stand_in.user_id if stand_in else None}
