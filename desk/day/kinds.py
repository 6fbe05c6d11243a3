"""How what waits is said and where it leads: one row of the table for each kind."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from initiatives.models import ClockKind


def at_plan(part):
    """Leads to a part of the page of the plan."""
    return lambda row: f"{reverse('desk:plan', args=[row['plan']])}#{part}"


def of_record(name, *more):
    """Leads to an address that takes the key of the row; more: what follows it."""
    return lambda row: reverse(name, args=[row["key"], *more])


def of_plan_record(name, *more):
    """The same with the reference of the plan in front."""
    return lambda row: reverse(name, args=[row["plan"], row["key"], *more])


def in_own_words(row):
    return row["words"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that waits.

    is_since: its day is when it began, not when it must be done; sends: its button does it at once.
    """

    title: str  # of one
    tab: str  # of all
    icon: str
    button: str
    leads: Callable
    words: Callable = in_own_words
    is_since: bool = False
    sends: bool = False


KINDS = {
    "nieuw": Kind(lazy("Nieuw plan"), lazy("Nieuw"), "leaf", lazy("Verwerk"), at_plan("voorstellen")),
    "termijn": Kind(
        lazy("Termijn loopt af"),
        lazy("Termijnen"),
        "clock",
        lazy("Bekijk"),
        at_plan("inhoud"),
        words=lambda row: str(ClockKind(row["words"]).label).capitalize(),
    ),
    "bericht": Kind(
        lazy("Bericht zonder antwoord"),
        lazy("Berichten"),
        "mail",
        lazy("Antwoord"),
        at_plan("gesprek"),
        is_since=True,
    ),
    "vraag": Kind(
        lazy("“Is dit echt nodig?”"),
        lazy("Vragen over eisen"),
        "speech",
        lazy("Antwoord"),
        of_plan_record("agreements:requirement-act", "antwoord"),
    ),
    "toezegging": Kind(
        lazy("Toezegging"),
        lazy("Toezeggingen"),
        "hands",
        lazy("Kom na"),
        of_record("agreements:act", "nakomen"),
    ),
    "besluit": Kind(
        lazy("Besluit over tijd"),
        lazy("Besluiten"),
        "calendar",
        lazy("Bekijk"),
        of_plan_record("desk:decision"),
    ),
    "collega": Kind(
        lazy("Gevraagd door een collega"),
        lazy("Voor een collega"),
        "people",
        lazy("Is klaar"),
        of_plan_record("desk:colleague-done"),
        sends=True,
    ),
    "stap": Kind(
        lazy("Je volgende stap"),
        lazy("Volgende stappen"),
        "arrow",
        lazy("Gedaan"),
        of_record("desk:take-step"),
        sends=True,
    ),
    "afweging": Kind(
        lazy("Afweging afronden"),
        lazy("Afwegingen"),
        "book",
        lazy("Rond af"),
        lambda row: reverse("agreements:assess", args=[row["plan"]]),
        is_since=True,
    ),
    "doorverwezen": Kind(
        lazy("Doorverwezen, geen antwoord"),
        lazy("Doorverwezen"),
        "signpost",
        lazy("Bekijk"),
        lambda row: reverse("desk:refer", args=[row["plan"]]),
    ),
    "terugblik": Kind(
        lazy("Terugkijken is te laat"),
        lazy("Terugblikken"),
        "leaf",
        lazy("Kijk terug"),
        lambda row: f"{reverse('agreements:desk-later', args=[row['plan']])}#terugblik",
        words=lambda row: "",
    ),
    "genoemd": Kind(
        lazy("Een collega noemt je"),
        lazy("Genoemd"),
        "note",
        lazy("Lees"),
        lambda row: reverse("desk:notes", args=[row["plan"]]),
        is_since=True,
    ),
    "overdracht": Kind(
        lazy("Overdracht staat klaar"),
        lazy("Overdrachten"),
        "arrow",
        lazy("Bekijk"),
        of_record("desk:hand-over"),
        is_since=True,
    ),
    "doel": Kind(
        lazy("Doel nakijken"),
        lazy("Doelen"),
        "target",
        lazy("Klopt nog"),
        of_record("desk:day-goal"),
        words=lambda row: "",
        sends=True,
    ),
    "ongelezen": Kind(
        lazy("De wegwijzer vond nog niets"),
        lazy("Zonder voorstellen"),
        "signpost",
        lazy("Zoek zelf"),
        at_plan("voorstellen"),
        is_since=True,
    ),
}


def drawn(row, today):
    """A row as the page shows it: what, about which thing, when, and the one button."""
    kind = KINDS[row["kind"]]
    is_late = bool(row["day"]) and not kind.is_since and row["day"] < today
    return row | {
        "what": kind.title,
        "icon": kind.icon,
        "said": kind.words(row),
        "url": place(row),
        "when": when(row["day"], kind),
        "is_late": is_late,
        "is_today": row["day"] == today and not kind.is_since,
        "button": format_html('{}<span class="iw-hidden">: {}</span>', kind.button, row["title"]),
        "action": kind.leads(row),
        "sends": kind.sends,
    }


def place(row):
    """Where the thing itself is found."""
    if row["kind"] == "doel":
        return reverse("goals:detail", args=[row["words"]])
    if row["kind"] == "stap":
        return reverse("desk:relations")
    if row["plan"]:
        return reverse("desk:plan", args=[row["plan"]])
    return KINDS[row["kind"]].leads(row)


def when(day, kind):
    """The day in words; empty where there is none."""
    if day is None:
        return _("nog nooit nagekeken") if kind.sends else ""
    told = {"day": date_format(day, "j F Y")}
    return (_("sinds %(day)s") if kind.is_since else _("uiterlijk %(day)s")) % told
