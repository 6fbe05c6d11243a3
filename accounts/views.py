"""allauth's views where ours do something more."""

from allauth.account import views as allauth_account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import demo, proving


@login_required
@require_safe
def account(request):
    """Who I am here, and what I may choose. Without a twin: signing in is for people."""
    return render(request, "account/account.html")


class FreshStartMixin:
    """Who typed a wrong address may begin again, also while we wait for the code of the first one."""

    def _redirect_to_pending_stage(self, request, stage):
        return None


class SignIn(FreshStartMixin, allauth_account.RequestLoginCodeView):
    """Asks for an address, and mails a code to it."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"other_address": proving.other_address(self.request)}

    def form_valid(self, form):
        self.request.session.pop(proving.OTHER, None)
        return super().form_valid(form)


class SignUp(FreshStartMixin, allauth_account.SignupView):
    """Asks for an address, and mails a code to it: the same page, whether we know the address or not."""


class ExpiryMixin:
    """A code that is too old leads back to the first page; this says why."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", True) is None:
            messages.warning(request, _("Je code is verlopen. Vraag een nieuwe code."))
        return response


class SignInCode(ExpiryMixin, allauth_account.ConfirmLoginCodeView):
    """Asks for the code that was mailed."""

    def get_context_data(self, **kwargs):
        other = proving.other_address(self.request) or reverse("account_login")
        return super().get_context_data(**kwargs) | {"other_address": other}


class SignUpCode(ExpiryMixin, allauth_account.ConfirmEmailVerificationCodeView):
    """Asks for the code that was mailed to a new address."""


class SecondStep(mfa.AuthenticateView):
    """Asks for the code of the app; in the demo it also shows the code that an app on a phone would show."""

    def get_context_data(self, **kwargs):
        shown = demo.current_code(self.stage.login.user) if settings.DEMO else ""
        return super().get_context_data(**kwargs) | {"demo_code": shown}


class AddApp(totp.ActivateTOTPView):
    """Couples an app; who just showed its code need not show another one to see the recovery codes."""

    def form_valid(self, form):
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", reauthenticated=True)
        return response


class RecoveryCodesFile(recovery.DownloadRecoveryCodesView):
    """The recovery codes as a file to keep."""

    def render_to_response(self, context, **response_kwargs):
        response = super().render_to_response(context, **response_kwargs)
        response["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
        return response
