"""News of a plan: a page for each side, the acts, and the pictures themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.handback import officers_only, signed_in
from initiatives.models import Update
from initiatives.sides import side_of
from initiatives.updates import forms, verbs
from townhall import submission, uploads
from townhall.posting import put_errors, put_on

PAGE = "updates:{}"  # of either side
MOST = 200  # on a page: as many as a plan may have
NEWEST = 6  # shown at once; what is older unfolds
ACTS = {  # act in the address -> (verb, form, what the button says, icon, what is said when it is done)
    "aanpassen": ("correct", forms.CorrectForm, lazy("Pas aan"), "pencil", lazy("Je nieuws is aangepast.")),
    "weg": ("remove", forms.RemoveForm, lazy("Haal weg"), "close", lazy("Het nieuws is weg.")),
    "verbergen": (
        "hide", forms.HideForm, lazy("Haal van de site"), "info",
        lazy("Het nieuws staat niet meer op de site."),
    ),
    "tonen": (
        "show", forms.ShowForm, lazy("Zet weer op de site"), "check", lazy("Het nieuws mag weer op de site."),
    ),
}  # fmt: skip


def draw(request, side, form=None, typed=None, *, problem="", status=200):
    """typed: (number of the news, act, form) of what did not go well; it keeps what was written."""
    plan, user = side.plan, request.user
    plan.known_initiators = list(plan.initiators())
    found = plan.updates.visible_to(user).for_pages()[:MOST]
    for one in found:
        one.initiative = plan
    rows = [{"update": one, "acts": list(acts_of(side, one, user, typed))} for one in found]
    told = {
        "plan": plan,
        "side": side,
        "page": side.address(PAGE),
        "news": rows[:NEWEST],
        "older": rows[NEWEST:],
        "older_is_open": any(act["open"] for row in rows[NEWEST:] for act in row["acts"]),
        "form": form or forms.TellForm(),
        "may_tell": verbs.may_tell(plan, user),
        "problem": problem,
    }
    return render(request, "initiatives/updates.html", told, status=status)


def acts_of(side, update, user, typed):
    """What this person can do about one piece of news: address, words, icon and form."""
    for slug, (verb, kind, words, icon, _done) in ACTS.items():
        if verb in verbs.allowed(update, user):
            mine = typed[2] if typed and typed[:2] == (update.pk, slug) else None
            initial = {"version": update.version, "text": update.text}
            yield {
                "address": side.address(f"{PAGE}-act", update.pk, slug),
                "words": words,
                "icon": icon,
                "form": mine or kind(initial=initial, auto_id=f"{slug}-{update.pk}-%s"),
                "unfolds": bool(kind.warning) or len(kind.base_fields) > 1,
                "open": mine is not None,
            }


def news(request, **place):
    """The news of a plan, and a form for more."""
    side = side_of(request.user, **place)
    if request.method != "POST":
        return draw(request, side)
    form, status = forms.TellForm(request.POST, request.FILES), 400
    if form.is_valid():
        try:
            uploads.check_often(request)
            submission.once(
                form.cleaned_data["token"],
                "update",
                lambda: str(verbs.tell(side.plan, by=request.user, **form.told()).pk),
                by=request.user,
            )
            messages.success(request, _("Je nieuws staat erbij."))
            return redirect(side.address(PAGE))
        except PermissionDenied:
            raise Http404 from None
        except ValidationError as refused:
            status = put_errors(form, refused)
            uploads.ask_again(form)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    return draw(request, side, form, status=status)


def act(request, key, slug, **place):
    """Correct, take back, hide or show."""
    side = side_of(request.user, **place)
    if slug not in ACTS:
        raise Http404
    verb, kind, _words, _icon, done = ACTS[slug]
    update = get_object_or_404(side.plan.updates.visible_to(request.user).for_pages(), pk=key)
    form = kind(request.POST, auto_id=f"{slug}-{update.pk}-%s")
    if verb not in verbs.allowed(update, request.user):
        raise Http404
    if not form.is_valid():
        return draw(request, side, typed=(update.pk, slug, form), status=400)
    try:
        event = getattr(verbs, verb)(update, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        status = put_errors(form, refused)
        if status == 409:
            now = Update.objects.filter(pk=update.pk).values_list("version", flat=True).first()
            put_on(form, now or update.version)
        problem = " ".join(refused.messages) if status == 409 else ""
        return draw(request, side, typed=(update.pk, slug, form), problem=problem, status=status)
    messages.success(request, done if event else _("Er is niets veranderd."))
    return redirect(side.address(PAGE))


of_desk = never_cache(officers_only(require_safe(news)))
of_mine = never_cache(signed_in(require_http_methods(["GET", "HEAD", "POST"])(news)))
act_of_desk = never_cache(officers_only(require_POST(act)))
act_of_mine = never_cache(signed_in(require_POST(act)))


@require_safe
def picture(request, reference, key, *, small=False):
    """The picture of a piece of news, for who may see that."""
    found = Update.objects.visible_to(request.user).exclude(picture=None).select_related("picture")
    update = get_object_or_404(found, initiative__reference=reference, pk=key)
    return uploads.answer(update.picture, small=small)
