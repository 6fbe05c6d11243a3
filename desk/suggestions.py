"""What the wegwijzer suggests for a plan, as its page draws it: to judge, folded, or judged."""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from contacts.models import colleague
from desk import forms
from initiatives import verbs
from initiatives.models import Initiative
from matching.models import Verdict
from matching.service import STRONG_FROM, UNREADABLE, strength

SHOWN = {"goal": 3, "form": 3}  # suggestions of a kind that are open on the page; the others are folded
SHOWN_OF_OTHERS = 2
GROUPS = {  # target -> (title, icon, its name in addresses and in the API, words where nothing was found)
    "goal": (_("Doelen"), "target", "doel", _("De wegwijzer vond geen doel. Dat hoeft ook niet.")),
    "organisation": (_("Partners"), "hands", "partner", _("De wegwijzer vond geen partner.")),
    "similar": (
        _("Plannen die erop lijken"),
        "leaf",
        "plan",
        _("De wegwijzer vond geen plan dat erop lijkt."),
    ),
    "form": (
        _("Manieren om te betalen"),
        "coin",
        "manier",
        _("De wegwijzer vond geen manier om te betalen."),
    ),
}
TARGETS = {slug: target for target, (_title, _icon, slug, _none) in GROUPS.items()} | {"contact": "manager"}


@dataclass(slots=True)
class Item:
    """One suggestion as it is drawn."""

    target: str
    slug: str
    key: str
    title: str
    url: str
    reasons: list = field(default_factory=list)
    name: str = ""  # of the box to tick; empty where nothing is ticked
    strong: str = ""  # of a goal: its score in a word
    is_ticked: bool = False
    verdict: str = ""
    words: str = ""  # who judged it, and how
    why: str = ""  # why they did, in their words
    hindrance: str = ""
    typed: dict | None = None  # what was filled in of the form of a new plan, and not sent yet

    @property
    def is_yes(self):
        return self.verdict != Verdict.REJECTED

    @property
    def reject(self):
        """The form that says why it does not fit."""
        form = "triage" if self.name else ""
        return forms.RejectForm(slug=self.slug, key=self.key, form=form, initial=self.reason)

    @property
    def reason(self):
        """The reason that was filled in so far, by field."""
        names = {name: f"nee-{self.slug}-{slugify(self.key)}-{name}" for name in ("why", "reason")}
        return {name: self.typed[sent] for name, sent in names.items() if sent in (self.typed or ())}

    @property
    def said(self):
        """How it is called when it is sent back: "doel G059"."""
        return f"{self.slug} {self.key}"


@dataclass(slots=True)
class Group:
    """The suggestions of one kind: to judge, folded, judged."""

    target: str
    title: str
    icon: str
    slug: str
    none: str
    open: list = field(default_factory=list)
    folded: list = field(default_factory=list)
    judged: list = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.open or self.judged)


def item(suggestion, ticked=None, hindrance=""):
    """A suggestion as it is drawn; ticked: {target: {key, …}} that was ticked, None: what is proposed."""
    thing, target = suggestion.thing, suggestion.target
    return Item(
        target=target,
        slug="contact" if target == "manager" else GROUPS[target][2],
        key=key_of(thing),
        title=str(thing),
        url=thing.get_absolute_url(),
        reasons=[reason for reason in suggestion.reasons if "sentence" in reason][:2],
        is_ticked=proposed(suggestion) if ticked is None else key_of(thing) in ticked.get(target, ()),
        verdict=suggestion.verdict,
        words=verdict_words(suggestion),
        why=suggestion.verdict_reason,
        hindrance=hindrance,
    )


def proposed(suggestion):
    """Is it ticked beforehand? What is strong is; a way to pay only by the plan's own words or amount."""
    said = any(reason.get("words") or "€" in reason.get("sentence", "") for reason in suggestion.reasons)
    return suggestion.score >= STRONG_FROM and (said or not suggestion.form_id)


