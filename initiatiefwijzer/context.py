"""What every page needs to draw its frame."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from townhall.models import Municipality

NAVIGATION = [
    (_("Wegwijzer"), "wegwijzer"),
    (_("Doelen"), "goals:list"),
    (_("Initiatieven"), "initiatives:list"),
    (_("Wie is wie"), "contacts:people"),
    (_("Partners"), "contacts:partners"),
    (_("Geld en hulp"), "funding:list"),
]


def site(request):
    """municipality, navigation, demo and the API twin of this page."""
    return {
        "municipality": SimpleLazyObject(Municipality.objects.current),
        "navigation": [
            {"title": title, "url": reverse(name), "current": request.path.startswith(reverse(name))}
            for title, name in NAVIGATION
        ],
        "demo": settings.DEMO,
        "api_twin": api_twin(request),
    }


def api_twin(request):
    """The address under /api/v1/ that answers the same question, or None."""
    match = request.resolver_match
    if not match:
        return None
    try:
        return reverse(f"api:{match.view_name.replace(':', '-')}", kwargs=match.kwargs)
    except NoReverseMatch:
        return None
