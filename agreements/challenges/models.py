"""The facts of a challenge, each filled in by who knows it."""

from dataclasses import dataclass

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager
from initiatives.models import BetweenTheTwoQuerySet, Initiative
from townhall.models import Versioned

TOWN, INITIATOR = "town", "initiator"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that has to be known: what it is called, who fills it in, and what to think of."""

    title: str
    side: str
    hint: str


FACTS = {  # in the order in which people think of them
    "task": Fact(
        _("De taak"), INITIATOR, _("Welke taak van de gemeente wil je doen? Waar, en hoe vaak?")
    ),
    "budget": Fact(
        _("Het geld dat de gemeente nu uitgeeft"), TOWN, _("Per jaar. Niet bekend? Schrijf op waarom.")
    ),
    "approach": Fact(_("De aanpak"), INITIATOR, _("Wie doet wat, wanneer, en wat kost het?")),
    "result": Fact(
        _("Het resultaat"), INITIATOR,
        _("Waaraan zie je over een jaar dat het lukt? Noem iets dat je kunt tellen.")
    ),
    "manager": Fact(
        _("Wie de taak nu doet"), TOWN, _("De collega van de afdeling die dit nu uitvoert.")
    ),
}  # fmt: skip


class Challenge(Versioned):
    """What a plan to take over a task says about that task."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="challenge")
    task = models.TextField(_("de taak"), max_length=2000, blank=True)
    budget = models.DecimalField(
        _("geld dat de gemeente nu uitgeeft"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    budget_note = models.CharField(_("toelichting op het geld"), max_length=300, blank=True)
    approach = models.TextField(_("de aanpak"), max_length=4000, blank=True)
    result = models.TextField(_("het resultaat"), max_length=2000, blank=True)
    manager = models.ForeignKey(
        AccountManager,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wie het nu doet"),
    )

    objects = BetweenTheTwoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0),
                name="challenge_budget_is_not_negative",
                violation_error_message=_("Een bedrag is nul of meer."),
            )
        ]

    def __str__(self):
        return str(self.initiative_id)

    def knows(self, name):
        """True where this fact is filled in; of money "not known, because" is an answer too."""
        if name == "budget":
            return self.budget is not None or bool(self.budget_note)
        return bool(getattr(self, f"{name}_id" if name == "manager" else name))

    @property
    def missing(self):
        """The names of what still has to be filled in."""
        return [name for name in FACTS if not self.knows(name)]
