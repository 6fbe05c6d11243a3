"""What a manager does to people, portfolios and partners, on the one writer of townhall/verbs.py."""

import datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import verbs as accounts
from contacts.models import Absence, AccountManager, Organisation, Portfolio, PortfolioHolder, Term
from townhall import history
from townhall import verbs as town
from townhall.verbs import change

change_portfolio = change_holder = change_manager = change_absence = change_partner = change
PERSONAL = ("name", "photo", "phone")  # of an account manager: the person, not the role
DAY = datetime.timedelta(days=1)


def _new(model, letter, by, values, **links):
    """A new thing under the next free key."""
    town.guard(by)
    return town.create(model(key=town.next_key(model, letter), **values), by=by, **links)


# Who governs ----------------------------------------------------------------------------------------------
@transaction.atomic
def create_portfolio(*, by, **values):
    return _new(Portfolio, "PF", by, values)


@transaction.atomic
def create_holder(*, by, **values):
    return _new(PortfolioHolder, "H", by, values)


def create_term(*, by, **values):
    """Somebody answers for a portfolio from a day on."""
    return town.create(Term(**values), by=by)


def change_term(term, *, by, version=None, **values):
    return change(term, by=by, version=version, **values)


def end_term(term, *, by, on, version=None):
    """The last day of a term; nobody answers for the portfolio from then on."""
    return change(term, by=by, version=version, what="end", until=on)


@transaction.atomic
def replace_holder(term, *, by, holder, since, until=None, along=(), version=None):
    """Somebody else answers for the portfolio from `since` on, and for those of the terms `along`.

    The old term ends the day before. A holder who is not known yet (not stored) is made. Returns the new
    terms.
    """
    town.guard(by)
    if holder.pk is None:
        told = {name: getattr(holder, name) for name in ("name", "title", "party", "email")}
        holder = create_holder(by=by, **told)
    follow = [_succeed(term, by, holder, since, until, version)]
    return follow + [_succeed(other, by, holder, since, until) for other in along]


def _succeed(term, by, holder, since, until, version=None):
    """The new term of one portfolio, after the old one."""
    names = {"who": term.holder.name, "portfolio": term.portfolio.name, "day": date_format(term.since)}
    if holder == term.holder:
        raise ValidationError({"holder": _("%(who)s heeft %(portfolio)s al.") % names})
    if since <= term.since:
        words = _("%(who)s begon met %(portfolio)s op %(day)s. Kies een latere dag.")
        raise ValidationError({"since": words % names})
    last = since - DAY
    details = {"holder": holder.key, "portfolio": term.portfolio.key}
    change(
        term,
        by=by,
        version=version,
        what="replace_holder",
        details=details,
        until=min(term.until or last, last),
    )
    return town.create(
        Term(holder=holder, portfolio=term.portfolio, since=since, until=until),
        by=by,
        what="take_over",
        details={"from": term.pk},
    )


# Who helps ------------------------------------------------------------------------------------------------
@transaction.atomic
def create_manager(*, by, districts=(), portfolios=(), **values):
    return _new(AccountManager, "K", by, values, districts=districts, portfolios=portfolios)


@transaction.atomic
def hand_over_front_desk(manager, *, by, version=None):
    """From now on this account manager is the front desk, and whoever was is not."""
    town.guard(by)
    if not manager.is_employed():
        raise ValidationError(_("Deze collega werkt hier niet meer, en kan het loket niet zijn."))
    for other in AccountManager.objects.filter(is_front_desk=True).exclude(pk=manager.pk):
        change(other, by=by, what="leave_front_desk", is_front_desk=False)
    return change(manager, by=by, version=version, what="become_front_desk", is_front_desk=True)


@transaction.atomic
def connect(manager, *, by, address, version=None):
    """Who signs in with this address works as this account manager; an empty address: nobody does."""
    town.guard(by)
    user = get_user_model().objects.filter(email__iexact=address, is_active=True).first() if address else None
    if address and not (user and user.is_officer):
        raise ValidationError({"address": _("Er is geen ambtenaar die met dit adres inlogt.")})
    other = AccountManager.objects.filter(user=user).exclude(pk=manager.pk).first() if user else None
    if other:
        words = _("Dit adres hoort al bij %(who)s. Koppel het daar eerst los.")
        raise ValidationError({"address": words % {"who": other.function}})
    return change(manager, by=by, version=version, what="connect", user=user)


@transaction.atomic
def forget_person(manager, *, by, version=None):
    """The role stays, the person goes: name, picture and phone, also from the history."""
    empty = dict.fromkeys(PERSONAL, "")
    manager = change(manager, by=by, version=version, what="forget", user=None, name_is_public=False, **empty)
    history.forget(manager, *PERSONAL, "user")
    return manager


@transaction.atomic
def appoint(*, by, address, role):
    """Who signs in with this address has this role; an address without an account gets one."""
    town.guard(by)
    user = get_user_model().objects.filter(email__iexact=address).first()
    if user is None:
        return accounts.enrol(by=by, email=address, role=role)
    if not user.is_active:
        raise ValidationError({"address": _("Het account van dit adres is gesloten.")})
    return give_role(user, by=by, role=role)


@transaction.atomic
def give_role(user, *, by, role, version=None):
    """Another role; who is no officer any more is no account manager either: plans stay with the role."""
    now = accounts.give_role(user, by=by, role=role, version=version)
    manager = AccountManager.objects.filter(user=now).first()
    if manager and not now.is_officer:
        change(manager, by=by, what="lose_account", user=None)
    return now


def create_absence(*, by, manager, **values):
    """Somebody is away for some days; managers say so of everybody, an officer of themselves."""
    return town.create(Absence(manager=manager, **values), by=by, owner=manager.user)


@transaction.atomic
def report_absence(*, by, since, until=None, deputy=None):
    """An officer says of themselves that they will be away, and who takes over then."""
    manager = role_of(by)
    if deputy is None and (manager.deputy is None or not manager.deputy.is_employed()):
        raise ValidationError({"deputy": _("Kies wie het overneemt. Je hebt geen vaste vervanger.")})
    return create_absence(by=by, manager=manager, since=since, until=until, deputy=deputy)


def name_deputy(manager, *, by, deputy, version=None):
    """Who takes over whenever this account manager is away, as they say themselves; None: nobody."""
    return change(manager, by=by, version=version, owner=manager.user, deputy=deputy)


def role_of(user):
    """The account manager that somebody works as."""
    manager = AccountManager.objects.employed().filter(user=user).select_related("deputy").first()
    if manager is None:
        raise PermissionDenied(_("Je bent geen contactpersoon."))
    return manager


@transaction.atomic
def end_absence(absence, *, by, version=None):
    """Back today. One that did not begin before today does not happen: it goes (None), its event stays."""
    today, owner = timezone.localdate(), absence.manager.user
    if absence.until and absence.until < today:
        raise ValidationError(_("Deze afwezigheid is al voorbij."), code="conflict")
    if absence.since < today:
        return change(absence, by=by, version=version, what="end", owner=owner, until=today - DAY)
    town.guard(by, owner)
    gone = town.locked(absence, version)
    town.note("cancel", gone, by)
    gone.delete()
    return None


# Partners -------------------------------------------------------------------------------------------------
@transaction.atomic
def create_partner(*, by, districts=(), **values):
    return _new(Organisation, "P", by, values, districts=districts)
