"""What happens to somebody town hall knows without an account: noted, told, looked at, and forgotten in time.

The law (AVG article 14) asks that whoever did not give their data themselves hears of it within a month: what
we keep, where it came from, why, and what they can do about it. Events hold the number, never the name.
"""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import AccountManager, Person
from desk.relations.verbs import guard
from initiatives.models import Interaction
from townhall import verbs as town
from townhall.calendar import is_working_day
from townhall.models import Event, Look, Municipality
from townhall.telephone import only_telephone

KEPT = timedelta(days=2 * 365)  # after the last contact
WITHIN = timedelta(days=30)  # of noting somebody they know of it
REMIND_AFTER = timedelta(days=21)


def may_forget(person, user):
    """True for the manager, and for who noted the person."""
    return user.is_manager or person.noted_by_id == user.pk


def with_last_contact(found):
    """Each with `.last_contact`: the day of the last contact moment, or the day they were noted."""
    return found.annotate(last_contact=Coalesce(Max("interactions__on"), TruncDate("noted_at")))


def to_forget(today=None):
    """Those with whom there was no contact for KEPT, and those who took back the consent it stood on."""
    before = (today or timezone.localdate()) - KEPT
    found = with_last_contact(Person.objects.all())
    return found.filter(Q(last_contact__lt=before) | Q(ground="consent", withdrawn_on__isnull=False))


# Noting -------------------------------------------------------------------------------------------------
@transaction.atomic
def note_person(*, by, **values):
    """Somebody new, with where the data come from and why they may be kept."""
    guard(by)
    person = Person(noted_by=by, **values)
    check(person)
    person.full_clean()
    person.save()
    town.note("create", person, by)
    return person


def change_person(person, *, by, version=None, **values):
    """Other data. A consent is given here, and taken back with `withdraw`."""
    guard(by)
    for name, value in values.items():
        setattr(person, name, value)
    check(person)
    return town.change(person, by=by, owner=by, version=version, **values)


