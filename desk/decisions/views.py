"""The officer's pages of decisions: a new one, and one with everything that can be done about it.

As on the page of a plan: whoever was second gets the page back (409) with what others did, and everything
that was typed.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only
from agreements.decisions import verbs
from desk import page
from desk.decisions import forms
from desk.refusals import happened_since, last_event
from desk.views import draw, plan_of
from initiatives import verbs as plans
from townhall import submission
from townhall.filters import number_in
from townhall.posting import is_conflict, put_errors

ACTS = {  # act in the address -> (verb, form, what the button says, icon, what is said when it is done)
    "besluiten": (
        "decide", forms.DecideForm, _("Leg het besluit vast"), "check", _("Het besluit staat erbij."),
    ),
    "verplaatsen": (
        "plan_again", forms.PlanAgainForm, _("Kies een andere verwachte dag"), "calendar",
        _("De nieuwe dag staat erbij."),
    ),
    "stilzetten": (
        "suspend", forms.SuspendForm, _("Laat de termijn stilstaan"), "clock", _("De termijn staat stil."),
    ),
    "hervatten": (
        "resume", forms.ResumeForm, _("Laat de termijn weer lopen"), "arrow", _("De termijn loopt weer."),
    ),
    "intrekken": (
        "withdraw", forms.WithdrawForm, _("Het besluit is niet meer nodig"), "close",
        _("Het plan wacht hier niet meer op."),
    ),
    "rechtzetten": (
        "correct", forms.CorrectForm, _("Zet iets recht"), "pencil",
        _("Rechtgezet. De initiatiefnemer hoort het."),
    ),
}  # fmt: skip


def of_others(*methods):
    """A decorator: for officers, about a plan: `view(request, plan, …)`; their own they see as all do."""

    def guarded(view):
        @never_cache
        @officers_only
        @require_http_methods(methods)
        @wraps(view)
        def answered(request, reference, **place):
            plan = plan_of(request, reference)
            if plans.initiator(request.user, plan):
                return draw(request, plan, status=403 if request.method == "POST" else 200)
            return view(request, plan, **place)

        return answered

    return guarded


def to_section(plan):
    return redirect(f"{reverse('desk:plan', args=[plan.reference])}#besluiten")


# A new one ----------------------------------------------------------------------------------------------
@of_others("GET", "HEAD", "POST")
def new(request, plan):
    """From now on the plan waits for a decision."""
    may_await = plans.may("await_decision", plan, request.user)
    if request.method != "POST":
        form = forms.WaitForm(may_await=may_await, initial=fresh(plan, plan) | {"and_await": True})
        return draw_new(request, plan, form)
    form = forms.WaitForm(request.POST, may_await=may_await)
    if not form.is_valid():
        return draw_new(request, plan, form, status=400)
    told = dict(form.cleaned_data)
    token = told.pop("token")
    told.pop("seen")
    try:
        submission.once(
            token, "desk-decision", lambda: verbs.wait_for(plan, by=request.user, **told).key, by=request.user
        )
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return draw_new(request, plan, form, status=400)
    except ValidationError as refused:
        return refuse_new(request, plan, refused, form)
    messages.success(request, _("Opgeschreven. De initiatiefnemer krijgt een mail."))
    return to_section(plan)


def refuse_new(request, plan, refused, form):
    """The page with the words at their field; or, where somebody was first, with what they did."""
    if not is_conflict(refused):
        put_errors(form, refused)
        return draw_new(request, plan, form, status=400)
    plan = plan_of(request, plan.reference)
    form = forms.WaitForm(
        again(request, plan, plan), may_await=plans.may("await_decision", plan, request.user)
    )
    return draw_new(request, plan, form, status=409, **news(request, plan, refused))


def draw_new(request, plan, form, *, status=200, **told):
    context = {"plan": plan, "form": form, "problem": "", "others": [], "unsent": []} | told
    return render(request, "desk/decision_new.html", context, status=status)


# One ----------------------------------------------------------------------------------------------------
def decision_of(plan, key):
    """A decision of this plan; another plan's is not there."""
    return get_object_or_404(plan.decisions.whole(), key=key)


@of_others("GET", "HEAD")
def one(request, plan, key):
    """One decision, and what can be done about it."""
    return draw_one(request, plan, decision_of(plan, key))


