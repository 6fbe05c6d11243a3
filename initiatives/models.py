"""What residents do: the initiative and everything that hangs on it."""

import re
import uuid
from functools import lru_cache

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import connection, models
from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Left, Now, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, District, Organisation, Person, Place
from funding.models import NeedKind
from goals.models import Goal
from initiatives import clocks
from townhall.history import kept
from townhall.models import Event, File, Searchable, SearchQuerySet, Versioned


class State(models.TextChoices):
    """Where an initiative stands; there is no 'rejected': a decision can be negative, a plan is not."""

    DRAFT = "draft", _("concept")
    SUBMITTED = "submitted", _("ingediend")
    IN_DIALOGUE = "in_dialogue", _("in gesprek")
    AWAITING_DECISION = "awaiting_decision", _("wacht op besluit")
    IN_PROGRESS = "in_progress", _("in uitvoering")
    REALISED = "realised", _("gerealiseerd")
    ONGOING = "ongoing", _("doorlopend")
    PAUSED = "paused", _("gepauzeerd")
    STOPPED = "stopped", _("gestopt")
    REFERRED = "referred", _("doorverwezen")


CLOSED = {State.REALISED, State.STOPPED, State.REFERRED}  # nothing more is asked of the contact


@lru_cache(maxsize=4096)  # a list asks for twenty at a time, mostly the same ones
def page_of(reference):
    return reverse("initiatives:detail", args=[reference])


def one_of(field, choices):
    """Q: the field holds one of the codes of these choices."""
    return Q(**{f"{field}__in": [value for value, _label in choices.choices]})


REFERENCE = re.compile(r"\s*(IW-\d{4}-\d{1,9})\s*", re.IGNORECASE | re.ASCII)


