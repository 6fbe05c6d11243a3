"""Signing in by code, signing out, and the second factor: allauth's views at our addresses.

Only what we use has an address; there are no passwords, so there is no page about them. The names are those
that allauth looks for.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.cache import never_cache

from accounts import views


def page(route, view, name):
    """A page about somebody's account: no cache keeps it."""
    return path(route, never_cache(view), name=name)


urlpatterns = [
    page("", views.account, "account_email"),  # the name by which allauth leads here
    page("inloggen/", views.SignIn.as_view(), "account_login"),
    page("inloggen/", views.SignIn.as_view(), "account_request_login_code"),  # allauth's own name
    page("inloggen/code/", views.SignInCode.as_view(), "account_confirm_login_code"),
    page("inloggen/tweede-stap/", views.SecondStep.as_view(), "mfa_authenticate"),
    page("aanmelden/", views.SignUp.as_view(), "account_signup"),
    page("aanmelden/code/", views.SignUpCode.as_view(), "account_email_verification_sent"),
    page("uitloggen/", account.logout, "account_logout"),
    page("gesloten/", account.account_inactive, "account_inactive"),
    page("opnieuw/", mfa.reauthenticate, "mfa_reauthenticate"),
    page("tweede-stap/", mfa.index, "mfa_index"),
    page("tweede-stap/aan/", views.AddApp.as_view(), "mfa_activate_totp"),
    page("tweede-stap/uit/", totp.deactivate_totp, "mfa_deactivate_totp"),
    page("tweede-stap/codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    page("tweede-stap/codes/nieuw/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    page("tweede-stap/codes/bestand/", views.RecoveryCodesFile.as_view(), "mfa_download_recovery_codes"),
]
