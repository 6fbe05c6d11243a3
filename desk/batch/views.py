"""One thing for many plans: ticked in the list of the desk, looked over, done, told, and taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only, sent_from
from desk import queues
from desk.batch import verbs
from desk.batch.forms import ACTS, BatchForm, marked
from desk.batch.models import Batch
from townhall import submission
from townhall.posting import put_errors


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """What is going to happen to which plans; with the button of this page it happens.

    What was ticked in the list leads to an address of its own, to which Back goes back.
    """
    asked = request.POST if request.method == "POST" else request.GET
    name, plans = asked.get("doe", ""), marked(asked)
    if request.method != "POST" and not name:  # somebody typed its address
        return redirect("desk:inbox")
    if name not in ACTS:
        raise Http404
    if not plans or len(plans) > verbs.MOST:
        few = _("Vink eerst aan welke plannen je bedoelt.")
        many = _("Kies hoogstens %(n)s plannen tegelijk.") % {"n": verbs.MOST}
        messages.error(request, many if plans else few)
        return redirect("desk:inbox")
    act = ACTS[name][0]
    if request.method != "POST":
        return draw(request, name, plans, BatchForm(act=act))
    if "ga" not in request.POST:
        ticked = [f"{reference}:{version}" for reference, version in plans.items()]
        query = urlencode({"doe": name, "plan": ticked}, doseq=True)
        return redirect(f"{reverse('desk:batch-new')}?{query}")
    form = BatchForm(request.POST, act=act)
    if form.is_valid() and (made := keep(request, act, plans, form)):
        return redirect("desk:batch", made)
    return draw(request, name, plans, form, status=400)


def keep(request, act, plans, form):
    """The number of the batch, made now or by the first click; None, with why in the form, when not."""

    def make():
        return str(verbs.do(act, plans, by=request.user, **form.values()).pk)

    try:
        return submission.once(form.cleaned_data["token"], "batch", make, by=request.user).result
    except ValidationError as refused:
        put_errors(form, refused)
    except PermissionDenied as refused:
        form.add_error(None, str(refused))
    except submission.Refused as refused:
        form.add_error(None, str(refused))
    return None


def draw(request, name, plans, form, status=200):
    """The page that asks; plans that this officer may not see are not in it."""
    found = queues.plans(request.user).filter(reference__in=plans)
    found = found.select_related("contact", "district").order_by("pk")
    act, words, told = ACTS[name]
    context = {
        "name": name,
        "words": words,
        "told": told,
        "form": form,
        "rows": [
            (plan, f"{plan.reference}:{plans[plan.reference]}", not why, why)
            for plan, why in ((one, verbs.out_of_turn(act, one)) for one in found)
        ],
    }
    return render(request, "desk/batch_new.html", context, status=status)


def batch_of(request, number):
    return get_object_or_404(Batch.objects.visible_to(request.user), pk=number)


@never_cache
@officers_only
@require_safe
def page(request, number):
    """What came of each plan, and for ten minutes the way back."""
    batch = batch_of(request, number)
    rows = list(batch.rows.select_related("initiative"))
    context = {
        "batch": batch,
        "rows": rows,
        "done": sum(row.state == "done" for row in rows),
        "passed": sum(row.state == "passed" for row in rows),
    }
    return render(request, "desk/batch.html", context)


@never_cache
@officers_only
@sent_from("desk:batch", "number")
def undo(request, number):
    """Everything back, as far as that can be."""
    batch = batch_of(request, number)
    try:
        number = verbs.undo(batch, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        words = ngettext("%(n)s plan is teruggedraaid.", "%(n)s plannen zijn teruggedraaid.", number)
        messages.success(request, words % {"n": number})
    return redirect(batch)