class InitiativeQuerySet(SearchQuerySet):
    known_by = F("title")

    def search(self, text):
        """Those that hold every word of the text; or the one of which this is the reference."""
        if found := REFERENCE.fullmatch(text):
            return self.filter(reference=found[1].upper())
        return super().search(text)

    def visible_to(self, user):
        """The public ones for everybody, one's own always, all but concepts for officers."""
        if not user.is_authenticated:
            return self.public()
        if user.is_officer:
            return self.filter(~Q(state=State.DRAFT) | self.taking_part(user))
        return self.filter(self.is_public() | self.taking_part(user))

    def public(self):
        return self.filter(self.is_public())

    def with_initiators(self):
        """Each with whose plan it is, in one query more: the verbs then ask for it no more."""
        theirs = Participant.objects.filter(role__in=INITIATING)
        return self.prefetch_related(models.Prefetch("participants", theirs, to_attr="known_initiators"))

    @staticmethod
    def is_public():
        """Q: wanted in public by the initiator, released by the municipality, and no concept."""
        return Q(wants_public=True, released_at__isnull=False) & ~Q(state=State.DRAFT)

    @staticmethod
    def taking_part(user):
        """Q: the user is an initiator or co-initiator."""
        mine = Participant.objects.filter(user=user, initiative=models.OuterRef("pk"), role__in=INITIATING)
        return Q(models.Exists(mine))

    def locked(self, pk):
        """The plan as it is now, with its contact; until the transaction ends nobody else changes it."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related("contact")
        return rows.get(pk=pk)

    def registered(self):
        """Those with a reference; a concept has neither a name in addresses nor a place in lists."""
        return self.exclude(state=State.DRAFT)

    def around(self, slug):
        """Those in a district, in its parts or in the whole it is part of."""
        return self.filter(district__in=District.objects.around(slug))

    def for_goals(self, goals):
        """Those that contribute to at least one of these goals."""
        links = GoalLink.objects.filter(initiative=models.OuterRef("pk"), goal__in=goals)
        return self.filter(models.Exists(links))

    def on_their_own(self):
        """Those that did not go on in another plan: what lists and search give."""
        return self.filter(merged_into=None)

    def unproven(self):
        """Concepts of people who never came in, so whose e-mail address is not proven."""
        proven = Participant.objects.filter(initiative=models.OuterRef("pk"), user__last_login__isnull=False)
        return self.filter(state=State.DRAFT).exclude(models.Exists(proven))

    def next_reference(self, year):
        """The next free reference of a year, IW-2026-0042; call it inside the transaction that uses it.

        A lock that ends with the transaction keeps two plans from getting the same number.
        """
        prefix = f"IW-{year}-"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [prefix])
        numbers = self.model.objects.filter(reference__startswith=prefix).annotate(
            number=Cast(Substr("reference", len(prefix) + 1), models.IntegerField())
        )
        last = numbers.aggregate(last=models.Max("number"))["last"] or 0
        return f"{prefix}{last + 1:04d}"

    def with_goals(self, user):
        """Each with `.visible_links`: its links to goals this user may see, in two queries."""
        links = GoalLink.objects.filter(Goal.objects.is_visible_to(user, "goal__")).select_related("goal")
        links = links.only("initiative", "strength", *(f"goal__{name}" for name in GOAL_SHOWN))
        return self.select_related("district").prefetch_related(
            models.Prefetch("goal_links", links, to_attr="visible_links")
        )

    def with_parties(self):
        """Each with its contact, organisation and (in `.visible_partners`) partners, in one query more."""
        partners = PartnerLink.objects.select_related("organisation").order_by("organisation__name", "pk")
        partners = partners.only("initiative", *(f"organisation__{name}" for name in PARTNER_SHOWN))
        return self.select_related("contact__department", "organisation").prefetch_related(
            models.Prefetch("partner_links", partners, to_attr="visible_partners")
        )

    def in_short(self):
        """Only what a card shows, of the story the beginning."""
        opened = self.select_related("district").annotate(opening=Left("story", OPENING))
        return opened.only(*CARD_SHOWS, "district__name")

    def for_cards(self, user):
        """As lists show them, with their goals."""
        return self.with_goals(user).in_short()

    def for_pages(self, user):
        """With all that the page of one, and the API, show of it."""
        whole = self.with_goals(user).with_parties()
        parties = [
            *(f"district__{name}" for name in ("key", "slug", "name")),
            *(f"organisation__{name}" for name in PARTNER_SHOWN),
            *(f"contact__{name}" for name in CONTACT_SHOWN),
            *(f"contact__department__{name}" for name in ("key", "name")),
        ]
        return whole.only(*PAGE_SHOWS, *parties)


OPENING = 200  # characters of a story that a card may show
GOAL_SHOWN = ("key", "slug", "plain_title", "title")
PARTNER_SHOWN = ("key", "name")
CONTACT_SHOWN = ("key", "function", "available_from", "available_until")
CARD_SHOWS = (
    "public_id",
    "reference",
    "title",
    "summary",
    "state",
    "wants_public",
    "released_at",
    "submitted_at",
)
PAGE_SHOWS = (
    *CARD_SHOWS,
    *("story", "existing", "offered", "asked", "kind", "submitted_by", "starts_on", "ends_on"),
    *("district", "organisation", "contact", "merged_into"),
)


@kept("title", "summary", "story", "existing", "offered", "asked", "place", "submitter")
class Initiative(Searchable, Versioned):
    """A plan of residents, a group or an organisation for their neighbourhood."""

    class Kind(models.TextChoices):
        OWN_PLAN = "own_plan", _("een eigen plan")
        ASK_COUNCIL = "ask_council", _("een vraag aan de raad")
        CHALLENGE = "challenge", _("een taak overnemen")

    class By(models.TextChoices):
        PERSON = "person", _("een persoon")
        GROUP = "group", _("een groep")
        ORGANISATION = "organisation", _("een organisatie")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("kenmerk"), max_length=20, unique=True, null=True, blank=True)
    import_key = models.CharField(max_length=20, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("titel"), max_length=150)
    summary = models.CharField(_("in één zin"), max_length=300, blank=True)
    story = models.TextField(_("je verhaal"), max_length=10_000)
    existing = models.TextField(_("wat er al is"), max_length=2000, blank=True)
    offered = models.TextField(_("wat je zelf inbrengt"), max_length=2000, blank=True)
    asked = models.TextField(_("wat je vraagt"), max_length=2000, blank=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("wijk")
    )
    place = models.CharField(_("plek"), max_length=200, blank=True)
    point = models.JSONField(
        _("punt op de kaart"), null=True, blank=True, help_text="[lengte, breedte], WGS 84"
    )
    starts_on = models.DateField(_("begint"), null=True, blank=True)
    ends_on = models.DateField(_("eindigt"), null=True, blank=True)
    kind = models.CharField(_("soort"), max_length=12, choices=Kind, default=Kind.OWN_PLAN)
    submitted_by = models.CharField(_("van wie"), max_length=12, choices=By, default=By.PERSON)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    submitter = models.CharField(
        _("wie"), max_length=100, blank=True, help_text="Een rol of groep, geen naam."
    )
    wants_public = models.BooleanField(_("mag op de site"), default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("staat"), max_length=20, choices=State, default=State.DRAFT)
    previous_state = models.CharField(max_length=20, choices=State, blank=True)
    state_reason = models.CharField(_("reden"), max_length=300, blank=True)
    contact = models.ForeignKey(
        AccountManager,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("contact"),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("gaat verder in")
    )
    links = ArrayField(models.URLField(), default=list, blank=True, size=10)
    created_at = models.DateTimeField(db_default=Now())
    submitted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(db_default=Now())
    goals = models.ManyToManyField(Goal, through="GoalLink", related_name="initiatives")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-id"]
        indexes = [
            Searchable.terms_index("initiative_terms"),
            Searchable.name_index("initiative_name", "title"),
            models.Index(fields=["-submitted_at", "-id"], name="initiative_newest"),
            models.Index(
                fields=["-submitted_at", "-id"],
                condition=Q(wants_public=True, released_at__isnull=False) & ~Q(state="draft"),
                name="initiative_newest_public",
            ),
            models.Index(
                fields=["-released_at", "-id"],
                condition=Q(wants_public=True, released_at__isnull=False) & ~Q(state="draft"),
                name="initiative_released",
            ),
            models.Index(fields=["state"], name="initiative_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(contact__isnull=False),
                name="submitted_initiative_has_contact",
                violation_error_message=_("Een ingediend plan heeft altijd een contactpersoon."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (Q(reference__isnull=False) & Q(submitted_at__isnull=False)),
                name="submitted_initiative_has_reference",
                violation_error_message=_("Een ingediend plan heeft een kenmerk en een datum."),
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | (Q(wants_public=True) & ~Q(state="draft")),
                name="released_initiative_may_be_public",
                violation_error_message=_("Dit plan mag niet op de site."),
            ),
            models.CheckConstraint(condition=one_of("state", State), name="initiative_state_is_known"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state="stopped"),
                name="merged_initiative_has_stopped",
                violation_error_message=_("Dit plan ging verder in een ander plan en blijft gestopt."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="initiative_is_not_merged_into_itself",
                violation_error_message=_("Een plan kan niet samengaan met zichzelf."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="initiative_ends_after_it_began",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page: by reference once it has one, by its unguessable address while it is a concept."""
        if self.reference:
            return page_of(self.reference)
        return reverse("initiatives:concept", args=[self.public_id])

    @property
    def is_public_now(self):
        """True when anybody may see it."""
        return self.wants_public and self.released_at is not None and self.state != State.DRAFT

    def initiators(self):
        """The participants whose plan it is, with their accounts."""
        return self.participants.filter(role__in=INITIATING).select_related("user").order_by("since", "id")

    def talk(self, user):
        """The thread as this person may read it: who came in with another plan reads on from that day."""
        joined = self.participants.filter(user=user, role=ParticipantRole.CO_INITIATOR)
        if self.participants.filter(user=user, role=ParticipantRole.INITIATOR).exists():
            return self.messages.all()
        since = joined.order_by("since").values_list("since", flat=True).first()
        return self.messages.filter(at__gte=since) if since else self.messages.all()

    def add_event(self, what, *, details=None, **values):
        """What happened, added to its timeline: codes and ids only; values: `by`, `at`, `is_public`."""
        return Event.objects.create(
            subject_kind="initiative",
            subject_key=str(self.public_id),
            what=what,
            details=details or {},
            **values,
        )

    def timeline(self, user):
        """What happened, newest first, as far as this person may see."""
        if user.is_authenticated and (user.is_officer or self.initiators().filter(user=user).exists()):
            return Event.objects.about("initiative", str(self.public_id))
        return self.public_timeline()

    def public_timeline(self):
        """The same as far as everybody may see; of news only what still stands on the site."""
        shown = self.updates.filter(is_public=True).annotate(number=Cast("pk", CharField()))
        stands = Exists(shown.filter(number=OuterRef("news")))
        events = Event.objects.about("initiative", str(self.public_id)).annotate(
            news=KeyTextTransform("update", "details")
        )
        return events.filter(~Q(what="update_told") | stands, is_public=True)

    @property
    def teaser(self):
        """What it is about, in short: its one sentence, or how its story begins."""
        return self.summary or (self.opening if hasattr(self, "opening") else self.story)

    @property
    def key(self):
        """What it is called outside, as with all other things."""
        return self.reference

    @property
    def is_shown(self):
        """True when everybody may see it."""
        return bool(self.wants_public and self.released_at and self.state != State.DRAFT)

    @property
    def goes_on_in(self):
        """The plan in which this one went on, where everybody may see that; else None."""
        return self.merged_into if self.merged_into_id and self.merged_into.is_shown else None

    def search_text(self):
        return f"{self.title}. {self.summary} {self.story} {self.place}"


