"""All nouns that managers keep up to date, and what of them asks attention today."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from desk.manage.people import PEOPLE, leaving, managers, vacant
from desk.manage.policy import POLICY
from desk.manage.table import listed
from desk.manage.town import TOWN
from goals.models import Goal, PolicyNote
from townhall.models import OutboxMessage

NOUNS = POLICY | PEOPLE | TOWN


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a manager: how many, what, why it matters, and where to do it."""

    number: int
    title: str
    why: str
    url: str
    icon: str


def tasks():
    """What waits, in the order in which it hurts; what is in order is left out."""
    parked = OutboxMessage.objects.exclude(parked_at=None)
    found = [
        Task(
            vacant().count(),
            _("Portefeuilles waar niemand over gaat"),
            _("Inwoners lezen dat er niemand is aangewezen."),
            listed("ambtstermijnen"),
            "person",
        ),
        Task(
            leaving(managers()).count(),
            _("Collega's die vertrekken met lopende plannen"),
            _("Kies een vervanger, dan weten de initiatiefnemers waar ze aan toe zijn."),
            listed("accounthouders", "vertrekt"),
            "people",
        ),
        Task(
            PolicyNote.objects.outlived().count(),
            _("Nota's die voorbij zijn, met lopende doelen"),
            _("Verleng de nota of beëindig de doelen."),
            listed("notas", "voorbij"),
            "book",
        ),
        Task(
            Goal.objects.without_owner().count(),
            _("Doelen zonder contactpersoon"),
            _("De wegwijzer weet dan niet wie erover kan praten."),
            listed("doelen", "zonder-contact"),
            "speech",
        ),
        Task(
            Goal.objects.stale().count(),
            _("Doelen die een half jaar niet zijn nagekeken"),
            _("Kloppen ze nog? Eén klik is genoeg."),
            listed("doelen", "nakijken"),
            "target",
        ),
        Task(
            parked.count(),
            _("Berichten die niet weg konden"),
            _("Mails aan inwoners die niet aankwamen."),
            listed("berichten"),
            "mail",
        ),
    ]
    return [task for task in found if task.number]
