"""What every room in town hall needs: the municipality, its timeline, its outbox, its working habits."""

import uuid
from decimal import Decimal
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField, TrigramWordDistance
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import JSONArray, Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dutch import analyser
from townhall.history import kept


class Versioned(models.Model):
    """Something two people can edit: the version in the form must be the version in the database."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save_if_unchanged(self, *, fields, version):
        """True when written; False when somebody else was first, and then nothing is written."""
        values = {name: getattr(self, name) for name in fields}
        if isinstance(self, Searchable):  # update() knows nothing of save(): what is found must follow
            values |= self.terms_now()
        found = type(self)._base_manager.filter(pk=self.pk, version=version)
        changed = found.update(**values, version=F("version") + 1)
        if changed:
            self.version = version + 1
        return bool(changed)


class MunicipalityQuerySet(models.QuerySet):
    def current(self):
        """The municipality this installation belongs to, with its `texts`; None before the first import."""
        written = Text.objects.order_by("key").values(pair=JSONArray("key", "body"))
        return self.annotate(written=ArraySubquery(written)).first()


def default_service_days():
    """Working days within which we promise something (docs/glossary.md: service term)."""
    return {"receipt": 0, "contact": 5, "first_view": 10, "decision": 40, "question": 10, "council": 5}


MOST_SHIFT = Decimal("0.10")
"""The most a municipality may ask more, or less, before the wegwijzer says that a goal fits."""


@kept()
class Municipality(Versioned):
    """The municipality this installation belongs to; there is exactly one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    code = models.CharField(
        _("CBS-code"),
        max_length=6,
        validators=[RegexValidator(r"^GM\d{4}$", _("Schrijf GM en vier cijfers."))],
    )
    name = models.CharField(_("naam"), max_length=100)
    kind = models.CharField(_("soort"), max_length=30, default="gemeente")
    oin = models.CharField("OIN", max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    address = models.TextField(_("adres"), max_length=300, blank=True)
    office_hours = models.CharField(_("openingstijden"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    colours = models.JSONField(_("kleuren"), default=dict, blank=True)
    service_days = models.JSONField(_("termijnen in werkdagen"), default=default_service_days)
    learns = models.BooleanField(_("de wegwijzer leert van wat jullie kiezen"), default=True)
    fits_shift = models.DecimalField(
        _("strenger of ruimer"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(-MOST_SHIFT), MaxValueValidator(MOST_SHIFT)],
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_municipality"),
            models.CheckConstraint(
                condition=Q(fits_shift__range=(-MOST_SHIFT, MOST_SHIFT)),
                name="fits_shift_within_bounds",
                violation_error_message=_("Kies een waarde tussen -0,10 en 0,10."),
            ),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def texts(self):
        """{key: what the municipality itself wrote there}; only of `current()`."""
        return dict(getattr(self, "written", ()))

    def days_for(self, kind):
        """Working days within which this town does something; the usual number where it says none."""
        return self.service_days.get(kind, default_service_days()[kind])


@kept()
class Text(Versioned):
    """A sentence the municipality may word itself, found by its key."""

    key = models.SlugField(_("sleutel"), max_length=60, primary_key=True)
    body = models.TextField(_("tekst"), max_length=4000)

    def __str__(self):
        return self.key


class EventQuerySet(models.QuerySet):
    def about(self, kind, key):
        """The timeline of one thing, newest first."""
        return self.filter(subject_kind=kind, subject_key=key).order_by("-at", "-id")

    def visible_to(self, user):
        return self if user.is_authenticated and user.is_staff_member else self.filter(is_public=True)


class Event(models.Model):
    """Something that happened: only codes and ids, never a personal text; never changed, never removed."""

    subject_kind = models.SlugField(max_length=30)
    subject_key = models.CharField(max_length=60)
    what = models.SlugField(max_length=40)
    details = models.JSONField(default=dict)
    is_public = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_key", "-at"], name="event_by_subject")]

    def __str__(self):
        return f"{self.what} {self.subject_kind} {self.subject_key}"


class OutboxMessage(models.Model):
    """Something that must happen after a change, written in the change's own transaction."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=30)
    payload = models.JSONField(default=dict, help_text="Can hold addresses; emptied once it is done.")
    body = models.BinaryField(default=b"", help_text="A whole e-mail message; emptied once it is sent.")
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, help_text="A kind of error, never its text.")
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True, help_text="Not tried again until somebody releases it.")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None, parked_at=None), name="outbox_waiting"),
            models.Index(fields=["done_at"], name="outbox_done"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(body=b"", payload={}, parked_at=None),
                name="done_message_is_empty",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"


class SubmissionToken(models.Model):
    """A form that was sent: the same token a second time shows the first result and makes nothing new.

    See submission.py.
    """

    token = models.UUIDField(primary_key=True)
    purpose = models.SlugField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    result = models.CharField(max_length=100, blank=True, help_text="The key of what the first sending made.")
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return str(self.token)


class Look(models.Model):
    """Somebody looked at private contact data: who, of whom, where and why."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    of = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="looks")
    subject_kind = models.SlugField(max_length=30)
    subject_key = models.CharField(max_length=60)
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return f"{self.subject_kind} {self.subject_key}"


class File(models.Model):
    """A file somebody handed in, known by an unguessable name; uploads.py makes it, and shows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what is kept.")
    words = models.CharField(_("wat er op de foto staat"), max_length=300, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True, help_text="In pixels; only of a picture.")
    height = models.PositiveIntegerField(null=True, blank=True)
    stored = models.FileField(upload_to="files/%Y/%m/")
    thumb = models.FileField(upload_to="files/%Y/%m/", blank=True)
    from_town = models.BooleanField(default=False, help_text="Handed in for the municipality.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(content_type__startswith="image/") | Q(words__regex=r"\S"),
                name="picture_has_words",
                violation_error_message=_("Beschrijf in een zin wat er op de foto staat."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")

    @property
    def kind(self):
        """What it is, in a word: PDF, DOCX."""
        return self.name.rpartition(".")[2].upper()


class Allowance(models.Model):
    """How often one address asked for one thing in one window of time; the limiter's memory."""

    key = models.CharField(max_length=80)
    window = models.BigIntegerField(help_text="Unix time divided by the length of the window.")
    used = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(help_text="The row may go after this moment.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_allowance_a_window")]

    def __str__(self):
        return f"{self.key} {self.used}"


class Change(models.Model):
    """A trigger noted that a table of which things are kept has changed (see standing.py)."""

    table = models.CharField(max_length=60)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return self.table


class SearchQuerySet(models.QuerySet):
    """A set that can be searched in Dutch word forms.

    known_by: what its things are called, where people look for one; it stands in their `search_text` too.
    """

    known_by = F("name")

    def search(self, text):
        """Those that hold every word of the text in some form, best first; nothing asked, nothing filtered.

        A text of stop words alone finds nothing: honest, and better than everything.
        """
        if not text.strip():
            return self
        words = analyser.query(text)[:12]
        if not words:
            return self.none()
        query = SearchQuery(
            " & ".join("(" + " | ".join(alternatives) + ")" for alternatives in words),
            config="simple",
            search_type="raw",
        )
        return self.filter(terms=query)

    def named_first(self, text):
        """The same, those first whose name holds every word.

        Not by `ts_rank`: each term is stored once and without a weight, so there is nothing for it to count.
        """
        in_name = Q()
        for alternatives in analyser.query(text):
            in_name &= reduce(or_, (Q(known__icontains=stem) for stem in alternatives))
        if not in_name:
            return self
        first, then = Case(When(in_name, then=0), default=1), self.query.order_by or self.model._meta.ordering
        return self.annotate(known=self.known_by).order_by(first, *then)

    def looks_like(self, word):
        """Those with a word in their name that looks like this one, most alike first: `.known`, `.far`."""
        alike = self.annotate(known=self.known_by, far=TrigramWordDistance(word, self.known_by))
        return alike.filter(known__trigram_word_similar=word).order_by("far")

    def with_old_terms(self):
        """Those whose terms were made by an older version of the analyser; a newer one made them to stay."""
        return self.filter(terms_version__lt=analyser.VERSION)

    def renew_terms(self, most):
        """Analyse at most so many stale ones anew, in one transaction; how many it were.

        Passes over a row that somebody is saving at this moment: that renews it too.
        """
        with transaction.atomic():
            locked = self.with_old_terms().select_for_update(skip_locked=True, of=("self",), no_key=True)
            found = list(locked.order_by("pk")[:most])
            for one in found:
                for name, value in one.terms_now().items():
                    setattr(one, name, value)
            self.model._base_manager.bulk_update(found, ["terms", "terms_version"])
        return len(found)


class Searchable(models.Model):
    """Something with a text to be found by: its terms are kept beside it with the analyser's version."""

    terms = SearchVectorField(null=True, editable=False)
    terms_version = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        now = self.terms_now()
        for name, value in now.items():
            setattr(self, name, value)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *now}
        super().save(**kwargs)

    @staticmethod
    def name_index(name, column):
        """For `looks_like`, where there can be a hundred thousand; of less it reads them all as fast."""
        return GinIndex(OpClass(column, name="gin_trgm_ops"), name=name)

    @classmethod
    def terms_index(cls, name):
        """The index every searchable model carries; its name must be unique in the database."""
        return GinIndex(fields=["terms"], name=name)

    def search_text(self):
        """The words this thing should be found by; its name, unless it says otherwise."""
        return str(self)

    def terms_now(self):
        """The two columns as they should be for the text of this moment."""
        words = " ".join(analyser.search_terms(self.search_text()))
        return {"terms": SearchVector(Value(words), config="simple"), "terms_version": analyser.VERSION}
