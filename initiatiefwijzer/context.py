"""What every page needs to draw its frame."""

from django.conf import settings
from django.urls import reverse
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
STAFF = [  # title, URL name, who finds it in the navigation
    (_("Werkbank"), "desk:inbox", "is_officer"),
]


def site(request):
    """municipality, navigation and demo; `api_twin` comes from the views that have one."""
    user = getattr(request, "user", None)
    mine = [(title, name) for title, name, who in STAFF if getattr(user, who, False)]
    return {
        "municipality": SimpleLazyObject(lambda: Municipality.objects.current() or Municipality()),
        "navigation": [
            {"title": title, "url": reverse(name), "current": request.path.startswith(reverse(name))}
            for title, name in [*NAVIGATION, *mine]
        ],
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }
