"""Everything that stands on the page of one plan, gathered with a fixed number of queries."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agreements.cohandlers import verbs as cohandlers
from agreements.cohandlers.forms import CancelForm, ColleagueForm
from agreements.commitments import page as commitments
from agreements.decisions import verbs as decisions
from agreements.models import StandardRequirement
from agreements.requirements import verbs as requirements
from contacts.models import Absence, AccountManager, colleague, running
from desk import forms
from desk.access import is_near
from desk.models import LATER, ReplyTemplate, filled
from desk.verbs import triage_to_undo
from initiatives import timeline, verbs
from initiatives.models import Initiative, State
from matching.corpus import OPEN_CASES
from matching.matcher import fits_from
from matching.models import Verdict
from matching.service import STRONG_FROM, UNREADABLE, strength, unread
from townhall.standing import town_of

MOST_EVENTS, MOST_MESSAGES, MOST_REQUIREMENTS = 50, 100, 50
LIKELY = 3  # usual demands that are offered at once; the others are in the library
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
STEP_WORDS = {  # verb -> (what the button says, icon)
    "begin_dialogue": (_("Ga in gesprek"), "speech"),
    "await_decision": (_("Laat wachten op een besluit"), "clock"),
    "start": (_("Laat beginnen"), "arrow"),
    "reconsider": (_("Praat verder"), "speech"),
    "realise": (_("Zet op gerealiseerd"), "check"),
    "keep_going": (_("Zet op doorlopend"), "leaf"),
    "pause": (_("Zet even stil"), "clock"),
    "resume": (_("Ga weer verder"), "arrow"),
    "stop": (_("Stop het plan"), "close"),
    "refer": (_("Verwijs door"), "signpost"),
    "reopen": (_("Open weer"), "arrow"),
    "take_back": (_("Zet terug naar het loket"), "arrow-left"),
}
WITH_A_PAGE = {"refer"}  # asks more than a sentence
ELSEWHERE = {"begin_dialogue"} | WITH_A_PAGE  # steps that are not among the folded forms


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


def managers():
    """Who can be the contact, each with open cases and presence; in two queries."""
    absences = Absence.objects.filter(running()).select_related("deputy")
    found = AccountManager.objects.employed().select_related("department", "deputy")
    return (
        found.prefetch_related(Prefetch("absences", absences, to_attr="away"))
        .annotate(cases=OPEN_CASES)
        .order_by("function", "key")
    )


def manager_choices(found):
    """(key, words) of each, with why somebody had better not get another plan."""
    for one in found:
        trouble = verbs.hindrance(one)
        yield one.key, f"{one.function} ({trouble})" if trouble else one.function


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


def triage_form(plan, suggestions, here, *, templates=None, seen=0, data=None, kept=None):
    """The one form for a new plan: what is strong is ticked, the first contact chosen, a sentence written.

    data: what was sent; kept: what was filled in so far, while something else was sent.
    """
    suggested, judged = {}, [item(one, {}) for one in suggestions if one.verdict]
    for one in suggestions:
        if not one.verdict:
            suggested.setdefault(one.target, []).append(item(one, {}).key)
    proposed = [one.key for one in proposals(suggestions, here)]
    sentence = (templates or {}).get("begin_dialogue", [])
    so_far = forms.TriageForm.so_far(kept) if kept else {}
    return forms.TriageForm(
        data,
        suggested=suggested,
        judged=judged,
        proposed=proposed,
        managers=list(manager_choices(here)),
        initial={
            "version": plan.version,
            "seen": seen,
            "contact": proposed[0] if proposed else forms.OTHER,
            "sentence": filled(sentence[0].body, plan, leave=LATER) if sentence else "",
            "release": plan.wants_public,
        }
        | so_far,
    )


def step_forms(plan, allowed, templates, seen, typed=None):
    """The steps this officer may take: verb, words, form and other sentences.

    typed: (verb, form) of a step that did not go well; it keeps what was written.
    """
    for verb in verbs.STEPS:
        if verb not in allowed or verb in ELSEWHERE:
            continue
        words, icon = STEP_WORDS[verb]
        known = templates.get(verb, [])
        sentence = filled(known[0].body, plan) if known else ""
        form = typed[1] if typed and typed[0] == verb else None
        fresh = {"version": plan.version, "seen": seen, "sentence": sentence}
        yield {
            "verb": verb,
            "words": words,
            "icon": icon,
            "form": form or forms.StepForm(verb=verb, initial=fresh),
            "templates": known if len(known) > 1 else [],
            "open": form is not None,
        }


def happened_since(plan, seen, user):
    """What others did since somebody opened the page: who, what and when, newest first."""
    events = plan.timeline(user).exclude(by=user).select_related("by__account_manager")
    events = list(events.filter(pk__gt=seen)[:10]) if seen is not None else []
    return [
        {"who": doer(event), "words": entry.words, "at": event.at}
        for event in events
        for entry in timeline.told([event])
    ]


def doer(event):
    """Who did it, as colleagues call them; the site itself where nobody did."""
    if event.by is None:
        return _("Het systeem")
    return colleague(event.by) if event.by.is_staff_member else _("De initiatiefnemer")


def context(request, plan, **typed):
    """What the page of a plan shows to an officer; `typed` are forms that came back, as they are."""
    user, allowed = request.user, verbs.allowed(plan, request.user)
    here = list(managers())
    near = is_near(user, plan)
    suggestions = list(suggestions_of(plan))
    events = list(plan.timeline(user)[:MOST_EVENTS])
    seen = events[0].pk if events else 0
    templates = ReplyTemplate.objects.for_verbs(set(verbs.STEPS) & set(allowed))
    is_new = plan.state == State.SUBMITTED
    triage, kept = typed.get("triage"), typed.get("kept")
    if is_new and triage is None:
        triage = triage_form(plan, suggestions, here, templates=templates, seen=seen, kept=kept)
    ticked, chosen = (triage.ticked(), triage["contact"].value()) if triage else (None, None)
    proposed = proposals(suggestions, here, chosen)
    threshold = fits_from(float(town_of(request).fits_shift))
    fresh = {"version": plan.version, "seen": seen}
    found = {
        "plan": plan,
        "allowed": allowed,
        "is_new": is_new,
        "near": near,
        "may_read_records": near or user.is_manager,
        "clocks": plan.clocks.all(),
        "needs": plan.needs.all(),
        "groups": groups(
            suggestions, links_of(plan), threshold, ticked, is_new, triage and triage.data or kept
        ),
        "has_suggestions": bool(suggestions),
        "unread": None if suggestions else unread(plan),
        "proposals": proposed,
        "is_other": not any(one.is_ticked for one in proposed),
        "triage": triage,
        "sentences": templates.get("begin_dialogue", []),
        "assign": forms.AssignForm(managers=manager_choices(here), initial=fresh, auto_id="assign-%s"),
        "steps": list(step_forms(plan, allowed, templates, seen, typed.get("step"))),
        "entries": timeline.told(events),
        "message": forms.MessageForm(auto_id="message-%s"),
        "moment": forms.MomentForm(auto_id="moment-%s"),
        "look": forms.LookForm(auto_id="look-%s"),
        "undo": triage_to_undo(plan, user) if events and events[0].what == "triage" else None,
        "problem": "",
        "others": [],
        "unsent": [],
    }
    found |= read(suggestions, threshold)
    found |= talk(plan) if near else {}
    forms_back = {name: form for name, form in typed.items() if name not in ("step", "triage", "kept")}
    return found | agreed(request, plan) | company(plan, user, here) | forms_back


def read(suggestions, threshold):
    """What the matcher made of the text: could it read it, does a goal fit, and which words led there."""
    return {
        "unreadable": unreadable(suggestions),
        "fits_none": fits_none(suggestions, threshold),
        "marks": quoted(suggestions),
    }


def talk(plan):
    """The talk with the initiators, on the site and beside it."""
    moments = plan.interactions.order_by("-on", "-pk")[:MOST_EVENTS]
    return {"messages_so_far": last_messages(plan), "moments": moments}


def agreed(request, plan):
    """What was agreed about a plan, and what more may be."""
    waiting = {"decisions": plan.decisions.whole(), "may_wait": decisions.may_wait(plan, request.user)}
    waiting["assessment"] = getattr(plan, "assessment", None)
    return waiting | demands(plan, request.user) | commitments.part(request, plan, is_officer=True)


def demands(plan, user):
    """What is demanded of a plan, and what an officer may add to it."""
    may_use = requirements.may(plan, user)
    may_require = "set_requirement" in may_use
    likely = StandardRequirement.objects.likely_for(plan)[:LIKELY] if may_require else []
    return {
        "requirements": requirements.offered(plan, user, may_use, MOST_REQUIREMENTS),
        "may_require": may_require,
        "likely_requirements": likely,
    }


def company(plan, user, here):
    """Who works on a plan beside its contact, and who looks along."""
    return {
        "cohandlers": with_cancel_forms(plan.cohandlers.visible_to(user).in_order()[:MOST_EVENTS]),
        "may_ask_colleague": cohandlers.may("ask_colleague", plan, user),
        "colleague_form": ColleagueForm(managers=manager_choices(here)),
        "spoken": cohandlers.people_spoken(plan),
        "onlookers": plan.onlookers.visible_to(user).open().select_related("holder"),
    }


def with_cancel_forms(found):
    """Each colleague's task; what still has to be done with the form to cancel it."""
    for one in found:
        if one.is_open:
            known = {"version": one.version}
            one.cancel_form = CancelForm(initial=known, auto_id=f"afzeggen-{one.pk}-%s")
    return found


def last_messages(plan, reader=None):
    """The newest messages of the thread, in the order they were written; reader: an initiator who reads."""
    newest = (
        (plan.talk(reader) if reader else plan.messages)
        .select_related("by")
        .order_by("-at", "-id")[:MOST_MESSAGES]
    )
    return list(reversed(newest))
