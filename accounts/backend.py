"""Who is signed in, fetched at every request."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from accounts.models import User


@cache
def people():
    """Everybody with an account, as the middleware needs them; what every request asks is made up once."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return User.objects.annotate(has_second_factor=Exists(factors))


class Backend(AuthenticationBackend):
    """allauth's, but a person comes along with `has_second_factor`: the middleware need not ask again."""

    def get_user(self, user_id):
        user = people().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
