"""All nouns that managers keep up to date, and what of them asks attention today."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from desk.manage import missed
from desk.manage.demands import DEMANDS
from desk.manage.frameworks import FRAMEWORKS
from desk.manage.people import PEOPLE, leaving, managers, vacant
from desk.manage.policy import POLICY
from desk.manage.staff import STAFF
from desk.manage.table import listed
from desk.manage.town import TOWN
from goals.models import Goal, PolicyNote
from townhall.models import OutboxMessage

NOUNS = POLICY | PEOPLE | TOWN | DEMANDS | FRAMEWORKS | STAFF


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a manager: what, why it matters, and where to do it."""

    title: str
    why: str
    url: str
    icon: str


WAITS = [  # (what waits, one, many, why, where, icon), in the order in which it hurts
    (
        vacant,
        _("Over %(n)s portefeuille gaat niemand"),
        _("Over %(n)s portefeuilles gaat niemand"),
        _("Op de site staat dat er niemand is aangewezen."),
        ("ambtstermijnen",),
        "person",
    ),
    (
        lambda: leaving(managers()),
        _("%(n)s collega vertrekt terwijl er plannen lopen"),
        _("%(n)s collega's vertrekken terwijl er plannen lopen"),
        _("Draag de plannen over: dan weten de initiatiefnemers wie hen nu helpt."),
        ("accounthouders", "vertrekt"),
        "people",
    ),
    (
        PolicyNote.objects.outlived,
        _("%(n)s nota is voorbij terwijl er doelen lopen"),
        _("%(n)s nota's zijn voorbij terwijl er doelen lopen"),
        _("Verleng de nota of beëindig de doelen."),
        ("notas", "voorbij"),
        "book",
    ),
    (
        Goal.objects.without_owner,
        _("%(n)s doel heeft geen contactpersoon"),
        _("%(n)s doelen hebben geen contactpersoon"),
        _("De wegwijzer weet dan niet wie erover kan praten."),
        ("doelen", "zonder-contact"),
        "speech",
    ),
    (
        Goal.objects.stale,
        _("%(n)s doel is een half jaar niet nagekeken"),
        _("%(n)s doelen zijn een half jaar niet nagekeken"),
        _("Klopt het nog? Eén klik is genoeg."),
        ("doelen", "nakijken"),
        "target",
    ),
    (
        missed.goals,
        _("De wegwijzer miste plannen bij %(n)s doel"),
        _("De wegwijzer miste plannen bij %(n)s doelen"),
        _("Collega's koppelden ze met de hand. Voeg de woorden toe die inwoners gebruiken."),
        ("doelen", "gemist"),
        "search",
    ),
    (
        lambda: OutboxMessage.objects.exclude(parked_at=None),
        _("%(n)s bericht kon niet weg"),
        _("%(n)s berichten konden niet weg"),
        _("Bijvoorbeeld een mail aan een inwoner die niet aankwam."),
        ("berichten",),
        "mail",
    ),
]


def tasks():
    """What waits today; what is in order is left out."""
    counted = [(waits().count(), *rest) for waits, *rest in WAITS]
    return [
        Task((one if number == 1 else many) % {"n": number}, why, listed(*where), icon)
        for number, one, many, why, where, icon in counted
        if number
    ]
