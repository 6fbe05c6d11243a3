"""An e-mail address is proven by a code; until then its account opens no door."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User


@transaction.atomic
def person_at(email):
    """The person of an address, made when nobody had it; never more than a resident."""
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found
    made = User.objects.create_user(email)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=False)
    return made


def may_ask_code(request, email):
    """False when this address was sent codes often enough, by whichever form: nobody's mailbox is filled."""
    return ratelimit.consume(request, action="request_login_code", key=email.lower())


def ask_code(request, user, *, then):
    """Mail a code to a person; the address of the page that asks for it and then goes on to `then`."""
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return f"{reverse('account_confirm_login_code')}?{urlencode({'next': then})}"
