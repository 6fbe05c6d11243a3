"""What the council decided: policy notes and the goals in them."""

import datetime
import re

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, District, Portfolio, Span, Term, check_span, running
from townhall.history import kept
from townhall.models import Searchable, SearchQuerySet, Versioned


class PolicyFieldQuerySet(models.QuerySet):
    def each_code_once(self):
        """With the newest name of every code, as people count: 0.2 comes before 0.10."""
        return sorted(self.order_by("code", "-from_year", "name").distinct("code"), key=PolicyField.place)


class PolicyField(models.Model):
    """A task field of the national classification Iv3, with the years in which it holds."""

    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("naam"), max_length=120)
    from_year = models.PositiveSmallIntegerField(_("vanaf jaar"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("tot en met jaar"), null=True, blank=True)

    objects = PolicyFieldQuerySet.as_manager()

    class Meta:
        ordering = ["code", "name"]
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="policy_field_known_once")]

    def __str__(self):
        return f"{self.code} {self.name}"

    def place(self):
        """Something to sort by: "6.72a" gives [(6, "."), (72, "a")]."""
        return [(int(number), rest) for number, rest in re.findall(r"(\d+)(\D*)", self.code)]


class Theme(models.Model):
    """A subject in everyday words under which residents look for goals."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=80, unique=True)
    description = models.CharField(_("uitleg"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


ADOPTERS = {  # as the files say it -> as people do
    "gemeenteraad": _("de gemeenteraad"),
    "college": _("het college van burgemeester en wethouders"),
}


class PolicyNoteQuerySet(SearchQuerySet):
    known_by = F("title")

    def visible_to(self, user):
        """Notes are public: what is laid down may be read by all."""
        return self

    def with_goal_count(self, user):
        """Each with `.goal_count`: how many of its goals this user may see."""
        goals = Goal.objects.visible_to(user).filter(note=models.OuterRef("pk")).order_by().values("note")
        counted = models.Subquery(goals.annotate(number=models.Count("pk")).values("number"))
        return self.annotate(goal_count=Coalesce(counted, 0))

    def outlived(self, at=None):
        """Those whose time has passed, and of which goals still run: what now?"""
        at = at or timezone.localdate()
        running_goals = Goal.objects.running().filter(note=models.OuterRef("pk"))
        return self.filter(models.Exists(running_goals), valid_until__lt=at)

    def in_force(self, at=None):
        at = at or timezone.localdate()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=at), Q(valid_until=None) | Q(valid_until__gte=at)
        )


@kept()
class PolicyNote(Searchable, Versioned):
    """A document in which the council or the executive laid down goals (kaderstellende nota)."""

    key = models.CharField(_("kenmerk"), max_length=40, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    title = models.CharField(_("titel"), max_length=200, unique=True)
    adopted_on = models.DateField(_("vastgesteld op"), null=True, blank=True)
    adopted_by = models.CharField(_("vastgesteld door"), max_length=60, blank=True)
    valid_from = models.DateField(_("geldt vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldt tot en met"), null=True, blank=True)
    url = models.URLField(_("waar het te lezen is"), blank=True)
    cvdr = models.CharField(_("CVDR-nummer"), max_length=20, blank=True)
    file = models.ForeignKey("townhall.File", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PolicyNoteQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        indexes = [Searchable.terms_index("note_terms")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="note_ends_after_it_began",
                violation_error_message=_("Het einde ligt voor het begin."),
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        check_span(self, "valid_from", "valid_until")

    def get_absolute_url(self):
        return reverse("goals:note", args=[self.slug])

    def search_text(self):
        return self.title

    @property
    def adopter(self):
        """Who adopted it, in words for people."""
        return ADOPTERS.get(self.adopted_by, self.adopted_by)

    def is_over(self, at=None):
        """True when its time has passed."""
        return bool(self.valid_until and self.valid_until < (at or timezone.localdate()))

    def is_ahead(self, at=None):
        """True when its time has yet to come."""
        return bool(self.valid_from and self.valid_from > (at or timezone.localdate()))


def in_words(number, unit):
    """What people say: 31 procent, 1.200 (a unit of "aantal" says nothing); empty for no number."""
    if number is None:
        return ""
    whole = int(number) if number == int(number) else number
    words = number_format(whole, force_grouping=True)
    return words if unit in ("aantal", "", None) else f"{words} {unit}"


VERIFY_AFTER = datetime.timedelta(days=182)  # half a year: goals age unnoticed


class GoalQuerySet(SearchQuerySet):
    known_by = Concat("plain_title", Value(" "), "title")

    def visible_to(self, user):
        """Published goals for everybody; concepts too for those who write them."""
        return self.filter(self.is_visible_to(user))

    @staticmethod
    def is_visible_to(user, to_goal=""):
        """Q of the same; to_goal: the way from the records that are asked to their goal, "goal__"."""
        everything = user.is_authenticated and user.is_officer
        return Q() if everything else ~Q(**{f"{to_goal}state": Goal.State.DRAFT})

    def published(self):
        return self.exclude(state=Goal.State.DRAFT)

    def running(self):
        return self.filter(state=Goal.State.RUNNING)

    def stale(self, at=None):
        """Running goals that nobody looked at for half a year: are they still good?"""
        return self.running().filter(Goal.is_unverified(at))

    def without_owner(self, at=None):
        """Running goals about which there is nobody at town hall to talk to."""
        return self.running().exclude(owner__in=AccountManager.objects.employed(at))

    def alphabetical(self):
        """By the title people read (see `heading`)."""
        return self.order_by(Coalesce(NullIf("plain_title", Value("")), "title"), "key")

    def about(self, slug):
        """Those for a district: for it, its parts or the whole it is in; and those for the whole town."""
        local = self.model.objects.filter(districts__in=District.objects.around(slug))
        return self.filter(Q(districts=None) | Q(pk__in=local.values("pk")))

    def answered_for_by(self, portfolio, at=None):
        """Those that belong to the portfolio with this key today."""
        return self.filter(
            portfolio_links__in=GoalPortfolio.objects.filter(running(at), portfolio__key=portfolio)
        )

    def with_holder(self, at=None):
        """Each with its note and (in `.now`) the portfolio that answers for it and its holder."""
        terms = Term.objects.filter(running(at)).select_related("holder")
        links = GoalPortfolio.objects.filter(running(at)).select_related("portfolio")
        links = links.prefetch_related(models.Prefetch("portfolio__terms", terms, to_attr="now"))
        return self.select_related("note").prefetch_related(
            models.Prefetch("portfolio_links", links, to_attr="now")
        )

    def with_people(self, at=None):
        """The same, and its fields and owner."""
        return self.with_holder(at).select_related("owner__department").prefetch_related("policy_fields")


@kept()
class Goal(Searchable, Versioned):
    """Something the council wants to reach and to which society can contribute."""

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        RUNNING = "running", _("lopend")
        ENDED = "ended", _("afgelopen")

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    plain_title = models.CharField(_("in gewone woorden"), max_length=200, blank=True)
    plain_description = models.TextField(_("uitleg in gewone woorden"), max_length=2000, blank=True)
    search_words = models.TextField(_("zoekwoorden"), max_length=1000, blank=True)
    title = models.CharField(_("titel in de nota"), max_length=250)
    description = models.TextField(_("tekst in de nota"), max_length=4000)
    note = models.ForeignKey(
        PolicyNote, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("nota")
    )
    page = models.CharField(_("bladzijde of paragraaf"), max_length=40, blank=True)
    indicator = models.JSONField(_("meetlat"), null=True, blank=True)
    policy_fields = models.ManyToManyField(
        PolicyField, blank=True, related_name="goals", verbose_name=_("beleidsvelden")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="goals", verbose_name=_("thema's"))
    districts = models.ManyToManyField(District, blank=True, related_name="goals", verbose_name=_("wijken"))
    portfolios = models.ManyToManyField(
        Portfolio, through="GoalPortfolio", related_name="goals", verbose_name=_("portefeuille")
    )
    owner = models.ForeignKey(
        AccountManager,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("contactpersoon"),
    )
    verified_on = models.DateField(_("nagekeken op"), null=True, blank=True)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.DRAFT)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["title", "key"]
        indexes = [Searchable.terms_index("goal_terms")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(note__isnull=False),
                name="published_goal_has_a_note",
                violation_error_message=_("Een doel zonder nota kan niet openbaar zijn."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running", "ended"]), name="goal_state_is_known"
            ),
        ]

    def __str__(self):
        return self.heading

    def clean(self):
        if self.state != Goal.State.DRAFT and not self.note_id:
            raise ValidationError(
                {"note": _("Kies de nota waar dit doel in staat. Zonder nota kan een doel niet op de site.")}
            )

    def get_absolute_url(self):
        return reverse("goals:detail", args=[self.slug])

    @staticmethod
    def is_unverified(at=None):
        """Q: last looked at more than half a year ago, or never."""
        return Q(verified_on=None) | Q(verified_on__lt=(at or timezone.localdate()) - VERIFY_AFTER)

    @property
    def heading(self):
        """The title for people: plain where there is one."""
        return self.plain_title or self.title

    @property
    def portfolio(self):
        """The portfolio that answers for it today, or None; asks nothing when fetched `with_people`."""
        links = self.now if hasattr(self, "now") else self.portfolio_links.filter(running())[:1]
        return links[0].portfolio if links else None

    @property
    def holder(self):
        """Who answers for it today, or None."""
        return self.portfolio.holder if self.portfolio else None

    @property
    def contact(self):
        """Who to talk to about it: its owner, as long as that official works here; else None."""
        return self.owner if self.owner and self.owner.is_employed() else None

    @property
    def aim(self):
        """The indicator in plain sentences: where it began, where it should end; empty without a target."""
        measure = self.indicator or {}
        amounts = {end: in_words(measure.get(end), measure.get("unit")) for end in ("baseline", "target")}
        if not amounts["target"]:
            return ""
        begin = _("Het begon bij %(baseline)s.") % amounts if amounts["baseline"] else ""
        year = measure.get("year")
        end = (
            _("In %(year)s willen we dat het %(target)s is.")
            if year
            else _("We willen dat het %(target)s is.")
        )
        return f"{begin} {end % (amounts | {'year': year})}".strip()

    def search_text(self):
        parts = [self.plain_title, self.plain_description, self.search_words, self.title, self.description]
        return " ".join([*parts, self.note.title if self.note else ""])


@kept()
class GoalPortfolio(models.Model):
    """The time a goal belongs to a portfolio; never to two at once."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="portfolio_links")
    portfolio = models.ForeignKey(Portfolio, models.PROTECT, related_name="goal_links")
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="goal_portfolio_ends_after_it_began",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            ExclusionConstraint(
                name="one_portfolio_a_goal_at_a_time",
                expressions=[
                    ("goal", RangeOperators.EQUAL),
                    (Span("since", "until", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("In deze periode hoort het doel al bij een portefeuille."),
            ),
        ]

    def __str__(self):
        return f"{self.goal} - {self.portfolio}"

    def clean(self):
        check_span(self)
