"""Staff come no further than their account pages without a second factor."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.handback import hand_back, is_from_here
from townhall.api_defaults import problem_response

SAFE = ("GET", "HEAD")  # what can be asked once more
OPEN = ("/account/", "/static/", "/thema.css", "/gezond")


def has_second_factor(user):
    """Comes along with the person (backend.py), except in the very request in which they signed in."""
    return user.has_second_factor if hasattr(user, "has_second_factor") else is_mfa_enabled(user)


def proved_twice(request):
    """True when this very session gave a second code.

    An app coupled from another device proves nothing about this one, nor does one coupled before the person
    came to work here.
    """
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def staff_need_a_second_factor(get_response):
    """Who sees residents' data proves twice who they are; until then every page leads to doing so.

    The API does not lead anywhere: it answers 403.
    """

    def middleware(request):
        user = request.user
        if user.is_authenticated and user.is_staff_member and not request.path.startswith(OPEN):
            if not has_second_factor(user):
                return refuse(
                    request, reverse("mfa_activate_totp"), _("Zet eerst je tweede stap aan op de site.")
                )
            if not proved_twice(request):
                here = request.get_full_path() if request.method in SAFE else reverse("home")
                back = urlencode({REDIRECT_FIELD_NAME: here})
                return refuse(
                    request,
                    f"{reverse('mfa_reauthenticate')}?{back}",
                    _("Doe eerst je tweede stap op de site."),
                )
        response = get_response(request)
        if user.is_authenticated:  # whoever signs out on a shared computer leaves nothing behind "back"
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def refuse(request, leads_to, sentence):
    """The page that opens the way, or 403 below /api/; what was typed meanwhile is handed back."""
    if request.path.startswith("/api/"):
        return problem_response(request, 403, sentence)
    if request.method == "POST" and is_from_here(request):
        return hand_back(request, first=leads_to)
    return redirect(leads_to)
