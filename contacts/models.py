"""Who is who in town: districts, departments, portfolios, people and organisations."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dutch import fold
from dutch.analyser import telling
from townhall.history import kept
from townhall.models import Searchable, SearchQuerySet, Versioned

EVERYWHERE = "alle"  # the word of the import files for "works in every district"


class Span(Func):
    """The days from..until as a range, both ends included; an empty end runs on."""

    function = "DATERANGE"
    output_field = DateRangeField()


def check_span(record, begin="since", end="until"):
    """Refuses an end before the beginning with a sentence; asking PostgreSQL for such a range is a fault."""
    first, last = getattr(record, begin), getattr(record, end)
    if first and last and last < first:
        raise ValidationError({end: _("Het einde ligt voor het begin.")})


def running(at=None, prefix=""):
    """Q: from <= at, and until is empty or not yet past."""
    at = at or timezone.localdate()
    return Q(**{f"{prefix}since__lte": at}) & (
        Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": at})
    )


class DistrictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The map of the town is everybody's."""
        return self

    def words(self):
        """The folded words of all their names."""
        return frozenset(fold(" ".join(self.values_list("name", flat=True))).split())

    def around(self, slug):
        """The district, the parts it has and the whole it is part of."""
        return self.filter(Q(slug=slug) | Q(parent__slug=slug) | Q(parts__slug=slug))


class LocalQuerySet(SearchQuerySet):
    """A set of who work in certain districts or everywhere."""

    def alphabetical(self):
        """As people look things up: capitals make no difference."""
        return self.order_by(Lower(self.known_by), "key")

    def with_districts(self):
        """Each with its districts, without their outlines: those are long, and drawn from one list of all."""
        return self.prefetch_related(models.Prefetch("districts", District.objects.defer("outline")))

    def working_in(self, slug):
        """Those who work in a district; who is not there for the whole town comes first."""
        local = self.model.objects.filter(districts__in=District.objects.around(slug))
        found = self.filter(Q(works_everywhere=True) | Q(pk__in=local.values("pk")))
        return found.order_by("works_everywhere", Lower(self.known_by), "key")


