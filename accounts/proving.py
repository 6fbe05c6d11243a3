"""An e-mail address is proven by a code; until then its account opens no door."""

import time

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from townhall.limiter import alias

OTHER = "other_address"  # in the session: where who typed a wrong e-mail address goes, and until when
BEGUN = "begun"  # in the session: {key in an address: what was typed, until when, the concept, whose that is}
HOLDS = 3600  # seconds: the next person at this computer should not find it


@transaction.atomic
def person_at(email):
    """The person of an address, made when nobody had it; never more than a resident."""
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found
    made = User.objects.create_user(email)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=False)
    return made


def may_ask_from_here(request, email):
    """False when this asker had enough codes mailed to this address; what others ask does not count."""
    key = f"{alias(request, 'codes')} {email.lower()}"
    return ratelimit.consume(request, action="code_from_here", key=key)


def may_ask(request, email):
    """The same, and False when all askers together had enough codes mailed to it."""
    here = may_ask_from_here(request, email)
    return here and ratelimit.consume(request, action="request_login_code", key=email.lower())


def ask_code(request, user, *, then, other):
    """Mail a code to a person; the address of the page that asks for it and then goes on to `then`.

    other: the page on which another e-mail address can be typed, open to this very browser.
    """
    request.session[OTHER] = [other, time.time() + HOLDS]
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return f"{reverse('account_confirm_login_code')}?{urlencode({'next': then})}"


def other_address(request):
    """The page on which who registered just now, in this browser, can type another address; or nothing."""
    other, until = request.session.get(OTHER) or ("", 0)
    return other if time.time() < until and not request.user.is_authenticated else ""


def forget_others(request, user):
    """Of what was typed in this browser only the plans of who signed in now stay."""
    if found := request.session.get(BEGUN):
        request.session[BEGUN] = {key: one for key, one in found.items() if one.get("whose") == user.pk}


def may_type_another(request):
    """True when this is that page."""
    return other_address(request) == request.get_full_path()