@of_others("GET", "HEAD", "POST")
def act(request, plan, key, name):
    """Decide, plan again, suspend, resume or withdraw; who typed the address comes to the decision."""
    if request.method != "POST":
        return redirect("desk:decision", plan.reference, key)
    decision = decision_of(plan, key)
    if name not in ACTS:
        raise Http404
    verb, _form, _words, _icon, done = ACTS[name]
    form = form_of(name, plan, decision, request.user, request.POST)
    if not form.is_valid():
        return draw_one(request, plan, decision, typed=(name, form), status=400)
    told = {field: value for field, value in form.cleaned_data.items() if field != "seen"}
    try:
        event = getattr(verbs, verb)(decision, by=request.user, **told)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
        return draw_one(request, plan, decision_of(plan, key), status=403)
    except ValidationError as refused:
        return refuse_act(request, plan, key, name, refused, form)
    if event is None:
        form.add_error(None, _("Er is niets veranderd."))
        return draw_one(request, plan, decision_of(plan, key), typed=(name, form), status=400)
    messages.success(request, done)
    return to_section(plan)


def refuse_act(request, plan, key, name, refused, form):
    """The page with the words at their field; or, where somebody was first, as it is now."""
    if not is_conflict(refused):
        put_errors(form, refused)
        return draw_one(request, plan, decision_of(plan, key), typed=(name, form), status=400)
    plan = plan_of(request, plan.reference)
    decision = decision_of(plan, key)
    form = form_of(name, plan, decision, request.user, again(request, decision, plan))
    told = news(request, plan, refused)
    if ACTS[name][0] not in verbs.allowed(decision, request.user):
        told["unsent"] = unsent(form)
    return draw_one(request, plan, decision, typed=(name, form), status=409, **told)


def draw_one(request, plan, decision, *, typed=None, status=200, **told):
    """typed: (act, form) of what did not go well; it keeps what was written."""
    acts = list(acts_of(plan, decision, request.user, typed))
    context = {"plan": plan, "one": decision, "acts": acts, "problem": "", "others": [], "unsent": []}
    context["api_twin"] = reverse("api:besluiten-detail", args=[decision.key])
    return render(request, "desk/decision.html", context | told, status=status)


def acts_of(plan, decision, user, typed):
    """What this officer may do now: act, words, icon and form."""
    allowed = verbs.allowed(decision, user)
    for name, (verb, _form, words, icon, _done) in ACTS.items():
        if verb in allowed:
            mine = typed[1] if typed and typed[0] == name else None
            yield {
                "name": name,
                "words": words,
                "icon": icon,
                "form": mine or form_of(name, plan, decision, user),
                "open": mine is not None,
            }


def form_of(name, plan, decision, user, data=None):
    """The form of an act; its fields carry the name of the act, as there are several on the page."""
    options = {"auto_id": f"{name}-%s", "initial": fresh(decision, plan)}
    if name == "besluiten":
        options["steps"] = [
            (verb, page.STEP_WORDS[verb][0]) for verb in verbs.THEN if plans.may(verb, plan, user)
        ]
    if name == "rechtzetten":
        options["correctable"] = decision.correctable
        options["initial"] |= {field: getattr(decision, field) for field in decision.correctable}
    return ACTS[name][1](data, **options)


# What was typed -----------------------------------------------------------------------------------------
def fresh(thing, plan):
    """The hidden fields: the version of what is changed, of the plan, and the last thing that happened."""
    return {"version": thing.version, "plan_version": plan.version, "seen": last_event(plan)}


def again(request, thing, plan):
    """What was typed, to be sent again on top of what is there now."""
    data = request.POST.copy()
    for name, value in fresh(thing, plan).items():
        data[name] = value
    return data


def news(request, plan, refused):
    """Why it did not work, and what others did since the page was opened."""
    others = happened_since(plan, number_in(request.POST.get("seen", "")), request.user)
    return {"problem": " ".join(refused.messages), "others": others}


def unsent(form):
    """What was typed in a form that is not on the page any more: [{label, value}, …]."""
    typed = ((field, str(field.value() or "").strip()) for field in form.visible_fields())
    return [
        {"label": field.label, "value": dict(getattr(field.field, "choices", ())).get(value, value)}
        for field, value in typed
        if value
    ]