def verdict_words(suggestion):
    """ "Bevestigd: Adviseur groen": who judged it, and how."""
    if not suggestion.verdict:
        return ""
    return f"{suggestion.get_verdict_display().capitalize()}: {colleague(suggestion.by)}"


def key_of(thing):
    """What officers call a thing by: its key, or the reference of a plan."""
    return thing.reference if isinstance(thing, Initiative) else thing.key


def groups(suggestions, links, threshold, ticked=None, is_new=False, typed=None):
    """The suggestions by kind, in the order of the table, with links that nobody suggested.

    threshold: the score from which a goal fits here; typed: what was filled in and not sent yet.
    """
    found = {target: Group(target, *words) for target, words in GROUPS.items()}
    known = set()
    for suggestion in suggestions:
        if suggestion.target == "manager":
            continue
        one, group = item(suggestion, ticked), found[suggestion.target]
        one.name, one.typed = suggestion.target if is_new else "", typed
        one.strong = strength(suggestion.score, threshold) if suggestion.goal_id else ""
        known.add((suggestion.target, one.key))
        room = len(group.open) < SHOWN.get(group.target, SHOWN_OF_OTHERS)
        place = group.judged if one.verdict else group.open if room else group.folded
        place.append(one)
    for target, thing, key in links:
        if (target, key) not in known:
            linked = Item(target, GROUPS[target][2], key, str(thing), thing.get_absolute_url())
            linked.verdict, linked.words = Verdict.ADDED, str(_("Gekoppeld"))
            found[target].judged.append(linked)
    return list(found.values())


def read(suggestions, threshold):
    """What the matcher made of the text: could it read it, does a goal fit, and which words led there."""
    return {
        "unreadable": unreadable(suggestions),
        "fits_none": fits_none(suggestions, threshold),
        "marks": quoted(suggestions),
    }


def unreadable(suggestions):
    """Why the matcher could make nothing of the text, in words; empty where it could."""
    reasons = (reason for one in suggestions if one.manager_id for reason in one.reasons)
    return next((reason["sentence"] for reason in reasons if reason.get("code") in UNREADABLE), "")


def fits_none(suggestions, threshold):
    """True where goals were suggested of which none fits, and nobody said yes to one all the same."""
    goals = [one for one in suggestions if one.goal_id]
    is_yes = any(one.verdict in (Verdict.CONFIRMED, Verdict.ADDED) for one in goals)
    return bool(goals) and not is_yes and max(one.score for one in goals) < threshold


def quoted(suggestions):
    """The words of the plan that led to something that was not rejected: to mark in its story."""
    reasons = [one.reasons for one in suggestions if one.verdict != Verdict.REJECTED]
    return sorted({word for some in reasons for reason in some for word in reason.get("words", ())})


def links_of(plan):
    """(target, thing, key) of everything a plan is linked to."""
    for link in plan.goal_links.select_related("goal"):
        yield "goal", link.goal, link.goal.key
    for link in plan.partner_links.select_related("organisation"):
        yield "organisation", link.organisation, link.organisation.key
    for link in plan.similar_links.select_related("other"):
        yield "similar", link.other, link.other.reference


def suggestions_of(plan):
    found = plan.suggestions.select_related(
        "goal", "manager", "organisation", "similar", "form", "by__account_manager"
    )
    return found.defer("similar__story", "similar__terms", "goal__terms", "organisation__terms")


def proposals(suggestions, here, chosen=None):
    """Who the matcher thinks of, best first, if they still work here; the chosen one or the first ticked."""
    known = {one.key: one for one in here}
    found = [one for one in suggestions if one.manager_id and one.manager.key in known]
    drawn = [item(one, {}, verbs.hindrance(known[one.manager.key])) for one in found]
    for number, one in enumerate(drawn):
        one.is_ticked = one.key == chosen if chosen is not None else number == 0
    return drawn
