"""Questions to the council: asked at a plan by either side, and answered at the desk of the clerks."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only, signed_in, signed_out
from agreements.council import forms, verbs
from agreements.council.filters import CouncilQuestionFilter
from agreements.council.models import CouncilQuestion
from agreements.sheets import COUNCIL_QUESTIONS
from initiatives.sides import own_plan, plan_to_handle
from townhall import submission
from townhall.pages import ListPage
from townhall.posting import put_errors, put_on

MOST = 20  # questions about one plan that a page shows


@dataclass(frozen=True, slots=True)
class Act:
    """A step of a clerk: its verb, what it asks, the words and the icon of its button, what is said after."""

    verb: str
    form: type[forms.StepForm]
    words: str
    icon: str
    done: str


ACTS = {  # the name of the button -> what it does
    "ontvang": Act(
        "receive",
        forms.StepForm,
        lazy("Ik heb de vraag"),
        "check",
        lazy("Bewaard. Iedereen weet dat jullie de vraag hebben."),
    ),
    "stuur-door": Act(
        "forward",
        forms.ForwardForm,
        lazy("Stuur door"),
        "arrow",
        lazy("Doorgestuurd. De initiatiefnemer leest naar wie, en wanneer."),
    ),
    "antwoord": Act(
        "answer",
        forms.AnswerForm,
        lazy("Verstuur het antwoord"),
        "mail",
        lazy("Verstuurd. De initiatiefnemer leest het antwoord."),
    ),
}


# At a plan ------------------------------------------------------------------------------------------------
@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request, public_id):
    """For an initiator."""
    return at_plan(request, lambda: own_plan(request.user, public_id), "agreements/council_mine.html")


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request, reference):
    """For an officer."""
    return at_plan(request, lambda: plan_to_handle(request.user, reference), "agreements/council_desk.html")


def at_plan(request, find, template):
    """The questions about a plan, the form for a new one, and the one to take back the one that is open."""
    plan, status, form = find(), 200, None
    if request.method == "POST":
        act = take_back if "trek-in" in request.POST else ask
        form, status = act(request, plan)
        if form is None:
            return redirect(request.path)
        plan = find()
    found = list(plan.council_questions.visible_to(request.user)[:MOST])
    for question in found:
        question.initiative = plan
    waits = next((one for one in found if "take_back" in verbs.allowed(one, request.user)), None)
    if isinstance(form, forms.TakeBackForm) and waits:
        put_on(form, waits.version)
    told = {
        "plan": plan,
        "questions": found,
        "ask": form if isinstance(form, forms.AskForm) else forms.AskForm(auto_id="vraag-%s"),
        "may_ask": verbs.may_ask(plan, request.user),
        "waits": waits,
        "take_back": form if isinstance(form, forms.TakeBackForm) else fresh(forms.TakeBackForm, waits),
    }
    return render(request, template, told, status=status)


def fresh(form, question):
    """An empty form for a step of this question."""
    return form(initial={"version": question.version if question else 1}, auto_id=f"{form.__name__}-%s")


def ask(request, plan):
    """(form that came back, status); (None, 200) when the question went to the clerks."""
    form, by = forms.AskForm(request.POST, auto_id="vraag-%s"), request.user
    if not form.is_valid():
        return form, 400
    told = {name: form.cleaned_data[name] for name in ("question", "background")}

    def make():
        return verbs.ask(plan, by=by, **told).key

    try:
        submission.once(form.cleaned_data["token"], f"council-{plan.pk}", make, by=by)
    except ValidationError as refused:
        return form, put_errors(form, refused)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return form, 400
    messages.success(request, _("Verstuurd. De griffie heeft de vraag gekregen."))
    return None, 200


def take_back(request, plan):
    """The same for the question that is open."""
    form = forms.TakeBackForm(request.POST, auto_id="TakeBackForm-%s")
    question = plan.council_questions.open().select_related("initiative").first()
    if question is None:
        form.add_error(None, _("Er ligt geen vraag meer bij de griffie."))
        return form, 409
    if not form.is_valid():
        return form, 400
    try:
        verbs.take_back(question, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        return form, put_errors(form, refused)
    messages.success(request, _("Teruggenomen. De griffie hoort het van ons."))
    return None, 200


# At the desk of the clerks --------------------------------------------------------------------------------
def council_desk(view):
    """The view for clerks, and officers who look along; for all others there is nothing at this address."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and (user.is_clerk or user.is_officer):
            return view(request, *args, **kwargs)
        if request.method == "POST" and not user.is_authenticated:
            return signed_out(request)
        raise Http404

    return guarded


class CouncilQuestionList(ListPage):
    """What waits for the council, the soonest day on top."""

    filterset_class = CouncilQuestionFilter
    resource = "raadsvragen"
    sheet = COUNCIL_QUESTIONS
    template_name = "agreements/council_questions.html"

    def records(self):
        found = CouncilQuestion.objects.visible_to(self.request.user).in_order()
        return found.select_related("initiative__contact")


questions = never_cache(council_desk(CouncilQuestionList.as_view()))


@never_cache
@council_desk
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, kenmerk):
    """One question, with what a clerk can do with it now."""
    found, status, typed = question_of(request, kenmerk), 200, None
    if request.method == "POST":
        typed, status = step(request, found)
        if typed is None:
            return redirect(found)
        found = question_of(request, kenmerk)
    told = {"question": found, "plan": found.initiative, "steps": list(steps(found, request.user, typed))}
    if typed and status == 409:
        told["problem"] = " ".join(typed[1].non_field_errors())
    return render(request, "agreements/council_question.html", told, status=status)


def question_of(request, key):
    """A question as it is stored now, with its plan and the contact of that."""
    found = CouncilQuestion.objects.visible_to(request.user)
    found = found.select_related("initiative__contact__department", "initiative__contact__deputy")
    return get_object_or_404(found, key=key)


def step(request, question):
    """((name, form that came back), status); (None, 200) when the step was taken."""
    if not request.user.is_clerk:
        raise Http404
    name = next((name for name in ACTS if name in request.POST), None)
    if name is None:
        raise Http404
    act = ACTS[name]
    form = act.form(request.POST, auto_id=f"{name}-%s")
    if not form.is_valid():
        return (name, form), 400
    try:
        getattr(verbs, act.verb)(question, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        status = put_errors(form, refused)
        put_on(form, question_of(request, question.key).version)
        return (name, form), status
    messages.success(request, act.done)
    return None, 200


def steps(question, user, typed):
    """What this person can do now: name, words, icon and form; what was typed stays in its own form."""
    allowed = verbs.allowed(question, user)
    for name, act in ACTS.items():
        back = typed[1] if typed and typed[0] == name else None
        if act.verb in allowed:
            form = back or act.form(initial={"version": question.version}, auto_id=f"{name}-%s")
            yield {"name": name, "act": act, "form": form, "open": back is not None}
