"""The second step of signing in."""

from allauth.mfa.base.views import AuthenticateView
from django.conf import settings

from accounts import demo


class Authenticate(AuthenticateView):
    """allauth's page; in the demo it also shows the code that an app on a phone would show."""

    def get_context_data(self, **kwargs):
        shown = demo.current_code(self.stage.login.user) if settings.DEMO else ""
        return super().get_context_data(**kwargs) | {"demo_code": shown}


authenticate = Authenticate.as_view()
