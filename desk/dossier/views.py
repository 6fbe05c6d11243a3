"""What is kept of a plan: how its texts changed, and all of it in one file."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only
from desk.dossier import verbs
from desk.dossier.forms import DossierForm
from desk.views import plan_of
from initiatives.versions import MOST, versions
from townhall.limiter import too_often
from townhall.posting import sent


def near_plan(request, reference):
    """The plan, for who handles it; other officers read that it is not for them."""
    plan = plan_of(request, reference)
    if not verbs.handles(request.user, plan):
        raise PermissionDenied(_("Dit is voor de contactpersoon, de vervanger en de beheerder."))
    return plan


@never_cache
@officers_only
@require_safe
def history(request, reference):
    """How the texts of a plan changed."""
    plan = near_plan(request, reference)
    told = {"plan": plan, "versions": versions(plan, request.user), "most": MOST}
    return render(request, "desk/history.html", told)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request, reference):
    """All of a plan in one file, or what of it may be made public."""
    plan = near_plan(request, reference)
    form = DossierForm(sent(request))
    if form.is_bound and form.is_valid():
        return handed_over(request, plan, **form.cleaned_data)
    return render(
        request, "desk/dossier.html", {"plan": plan, "form": form}, status=400 if form.is_bound else 200
    )


def handed_over(request, plan, **asked):
    """The dossier that was asked for as a file to save; who asks too often reads that it has to wait."""
    refused = too_often(request, "dossier")
    return refused or download(plan, verbs.make(plan, by=request.user, **asked))


def download(plan, paper):
    """The ZIP as a file to save."""
    name = f"dossier-{plan.reference or 'concept'}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(paper, as_attachment=True, filename=name, content_type="application/zip")
