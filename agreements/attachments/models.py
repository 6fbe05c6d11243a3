"""Files that belong to a plan."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, State
from townhall.models import File, Versioned

MOST = 20  # of one plan
MOST_TOTAL = 100 * 1024 * 1024  # bytes, of one plan


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The public ones; what is shared about one's own plans; all of plans that were sent for officers.

        What officers keep among themselves is hidden from the one whose own plan it is.
        """
        if not user.is_authenticated:
            return self.public()
        mine = Q(initiative__in=Initiative.objects.filter(Initiative.objects.taking_part(user)))
        shared = mine & Q(is_internal=False)
        if user.is_officer:
            return self.filter(shared | (~mine & ~Q(initiative__state=State.DRAFT)))
        return self.filter(shared | self.is_public())

    def public(self):
        return self.filter(self.is_public())

    @staticmethod
    def is_public():
        """Q: both sides said yes, and everybody may see the plan."""
        plan = Q(initiative__wants_public=True, initiative__released_at__isnull=False)
        both = Q(is_internal=False, initiators_agree=True, town_agrees=True)
        return both & plan & ~Q(initiative__state=State.DRAFT)

    def for_pages(self):
        """Each with its file and plan, the oldest first, in one query."""
        return self.select_related("file", "initiative").order_by("file__at", "pk")


class Attachment(Versioned):
    """A picture or document about a plan: between officers, shared by both sides, or on the site.

    It comes on the site only when both sides say yes: the initiators, and the municipality.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="attachments")
    file = models.OneToOneField(File, models.CASCADE, related_name="attachment")
    is_internal = models.BooleanField(_("alleen voor ambtenaren"), default=False)
    initiators_agree = models.BooleanField(_("van de initiatiefnemers mag dit op de site"), default=False)
    town_agrees = models.BooleanField(_("van de gemeente mag dit op de site"), default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(initiators_agree=False, town_agrees=False),
                name="internal_attachment_stays_inside",
                violation_error_message=_("Een bijlage voor ambtenaren kan niet op de site."),
            )
        ]

    def __str__(self):
        return str(self.file)

    @property
    def key(self):
        return str(self.file_id)

    def get_absolute_url(self):
        """The file itself."""
        return reverse("agreements:attachment", args=[self.initiative.reference, self.file_id])

    @property
    def small_url(self):
        """The file as a thumbnail; empty for what is no picture."""
        if not self.file.is_picture:
            return ""
        return reverse("agreements:attachment-small", args=[self.initiative.reference, self.file_id])

    @property
    def is_public(self):
        """True when both sides said that it may be on the site."""
        return self.initiators_agree and self.town_agrees and not self.is_internal

    @property
    def is_shown(self):
        """True when everybody may see it."""
        return self.is_public and self.initiative.is_shown

    @property
    def standing(self):
        """A code for who may see it: internal, public, or of whom the site waits: initiators, town, both."""
        if self.is_internal:
            return "internal"
        if self.is_public:
            return "public" if self.initiative.is_shown else "ready"
        if self.initiators_agree or self.town_agrees:
            return "town" if self.initiators_agree else "initiators"
        return "shared"
