"""Signing in by code, signing out, and the second factor: allauth's views at our addresses.

Only what we use has an address; there are no passwords, so there is no page about them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="account_email"),  # allauth leads here
    path("inloggen/", account.request_login_code, name="account_login"),
    path("inloggen/", account.request_login_code, name="account_request_login_code"),  # allauth's own name
    path("inloggen/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("inloggen/tweede-stap/", views.authenticate, name="mfa_authenticate"),
    path("aanmelden/", account.signup, name="account_signup"),
    path("aanmelden/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("gesloten/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tweede-stap/", mfa.index, name="mfa_index"),
    path("tweede-stap/aan/", totp.activate_totp, name="mfa_activate_totp"),
    path("tweede-stap/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tweede-stap/codes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tweede-stap/codes/bestand/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
