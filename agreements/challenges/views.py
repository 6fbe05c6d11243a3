"""The facts of a challenge, at two addresses: each side sees all, and fills in its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only, signed_in
from agreements.challenges import verbs
from agreements.challenges.forms import form_of
from agreements.challenges.models import INITIATOR, TOWN
from initiatives.models import Initiative
from initiatives.sides import own_plan, plan_to_handle
from townhall.posting import put_errors, put_on, sent

BASES = {INITIATOR: "agreements/challenge_mine.html", TOWN: "agreements/challenge_desk.html"}


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request, public_id):
    """For an initiator."""
    return facts(request, own_plan(request.user, public_id), INITIATOR)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request, reference):
    """For an officer."""
    return facts(request, plan_to_handle(request.user, reference), TOWN)


def facts(request, plan, side):
    """The checklist, and the form of one side."""
    if plan.kind != Initiative.Kind.CHALLENGE:
        raise Http404
    challenge = verbs.of_plan(plan)
    form = form_of(side, challenge, sent(request))
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            verbs.fill(plan, by=request.user, **form.values())
            messages.success(request, _("Bewaard. De andere kant hoort het van ons."))
            return redirect(request.path)
        except PermissionDenied:
            raise Http404 from None
        except ValidationError as refused:
            status = put_errors(form, refused)
            challenge, plan = verbs.of_plan(plan), get_object_or_404(Initiative, pk=plan.pk)
            put_on(form, challenge.version)
    told = {
        "plan": plan,
        "challenge": challenge,
        "rows": verbs.checklist(plan),
        "form": form,
        "may_fill": verbs.may_fill(plan, request.user),
    }
    return render(request, BASES[side], told, status=status)
