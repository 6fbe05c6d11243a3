"""A letter to many, and what became of it for each."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation
from initiatives.models import Initiative, Participant, one_of
from townhall.models import Versioned

WEEK = timedelta(days=7)


class LetterKind(models.TextChoices):
    """To whom letters go."""

    PLANS = "plannen", _("initiatiefnemers van plannen")
    PARTNERS = "partners", _("partners")


class LetterState(models.TextChoices):
    """How far a letter is."""

    READY = "ready", _("nog niet verstuurd")
    RUNNING = "running", _("wordt verstuurd")
    DONE = "done", _("verstuurd")
    CANCELLED = "cancelled", _("weggegooid")


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; all for managers."""
        if not (user.is_authenticated and user.is_officer):
            return self.none()
        return self if user.is_manager else self.filter(by=user)


class Letter(Versioned):
    """The same words to many: to the initiators of a selection of plans, or to a selection of partners."""

    kind = models.CharField(_("aan wie"), max_length=10, choices=LetterKind)
    query = models.CharField(_("filters"), max_length=600, blank=True, help_text="Of the list it began at.")
    subject = models.CharField(_("onderwerp"), max_length=120)
    text = models.TextField(_("brief"), max_length=4000)
    nobody = models.PositiveIntegerField(default=0, help_text="Plans behind which we know nobody.")
    state = models.CharField(_("staat"), max_length=10, choices=LetterState, default=LetterState.READY)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    made_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", LetterKind), name="letter_kind_is_known"),
            models.CheckConstraint(condition=one_of("state", LetterState), name="letter_state_is_known"),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("desk:letter", args=[self.pk])

    @property
    def counts(self):
        """How many copies there are, by state: {waiting, sent, passed}; one query."""
        found = dict(self.copies.order_by().values_list("state").annotate(number=Count("pk")))
        return {code: found.get(code, 0) for code in CopyState.values}


class CopyState(models.TextChoices):
    """What became of one copy."""

    WAITING = "waiting", _("wacht")
    SENT = "sent", _("verstuurd")
    PASSED = "passed", _("krijgt de brief niet")


class Why(models.TextChoices):
    """Why somebody does not get a letter."""

    ADDRESS = "address", _("we weten geen e-mailadres")
    NO_MAIL = "no_mail", _("wil deze brieven niet per mail")
    OFTEN = "often", _("kreeg deze week al genoeg brieven")
    TWICE = "twice", _("krijgt de brief al, bij een ander plan")
    CLOSED = "closed", _("staat nu niet open voor samenwerking")
    LEFT = "left", _("hoort niet meer bij je selectie")
    SENDER = "sender", _("wie de brief schreef, mag dat niet meer")


class LetterCopyQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=CopyState.WAITING)

    def lately(self, at):
        """Those that were sent in the week before a moment."""
        return self.filter(state=CopyState.SENT, at__gte=at - WEEK)

    def whole(self):
        """Each with what is read to send it."""
        found = self.select_related("letter__by", "initiative", "participant__user", "organisation")
        return found.order_by("pk")


class LetterCopy(models.Model):
    """One letter to one: an initiator of a plan, or a partner. Their address is looked up when it is sent."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="copies")
    initiative = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    state = models.CharField(_("staat"), max_length=10, choices=CopyState, default=CopyState.WAITING)
    why = models.CharField(_("waarom niet"), max_length=10, choices=Why, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    objects = LetterCopyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["letter", "state", "id"], name="copy_of_letter"),
            models.Index(fields=["at"], condition=Q(state="sent"), name="copy_sent_lately"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["letter", "participant"], name="letter_to_a_participant_once"),
            models.UniqueConstraint(fields=["letter", "organisation"], name="letter_to_a_partner_once"),
            models.CheckConstraint(
                condition=Q(initiative__isnull=False, participant__isnull=False, organisation=None)
                | Q(initiative=None, participant=None, organisation__isnull=False),
                name="letter_copy_is_to_exactly_one",
            ),
            models.CheckConstraint(condition=one_of("state", CopyState), name="letter_copy_state_is_known"),
            models.CheckConstraint(
                condition=(Q(state="passed") & ~Q(why="")) | (~Q(state="passed") & Q(why="")),
                name="letter_copy_passed_over_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.letter_id}: {self.state}"
