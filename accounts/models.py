"""People who log in, what they agreed to and what they follow."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Lower, Now
from django.utils.translation import gettext_lazy as _

from townhall.history import kept
from townhall.models import Versioned


class Role(models.TextChoices):
    """What a person may come to do; everybody who logs in is a resident."""

    RESIDENT = "resident", _("inwoner")
    OFFICER = "officer", _("ambtenaar")
    COUNCIL = "council", _("raadslid")
    CLERK = "clerk", _("griffie")
    MANAGER = "manager", _("beheerder")


STAFF = set(Role) - {Role.RESIDENT}  # they see what residents don't: a second factor is asked


class UserQuerySet(models.QuerySet):
    def staff(self):
        """Who works for or sits in town hall."""
        return self.filter(role__in=STAFF, is_active=True)

    def clerks(self):
        """The clerks of the council (griffie), in the order in which they came."""
        return self.filter(role=Role.CLERK, is_active=True).order_by("pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, *, name="", role=Role.RESIDENT):
        """A person without a password: they prove their address with a code."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, role=role)
        user.set_unusable_password()
        user.full_clean()
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


@kept("role")
class User(Versioned, AbstractBaseUser):
    """Somebody who logs in; the e-mail address is the name they are known by."""

    email = models.EmailField(_("e-mailadres"), max_length=254)
    name = models.CharField(_("naam"), max_length=100, blank=True)
    role = models.CharField(_("rol"), max_length=10, choices=Role, default=Role.RESIDENT)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_user_an_address",
                violation_error_message=_("Dit adres is al bekend."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def is_staff_member(self):
        """True for who works for or sits in town hall: officers, council, managers."""
        return self.role in STAFF

    @property
    def is_officer(self):
        return self.role in (Role.OFFICER, Role.MANAGER)

    @property
    def is_clerk(self):
        return self.role == Role.CLERK

    @property
    def is_manager(self):
        return self.role == Role.MANAGER


class Consent(models.Model):
    """What a person agreed to, in which words, and when they took it back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    purpose = models.SlugField(_("waarvoor"), max_length=40)
    wording = models.CharField(_("woorden"), max_length=300)
    given_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_running_consent_a_purpose",
            )
        ]

    def __str__(self):
        return self.purpose


class NotificationPreference(models.Model):
    """Whether a person wants mail about a kind of news; without a row they do."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notification_preferences")
    kind = models.SlugField(_("soort bericht"), max_length=40)
    by_mail = models.BooleanField(_("per e-mail"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_preference_a_kind")]

    def __str__(self):
        return self.kind


class FollowQuerySet(models.QuerySet):
    def of_initiative(self, public_id):
        """Those of one plan; also of an OuterRef. A plan has the key that its events have: public_id."""
        return self.filter(kind="initiative", key=Cast(public_id, models.CharField()))


class Follow(models.Model):
    """A person follows a thing: an initiative, a goal, a district."""

    user = models.ForeignKey(User, models.CASCADE, related_name="follows")
    kind = models.SlugField(max_length=30)
    key = models.CharField(max_length=60)
    since = models.DateTimeField(db_default=Now())

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="follow_a_thing_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """A person is told about one event, once: on the site, and by mail where they want that."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    event = models.ForeignKey("townhall.Event", models.PROTECT, related_name="notices")
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "-at"], name="notice_of_user")]
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="tell_of_an_event_once")]

    def __str__(self):
        return f"{self.user_id} {self.event_id}"