class District(models.Model):
    """A part of town that people call home: a CBS wijk or buurt."""

    key = models.CharField(
        _("CBS-code"),
        max_length=80,
        unique=True,
        help_text="WK en zes cijfers of BU en acht; een naam zolang de code niet bekend is.",
    )
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("naam"), max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    year = models.PositiveSmallIntegerField(_("jaar van de indeling"), null=True, blank=True)
    centroid = models.JSONField(_("middelpunt"), null=True, blank=True, help_text="[lengte, breedte], WGS 84")
    outline = models.JSONField(
        _("omtrek"), default=list, blank=True, help_text="[[lengte, breedte], …], gesloten"
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Department(models.Model):
    """A part of the organisation of town hall."""

    key = models.SlugField(_("kenmerk"), max_length=40, unique=True)
    name = models.CharField(_("naam"), max_length=100, unique=True)
    lead = models.ForeignKey("AccountManager", models.SET_NULL, null=True, blank=True, related_name="leads")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PortfolioQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody may know what the executive is about."""
        return self

    def with_holder(self, at=None):
        """Each with `.now`: the running term (a list of at most one) and its holder, in two queries."""
        return self.prefetch_related(current_terms(at))


def current_terms(at=None):
    """What puts in `.now` of a portfolio the term that runs, with its holder."""
    terms = Term.objects.filter(running(at)).select_related("holder")
    return models.Prefetch("terms", terms, to_attr="now")


@kept()
class Portfolio(Versioned):
    """A bundle of subjects that one member of the executive answers for."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    role = models.CharField(_("rol"), max_length=200, help_text="Zo heet wie hiervoor aan de lat staat.")

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def term(self, at=None):
        """The term that runs at a moment (today), or None: then the portfolio is vacant."""
        if at is None and hasattr(self, "now"):
            return self.now[0] if self.now else None
        return self.terms.filter(running(at)).select_related("holder").first()

    @property
    def holder(self):
        """Who answers for it today, or None while it is vacant."""
        term = self.term()
        return term.holder if term else None


class PortfolioHolderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody may know who governs."""
        return self

    def search(self, text):
        """Those whose name or title holds every word; nothing asked, nothing filtered."""
        if not text.strip():
            return self
        words = [rf"\m{word.surface}\M" for word in telling(text) if word.surface.isalnum()][:12]
        if not words:
            return self.none()
        return self.filter(*(Q(name__iregex=word) | Q(title__iregex=word) for word in words))

    def named_first(self, _text):
        """In the order of their list: a name is all there is to find them by."""
        return self.order_by("name", "pk")

    def in_office(self, at=None):
        return self.filter(models.Exists(Term.objects.filter(running(at), holder=models.OuterRef("pk"))))

    def with_terms(self, at=None):
        """Each with all its terms, newest first, and in `.now` those that run, with their portfolios."""
        terms = Term.objects.select_related("portfolio").order_by("-since", "portfolio__name")
        return self.prefetch_related(
            models.Prefetch("terms", terms),
            models.Prefetch("terms", terms.filter(running(at)), to_attr="now"),
        )


@kept()
class PortfolioHolder(Versioned):
    """A member of the executive: mayor or alderman."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    name = models.CharField(_("naam"), max_length=100)
    title = models.CharField(_("functie"), max_length=50)
    party = models.CharField(_("partij"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    photo = models.CharField(_("portret"), max_length=100, blank=True)

    objects = PortfolioHolderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("contacts:holder", args=[self.key])

    @property
    def photo_url(self):
        return reverse("photo", args=[self.photo]) if self.photo else ""

    @property
    def public_card(self):
        """Who this is, in short."""
        return {
            "name": self.name,
            "title": self.title,
            "photo_url": self.photo_url,
            "get_absolute_url": self.get_absolute_url(),
        }

    @property
    def is_in_office(self):
        """True while a term runs; asks nothing when fetched `with_terms`."""
        return bool(self.now) if hasattr(self, "now") else self.terms.filter(running()).exists()


@kept()
class Term(Versioned):
    """The time one holder answers for one portfolio; a gap between terms is a vacancy."""

    holder = models.ForeignKey(PortfolioHolder, models.PROTECT, related_name="terms", verbose_name=_("wie"))
    portfolio = models.ForeignKey(
        Portfolio, models.PROTECT, related_name="terms", verbose_name=_("portefeuille")
    )
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="term_ends_after_it_began",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            ExclusionConstraint(
                name="one_holder_a_portfolio_at_a_time",
                expressions=[
                    ("portfolio", RangeOperators.EQUAL),
                    (
                        Span("since", "until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("In deze periode heeft de portefeuille al iemand."),
            ),
        ]

    def __str__(self):
        return f"{self.holder}: {self.portfolio}"

    def clean(self):
        check_span(self)
        if self.since and self.portfolio_id and (other := self.overlapping().first()):
            words = _("In deze periode heeft de portefeuille al iemand: %(who)s, vanaf %(since)s.")
            told = {"who": other.holder.name, "since": date_format(other.since)}
            raise ValidationError({"since": words % told})

    def overlapping(self):
        """Other terms of its portfolio that share a day with it."""
        others = Term.objects.filter(portfolio=self.portfolio_id).exclude(pk=self.pk).select_related("holder")
        others = others.filter(Q(until=None) | Q(until__gte=self.since))
        return others.filter(since__lte=self.until) if self.until else others

    def is_over(self, at=None):
        """True when its last day has passed."""
        return bool(self.until and self.until < (at or timezone.localdate()))


class AccountManagerQuerySet(LocalQuerySet):
    known_by = F("function")

    def visible_to(self, user):
        """Function, department and general number are public; those who left are not shown."""
        return self.employed()

    def employed(self, at=None):
        at = at or timezone.localdate()
        return self.filter(
            Q(available_from=None) | Q(available_from__lte=at),
            Q(available_until=None) | Q(available_until__gte=at),
        )

    def present(self, at=None):
        """Those who are not away today."""
        away = Absence.objects.filter(running(at), manager=models.OuterRef("pk"))
        return self.exclude(models.Exists(away))

    def of_user(self, user, at=None):
        """The roles of this person, and those they deputise for today."""
        gone = Q(deputy=None) | Q(deputy__available_until__lt=at or timezone.localdate())
        away = Absence.objects.filter(running(at), manager=models.OuterRef("pk"))
        in_place = models.Exists(away.filter(deputy__user=user))
        usually = Q(deputy__user=user) & models.Exists(away.filter(gone))
        return self.filter(Q(user=user) | in_place | usually)

    def front_desk(self):
        """The front desk, or None in a town that has none yet."""
        return self.filter(is_front_desk=True).first()

    def with_presence(self, at=None):
        """Each with department, districts and, in `.away`, the absence that runs."""
        found = self.with_districts().select_related("department", "deputy")
        return found.prefetch_related(current_absence(at))


def current_absence(at=None):
    """What puts in `.away` of an account manager the absence that runs, with its deputy."""
    absences = Absence.objects.filter(running(at)).select_related("deputy")
    return models.Prefetch("absences", absences, to_attr="away")


@kept()
class AccountManager(Searchable, Versioned):
    """A role at town hall that cases hang on: the fixed contact of an initiative."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="account_manager",
        verbose_name=_("account"),
    )
    name = models.CharField(_("naam"), max_length=100, blank=True)
    name_is_public = models.BooleanField(_("naam en foto openbaar"), default=False)
    photo = models.CharField(_("portret"), max_length=100, blank=True)
    function = models.CharField(_("functie"), max_length=120)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="managers", verbose_name=_("afdeling")
    )
    expertise = models.TextField(_("waar je hiervoor terechtkunt"), max_length=1000)
    policy_fields = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, verbose_name=_("beleidsvelden")
    )
    works_everywhere = models.BooleanField(_("in de hele gemeente"), default=True)
    districts = models.ManyToManyField(
        District, blank=True, related_name="managers", verbose_name=_("wijken")
    )
    portfolios = models.ManyToManyField(
        Portfolio, blank=True, related_name="managers", verbose_name=_("portefeuilles")
    )
    room = models.PositiveSmallIntegerField(_("ruimte voor plannen"), null=True, blank=True)
    available_from = models.DateField(_("in dienst vanaf"), null=True, blank=True)
    available_until = models.DateField(_("in dienst tot en met"), null=True, blank=True)
    deputy = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vaste vervanger")
    )
    is_front_desk = models.BooleanField(_("is het loket"), default=False)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("werkmailbox"), blank=True)

    objects = AccountManagerQuerySet.as_manager()

    class Meta:
        ordering = ["function", "key"]
        indexes = [Searchable.terms_index("manager_terms")]
        constraints = [
            models.UniqueConstraint(
                fields=["is_front_desk"],
                condition=Q(is_front_desk=True),
                name="there_is_one_front_desk",
                violation_error_message=_("Er is al een loket."),
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("pk")),
                name="nobody_deputises_themselves",
                violation_error_message=_("Iemand kan zichzelf niet vervangen."),
            ),
            models.CheckConstraint(
                condition=Q(available_until=None)
                | Q(available_from=None)
                | Q(available_until__gte=F("available_from")),
                name="manager_leaves_after_arriving",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
        ]

    def __str__(self):
        return self.function

    def clean(self):
        errors = {}
        if self.available_from and self.available_until and self.available_until < self.available_from:
            errors["available_until"] = _("Het einde ligt voor het begin.")
        elif self.available_until and self.is_front_desk:
            errors["available_until"] = _("Dit is het loket. Draag eerst het loket over aan een collega.")
        if self.name_is_public and not self.name:
            errors["name_is_public"] = _("Vul eerst een naam in: zonder naam is er niets te laten zien.")
        if circle := self.deputies_in_a_circle():
            errors["deputy"] = circle
        if errors:
            raise ValidationError(errors)

    def deputies_in_a_circle(self):
        """Why nobody would be left when all are away, in words; empty when somebody would."""
        row, deputy = [self], self.deputy
        while deputy and deputy not in row:
            row, deputy = [*row, deputy], deputy.deputy
        if deputy is None:
            return ""
        if len(row) == 1:
            return _("Iemand kan zichzelf niet vervangen.")
        names = " → ".join(one.function for one in [*row, deputy])
        return _("Zo vervangen collega's elkaar in een kring: %(names)s. Kies iemand anders.") % {
            "names": names
        }

    def get_absolute_url(self):
        return reverse("contacts:manager", args=[self.key])

    def search_text(self):
        return f"{self.function}. {self.expertise} {self.public_name}"

    @property
    def called(self):
        """What initiators and colleagues call this person: the name, else the function."""
        return self.name or self.function

    @property
    def public_name(self):
        """The name, where the official chose to show it; else empty."""
        return self.name if self.name_is_public else ""

    @property
    def photo_url(self):
        return reverse("photo", args=[self.photo]) if self.photo and self.name_is_public else ""

    @property
    def public_card(self):
        """What a stranger may see of this person, in short."""
        return {
            "name_or_empty": self.public_name,
            "function": self.function,
            "department": self.department,
            "photo_url": self.photo_url,
            "get_absolute_url": self.get_absolute_url(),
        }

    @property
    def contact_card(self):
        """The same with the work mailbox; the phone of town hall stands in for their own."""
        return self.public_card | {"email": self.email}

    def is_employed(self, at=None):
        """True between arriving and leaving, both days included."""
        at = at or timezone.localdate()
        return (self.available_from or at) <= at <= (self.available_until or at)

    @property
    def absence(self):
        """The absence that runs today, or None; asks nothing when fetched `with_presence`."""
        found = self.away if hasattr(self, "away") else self.absences.filter(running())[:1]
        return found[0] if found else None

    @property
    def is_present(self):
        return self.absence is None

    @property
    def stand_in(self):
        """Who takes over today, or None: not away, or nobody there to take over."""
        if not self.absence:
            return None
        deputies = (self.absence.deputy, self.deputy)
        return next((deputy for deputy in deputies if deputy and deputy.is_employed()), None)


def colleague(user):
    """What colleagues call somebody: by their role at town hall, never by their account's name or address."""
    manager = getattr(user, "account_manager", None)
    return (manager and manager.called) or _("Een collega")


@kept()
class Absence(Versioned):
    """A time an account manager is away; the deputy takes over and it ends by itself."""

    manager = models.ForeignKey(
        AccountManager, models.CASCADE, related_name="absences", verbose_name=_("wie")
    )
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"), null=True, blank=True)
    deputy = models.ForeignKey(
        AccountManager, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("vervanger")
    )

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="absence_ends_after_it_began",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("manager")),
                name="nobody_deputises_their_own_absence",
                violation_error_message=_("Iemand kan zichzelf niet vervangen."),
            ),
        ]

    def __str__(self):
        return f"{self.manager}: {self.since}"

    def clean(self):
        check_span(self)
        if self.deputy_id and self.deputy_id == self.manager_id:
            raise ValidationError({"deputy": _("Iemand kan zichzelf niet vervangen.")})
        if self.since and self.manager_id and self.comes_round():
            words = _("Deze collega is dan zelf weg, en zou juist door %(who)s worden vervangen.")
            if not self.deputy_id:
                words = _("De vaste vervanger is dan zelf weg, en zou juist door %(who)s worden vervangen.")
            raise ValidationError({"deputy": words % {"who": self.manager.function}})

    def comes_round(self):
        """True when those who would stand in are away in these days too, in a circle.

        Where an absence names nobody, the fixed deputy stands in.
        """
        asked, seen = {self.deputy_id or self.manager.deputy_id} - {None}, set()
        while asked and self.manager_id not in asked:
            seen |= asked
            away = self.in_these_days().filter(manager__in=asked)
            asked = set(away.values_list(Coalesce("deputy", "manager__deputy"), flat=True)) - seen - {None}
        return bool(asked)

    def in_these_days(self):
        """Other absences that share a day with it."""
        found = Absence.objects.exclude(pk=self.pk).filter(Q(until=None) | Q(until__gte=self.since))
        return found.filter(since__lte=self.until) if self.until else found


class OrganisationQuerySet(LocalQuerySet):
    def visible_to(self, user):
        """Organisations are public; those not open for cooperation too, they are only never suggested."""
        return self.unmerged()

    def unmerged(self):
        """Those that did not become part of another record of the same organisation."""
        return self.filter(merged_into=None)

    def open_for_cooperation(self):
        return self.filter(is_open=True)

    def kinds(self):
        """The kinds there are, each once, in order."""
        return self.order_by("kind").values_list("kind", flat=True).distinct()


@kept()
class Organisation(Searchable, Versioned):
    """A partner in town: a club, foundation, company, school, housing association or fund."""

    key = models.CharField(_("kenmerk"), max_length=20, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    kind = models.CharField(_("soort"), max_length=60)
    interests = models.TextField(_("waar ze voor gaan"), max_length=1000, blank=True)
    offers = models.TextField(_("wat ze bieden"), max_length=1000, blank=True)
    works_everywhere = models.BooleanField(_("in de hele gemeente"), default=True)
    districts = models.ManyToManyField(
        District, blank=True, related_name="organisations", verbose_name=_("wijken")
    )
    is_open = models.BooleanField(_("staat open voor samenwerking"), default=True)
    is_subsidised = models.BooleanField(_("krijgt subsidie van de gemeente"), default=False)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    representatives = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="organisations"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("samengevoegd met"),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "key"]
        indexes = [
            Searchable.terms_index("organisation_terms"),
            Searchable.name_index("organisation_name", "name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="organisation_is_not_merged_into_itself",
                violation_error_message=_("Kies twee verschillende organisaties."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("contacts:partner", args=[self.key])

    def search_text(self):
        return f"{self.name}. {self.kind}. {self.interests} {self.offers}"


class Apart(models.Model):
    """Two organisations that look alike and are not the same, as somebody who knows them said."""

    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="told_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="told_apart_in_one_order"),
        ]

    def __str__(self):
        return f"{self.one_id} - {self.other_id}"


class Ground(models.TextChoices):
    """Why the law lets town hall keep the data of somebody without an account (AVG article 6)."""

    TASK = "task", _("nodig voor ons werk voor de stad (taak van algemeen belang)")
    CONSENT = "consent", _("deze persoon zei er ja op (toestemming)")
    CONTRACT = "contract", _("nodig voor een afspraak met deze persoon (overeenkomst)")


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Always private: for officers."""
        return self if user.is_authenticated and user.is_officer else self.none()

    def search(self, text):
        """Those with every word in their name or that of their organisation."""
        found = self
        for word in text.split()[:12]:
            found = found.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
        return found

    def alphabetical(self):
        return self.order_by(Lower("name"), "pk")

    def uninformed(self):
        """Those who were not told yet that town hall keeps their data."""
        return self.filter(informed_on=None)


class Person(Versioned):
    """Somebody the municipality knows without an account; always private, with a source and a ground."""

    name = models.CharField(_("naam"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisatie"),
    )
    source = models.CharField(_("bron"), max_length=200)
    ground = models.CharField(_("grondslag"), max_length=10, choices=Ground)
    consented_on = models.DateField(_("toestemming gegeven op"), null=True, blank=True)
    withdrawn_on = models.DateField(_("toestemming ingetrokken op"), null=True, blank=True)
    informed_on = models.DateField(_("geïnformeerd op"), null=True, blank=True)
    noted_at = models.DateTimeField(db_default=Now())
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values),
                name="ground_is_known",
                violation_error_message=_("Kies waarom we deze gegevens mogen bewaren."),
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.CONSENT) | Q(consented_on__isnull=False),
                name="consent_has_a_day",
                violation_error_message=_("Vul in wanneer deze persoon ja zei."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("consented_on")),
                name="consent_is_given_before_withdrawn",
                violation_error_message=_("De toestemming is eerder ingetrokken dan gegeven."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def key(self):
        """What a person is called in addresses: the number, never the name."""
        return str(self.pk)

    def get_absolute_url(self):
        return reverse("desk:person", args=[self.pk])

    @property
    def may_be_used(self):
        """False once a consent that was the ground is taken back."""
        return not (self.ground == Ground.CONSENT and self.withdrawn_on)


class Place(models.Model):
    """Room, a roof, a plot or material that somebody lends."""

    class Kind(models.TextChoices):
        ROOM = "room", _("ruimte")
        ROOF = "roof", _("dak")
        PLOT = "plot", _("stuk grond")
        MATERIAL = "material", _("materiaal")

    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    description = models.TextField(_("wat het is"), max_length=1000, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="places")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="places"
    )
    is_available = models.BooleanField(_("beschikbaar"), default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["room", "roof", "plot", "material"]), name="place_kind_is_known"
            )
        ]

    def __str__(self):
        return self.name
