"""What an officer does with a plan, and the page they get back where that could not be done.

Somebody else was first, or the plan changed meanwhile: the page comes back (409) with what happened, who did
it, and everything that was typed.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.handback import officers_only, sent_from
from contacts.models import colleague
from desk import views
from initiatives import timeline
from initiatives.verbs import officer
from townhall.filters import number_in
from townhall.models import Event
from townhall.posting import is_conflict, put_errors

TYPED = {  # name of a field -> what it is called; what a page that changed has no field for any more is shown
    "sentence": gettext_lazy("Bericht aan de initiatiefnemer"),
    "told": gettext_lazy("Waarom iemand anders"),
    "although": gettext_lazy("Waarom deze collega"),
    "text": gettext_lazy("Bericht"),
    "note": gettext_lazy("Waar het over ging"),
    "reason": gettext_lazy("Reden"),
}


def acting(view):
    """A POST of an officer about one plan: `view(request, plan)` answers, or gives None: back to the plan."""

    @never_cache
    @officers_only
    @sent_from("desk:plan", "reference")
    @wraps(view)
    def answered(request, reference, *args, **kwargs):
        plan = views.plan_of(request, reference)
        try:
            if not officer(request.user, plan):
                raise PermissionDenied(_("Niemand behandelt een eigen plan."))
            return view(request, plan, *args, **kwargs) or redirect("desk:plan", plan.reference)
        except ValidationError as refused:
            return come_back(request, reference, refused)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
            return views.draw(request, views.plan_of(request, reference), status=403)

    return answered


def come_back(request, reference, refused, **typed):
    """The page as it is now, with why it did not work, what others did, and what was typed."""
    plan = views.plan_of(request, reference)
    conflict = is_conflict(refused)
    seen = number_in(request.POST.get("seen", ""))
    others = happened_since(plan, seen, request.user) if conflict else []
    told = {"problem": " ".join(refused.messages), "others": others, "unsent": unsent(request.POST)}
    return views.draw(request, plan, status=409 if conflict else 400, **(told | typed))


def again(request, plan):
    """What was typed, to be sent again on top of what is there now."""
    data = request.POST.copy()
    data["version"], data["seen"] = plan.version, last_event(plan)
    return data


def last_event(plan):
    """The number of the last thing that happened to a plan."""
    event = Event.objects.about("initiative", str(plan.public_id)).first()
    return event.pk if event else 0


def unsent(sent):
    """What was typed and not sent: [{label, value}, …]."""
    return [
        {"label": label, "value": sent[name]} for name, label in TYPED.items() if sent.get(name, "").strip()
    ]


def happened_since(plan, seen, user):
    """What others did since somebody opened the page: who, what and when, newest first."""
    events = plan.timeline(user).exclude(by=user).select_related("by__account_manager")
    events = list(events.filter(pk__gt=seen)[:10]) if seen is not None else []
    return [
        {"who": doer(event), "words": entry.words, "at": event.at}
        for event in events
        for entry in timeline.told([event])
    ]


def doer(event):
    """Who did it, as colleagues call them; the site itself where nobody did."""
    if event.by is None:
        return _("Het systeem")
    return colleague(event.by) if event.by.is_staff_member else _("De initiatiefnemer")


def not_yet(request, plan, **typed):
    """The page with a form that is not good yet, errors at its fields."""
    return views.draw(request, views.plan_of(request, plan.reference), status=400, **typed)


def refuse(request, plan, refused, make, name, fields=None):
    """The page with a form whose verb refused: the words at their field, or on top with what others did.

    make: the form of some data; fields: where words about a field stand, if not at the field of that name.
    """
    if is_conflict(refused):
        fresh = views.plan_of(request, plan.reference)
        return come_back(request, plan.reference, refused, **{name: make(again(request, fresh))})
    form = make(request.POST)
    put_errors(form, refused, fields)
    return not_yet(request, plan, **{name: form})
