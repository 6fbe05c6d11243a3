"""One's own plans."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from initiatives.models import Initiative


@require_safe
@login_required
def plan(request, public_id):
    """One of my plans."""
    found = get_object_or_404(Initiative.objects.visible_to(request.user), public_id=public_id)
    return HttpResponse(found.title, content_type="text/plain; charset=utf-8")
