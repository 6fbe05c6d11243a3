"""How allauth behaves here: no passwords, a role kept out of every form."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages


class Adapter(DefaultAccountAdapter):
    """Sign-up and sign-in by code only."""

    def send_mail(self, template_prefix, email, context):
        super().send_mail(template_prefix, email, context)
        code = context.get("code")
        if settings.DEMO and code and getattr(self, "request", None):
            messages.info(self.request, f"Demo: je code is {code}")
            print(f"Demo: de code voor {email} is {code}", flush=True)  # noqa: T201
