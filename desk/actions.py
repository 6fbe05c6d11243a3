"""What officers do from the page of a plan: each address takes a POST, calls a verb, and leads back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.handback import officers_only, sent_from
from agreements.cohandlers import verbs as cohandlers
from agreements.cohandlers.forms import CancelForm, ColleagueForm
from contacts.models import AccountManager
from desk import forms, page, views
from desk import verbs as desk
from desk.models import LATER, ReplyTemplate, filled
from desk.refusals import acting, again, come_back, not_yet, refuse, unsent
from desk.suggestions import TARGETS, suggestions_of
from initiatives import verbs
from initiatives.models import State
from matching import verbs as verdicts
from townhall import submission
from townhall.filters import number_in
from townhall.posting import is_conflict


# Triage -------------------------------------------------------------------------------------------------
@acting
def triage(request, plan):
    """Everything that is ticked, at once."""
    here = list(page.managers())

    def make(data):
        return page.triage_form(plan, list(suggestions_of(plan)), here, data=data)

    if "sentence_from" in request.POST:
        return views.draw(request, plan, triage=make(with_sentence(request, plan, leave=LATER)))
    form = make(request.POST)
    if not form.is_valid():
        if form.cleaned_data.get("version", plan.version) != plan.version:  # of course nothing fits any more
            return refuse(request, plan, desk.somebody_was_first(), make, "triage")
        return not_yet(request, plan, triage=form, problem=form.passed_over())
    told = form.cleaned_data
    try:
        desk.triage(
            plan,
            by=request.user,
            version=told["version"],
            chosen=form.chosen(),
            contact=next(one for one in here if one.key == form.contact_key()),
            although=told["although"],
            sentence=told["sentence"],
            release=told["release"],
        )
    except ValidationError as refused:
        return refuse(request, plan, refused, make, "triage", {"contact": "although"})
    messages.success(request, _("Gedaan. De initiatiefnemer krijgt één mail met je bericht en het contact."))


def with_sentence(request, plan, leave=frozenset()):
    """What was typed, with the sentence of the template that was asked for."""
    wanted = ReplyTemplate.objects.filter(key=slugify(request.POST["sentence_from"])).first()
    data = request.POST.copy()
    if wanted:
        data["sentence"] = filled(wanted.body, plan, leave=leave)
    return data


@acting
def undo_triage(request, plan):
    """Back to the front desk, with one mail that says so."""
    desk.undo_triage(plan, by=request.user)
    messages.success(
        request, _("Teruggedraaid. Het plan staat weer bij het loket; de initiatiefnemer weet het.")
    )


# One suggestion -----------------------------------------------------------------------------------------
ACTS = {  # act in the address -> (verb, what is said when it is done)
    "bevestigen": (verdicts.confirm, gettext_lazy("Bevestigd: {thing}.")),
    "toevoegen": (verdicts.add, gettext_lazy("Toegevoegd: {thing}.")),
    "afwijzen": (verdicts.reject, gettext_lazy("{thing} past niet. De wegwijzer onthoudt dat.")),
    "ongedaan": (verdicts.undo, gettext_lazy("Ongedaan gemaakt: {thing}.")),
}


@acting
def judge(request, plan, act):
    """Confirm, reject, add or undo one thing: "doel G059"."""
    if act not in ACTS:
        raise Http404
    verb, words = ACTS[act]
    slug, _space, key = request.POST.get("wat", "").partition(" ")
    kept = {"kept": request.POST} if "sentence" in request.POST else {}  # the form of a new plan came along
    reject = forms.RejectForm(request.POST, slug=slug, key=key)
    extra = {"reason": reject.words()} if verb is verdicts.reject else {}
    try:
        if slug not in TARGETS:
            raise ValidationError(_("Kies eerst wat je bedoelt."))
        target = TARGETS[slug]
        found = desk.thing(target, key)
        verb(plan, target, found, by=request.user, **extra)
    except ValidationError as refused:
        typed = unsent({"reason": request.POST.get(reject.add_prefix("reason"), "")})
        return come_back(request, plan.reference, refused, unsent=typed, **kept)
    messages.success(request, words.format(thing=found))
    if kept:
        return views.draw(request, views.plan_of(request, plan.reference), **kept)
    return redirect(f"{reverse('desk:plan', args=[plan.reference])}#{target}")


# Contact, state, site -----------------------------------------------------------------------------------
@acting
def assign(request, plan):
    """Another contact."""
    here = list(page.managers())

    def make(data):
        return forms.AssignForm(data, managers=list(page.manager_choices(here)), auto_id="assign-%s")

    form = make(request.POST)
    if not form.is_valid():
        return not_yet(request, plan, assign=form)
    told = form.cleaned_data
    contact = AccountManager.objects.get(key=told["contact"])
    try:
        verdicts.add(
            plan,
            "manager",
            contact,
            by=request.user,
            reason=told["although"],
            told=told["told"],
            version=told["version"],
        )
    except ValidationError as refused:
        return refuse(request, plan, refused, make, "assign")
    messages.success(request, _("De nieuwe contactpersoon is: %(who)s.") % {"who": contact.function})


@acting
def step(request, plan, verb):
    """The next state, with a sentence to the initiator."""
    if verb not in page.STEP_WORDS or verb in page.WITH_A_PAGE:
        raise Http404
    if "sentence_from" in request.POST:
        form = forms.StepForm(with_sentence(request, plan), verb=verb)
        return views.draw(request, plan, step=(verb, form))
    form = forms.StepForm(request.POST, verb=verb)
    if not form.is_valid():
        return not_yet(request, plan, step=(verb, form))
    told = form.cleaned_data
    try:
        with transaction.atomic():
            verbs.step(
                verb, plan, by=request.user, sentence=filled(told["sentence"], plan), version=told["version"]
            )
    except ValidationError as refused:
        if is_conflict(refused):
            fresh = views.plan_of(request, plan.reference)
            form = forms.StepForm(again(request, fresh), verb=verb)
            return come_back(request, plan.reference, refused, step=(verb, form))
        form.add_error("sentence", refused.messages)
        return not_yet(request, plan, step=(verb, form))
    messages.success(request, _("Het plan is nu: %(state)s.") % {"state": State(plan.state).label})


@acting
def release(request, plan):
    """On the site, or off it."""
    verb = verbs.hide if request.POST.get("openbaar") == "nee" else verbs.release
    verb(plan, by=request.user, version=number_in(request.POST.get("version", "")))
    words = (
        _("Het plan staat niet meer op de site.") if verb is verbs.hide else _("Het plan staat op de site.")
    )
    messages.success(request, words)


# The talk -----------------------------------------------------------------------------------------------
@acting
def write(request, plan):
    """A message to the initiator."""

    def send(told):
        return verbs.write(plan, by=request.user, text=told["text"])

    return once(request, plan, forms.MessageForm, "message", send)


@acting
def record(request, plan):
    """A call, a visit, a talk at the desk."""

    def note(told):
        how = str(dict(forms.MomentForm.HOW)[told["how"]])
        return verbs.record_contact(plan, by=request.user, how=how, note=told["note"], on=told["on"])

    return once(request, plan, forms.MomentForm, "moment", note)


def once(request, plan, kind, name, do):
    """What a form makes, once, however often it is sent."""

    def make(data):
        return kind(data, auto_id=f"{name}-%s")

    form = make(request.POST)
    if not form.is_valid():
        return not_yet(request, plan, **{name: form})
    try:
        token = form.cleaned_data["token"]
        submission.once(token, f"desk-{name}", lambda: str(do(form.cleaned_data).pk), by=request.user)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return not_yet(request, plan, **{name: form})
    except ValidationError as refused:
        return refuse(request, plan, refused, make, name)
    messages.success(request, _("Verstuurd.") if name == "message" else _("Opgeschreven."))


@acting
def ask_colleague(request, plan):
    """A colleague does something for this plan."""

    def make(data):
        choices = page.manager_choices(page.managers())
        return ColleagueForm(data, managers=[(key, words) for key, words in choices])

    form = make(request.POST)
    if not form.is_valid():
        return not_yet(request, plan, colleague_form=form)
    told, by = form.cleaned_data, request.user
    manager = AccountManager.objects.select_related("user").get(key=told["manager"])

    def ask():
        values = {"task": told["task"], "due_on": told["due_on"]}
        return str(cohandlers.ask(plan, by=by, manager=manager, **values).pk)

    try:
        submission.once(told["token"], "cohandler", ask, by=by)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return not_yet(request, plan, colleague_form=form)
    except ValidationError as refused:
        return refuse(request, plan, refused, make, "colleague_form")
    messages.success(request, reached(manager, by))


def reached(manager, by):
    """How a colleague hears of what was asked, in words."""
    if manager.user == by:
        return _("Opgeschreven. Je doet dit zelf.")
    if manager.email:
        return _("Je collega krijgt hier een mail over.")
    if manager.user:
        return _("Je collega ziet dit bij het nieuws.")
    return _("Opgeschreven. We hebben geen mailadres van deze collega. Bel dus even.")


@acting
def colleague_done(request, plan, key):
    """What a colleague did is done."""
    found = plan.cohandlers.select_related("initiative", "manager")
    version = number_in(request.POST.get("version", ""))
    cohandlers.done(get_object_or_404(found, pk=key), by=request.user, version=version)
    messages.success(request, _("Opgeschreven: klaar."))
    return redirect("desk:day") if request.POST.get("terug") == "mijn-dag" else None


@acting
def cancel_colleague(request, plan, key):
    """A colleague need not do it any more, and why."""
    cohandler = get_object_or_404(plan.cohandlers.select_related("initiative", "manager__user"), pk=key)
    form = CancelForm(request.POST)
    if not form.is_valid():
        raise ValidationError([words for errors in form.errors.values() for words in errors])
    cohandlers.cancel(cohandler, by=request.user, **form.cleaned_data)
    messages.success(request, _("Afgezegd. Je collega hoort het van ons."))


@acting
def people(request, plan):
    """Who is behind the plan, and the talk with them: shown now, and noted that somebody looked."""

    def make(data):
        return forms.LookForm(data, auto_id="look-%s")

    form = make(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        found = desk.look(plan, by=request.user, reason=reason)
    except ValidationError as refused:
        return refuse(request, plan, refused, make, "look")
    moments = plan.interactions.order_by("-on", "-pk")[: page.MOST_EVENTS]
    told = {"plan": plan, "people": found, "messages_so_far": page.last_messages(plan), "moments": moments}
    return render(request, "desk/people.html", told)


# Filters ------------------------------------------------------------------------------------------------
@never_cache
@officers_only
@sent_from("desk:inbox")
def save_filter(request):
    """What is asked now, under a name."""
    form = forms.SaveFilterForm(request.POST)
    if form.is_valid():
        try:
            saved = desk.save_filter(request.user, **form.cleaned_data)
            messages.success(request, _("Bewaard: %(name)s.") % {"name": saved.name})
            return redirect(f"{reverse('desk:inbox')}?{saved.query}")
        except ValidationError as refused:
            form.add_error("name", refused.messages)
    request.GET = QueryDict(request.POST.get("query", "")[:2000])
    view = views.Inbox()
    view.setup(request, typed={"save": form})
    response = view.get(request)
    response.status_code = 400
    return response


@never_cache
@officers_only
@sent_from("desk:inbox")
def forget_filter(request, key):
    """A filter that is no longer needed."""
    if not desk.forget_filter(request.user, key):
        raise Http404
    messages.success(request, _("Het filter is weg."))
    return redirect("desk:inbox")
