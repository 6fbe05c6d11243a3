"""Where a plan went: for its initiators, and for who got it by a link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import signed_in
from agreements.referrals import verbs, words
from agreements.referrals.forms import AnswerForm
from agreements.referrals.models import Referral
from initiatives.sides import own_plan
from townhall.models import Municipality
from townhall.posting import put_errors, sent

DOES = {  # is the yes taken back? -> verb, and what is said then
    False: (verbs.send_on, lazy("Verstuurd. We laten je weten wat ze zeggen.")),
    True: (
        verbs.take_back,
        lazy("Ingetrokken. De link werkt niet meer. We vroegen hun de mail weg te gooien."),
    ),
}


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request, public_id):
    """To whom my plan went and what they said; a yes sends it on, and can be taken back."""
    plan = own_plan(request.user, public_id)
    referral = plan.referrals.visible_to(request.user).select_related("organisation").first()
    if referral is None:
        raise Http404
    referral.initiative = plan
    problem, status = "", 200
    if request.method == "POST":
        try:
            do, told = DOES["trek-in" in request.POST]
            do(referral, by=request.user)
            messages.success(request, told)
            return redirect("agreements:referral", plan.public_id)
        except ValidationError as refused:
            problem, status = " ".join(refused.messages), 409
            referral.refresh_from_db()
            referral.initiative = own_plan(request.user, public_id)
    town = Municipality.objects.current()
    told = {
        "plan": plan,
        "referral": referral,
        "consent": words.consent(referral),
        "letter": words.ready_text(referral, town.name if town else ""),
        "problem": problem,
    }
    return render(request, "agreements/referral_mine.html", told, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """One plan, for who got the link, with the question what they do with it.

    There is no twin: the link is for the eyes of one receiver.
    """
    found = Referral.objects.signed(token).select_related("organisation", "initiative__contact__department")
    referral = get_object_or_404(found.select_related("initiative__district"))
    form = AnswerForm(sent(request), referral=referral)
    status = (409 if referral.is_answered else 400) if form.is_bound else 200
    if form.is_bound and not referral.is_answered and form.is_valid():
        try:
            verbs.answer(referral, **form.cleaned_data)
            messages.success(request, _("Dank je wel. De initiatiefnemer en de gemeente horen het."))
            is_there = Referral.objects.signed(token).exists()
            return redirect("agreements:referral-answer", token) if is_there else redirect("home")
        except ValidationError as refused:
            status = put_errors(form, refused)
            referral = get_object_or_404(found)
    told = {"referral": referral, "plan": referral.initiative, "form": form}
    return render(request, "agreements/referral_answer.html", told, status=status)
