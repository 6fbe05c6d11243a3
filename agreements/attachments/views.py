"""The files of a plan: a page for each side, the acts, and the files themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only, sent_from, signed_in
from agreements.attachments import verbs
from agreements.attachments.forms import AttachmentForm
from agreements.attachments.models import Attachment
from initiatives.sides import side_of
from townhall import submission, uploads
from townhall.filters import number_in
from townhall.posting import put_errors

PAGE = "agreements:{}-attachments"  # of either side
ACTS = {  # act in the address -> (verb, what the button says, icon, what is said when it is done)
    "tonen": ("show", lazy("Mag op de site"), "check", lazy("Dit bestand mag van jou op de site.")),
    "verbergen": ("hide", lazy("Niet meer op de site"), "info", lazy("Dit bestand komt niet op de site.")),
    "weg": ("remove", lazy("Haal weg"), "close", lazy("Het bestand is weg.")),
}


def files_of(side, user):
    """[(attachment, [(address, words, icon), …])]: what this person sees, and can do about each."""
    for one in side.plan.attachments.visible_to(user).for_pages():
        may = verbs.allowed(one, user)
        acts = [
            (side.address("agreements:{}-attachment-act", one.file_id, slug), words, icon)
            for slug, (verb, words, icon, _done) in ACTS.items()
            if verb in may
        ]
        yield {"attachment": one, "acts": acts}


def draw(request, side, form=None, *, problem="", status=200):
    told = {
        "plan": side.plan,
        "side": side,
        "page": side.address(PAGE),
        "files": list(files_of(side, request.user)),
        "form": form or AttachmentForm(is_officer=side.is_officer),
        "problem": problem,
    }
    return render(request, "agreements/attachments.html", told, status=status)


def attachments(request, **place):
    """The files of a plan, and a form for a new one."""
    side = side_of(request.user, **place)
    if request.method != "POST":
        return draw(request, side)
    form, status = AttachmentForm(request.POST, request.FILES, is_officer=side.is_officer), 400
    if form.is_valid():
        try:
            uploads.check_often(request)
            submission.once(
                form.cleaned_data["token"],
                "attachment",
                lambda: verbs.add(side.plan, by=request.user, **form.told()).key,
                by=request.user,
            )
            messages.success(request, _("Het bestand staat erbij."))
            return redirect(side.address(PAGE))
        except ValidationError as refused:
            status = put_errors(form, refused)
            uploads.ask_again(form)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    return draw(request, side, form, status=status)


def act(request, key, slug, **place):
    """Say yes or no to the site, or take it away."""
    side = side_of(request.user, **place)
    if slug not in ACTS:
        raise Http404
    verb, _words, _icon, done = ACTS[slug]
    found = side.plan.attachments.visible_to(request.user).for_pages()
    attachment = get_object_or_404(found, file_id=key)
    try:
        getattr(verbs, verb)(attachment, by=request.user, version=number_in(request.POST.get("version", "")))
    except PermissionDenied:
        raise Http404 from None
    except ValidationError as refused:
        return draw(request, side, problem=" ".join(refused.messages), status=409)
    messages.success(request, done)
    return redirect(side.address(PAGE))


READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
of_desk = never_cache(officers_only(READ_AND_SEND(attachments)))
of_mine = never_cache(signed_in(READ_AND_SEND(attachments)))
act_of_desk = never_cache(officers_only(sent_from("agreements:desk-attachments", "reference")(act)))
act_of_mine = never_cache(signed_in(sent_from("agreements:own-attachments", "public_id")(act)))


@require_safe
def content(request, reference, key, *, small=False):
    """The file itself, for who may see it."""
    found = Attachment.objects.visible_to(request.user).select_related("file")
    attachment = get_object_or_404(found, initiative__reference=reference, file_id=key)
    return uploads.answer(attachment.file, small=small)
