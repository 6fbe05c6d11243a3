"""Plans that may be about the same: link them, or propose that they go on together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only, sent_from
from agreements.merges import verbs
from agreements.merges.models import Merge
from desk.doubles.finding import likely
from desk.doubles.forms import THIS, MergeForm
from desk.views import plan_to_handle
from initiatives.models import Initiative
from townhall import submission
from townhall.posting import put_errors, sent

MOST = 20


@never_cache
@officers_only
@require_safe
def doubles(request, reference):
    """What may be the same, what was proposed about it, and how to look further."""
    plan = plan_to_handle(request, reference)
    told = {
        "plan": plan,
        "doubles": likely(plan, request.user),
        "merges": rows(plan, Merge.objects.visible_to(request.user).about(plan).with_plans()[:MOST]),
        "may_propose": verbs.may_propose(plan, request.user),
    }
    return render(request, "desk/plan_doubles.html", told)


def rows(plan, merges):
    """[{merge, other, goes_on}, …]: the proposals as seen from this plan."""
    return [{"merge": one, "other": one.other(plan), "goes_on": one.goes_on(plan)} for one in merges]


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, reference, other):
    """Propose to the initiators of both that they go on together."""
    plan = plan_to_handle(request, reference)
    second = get_object_or_404(Initiative.objects.visible_to(request.user).registered(), reference=other)
    form = MergeForm(sent(request), plan=plan, other=second)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        told, by = form.cleaned_data, request.user
        pair = (second, plan) if told["goes_on"] == THIS else (plan, second)

        def make():
            return str(verbs.propose(*pair, by=by, why=told["why"]).pk)

        try:
            submission.once(told["token"], "merge", make, by=by)
            messages.success(request, _("Gevraagd. De initiatiefnemers van beide plannen kiezen zelf."))
            return redirect("desk:plan-doubles", plan.reference)
        except ValidationError as refused:
            status = put_errors(form, refused)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            status = 403
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    sides = [(plan, verbs.hurdles(plan, second)), (second, verbs.hurdles(second, plan))]
    told = {"plan": plan, "other": second, "form": form, "sides": sides}
    return render(request, "desk/double_merge.html", told, status=status)


@never_cache
@officers_only
@sent_from("desk:plan-doubles", "reference")
def withdraw(request, reference, key):
    """Take a proposal back."""
    plan = plan_to_handle(request, reference)
    merge = get_object_or_404(Merge.objects.about(plan).with_plans(), pk=key)
    try:
        verbs.withdraw(merge, by=request.user)
        messages.success(request, _("Het voorstel is ingetrokken. Beide initiatiefnemers horen het."))
    except (PermissionDenied, ValidationError) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    return redirect("desk:plan-doubles", plan.reference)
