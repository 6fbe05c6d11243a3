"""The public list of promises, and what is done about one: each form stands on the page of its plan too."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import signed_in
from agreements.commitments import page, verbs
from agreements.commitments.filters import CommitmentFilter
from agreements.commitments.forms import WRONG
from agreements.commitments.models import Commitment
from agreements.sheets import COMMITMENTS
from initiatives.models import Initiative
from initiatives.verbs import initiator, officer
from townhall import submission, uploads
from townhall.pages import ListPage
from townhall.posting import is_conflict, put_errors, sent


class CommitmentList(ListPage):
    """What was promised, the soonest day first."""

    filterset_class = CommitmentFilter
    resource = "toezeggingen"
    sheet = COMMITMENTS
    template_name = "agreements/commitments.html"

    def records(self):
        return Commitment.objects.visible_to(self.request.user).for_pages().in_order()


def back_to(plan, user):
    """The promises on the page of the plan that this person works from."""
    if initiator(user, plan):
        return f"{reverse('overview:plan', args=[plan.public_id])}#toezeggingen"
    return f"{reverse('desk:plan', args=[plan.reference])}#toezeggingen"


def draw(request, plan, *, status=200, **told):
    """The form on a page of its own: where it is opened by its address, or comes back."""
    context = {"plan": plan, "back": back_to(plan, request.user)} | told
    return render(request, "agreements/commitment_form.html", context, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request, reference):
    """Promise something about a plan."""
    plans = Initiative.objects.visible_to(request.user).registered().select_related("contact")
    plan = get_object_or_404(plans, reference=reference)
    is_officer = officer(request.user, plan)
    if not (is_officer or initiator(request.user, plan)):
        raise Http404
    form = page.new_form(request, plan, is_officer, sent(request))
    if not form.is_bound:
        return draw(request, plan, promise=form)
    status = 400
    if form.is_valid():
        try:
            make(request.user, plan, form)
            messages.success(request, _("De toezegging staat erbij. De ander hoort het van ons."))
            return redirect(back_to(plan, request.user))
        except ValidationError as refused:
            status = put_errors(form, refused, WRONG)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    return draw(request, plan, promise=form, status=status)


def make(user, plan, form):
    """The promise, once, however often the form is sent."""
    token = form.cleaned_data["token"]
    submission.once(token, "promise", lambda: verbs.promise(plan, by=user, **form.promised()).key, by=user)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request, kenmerk, act):
    """Keep, shift, drop, correct, show or hide a promise; only for who speaks for the promiser."""
    commitment = commitment_of(request.user, kenmerk)
    if act not in page.ACTS:
        raise Http404
    plan, (verb, *_rest, done) = commitment.initiative, page.ACTS[act]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    asked = page.act_of(act, commitment, *sent)
    told = {"commitment": commitment, "act": asked}
    try:
        verbs.guard(verb, commitment, request.user)
    except PermissionDenied:
        raise Http404 from None
    except ValidationError as refused:
        return draw(request, plan, problem=" ".join(refused.messages), status=409, **told)
    if not asked.form.is_bound:
        return draw(request, plan, **told)
    if not asked.form.is_valid():
        return draw(request, plan, status=400, **told)
    try:
        uploads.check_often(request)
        getattr(verbs, verb)(commitment, by=request.user, **asked.form.cleaned_data)
    except ValidationError as refused:
        return come_back(request, commitment, asked, refused)
    messages.success(request, done)
    return redirect(back_to(plan, request.user))


@never_cache
@require_safe
def proof(request, kenmerk, *, small=False):
    """The picture or PDF that shows that a promise was kept; for who may see the promise.

    What was not released for the site is for both sides alone.
    """
    found = Commitment.objects.visible_to(request.user).with_side(request.user).exclude(proof=None)
    seen = found.filter(Q(proof_released=True) | Q(is_of_side=True)).select_related("proof")
    return uploads.answer(get_object_or_404(seen, key=kenmerk).proof, small=small)


def commitment_of(user, key):
    """A promise with its plan, fresh from the database; for who may not see it there is none."""
    found = Commitment.objects.visible_to(user).with_side(user).with_moves().with_earlier()
    return get_object_or_404(found.select_related("initiative__contact", "participant", "proof"), key=key)


def come_back(request, commitment, asked, refused):
    """The form again, with why it did not work; what was typed is to be sent on top of what is there now."""
    fresh = commitment_of(request.user, commitment.key)
    problem, status = "", 400
    if is_conflict(refused):
        problem, status = " ".join(refused.messages), 409
        asked.form.put_on(fresh)
    else:
        put_errors(asked.form, refused)
        uploads.ask_again(asked.form)
    told = {"commitment": fresh, "act": asked, "problem": problem}
    return draw(request, fresh.initiative, status=status, **told)
