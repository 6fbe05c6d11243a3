"""Staff come no further than their account pages without a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.shortcuts import redirect
from django.urls import reverse

OPEN = ("/account/", "/static/", "/gezond")


def staff_need_a_second_factor(get_response):
    """Who sees residents' data proves twice who they are; until then every page leads to setting it up."""

    def middleware(request):
        user = request.user
        if (
            user.is_authenticated
            and user.is_staff_member
            and not request.path.startswith(OPEN)
            and not is_mfa_enabled(user)
        ):
            return redirect(reverse("mfa_activate_totp"))
        return get_response(request)

    return middleware
