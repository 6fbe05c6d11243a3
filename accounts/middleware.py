"""Staff come no further than their account pages without a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from townhall.api_defaults import problem_response

OPEN = ("/account/", "/static/", "/thema.css", "/gezond")


def staff_need_a_second_factor(get_response):
    """Who sees residents' data proves twice who they are; until then every page leads to setting it up.

    The API does not lead anywhere: it answers 403.
    """

    def middleware(request):
        user = request.user
        if (
            user.is_authenticated
            and user.is_staff_member
            and not request.path.startswith(OPEN)
            and not is_mfa_enabled(user)
        ):
            if request.path.startswith("/api/"):
                return problem_response(request, 403, _("Zet eerst je tweede stap aan op de site."))
            return redirect(reverse("mfa_activate_totp"))
        return get_response(request)

    return middleware