def check(person):
    """Refuses who has no source, a consent without a day that has been, or a number nobody can dial."""
    errors = {}
    if person.phone:
        try:
            only_telephone(person.phone)
        except ValidationError as refused:
            errors["phone"] = refused
    if not person.source.strip():
        errors["source"] = _("Schrijf op hoe je aan deze gegevens komt.")
    if person.ground == "consent" and not person.consented_on:
        errors["consented_on"] = _("Vul in wanneer deze persoon ja zei.")
    if person.consented_on and person.consented_on > timezone.localdate():
        errors["consented_on"] = _("Deze dag moet nog komen.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def withdraw(person, *, by, on, version=None):
    """The consent is taken back. If it was the ground, the data may not be used any more."""
    guard(by)
    if not person.consented_on or person.withdrawn_on:
        raise ValidationError(_("Er is geen toestemming om in te trekken."), code="conflict")
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag moet nog komen.")})
    if on < person.consented_on:
        raise ValidationError({"on": _("Toen was de toestemming er nog niet.")})
    return town.change(person, by=by, owner=by, version=version, what="withdraw", withdrawn_on=on)


# Telling ------------------------------------------------------------------------------------------------
def letter(person):
    """What the person is told: what we keep, where it came from, why, how long, and what they can do."""
    desk = AccountManager.objects.front_desk()
    return render_to_string(
        "desk/mail/person.txt",
        {
            "person": person,
            "town": Municipality.objects.current(),
            "desk": desk,
            "base_url": settings.BASE_URL,
        },
    )


@transaction.atomic
def inform(person, *, by, version=None):
    """The letter goes out by mail, and today is the day the person was told."""
    guard(by)
    if not person.email:
        raise ValidationError(_("Er is geen e-mailadres. Stuur de brief per post, of vertel het zelf."))
    now = _informed(person, by, timezone.localdate(), version)
    desk = AccountManager.objects.front_desk()
    EmailMessage(
        subject=_("De gemeente bewaart gegevens van jou"),
        body=letter(person),
        to=[person.email],
        reply_to=[desk.email] if desk and desk.email else None,
    ).send()
    return now


@transaction.atomic
def told(person, *, by, on, version=None):
    """The person was told in another way, on this day."""
    guard(by)
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag moet nog komen.")})
    return _informed(person, by, on, version)


def _informed(person, by, on, version):
    stored = town.locked(person, version)
    if stored.informed_on:
        raise ValidationError(_("Iemand anders was je voor: dit is al verteld."), code="conflict")
    if not stored.may_be_used:
        raise ValidationError(_("De toestemming is ingetrokken. Wis deze gegevens."))
    return town.change(stored, by=by, owner=by, what="inform", informed_on=on)


# Looking, forgetting ------------------------------------------------------------------------------------
@transaction.atomic
def look(person, *, by, reason=""):
    """The person, with a note that somebody saw how to reach them; who did not note them says why."""
    guard(by)
    if person.noted_by_id != by.pk and not reason.strip():
        raise ValidationError({"reason": _("Schrijf waarom je dit wilt zien. We bewaren dat.")})
    Look.objects.create(by=by, subject_kind="person", subject_key=person.key, reason=reason.strip()[:300])
    return person


@transaction.atomic
def forget(person, *, by, version=None):
    """The person is gone, and so are the notes of talks with nobody and nothing else; the events stay."""
    guard(by)
    if not may_forget(person, by):
        raise PermissionDenied(_("Dit kan alleen de beheerder, of wie deze persoon opschreef."))
    stored = town.locked(person, version)
    theirs = Interaction.persons.through.objects.filter(person=stored).values("interaction")
    alone = Interaction.objects.filter(pk__in=theirs, initiative=None, organisations=None)
    alone = alone.annotate(people=Count("persons")).filter(people=1)
    number = len(gone := list(alone.values_list("pk", flat=True)))
    Interaction.objects.filter(pk__in=gone).delete()
    town.note("forget", stored, by, {"moments": number})
    stored.delete()


# Reminding ----------------------------------------------------------------------------------------------
REMINDED = "person_uninformed"


def remind(now):
    """How many people were reminded of now, each once: one mail to who noted them, else the front desk.

    Nothing on a day on which town hall is closed.
    """
    if not is_working_day(timezone.localdate(now)):
        return 0
    noters = get_user_model().objects.filter(pk__in=late(now).values("noted_by"))
    by_address = defaultdict(list)
    for noter in [*noters, None]:
        by_address[_reach(noter)].append(noter and noter.pk)
    return sum(_remind(address, noters, now) for address, noters in by_address.items() if address)


def late(now):
    """Those who should have been told by now, and whom nobody was reminded of."""
    found = Person.objects.uninformed().filter(noted_at__lt=now - REMIND_AFTER)
    about = Event.objects.filter(subject_kind="person", what=REMINDED)
    known = about.filter(subject_key=Cast(OuterRef("pk"), CharField()))
    return found.exclude(ground="consent", withdrawn_on__isnull=False).exclude(Exists(known)).order_by("pk")


@transaction.atomic
def _remind(address, noters, now):
    """How many people of these noters somebody was reminded of now; the events are the memory."""
    theirs = Q(noted_by__in=[pk for pk in noters if pk])
    theirs |= Q(noted_by=None) if None in noters else Q()
    held = list(late(now).filter(theirs).select_for_update(of=("self",), skip_locked=True))
    people = list(late(now).filter(pk__in=[one.pk for one in held]))  # as it is now that we hold them
    if not people:
        return 0
    Event.objects.bulk_create(
        Event(subject_kind="person", subject_key=one.key, what=REMINDED) for one in people
    )
    _mail_about(people, address)
    return len(people)


def _mail_about(people, address):
    until = timezone.localdate(min(one.noted_at for one in people) + WITHIN)
    number = len(people)
    here = people[0].get_absolute_url() if number == 1 else f"{reverse('desk:persons')}?toon=niet-verteld"
    here = f"{settings.BASE_URL}{reverse('account_login')}?{urlencode({'next': here})}"
    told = {"number": number, "until": until, "here": here}
    subject = ngettext(
        "Vertel iemand dat we gegevens bewaren", "Vertel mensen dat we gegevens bewaren", number
    )
    EmailMessage(
        subject=subject if number == 1 else f"{subject} ({number})",
        body=render_to_string("desk/mail/uninformed.txt", told),
        to=[address],
    ).send()


def _reach(user):
    """The mailbox of an officer who still works here, else of the front desk."""
    manager = AccountManager.objects.employed().filter(user=user).first() if user else None
    if manager and manager.email:
        return manager.email
    if user and user.is_active and user.is_officer:
        return user.email
    desk = AccountManager.objects.front_desk()
    return desk.email if desk else ""
