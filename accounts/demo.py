"""Second factors of demo accounts, which nobody has on a phone. Used only with DEMO=1."""

import time

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth


def give_second_factor(user):
    """A second factor whose code the demo can show."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        auth.TOTP.activate(user, auth.generate_totp_secret())


def current_code(user, *, at=None):
    """The six digits of this half minute, or nothing for who has no second factor."""
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if not factor:
        return ""
    counter = int(time.time() if at is None else at) // app_settings.TOTP_PERIOD
    return auth.format_hotp_value(auth.hotp_value(get_adapter().decrypt(factor.data["secret"]), counter))
