"""Staff come no further than their account pages without a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from townhall.api_defaults import problem_response

ACCOUNT = "/account/"
OPEN = (ACCOUNT, "/static/", "/thema.css", "/gezond")
KNOWN = "has_second_factor"  # in the session, so that it is not asked for every page


def staff_need_a_second_factor(get_response):
    """Who sees residents' data proves twice who they are; until then every page leads to setting it up.

    The API does not lead anywhere: it answers 403.
    """

    def middleware(request):
        if not must_prove_more(request):
            return get_response(request)
        if request.path.startswith("/api/"):
            return problem_response(request, 403, _("Zet eerst je tweede stap aan op de site."))
        return redirect(reverse("mfa_activate_totp"))

    return middleware


def must_prove_more(request):
    """True for staff without a second factor, everywhere but where they get one."""
    if request.path.startswith(ACCOUNT):
        request.session.pop(KNOWN, None)  # here one can be taken away too
    if request.path.startswith(OPEN):
        return False
    user = request.user
    return user.is_authenticated and user.is_staff_member and not has_second_factor(request)


def has_second_factor(request):
    """True when the person of this session has one; a yes is remembered for as long as the session lasts."""
    if not request.session.get(KNOWN) and is_mfa_enabled(request.user):
        request.session[KNOWN] = True
    return request.session.get(KNOWN, False)
