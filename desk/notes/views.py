"""The notes of colleagues about one plan: read, write, ask somebody to look, say that one looked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only, sent_from
from contacts.models import AccountManager
from desk.notes import verbs
from desk.notes.forms import NoteForm
from desk.notes.models import Mention, Note
from desk.views import plan_of
from initiatives.verbs import officer
from townhall import submission
from townhall.api_defaults import Pagination
from townhall.filters import number_in
from townhall.posting import put_errors, sent


def plan_to_note(request, reference):
    """A plan this officer may write notes about; nobody reads what colleagues say of their own plan."""
    plan = plan_of(request, reference)
    if not officer(request.user, plan):
        raise Http404
    return plan


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request, reference):
    """All notes of a plan, newest first, and a form for another one."""
    plan = plan_to_note(request, reference)
    form = NoteForm(sent(request), user=request.user)
    if form.is_bound and form.is_valid() and keep(request, plan, form):
        messages.success(request, _("Opgeschreven. Alleen ambtenaren lezen dit."))
        return redirect("desk:notes", plan.reference)
    found = Note.objects.visible_to(request.user).filter(initiative=plan).for_pages()
    pages = Paginator(found, Pagination.page_size)
    context = {
        "plan": plan,
        "form": form,
        "page_obj": pages.get_page(number_in(request.GET.get("pagina", "1")) or 1),
        "mine": set(AccountManager.objects.of_user(request.user).values_list("pk", flat=True)),
    }
    return render(request, "desk/notes.html", context, status=400 if form.is_bound else 200)


def keep(request, plan, form):
    """True when the note is there, by this click or an earlier one; else the form says why not."""
    told, by = form.cleaned_data, request.user

    def make():
        return str(verbs.write(plan, by=by, text=told["text"], mention=told["mention"]).pk)

    try:
        submission.once(told["token"], f"note-{plan.pk}", make, by=by)
    except ValidationError as refused:
        put_errors(form, refused)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors


@never_cache
@officers_only
@sent_from("desk:notes", "reference")
def read(request, reference, key):
    """One looked at what was asked."""
    plan = plan_to_note(request, reference)
    found = Mention.objects.select_related("note__initiative", "manager").filter(note__initiative=plan)
    try:
        verbs.read(get_object_or_404(found, pk=key), by=request.user)
    except (ValidationError, PermissionDenied) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    else:
        messages.success(request, _("Op gelezen gezet."))
    return redirect("desk:notes", plan.reference)