class ParticipantRole(models.TextChoices):
    """How somebody takes part."""

    INITIATOR = "initiator", _("initiatiefnemer")
    CO_INITIATOR = "co_initiator", _("mede-initiatiefnemer")
    VOLUNTEER = "volunteer", _("vrijwilliger")
    SUPPORTER = "supporter", _("steunt het plan")
    FOLLOWER = "follower", _("volger")
    FORMER = "former", _("was initiatiefnemer")


INITIATING = (ParticipantRole.INITIATOR, ParticipantRole.CO_INITIATOR)
"""Whose plan it is."""


class Participant(models.Model):
    """Somebody who takes part; with an account, or with an address of their own."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    name = models.CharField(_("naam"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    address = models.CharField(_("postadres"), max_length=200, blank=True)
    role = models.CharField(_("rol"), max_length=12, choices=ParticipantRole)
    shows_name = models.BooleanField(_("naam mag zichtbaar zijn"), default=False)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "user", "role"], condition=~Q(user=None), name="take_part_once_a_role"
            ),
            models.CheckConstraint(
                condition=one_of("role", ParticipantRole), name="participant_role_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.role} {self.initiative_id}"


class Need(models.Model):
    """One thing an initiative asks for, and who met it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="needs")
    kind = models.CharField(_("wat"), max_length=15, choices=NeedKind)
    amount = models.DecimalField(
        _("bedrag in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    note = models.CharField(_("toelichting"), max_length=300, blank=True)
    met_by = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "kind"], name="ask_a_thing_once"),
            models.CheckConstraint(condition=one_of("kind", NeedKind), name="need_kind_is_known"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="need_amount_is_not_negative",
                violation_error_message=_("Een bedrag is nul of meer."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Link(models.Model):
    """What two things that were linked have in common: who did it, when, why and how it was found."""

    why = models.CharField(_("waarom"), max_length=300, blank=True)
    was_suggested = models.BooleanField(_("voorgesteld door de wegwijzer"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    on = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


class GoalLink(Link):
    """An initiative contributes to a goal, clearly (2) or partly (1)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="initiative_links")
    strength = models.PositiveSmallIntegerField(_("hoe sterk"), default=2)

    class Meta:
        ordering = ["-strength", "goal_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "goal"],
                name="link_a_goal_once",
                violation_error_message=_("Dit doel is al gekoppeld."),
            ),
            models.CheckConstraint(condition=Q(strength__in=[1, 2]), name="link_strength_is_one_or_two"),
        ]

    def __str__(self):
        return f"{self.initiative_id} - {self.goal_id}"


class PartnerLink(Link):
    """An organisation works along with an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="partner_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="initiative_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation"],
                name="link_a_partner_once",
                violation_error_message=_("Deze partner is al gekoppeld."),
            )
        ]

    def __str__(self):
        return f"{self.initiative_id} - {self.organisation_id}"


class SimilarLink(Link):
    """Two initiatives worth knowing of each other."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="similar_links")
    other = models.ForeignKey(Initiative, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "other"], name="link_an_initiative_once"),
            models.CheckConstraint(
                condition=~Q(initiative=F("other")), name="initiative_is_not_its_own_like"
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id} - {self.other_id}"


class Introduction(models.Model):
    """A first contact between an initiative and who may help; data is shared only after a yes."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="introductions")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="introductions"
    )
    other = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="introduced_to")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="introductions")
    text = models.TextField(_("bericht"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    accepted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(organisation__isnull=False, other=None, place=None)
                    | Q(organisation=None, other__isnull=False, place=None)
                    | Q(organisation=None, other=None, place__isnull=False)
                ),
                name="introduction_is_to_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, answered_at=None)
                | Q(accepted__isnull=False, answered_at__isnull=False),
                name="introduction_answer_has_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.at:%Y-%m-%d}"


class BetweenTheTwoQuerySet(models.QuerySet):
    """Records between the initiators of a plan and town hall."""

    def visible_to(self, user):
        """Those of plans of one's own, and all for officers."""
        if not user.is_authenticated:
            return self.none()
        if user.is_officer:
            return self
        return self.filter(initiative__in=Initiative.objects.filter(Initiative.objects.taking_part(user)))


class ToldOfPlanQuerySet(models.QuerySet):
    """What is told of plans, each public or not by itself: news, and what was promised."""

    def visible_to(self, user):
        """The public ones of public plans; all of one's own plans; all for officers."""
        if not user.is_authenticated:
            return self.public()
        if user.is_officer:
            return self.exclude(initiative__state=State.DRAFT)
        mine = Initiative.objects.filter(Initiative.objects.taking_part(user))
        return self.filter(self.is_public() | Q(initiative__in=mine))

    def public(self):
        return self.filter(self.is_public())

    @staticmethod
    def is_public():
        """Q: public itself, and of a plan that everybody may see."""
        plan = Q(initiative__wants_public=True, initiative__released_at__isnull=False)
        return Q(is_public=True) & plan & ~Q(initiative__state=State.DRAFT)


class UpdateQuerySet(ToldOfPlanQuerySet):
    def for_pages(self):
        """Each with its picture and plan, the newest first, in one query."""
        return self.select_related("picture", "initiative").order_by("-at", "-pk")


class Update(Versioned):
    """News an initiative tells about itself; on the site where the plan is, unless town hall hid it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="updates")
    text = models.TextField(_("nieuws"), max_length=4000)
    picture = models.ForeignKey(File, models.SET_NULL, null=True, blank=True, related_name="+")
    is_public = models.BooleanField(default=True)
    hidden_why = models.CharField(_("waarom het niet op de site staat"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(_("aangepast op"), null=True, blank=True)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="update_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(hidden_why=""),
                name="hidden_update_says_why",
                violation_error_message=_("Schrijf op waarom dit van de site gaat."),
            )
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.at:%Y-%m-%d}"

    @property
    def is_shown(self):
        """True when everybody may see it."""
        return self.is_public and self.initiative.is_shown

    @property
    def picture_url(self):
        """Where its picture is; empty without one."""
        return self._address("updates:picture")

    @property
    def small_url(self):
        """The same as a thumbnail."""
        return self._address("updates:picture-small")

    @property
    def place(self):
        """What it is called on the page of its plan."""
        return f"nieuws-{self.pk}"

    def get_absolute_url(self):
        """Its place on the page of its plan."""
        return f"{self.initiative.get_absolute_url()}#{self.place}"

    def _address(self, name):
        return reverse(name, args=[self.initiative.reference, self.pk]) if self.picture_id else ""


class ClockKind(models.TextChoices):
    """What the municipality promises to do within a number of working days."""

    RECEIPT = "receipt", _("bevestiging")
    CONTACT = "contact", _("eerste gesprek")
    FIRST_VIEW = "first_view", _("eerste reactie op het plan")
    DECISION = "decision", _("duidelijkheid")


class ClockQuerySet(models.QuerySet):
    def running(self):
        """Those that tick: neither kept nor paused."""
        return self.filter(stopped_on=None, paused_on=None)

    def overdue(self, at=None):
        return self.running().filter(due_on__lt=at or timezone.localdate())

    def warning(self, at=None):
        """Three quarters of the time has gone, but not all of it."""
        at = at or timezone.localdate()
        return self.running().filter(warn_on__lte=at, due_on__gte=at)


class Clock(models.Model):
    """A promise of the municipality about one initiative, with the day by which it is kept."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="clocks")
    kind = models.CharField(_("wat"), max_length=12, choices=ClockKind)
    days = models.PositiveSmallIntegerField(_("werkdagen"), help_text="Zoals beloofd toen de klok begon.")
    started_on = models.DateField(_("begonnen op"))
    warn_on = models.DateField(_("bijna te laat op"))
    due_on = models.DateField(_("uiterlijk"))
    paused_on = models.DateField(_("staat stil sinds"), null=True, blank=True)
    stopped_on = models.DateField(_("gedaan op"), null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(stopped_on=None), name="clock_running")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "kind"], name="one_clock_of_a_kind"),
            models.CheckConstraint(condition=one_of("kind", ClockKind), name="clock_kind_is_known"),
            models.CheckConstraint(
                condition=Q(warn_on__gte=F("started_on"), due_on__gte=F("warn_on")), name="clock_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(paused_on=None) | Q(stopped_on=None), name="stopped_clock_is_not_paused"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.due_on}"

    def is_overdue(self, at=None):
        """True when the day has passed without the promise being kept."""
        return not self.stopped_on and not self.paused_on and self.due_on < (at or timezone.localdate())

    def is_warning(self, at=None):
        """True in the last quarter of its time."""
        at = at or timezone.localdate()
        return not self.stopped_on and not self.paused_on and self.warn_on <= at <= self.due_on

    @property
    def left(self):
        """How long there still is, in words; what it is instead when it does not tick."""
        if self.stopped_on:
            return _("gedaan")
        return _("staat stil") if self.paused_on else clocks.left(self.due_on, timezone.localdate())

    @property
    def why(self):
        """Why this day, in words."""
        return clocks.why(self.started_on, self.days, self.due_on)

    @property
    def mood(self):
        """A code for its look: done, paused, late, warning or fine."""
        if self.stopped_on or self.paused_on:
            return "done" if self.stopped_on else "paused"
        return "late" if self.is_overdue() else "warning" if self.is_warning() else "fine"

    @property
    def was_kept_in_time(self):
        """True or False once it stopped, else None."""
        return None if self.stopped_on is None else self.stopped_on <= self.due_on


class MessageKind(models.TextChoices):
    """Why a message was written."""

    TALK = "talk", _("bericht")
    STEP = "step", _("bij een stap")


class Message(models.Model):
    """A message between the initiator and the contact; one thread an initiative."""

    kind = models.CharField(max_length=5, choices=MessageKind, default=MessageKind.TALK)
    from_town = models.BooleanField(_("van de gemeente"), default=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="messages")
    text = models.TextField(_("bericht"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", MessageKind), name="message_kind_is_known")
        ]

    def __str__(self):
        return f"{self.initiative_id} {self.at:%Y-%m-%d}"


class InteractionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whose note an officer may read: one's own, and of plans those one is the contact of.

        About organisations and people without a plan all officers read along; of one's own plan nobody reads
        what colleagues wrote.
        """
        if not (user.is_authenticated and user.is_officer):
            return self.none()
        near = Q(initiative__contact__in=AccountManager.objects.of_user(user))
        own = Participant.objects.filter(
            user=user,
            initiative=models.OuterRef("initiative"),
            role__in=[ParticipantRole.INITIATOR, ParticipantRole.CO_INITIATOR],
        )
        return self.filter(Q(by=user) | Q(initiative=None) | near).exclude(models.Exists(own))

    def to_do(self, user):
        """Those of which this officer still has to take the next step, the first day first."""
        return self.filter(by=user, next_on__isnull=False, next_done_on=None).order_by("next_on", "pk")

    def newest_first(self):
        return self.order_by("-on", "-pk")


class Interaction(models.Model):
    """A contact moment outside the site: a call, a visit, a talk at the desk; with organisations and people,
    about a plan, or both.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="interactions"
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="interactions", verbose_name=_("organisaties")
    )
    persons = models.ManyToManyField(
        Person, blank=True, related_name="interactions", verbose_name=_("personen")
    )
    how = models.CharField(_("hoe"), max_length=40)
    note = models.TextField(_("waar het over ging"), max_length=2000)
    on = models.DateField(_("wanneer"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    next_step = models.CharField(_("volgende stap"), max_length=300, blank=True, default="", db_default="")
    next_on = models.DateField(_("uiterlijk"), null=True, blank=True)
    next_done_on = models.DateField(_("gedaan op"), null=True, blank=True)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["by", "next_on"],
                condition=Q(next_on__isnull=False, next_done_on=None),
                name="interaction_to_do",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step="", next_on=None) | (~Q(next_step="") & Q(next_on__isnull=False)),
                name="next_step_has_a_day",
                violation_error_message=_("Een volgende stap heeft woorden en een dag."),
            ),
            models.CheckConstraint(
                condition=Q(next_done_on=None) | Q(next_on__isnull=False), name="done_step_was_planned"
            ),
        ]

    def __str__(self):
        return f"{self.how} {self.on}"

    @property
    def person_numbers(self):
        """The numbers of the people it was with, never their names."""
        return [person.pk for person in self.persons.all()]

    @property
    def is_late(self):
        """True when its next step should have been taken before today."""
        return bool(self.next_on and not self.next_done_on and self.next_on < timezone.localdate())


class Result(models.Model):
    """What came of an initiative, in its own words; unknown is shown as unknown."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="result")
    what = models.TextField(_("wat is er gebeurd"), max_length=2000)
    for_whom = models.TextField(_("wie heeft er iets aan"), max_length=1000, blank=True)
    people = models.PositiveIntegerField(_("hoeveel mensen deden mee"), null=True, blank=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return str(self.initiative_id)


class LessonKind(models.TextChoices):
    """What kind of lesson it is."""

    HELPED = "helped", _("dit hielp")
    HINDERED = "hindered", _("dit hield op")
    TIP = "tip", _("tip")


class Lesson(models.Model):
    """Something others can learn from an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="lessons")
    kind = models.CharField(_("soort"), max_length=10, choices=LessonKind)
    text = models.CharField(_("les"), max_length=500)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("kind", LessonKind), name="lesson_kind_is_known")
        ]

    def __str__(self):
        return self.text[:60]
