"""The officer's desk."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from initiatives.models import Initiative


@require_safe
def plan(request, reference):
    """One plan on the desk."""
    if not (request.user.is_authenticated and request.user.is_officer):
        raise Http404
    found = get_object_or_404(Initiative.objects.visible_to(request.user), reference=reference)
    return HttpResponse(found.title, content_type="text/plain; charset=utf-8")
