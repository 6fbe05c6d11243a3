"""How allauth behaves here: codes instead of passwords, our own words, redirects only to our own site."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import proving
from townhall.limiter import alias
from townhall.models import Municipality

TOO_OFTEN = _("Je probeerde het te vaak achter elkaar. Wacht een paar minuten en probeer het dan weer.")


class Adapter(DefaultAccountAdapter):
    """Sign-up and sign-in by code only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("Deze code klopt niet. Gebruik de code uit de laatste mail van ons."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "email_taken": _("Dit adres is al van een ander account."),
    }

    def send_mail(self, template_prefix, email, context):
        """Every mail knows the municipality and our own address, and believes no header of a request."""
        ours = {"email": email, "town": Municipality.objects.current(), "base_url": settings.BASE_URL}
        self.render_mail(template_prefix, email, ours | context).send()
        code = context.get("code")
        if settings.DEMO and code:
            messages.info(self.request, _("Demo: je code is %(code)s") % {"code": code})
            print(f"Demo: de code voor {email} is {code}", flush=True)  # noqa: T201

    def send_account_already_exists_mail(self, email):
        """allauth would name the page for a new password, which is not there."""
        self.send_mail("account/email/account_already_exists", email, {})

    def login(self, request, user):
        """Who sees residents' data does not stay signed in for weeks; others do, whatever came before."""
        super().login(request, user)
        proving.forget_others(request, user)
        request.session.set_expiry(settings.STAFF_SESSION_AGE if user.is_staff_member else None)

    def is_safe_url(self, url):
        """Only this very site, whatever other names it may be called by."""
        host, secure = self.request.get_host(), self.request.is_secure()
        return url_has_allowed_host_and_scheme(url, {host}, require_https=secure)

    def get_client_ip(self, request):
        """What allauth's limits count by, and keep in the cache: it need not be the address itself."""
        return alias(request, "accounts")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Deze code klopt niet. De code in je app verandert elke halve minuut."),
        "unverified_email": _("Bevestig eerst je e-mailadres."),
    }
