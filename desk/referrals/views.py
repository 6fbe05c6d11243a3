"""Refer a plan to who is about it; once it went, what became of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only
from agreements.referrals import verbs
from desk import views
from desk.models import ReplyTemplate, filled
from desk.referrals.forms import ReferForm
from townhall import submission
from townhall.posting import put_errors, put_on


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request, reference):
    """The form, or where the plan is."""
    plan = views.plan_to_handle(request, reference)
    form, status = form_of(request, plan), 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                once(request, plan, form)
                messages.success(request, _("Doorverwezen. De initiatiefnemer leest naar wie, en waarom."))
                return redirect("desk:refer", plan.reference)
            except ValidationError as refused:
                status = put_errors(form, refused)
                plan = views.plan_of(request, reference)
                put_on(form, plan.version)
            except submission.Refused as refused:
                form.add_error(None, str(refused))
    told = {
        "plan": plan,
        "form": form,
        "may_refer": verbs.may_refer(plan, request.user),
        "referral": plan.referrals.visible_to(request.user).select_related("organisation").first(),
    }
    return render(request, "desk/refer.html", told, status=status)


def form_of(request, plan):
    """The form as it was sent; else with the sentence of the municipality about what to expect."""
    if request.method == "POST":
        return ReferForm(request.POST)
    sentence = ReplyTemplate.objects.for_verbs({"refer"}).get("refer", [])
    expect = filled(sentence[0].body, plan) if sentence else ""
    return ReferForm(initial={"version": plan.version, "expect": expect})


def once(request, plan, form):
    """The plan is referred once, however often the form is sent."""
    token, by = form.cleaned_data["token"], request.user

    def make():
        return str(verbs.refer(plan, by=by, **form.values()).pk)

    submission.once(token, f"refer-{plan.pk}", make, by=by)
