"""Everything that stands on the page of one plan, gathered with a fixed number of queries."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from agreements.cohandlers import verbs as cohandlers
from agreements.cohandlers.forms import CancelForm, ColleagueForm
from agreements.commitments import page as commitments
from agreements.decisions import verbs as decisions
from agreements.models import StandardRequirement
from agreements.requirements import verbs as requirements
from contacts.models import Absence, AccountManager, running
from desk import forms
from desk.access import is_near
from desk.models import LATER, ReplyTemplate, filled
from desk.suggestions import groups, item, links_of, proposals, read, suggestions_of
from desk.verbs import triage_to_undo
from initiatives import timeline, verbs
from initiatives.models import State
from matching.corpus import OPEN_CASES
from matching.matcher import fits_from
from matching.service import unread
from townhall.standing import town_of

MOST_EVENTS, MOST_MESSAGES, MOST_REQUIREMENTS = 50, 100, 50
LIKELY = 3  # usual demands that are offered at once; the others are in the library
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
