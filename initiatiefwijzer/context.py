"""What every page needs to draw its frame."""

from functools import cache, lru_cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
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
TOWN_SHOWS = ("kind", "name", "phone", "email", "address", "office_hours")


@cache
def places():
    """The titles of the navigation with their addresses, which never change."""
    return [(title, reverse(name)) for title, name in NAVIGATION]


def navigation(path):
    """The links of the menu; the one that leads to this path is the current one."""
    return [{"title": title, "url": url, "current": path.startswith(url)} for title, url in places()]


class Frame:
    """What stands above and below a page: the same for all visitors, so drawn once for each look it has."""

    def __init__(self, request, town):
        self.request, self.town = request, town

    @cached_property
    def header(self):
        """Above the page of a visitor; empty for who is signed in, whose header is their own."""
        if self.request.user.is_authenticated:
            return ""
        here = next((url for _title, url in places() if self.request.path.startswith(url)), "")
        return drawn("components/page_header.html", here, self.shows, settings.DEMO)

    @cached_property
    def footer(self):
        return drawn("components/page_footer.html", "", self.shows, settings.DEMO)

    @property
    def shows(self):
        return tuple(getattr(self.town, name) for name in TOWN_SHOWS)


@lru_cache(maxsize=64)
def drawn(template, here, shows, demo):
    """A part of the frame of a visitor's page; `shows` holds the values of TOWN_SHOWS."""
    town = dict(zip(TOWN_SHOWS, shows, strict=True))
    shown = {"municipality": town, "navigation": navigation(here), "demo": demo, "user": AnonymousUser()}
    return render_to_string(template, shown)


def site(request):
    """municipality, navigation, frame and demo; `api_twin` comes from the views that have one."""
    town = SimpleLazyObject(lambda: Municipality.objects.current() or Municipality())
    return {
        "municipality": town,
        "navigation": navigation(request.path),
        "frame": Frame(request, town),
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }
