"""What every page needs to draw its frame."""

from functools import cache, lru_cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _

from townhall.standing import town_of

NAVIGATION = [
    (_("Wegwijzer"), "wegwijzer"),
    (_("Doelen"), "goals:list"),
    (_("Initiatieven"), "initiatives:list"),
    (_("Wie is wie"), "contacts:people"),
    (_("Partners"), "contacts:partners"),
    (_("Geld en hulp"), "funding:list"),
]
PERSONAL = [  # title, URL name, who finds it in the navigation
    (_("Mijn plannen"), "overview:mine", "is_authenticated"),
    (_("Raad"), "overview:council", "is_staff_member"),
    (_("Griffie"), "agreements:council-questions", "is_clerk"),
    (_("Werkbank"), "desk:inbox", "is_officer"),
    (_("Beheer"), "desk:manage", "is_manager"),
]
TOWN_SHOWS = ("kind", "name", "phone", "email", "address", "office_hours")


@cache
def places():
    """What stands in the menu, with the addresses, which never change: [(title, url, for whom), …]."""
    everybody = [(title, name, "") for title, name in NAVIGATION]
    return [(title, reverse(name), who) for title, name, who in [*everybody, *PERSONAL]]


def navigation(path, user):
    """The links of the menu of this person; the one that leads to this path is the current one."""
    return [
        {"title": title, "url": url, "current": path.startswith(url)}
        for title, url, who in places()
        if not who or getattr(user, who, False)
    ]


class Frame:
    """What stands above and below a page: the same for all visitors, so drawn once for each look it has."""

    def __init__(self, request, town):
        self.request, self.town = request, town

    @cached_property
    def header(self):
        """Above the page of a visitor; empty for who is signed in, whose header is their own."""
        if getattr(
            self.request, "user", AnonymousUser()
        ).is_authenticated:  # refused before anybody was known
            return ""
        here = next((url for _title, url, _who in places() if self.request.path.startswith(url)), "")
        return drawn("components/page_header.html", here, self.shows, settings.DEMO)

    @cached_property
    def footer(self):
        return drawn("components/page_footer.html", "", self.shows, settings.DEMO)

    @property
    def links(self):
        """Stylesheets and the like, in the head of every page."""
        return drawn("components/page_links.html", "", (), False)

    @property
    def scripts(self):
        return drawn("components/page_scripts.html", "", (), False)

    @property
    def shows(self):
        return *(getattr(self.town, name) for name in TOWN_SHOWS), self.town.texts.get("footer", "")


@lru_cache(maxsize=64)
def drawn(template, here, shows, demo):
    """A part of the frame of a visitor's page; `shows`: the values of TOWN_SHOWS and the text below."""
    town = dict(zip((*TOWN_SHOWS, "footer"), shows, strict=bool(shows)))
    town["texts"] = {"footer": town.get("footer")}
    visitor = AnonymousUser()
    menu = navigation(here, visitor)
    return render_to_string(
        template, {"municipality": town, "navigation": menu, "demo": demo, "user": visitor}
    )


def site(request):
    """municipality, navigation, frame and demo; `api_twin` comes from the views that have one."""
    town = SimpleLazyObject(lambda: town_of(request))
    return {
        "municipality": town,
        "navigation": navigation(request.path, getattr(request, "user", None)),
        "frame": Frame(request, town),
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
    }
