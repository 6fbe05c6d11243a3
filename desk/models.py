"""What makes the desk quick: the filters an officer keeps, and the sentences officers begin with."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.batch.models import Batch, BatchRow
from desk.handover.models import HandOver, HandOverCase
from desk.intake.models import Intake
from desk.letters.models import Letter, LetterCopy
from desk.notes.models import Mention, Note
from desk.sentences import BUILT_IN
from initiatives import verbs
from townhall.history import kept
from townhall.models import Versioned

__all__ = [
    "Batch", "BatchRow", "HandOver", "HandOverCase", "Intake", "Letter", "LetterCopy", "Mention", "Note",
    "ReplyTemplate", "SavedFilter",
]  # fmt: skip

BLANKS = {  # what stands between square brackets in a template -> how it is filled
    "contactpersoon": lambda plan: plan.contact.function,
    "telefoon": lambda plan: plan.contact.phone,
    "plan": lambda plan: plan.title,
    "kenmerk": lambda plan: plan.reference,
}
LATER = {"contactpersoon", "telefoon"}  # filled when the form comes back: it may choose another contact
BLANK = re.compile(r"\[(\w+)\]")


class SavedFilter(models.Model):
    """A question an officer asks the desk often, under a name of their own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("naam"), max_length=60)
    query = models.CharField(_("filters"), max_length=500, blank=True, help_text="As in the address.")

    class Meta:
        ordering = [Lower("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="a_saved_filter_has_a_name_of_its_own",
                violation_error_message=_("Je hebt al een filter met deze naam."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('desk:inbox')}?{self.query}"


class ReplyTemplateQuerySet(models.QuerySet):
    def for_verbs(self, names):
        """The templates in use of these verbs, by verb: {"start": [template, …], …}."""
        found = {}
        for one in self.filter(verb__in=names, is_used=True):
            found.setdefault(one.verb, []).append(one)
        return found


@kept()
class ReplyTemplate(Versioned):
    """A sentence to the initiator that officers begin with: what follows, never only what is not possible.

    An installation begins with those of sentences.py; from then on they are the municipality's own.
    """

    key = models.SlugField(_("kenmerk"), max_length=40, unique=True)
    title = models.CharField(_("titel"), max_length=100)
    verb = models.CharField(_("bij welke stap"), max_length=20)
    body = models.TextField(
        _("tekst"),
        max_length=2000,
        help_text=_("Tussen rechte haken: [contactpersoon], [telefoon], [plan], [kenmerk]."),
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0, validators=[MaxValueValidator(999)])
    is_used = models.BooleanField(_("in gebruik"), default=True)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["verb", "order", "key"]

    def __str__(self):
        return self.title

    def clean(self):
        errors = {}
        if self.verb not in verbs.STEPS:
            errors["verb"] = _("Deze stap kennen we niet.")
        try:
            only_known_blanks(self.body)
        except ValidationError as unknown:
            errors["body"] = unknown
        if errors:
            raise ValidationError(errors)

    @property
    def first_words(self):
        """What it says in the sentences that come along; {} for one of the municipality's own."""
        known = BUILT_IN.get(self.key)
        return {"title": known.title, "body": known.body, "order": known.order} if known else {}

    def is_as_it_came(self):
        return all(getattr(self, name) == value for name, value in self.first_words.items())


def only_known_blanks(text):
    """Refuses a name between square brackets that we cannot fill in: it would be sent as it stands."""
    if unknown := sorted(set(BLANK.findall(text.lower())) - set(BLANKS)):
        words = _("Dit kunnen we niet invullen: %(names)s. Wel: %(known)s.")
        known = ", ".join(f"[{name}]" for name in BLANKS)
        raise ValidationError(words % {"names": ", ".join(unknown)[:100], "known": known})


def filled(text, plan, *, leave=frozenset()):
    """The text with what stands between square brackets filled in, except `leave` and what we do not know."""

    def fill(blank):
        name = blank[1].lower()
        return BLANKS[name](plan) if name in BLANKS and name not in leave else blank[0]

    return BLANK.sub(fill, text)
