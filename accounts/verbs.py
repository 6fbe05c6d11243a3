"""What people decide about their own account, and what a manager does to others'.

A manager gives or takes a role, and puts back a second step that somebody lost. That ends the sessions of
the person: what they may do changed, so they prove anew who they are. They are told by mail, so that nobody
gets or loses a role behind their own back.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import STAFF, NotificationPreference, Role, User
from townhall import verbs as town
from townhall.models import Municipality

LOST = {  # why a second step is put back; a code, because an event holds no words about people
    "phone": gettext_lazy("De telefoon is kwijt of kapot"),
    "new_phone": gettext_lazy("Er is een nieuwe telefoon, zonder de app"),
    "codes": gettext_lazy("De app is weg en de herstelcodes zijn op"),
    "unsafe": gettext_lazy("Misschien kan een ander bij de codes"),
}


@transaction.atomic
def choose_mails(*, by, kinds, wanted):
    """From now on `by` gets mail about `wanted` and about no other of these kinds.

    It leaves no event: this is nobody else's business.
    """
    for kind in kinds:
        NotificationPreference.objects.update_or_create(
            user=by, kind=kind, defaults={"by_mail": kind in wanted}
        )


@transaction.atomic
def enrol(*, by, email, role):
    """A new account with this role; nobody may sign in with the address yet.

    It proves its address by its first code, like any other; one that never does vanishes (tasks.py).
    """
    town.guard(by)
    _only(role, STAFF)
    made = _new(email, role)
    town.note("enrol", made, by, {"role": role})
    _tell(made, "role", _("Je hebt een rol bij Initiatiefwijzer"))
    return made


@transaction.atomic
def give_role(user, *, by, role, version=None):
    """The account has this role and no other one; the role of resident takes what it had.

    There is always a manager left, one who came in before: whoever is the last first names another.
    """
    town.guard(by)
    _only(role, Role.values)
    managers = User.objects.select_for_update().filter(role=Role.MANAGER, is_active=True).order_by("pk")
    others = [one for one in managers if one.pk != user.pk and one.last_login]
    if role != Role.MANAGER and user.is_manager and not others:
        words = _("Dit is de enige beheerder. Maak eerst een ander beheerder, en laat die een keer inloggen.")
        raise ValidationError({"role": words})
    before = user.role
    told = {"from": before, "to": role}
    now = town.change(user, by=by, version=version, what="give_role", details=told, role=role)
    if now.role != before:
        _end_sessions(now)
        _tell(now, "role", _("Je rol bij Initiatiefwijzer is veranderd"))
    return now


@transaction.atomic
def first_manager(email):
    """The first manager of an installation, named from its machine; afterwards managers name each other."""
    if User.objects.filter(role=Role.MANAGER, is_active=True).exists():
        raise ValidationError(_("Er is al een beheerder. Die geeft anderen hun rol, op de site bij Beheer."))
    user = User.objects.filter(email__iexact=email).first() or _new(email, Role.RESIDENT)
    user.role = Role.MANAGER
    user.is_active = True
    user.version += 1
    user.save(update_fields=["role", "is_active", "version"])
    town.note("first_manager", user, None)
    _end_sessions(user)
    return user


@transaction.atomic
def reset_second_step(user, *, by, why, version=None):
    """The person signs in with only the mailbox once, and sets up a second step anew.

    Not one's own: there is a page for that, which asks for a code first.
    """
    town.guard(by)
    if user == by:
        raise ValidationError(_("Dit is je eigen account. Vraag een andere beheerder om dit te doen."))
    if why not in LOST:
        raise ValidationError({"why": _("Kies waarom dit nodig is.")})
    town.locked(user, version)
    gone, _counts = Authenticator.objects.filter(user=user).delete()
    if not gone:
        raise ValidationError(_("Dit account heeft geen tweede stap: er is niets om terug te zetten."))
    town.note("reset_second_step", user, by, {"why": why})
    _end_sessions(user)
    _tell(user, "second_step", _("Je tweede stap is teruggezet"), why=LOST[why])
    return user


def reset_second_step_of(address, *, by, why):
    """The same for who signs in with this address; residents stand in no list of managers."""
    town.guard(by)
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user is None:
        raise ValidationError({"address": _("Er is geen account met dit adres.")})
    return reset_second_step(user, by=by, why=why)


def _new(email, role):
    made = User.objects.create_user(email, role=role)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=False)
    return made


def _only(role, roles):
    if role not in roles:
        raise ValidationError({"role": _("Deze rol kennen we niet.")})


def _end_sessions(user):
    """Sessions hold a hash of the password; nobody has one, so another unusable one ends them all."""
    User.objects.filter(pk=user.pk).update(password=make_password(None))


def _tell(user, name, subject, **more):
    """One mail through the outbox, to the address the account is known by."""
    told = {"user": user, "town": Municipality.objects.current(), "base_url": settings.BASE_URL} | more
    body = render_to_string(f"accounts/mail/{name}.txt", told)
    EmailMessage(subject=subject, body=body, to=[user.email]).send()
