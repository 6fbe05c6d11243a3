"""What happened between town hall, the town and one organisation, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import Organisation, colleague
from initiatives.models import Interaction, State
from townhall.models import Event

MOST = 50  # of each kind, and of all together; nobody reads on
EVENTS = {  # what happened to the record itself -> sentence
    "create": lazy("Opgeschreven als organisatie"),
    "change": lazy("De gegevens zijn veranderd"),
    "merge": lazy("Samengevoegd met een dubbele"),
}
ICONS = {  # kind of entry -> icon
    "contactmoment": "phone",
    "kennismaking": "speech",
    "partner": "hands",
    "plan": "leaf",
    "toezegging": "check",
    "verandering": "pencil",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, as it is drawn and as it leaves by the API."""

    on: date
    kind: str
    words: str
    note: str = ""
    url: str = ""
    title: str = ""  # of the plan it was about
    who: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


def of(organisation: Organisation, user) -> list[Entry]:
    """At most MOST entries; of each kind the same number of queries, however much there is."""
    found = [
        *moments(organisation, user),
        *introductions(organisation),
        *links(organisation),
        *own_plans(organisation, user),
        *promises(organisation, user),
        *events(organisation),
    ]
    return sorted(found, key=lambda entry: entry.on, reverse=True)[:MOST]


def of_person(person, user) -> list[Entry]:
    """The contact moments with somebody."""
    return list(talks(person.interactions, Interaction.objects.visible_to(user).filter(persons=person)))


def moments(organisation, user) -> Iterator[Entry]:
    return talks(
        organisation.interactions, Interaction.objects.visible_to(user).filter(organisations=organisation)
    )


def talks(found, read) -> Iterator[Entry]:
    """Contact moments; the note only of those that may be read."""
    found = found.select_related("initiative", "by__account_manager").newest_first()
    readable = set(read.newest_first().values_list("pk", flat=True)[:MOST])
    for one in found[:MOST]:
        note = one.note if one.pk in readable else _("Het verslag leest alleen wie contactpersoon is.")
        who = str(colleague(one.by))
        yield Entry(one.on, "contactmoment", one.how, note, who=who, **about(one.initiative))


def introductions(organisation) -> Iterator[Entry]:
    said = {None: _("Voorgesteld aan een plan"), True: _("Zei ja tegen een plan"), False: _("Zei nee")}
    found = organisation.introductions.exclude(initiative__state=State.DRAFT).select_related("initiative")
    for one in found.order_by("-at", "-pk")[:MOST]:
        yield Entry(
            timezone.localdate(one.answered_at or one.at),
            "kennismaking",
            said[one.accepted],
            **about(one.initiative),
        )


def links(organisation) -> Iterator[Entry]:
    found = organisation.initiative_links.exclude(initiative__state=State.DRAFT).select_related("initiative")
    for one in found.order_by("-on", "-pk")[:MOST]:
        day = timezone.localdate(one.on)
        yield Entry(day, "partner", _("Doet mee met een plan"), **about(one.initiative))


def own_plans(organisation, user) -> Iterator[Entry]:
    found = organisation.initiatives.visible_to(user).registered().exclude(submitted_at=None)
    for plan in found.order_by("-submitted_at", "-pk")[:MOST]:
        yield Entry(timezone.localdate(plan.submitted_at), "plan", _("Diende een plan in"), **about(plan))


def promises(organisation, user) -> Iterator[Entry]:
    found = organisation.commitments.visible_to(user).select_related("initiative")
    for one in found.order_by("-promised_on", "-pk")[:MOST]:
        yield Entry(one.promised_on, "toezegging", _("Zegde iets toe"), one.text, **about(one.initiative))


def events(organisation) -> Iterator[Entry]:
    """Changes of the record, also of those that became part of it."""
    keys = [organisation.key, *organisation.merged.values_list("key", flat=True)[:MOST]]
    found = Event.objects.filter(subject_kind="organisation", subject_key__in=keys, what__in=EVENTS)
    for one in found.select_related("by__account_manager").order_by("-at", "-pk")[:MOST]:
        yield Entry(
            timezone.localdate(one.at),
            "verandering",
            str(EVENTS[one.what]),
            who=str(colleague(one.by)) if one.by else "",
        )


def about(plan) -> dict[str, str]:
    """The plan of an entry, where there is one."""
    if plan is None or plan.reference is None:
        return {}
    return {"title": plan.title, "url": plan.get_absolute_url()}
