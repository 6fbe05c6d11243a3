"""Ways to pay for a plan."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import District, Organisation
from funding.advice import in_words
from goals.models import PolicyField
from townhall.history import kept
from townhall.models import Searchable, SearchQuerySet, Versioned

CONSIDERATIONS = {  # the six questions of every form of financing, in the order of the source paper
    "zeggenschap": _("Wie heeft iets te zeggen?"),
    "eigenaarschap": _("Van wie is het plan?"),
    "risico": _("Wie draagt het risico?"),
    "verantwoording": _("Hoe leg je uit wat je met het geld deed?"),
    "timing": _("Wanneer komt het geld, en hoe vaak?"),
    "symboolwerking": _("Wat laat je ermee zien?"),
}

ON_THE_WEB = URLValidator(["http", "https"])


class NeedKind(models.TextChoices):
    """The eleven things people ask for."""

    MONEY = "geld", _("geld")
    ROOM = "ruimte", _("een ruimte binnen")
    PLACE = "plek", _("een plek buiten")
    PERMISSION = "toestemming", _("toestemming of een vergunning")
    MATERIAL = "materiaal", _("materiaal")
    ADVICE = "advies", _("advies")
    TRAINING = "scholing", _("scholing")
    MEDIATION = "bemiddeling", _("iemand die bemiddelt")
    AGREEMENT = "afspraak", _("een afspraak met de gemeente")
    PUBLICITY = "bekendheid", _("bekendheid")
    VOLUNTEERS = "vrijwilligers", _("vrijwilligers")


class FinancingFormQuerySet(SearchQuerySet):
    def visible_to(self, user):
        return self

    def with_schemes(self):
        """Each with `open_schemes`: those to which one can apply today."""
        found = Scheme.objects.open_on(timezone.localdate()).for_pages()
        return self.prefetch_related(models.Prefetch("schemes", found, to_attr="open_schemes"))


@kept()
class FinancingForm(Searchable, Versioned):
    """A way to pay for a plan, ordered by how involved the municipality is."""

    key = models.CharField(_("kenmerk"), max_length=10, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    name = models.CharField(_("naam"), max_length=80)
    meaning = models.CharField(_("in één zin"), max_length=300)
    explanation = models.TextField(_("uitleg"), max_length=3000, blank=True)
    municipal_role = models.TextField(_("wat de gemeente doet"), max_length=1000, blank=True)
    effect = models.TextField(_("wat het oplevert"), max_length=1000, blank=True)
    example = models.TextField(_("voorbeeld"), max_length=1000, blank=True)
    considerations = models.JSONField(_("afwegingen"), default=dict, blank=True)

    objects = FinancingFormQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        indexes = [Searchable.terms_index("form_terms")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("funding:detail", args=[self.slug])

    def search_text(self):
        return f"{self.name}. {self.meaning} {self.explanation} {self.effect}"

    @property
    def answers(self):
        """The six considerations with this form's answer: [{code, question, answer}, …]."""
        return [
            {"code": code, "question": question, "answer": self.considerations.get(code, "")}
            for code, question in CONSIDERATIONS.items()
        ]


class SchemeQuerySet(SearchQuerySet):
    def visible_to(self, user):
        return self

    def open_on(self, day):
        """Those to which one can apply on this day."""
        return self.filter(Q(opens_on=None) | Q(opens_on__lte=day), Q(closes_on=None) | Q(closes_on__gte=day))

    def for_pages(self):
        return self.select_related("form", "provider").prefetch_related("districts")


@kept()
class Scheme(Searchable, Versioned):
    """A concrete fund with its own rules: what may be asked, by whom and until when."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    form = models.ForeignKey(FinancingForm, models.PROTECT, related_name="schemes")
    name = models.CharField(_("naam"), max_length=150)
    summary = models.CharField(_("waar het voor is"), max_length=300, blank=True)
    for_whom = models.CharField(_("voor wie"), max_length=200, blank=True)
    needs = ArrayField(
        models.CharField(max_length=15, choices=NeedKind),
        verbose_name=_("wat je ervan betaalt"),
        default=list,
        blank=True,
    )
    provider = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="schemes")
    ceiling = models.DecimalField(
        _("plafond in euro"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    least_per_application = models.DecimalField(
        _("laagste bedrag per aanvraag in euro"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    most_per_application = models.DecimalField(
        _("hoogste bedrag per aanvraag in euro"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    own_share = models.DecimalField(
        _("eigen deel in procent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    opens_on = models.DateField(_("open vanaf"), null=True, blank=True)
    closes_on = models.DateField(_("open tot en met"), null=True, blank=True)
    conditions = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    districts = models.ManyToManyField(District, blank=True, related_name="schemes")
    policy_fields = models.ManyToManyField(PolicyField, blank=True, related_name="schemes")
    cvdr = models.CharField(_("CVDR-nummer"), max_length=20, blank=True)
    url = models.URLField(_("meer lezen"), blank=True, validators=[ON_THE_WEB])
    contact = models.EmailField(_("contact"), blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "key"]
        indexes = [Searchable.terms_index("scheme_terms")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on=None) | Q(closes_on__gte=F("opens_on")),
                name="scheme_closes_after_it_opens",
                violation_error_message=_("De laatste dag is eerder dan de eerste."),
            ),
            models.CheckConstraint(
                condition=Q(own_share=None) | Q(own_share__range=(0, 100)),
                name="own_share_is_a_percentage",
                violation_error_message=_("Het eigen deel is een getal van 0 tot en met 100."),
            ),
            models.CheckConstraint(
                condition=Q(least_per_application=None)
                | Q(most_per_application=None)
                | Q(least_per_application__lte=F("most_per_application")),
                name="scheme_least_is_not_above_most",
                violation_error_message=_("Het laagste bedrag is hoger dan het hoogste."),
            ),
            models.CheckConstraint(
                condition=(Q(least_per_application=None) | Q(least_per_application__gte=0))
                & (Q(most_per_application=None) | Q(most_per_application__gt=0)),
                name="scheme_gives_money",
                violation_error_message=_("Een bedrag is meer dan nul."),
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=list(NeedKind.values)), name="scheme_needs_are_known"
            ),
        ]

    def __str__(self):
        return self.name

    def search_text(self):
        return f"{self.name}. {self.summary} {self.for_whom} {' '.join(self.conditions)}"

    @property
    def terms_in_words(self):
        """How much it gives, and how long one can apply."""
        return in_words(self.least_per_application, self.most_per_application, self.own_share, self.closes_on)
