"""What colleagues write each other about a plan, and whom they ask to look."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, colleague
from initiatives.models import CLOSED, Initiative

SAYS_SOMETHING = r"\S"


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For officers, of plans they may see; never of a plan of their own, however they come to it."""
        if not (user.is_authenticated and user.is_officer):
            return self.none()
        plans = Initiative.objects.visible_to(user).registered().exclude(Initiative.objects.taking_part(user))
        return self.filter(initiative__in=plans)

    def for_pages(self):
        """Newest first, each with who wrote it and whom it asks, in two queries."""
        found = self.select_related("by__account_manager", "initiative")
        return found.prefetch_related("mentions__manager").order_by("-at", "-pk")


class Note(models.Model):
    """Something colleagues tell each other about a plan: for officers only, never for the initiator."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="notes")
    text = models.TextField(_("notitie"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["initiative", "-at"], name="note_of_initiative")]
        constraints = [
            models.CheckConstraint(
                condition=Q(text__regex=SAYS_SOMETHING),
                name="note_says_something",
                violation_error_message=_("Schrijf eerst je notitie."),
            )
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.at:%Y-%m-%d}"

    @property
    def writer(self):
        """Who wrote it, as colleagues call them."""
        return colleague(self.by)

    @property
    def asked(self):
        """Whom it asks to look, with whether they did."""
        return list(self.mentions.all())


class MentionQuerySet(models.QuerySet):
    def open(self):
        """Those nobody answered yet, of plans that go on."""
        return self.filter(read_at=None).exclude(note__initiative__state__in=CLOSED)


class Mention(models.Model):
    """A colleague is asked to look at a note; it waits for them until they did."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    manager = models.ForeignKey(
        AccountManager, models.PROTECT, related_name="mentions", verbose_name=_("collega")
    )
    read_at = models.DateTimeField(_("gelezen op"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "manager"],
                name="mention_a_colleague_once_in_a_note",
                violation_error_message=_("Deze collega staat er al bij."),
            )
        ]
        indexes = [models.Index(fields=["manager"], condition=Q(read_at=None), name="mention_open")]

    def __str__(self):
        return f"{self.note_id} {self.manager_id}"
