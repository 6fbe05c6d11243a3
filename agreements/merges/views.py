"""Yes or no to going on together: one page for the initiators of both plans."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import signed_in
from agreements.merges import verbs, words
from agreements.merges.models import Merge
from initiatives.sides import own_plan

ANSWERS = {"ja": verbs.agree, "nee": verbs.decline}


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, public_id, key):
    """What is proposed and why; a yes or a no."""
    plan = own_plan(request.user, public_id)
    merge = merge_of(request, plan, key)
    problem, status = "", 200
    if request.method == "POST":
        said = request.POST.get("antwoord")
        if said not in ANSWERS:
            problem, status = _("Kies ja of nee."), 400
        else:
            try:
                ANSWERS[said](merge, by=request.user)
            except ValidationError as refused:
                problem, status = " ".join(refused.messages), 409
                merge, plan = merge_of(request, plan, key), own_plan(request.user, public_id)
            else:
                messages.success(request, thanks(said, merge))
                return redirect("overview:plan", plan.public_id)
    told = {"plan": plan, "merge": merge, "problem": problem} | seen_from(merge, plan)
    return render(request, "agreements/merge.html", told, status=status)


def merge_of(request, plan, key):
    """A proposal about this plan; for others there is none."""
    found = Merge.objects.visible_to(request.user).about(plan).with_plans()
    return get_object_or_404(found, pk=key)


def seen_from(merge, plan):
    """The proposal as the initiators of this plan see it: of a plan that is not on the site, not its name."""
    other = merge.other(plan)
    return {
        "other": other if other.is_shown or merge.state == "done" else None,
        "called": words.called(other),
        "goes_on": merge.goes_on(plan),
        "said_yes": merge.agreed_at(plan),
    }


def thanks(said, merge):
    """What is said after an answer."""
    if said == "nee":
        return _("Goed. Je plan gaat gewoon door. Wie het aangaat, hoort het.")
    if merge.state == "done":
        return _("Jullie gaan samen verder in “%(plan)s”.") % {"plan": merge.stays.title}
    return _("Dank je. Nu wachten we op het andere plan. Je hoort het van ons.")
