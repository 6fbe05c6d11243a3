"""The forms of signing in: what allauth asks, in our words."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.proving import may_ask_from_here


class AddressField(forms.EmailField):
    """An e-mail address, in small letters: that is how we know people."""

    widget = forms.EmailInput(attrs={"autocomplete": "email"})

    def __init__(self):
        super().__init__(
            label=_("E-mailadres"),
            max_length=User._meta.get_field("email").max_length,
            error_messages={
                "required": _("Vul je e-mailadres in."),
                "invalid": _("Dit is geen e-mailadres. Schrijf het zoals naam@voorbeeld.nl."),
                "max_length": _("Dit adres is te lang: hoogstens %(limit_value)d tekens."),
            },
        )

    def clean(self, value):
        return super().clean(value).lower()


class CodeField(forms.CharField):
    """A code from a mail or an app; spaces, dashes and capitals in it don't matter."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code"})

    def __init__(self, label):
        super().__init__(label=label, max_length=40, error_messages={"required": _("Vul de code in.")})


class SignInForm(account.RequestLoginCodeForm):
    email = AddressField()

    def clean_email(self):
        if not may_ask_from_here(context.request, self.cleaned_data["email"]):
            raise account_adapter().validation_error("too_many_login_attempts")
        return super().clean_email()


class SignUpForm(account.SignupForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def try_save(self, request):
        """(the new user, None) or (None, the answer for an address that was known): one transaction.

        Two who send the same new address at once are both right; the second is answered as any known address.
        """
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class SignInCodeForm(account.ConfirmLoginCodeForm):
    code = CodeField(_("Code uit de mail"))


class SignUpCodeForm(account.ConfirmEmailVerificationCodeForm):
    code = CodeField(_("Code uit de mail"))


class OnceMixin:
    """A code of the app counts once, also in the half minutes before and after its own."""

    def clean_code(self):
        code = super().clean_code()
        lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"second-factor:{self.user.pk}:{code}", "used", lasts):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(OnceMixin, mfa.AuthenticateForm):
    code = CodeField(_("Code uit je app, of een herstelcode"))


class AgainForm(OnceMixin, mfa.ReauthenticateForm):
    code = CodeField(_("Code uit je app, of een herstelcode"))


class AddAppForm(OnceMixin, totp.ActivateTOTPForm):
    code = CodeField(_("Code uit je app"))
